"""Example questions that fit a library: who wants what, what is agreed, rejected and open, made from its own statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from parley.assistant.evidence.statement_query import StatementSource
from parley.index.language.lexicon import word_kind
from parley.index.types import Statement, Status

_LONGEST_NAME = 40
_DOCUMENTS_READ = 200
_PRONOUNS = word_kind("no_topic")

_WANTS: dict[Status, str] = {"demanded": "demand", "offered": "offer", "proposed": "propose", "called_for": "call for"}
_STATES: tuple[tuple[frozenset[Status], str], ...] = (
    (frozenset({"agreed", "agreed_in_principle"}), "What has been agreed?"),
    (frozenset({"rejected", "withdrawn"}), "What was rejected?"),
    (frozenset({"open", "bracketed"}), "What is still open?"),
)


def suggest_questions(source: StatementSource, count: int) -> list[str]:
    """Up to `count` different questions, the same ones every time for the same library.

    What speakers want alternates with what is agreed, rejected or open; a library whose statements say none of that gets
    questions about those who speak most.
    """
    statements = [item for entry in source.entries()[:_DOCUMENTS_READ] for item in source.statements(entry.id)]
    made = [*_alternate(_wants(statements), _states(statements)), *_about_speakers(statements), "Which documents are there?"]
    return list(dict.fromkeys(made))[:count]


def _wants(statements: Iterable[Statement]) -> Iterator[str]:
    """What each side or speaker demands, offers or proposes, those with most such statements first."""
    told = Counter((who, item.status) for item in statements if item.status in _WANTS and (who := _who(item)))
    asked: set[str] = set()
    for (who, status), _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])):
        if who not in asked:
            asked.add(who)
            yield f"What does {who} {_WANTS[status]}?"


def _states(statements: Iterable[Statement]) -> Iterator[str]:
    found = {item.status for item in statements}
    yield from (question for statuses, question in _STATES if statuses & found)


def _about_speakers(statements: Iterable[Statement]) -> Iterator[str]:
    told = Counter(who for item in statements if (who := _who(item)))
    for who, _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"What did {who} say?"


def _who(statement: Statement) -> str | None:
    """A named speaker whom a reader knows without the document; `None` for others."""
    speaker = statement.speaker
    if statement.speaker_kind != "named" or not speaker or len(speaker) > _LONGEST_NAME:
        return None
    return speaker if speaker[0].isupper() and speaker.casefold() not in _PRONOUNS else None


def _alternate(first: Iterator[str], second: Iterator[str]) -> Iterator[str]:
    waiting = [first, second]
    while waiting:
        source = waiting.pop(0)
        made = next(source, None)
        if made is not None:
            yield made
            waiting.append(source)
