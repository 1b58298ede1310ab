"""The status ledger: what is agreed, offered, demanded, rejected or open, as the text grades it and nowhere firmer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from typing import get_args

from parley.assistant.reports.views.cited import CitedStatement
from parley.index.types import Status

LADDER: tuple[Status, ...] = tuple(status for status in get_args(Status) if status != "none")
"""The grades in the order in which the ledger lists them."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An item with its status. The same matter reported twice is two entries: accounts are never merged."""

    cited: CitedStatement

    @property
    def status(self) -> Status:
        """The text's own grade."""
        return self.cited.status

    @property
    def item(self) -> str:
        """What it is about, verbatim."""
        return self.cited.quote

    @property
    def since(self) -> Date | None:
        """The date of the document that says so; `None` if it is undated."""
        return self.cited.document.date


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries by status in the order of `LADDER`, within it by date with undated ones last, then by document and position."""

    entries: tuple[LedgerEntry, ...]


def status_ledger(statements: Iterable[CitedStatement]) -> Ledger:
    """The ledger of those statements that have a status of their own."""
    entries = [LedgerEntry(item) for item in statements if item.status != "none"]
    return Ledger(tuple(sorted(entries, key=_order)))


def _order(entry: LedgerEntry) -> tuple[int, bool, Date]:
    return LADDER.index(entry.status), entry.since is None, entry.since or Date.min
