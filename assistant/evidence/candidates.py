"""Candidate answers: the sentences of the passages found, each with its neighbourhood and the statement that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.evidence.citing import covering_statement, overlap, without_quote_marks
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.table_rows import is_heading_row
from parley.index.language.sentences import sentence_spans
from parley.index.language.words import stems_of
from parley.index.passage_header import has_own_title, passage_header
from parley.index.structure.voices.letters import is_courtesy
from parley.index.types import Document, Hit, Span, Statement, Turn


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a passage that was found.

    Attributes:
        document, hit, span: where it stands; `document.text[span.start:span.end]` is the sentence.
        statement: the attribution that covers it, or `None` for the document's own voice.
        stems: of its own words; `before`, `after`: of the neighbouring sentences; `around`: of passage, headings and title.
        voices: every attribution that touches it, the covering one included.
        known: stems of the document's day and of who speaks where the passage begins.
        turns: who speaks or writes where in the document.
    """

    document: Document
    hit: Hit
    span: Span
    statement: Statement | None
    stems: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    around: frozenset[str]
    voices: tuple[Statement, ...] = ()
    known: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def layers(self) -> tuple[tuple[frozenset[str], float], ...]:
        """The sentence and its surroundings, with the credit that a match there earns: less than in the words themselves."""
        return ((self.stems, 1.0), (self.before, 0.6), (self.after, 0.35), (self.around, 0.45))


def has_words(candidate: Candidate) -> bool:
    """Whether a candidate has any letter or figure: "###" at the end of a statement and a row of dashes have none."""
    return any(character.isalnum() for character in candidate.text)


def asks(sentence: str) -> bool:
    """Whether a sentence asks instead of telling."""
    return sentence.rstrip('"”’» ').endswith("?")


def is_question(candidate: Candidate) -> bool:
    """Whether a candidate asks instead of telling."""
    return asks(candidate.text)


def telling_hits(candidates: Sequence[Candidate]) -> list[Hit]:
    """The passages that tell something, by rank: one that only repeats a question must not push others down."""
    hits = {item.hit.passage.id: item.hit for item in candidates if not is_question(item)}
    return sorted(hits.values(), key=lambda hit: hit.rank)


def is_heading(candidate: Candidate) -> bool:
    """Whether a candidate is the document's title, a heading, the heading row of a table, or the label of a turn."""
    if candidate.text.strip() == candidate.document.title.strip() or is_heading_row(candidate.document.text, candidate.span):
        return True
    span = candidate.span
    if any(_is_label(turn, span) for turn in candidate.turns):
        return True
    return any(heading.start <= span.start and span.end <= heading.end for heading in candidate.document.headings)


def is_formula(candidate: Candidate) -> bool:
    """Whether a candidate only opens or closes what somebody says: a label, a signature, "Dear Ms Lund,", "Toll wrote:"."""
    statement = candidate.statement
    if candidate.text.endswith(":") and any(_follows(candidate, turn) for turn in candidate.turns):
        return statement is None
    if any(_is_label(turn, candidate.span) for turn in candidate.turns):
        return statement is None or bool(statement.form)
    if statement is None or not statement.form:
        return False
    own = stems_of(statement.speaker or "")
    return is_courtesy(candidate.text) or (candidate.stems <= own and statement.form in _SIGNED)


_SIGNED = frozenset({"letter", "telegram", "mail", "message", "note", "memorandum", "minute", "submission"})


def _follows(candidate: Candidate, turn: Turn) -> bool:
    """Whether a mail's words come right behind a candidate."""
    between = candidate.document.text[candidate.span.end : turn.start]
    return turn.form == "mail" and candidate.span.end <= turn.start and not between.strip(" >\n\t")


def _is_label(turn: Turn, span: Span) -> bool:
    """Whether a span only tells whose turn it is, before the turn or below it, and holds nothing of what is said."""
    tells = turn.start <= span.start < turn.end or (turn.label is not None and span.start <= turn.label.start < span.end)
    return tells and not any(span.start < end and start < span.end for start, end in turn.said)


def sentence_candidates(evidence: Evidence, hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of all passages found, in order of rank and position; each sentence once."""
    found: dict[tuple[str, int], Candidate] = {}
    for hit in hits:
        document = evidence.document(hit.passage.document_id)
        statements = evidence.statements(document.id)
        for candidate in _of_passage(document, hit, statements, evidence.turns(document.id)):
            found.setdefault((document.id, candidate.span.start), candidate)
    return list(found.values())


def _of_passage(document: Document, hit: Hit, statements: Sequence[Statement], turns: tuple[Turn, ...]) -> list[Candidate]:
    text, passage = document.text, hit.passage
    spans = [without_quote_marks(text, span) for span in sentence_spans(text, passage.start, passage.end)]
    near = [item for item in statements if item.start < passage.end and item.end > passage.start]
    stems = [stems_of(text[span.start : span.end]) for span in spans]
    preceding = stems_of(text[max(0, passage.start - 250) : passage.start])
    following = stems_of(text[passage.end : passage.end + 200])
    title = (
        stems_of(f"{document.title} {' '.join(passage.headings)}")
        if has_own_title(document)
        else stems_of(" ".join(passage.headings))
    )
    around = frozenset().union(*stems) | title
    said = [covering_statement(near, span.start, span.end) for span in spans]
    known = stems_of(passage_header(document, passage, turns))
    return [
        Candidate(
            document=document,
            hit=hit,
            span=span,
            statement=said[number],
            stems=stems[number],
            before=(stems[number - 1] if number else preceding) | _speaker_stems(said[number]),
            after=stems[number + 1] if number + 1 < len(spans) else following,
            around=around,
            voices=tuple(item for item in near if overlap(item, span.start, span.end)),
            known=known,
            turns=turns,
        )
        for number, span in enumerate(spans)
    ]


def _speaker_stems(statement: Statement | None) -> frozenset[str]:
    """The stems of a turn's speaker: they stand at its label or in the title, not beside every sentence."""
    if statement is None or not statement.form:
        return frozenset()
    return stems_of(" ".join(filter(None, (statement.speaker, statement.role, statement.party))))
