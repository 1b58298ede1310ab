"""What a library holds is given back: when it is closed, when nobody has it any more, and while nobody asks it."""

import gc
import weakref
from pathlib import Path

import pytest

from parley import Assistant, Document
from parley.index.lately import Lately
from parley.index.library import Library
from parley.index.models.embedder import embedder_named
from parley.index.types import SearchFilter
from tests.fakes import HashingEmbedder

TEXT = (
    "The ministry said talks will resume on Monday. “We will go on,” said Ms Ola Rin, “if they do.”\n\n"
    "The chair rejected the draft of the harbour treaty."
)
on_linux = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="counts files and mappings as Linux tells them")


def handles(folder: Path) -> int:
    """How many open files and mapped ones of this process lie in a folder."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    opened = [str(link.readlink()) for link in links]
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return sum(str(folder) in line for line in [*opened, *mapped])


def use(assistant: Assistant) -> None:
    """Everything that makes a library read, remember and load."""
    assistant.ask("Who said talks will resume?")
    assistant.ask("What is in the documents?")
    assistant.search("talks", filter=SearchFilter(document_ids=("note",)))
    assistant.check_quote("Nobody said these words")
    assistant.ledger()
    assistant.timeline()
    assistant.versions()
    assistant.dossiers()
    assistant.doctor()


@pytest.fixture
def assistant(tmp_path):
    made = Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
    made.add_documents([Document.from_text(TEXT, id="note")])
    use(made)
    yield made
    made.close()


def test_a_library_that_nobody_has_any_more_is_gone_at_once(tmp_path):
    gc.collect()
    gc.disable()  # what waits for the collector of cycles may wait for long, with models and indexes in memory
    try:
        assistant = Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
        assistant.add_documents([Document.from_text(TEXT, id="note")])
        use(assistant)
        alive = weakref.ref(assistant), weakref.ref(assistant.library), weakref.ref(assistant.library.embedder)
        assistant.close()
        del assistant
        assert [reference() for reference in alive] == [None, None, None]
    finally:
        gc.enable()


@on_linux
def test_a_closed_library_holds_no_file_though_somebody_has_it(assistant, tmp_path):
    assert handles(tmp_path) > 0
    assistant.close()
    assert handles(tmp_path) == 0


@on_linux
def test_a_resting_library_holds_no_file_and_answers_as_before(assistant, tmp_path):
    before = assistant.ask("Who said talks will resume?")
    for _ in range(2):
        assert assistant.rest()
        assert handles(tmp_path) == 0
        assert assistant.ask("Who said talks will resume?") == before
        assert handles(tmp_path) > 0


def test_what_changes_while_a_library_rests_is_seen_when_it_wakes(assistant, tmp_path):
    assert assistant.rest()
    other = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    other.add_documents([Document.from_text("Mr Ken Abe denied that the ferry was late.", id="ferry")])
    other.remove("note")
    other.close()
    assert [hit.passage.document_id for hit in assistant.search("ferry")] == ["ferry"]
    assert assistant.rest()
    assistant.add_documents([Document.from_text("The ferry sails at noon.", id="noon")])
    assert sorted(entry.id for entry in assistant.entries()) == ["ferry", "noon"]


def test_a_library_that_is_in_use_does_not_rest(assistant):
    with assistant.library._catalog._database.transaction():
        assert not assistant.rest()
    assert assistant.rest()


def test_a_library_replaced_while_it_rested_is_read_anew(assistant, tmp_path):
    for name in ("library", "other"):
        made = Library.open(tmp_path / name, embedder=HashingEmbedder())
        made.add_documents([Document.from_text(f"The {name} sails at noon.", id=name)])
        made.close()
    assistant.search("noon")
    assert assistant.rest()
    (tmp_path / "library" / "catalog.sqlite").unlink()
    (tmp_path / "other" / "catalog.sqlite").rename(tmp_path / "library" / "catalog.sqlite")
    assert [hit.passage.document_id for hit in assistant.search("noon")] == ["other"]


def test_libraries_share_the_models_that_they_are_made_with():
    assert embedder_named() is embedder_named()
    assert embedder_named("nobody/no-such-model") is not embedder_named()
    kept = embedder_named("nobody/no-such-model")
    assert embedder_named("nobody/no-such-model") is kept
    gone = weakref.ref(kept)
    del kept
    assert gone() is None, "a model that no library is open with stays in memory"


def test_what_was_not_asked_for_lately_is_forgotten_first():
    made: list[str] = []
    lately: Lately[str, str] = Lately(2)

    def ask(key: str) -> str:
        return lately.get(key, lambda: made.append(key) or key.upper())

    assert [ask(key) for key in "ababcab"] == list("ABABCAB")
    assert made == ["a", "b", "c", "a", "b"]
