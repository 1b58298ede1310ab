"""Shows the passages found to the trained reader and gives each candidate sentence what the reader makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.evidence.candidates import Candidate
from parley.index.models.passage_reader import UNREAD, PassageReader, SentenceReading
from parley.index.models.reader_input import ReadablePassage
from parley.index.passage_header import passage_header
from parley.index.types import Span


def read_candidates(
    reader: PassageReader, question: str, candidates: Sequence[Candidate], *, earlier: Sequence[str] = ()
) -> list[SentenceReading]:
    """One reading per candidate, in order, with offsets of the document's text.

    The candidates of one passage are read together; each passage is read once.
    """
    groups: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        groups.setdefault(candidate.hit.passage.id, []).append(number)
    shown = [_shown([candidates[number] for number in group]) for group in groups.values()]
    found = [UNREAD] * len(candidates)
    for group, readings in zip(groups.values(), reader.read(question, shown, earlier=earlier), strict=True):
        start = candidates[group[0]].hit.passage.start
        for number, reading in zip(group, readings, strict=True):
            found[number] = _moved(reading, start)
    return found


def _shown(group: Sequence[Candidate]) -> ReadablePassage:
    """The passage that holds these sentences, with its header."""
    first = group[0]
    passage, document = first.hit.passage, first.document
    sentences = tuple(Span(item.span.start - passage.start, item.span.end - passage.start) for item in group)
    turns = first.turns
    return ReadablePassage(document.text[passage.start : passage.end], sentences, passage_header(document, passage, turns))


def _moved(reading: SentenceReading, by: int) -> SentenceReading:
    """The reading with spans counted from the beginning of the document."""
    span = Span(reading.span.start + by, reading.span.end + by) if reading.span else None
    marks = tuple(Span(mark.start + by, mark.end + by) for mark in reading.marks)
    return SentenceReading(reading.score, span, reading.certainty, marks)
