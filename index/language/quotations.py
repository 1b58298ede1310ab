"""Quotations of a text, as exact spans: all marks in use, nested, over paragraphs, and never closed.

The marks are read from left to right with a stack; a straight mark opens or closes by what stands beside it. A quotation
still open at the end of a paragraph goes on if the next paragraph begins with its opening mark, as newspapers write it;
otherwise the paragraph's end ends it, and it counts as not closed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from parley.index.language.paragraphs import paragraph_spans
from parley.index.types import Span

Side = Literal["opens", "closes", "either"]

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚']")
_CLOSERS = {
    '"': ('"', "”"),
    "''": ("''", '"'),
    "``": ("''", '"'),
    "“": ("”", '"'),
    "”": ("”",),
    "‟": ("”",),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "›": ("‹",),
}
_SINGLE = frozenset("'‘’‚")
_STYLES = {
    '"': "straight",
    "''": "doubled",
    "``": "doubled",
    "“": "curly",
    "”": "curly",
    "‟": "curly",
    "„": "low-high",
    "«": "guillemets",
    "»": "guillemets",
    "‹": "single guillemets",
    "›": "single guillemets",
    "'": "straight single",
    "‘": "curly single",
    "‚": "low-high single",
}
_SHORTENED = re.compile(r"['’‘](?:em|til|tis|twas|cause|bout|round|n|cuz|\d\ds?)\b", re.IGNORECASE)
"""Words written with an apostrophe in front."""

_LONGEST_SINGLE = 1500
"""Characters; single marks further apart are two apostrophes."""

_DASH = re.compile(r"\s*+[—–]\s")
_SPEECH_GAP = re.compile(r"[,.!?…]\s[—–]\s")
_BEFORE_OPENER = "([—–-:'‘“/\u200b\u200e\u200f\u202a\u202b\ufeff"
"""Characters other than white space that an opening mark may follow: brackets, dashes, marks without width."""

_DEEPEST = 6
"""Levels of nesting that are followed; deeper marks are ordinary characters."""

_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        start, end: half-open offsets of the whole, with its marks.
        inner: offsets of the words alone; marks that reopen the quotation in later paragraphs lie inside it.
        closed: whether the text gives the closing mark.
        style: the kind of marks: "straight", "curly", "guillemets", "low-high", "doubled", "curly single", "dash", …
        depth: 0 for a quotation of its own, 1 for one inside it, and so on.
        pieces: the words paragraph by paragraph, without marks; one span unless the quotation runs over several.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    style: str
    depth: int = 0
    pieces: tuple[Span, ...] = ()


class _Mark(NamedTuple):
    text: str
    start: int
    end: int
    side: Side


@dataclass(slots=True)
class _Open:
    """A quotation whose end has not been read yet."""

    mark: str
    start: int
    depth: int
    pieces: list[Span]
    piece_start: int
    partner: int | None = None

    def finish(self, inner_end: int, end: int, *, closed: bool) -> Quotation:
        self.pieces.append(Span(self.piece_start, max(inner_end, self.piece_start)))
        inner = Span(self.pieces[0].start, self.pieces[-1].end)
        return Quotation(self.start, max(end, inner.end), inner, closed, _STYLES[self.mark], self.depth, tuple(self.pieces))


def quotation_spans(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The quotations in `text[start:end]`, in order of their start; an inner one follows the one that holds it.

    Apostrophes, inches, and single marks without a partner in the same paragraph are no quotations.
    """
    end = len(text) if end is None else min(end, len(text))
    paragraphs = [Span(start, end)]
    if "\n" in text[start:end]:
        paragraphs = [Span(start + span.start, start + span.end) for span in paragraph_spans(text[start:end])]
    found: list[Quotation] = []
    carried: _Open | None = None
    for paragraph in paragraphs:
        carried = _ParagraphReader(text, paragraph, found).read(carried)
        found.extend(_dash_speech(text, paragraph))
    if carried is not None:
        found.append(_unclosed(carried))
    return sorted(found, key=lambda quotation: (quotation.start, -quotation.end))


