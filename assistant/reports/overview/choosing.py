"""Which sentences an overview shows: by what they tell, how central their passage is, and how the text vouches for them.

Nothing is chosen for its place in a document. What is denied, conditional, supposed or asked is never told as agreed or as having
happened; a position may carry its condition, with the words that state it. The weights were set by reading the overviews of the
sample negotiations and of letters, briefings and agreements beside their documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from math import log1p, sqrt

from parley.assistant.reports.overview.told import ATTENDING, Told
from parley.index.language.dates import find_dates
from parley.index.language.firmness import STATUS_OF_STANCE, stance_in_first_person
from parley.index.language.lexicon import alternatives, calendar_names, phrase_pattern, words_by_kind
from parley.index.language.standing import standing
from parley.index.language.words import Word, words_of
from parley.index.statements.standing import AGREEING, is_only_in_principle
from parley.index.types import Span, Status

MOST_MET, MOST_POINTS, MOST_AGREED, MOST_OPEN, MOST_NEXT, MOST_DATED = 3, 5, 6, 6, 4, 12
"""Sentences of each section."""

MOST_PARTIES, MOST_WANTED = 6, 4
"""Parties, and positions of one."""

ALIKE = 0.66
"""Share of the shorter one's words from which two sentences tell the same."""

_WANTED = frozenset(STATUS_OF_STANCE.values()) - {"agreed"}
"""Grades that tell what a side wants."""

_NO_EVENT: frozenset[Status] = frozenset({"none", "open", "bracketed", "called_for"})
"""Grades that tell of nothing that happened on a day."""

_BACK = timedelta(days=1)
_TIMES = re.compile(
    r"\b(?:"
    + "|".join(name.name for name in (*calendar_names("month"), *calendar_names("weekday")))
    + r"|tomorrow|next (?:"
    + alternatives(words_by_kind("overview")["time_ahead"])
    + r"))\b"
)
_NOT_PLANNED = frozenset({"unreal"})
"""Classes of phrases for what would be: nothing that is going to be."""

_SAID_TO_BE: frozenset[Status] = frozenset({"none", "agreed", "agreed_in_principle"})
"""Grades that a sentence may have that tells of a meeting: one that is only called for has not been held."""


def met(told: Sequence[Told], parties: Sequence[str], most: int) -> list[Told]:
    """Sentences that tell who met, when and where."""
    scored = [(score, item) for item in told if (score := _meeting(item, parties)) > 0]
    return _by_day(_best(scored, most, spread=lambda item: item.document.id))


def with_salience(told: Sequence[Told]) -> list[Told]:
    """The sentences, their centrality halved between that of their passage and their own, which the words give that recur.

    A word that every sentence has ("Mr Speaker") gives little, as one does that stands in a single sentence.
    """
    shared = Counter(stem for item in told for stem in item.stems)
    worth = {stem: sqrt(count) * log1p(len(told) / count) for stem, count in shared.items()}
    own = [sum(worth[stem] for stem in item.stems) / (len(item.stems) + _FEW_STEMS) for item in told]
    order = sorted(range(len(told)), key=lambda number: (own[number], number))
    place = {number: rank / max(1, len(told) - 1) for rank, number in enumerate(order)}
    return [replace(item, centrality=(item.centrality + place[number]) / 2) for number, item in enumerate(told)]


_FEW_STEMS = 6
"""Keeps sentences of a few common words from being the most central ones."""


