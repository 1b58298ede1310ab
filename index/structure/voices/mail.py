"""Mails inside a mail: what was forwarded, answered or attached, each with its own sender and day.

A layer is opened by a block of headers ("From: … Sent: …"), by a line such as "On 5 June Toll wrote:", or by ">" marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from email.utils import parseaddr

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import alternatives
from parley.index.structure.voices.lines import text_lines
from parley.index.structure.voices.words import turn_words
from parley.index.types import Span

_HEAD = re.compile(rf"[*_]{{0,2}}(?P<key>{alternatives(turn_words('mail_field'))}):[*_]{{0,2}}\s*(?P<value>.*)", re.IGNORECASE)
_FROM, _DATE, _TO = (turn_words(f"mail_{kind}") for kind in ("sender", "day", "addressee"))
_OPENING, _VERB = (alternatives(turn_words(f"mail_{kind}")) for kind in ("opening", "verb"))
_RULE = re.compile(
    rf"(?:[-_*=]{{3,}}\s*(?:(?:{alternatives(turn_words('mail_rule'))})[^\n]{{0,40}}?)?\s*[-_*=]*"
    r"|Begin forwarded message:|From\s+\S+@\S+\s+\w{3}\s.*\d{4})\s*\Z",
    re.IGNORECASE,
)
_WROTE = re.compile(rf"(?:{_OPENING})\s(?P<what>.{{4,200}}?)\s?(?:{_VERB})\s?:\s*\Z", re.IGNORECASE | re.DOTALL)
_THEN_WROTE = re.compile(
    r"(?:Am|Le|El|Op)\s(?P<what>.{4,120}?)\s(?:schrieb|schreef|escribió)\s(?P<who>[^:]{2,80}):\s*\Z", re.DOTALL
)
_FORM_LINE = re.compile(
    rf"\s*(?:[\w-]+\s+){{0,2}}(?:{'|'.join(sorted(turn_words('paper_form')))})\b[^\n.]{{0,60}}(?:\n|\Z)", re.IGNORECASE
)
_MARKS = re.compile(r"[^\S\n]*((?:>[^\S\n]?)+)")
_SIGNATURE = re.compile(
    r"--\s?\Z|(?:sent from my|get outlook for|diese nachricht|this (?:e-?mail|message) (?:and|is|may))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One mail inside the text: who wrote it, when, and its lines without headers and marks."""

    sender: str | None
    addressees: str | None
    date: Date | None
    start: int
    said: tuple[Span, ...]
    is_top: bool = False


def has_layers(text: str) -> bool:
    """Whether a text holds a mail's headers or a line that introduces another mail; the head of a memo or telegram is none."""
    if _FORM_LINE.match(text):
        return False
    return any(pattern.search(text) for pattern in (_INTRODUCED, _HEADED))


_INTRODUCED = re.compile(
    r"^[>\s]*(?:-{3,}\s*(?:Original|Forwarded|Attached) |Begin forwarded|On .{5,200}wrote:\s*$"
    r"|Am .{5,120}schrieb[^\n]{0,80}:\s*$)",
    re.MULTILINE,
)
_HEADED = re.compile(r"^[>\s*]*From:.{2,100}\n[>\s*]*(?:Sent|Date|To|Cc|Subject):", re.MULTILINE | re.IGNORECASE)


def mail_layers(text: str, *, sender: str | None, addressees: str | None, date: Date | None) -> list[Layer]:
    """The layers of a mail's text in the order of the text; the first one is by `sender`, further runs of it included."""
    return _Layers(text, sender, addressees, date).read()


