"""Sets of follow-up questions with the standalone form that a person gave them.

One JSON object a line: `question`, `standalone`, and where known `id`, `history` (items of `{role, text}`), `title` and
`section` of the article that the conversation is about (only to tell which questions belong together; what is measured never
sees them).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from parley.eval.sets.jsonl import read_jsonl
from parley.eval.sets.question_set import HistoryTurn
from parley.index.errors import QuestionSetError


def _empty_if_missing(value: object) -> object:
    return [] if value is None else value


class RewriteItem(BaseModel):
    """One question of a conversation, and how a person would ask it without the conversation."""

    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True)

    id: str = ""
    question: str
    standalone: str
    history: Annotated[tuple[HistoryTurn, ...], BeforeValidator(_empty_if_missing)] = ()
    title: str = ""
    section: str = ""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The conversation before the question."""
        return [{"role": turn.role, "text": turn.text} for turn in self.history]

    @property
    def group(self) -> str:
        """What questions about one section of one article have in common; the question itself where the set does not say."""
        return f"{self.title}\0{self.section}" if self.title else self.id


def read_rewrites(path: str | Path) -> list[RewriteItem]:
    """Read such a set; a line without an id gets `line-<number>`. Raises QuestionSetError for a malformed or empty file."""
    source = Path(path)
    items = [
        item if item.id else item.model_copy(update={"id": f"line-{number}"}) for number, item in read_jsonl(source, RewriteItem)
    ]
    if not items:
        msg = f"{source} holds no question. Each line must be one JSON object with question and standalone."
        raise QuestionSetError(msg)
    return items
