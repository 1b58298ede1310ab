"""The printed lines of a PDF page, with the places of their words: what PDFium reads, mended by where the letters stand."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.index.readers.content import drop_invisible
from parley.index.readers.pdf.lines import Gap, Line
from parley.index.readers.wrapping import count_words

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_PRINTED_LINE = re.compile(r"([^\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\s\ufffe\x02])?)[ \t]*([\ufffe\x02\u00ad]?)")
"""A line; PDFium puts U+FFFE or U+0002 where a hyphen at its end may divide a word, and no line break after it."""

_BOLD = re.compile(rb"bold|black|heavy|semibd|demi", re.IGNORECASE)
_MARK = re.compile(r"(?<=[^\s\d])[ ]?(?:\d{1,3}|[*†‡§])(?:[ ]?,[ ]?\d{1,3})*(?=[\s.,;:)”’\"]|$)")
"""What may be the mark of a footnote: figures right behind a word or a closing mark."""

_NO_SPACE = 0.17
"""Width, in heights of a line, below which a space that PDFium put in may part no words; printed ones are seldom below 0.2."""

_LETTER_SPACE = 0.25
"""The same where the line also holds spaces of its own: letters set apart, or a pair that was kerned."""

_WIDE = 0.5
"""Width, in heights of a line, from which the space between two words may part columns."""

_RAISED = 0.8
"""Size of a footnote's mark, as a share of the size of its line, up to which it counts as one."""


DOUBTFUL = "\x1f"
"""Stands for a space that is too narrow to part words for sure; `settle_spaces` decides."""

_LETTERS_APART = 2.5
"""Letters between doubtful spaces, on average, up to which a line is set with its letters apart."""


def settle_spaces(lines: Sequence[Line]) -> list[Line]:
    """Close up doubtful spaces within words that the document also writes unbroken, and in lines set with letters apart."""
    words = count_words(line.text for line in lines)
    return [replace(line, text=_settled(line.text, words)) if DOUBTFUL in line.text else line for line in lines]


def _settled(text: str, words: Counter[str]) -> str:
    pieces = re.findall(rf"[^\s{DOUBTFUL}]+", text)
    if text.count(DOUBTFUL) > 2 and sum(map(len, pieces)) <= _LETTERS_APART * len(pieces):
        return text.replace(DOUBTFUL, "")
    return re.sub(rf"\S*{DOUBTFUL}\S*", lambda match: _mended(match[0], words), text)


def _mended(broken: str, words: Counter[str]) -> str:
    whole = broken.replace(DOUBTFUL, "")
    bare = re.sub(r"^\W+|\W+$", "", whole).lower()
    return whole if words[bare] else broken.replace(DOUBTFUL, " ")


class PageText:
    """The text of one page. Coordinates are in points from the lower left corner of the page as it is shown."""

    def __init__(self, text_page: PdfTextPage, page: int, turned: int) -> None:
        self._page = text_page
        self._number = page
        self._turned = turned
        self._text = text_page.get_text_range()

    def lines(self) -> list[Line]:
        """The printed lines in the order in which they are drawn."""
        return [line for match in _PRINTED_LINE.finditer(self._text) if (line := self._line(match)).text.strip()]

    def _line(self, match: re.Match[str]) -> Line:
        first, printed = match.start(1), match[1]
        boxes = [self._box(first), self._box(first + len(printed) - 1)]
        left, bottom, _, top = boxes[0]
        size = max(1.0, top - bottom)
        spaced, gaps = self._words(first, printed, size)
        bold = all(self._is_bold(place) for place in (first, first + len(printed) - 1))
        divided = "-" if match[2] else ""
        return Line(spaced + divided, self._number, left, boxes[1][2], bottom, size, bold, gaps=gaps)

    def _words(self, first: int, printed: str, size: float) -> tuple[str, tuple[Gap, ...]]:
        """The line without the marks of footnotes and with its doubtful spaces marked, and its wide gaps."""
        dropped = self._marks(first, printed)
        has_own = any(not self._is_generated(first + place) for place in _spaces(printed))
        narrowest = (_LETTER_SPACE if has_own else _NO_SPACE) * size
        kept: list[str] = []
        length = 0
        gaps: list[Gap] = []
        for place, character in enumerate(printed):
            if place in dropped:
                continue
            if character == " ":
                before, after = self._box(first + place - 1)[2], self._box(first + place + 1)[0]
                if after - before < narrowest and self._is_generated(first + place):
                    kept.append(DOUBTFUL)
                    length += 1
                    continue
                if after - before >= _WIDE * size:
                    gaps.append(Gap(length, before, after))
            shown = _shown(character)
            kept.append(shown)
            length += len(shown)
        return "".join(kept), tuple(gaps)

    def _marks(self, first: int, printed: str) -> frozenset[int]:
        """Places of the marks of footnotes: small figures behind a word."""
        found: set[int] = set()
        for match in _MARK.finditer(printed):
            inner = [place for place in range(*match.span()) if not printed[place].isspace()]
            before = self._size(first + match.start() - 1)
            if all(self._size(first + place) < _RAISED * before for place in inner if printed[place] != ","):
                found.update(range(*match.span()))
        return frozenset(found)

    def _index(self, place: int) -> int:
        import pypdfium2.raw as pdfium

        return max(0, int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, place)))

    def _is_generated(self, place: int) -> bool:
        import pypdfium2.raw as pdfium

        return bool(pdfium.FPDFText_IsGenerated(self._page, self._index(place)) == 1)

    def _size(self, place: int) -> float:
        """Size of a character's letters as shown: its own height, as fonts are often scaled by the page."""
        left, bottom, right, top = self._box(place)
        return abs(top - bottom) if self._turned % 180 == 0 else abs(right - left)

    def _box(self, place: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character's font box in points, as the page is shown."""
        from pypdfium2 import PdfiumError

        try:
            left, bottom, right, top = self._page.get_charbox(self._index(place), loose=True)
        except PdfiumError:
            return 0.0, 0.0, 0.0, 0.0
        for _ in range(self._turned // 90):
            left, bottom, right, top = bottom, -right, top, -left
        return left, bottom, right, top

    def _is_bold(self, place: int) -> bool:
        import pypdfium2.raw as pdfium

        flags = ctypes.c_int()
        buffer = ctypes.create_string_buffer(128)
        length = pdfium.FPDFText_GetFontInfo(self._page, self._index(place), buffer, 128, flags)
        return bool(length) and bool(_BOLD.search(buffer.value))


def _spaces(printed: str) -> Iterator[int]:
    return (place for place, character in enumerate(printed) if character == " ")


_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


def _shown(character: str) -> str:
    """A character as text: ordinary spaces, nothing invisible, ligatures that PDF fonts use for looks spelt out."""
    if character.isspace():
        return " "
    return _LIGATURES.get(character) or drop_invisible(character)
