"""Which passages are read, and which sentences are looked at once more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from parley import Assistant
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.matching import weigh
from parley.assistant.question.analysis import content_terms
from parley.assistant.reading.pool import passage_figures
from parley.index.models.passage_reader import SentenceReading
from parley.index.models.reader_input import ReadablePassage
from parley.index.types import SearchFilter

TEXT = "The ferry was discussed. Lund left early. It opens in May. Nobody objected to the plan for the boats.\n"


class Alone:
    """A reader to whom all sentences of a passage look alike, and who knows one that is shown with the one before it."""

    def __init__(self, known: str) -> None:
        self._known = known
        self.shown: list[str] = []

    def read(
        self, question: str, passages: Sequence[ReadablePassage], *, earlier: Sequence[str] = ()
    ) -> list[tuple[SentenceReading, ...]]:
        del question, earlier
        return [tuple(self._one(passage, number) for number in range(len(passage.sentences))) for passage in passages]

    def _one(self, passage: ReadablePassage, number: int) -> SentenceReading:
        self.shown.append(passage.text)
        start, end = passage.sentences[number]
        alone = len(passage.sentences) <= 2 and passage.text[start:end] == self._known
        return SentenceReading(6.0 if alone else 0.0, None, 0.0, ())


@pytest.mark.parametrize("known", ["Lund left early.", "It opens in May.", "The ferry was discussed."])
def test_what_a_sentence_tells_by_itself_decides_among_likes(tmp_path: Path, known: str) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(path)
        reader = Alone(known)
        scored = ExtractiveReader(assistant.library, reader=reader).inquire("What is told of the boats?", SearchFilter()).scored
    assert scored[0].candidate.text == known
    assert scored[0].features.closely == 6.0
    assert "Lund left early. It opens in May." in reader.shown


def test_a_passage_gains_by_what_was_found_in_its_document(tmp_path: Path) -> None:
    more = "Whoever crosses with a cart, a horse or a boat of his own pays the keeper what the board at the pier asks for."
    full = "\n\n".join(f"The ferry fare of {number} crowns is paid by the town of Hask. {more}" for number in range(30))
    (tmp_path / "fares.txt").write_text(full, encoding="utf-8")
    (tmp_path / "note.txt").write_text("The ferry fare was mentioned.", encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path)
        hits = assistant.library.search("Who pays the ferry fare?", k=50)
        figures = passage_figures(hits, weigh(content_terms("Who pays the ferry fare?"), assistant.library), assistant.library)
    of = {Path(hit.passage.document_id).stem: own for hit, own in zip(hits, figures, strict=True)}
    assert (of["note"]["short"], of["note"]["beside"], of["fares"]["beside"]) == (1.0, 0.0, 1.0)
    fares = [own for hit, own in zip(hits, figures, strict=True) if Path(hit.passage.document_id).stem == "fares"]
    assert {own["short"] for own in fares} == {0.0}
    assert {own["document_dense"] for own in fares} == {max(own["dense"] for own in fares)}
    assert {own["document_words"] for own in fares} == {max(own["with_header"] for own in fares)}
