"""What an overview may show: sentences of the documents, each with who says it, how firm it is, when, and how central."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from parley.assistant.evidence.candidates import Candidate, is_heading, is_question, sentence_candidates
from parley.assistant.evidence.citing import passage_at, sentences_around
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.stuffing import is_stuffed
from parley.assistant.evidence.table_rows import is_row
from parley.assistant.reports.views.cited import CitedStatement
from parley.index.language.lexicon import word_kind, words_by_kind
from parley.index.language.standing import standing
from parley.index.language.words import content_stems, words_of
from parley.index.statements.standing import sentence_grade
from parley.index.types import Document, Hit, Passage, Span, Statement, Status

FEWEST_WORDS, MOST_WORDS = 6, 70
"""Words of a sentence that an overview shows: fewer are labels, more are hardly read."""

_LONGEST_MATTER = 110
"""Words of a paragraph that is shown because its last sentence says how its matter stands."""

_LABEL_HEAD = 14
"""Characters within which the colon of a label stands."""

_POINTING = (["the", "question"], ["the", "matter"], ["the", "issue"], ["the", "point"])
"""How a short sentence begins that says that what came before it is open."""

ATTENDING = re.compile(r"\s*(?:for the [^:\n]{2,60}|present|in attendance|participants|attending):\s", re.IGNORECASE)
"""How a line begins that says who attended."""

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
        stems: of its words that carry a topic.
        grade: what the words of the whole sentence grade, whoever says it.
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
    grade: Status

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.document.text[self.span.start : self.span.end]


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
    turns = [item for item in cited.values() if item.statement.form and item.party]
    reports = [
        _report(item, central[place.id], turns)
        for item in cited.values()
        if _is_shown(item) and (place := passage_at(evidence, item.document.id, item.statement.start)).id in read
    ]
    return sorted([*sentences, *reports], key=lambda told: (told.document.id, told.span))


def _is_shown(item: CitedStatement) -> bool:
    """Whether a report can stand alone: its speaker is known, and no other pronoun than the speaker's opens its sentence."""
    statement = item.statement
    first = next((word.folded for word in words_of(item.passage)), "")
    own = statement.speaker_span is not None and statement.speaker_span.start <= item.sentence.start + 1
    if first in word_kind("referring") | words_by_kind("overview")["opens_on"] and not own:
        return False
    if is_fragment(item.passage):
        return False
    return not statement.form and statement.speaker is not None and statement.speaker_kind != "unidentified"


def _report(item: CitedStatement, central: float, turns: Sequence[CitedStatement]) -> Told:
    statement = item.statement
    party = item.party
    if party is None and (statement.speaker or "").split(" ")[0].lower() in words_by_kind("overview")["own_person"]:
        party = next((turn.party for turn in turns if _stands_in(item, turn)), None)
    return Told(
        document=item.document,
        span=item.sentence,
        statement=statement,
        status=item.status,
        standing=statement.standing,
        party=party,
        issues=item.issues,
        day=statement.date or item.document.date,
        centrality=central,
        is_report=True,
        stems=content_stems(item.words(item.sentence)),
        grade=sentence_grade(item.document.text, item.sentence),
    )


def _stands_in(item: CitedStatement, turn: CitedStatement) -> bool:
    """Whether what "my delegation" says stands in this turn."""
    place = item.statement.content[0].start
    return item.document.id == turn.document.id and any(span.start <= place < span.end for span in turn.statement.content)


