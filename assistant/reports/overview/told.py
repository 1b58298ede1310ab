"""What an overview may show: sentences of the documents, each with who says it, how firm it is, when, and how central."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cache

from parley.assistant.evidence.candidates import Candidate, is_heading, is_question, sentence_candidates
from parley.assistant.evidence.citing import paragraph_around, passage_at
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.stuffing import is_stuffed
from parley.assistant.evidence.table_rows import is_row
from parley.assistant.reports.views.cited import CitedStatement
from parley.index.language.lexicon import read_rows, word_kind
from parley.index.language.standing import standing
from parley.index.language.words import stems_of, words_of
from parley.index.statements.standing import sentence_grade
from parley.index.types import Document, Hit, Passage, Span, Statement, Status

FEWEST_WORDS, MOST_WORDS = 5, 70
"""Words of a sentence that an overview shows: fewer are labels, more are hardly read."""

_LABEL_WORDS = 4
"""Words up to which a sentence only says how the matter before it stands: "Status: open."."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, or what somebody is reported to have said, with what decides whether an overview shows it.

    Attributes:
        document, span: where it stands.
        statement: who says it; `None` in the document's own voice.
        status: its grade, no firmer than what the text makes of it.
        standing: what the text makes of it ("stated", "denied", …).
        party: the side that its speaker speaks for.
        issues: the issues that it speaks of.
        day: of the words, else of the document.
        centrality: 0 to 1, how near its passage is to what the documents are about, among all their passages.
        is_report: whether it is a statement that is told with its speaker, not the bare sentence.
    """

    document: Document
    span: Span
    statement: Statement | None
    status: Status
    standing: str
    party: str | None
    issues: tuple[str, ...]
    day: Date | None
    centrality: float
    is_report: bool
    stems: frozenset[str]

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def is_fact(self) -> bool:
        """Whether the text tells it as it stands."""
        return self.standing in {"stated", "planned"}


@cache
def overview_words(kind: str) -> frozenset[str]:
    """The words of a kind in overview.tsv."""
    return next(frozenset(row[1].split()) for row in read_rows("overview.tsv") if row[0] == kind)


def centralities(evidence: Evidence, documents: Sequence[str]) -> dict[int, float]:
    """Passage id -> its place among the passages of these documents, 0 for the outermost to 1 for the most central."""
    found = evidence.centrality(documents)
    ordered = sorted(found, key=lambda key: (found[key], key))
    return {key: place / max(1, len(ordered) - 1) for place, key in enumerate(ordered)}


def read_told(
    evidence: Evidence, passages: Sequence[Passage], cited: Mapping[int, CitedStatement], central: Mapping[int, float]
) -> list[Told]:
    """The sentences and statements of these passages, in order of document and position.

    Args:
        evidence: the documents.
        passages: those that are read.
        cited: by the identity of a statement, how views file it.
        central: how central each passage is.
    """
    hits = [Hit(passage, 0.0, number) for number, passage in enumerate(passages, start=1)]
    read = {passage.id for passage in passages}
    sentences = [
        told for candidate in sentence_candidates(evidence, hits) if (told := _sentence(candidate, cited, central)) is not None
    ]
    reports = [
        _report(item, central[place.id])
        for item in cited.values()
        if _is_shown(item) and (place := passage_at(evidence, item.document.id, item.statement.start)).id in read
    ]
    return sorted([*sentences, *reports], key=lambda told: (told.document.id, told.span))


def _is_shown(item: CitedStatement) -> bool:
    """Whether a report is told by its own words: its speaker is known, and it does not only say that somebody spoke."""
    statement = item.statement
    return not statement.form and statement.speaker is not None and statement.speaker_kind != "unidentified"


def _report(item: CitedStatement, central: float) -> Told:
    statement = item.statement
    return Told(
        document=item.document,
        span=item.sentence,
        statement=statement,
        status=item.status,
        standing=statement.standing,
        party=item.party,
        issues=item.issues,
        day=statement.date or item.document.date,
        centrality=central,
        is_report=True,
        stems=stems_of(item.quote),
    )


def _sentence(candidate: Candidate, cited: Mapping[int, CitedStatement], central: Mapping[int, float]) -> Told | None:
    """A sentence of a document's own voice or of a turn; `None` where it says nothing by itself."""
    statement = candidate.statement
    if statement is not None and not statement.form:
        return None
    document, span = candidate.document, candidate.span
    label = _label_status(candidate)
    if label is not None:
        span = _with_its_matter(document, span)
    count = len(words_of(document.text, span.start, span.end))
    if not FEWEST_WORDS <= count <= MOST_WORDS or _says_nothing(candidate):
        return None
    filed = cited.get(id(statement)) if statement is not None else None
    kind = statement.standing if statement is not None and statement.standing != "stated" else None
    return Told(
        document=document,
        span=span,
        statement=statement,
        status=label or sentence_grade(document.text, span),
        standing=kind or standing(document.text, span, span).kind,
        party=filed.party if filed is not None else None,
        issues=(),
        day=(statement.date if statement is not None else None) or document.date,
        centrality=central[candidate.hit.passage.id],
        is_report=False,
        stems=candidate.stems,
    )


def _label_status(candidate: Candidate) -> Status | None:
    """The grade that a short sentence gives to the matter before it ("Still open."); `None` for other sentences."""
    words = words_of(candidate.text)
    if len(words) > _LABEL_WORDS or not overview_words("open_label") & {word.folded for word in words}:
        return None
    return "open"


def _with_its_matter(document: Document, span: Span) -> Span:
    """The paragraph of a label, or the sentence with the words before it if that is long."""
    lines = paragraph_around(document.text, *span)
    start = len(document.text[lines.start : span.start]) - len(document.text[lines.start : span.start].lstrip())
    return Span(lines.start + start, span.end)


def _says_nothing(candidate: Candidate) -> bool:
    """Headings, rows of tables, questions, and sentences whose first word points back, so that they cannot stand alone."""
    text = candidate.document.text
    if is_heading(candidate) or is_question(candidate) or is_stuffed(candidate.text) or is_row(text, candidate.span):
        return True
    if candidate.text.rstrip()[-1:].isalnum() or candidate.text.rstrip().endswith(":"):
        return True
    if candidate.statement is not None:
        return False
    first = next((word.folded for word in words_of(candidate.text)), "")
    return first in word_kind("referring") | overview_words("opens_on")
