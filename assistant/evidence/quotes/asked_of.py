"""Whether a voice is the one that a quotation is put to: surely, surely not, or nobody can say."""

from __future__ import annotations

from typing import Literal

from parley.assistant.evidence.quotes.voices import Voice
from parley.assistant.evidence.speaker_matching import describes_person, may_hold_office, names_side, speaker_match
from parley.index.language.words import fold, words_of
from parley.index.types import Document, Statement

SAME_SPEAKER = 0.5
"""`speaker_match` from which two mentions count as one person."""

_BEFORE = 1500
"""Characters before the words in which an author is looked at for a report on the asked speaker."""

Agreement = Literal["same", "other", "unknown"]


def agreement(document: Document, voice: Voice, asked: str, at: int) -> Agreement:
    """Whether the words are those of `asked`, a name, role or side.

    Words in quotation marks within somebody's words are the inner speaker's alone; words reported without marks are also those
    of whoever reports them. A speaker who is not named, or of whom nothing says which office or side is theirs, may be the
    one asked for: then nobody can say. Nor can they where an author who reports on others, the asked one among them, writes the
    words in a letter or a telegram; `at` is where they stand.
    """
    found = [_one(document, item, asked) for item in (voice.inner, voice.statement) if item is not None]
    is_surmised = any(item.is_surmised for item in (voice.inner, voice.statement) if item is not None)
    if not found or is_surmised:
        return "unknown"
    if voice.inner is not None and voice.is_quoted:
        # Whoever quotes somebody, even somebody unnamed, is not the one quoted.
        return "other" if found[0] == "unknown" and found[-1] == "same" else found[0]
    if "same" in found:
        return "same"
    return "unknown" if "unknown" in found or _may_be_reported(document, voice, asked, at) else "other"


def _may_be_reported(document: Document, voice: Voice, asked: str, at: int) -> bool:
    """Whether the words of a letter's author may go on with what the asked speaker was said to say before."""
    if voice.statement is None or voice.statement.form in {"", "speech", "question"}:
        return False
    before = fold(document.text[max(0, at - _BEFORE) : at])
    return any(word.surface[:1].isupper() and word.folded in before for word in words_of(asked))


def _one(document: Document, statement: Statement, asked: str) -> Agreement:
    if speaker_match(statement, asked, document) >= SAME_SPEAKER:
        return "same"
    if statement.speaker is None or statement.speaker_kind in {"unidentified", "pronoun", "anonymous"}:
        return "unknown"
    by_office = describes_person(asked) or names_side(asked)
    if by_office and statement.role is None and statement.party is None and may_hold_office(statement, asked):
        return "unknown"
    return "other"
