"""Positions, ledger, timeline and statements as HTML; every quotation links to its place in its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from itertools import groupby
from urllib.parse import quote as percent_encoded

from parley.assistant import CitedStatement, Ledger, PositionTable, Span, Timeline, TimelineItem
from parley.ui.html.labels import FORM_NAMES, day_name, source_line
from parley.ui.html.markup import isolated, text_html, wrapped_ranges
from parley.ui.views.view_plots import status_plot, timeline_plot

LISTED = 500
"""Statements written out on a page. Further pages have the rest of the list of statements; of the views, the filters reach it."""

CELL = 110
"""Characters of the words shown in a cell of the table."""

_PART = ('<span class="part">', "</span>")
_NOTHING = '<span class="none">none found</span>'


def positions_html(table: PositionTable, *, first: int = 1) -> str:
    """The table, in each cell the latest words and a marker for each statement, from `first`; then the statements."""
    listed = list({id(item): item for cell in table.cells for item in cell.statements}.values())
    markers = {id(item): number for number, item in enumerate(listed, start=first)}
    head = "".join(f'<th scope="col">{isolated(issue)}</th>' for issue in table.issues)
    rows = []
    for party in table.parties:
        cells = [table.cell(party, issue).statements for issue in table.issues]
        marked = "".join(f"<td>{_position(cell, markers)}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row">{isolated(party)}</th>{marked}</tr>')
    grid = (
        '<div class="grid" tabindex="0" role="region" aria-label="Positions by party and issue"><table>'
        f'<thead><tr><th scope="col">Party</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        if rows
        else "<p>No party has a statement on these issues.</p>"
    )
    parts = [grid, _list("Statements", [_cited(item, markers[id(item)]) for item in listed[:LISTED]], len(listed))]
    if table.unfiled:
        items = [_cited(item) for item in table.unfiled[:LISTED]]
        parts.append(_list("By speakers whose party neither the text nor the alias list gives", items, len(table.unfiled)))
    if table.silent:
        names = "; ".join(isolated(name) for name in table.silent)
        parts.append(f"<p>No statement on these issues was found of: {names}.</p>")
    return "".join(parts)


def marked_statements(table: PositionTable) -> int:
    """How many markers a table has."""
    return len({id(item) for cell in table.cells for item in cell.statements})


def ledger_html(ledger: Ledger) -> str:
    """A bar for each status, then the entries under their status."""
    if not ledger.entries:
        return "<p>No statement with a status was found.</p>"
    grouped = {status: list(entries) for status, entries in groupby(ledger.entries, key=lambda entry: entry.status)}
    parts = [status_plot(ledger, [_words(status) for status in grouped])]
    for status, found in grouped.items():
        items = [
            _cited(entry.cited, lead=f"since {entry.since.isoformat()} (date of the document)" if entry.since else "undated")
            for entry in found[:LISTED]
        ]
        parts.append(_list(_words(status), items, len(found), anchor=status))
    return "".join(parts)


def timeline_html(timeline: Timeline) -> str:
    """The plot, then the three lists."""
    lists = (
        ("By stated date", timeline.stated),
        ("By date of the document", timeline.by_document),
        ("Undated", timeline.undated),
    )
    listed = [item for _, items in lists for item in items[:LISTED]]
    anchors = {id(item): f"t{number}" for number, item in enumerate(listed, start=1)}
    plot = timeline_plot(
        timeline, lambda item: f"#{anchors[id(item)]}" if id(item) in anchors else _address(item.cited, item.words)
    )
    return plot + "".join(
        _list(heading, [_dated(item, anchors[id(item)]) for item in items[:LISTED]], len(items)) for heading, items in lists
    )


def statements_html(statements: Sequence[CitedStatement], *, page: int = 1, query: str = "") -> str:
    """A page of the statements in order of document and position; one more than a page holds says that there is another page.

    `query` are the filters as they stand in an address.
    """
    if not statements and page > 1:
        return f"<p>There is no page {page:,}. {_page_link(1, query, 'To the first page')}</p>"
    if not statements:
        return "<p>No statement meets these conditions. Widen them, or empty the fields to see everything.</p>"
    items = [_cited(item, lead=_form(item)) for item in statements[:LISTED]]
    first, is_last = (page - 1) * LISTED + 1, len(statements) <= LISTED
    if page == 1 and is_last:
        return _list("Statements", items, len(items))
    links = [_page_link(page - 1, query, "Earlier ones")] if page > 1 else []
    links += [] if is_last else [_page_link(page + 1, query, "Further ones")]
    count = f"{first:,} to {first + len(items) - 1:,}"
    ways = f'<nav aria-label="Pages of statements"><p>{" · ".join(links)}</p></nav>'
    return f'<section><h2>Statements <span>{count}</span></h2><ol start="{first}">{"".join(items)}</ol>{ways}</section>'


def _page_link(page: int, query: str, words: str) -> str:
    given = text_html(f"?{query}&page={page}" if query else f"?page={page}")
    return f'<a href="statements{given}">{words}</a>'


def _position(cell: Sequence[CitedStatement], markers: Mapping[int, int]) -> str:
    """What a cell of the table shows, the latest that is told as it stands; words cut short say so in brackets."""
    if not cell:
        return _NOTHING
    latest = max(cell, key=lambda item: (item.is_stated, item.document.date is not None, item.document.date or Date.min))
    numbers = " ".join(_marker(markers[id(item)]) for item in cell)
    words = f'<a class="words" href="{text_html(_address(latest))}">{isolated(_shortened(latest.quote))}</a>'
    return f'{words}<span class="numbers">{numbers}{_status(latest)}</span>'


def _shortened(quote: str) -> str:
    plain = " ".join(quote.split())
    if len(plain) <= CELL:
        return plain
    return f"{plain[:CELL].rsplit(' ', 1)[0]} [...]"


def _list(heading: str, items: Sequence[str], total: int, *, anchor: str = "") -> str:
    more = f"<p>and {total - len(items)} more: narrow the filters to see them.</p>" if total > len(items) else ""
    listed = f"<ol>{''.join(items)}</ol>" if items else "<p>None.</p>"
    identifier = f' id="{anchor}"' if anchor else ""
    return f"<section{identifier}><h2>{text_html(heading)} <span>{total:,}</span></h2>{listed}{more}</section>"


def _marker(number: int) -> str:
    return f'<a href="#s{number}">[{number}]</a>' if number <= LISTED else f"[{number}]"


def _dated(item: TimelineItem, anchor: str) -> str:
    words = f"“{isolated(item.cited.words(item.words))}”, " if item.words else ""
    day = day_name(item.date) if item.date else "undated"
    return (
        f'<li id="{anchor}"><p class="lead"><strong>{day}</strong> <span class="mark">{words}{isolated(item.basis)}</span></p>'
        f"{_said(item.cited)}{_source(item.cited, item.words)}</li>"
    )


def _cited(item: CitedStatement, number: int | None = None, *, lead: str = "") -> str:
    filed = [f"[{number}]" if number else "", lead, item.party or "", ", ".join(item.issues)]
    shown = " · ".join(isolated(part) for part in filed if part)
    anchor = f' id="s{number}"' if number else ""
    return f'<li{anchor}><p class="lead">{shown}{_status(item)}</p>{_said(item)}{_source(item)}</li>'


def _said(item: CitedStatement) -> str:
    shown = "; ".join(f"{label} {isolated(value)}" for label, value in item.remarks)
    sentence = wrapped_ranges(item.document.text, [(span, *_PART) for span in item.statement.content], window=item.sentence)
    return (
        f'<blockquote dir="auto"><bdi class="t">{sentence}</bdi></blockquote><p class="who">{isolated(item.attribution)}</p>'
        + (f'<p class="mark">{shown}</p>' if shown else "")
    )


def _source(item: CitedStatement, words: Span | None = None) -> str:
    document, content = item.document, item.statement.content
    places = ", ".join(f"{span.start}-{span.end}" for span in content)
    where = source_line(document, document.page_at(content[0].start))
    return f'<p class="where"><a href="{text_html(_address(item, words))}">{isolated(where)}</a>, characters {places}</p>'


def _address(item: CitedStatement, words: Span | None = None) -> str:
    at = ",".join(f"{span.start}-{span.end}" for span in ((words,) if words else item.statement.content)[:8])
    return f"document?id={percent_encoded(item.document.id, safe='')}&at={at}#quote"


def _form(item: CitedStatement) -> str:
    return FORM_NAMES[item.statement.mode]


def _words(status: str) -> str:
    return status.replace("_", " ")


def _status(item: CitedStatement) -> str:
    return f' <span class="status">{text_html(_words(item.status))}</span>' if item.status != "none" else ""
