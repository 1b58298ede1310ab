"""What a title or first line says of a written piece: its form, who wrote it, and to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.words import turn_words

FORMS = "|".join(sorted(turn_words("written_form")))
"""What a piece of writing may call itself, as a part of a pattern."""
_SPOKEN = "|".join(sorted(turn_words("given_form")))
_WRITTEN_FROM = re.compile(
    rf"(?:(?:[\w-]+\s+){{0,3}})\b(?P<form>{FORMS}|{_SPOKEN})\b(?P<gap>[^:;|]{{0,60}}?)\s*(?:\b(?:from|by)\b"
    rf"|\bof\b(?=\s+(?:the\s+)?(?:Mr|Mrs|Ms|Dr|Sir|Prime|President|Foreign|Ambassador|Secretary|H\.)))"
    r"\s+(?P<who>.+)",
    re.IGNORECASE,
)
_TO_ONLY = re.compile(rf"(?:[\w-]+\s+){{0,2}}\b(?P<form>{FORMS})\b\s+to\s+(?P<to>[A-Z].{{1,80}})\Z", re.IGNORECASE)
_TO = re.compile(r",?\s+to\s+(?=(?:the\s+)?[A-Z\[])", re.IGNORECASE)
_WHO_ENDS = re.compile(
    r"\s+(?:on|at|about|before|in|after|following|regarding|concerning|during|for|with|ahead|announcing"
    r"|condemning|welcoming|marking|as|upon|of conversation"
    r"|dated|re|and vice)\s|\s+to\s+(?-i:(?=the\b|a\b|[a-z]))|[:;|]|\s[–—-]\s|,?\s+\d{1,2}\s+\w+\s+\d{4}"
    r"|,?\s+(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\s+\d",
    re.IGNORECASE,
)
_FORM_ALONE = re.compile(rf"(?:[\w-]+\s+){{0,2}}(?:{FORMS}|{_SPOKEN})", re.IGNORECASE)
_HEAD_LINES = 8
"""Lines in which a title that is set over several lines begins."""
_NOTE_MARK = re.compile(r"(?<=[a-z)])\d{1,2}\b|\s*\[\^?\d{1,2}\]")
_PREPARED = re.compile(r"\s+(?:as\s+(?:prepared|delivered|given)(?:\s+for\s+delivery)?|\(as[^)]*\))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of writing or a prepared speech as its title tells of it.

    Attributes:
        form: the title's own word in small letters ("letter", "remarks"), empty where the title has none.
        author: the first of those who wrote it.
        addressees: as written, or `None`.
    """

    form: str
    author: Named | None
    addressees: str | None


def read_title(title: str) -> Written | None:
    """What the title tells, or `None` where it is not of that kind."""
    flat = _PREPARED.sub("", " ".join(_NOTE_MARK.sub("", title).split()))
    match = _WRITTEN_FROM.match(flat)
    if match is not None and len(match["gap"].split()) <= 6:
        return _from_who(match["form"].lower(), match["who"])
    only = _TO_ONLY.match(flat)
    if only is not None:
        return Written(only["form"].lower(), None, only["to"].strip(" ."))
    return _from_to(flat)


def read_head(lines: Sequence[str]) -> Written | None:
    """The same of a title that is set over several lines: "STATEMENT", "by Ms. Ana Toll", "Minister for Waters".

    `lines` are the first of the text; what stands over the form's own line ("REPUBLIC OF NORLAND") is left out.
    """
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _FORM_ALONE.fullmatch(line.strip()) is None or number + 1 >= len(lines):
            continue
        author = lines[number + 1].strip()
        if not re.match(r"(?:by|of|from)\s", author, re.IGNORECASE):
            return None
        office = lines[number + 2].strip() if number + 2 < len(lines) else ""
        is_office = read_named(office) is not None and not re.match(r"(?:at|on|to)\s", office)
        return read_title(f"{line.strip()} {author}{f', {office}' if is_office else ''}")
    return None


def _from_who(form: str, who: str) -> Written | None:
    parts = _TO.split(who, maxsplit=1)
    addressees = _until_end(parts[1]) if len(parts) > 1 else None
    written = _until_end(parts[0])
    author = read_author(written)
    if author is not None and author.kind == "office":
        author = replace(author, surface=written)
    return Written(form, author, addressees) if author is not None else None


def _from_to(title: str) -> Written | None:
    """Titles such as "Mr N. Chamberlain, U.K. Prime Minister, to Mr J. A. Lyons, Prime Minister"."""
    title = re.sub(rf"^(?:{FORMS})\s*[,:]\s+|^(?:No\.?\s*)?\d{{1,5}}[.:]?\s+", "", title, flags=re.IGNORECASE)
    parts = _TO.split(title, maxsplit=1)
    if (
        len(parts) != 2
        or len(title) > 220
        or ":" in title
        or re.search(r"[.!?]\s", re.sub(r"\b(?:[A-Z]|Mr|Mrs|Dr|St|No)\.", "", title))
    ):
        return None
    author, addressee = read_author(parts[0]), read_author(re.split(r"\s+and\s+|;", parts[1])[0])
    if author is None or addressee is None:
        return None
    return Written("", author, parts[1].strip(" ,."))


def _until_end(who: str) -> str:
    match = _WHO_ENDS.search(who)
    return (who[: match.start()] if match else who).strip(" ,.")


def read_author(written: str) -> Named | None:
    """The author named by a phrase: a person with an office behind a comma, an office, a government or a delegation."""
    cleaned = re.sub(r"\s+", " ", written).strip(" ,.;")
    named = read_named(cleaned)
    if named is not None:
        return named if named.kind in {"person", "office", "side"} else None
    head = cleaned.split(",", 1)
    named = read_named(head[0])
    if named is not None and named.kind in {"person", "office", "side"}:
        rest = head[1].strip() if len(head) > 1 else None
        if named.kind != "person":
            return replace(named, surface=cleaned)
        return Named(named.kind, named.surface, named.name, named.title, named.role or rest, named.party)
    first = re.split(r"\s+and\s+|\s*&\s*", cleaned, maxsplit=1)[0]
    return read_named(first) if first != cleaned and read_named(first) is not None else None
