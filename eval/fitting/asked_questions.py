"""Questions of the fitting sets with their words looked up in the documents' files, and conversations that are really held."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from parley.assistant import Assistant
from parley.assistant.dialogue.carried import Carried
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.understanding import understand
from parley.eval.fitting.passage_reader.gathering import questions_of, stretches_of
from parley.index.types import SearchFilter


def read_questions(path: Path, files: Path | None) -> list[dict[str, Any]]:
    """The questions of a set, each turn of a conversation as one: id, doc, turns, answerable, and evidence and words verbatim.

    Args:
        path: lines as `passage_reader/gathering.py` describes them.
        files: folder of the documents' files, where offsets are looked up.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [_verbatim(question, files) for row in rows for question in questions_of(row, None)]


def _verbatim(question: dict[str, Any], files: Path | None) -> dict[str, Any]:
    name = PurePath(question.get("document") or question["doc"]).stem
    found = {field: stretches_of(question, field, files, name) for field in ("evidence", "words")}
    answerable = question.get("answerable", "miss" not in question)
    return {"id": question["id"], "doc": name, "turns": question["turns"], "answerable": answerable} | found


class Talks:
    """Conversations held with an assistant: the turns before a question are really asked, and rightly or wrongly answered.

    Turns that two conversations begin with, of the same documents, are asked once.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held: dict[tuple[tuple[str, ...], SearchFilter], Conversation] = {}

    def carried(self, turns: Sequence[str], searched: SearchFilter) -> Carried:
        """What the turns before add to the last of `turns`."""
        return understand(turns[-1], self._after(tuple(turns[:-1]), searched), self._assistant.library)

    def _after(self, turns: tuple[str, ...], searched: SearchFilter) -> Conversation:
        if not turns:
            return Conversation()
        if (turns, searched) not in self._held:
            before = self._after(turns[:-1], searched)
            answer = self._assistant.ask(turns[-1], conversation=before, filter=searched)
            self._held[turns, searched] = before.with_answer(answer)
        return self._held[turns, searched]
