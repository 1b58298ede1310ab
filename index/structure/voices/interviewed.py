"""Who asks and who answers in an interview, as its title and introduction tell; nobody where they leave it open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.index.language.lexicon import alternatives, role_words, word_kind
from parley.index.structure.voices.naming import Named, person_in, read_named
from parley.index.structure.voices.words import PARTICLES, office_words, turn_words
from parley.index.types import Document

_PARTICLE = alternatives(PARTICLES | {"of", "for", "the"})
_WORD = r"(?:[A-Z]\.|[A-Z][\w’'-]*)"
_NAME = rf"{_WORD}(?:[^\S\n]+(?:(?:{_PARTICLE})[^\S\n]+)*{_WORD}){{0,6}}"
_TALKED = alternatives(turn_words("interview_talk"))
_ANSWERS = (
    re.compile(rf"\b[Ii]nterview\s+(?:with|of)\s+(?:(?:the|our)\s+)?((?:[a-z-]+\s+){{0,4}}{_NAME})(?![’']s\b|\s+and\b)"),
    re.compile(rf"\A({_NAME})(?:,[^:]{{2,60}})?:?\s+(?:(?:in\s+)?(?:an\s+)?(?:exclusive\s+)?[Ii]nterview)\b"),
    re.compile(rf"\b(?:{_TALKED})\s+(?:to|with)\s+({_NAME})(?!\s+and\b)"),
    re.compile(rf"^({_NAME})\s+(?:on|{_TALKED}|remembers|looks back)\b", re.MULTILINE),
    re.compile(rf"({_NAME})(?:,[^,.\n]{{2,160}},)?\s+(?:is|was)\s+interviewed\b"),
)
"""Who answers, the surest form first; "Ana Toll on the canal talks" is told by the beginning of a line."""
_ASKS = re.compile(
    rf"\b(?:[Ii]nterviewed|[Ii]nterview|[Cc]onducted|questions\s+(?:were\s+)?(?:put|asked))\s+by\s+(?P<by>{_NAME})"
    rf"|\b[Ii]nterview\b[^.:;]{{0,60}}\brecorded\b[^.:;]{{0,80}}?\bby\s+(?P<recorded>{_NAME})"
    rf"|\b[Ii]nterview(?:er)?:\s+(?P<as>{_NAME})"
)
_FULL_NAME = re.compile(
    rf"(?P<name>[^\W\d_a-z][\w’'-]+(?:[^\S\n]+(?:(?:{alternatives(PARTICLES)})[^\S\n]+)*[^\W\d_a-z][\w’'.-]*){{1,4}})"
    r"(?=,|\s+[a-z]{2,}\b|\s*\()"
)
_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:\n])[\s*_(]*\Z")
"""Where whoever an introduction is about is named; others stand further inside its sentences."""
_HEAD = 600
"""Characters of title and first lines that say that it is an interview."""
_OPENING = 1500
"""Characters of title and introduction that may name the two."""


@dataclass(frozen=True, slots=True)
class Interviewed:
    """The two of an interview, `None` where the introduction does not tell."""

    asks: Named | None = None
    answers: Named | None = None


def interviewed(document: Document, end: int) -> Interviewed:
    """Who asks and who answers, by the title and what stands before `end`, the first question."""
    title = " ".join(document.title.split())
    before = document.text[: min(end, _OPENING)].removeprefix(document.title)
    opening = f"{title}\n{before}"
    asked = _ASKS.search(opening)
    asks = _person(next(filter(None, asked.groups()))) if asked is not None else None
    answering = (_person(match[1]) for form in _ANSWERS for match in form.finditer(opening))
    answers = next((one for one in answering if one is not None and not _same(one, asks)), None)
    if answers is None and asked is not None and asked["as"] and not asked.group().startswith("Interviewer"):
        # "Interview: Ana Toll" in the title is whoever answers, below it either of the two.
        return Interviewed(None, asks if asked.start() < len(title) else None)
    return Interviewed(asks, answers or _only(before, asks))


def is_interview(document: Document) -> bool:
    """Whether title or introduction say that somebody was interviewed."""
    opening = f"{document.title}\n{document.text[:_HEAD]}"
    return re.search(rf"\b(?:{alternatives(turn_words('interview_word'))})\b", opening, re.IGNORECASE) is not None


def _only(before: str, asks: Named | None) -> Named | None:
    """The one person beside the interviewer whom an introduction names in full; `None` where there are several."""
    found: dict[str, Named] = {}
    for match in _FULL_NAME.finditer(before):
        named = _person(match["name"])
        if not _OPENS_SENTENCE.search(before[: match.start()]):
            continue
        if named is None or len((named.name or "").split()) < 2 or match["name"].isupper() or _is_body(match["name"]):
            continue
        if not _same(named, asks):
            found[named.name or ""] = named
    return next(iter(found.values())) if len(found) == 1 else None


def _is_body(written: str) -> bool:
    """Whether the last word is that of an office, a place or a paper: "Fisheries Department", "Tavish Islands"."""
    roles = role_words()
    last = written.rsplit(maxsplit=1)[-1].lower()
    return last in roles["group"] | roles["document"] | office_words() | word_kind("place_name_noun") | word_kind("body_noun")


def _same(one: Named, other: Named | None) -> bool:
    return other is not None and (one.name or "").split()[-1:] == (other.name or "").split()[-1:]


def _person(written: str) -> Named | None:
    """Who is named: no paper ("The Herald"), no body, and not the owner of what follows ("Jon Ruiz's")."""
    named = person_in(written) if not written.startswith("The ") else read_named(written)
    name = named.name or "" if named is not None and named.kind == "person" else ""
    return named if name and not name.endswith(("'s", "’s")) and not _is_body(name) else None