def _sentence(candidate: Candidate, cited: Mapping[int, CitedStatement], central: Mapping[int, float]) -> Told | None:
    """A sentence of a document's own voice or of a turn; `None` where it says nothing by itself."""
    statement = candidate.statement
    if statement is not None and not statement.form:
        return None
    document, span = candidate.document, _without_label(candidate)
    label = _label_status(candidate)
    if label is not None:
        span = _with_its_matter(document, span)
    elif ATTENDING.match(candidate.text):
        span = _with_all_who_attend(document, span)
    count = len(words_of(document.text, span.start, span.end))
    most = _LONGEST_MATTER if label is not None else MOST_WORDS
    if not FEWEST_WORDS <= count <= most or (label is None and _says_nothing(candidate)):
        return None
    grade = "open" if label == "open" else sentence_grade(document.text, candidate.span)
    filed = cited.get(id(statement)) if statement is not None else None
    kind = statement.standing if statement is not None and statement.standing != "stated" else None
    return Told(
        document=document,
        span=span,
        statement=statement,
        status=grade,
        standing=kind or standing(document.text, span, span).kind,
        party=filed.party if filed is not None else None,
        issues=(),
        day=(statement.date if statement is not None else None) or document.date,
        centrality=central[candidate.hit.passage.id],
        is_report=False,
        stems=content_stems(document.text[span.start : span.end]),
        grade=grade,
    )


def _without_label(candidate: Candidate) -> Span:
    """The sentence as its speaker says it, without the label of the turn."""
    said = candidate.statement.content if candidate.statement is not None else ()
    inside = [part for part in said if part.start < candidate.span.end and candidate.span.start < part.end]
    if not inside:
        return candidate.span
    return Span(max(candidate.span.start, inside[0].start), min(candidate.span.end, inside[-1].end))


def _label_status(candidate: Candidate) -> Literal["open", "graded"] | None:
    """Whether a sentence only grades the matter before it: as open ("Still open."), or in its own words ("Status: agreed.")."""
    words = [word.folded for word in words_of(candidate.text)]
    if len(words) <= _LABEL_WORDS and words_by_kind("overview")["open_label"] & set(words):
        return "open"
    begins = ":" in candidate.text[:_LABEL_HEAD] and words[0] in words_by_kind("overview")["label"]
    points_back = len(words) <= 2 * _LABEL_WORDS and words[:2] in _POINTING and sentence_grade_of(candidate) == "open"
    return "graded" if begins or points_back else None


def sentence_grade_of(candidate: Candidate) -> Status:
    """The grade of a candidate by its own words."""
    return sentence_grade(candidate.document.text, candidate.span)


def _with_its_matter(document: Document, span: Span) -> Span:
    """The sentences before a label in its paragraph, as many as can be read, and the label."""
    before = [one for one in sentences_around(document.text, *span) if one.end <= span.start]
    start = span.start
    for one in reversed(before):
        if len(words_of(document.text, one.start, span.end)) > _LONGEST_MATTER:
            break
        start = one.start
    return Span(start, span.end)


def _with_all_who_attend(document: Document, span: Span) -> Span:
    """A line that says who sits for one side, with the lines for the others below it."""
    end = span.end
    while ATTENDING.match(document.text, end):
        following = document.text.find("\n", ATTENDING.match(document.text, end).end())  # type: ignore[union-attr]
        end = len(document.text) if following < 0 else following
    return Span(span.start, end)


def is_fragment(text: str) -> bool:
    """Whether words are the end or the beginning of a sentence that a page or a column has cut."""
    words = text.strip().lstrip("*-–—•·\"'“„«([0123456789. ")
    return words[:1].islower() or text.rstrip()[-1:].isalnum() or text.rstrip().endswith((":", ",", "-"))


def _says_nothing(candidate: Candidate) -> bool:
    """Headings, rows of tables, questions, and sentences whose first word points back, so that they cannot stand alone."""
    text = candidate.document.text
    if is_heading(candidate) or is_question(candidate) or is_stuffed(candidate.text) or is_row(text, candidate.span):
        return True
    said = _without_label(candidate)
    if is_fragment(text[said.start : said.end]):
        return True
    first = next((word.folded for word in words_of(text, *said)), "")
    if first in words_by_kind("overview")["own_person"] and candidate.document.author is not None:
        return False
    pointing = words_by_kind("overview")["opens_on"] | word_kind("referring")
    return first in (pointing if candidate.statement is None else pointing - words_by_kind("overview")["own_person"])