def _dash_speech(text: str, paragraph: Span) -> list[Quotation]:
    """Speech that Cyrillic texts set off with dashes alone: "— Мы идём, — сказал он. — Ждите."."""
    opening = _DASH.match(text, *paragraph)
    if opening is None or _MARK.search(text, *paragraph):
        return []
    pieces: list[Span] = []
    start = opening.end()
    for gap in _SPEECH_GAP.finditer(text, start, paragraph.end):
        pieces.append(Span(start, gap.start() + 1))
        start = gap.end()
    pieces.append(Span(start, paragraph.end))
    if len(pieces) < 2 or not _is_cyrillic_lower(text[pieces[1].start : pieces[1].start + 1]):
        return []
    return [Quotation(one.start - 2, one.end, one, True, "dash", 0, (one,)) for one in pieces[::2] if one.end > one.start]


def _is_cyrillic_lower(character: str) -> bool:
    return "а" <= character <= "ӿ" and character.islower()


def _unclosed(carried: _Open) -> Quotation:
    last = carried.pieces.pop()
    carried.piece_start = last.start
    return carried.finish(last.end, last.end, closed=False)


class _ParagraphReader:
    """Pairs the marks of one paragraph; the quotations it completes go to `found`."""

    def __init__(self, text: str, paragraph: Span, found: list[Quotation]) -> None:
        self._text = text
        content = text[paragraph.start : paragraph.end]
        self._start = paragraph.start + len(content) - len(content.lstrip())
        self._end = max(self._start, paragraph.start + len(content.rstrip()))
        self._found = found
        self._stack: list[_Open] = []
        matches = _MARK.finditer(text, self._start, self._end)
        self._marks = [_Mark(m.group(), m.start(), m.end(), self._side(m.group(), m.start(), m.end())) for m in matches]
        self._singles = _single_pairs(text, self._marks, self._start, self._end)
        self._ahead = Counter((mark.text, mark.side) for mark in self._marks)

    def read(self, carried: _Open | None) -> _Open | None:
        """Read the paragraph; `carried` was left open by the one before. Returns what this one leaves open."""
        marks = self._marks
        if carried is not None and self._text.startswith(carried.mark, self._start):
            carried.piece_start = self._start + len(carried.mark)
            self._stack.append(carried)
            marks = [mark for mark in marks if mark.start >= carried.piece_start]
        elif carried is not None:
            self._found.append(_unclosed(carried))
        for mark in marks:
            self._ahead[mark.text, mark.side] -= 1
            if mark.text in _SINGLE:
                self._read_single(mark)
            else:
                self._read_double(mark)
        return self._leave_open()

    def _side(self, mark: str, start: int, end: int) -> Side:
        before, after = _beside(self._text, start, end, self._start, self._end)
        may_open = (before.isspace() or before in _BEFORE_OPENER) and not (after.isspace() or after in ".,;:!?)]")
        if mark in {"”", "»", "›"}:
            return "either" if may_open else "closes"
        if mark == "“" and not before.isspace() and not may_open and not after.isalnum():
            return "either"
        if mark not in {'"', "''"}:
            return "opens"
        may_close = not (before.isspace() or before in "([") and not after.isalnum()
        if may_open == may_close:
            return "either"
        return "opens" if may_open else "closes"

    def _read_double(self, mark: _Mark) -> None:
        level = next((n for n in range(len(self._stack) - 1, -1, -1) if mark.text in _CLOSERS.get(self._stack[n].mark, ())), None)
        if level is None and mark.text == "“" and mark.side == "either":
            level = next((n for n, opened in enumerate(self._stack) if opened.mark == "“"), None)
        straight = mark.text in {'"', "''"}
        if level is not None and not (straight and mark.side == "opens"):
            self._close(level, mark)
        elif mark.side == "closes":
            return
        else:
            if any(opened.mark == mark.text for opened in self._stack) and not self._is_nested(mark):
                self._abandon(mark)
            self._open(mark)

    def _is_nested(self, mark: _Mark) -> bool:
        """Whether the marks still to come close both this quotation and the one around it."""
        openers = self._ahead[mark.text, "opens"]
        closer = _CLOSERS[mark.text][0]
        closers = self._ahead[closer, "closes"] + self._ahead[closer, "either"]
        return closers >= openers + 2

    def _abandon(self, mark: _Mark) -> None:
        """End the open quotation of the same marks, which was never closed, where its first sentence ends."""
        level = next(n for n, opened in enumerate(self._stack) if opened.mark == mark.text)
        opened = self._stack[level]
        del self._stack[level:]
        sentence_end = _SENTENCE_END.search(self._text, opened.piece_start, mark.start)
        stop = sentence_end.end() if sentence_end else mark.start
        stop -= len(self._text[opened.piece_start : stop]) - len(self._text[opened.piece_start : stop].rstrip())
        self._found.append(opened.finish(stop, stop, closed=False))

    def _read_single(self, mark: _Mark) -> None:
        partner = self._singles.get(mark.start)
        if partner is not None:
            self._open(mark, partner)
            return
        level = next((n for n, opened in enumerate(self._stack) if opened.partner == mark.start), None)
        if level is not None:
            self._close(level, mark)

    def _open(self, mark: _Mark, partner: int | None = None) -> None:
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Open(mark.text, mark.start, len(self._stack), [], mark.end, partner))

    def _close(self, level: int, mark: _Mark) -> None:
        opened = self._stack[level]
        del self._stack[level:]
        self._found.append(opened.finish(mark.start, mark.end, closed=True))

    def _leave_open(self) -> _Open | None:
        """The outermost quotation still open, up to here; singles do not run over paragraphs."""
        outermost = next((opened for opened in self._stack if opened.partner is None), None)
        if outermost is not None:
            outermost.pieces.append(Span(outermost.piece_start, max(self._end, outermost.piece_start)))
        return outermost


