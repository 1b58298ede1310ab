"""The timeline: statements by the calendar dates that the text states, by the date of their document, and those without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

from parley.assistant.evidence.citing import whole_sentences
from parley.assistant.evidence.statement_query import StatementSource
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.weekdays import day_of_saying
from parley.index.language.dates import find_dates
from parley.index.types import Span, Statement


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A statement at a date.

    Attributes:
        date: `None` for undated items.
        basis: why it stands at this date, for people.
        words: the words that give the date; `None` where it is the document's.
        sentence: the whole sentence of those words, else those of the statement.
    """

    cited: CitedStatement
    date: Date | None
    basis: str
    words: Span | None
    sentence: Span

    @property
    def passage(self) -> str:
        """The sentence, verbatim."""
        return self.cited.words(self.sentence)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Three lists, each in order of date, then of document and position.

    Attributes:
        stated: by a date that the text itself gives; a statement with several dates stands at each.
        by_document: all statements of dated documents, by the document's date.
        undated: statements of undated documents that state no date either.
    """

    stated: tuple[TimelineItem, ...]
    by_document: tuple[TimelineItem, ...]
    undated: tuple[TimelineItem, ...]


def timeline(source: StatementSource, statements: Iterable[CitedStatement]) -> Timeline:
    """Where the statements stand in time.

    A date counts if the text states its day, month and year, or if the speaker clause names a weekday, its verb is in the past
    and the document is dated. A date outside all that is said belongs to the speaker clause next to it.
    """
    stated: list[TimelineItem] = []
    by_document: list[TimelineItem] = []
    undated: list[TimelineItem] = []
    for cited in statements:
        sentence = cited.sentence
        given = list(_stated(cited, sentence, source))
        stated.extend(given)
        if cited.document.date is not None:
            basis = f"date of the document ({cited.document.basis_of('date') or 'basis not recorded'})"
            by_document.append(TimelineItem(cited, cited.document.date, basis, None, sentence))
        elif not given:
            undated.append(TimelineItem(cited, None, "neither the document nor the sentence states a date", None, sentence))
    return Timeline(tuple(sorted(stated, key=_order)), tuple(sorted(by_document, key=_order)), tuple(undated))


def _order(item: TimelineItem) -> Date:
    return item.date or Date.max


def _stated(cited: CitedStatement, sentence: Span, source: StatementSource) -> Iterator[TimelineItem]:
    document = cited.document
    for found in find_dates(cited.words(sentence), language=document.language):
        words = Span(sentence.start + found.start, sentence.start + found.end)
        if _holds(cited.statement, words):
            basis = "stated in what was said"
        # The other statements of a document are read only where a date stands beside one: in few documents.
        elif _is_nearest(cited.statement, words, source.statements(document.id)):
            basis = "stated beside what was said"
        else:
            continue
        yield TimelineItem(cited, found.date, basis, words, whole_sentences(document.text, *words))
    reckoned = day_of_saying(cited, sentence)
    if reckoned is not None and _is_nearest(cited.statement, reckoned.words, source.statements(document.id)):
        yield TimelineItem(cited, reckoned.date, reckoned.basis, reckoned.words, whole_sentences(document.text, *reckoned.words))


def _holds(statement: Statement, words: Span) -> bool:
    return any(part.start <= words.start and words.end <= part.end for part in statement.content)


def _is_nearest(statement: Statement, words: Span, neighbours: Sequence[Statement]) -> bool:
    """Whether words outside all that is said stand next to this statement's speaker clause rather than to another's."""
    if any(_holds(other, words) for other in neighbours):
        return False
    return _distance(statement, words) == min(_distance(other, words) for other in [statement, *neighbours])


def _distance(statement: Statement, words: Span) -> int:
    anchors = [span for span in (statement.cue, statement.speaker_span) if span is not None] or list(statement.content)
    return min(max(anchor.start - words.end, words.start - anchor.end, 0) for anchor in anchors)
