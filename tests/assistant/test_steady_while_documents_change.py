"""An answer is begun anew only for documents that it read, and asks for changes a few times and not for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Answer, Assistant, Document, LibraryError
from parley.assistant.answers.answering import answer_steps
from parley.index.library import Library
from parley.index.store.database import Database
from parley.index.types import SearchFilter
from tests.fakes import HashingEmbedder

ASKED = "What did Jon Vale say about the harbour?"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents(
            [
                Document.from_text("Minister Jon Vale said the harbour would open in March.", id="read"),
                *(Document.from_text(f"The {name} was painted.", id=name) for name in ("bridge", "tower", "gate")),
            ]
        )
        yield opened


class Reading:
    """A reader that looks at one document, while the library is changed as it is told."""

    def __init__(self, library: Library, answer: Answer, change: object) -> None:
        self.library, self.given, self.change, self.times = library, answer, change, 0

    def answer(self, *_: object, **__: object) -> Answer:
        self.times += 1
        self.library.document("read")
        self.change(self.times)
        return self.given


def _edited(library: Library, name: str):
    return lambda number: library.edit_metadata(name, {"title": f"Title {number}"})


def test_changes_of_other_documents_do_not_begin_an_answer_anew(assistant: Assistant) -> None:
    library, answer = assistant.library, assistant.ask(ASKED)
    reader = Reading(library, answer, _edited(library, "tower"))
    assert list(answer_steps(library, reader, ASKED, ASKED, SearchFilter())) == [answer]
    assert reader.times == 1
    reader = Reading(library, answer, lambda _: library.remove("tower"))
    assert list(answer_steps(library, reader, ASKED, ASKED, SearchFilter())) == [answer]
    assert reader.times == 1


def test_a_change_of_a_document_that_is_read_begins_it_anew(assistant: Assistant) -> None:
    library, answer = assistant.library, assistant.ask(ASKED)
    reader = Reading(library, answer, _edited(library, "read"))
    with pytest.raises(LibraryError, match="changed all the time"):
        list(answer_steps(library, reader, ASKED, ASKED, SearchFilter()))
    assert reader.times > 1
    once = Reading(library, answer, lambda number: number == 1 and library.edit_metadata("read", {"title": "Once"}))
    assert list(answer_steps(library, once, ASKED, ASKED, SearchFilter()))[-1] == answer
    assert once.times == 2


def test_what_is_found_and_quoted_counts_as_read(assistant: Assistant) -> None:
    read: set[str] = set()
    with assistant.library.pinned(read):
        assistant.library.search("harbour", k=1)
        assert "gate" in assistant.library.documents_with("gate")
    assert {"read", "gate"} <= read
    assert "tower" not in read


def test_a_question_asks_a_few_times_whether_anything_has_changed(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant.ask(ASKED)
    plain, asked = Database.one, []

    def counted(self: Database, query: str, values: tuple[object, ...] = ()) -> tuple[object, ...] | None:
        asked.append(query)
        return plain(self, query, values)

    monkeypatch.setattr(Database, "one", counted)
    assert assistant.ask(ASKED).status == "answered"
    assert sum("key = 'change'" in query for query in asked) < 30


def test_the_next_question_sees_what_another_process_changed(assistant: Assistant) -> None:
    assistant.ask(ASKED)
    with Assistant.open(assistant.library.path, embedding=HashingEmbedder()) as other:
        other.remove("read")
    assert "read" not in {citation.document.id for citation in assistant.ask(ASKED).citations}
