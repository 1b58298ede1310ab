"""An answer rests on one state of the library, even where documents change while it is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parley import Answer, Assistant, Document, DocumentNotFoundError, SearchFilter
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.dialogue.carried import NOTHING, Carried
from parley.index.library import Library
from tests.fakes import HashingEmbedder

BEFORE = "The envoy of Tarsia said the salmon quota was rejected. Nothing else was discussed in the long meeting."
AFTER = "Minutes. " + BEFORE


class _ChangingReader:
    """Answers as the extractive reader does, while somebody changes the library."""

    def __init__(self, library: Library, *, times: int, remove: bool = False) -> None:
        self._reader = ExtractiveReader(library)
        self._library = library
        self._times = times
        self._remove = remove
        self.asked = 0

    def answer(self, question: str, standalone: str, *, filter: SearchFilter, carried: Carried = NOTHING) -> Answer:  # noqa: A002
        self.asked += 1
        answer = self._reader.answer(question, standalone, filter=filter, carried=carried)
        if self.asked <= self._times:
            self._library.add_documents([Document.from_text(AFTER + "!" * self.asked, id="a")])
            if self._remove:
                self._library.document("gone")
        return replace(answer, engine=f"attempt {self.asked}")


def _assistant(folder: Path, *, times: int, remove: bool = False) -> tuple[Assistant, _ChangingReader]:
    library = Library.open(folder / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(BEFORE, id="a")])
    reader = _ChangingReader(library, times=times, remove=remove)
    return Assistant(library, reader=reader), reader


@pytest.mark.parametrize("remove", [False, True])
def test_an_answer_is_made_again_when_documents_change_under_it(tmp_path: Path, remove: bool) -> None:
    assistant, _ = _assistant(tmp_path, times=2, remove=remove)
    answer = assistant.ask("Who said the salmon quota was rejected?")
    assert answer.engine == "attempt 3"
    for citation in answer.citations:
        assert citation.document.text == AFTER + "!!"
        assert AFTER[citation.start : citation.end] == citation.quote
    assert answer.citations


class _AddingReader(_ChangingReader):
    """Answers as the extractive reader does, while somebody adds a document, and edits one that was there."""

    def answer(self, question: str, standalone: str, *, filter: SearchFilter, carried: Carried = NOTHING) -> Answer:  # noqa: A002
        answer = super().answer(question, standalone, filter=filter, carried=carried)
        self._library.add_documents([Document.from_text(f"The ferry sails at {self.asked}.", id=f"ferry {self.asked}")])
        if self._remove and self.asked == 1:
            self._library.edit_metadata("a", {"outlet": "Harbour Post"})
        return answer


@pytest.mark.parametrize(("edit", "asked"), [(False, 1), (True, 2)])
def test_documents_that_are_only_added_do_not_make_an_answer_begin_anew(tmp_path: Path, edit: bool, asked: int) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(BEFORE, id="a")])
    reader = _AddingReader(library, times=0, remove=edit)
    answer = Assistant(library, reader=reader).ask("Who said the salmon quota was rejected?")
    assert (answer.engine, reader.asked) == (f"attempt {asked}", asked)
    assert [citation.document.outlet for citation in answer.citations] == ["Harbour Post" if edit else None]


def test_an_error_that_no_change_explains_is_told(tmp_path: Path) -> None:
    assistant, reader = _assistant(tmp_path, times=0)

    def fail(*_: object, **__: object) -> Answer:
        message = "no document has that id"
        raise DocumentNotFoundError(message)

    reader.answer = fail  # type: ignore[method-assign]
    with pytest.raises(DocumentNotFoundError):
        assistant.ask("Who said the salmon quota was rejected?")
