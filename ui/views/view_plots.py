"""Plots of the views, drawn as SVG in the page itself: statements over time by party, and how many have which status.

Every dot and bar is a link with a name of its own, so that a plot can be used with a keyboard and read aloud.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from math import sqrt

from parley.assistant import Ledger, Timeline, TimelineItem
from parley.ui.html.labels import day_name
from parley.ui.html.markup import text_html
from parley.ui.views.ticks import natural_ticks

ROWS = 8
"""Parties with a row of their own, those with most statements; the others share one."""

_OTHERS = "Other parties"
_UNFILED = "Party not given"
_LEFT, _RIGHT, _TOP, _WIDTH, _ROW = 214, 26, 16, 1000, 40
_NAME_LINE, _LINE = 24, 16
"""Characters of a line of a row's name, and units from one line to the next."""

_LARGEST = 13.0


@dataclass(frozen=True, slots=True)
class _Dot:
    """The statements of one row on one day; `stated` if the day is one that the text states."""

    row: str
    day: Date
    stated: bool
    items: tuple[TimelineItem, ...]


def timeline_plot(timeline: Timeline, address: Callable[[TimelineItem], str]) -> str:
    """Dots by day and party, their areas in proportion to the number of statements; empty for fewer than two days.

    Args:
        timeline: what is drawn; full dots stand for dates of documents, rings for dates that the text states.
        address: where the dot of a statement leads.
    """
    rows = _rows([*timeline.by_document, *timeline.stated])
    dots = [
        *_dots(timeline.by_document, rows, stated=False),
        *_dots(timeline.stated, rows, stated=True),
    ]
    days = sorted({dot.day for dot in dots})
    if len(days) < 2:
        return ""
    names = [name for name in dict.fromkeys([*rows.values(), _OTHERS, _UNFILED]) if any(dot.row == name for dot in dots)]
    height = _TOP + len(names) * _ROW + 34
    most = max(len(dot.items) for dot in dots)
    drawn = "".join(
        _dot(dot, names, days, most, address) for dot in sorted(dots, key=lambda dot: (names.index(dot.row), dot.day))
    )
    return _figure(
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="Statements by day and party">'
        f"{_lines(names)}{_axis(days, height)}{drawn}</svg>",
        '<span class="key key-document"></span> date of the document'
        '<span class="key key-stated"></span> date stated in the text; a larger mark stands for more statements',
    )


def status_plot(ledger: Ledger, labels: Sequence[str]) -> str:
    """A bar for each status, with its number; each leads to the section that lists the statements."""
    counts = Counter(entry.status for entry in ledger.entries)
    most = max(counts.values(), default=0)
    bars = "".join(
        f'<li><a href="#{status}"><span class="bar-name">{text_html(label)}</span>'
        f'<span class="bar" style="inline-size: {100 * counts[status] / most:.1f}%"></span>'
        f'<span class="bar-count">{counts[status]}</span></a></li>'
        for status, label in zip(counts, labels, strict=True)
    )
    return f'<ol class="bars" aria-label="Statements by status">{bars}</ol>' if bars else ""


def _rows(items: Sequence[TimelineItem]) -> dict[str, str]:
    """Which parties have a row of their own."""
    counted = Counter(item.cited.party for item in items if item.cited.party is not None)
    return {party: party for party, _ in counted.most_common(ROWS)}


def _dots(items: Sequence[TimelineItem], rows: dict[str, str], *, stated: bool) -> list[_Dot]:
    grouped: dict[tuple[str, Date], list[TimelineItem]] = {}
    for item in items:
        if item.date is not None:
            party = item.cited.party
            row = _UNFILED if party is None else rows.get(party, _OTHERS)
            grouped.setdefault((row, item.date), []).append(item)
    return [_Dot(row, day, stated, tuple(found)) for (row, day), found in grouped.items()]


def _dot(dot: _Dot, names: Sequence[str], days: Sequence[Date], most: int, address: Callable[[TimelineItem], str]) -> str:
    size = max(4.0, _LARGEST * sqrt(len(dot.items) / most))
    count = f"{len(dot.items)} statement{'' if len(dot.items) == 1 else 's'}"
    kind = "stated in the text" if dot.stated else "date of the document"
    name = text_html(f"{day_name(dot.day)}, {dot.row}: {count} ({kind})")
    return (
        f'<a href="{text_html(address(dot.items[0]))}" aria-label="{name}"><title>{name}</title>'
        f'<circle class="{"stated" if dot.stated else "dated"}" cx="{_x(dot.day, days):.1f}" cy="{_y(names.index(dot.row)):.1f}" '
        f'r="{size:.1f}"/></a>'
    )


def _lines(names: Sequence[str]) -> str:
    return "".join(
        f'<line class="row-line" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(number)}" y2="{_y(number)}"/>'
        f"{_row_name(name, _y(number))}"
        for number, name in enumerate(names)
    )


def _row_name(name: str, middle: float) -> str:
    """The name in full, on as many lines as it needs."""
    lines = textwrap.wrap(name, _NAME_LINE, break_on_hyphens=False) or [""]
    top = middle + 5 - _LINE * (len(lines) - 1) / 2
    written = "".join(
        f'<tspan x="{_LEFT - 24}" y="{top + _LINE * number:.1f}">{text_html(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f'<text class="row-name" text-anchor="end">{written}</text>'


def _axis(days: Sequence[Date], height: float) -> str:
    placed = [(f"{_x(tick.day, days):.1f}", tick.name) for tick in natural_ticks(days[0], days[-1])]
    return "".join(
        f'<line class="tick" x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{height - 30}"/>'
        f'<text class="tick-name" x="{x}" y="{height - 10}" text-anchor="middle">{name}</text>'
        for x, name in placed
    )


def _x(day: Date, days: Sequence[Date]) -> float:
    span = max(1, (days[-1] - days[0]).days)
    inset = 34
    return _LEFT + inset + (_WIDTH - _LEFT - _RIGHT - 2 * inset) * (day - days[0]).days / span


def _y(row: int) -> float:
    return _TOP + _ROW * (row + 0.5)


def _figure(drawing: str, caption: str) -> str:
    return (
        f'<figure class="plot" tabindex="0" role="region" aria-label="Plot">{drawing}<figcaption>{caption}</figcaption></figure>'
    )
