"""What people say of an answer: right, or what is wrong with it, with a note if they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from parley.ui.conversations.database import Database

Verdict = Literal["right", "wrong_source", "wrong_speaker", "not_supported", "should_have_answered"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

VERDICT_NAMES: dict[Verdict, str] = {
    "right": "Right",
    "wrong_source": "Wrong source",
    "wrong_speaker": "Wrong speaker",
    "not_supported": "Not supported by its source",
    "should_have_answered": "Should have answered",
}
"""For people; in the order in which they are offered."""

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's verdict on one answer."""

    verdict: Verdict
    note: str = ""


class FeedbackStore:
    """Feedback beside the conversations it is about; deleting a conversation deletes it too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, exchange: int, feedback: Feedback) -> None:
        """Store what somebody says of an answer, in place of what they said before."""
        self._database.write(
            "INSERT OR REPLACE INTO feedback (exchange, verdict, note, given) VALUES (?, ?, ?, ?)",
            (exchange, feedback.verdict, feedback.note, datetime.now(UTC).isoformat()),
        )

    def withdraw(self, exchange: int) -> None:
        """Forget what somebody said of an answer."""
        self._database.write("DELETE FROM feedback WHERE exchange = ?", (exchange,))

    def conversations(self) -> list[str]:
        """Ids of the conversations in which feedback was given, oldest feedback first."""
        query = (
            "SELECT conversation FROM exchange JOIN feedback ON feedback.exchange = exchange.id"
            " GROUP BY conversation ORDER BY min(given), conversation"
        )
        return [str(row["conversation"]) for row in self._database.rows(query)]
