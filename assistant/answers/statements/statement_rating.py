"""How well a statement bears on a question: by its words, its verb, and the quotation it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.answers.inquiry import Inquiry, StatementCandidate
from parley.assistant.evidence.citing import sentences_around
from parley.assistant.evidence.matching import match
from parley.assistant.evidence.quote_tokens import find_sequence, holds_longest
from parley.assistant.evidence.speaker_matching import (
    BELONGS,
    BY_ROLE,
    FOR_SIDE,
    LOOSELY,
    is_person,
    may_hold_office,
    speaker_match,
)
from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.analysis import Term
from parley.index.language.lexicon import word_kind
from parley.index.language.quoted_words import tokens_of
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import fold, stem, stems_of
from parley.index.types import Document, Span, Statement

SAME_SPEAKER = 0.5
"""`speaker_match` from which a statement counts as the asked speaker's."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A statement with its score, its coverage of the question, and the quotation found in it; `loosely` as in `LOOSELY`."""

    candidate: StatementCandidate
    score: float
    covered: float
    focus: Span | None = None
    loosely: bool = False

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.candidate.statement

    @property
    def document(self) -> Document:
        """Its document."""
        return self.candidate.document


def stems_in(document: Document, spans: Sequence[Span]) -> frozenset[str]:
    """The stems of the words in some spans of a document."""
    return stems_of(" ".join(document.text[span.start : span.end] for span in spans))


def covered_by(item: StatementCandidate, inquiry: Inquiry) -> float:
    """Coverage of the question by what was said; the rest of its sentences and the sentence before count in part."""
    document, statement = item.document, item.statement
    own = stems_in(document, statement.content)
    hull = sentences_around(document.text, statement.start, statement.end)
    touched = [span for span in hull if span.start < statement.end and span.end > statement.start]
    sentence = stems_in(document, touched)
    start = touched[0].start if touched else statement.start
    before = stems_of(document.text[max(0, start - 250) : start])
    title = stems_of(document.title)
    return sum(
        weighted.share
        * max(
            match(weighted.term, own),
            0.75 * match(weighted.term, sentence),
            0.45 * match(weighted.term, before),
            0.3 * match(weighted.term, title),
        )
        for weighted in inquiry.terms
    )


def of_speaker(inquiry: Inquiry, items: Sequence[StatementCandidate], speaker: str) -> list[Rated]:
    """The statements that are the speaker's own, best first; with nothing asked about, each covers all of it.

    Who fits the asked speaker only loosely (the minister, for a ministry) stays behind, where one who fits closely speaks of it.
    """
    rated, close = [], []
    for item, same in speakers_among(items, speaker):
        covered = covered_by(item, inquiry) if inquiry.terms else 1.0
        verb = 0.25 * verb_match(item, inquiry)
        quoted = 0.1 * (item.statement.mode != "indirect")
        found = Rated(item, covered + 0.3 * same + verb + quoted + 0.1 / item.hit.rank, covered, loosely=same <= LOOSELY)
        rated.append(found)
        close += [] if found.loosely else [found]
    if any(found.covered >= ON_TOPIC for found in close):
        rated = close
    return sorted(rated, key=by_score)


ON_TOPIC = 0.3
"""Coverage of the question from which a statement is taken to speak of its topic."""


def speakers_among(items: Sequence[StatementCandidate], speaker: str) -> list[tuple[StatementCandidate, float]]:
    """The statements whose speaker `speaker` may mean, each with how surely.

    An office that one document gives a person is theirs in another that calls them by name alone. Where a person bears the
    asked name, those who belong to them (their ministers, their government) are others.
    """
    graded = [(item, speaker_match(item.statement, speaker, item.document)) for item in items]
    if any(same > BELONGS and is_person(item.statement) for item, same in graded):
        graded = [(item, same if same != BELONGS else 0.0) for item, same in graded]
    holders = {
        item.statement.speaker for item, same in graded if same in {BY_ROLE, FOR_SIDE} and item.statement.speaker_kind == "named"
    }
    known = {name for name in holders if name and len(name.split()) > 1}
    return [
        (item, same or BELONGS)
        for item, same in graded
        if same >= SAME_SPEAKER or (not same and item.statement.speaker in known and may_hold_office(item.statement, speaker))
    ]


def by_score(rated: Rated) -> tuple[float, str, int]:
    """Sort key: best first; ties by document and position, so that the order never varies."""
    return (-round(rated.score, 9), rated.document.id, rated.statement.start)


def verb_match(item: StatementCandidate, inquiry: Inquiry) -> float:
    """1 if the statement performs the act the question names ("who demanded"): by its cue, its status, or its own words."""
    verb = inquiry.question.verb
    if verb is None or verb in vocabulary.NEUTRAL_SPEECH:
        return 0.0
    cue = stem(fold(item.statement.cue_lemma))
    if verb == cue or verb in synonyms_of(cue):
        return 1.0
    if vocabulary.ACT_STATUS.get(verb) == item.statement.status:
        return 0.9
    own = stems_in(item.document, item.statement.content)
    if match(Term(verb, verb), own):
        return 0.7
    urging = frozenset(map(stem, word_kind("urging"))) & own
    return 0.6 if urging and vocabulary.ACT_STATUS.get(verb) in {"called_for", "demanded"} else 0.0


def find_quote(document: Document, statement: Statement, wanted: Sequence[str]) -> Span | None:
    """The quotation within a statement, allowing the speaker clause between its parts."""
    first, last = statement.content[0].start, statement.content[-1].end
    text = document.text[first:last]
    if not holds_longest(text, wanted):
        return None
    tokens = [
        token for token in tokens_of(text) if any(span.start <= first + token.start < span.end for span in statement.content)
    ]
    run = find_sequence(tokens, wanted)
    if run is None:
        return None
    return Span(first + tokens[run[0]].start, first + tokens[run[1] - 1].end)
