"""The noun that says what kind of thing a question wants named: "country" in "in which country was it signed?"."""

from __future__ import annotations

import re

from parley.index.language.words import fold, is_content, is_irregular_past, word_set, words_of

_NAMED = re.compile(
    r"\b(?:what|which)\b[^?]*?\b(?:name|nickname|kind|type|sort|title|word|term) (?:of|for) (?:the |an? )?(?P<noun>[^?,]+)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:which|what) (?:(?:kinds?|types?|sorts?) of |other )?(?P<noun>[^?,]+)", re.IGNORECASE)
_ENDS = word_set(
    """
    is are was were be do does did has have had will would can could should may might must of in for to that who from on
    at by with about off after before during into the a an its his her their and or not
    """
)
_OPENS_OBJECT = word_set("the a an its his her their most more to off on in at for from")
_VERBS = word_set(
    "happen happens happened cause causes caused make makes made go goes went lead leads led become became mean means"
)
_LONGEST = 4


def asked_noun(core: str) -> str | None:
    """The noun phrase after "which" or "what" (of the last sentence that has one), up to its verb; `None` without one."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", core) if re.search(r"\b(?:which|what)\b", part, re.IGNORECASE)]
    if not sentences:
        return None
    match = _NAMED.search(sentences[-1]) or _ASKED.search(sentences[-1])
    if match is None:
        return None
    words = _up_to_verb(match["noun"].split())
    if not words or fold(words[0]) in _VERBS:
        return None
    return " ".join(words)


def _up_to_verb(words: list[str]) -> list[str]:
    kept: list[str] = []
    for position, word in enumerate(words[:6]):
        lowered = word.lower()
        following = words[position + 1].lower() if position + 1 < len(words) else ""
        verb = lowered.endswith(("ed", "ly")) or is_irregular_past(fold(word))
        present = lowered.endswith("s") and not lowered.endswith("ss") and following in _OPENS_OBJECT and position > 0
        if lowered in _ENDS or (kept and (verb or present)):
            break
        kept.append(word)
    return kept[:_LONGEST]


def head_noun(phrase: str) -> str:
    """The folded last content word of a noun phrase: "city" of "Texas city"; the last word where none is one."""
    words = words_of(phrase)
    content = [word.folded for word in words if is_content(word.folded)]
    return content[-1] if content else words[-1].folded if words else ""
