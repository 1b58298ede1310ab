"""Whom a question puts quoted words to: one of those it names, told by where they stand and by who speaks in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.assistant.evidence.quotes.asked_of import SAME_SPEAKER
from parley.assistant.evidence.quotes.places import Found
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.question.quote_frame import SURE, Mention, asked_mentions, names_paper, quote_frame
from parley.index.language.lexicon import role_words
from parley.index.language.words import STOP_WORDS, words_of
from parley.index.types import Document, Statement

_DOCUMENTS = 6
"""Documents whose speakers a question's words are compared with."""

_LEAST = 4
"""Letters of a name that may be written in lower case."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    document: Document
    statement: Statement


def asked_speaker(evidence: Evidence, question: str, found: Found) -> str | None:
    """Whose words the quotation is said to be, as the question has it; `None` if it names nobody, or a paper.

    A mention in a speaker's place counts as it stands, whether or not the documents know such a speaker. Of others only one
    that the documents know as a speaker counts, or the only one that there is.
    """
    frame = quote_frame(question)
    mentions = asked_mentions(frame)
    known: list[_Speaker] | None = None
    if not _sure(mentions):
        known = list(_speakers(evidence, found))
        mentions = asked_mentions(frame, _lower_case_names(known))
    sure = _sure(mentions)
    if sure:
        return None if names_paper(sure[0].name) else sure[0].name
    for mention in mentions:
        if known and any(speaker_match(item.statement, mention.name, item.document) >= SAME_SPEAKER for item in known):
            return mention.name
    return mentions[0].name if len(mentions) == 1 and mentions[0].is_named and not names_paper(mentions[0].name) else None


def _sure(mentions: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.rating >= SURE]


def _speakers(evidence: Evidence, found: Found) -> Iterable[_Speaker]:
    """Who speaks in the documents that hold the words, or else in those found for them; each name once a document."""
    names = dict.fromkeys([place.document.id for place in found.places] or found.documents)
    for name in list(names)[:_DOCUMENTS]:
        document = evidence.document(name)
        first = {item.speaker: item for item in reversed(evidence.statements(name)) if item.speaker}
        yield from (_Speaker(document, statement) for statement in first.values())


def _lower_case_names(known: Iterable[_Speaker]) -> frozenset[str]:
    """The words of the speakers' names, without those that are also common words of a question."""
    words = {
        word.folded
        for item in known
        if item.statement.speaker_kind == "named"
        for word in words_of(item.statement.speaker or "")
        if word.surface[:1].isupper() and len(word.folded) >= _LEAST
    }
    return frozenset(words - STOP_WORDS - frozenset().union(*role_words().values()))
