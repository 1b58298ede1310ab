"""The numbers that Word shows before list items and numbered headings; they are not in the paragraphs' own text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.index.readers.numerals import format_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list definition: first number, kind of number, and the pattern with %1 to %9 for the numbers."""

    start: int
    kind: str
    pattern: str


@dataclass(slots=True)
class _Definition:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document; `label` must be asked for each numbered paragraph once, in order."""

    def __init__(self, root: _Element | None) -> None:
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, list_id: str, level: int) -> str:
        """What stands before the paragraph: "2.", "(b)", "Article 4", "-" for a bullet, "" for a list without numbers."""
        definition = self._definitions.get(self._lists.get(list_id, ""))
        if definition is None or level not in definition.levels:
            return "" if definition is not None else "-"
        count = self._advance(list_id, level, definition)
        if definition.levels[level].kind == "bullet":
            return "-"
        counts = {**{number: item.start for number, item in definition.levels.items()}, **definition.counts, level: count}

        def numeral(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            kind = definition.levels[place].kind if place in definition.levels else "decimal"
            return format_number(counts.get(place, 1), kind)

        return re.sub(r"%([1-9])", numeral, definition.levels[level].pattern).strip()

    def _advance(self, list_id: str, level: int, definition: _Definition) -> int:
        start = definition.levels[level].start
        if (list_id, level) in self._restarts and (list_id, level) not in self._started:
            count = self._restarts[list_id, level]
        else:
            count = definition.counts.get(level, start - 1) + 1
        self._started.add((list_id, level))
        definition.counts[level] = count
        for deeper in range(level + 1, _MOST_LEVELS):
            definition.counts.pop(deeper, None)
        return count

    def _read(self, root: _Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {_number(level, "ilvl"): _read_level(level) for level in abstract.iter(f"{W}lvl")}
            self._definitions[abstract.get(f"{W}abstractNumId", "")] = _Definition(levels)
        for item in root.iter(f"{W}num"):
            list_id = item.get(f"{W}numId", "")
            reference = item.find(f"{W}abstractNumId")
            self._lists[list_id] = reference.get(f"{W}val", "") if reference is not None else ""
            for override in item.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._restarts[list_id, _number(override, "ilvl")] = _number(start, "val", 1)


def _read_level(level: _Element) -> _Level:
    start, kind, pattern = (level.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
    return _Level(
        _number(start, "val", 1) if start is not None else 1,
        kind.get(f"{W}val", "decimal") if kind is not None else "decimal",
        pattern.get(f"{W}val", "") if pattern is not None else "",
    )


def _number(element: _Element, attribute: str, default: int = 0) -> int:
    value = element.get(f"{W}{attribute}", "")
    return int(value) if re.fullmatch(r"\d{1,6}", value) else default
