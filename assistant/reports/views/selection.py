"""Choosing the statements of a view: the same filters for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import groupby

from parley.assistant.evidence.statement_query import AttributedStatement, StatementSource, statements_found
from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import IssueList
from parley.assistant.reports.views.sides import Side, listed_person, side_of
from parley.assistant.reports.views.term_lists import fold_name, fold_with_offsets
from parley.index.language.firmness import is_in_principle
from parley.index.store.stored_statements import StatementConditions
from parley.index.types import Document, Statement, Status


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Narrows a view. Empty tuples and `None` mean "no restriction".

    Attributes:
        party: names of parties or whole words of them, also in a form that the alias list files under another name.
        speaker: a name or part of one, as the documents write it or as the alias list files it.
        issue: names of issues, or terms.
        stance: class of the cue verb, such as "demand".
        status: how firm, such as "agreed_in_principle".
        outlet: the document's outlet, or the one the speaker spoke to.
        since, until: first and last document date, both inclusive; undated documents are then left out.
        firsthand_only: leave out what somebody relayed for another.
        documents: ids of the documents that count; all of them without any.
    """

    party: tuple[str, ...] = ()
    speaker: str | None = None
    issue: tuple[str, ...] = ()
    stance: str | None = None
    status: str | None = None
    outlet: str | None = None
    since: Date | None = None
    until: Date | None = None
    firsthand_only: bool = False
    documents: tuple[str, ...] = ()

    @property
    def conditions(self) -> list[str]:
        """What it asks for, one line for people per condition."""
        names = ("party", "speaker", "issue", "stance", "status", "outlet", "since", "until")
        given = [(name, getattr(self, name)) for name in names]
        told = [f"Only statements with {name}: {_listed(value)}" for name, value in given if value]
        told += ["Only statements that nobody relayed"] if self.firsthand_only else []
        count = len(self.documents)
        return [*told, f"Only {count} of the documents" if count > 1 else "Only one of the documents"] if count else told


class StatementSelector:
    """Reads statements from a library and files them by party and issue."""

    def __init__(self, source: StatementSource, issues: IssueList, aliases: AliasList) -> None:
        self._source = source
        self._issues = issues
        self._aliases = aliases

    def select(self, wanted: StatementFilter, *, graded_only: bool = False) -> Iterator[CitedStatement]:
        """The statements that meet every condition, in order of document and position; documents are read as they are reached.

        With `graded_only`, those without a status may be left out, and are not read.
        """
        for item in self._found(wanted, parties=self._parties_stored(wanted), graded_only=graded_only):
            if (not wanted.issue or item.mentions) and (not wanted.party or self.is_party_wanted(item.party, wanted.party)):
                yield item

    def of_any_party(self, wanted: StatementFilter) -> Iterator[CitedStatement]:
        """The statements that meet every condition but those on party and issue; the issues asked for are marked."""
        return self._found(wanted, parties=())

    def of_parties(self, wanted: StatementFilter) -> Iterator[CitedStatement]:
        """Those of `of_any_party` that may be of the parties asked for; others only where a list may give them that party."""
        return self._found(wanted, parties=self._parties_stored(wanted))

    def _parties_stored(self, wanted: StatementFilter) -> Sequence[str]:
        """The parties asked for, where the statements of others need not be read."""
        return wanted.party if self.tells_party else ()

    @property
    def tells_party(self) -> bool:
        """Whether the documents alone tell the party of a statement, and no alias list does."""
        return not self._aliases.forms("party")

    def _found(self, wanted: StatementFilter, *, parties: Sequence[str], graded_only: bool = False) -> Iterator[CitedStatement]:
        by_name = wanted.speaker is not None and not self._aliases.forms("person")
        conditions = StatementConditions(
            outlet=wanted.outlet,
            stance=wanted.stance,
            status=wanted.status,
            firsthand_only=wanted.firsthand_only,
            since=wanted.since,
            until=wanted.until,
            documents=wanted.documents,
            speaker_words=_letters(wanted.speaker or "") if by_name else (),
            party_words=tuple(map(_letters, parties)),
            graded_only=graded_only,
        )
        found = statements_found(self._source, conditions)
        issues = self._issues.chosen(wanted.issue)
        has_all = not (wanted.stance or wanted.status or wanted.outlet or wanted.firsthand_only or by_name or parties)
        for name, of_document in groupby(found, key=lambda item: item.document.id):
            items = list(of_document)
            stored = [item.statement for item in items] if has_all else self._source.statements(name)
            relayed = [statement for statement in stored if statement.relay]
            for item in items:
                if self._is_speaker(item, wanted.speaker) and not item.statement.is_surmised:
                    cited = self._cite(item, relayed, issues)
                    if wanted.status in (None, cited.status):
                        yield cited

    def is_party_wanted(self, party: str | None, names: Sequence[str]) -> bool:
        """Whether one of the names means this party: whole words of its name, or a form that the alias list has."""
        # "UK" is no part of "Ukraine", nor "US" of "Russia".
        return party is not None and any(
            f" {_plain(name)} " in f" {_plain(party)} " or self._aliases.name_of(name, "party") == party for name in names
        )

    def party_named(self, name: str) -> str:
        """The name that the alias list files a party under, or the name itself."""
        return self._aliases.name_of(name, "party") or name

    def _cite(self, item: AttributedStatement, relayed: Sequence[Statement], issues: IssueList) -> CitedStatement:
        document, statement = item.document, item.statement
        inner = [other for other in relayed if _passes_on(statement, other)]
        side = side_of(document, statement, self._aliases)
        listed = listed_person(document, statement, self._aliases)
        return CitedStatement(
            document=document,
            statement=statement,
            side=side,
            speaker_listed_as=listed if listed != statement.speaker else None,
            mentions=tuple(issues.find(document, statement.content)),
            status=_own_status(document, statement, inner),
            reported_by=_reported_by(statement, side),
            reports=tuple(dict.fromkeys(" ".join(other.speaker.split()) for other in inner if other.speaker)),
        )

    def _is_speaker(self, item: AttributedStatement, name: str | None) -> bool:
        if name is None:
            return True
        statement = item.statement
        if statement.speaker and _plain(name) in _plain(statement.speaker):
            return True
        listed = listed_person(item.document, statement, self._aliases)
        return listed is not None and (_plain(name) in _plain(listed) or self._aliases.name_of(name, "person") == listed)


