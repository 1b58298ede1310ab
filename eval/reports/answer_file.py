"""The answers of a run, one JSON object a line, for scorers other than this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from parley import Answer, Citation
from parley.eval.scorers.outcome import Outcome, plain_text


def answer_record(outcome: Outcome) -> dict[str, Any]:
    """`{id, answer, abstained, status, doc_ids, passages, citations, standalone, engine, draft, seconds}` of one question.

    `answer` is without markers; `doc_ids` and `passages` are those cited, each once, in order of citation. A question
    that could not be asked has an empty answer, counts as abstained from, and has the status "error".
    """
    answer = outcome.answer
    if answer is None:
        empty: dict[str, Any] = {"doc_ids": [], "passages": [], "citations": [], "standalone": outcome.question.text}
        empty |= {"engine": "", "draft": None}
        return {"id": outcome.question.id, "answer": "", "abstained": True, "status": "error"} | empty | {"seconds": 0.0}
    return {
        "id": outcome.question.id,
        "answer": plain_text(answer),
        "abstained": answer.abstained,
        "status": answer.status,
        "doc_ids": list(dict.fromkeys(item.document.id for item in answer.citations)),
        "passages": _passages(answer),
        "citations": [_citation(item) for item in answer.citations],
        "standalone": answer.standalone_question,
        "engine": answer.engine,
        "draft": answer.draft.to_dict() if answer.draft is not None else None,
        "seconds": round(outcome.seconds, 6),
    }


@contextmanager
def keeping_answers(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Write the record of each outcome that is given, UTF-8, at once: a run that is cut off keeps what it has.

    What the file had before is gone. Without a path nothing is written.
    """
    if path is None:
        yield lambda _: None
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as stream:

        def keep(outcome: Outcome) -> None:
            stream.write(json.dumps(answer_record(outcome), ensure_ascii=False) + "\n")
            stream.flush()

        yield keep


def write_answers(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the records of all outcomes in order, UTF-8."""
    with keeping_answers(path) as keep:
        for outcome in outcomes:
            keep(outcome)


def _passages(answer: Answer) -> list[str]:
    texts = [item.document.text[item.passage.start : item.passage.end] for item in answer.citations]
    return list(dict.fromkeys(texts))


def _citation(citation: Citation) -> dict[str, Any]:
    """The speaker is the statement's; the outlet the one spoken to, else the document's own."""
    statement = citation.statement
    return {
        "doc_id": citation.document.id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": statement.speaker if statement else None,
        "outlet": (statement.outlet if statement else None) or citation.document.outlet,
    }
