"""Who added, replaced, removed or corrected what in a library, and when; administrators may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from parley.ui.conversations.database import Database, moment_of

Action = Literal["added", "replaced", "removed", "brought back", "corrected", "made the library", "extracted anew"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `who` is the user's name, "" on a server without users; `detail` what was corrected."""

    at: datetime
    who: str
    action: str
    document: str
    detail: str


class ChangeLog:
    """The changes of one library, kept beside its conversations. They are added to and never rewritten."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, who: str, action: Action, document: str = "", detail: str = "") -> None:
        """Add a change that was just made."""
        self._database.write(
            "INSERT INTO change (at, who, action, document, detail) VALUES (?, ?, ?, ?, ?)",
            (datetime.now(UTC).isoformat(timespec="seconds"), who, action, document, detail),
        )

    def latest(self, most: int = 1_000) -> list[Change]:
        """The last changes, newest first."""
        rows = self._database.rows("SELECT at, who, action, document, detail FROM change ORDER BY id DESC LIMIT ?", (most,))
        return [Change(moment_of(row["at"]), row["who"], row["action"], row["document"], row["detail"]) for row in rows]