class _Layers:
    def __init__(self, text: str, sender: str | None, addressees: str | None, date: Date | None) -> None:
        self._text = text
        self._lines = text_lines(text)
        self._open: list[tuple[str | None, str | None, Date | None]] = [(sender, addressees, date)]
        self._base = 0
        self._layers: list[Layer] = []
        self._said: list[Span] = []
        self._now = 0

    def read(self) -> list[Layer]:
        number = 0
        while number < len(self._lines):
            number += self._take(number)
        self._close()
        return self._layers

    def _take(self, number: int) -> int:
        """Handle the line, and say how many lines were used up."""
        line = self._lines[number]
        marks = _MARKS.match(self._text, line.start, line.end)
        depth = marks[1].count(">") if marks else 0
        begin = marks.end() if marks else line.start
        content = self._text[begin : line.end].strip()
        used = self._headers(number, depth)
        if used:
            return used
        joined = content
        for extra in (1, 2):
            match, turned = _WROTE.match(joined), _THEN_WROTE.match(joined)
            if match is not None or turned is not None:
                said = match["what"] if match else f"{turned['what']} {turned['who']}" if turned else ""
                self._introduce(_of_line(said), number + extra - 1, depth)
                return extra
            if number + extra >= len(self._lines) or not re.match(rf"(?:{_OPENING})\s", joined, re.IGNORECASE):
                break
            following = self._lines[number + extra]
            joined += " " + self._text[following.start : following.end].strip(" >")
        if _RULE.match(content):
            return 1
        self._add(Span(begin, line.end), self._base + depth)
        return 1

    def _headers(self, number: int, depth: int) -> int:
        """Lines of a header block that begins here: "From:" with at least one other header behind it."""
        fields: dict[str, str] = {}
        used = 0
        for line in self._lines[number : number + 12]:
            content = self._text[line.start : line.end].strip(" >")
            match = _HEAD.match(content)
            if match is None:
                break
            fields.setdefault(match["key"].lower(), match["value"].strip())
            used += 1
        known = {key for key in fields if key in _FROM}
        if not known or used < 2:
            return 0
        sender = next(fields[key] for key in fields if key in _FROM)
        sent = next((fields[key] for key in fields if key in _DATE), "")
        addressed = next((fields[key] for key in fields if key in _TO), None)
        layer = (person_in_address(sender), person_in_address(addressed) if addressed else None, _day(sent))
        self._close()
        self._base += 1 if number else 0
        if number == 0:
            self._open = [layer]
        else:
            self._set(self._base + depth, layer)
        self._now = self._base + depth
        return used

    def _introduce(self, layer: tuple[str | None, str | None, Date | None], number: int, depth: int) -> None:
        """Open what "On … wrote:" announces: the deeper lines if they are marked, or all that follow."""
        self._close()
        following = self._lines[number + 1] if number + 1 < len(self._lines) else None
        marks = _MARKS.match(self._text, following.start, following.end) if following else None
        if marks is not None and marks[1].count(">") > depth:
            self._set(self._base + depth + 1, layer)
        else:
            self._base += 1
            self._set(self._base + depth, layer)

    def _set(self, level: int, layer: tuple[str | None, str | None, Date | None]) -> None:
        self._open = self._open[:level]
        while len(self._open) < level:
            self._open.append((None, None, None))
        self._open.append(layer)

    def _add(self, span: Span, level: int) -> None:
        if level != self._now:
            self._close()
            self._now = level
        content = self._text[span.start : span.end]
        lead, tail = len(content) - len(content.lstrip()), len(content.rstrip())
        if tail > lead:
            self._said.append(Span(span.start + lead, span.start + tail))

    def _close(self) -> None:
        if self._said:
            sender, addressees, day = self._open[self._now] if self._now < len(self._open) else (None, None, None)
            self._layers.append(Layer(sender, addressees, day, self._said[0].start, tuple(self._said), self._now == 0))
        self._said = []


def person_in_address(value: str) -> str | None:
    """The name in "Jon Fane <fane@norland.example>", else the address; `None` where the value is empty."""
    cleaned = re.sub(r"\[mailto:[^\]]*\]", "", value).strip(" *_;,")
    display, address = parseaddr(cleaned)
    if not display and "@" not in address:
        return cleaned or None
    name = display or address
    if re.fullmatch(r"[^,]+,\s*[^,]+", name) and "@" not in name:
        last, first = (part.strip() for part in name.split(","))
        name = f"{first} {last}"
    return name or None


def _of_line(what: str) -> tuple[str | None, str | None, Date | None]:
    """Sender and day in the middle of "On Thu, Jun 5, 2031 at 7:01 PM Marek Toll <toll@velmark.example> wrote:"."""
    flat = " ".join(what.split())
    dates = find_dates(flat)
    address = re.search(r"<?([\w.+-]+@[\w.-]+)>?", flat)
    rest = flat[: address.start()] if address else flat
    if dates and dates[-1].end <= len(rest):
        rest = rest[dates[-1].end :]
    rest = re.sub(
        r"^[\s,]*(?:at|um|à|,)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?[+-]\d{4})?"
        r"(?:\s?[A-Z]{2,4}\b(?=\s|,))?",
        "",
        rest,
    )
    name = _WEEKDAY_BEFORE.sub("", rest).strip(" ,<>\"'")
    return name or (address[1] if address else None), None, dates[0].date if dates else None


_WEEKDAY_BEFORE = re.compile(r"\A\W*(?:[A-Z][a-z]{2,8}\.?,?\s+)?\d{1,2}\.?\s+[A-Z][a-z]{2,8}\.?,?\s*(?:\d{1,2}[:.]\d{2},?\s*)?")
"""The day and hour before a name where the day has no year: "Tue, 15 Apr, 17:30, Ruben Toll"."""


def _day(value: str) -> Date | None:
    found = find_dates(value)
    return found[0].date if found else None


def without_closing(text: str, said: Sequence[Span]) -> tuple[Span, ...]:
    """What is said, up to a mail program's or a firm's standing lines at its foot."""
    for number, span in enumerate(said):
        if number and _SIGNATURE.match(text[span.start : span.end]):
            return tuple(said[:number])
    return tuple(said)