def _beside(text: str, start: int, end: int, first: int, last: int) -> tuple[str, str]:
    """The characters before and after a mark; a space at the paragraph's edges."""
    return text[start - 1] if start > first else " ", text[end] if end < last else " "


def _single_pairs(text: str, marks: list[_Mark], first: int, last: int) -> dict[int, int]:
    """Offsets of opening single marks with their closing partners; every other single mark is an apostrophe.

    An opener has no letter before it and one behind it. Its partner is the next mark with no letter behind it; the
    apostrophe of a plural ("leaders' level") is the partner only where no better one comes before the next opener.
    """
    pairs: dict[int, int] = {}
    opener: int | None = None
    plural: int | None = None
    for mark in marks:
        if mark.text not in _SINGLE:
            continue
        before, after = _beside(text, mark.start, mark.end, first, last)
        if mark.text != "’" and _opens_single(text, mark, before, after):
            if opener is not None and plural is not None:
                pairs[opener] = plural
            opener, plural = mark.start, None
        elif opener is None or mark.text == "‚" or before.isspace() or after.isalnum():
            continue
        elif mark.start - opener > _LONGEST_SINGLE:
            opener = None
        elif before == "s" and after.isspace() and text[mark.end + 1 : mark.end + 2].islower():
            plural = plural or mark.start
        else:
            pairs[opener] = mark.start
            opener, plural = None, None
    if opener is not None and plural is not None:
        pairs[opener] = plural
    return pairs


def _opens_single(text: str, mark: _Mark, before: str, after: str) -> bool:
    if before.isalnum() or before in ".,;!?)]%" or not (after.isalnum() or after in '"“([…$£€'):
        return False
    return _SHORTENED.match(text, mark.start) is None
