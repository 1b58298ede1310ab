"""Questions that somebody new to the documents wants to ask, and that they answer: who wants what, what is agreed or open.

A library of several negotiations gets questions about each, by the name of its dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parley.assistant.evidence.statement_query import StatementSource
from parley.assistant.reports.overview.desk import MOST_TOGETHER, OverviewDesk
from parley.index.language.lexicon import read_rows, word_kind
from parley.index.types import Statement

_LONGEST_NAME = 40
_DOCUMENTS_READ = 200
"""Documents whose speakers are counted."""


WHAT_CHANGED = "What changed between the drafts?"
"""Asked where versions of one text are there."""


def suggest_questions(desk: OverviewDesk, source: StatementSource, count: int, *, has_versions: bool) -> list[str]:
    """Up to `count` different questions, the same ones every time for the same library."""
    of_overviews = list(_of_overviews(desk))
    changed = [WHAT_CHANGED] if has_versions else []
    made = [*of_overviews[:3], *changed, *of_overviews[3:], *_about_speakers(source), "Which documents are there?"]
    return list(dict.fromkeys(made))[:count]


def _of_overviews(desk: OverviewDesk) -> Iterator[str]:
    """The questions of suggestions.tsv, taking the dossiers in turns; each only where its overview has what it asks for."""
    groups = desk.dossiers()
    names = [one.name for one in groups] if 1 < len(groups) <= MOST_TOGETHER else [None]
    waiting: Sequence[str | None] = names
    for turn, (listed, whole, of_one) in enumerate(read_rows("suggestions.tsv")):
        for name in (*waiting[turn % len(waiting) :], *waiting[: turn % len(waiting)]):
            if set(listed.split()) & {section.part for section in desk.whole(name).sections}:
                yield whole if name is None else of_one.format(name)
                break


def _about_speakers(source: StatementSource) -> Iterator[str]:
    statements = [item for entry in source.entries()[:_DOCUMENTS_READ] for item in source.statements(entry.id)]
    told = Counter(who for item in statements if (who := _who(item)))
    for who, _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"What did {who} say?"


def _who(statement: Statement) -> str | None:
    """A named speaker whom a reader knows without the document; `None` for others."""
    speaker = statement.speaker
    if statement.speaker_kind != "named" or not speaker or len(speaker) > _LONGEST_NAME:
        return None
    return speaker if speaker[0].isupper() and speaker.casefold() not in word_kind("no_topic") else None
