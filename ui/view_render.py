"""Positions, ledger and timeline as HTML; every quotation links to its place in its document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote as percent_encoded

from assistant import CitedStatement, Ledger, PositionTable, Span, Timeline, TimelineItem
from ui.labels import source_line
from ui.markup import isolated, text_html

LISTED = 500
"""Statements written out on a page; the filters and the command line reach the rest."""

_NOTHING = '<span class="none">no statement found</span>'


def positions_html(table: PositionTable) -> str:
    """The table with a marker for each statement, then the statements."""
    listed = list({id(item): item for cell in table.cells for item in cell.statements}.values())
    markers = {id(item): number for number, item in enumerate(listed, start=1)}
    head = "".join(f'<th scope="col">{isolated(issue)}</th>' for issue in table.issues)
    rows = []
    for party in table.parties:
        cells = [table.cell(party, issue).statements for issue in table.issues]
        marked = (" ".join(_marker(markers[id(item)]) for item in cell) or _NOTHING for cell in cells)
        rows.append(f'<tr><th scope="row">{isolated(party)}</th>{"".join(f"<td>{cell}</td>" for cell in marked)}</tr>')
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


def ledger_html(ledger: Ledger) -> str:
    """The entries under their status."""
    if not ledger.entries:
        return "<p>No statement with a status was found.</p>"
    parts = []
    for status, entries in groupby(ledger.entries, key=lambda entry: entry.status):
        found = list(entries)
        items = [
            _cited(entry.cited, lead=f"since {entry.since.isoformat()} (date of the document)" if entry.since else "undated")
            for entry in found[:LISTED]
        ]
        parts.append(_list(status.replace("_", " "), items, len(found)))
    return "".join(parts)


def timeline_html(timeline: Timeline) -> str:
    """The three lists."""
    return "".join(
        _list(heading, [_dated(item) for item in items[:LISTED]], len(items))
        for heading, items in (
            ("By stated date", timeline.stated),
            ("By date of the document", timeline.by_document),
            ("Undated", timeline.undated),
        )
    )


def _list(heading: str, items: Sequence[str], total: int) -> str:
    more = f"<p>and {total - len(items)} more: narrow the filters to see them.</p>" if total > len(items) else ""
    listed = f"<ol>{''.join(items)}</ol>" if items else "<p>None.</p>"
    return f"<section><h2>{text_html(heading)} ({total})</h2>{listed}{more}</section>"


def _marker(number: int) -> str:
    return f'<a href="#s{number}">[{number}]</a>' if number <= LISTED else f"[{number}]"


def _dated(item: TimelineItem) -> str:
    words = f"“{isolated(item.cited.words(item.words))}”, " if item.words else ""
    day = item.date.isoformat() if item.date else "undated"
    return (
        f'<li><p class="lead"><strong>{day}</strong> <span class="mark">{words}{isolated(item.basis)}</span></p>'
        f"{_said(item.cited)}{_source(item.cited, item.words)}</li>"
    )


def _cited(item: CitedStatement, number: int | None = None, *, lead: str = "") -> str:
    filed = [f"[{number}]" if number else "", lead, item.party or "", ", ".join(item.issues)]
    shown = " · ".join(isolated(part) for part in filed if part)
    anchor = f' id="s{number}"' if number else ""
    return f'<li{anchor}><p class="lead">{shown}{_status(item)}</p>{_said(item)}{_source(item)}</li>'


def _said(item: CitedStatement) -> str:
    marks = [
        ("reported by", " ← ".join(item.reported_by)),
        ("reports what was said by", ", ".join(item.reports)),
        ("hedged", ", ".join(f"“{word}”" for word in dict.fromkeys(item.hedges))),
        ("negated", ", ".join(f"“{word}”" for word in dict.fromkeys(item.negations))),
        ("speaker listed as", item.speaker_listed_as or ""),
        ("party from", item.side.basis if item.side and item.side.basis != "the text" else ""),
    ]
    shown = "; ".join(f"{label} {isolated(value)}" for label, value in marks if value)
    parts = ' <span class="cut">[...]</span> '.join(f'<bdi class="t part">{text_html(part)}</bdi>' for part in item.parts)
    return f'<blockquote dir="auto">{parts}</blockquote><p class="who">{isolated(item.attribution)}</p>' + (
        f'<p class="mark">{shown}</p>' if shown else ""
    )


def _source(item: CitedStatement, words: Span | None = None) -> str:
    document, content = item.document, item.statement.content
    at = ",".join(f"{span.start}-{span.end}" for span in ((words,) if words else content)[:8])
    places = ", ".join(f"{span.start}-{span.end}" for span in content)
    where = source_line(document, document.page_at(content[0].start))
    address = f"/views/document?id={percent_encoded(document.id, safe='')}&at={at}#quote"
    return f'<p class="where"><a href="{text_html(address)}">{isolated(where)}</a>, characters {places}</p>'


def _status(item: CitedStatement) -> str:
    return f' <span class="status">{text_html(item.status.replace("_", " "))}</span>' if item.status != "none" else ""