def main_points(told: Sequence[Told], most: int) -> list[Told]:
    """The most central sentences that the text tells as they stand, of different passages and documents."""
    scored = [
        (item.centrality, item)
        for item in told
        if item.standing == "stated" and len(item.stems) >= _FEWEST_STEMS and "[" not in item.text
    ]
    several = len({item.document.id for item in told}) > most
    return _by_day(_best(scored, most, spread=lambda item: item.document.id if several else str(item.span.start // _APART)))


_FEWEST_STEMS = 6
"""Words that carry a topic, of a main point."""

_APART = 2_000
"""Characters of one document of which only one sentence is a main point."""


def wanted(told: Sequence[Told], issues: Sequence[str], most: int) -> dict[str, list[Told]]:
    """Each party's latest position on each issue; parties in alphabetical order, issues in theirs."""
    held: dict[str, list[Told]] = {}
    for item in sorted((item for item in told if _is_position(item)), key=_latest, reverse=True):
        held.setdefault(str(item.party), []).append(item)
    heard = sorted(held, key=lambda party: (-len(held[party]), party))[:MOST_PARTIES]
    return {party: _positions(held[party], issues, most) for party in sorted(heard)}


def agreed(told: Sequence[Told], most: int) -> list[Told]:
    """What the text tells as agreed, in principle or altogether, the latest weighing more."""
    recent = _recency(told)
    scored = [
        (item.centrality + recent(item) + 0.4 * _is_joint(item), item)
        for item in told
        if item.status in {"agreed", "agreed_in_principle"} and item.standing == "stated" and _is_settled(item)
    ]
    return _by_day(_best(scored, most))


def left_open(told: Sequence[Told], most: int) -> list[Told]:
    """What the text calls open, unsettled or not agreed, or leaves in brackets."""
    recent = _recency(told)
    scored = [
        (item.centrality + 1.5 * recent(item) + 0.3 * (item.statement is None) + 0.4 * min(item.text.count("["), 3), item)
        for item in told
        if _is_open(item) and item.standing in {"stated", "denied", "planned"}
    ]
    return _by_day(_best(scored, most, spread=lambda item: item.document.id, each=max(1, most // 2)))


def coming(told: Sequence[Told], most: int) -> list[Told]:
    """What is planned, with a time; what lay ahead only before the last document is left out."""
    latest = max((item.day for item in told if item.day is not None), default=None)
    recent = _recency(told)
    scored = [
        (item.centrality + 1.5 * recent(item) + len(_words(item) & words_by_kind("overview")["next_cue"]), item)
        for item in told
        if _is_planned(item) and _lies_ahead(item, latest)
    ]
    return _by_day(_best(scored, most))


def dated(told: Sequence[Told], most: int) -> list[tuple[Date, Told]]:
    """What happened when: sentences that state a full date, and what was agreed, offered or given up on the day of a document.

    What lies after the last document has not happened.
    """
    latest = max((item.day for item in told if item.day is not None), default=None)
    placed: list[tuple[float, Date, Told]] = []
    for item in told:
        if item.standing != "stated":
            continue
        days = [found.date for found in find_dates(item.text, language=item.document.language)]
        if days and not (latest is not None and days[0] > latest):
            placed.append((item.centrality + 0.5 + 0.5 * (item.status != "none"), days[0], item))
        elif item.day is not None and item.status not in _NO_EVENT:
            placed.append((item.centrality + 0.3, item.day, item))
    days_of = {id(item): day for _, day, item in placed}
    best = _best([(score, item) for score, _, item in placed], most, spread=lambda item: str(days_of[id(item)]), each=2)
    return sorted(((days_of[id(item)], item) for item in best), key=lambda pair: pair[0])


def _meeting(item: Told, parties: Sequence[str]) -> float:
    words = _words(item)
    attending = ATTENDING.match(item.text) is not None
    deeds = [word for word in words_of(item.text) if word.folded in words_by_kind("overview")["met_deed"]]
    kinds = [bool(words & words_by_kind("overview")[kind]) for kind in ("met_noun", "met_who")]
    named = sum(party.removeprefix("the ") in item.text for party in parties)
    told = item.standing == "stated" and item.status in _SAID_TO_BE and any(_is_stated(item, word) for word in deeds)
    if not attending and not (told and sum(kinds) + _has_time(item) + min(named, 2) > 1):
        return 0.0
    return sum(kinds) + item.centrality + 0.7 * min(named, 2) + 0.5 * _has_time(item) + 0.5 * (item.statement is None) + attending


def _is_open(item: Told) -> bool:
    """Whether it is told as open, or bracketed in a text that leaves alternatives in brackets; "[sic]" leaves nothing open."""
    grades = {item.status, item.grade}
    return "open" in grades or ("bracketed" in grades and _ALTERNATIVES.search(item.document.text) is not None)


_ALTERNATIVES = re.compile(r"\w\]\s*\[\w|\bbrackets\b")


def _is_position(item: Told) -> bool:
    if item.party is None or item.standing not in {"stated", "planned", "conditional"}:
        return False
    asks = item.statement is None or bool(item.statement.form) or item.statement.stance in _ASKING
    return item.status in _WANTED and (item.status != "called_for" or asks)


_ASKING = frozenset(STATUS_OF_STANCE)
"""Stances of what is asked of others; that something "is needed" may as well be told about the world."""


def _positions(held: Sequence[Told], issues: Sequence[str], most: int) -> list[Told]:
    """Of positions, the latest first: the latest on each issue, and another of that day that grades it otherwise.

    Those on issues come before those on none of them, and are shown in the order of the issues.
    """
    latest: dict[str, list[Told]] = {}
    chosen: list[Told] = []
    for item in [*(one for one in held if one.issues), *(one for one in held if not one.issues)]:
        known = [one for issue in item.issues for one in latest.get(issue, ())]
        told_otherwise = len(known) == 1 and known[0].day == item.day and known[0].status != item.status
        if len(chosen) >= most or any(_alike(item, one) for one in chosen) or (known and not told_otherwise):
            continue
        chosen.append(item)
        for issue in item.issues:
            latest.setdefault(issue, []).append(item)
    order = {issue: place for place, issue in enumerate(issues)}
    return sorted(chosen, key=lambda item: min((order.get(issue, len(order)) for issue in item.issues), default=len(order)))


def _latest(item: Told) -> tuple[bool, Date, float]:
    return item.day is not None, item.day or Date.min, (item.status != "called_for") + item.centrality


def _is_joint(item: Told) -> bool:
    """Whether it is told by nobody's side alone: in a document's own voice, or of the parties together."""
    return item.statement is None or (item.party is None and item.statement.speaker_kind == "collective")


def _is_planned(item: Told) -> bool:
    """Whether a time of the sentence belongs to something that is planned, and not only wished, doubted or conditional."""
    if item.standing not in {"stated", "planned"} or item.status in {"open", "rejected", "withdrawn"}:
        return False
    if words_of(item.text)[0].folded in {"when", "whenever", "where", "if"}:
        return False
    if phrase_pattern("plans", _NOT_PLANNED).search(item.text):
        return False
    return any(_standing_at(item, *match.span()) == "planned" for match in _TIMES.finditer(item.text))


def _standing_at(item: Told, start: int, end: int) -> str:
    """What the sentence makes of its words from `start` to `end`."""
    return standing(item.document.text, item.span, Span(item.span.start + start, item.span.start + end)).kind


def _is_stated(item: Told, word: Word) -> bool:
    return _standing_at(item, word.start, word.end) == "stated"


def _is_settled(item: Told) -> bool:
    """Whether no word for agreeing in the sentence is denied, supposed or conditional, and nothing is asked for."""
    if stance_in_first_person(item.text) not in {None, "agree", "accept", "withdraw"}:
        return False
    text = item.document.text
    found = [standing(text, item.span, Span(*match.span())) for match in AGREEING.finditer(text, *item.span)]
    return all(one.kind in {"stated", "planned"} or is_only_in_principle(text, one) for one in found)


def _lies_ahead(item: Told, latest: Date | None) -> bool:
    days = [found.date for found in find_dates(item.text, language=item.document.language)]
    if days and latest is not None:
        return max(days) >= latest - _BACK
    return item.day is None or latest is None or item.day >= latest - timedelta(days=14)


def _has_time(item: Told) -> bool:
    return _TIMES.search(item.text) is not None or bool(find_dates(item.text, language=item.document.language))


def _words(item: Told) -> frozenset[str]:
    return frozenset(word.folded for word in words_of(item.text))


def _recency(told: Sequence[Told]) -> Callable[[Told], float]:
    """What gives 0 for the earliest day to 1 for the latest; 0.5 without a day."""
    days = sorted({item.day for item in told if item.day is not None})
    place = {day: number / max(1, len(days) - 1) for number, day in enumerate(days)}
    return lambda item: place[item.day] if item.day is not None else 0.5


def _best(
    scored: Iterable[tuple[float, Told]], most: int, *, spread: Callable[[Told], str] | None = None, each: int = 1
) -> list[Told]:
    """The best ones that tell different things; with `spread`, at most `each` of one group before the others had theirs."""
    ordered = [item for _, item in sorted(scored, key=lambda pair: (-pair[0], pair[1].document.id, pair[1].span))]
    chosen: list[Told] = []
    groups: dict[str, int] = {}
    for item in ordered:
        group = spread(item) if spread is not None else ""
        if len(chosen) >= most or any(_alike(item, known) for known in chosen):
            continue
        if spread is not None and groups.get(group, 0) >= each:
            continue
        groups[group] = groups.get(group, 0) + 1
        chosen.append(item)
    return chosen


def _alike(left: Told, right: Told) -> bool:
    if left.document.id == right.document.id and left.span.start < right.span.end and right.span.start < left.span.end:
        return True
    return len(left.stems & right.stems) >= ALIKE * max(1, min(len(left.stems), len(right.stems)))


def _by_day(items: Iterable[Told]) -> list[Told]:
    return sorted(items, key=lambda item: (item.day is None, item.day or Date.max, item.document.id, item.span))
