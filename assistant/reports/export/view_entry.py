"""A view as an entry of an export: under each heading the statements that stand there, every one a reference with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from parley.assistant.reports.export.record import Entry, Line, Place, Reference, ViewName
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.ledger import Ledger, LedgerEntry
from parley.assistant.reports.views.positions import PositionCell, PositionTable
from parley.assistant.reports.views.timeline import Timeline, TimelineItem

View = PositionTable | Ledger | Timeline
NOTHING = "no statement found"
_UNFILED = "Speakers whose party neither the text nor the alias list gives"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A statement at its place, and what leads the paragraph that tells it."""

    cited: CitedStatement
    place: Place
    lead: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under the last of these headings."""

    headings: tuple[Line, ...]
    items: tuple[_Placed, ...]


def view_title(view: View) -> str:
    """What the export of a view is called."""
    if isinstance(view, PositionTable):
        return "Positions by party and issue"
    return "Status ledger" if isinstance(view, Ledger) else "Timeline"


def view_entry(view: View, notices: Sequence[str] = ()) -> Entry:
    """The view as one entry, in its own order. A statement that stands at several places is a reference at each.

    Headings with nothing under them keep the line "no statement found".
    """
    lines: list[Line] = []
    references: list[Reference] = []
    for section in _sections(view):
        lines += section.headings
        for placed in section.items:
            references.append(_reference(placed, len(references) + 1))
            lines.append(Line(_told(placed), (len(references),)))
        if not section.items:
            lines.append(Line(NOTHING))
    if isinstance(view, PositionTable) and view.silent:
        lines.append(Line(f"No statement on these issues was found of: {'; '.join(view.silent)}."))
    return Entry(tuple(lines) or (Line(NOTHING),), tuple(references), notices=tuple(notices))


def _sections(view: View) -> Iterator[_Section]:
    if isinstance(view, PositionTable):
        return _positions(view)
    return _ledger(view) if isinstance(view, Ledger) else _timeline(view)


def _positions(table: PositionTable) -> Iterator[_Section]:
    for party, row in groupby(table.cells, key=lambda cell: cell.party):
        above: tuple[Line, ...] = (Line(party, level=2),)
        for cell in row:
            yield _Section((*above, Line(cell.issue, level=3)), tuple(_in_cell(cell)))
            above = ()
    if table.unfiled:
        items = (_Placed(item, _place(item, "positions", _UNFILED), f"On {', '.join(item.issues)} · ") for item in table.unfiled)
        yield _Section((Line(_UNFILED, level=2),), tuple(items))


def _in_cell(cell: PositionCell) -> Iterator[_Placed]:
    for item in cell.statements:
        filed = _place(item, "positions", f"{cell.party}: {cell.issue}")
        yield _Placed(item, replace(filed, party=cell.party, issues=(cell.issue,)))


def _ledger(ledger: Ledger) -> Iterator[_Section]:
    for status, entries in groupby(ledger.entries, key=lambda entry: entry.status):
        heading = status.replace("_", " ").capitalize()
        yield _Section((Line(heading, level=2),), tuple(_in_ledger(heading, entries)))


def _in_ledger(heading: str, entries: Iterable[LedgerEntry]) -> Iterator[_Placed]:
    for entry in entries:
        basis = "date of the document" if entry.since else None
        filed = replace(_place(entry.cited, "ledger", heading), date=entry.since, date_basis=basis)
        since = f"Since {entry.since.isoformat()} (date of the document)" if entry.since else "Undated"
        yield _Placed(entry.cited, filed, f"{since}{f', {entry.cited.party}' if entry.cited.party else ''} · ")


def _timeline(timeline: Timeline) -> Iterator[_Section]:
    lists = (
        ("By stated date", timeline.stated),
        ("By date of the document", timeline.by_document),
        ("Undated", timeline.undated),
    )
    for heading, items in lists:
        yield _Section((Line(heading, level=2),), tuple(_in_timeline(item, heading) for item in items))


def _in_timeline(item: TimelineItem, heading: str) -> _Placed:
    filed = replace(_place(item.cited, "timeline", heading), date=item.date, date_basis=item.basis, date_words=item.words)
    words = item.words
    given = f"; “{item.cited.words(words)}”, characters {words.start}–{words.end}" if words else ""
    day = item.date.isoformat() if item.date else "Undated"
    return _Placed(item.cited, filed, f"{day} ({item.basis}{given}) · ")


def _place(item: CitedStatement, view: ViewName, section: str) -> Place:
    return Place(
        view=view,
        section=section,
        party=item.party,
        party_basis=item.side.basis if item.side else None,
        issues=item.issues,
        status=item.status,
        reported_by=item.reported_by,
        reports=item.reports,
    )


def _reference(placed: _Placed, number: int) -> Reference:
    item = placed.cited
    content = item.statement.content
    return Reference(number, "statement", item.document, content, item.attribution, item.statement, place=placed.place)


def _told(placed: _Placed) -> str:
    item = placed.cited
    status = f" [{item.status.replace('_', ' ')}]" if item.status != "none" else ""
    remarks = "; ".join(f"{label} {value}" for label, value in item.remarks)
    return f"{placed.lead}{item.attribution}{status}: “{item.quote}”{f' ({remarks})' if remarks else ''}"
