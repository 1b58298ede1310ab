"""The lines of a text, and those that tell what happens in the room instead of what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.index.language.lexicon import alternatives
from parley.index.structure.voices.words import turn_words
from parley.index.types import Span

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ASIDE = re.compile(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|\*[^*]{1,60}\*|_[^_]{1,60}_)[.\s]*\Z")
_ENDING = re.compile(
    r"\s*(?:\\?#{2,}|\*(?:\s*\*){2,}|[-_=]{5,}|-\s?30\s?-|\(?\[?ends?(?: of (?:the )?(?:transcript|interview"
    r"|recording|call|briefing|meeting|record))?\]?\)?\.?"
    r"|end\s+\d{1,2}[:.]\d{2}\s*[ap]\.?m\.?.*|\d{1,2}:\d{2}\s*[AP]\.?M\.?(?:\s+[A-Z]{2,4})?"
    r"|(?:the|this) (?:meeting|session|sitting|hearing|call|briefing|conference|house|committee|council)"
    r" (?:rose|adjourned|closed|ended|was adjourned|was closed|was suspended|was resumed|concluded)\b.{0,80}"
    r"|a (?:[\w-]+ )?vote was (?:then )?taken\b.{0,80}|the agenda was (?:thus )?adopted\."
    r"|\(?whereupon\b.*)\s*\Z",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\s_]*(?:[*•-]\s+)?(?:\[\^?\d{1,3}\]:?|\d{1,3}(?=\s+(?:[A-Z“‘\"'(]|i\.e\.|e\.g\.|cf\.|ibid))|[*†‡](?=\s?[A-Z]))"
)


def text_lines(text: str) -> list[Span]:
    """The lines that hold anything, without line feeds."""
    return [Span(*match.span()) for match in _LINE.finditer(text)]


def is_aside(line: str) -> bool:
    """Whether a line is nothing but a remark in brackets: "(Applause.)", "[Interruption]", "(The witness was sworn.)"."""
    return len(line) < 400 and _ASIDE.match(line) is not None


_PROCEDURE = re.compile(
    rf"\s*(?:{alternatives(turn_words('motion'))})(?:\s+\d+[A-Z]?)?(?:\s+\(.{{1,60}}?\))?(?:,?\s+(?:as amended|by leave),?)?"
    rf"\s+(?:{alternatives(turn_words('motion_outcome'))})\b[^.;]{{0,60}}\.",
    re.IGNORECASE,
)
"""What the record of a parliament notes without a verb of its own: "Motion agreed to.", "Bill read a second time."."""


_VOTES = re.compile(rf"\s*(?:{alternatives(turn_words('vote'))})\s*:(?:\s+[A-Z][^.!?]*)?\s*\Z", re.IGNORECASE)
"""What stands over those who voted in one way: "In favour:", "Against: None"."""


def is_end(line: str) -> bool:
    """Whether a line ends a record or a turn: "END", "###", "The meeting rose at 6.15 p.m.", "In favour:", a clock."""
    patterns = (_ENDING, _PROCEDURE, _VOTES)
    return len(line) < 160 and any(pattern.match(line) is not None for pattern in patterns)


def notes_start(text: str, lines: Sequence[Span]) -> int:
    """Where the notes at the foot of a text begin, as an index into `lines`; `len(lines)` where there are none.

    Notes are numbered 1, 2, 3 … from the first of them; a letter's own numbered paragraphs have a full stop behind the number.
    """
    numbers: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        match = _NOTE.match(text, line.start, line.end)
        if match is not None and (digits := re.search(r"\d+", match.group())):
            numbers.append((index, int(digits.group())))
    best = len(lines)
    # From the last note upwards, as far as the numbers go on; the first "1" of that run begins the notes.
    later = numbers[-1][1] if numbers else 0
    for index, number in reversed(numbers):
        if later - number not in {0, 1, 2} or 3 * index < len(lines):
            break
        best = index if number == 1 else best
        later = number
    while 0 < best < len(lines) and text[slice(*lines[best - 1])].strip() in {"_", "*", "__", "Notes", "NOTES", "Footnotes"}:
        best -= 1
    return best