def _passes_on(outer: Statement, inner: Statement) -> bool:
    """Whether `inner` is what somebody else said, standing within the words of `outer`."""
    return (
        inner is not outer
        and inner.speaker != outer.speaker
        and outer.speaker in inner.relay
        and all(any(span.start <= part.start and part.end <= span.end for span in outer.content) for part in inner.content)
    )


_SETTLED: frozenset[Status] = frozenset({"agreed", "agreed_in_principle", "rejected", "withdrawn"})
"""Grades that tell of something done: nothing is done by being denied, supposed or put under a condition."""


def _own_status(document: Document, statement: Statement, inner: Sequence[Statement]) -> Status:
    """The status, unless it is that of a matter which the speaker only reports: it is filed with the one whose it is.

    What is denied, asked, supposed or conditional settles nothing, whatever its words.
    """
    if any(other.status == statement.status for other in inner):
        return "none"
    if statement.standing in {"asked", "rejected"}:
        return "none"
    cue = statement.cue
    if statement.status in {"agreed", "open"} and cue is not None and cue.end < statement.content[0].start:
        between = document.text[cue.start : statement.content[0].start]
        if is_in_principle(between) and statement.standing == "stated":
            return "agreed_in_principle"
    settled = statement.standing in {"stated", "planned"} or statement.status not in _SETTLED
    return statement.status if settled else "none"


def _reported_by(statement: Statement, side: Side | None) -> tuple[str, ...]:
    spoken_for = side is not None and statement.on_behalf_of is not None and side.basis.startswith("spoken on behalf")
    speaker = (" ".join(statement.speaker.split()),) if spoken_for and statement.speaker else ()
    return (*speaker, *(link for link in statement.relay if link != statement.speaker))


def _plain(text: str) -> str:
    return " ".join(fold_with_offsets(text)[0].split())


def _letters(name: str) -> tuple[str, ...]:
    """The runs of letters and digits in a name: whatever stands between them, they are in each name that it is part of."""
    return tuple(_LETTERS.findall(fold_name(name)))


_LETTERS = re.compile(r"[^\W_]+")


def _listed(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
