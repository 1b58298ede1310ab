"""What a document has called an institution or office before it says only "the ministry" or "the president"."""

from __future__ import annotations

import re

from parley.index.language.descriptions import Description, described, held_in, words_for
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import STOP_WORDS, Word, words_of
from parley.index.types import Document, Statement

_OWNED = re.compile(r"(?:her|his|their|its)\s", re.IGNORECASE)
_OWNER_NEAR = 300
"""Characters before "her office" in which the owner is named."""

_LONGEST = 6
"""Words on either side of a noun that may belong to its phrase."""


def described_before(document: Document, statement: Statement, wanted: Description) -> bool:
    """Whether a speaker given as a bare "the ministry" is what the document last called by all the wanted words.

    A fuller mention with other words ends the search: the noun then belongs to another.
    """
    known = described(statement.speaker or "")
    if statement.speaker_kind not in {"collective", "anonymous"} or not known.stems or not known.is_generic:
        return False
    if not known.heads <= wanted.heads or not known.stems <= wanted.stems or known.countries not in ((), wanted.countries):
        return False
    text = f"{document.title}\n{document.text[: statement.start]}"
    if _OWNED.match(statement.speaker or ""):
        return held_in(wanted.stems - known.stems, described(text[-_OWNER_NEAR:]).stems)
    words = words_of(text)
    for at in range(len(words) - 1, -1, -1):
        if described(words[at].surface).heads != known.heads:
            continue
        called = described(_phrase(text, words, at))
        fits = not called.countries or called.countries[:1] == wanted.countries[:1]
        if fits and (called.countries or not wanted.countries) and held_in(wanted.stems, called.stems):
            return True
        if not fits or not called.stems <= wanted.stems:
            return False
    return False


def _phrase(text: str, words: list[Word], at: int) -> str:
    """The noun with what belongs to it: "Slovakia's foreign ministry", "Ministry of Defense of Norland"."""
    first = at
    named = False
    while first > max(0, at - _LONGEST) and _joined(text, words[first - 1], words[first]):
        earlier = words[first - 1]
        if not _modifies(earlier) and (named or earlier.folded in STOP_WORDS):
            break  # "urged Norway's fisheries ministry": what stands before the owner is no part of the name
        named = named or earlier.surface[:1].isupper()
        first -= 1
    last = at
    linked = False
    while last + 1 < min(len(words), at + _LONGEST) and _joined(text, words[last], words[last + 1]):
        following = words[last + 1]
        link = following.folded in {"of", "for", "and", "the"}
        if not link and not (linked and _modifies(following)):
            break
        linked = linked or following.folded in {"of", "for"}
        if link and not linked:
            break
        last += 1
    return text[words[first].start : words[last].end]


def _joined(text: str, left: Word, right: Word) -> bool:
    return not text[left.end : right.start].strip(" -‐‑'’s")


def _modifies(word: Word) -> bool:
    stems = described(word.surface).stems
    listed = words_for("modifier") | words_for("institution") | words_for("office")
    return word.surface[:1].isupper() or bool(parties_in(word.surface)) or bool(stems and stems <= listed)
