"""Views as CSV: one line per statement, with all that cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.ui.cli.console import write_csv
from parley.ui.cli.views.view_text import NOTHING

if TYPE_CHECKING:
    from parley.assistant import CitedStatement, Ledger, PositionTable, Timeline

_CITED = (
    "quote",
    "offsets",
    "attribution",
    "speaker",
    "speaker_kind",
    "speaker_listed_as",
    "status",
    "reported_by",
    "reports",
    "hedges",
    "negations",
    "party_basis",
    "document",
    "title",
    "outlet",
    "date",
    "page",
)


def write_positions_csv(table: PositionTable) -> None:
    """A line for each statement in a cell, one for each empty cell, and those of no stated party."""
    lines: list[tuple[object, ...]] = []
    for cell in table.cells:
        lines.extend((cell.party, cell.issue, "statement", *_cited(item)) for item in cell.statements)
        if not cell.statements:
            lines.append((cell.party, cell.issue, NOTHING, *[""] * len(_CITED)))
    lines.extend(("", issue, "no party stated", *_cited(item)) for item in table.unfiled for issue in item.issues)
    write_csv(("party", "issue", "finding", *_CITED), lines)


def write_ledger_csv(ledger: Ledger) -> None:
    """A line for each entry."""
    write_csv(
        ("since", "party", "issues", *_CITED),
        [
            (entry.since or "", entry.cited.party or "", "; ".join(entry.cited.issues), *_cited(entry.cited))
            for entry in ledger.entries
        ],
    )


def write_timeline_csv(timeline: Timeline) -> None:
    """A line for each item of the three lists."""
    lists = (("stated", timeline.stated), ("by_document", timeline.by_document), ("undated", timeline.undated))
    lines: list[tuple[object, ...]] = []
    for name, items in lists:
        for item in items:
            words = (item.cited.words(item.words), f"{item.words.start}-{item.words.end}") if item.words else ("", "")
            where = (item.passage, f"{item.sentence.start}-{item.sentence.end}")
            lines.append((name, item.date or "", item.basis, *words, *where, item.cited.party or "", *_cited(item.cited)))
    columns = ("list", "on", "basis", "words", "words_offsets", "sentence", "sentence_offsets", "party")
    write_csv((*columns, *_CITED), lines)


def _cited(item: CitedStatement) -> tuple[object, ...]:
    statement, document = item.statement, item.document
    return (
        item.quote,
        "; ".join(f"{span.start}-{span.end}" for span in statement.content),
        item.attribution,
        statement.speaker or "",
        statement.speaker_kind,
        item.speaker_listed_as or "",
        item.status,
        " <- ".join(item.reported_by),
        "; ".join(item.reports),
        "; ".join(item.hedges),
        "; ".join(item.negations),
        item.side.basis if item.side else "",
        document.id,
        document.title,
        document.outlet or "",
        document.date or "",
        document.page_at(statement.content[0].start) or "",
    )
