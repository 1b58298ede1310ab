"""The statements of an assistant's documents: as a list, and in the views made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date
from itertools import islice
from typing import TypeVar

from parley.assistant.answers.steady import steady
from parley.assistant.evidence.statement_query import AttributedStatement, StatementSource, state_notices, statements_found
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.ledger import Ledger
from parley.assistant.reports.views.making import AliasesGiven, IssuesGiven, ViewMaker
from parley.assistant.reports.views.positions import PositionTable
from parley.assistant.reports.views.selection import StatementFilter
from parley.assistant.reports.views.timeline import Timeline
from parley.index.library import Library
from parley.index.store.stored_statements import StatementConditions
from parley.index.types import Statement

_Item = TypeVar("_Item")

_EVERY_STATEMENT = StatementFilter()


class StatementViews:
    """What an assistant shows of the statements in its library."""

    _library: Library
    _filed: StatementSource
    """The library with the names that the user's own list has for speakers."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What is to be known of whatever is made of the statements: that another version of Parley found them, what is damaged.

        Damaged documents are left out of views; they are named once something met them.
        """
        return state_notices(self._library)

    def statements(
        self,
        *,
        party: str | None = None,
        speaker: str | None = None,
        issue: str | Sequence[str] | None = None,
        stance: str | None = None,
        status: str | None = None,
        outlet: str | None = None,
        since: Date | None = None,
        until: Date | None = None,
        firsthand_only: bool = False,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[AttributedStatement]:
        """What the documents attribute to somebody, narrowed by who, what and when; in order of document and position.

        Args:
            party: the side that the speaker's role names, or a name of it in aliases.tsv.
            speaker: a name or part of one, as the documents write it, or a whole name in aliases.tsv.
            issue: a term, or several of which one must occur in what was said.
            stance: class of the cue verb, such as "demand".
            status: how firm, such as "agreed_in_principle".
            outlet: the document's outlet, or the one the speaker spoke to.
            since: first document date; undated documents are then left out.
            until: last document date; undated documents are then left out.
            firsthand_only: leave out what somebody relayed for another.
            offset: how many of them to pass over.
            limit: how many to give at most; what comes after them is not read.
        """
        conditions = StatementConditions(speaker, party, outlet, stance, status, firsthand_only, since, until)
        terms = (issue,) if isinstance(issue, str) else tuple(issue or ())
        return steady(self._library, lambda: list(_part(statements_found(self._filed, conditions, terms), offset, limit)))

    def positions(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> PositionTable:
        """What each party is reported to have said on each issue; a cell without a statement says so.

        Args:
            filter: narrows the statements; parties it names are rows even where nothing is found.
            issues: the issues and their terms, or the file that lists them; else issues.tsv in the library's folder.
            aliases: other names of parties and persons, or the file that lists them; else aliases.tsv there.

        Raises:
            TermListError: a list is malformed, or there are no issues.
        """
        maker = ViewMaker(self._library, self._library.path, issues, aliases)
        return steady(self._library, lambda: maker.positions(filter))

    def ledger(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Ledger:
        """What the documents call agreed, offered, demanded, rejected, open and so on: by whom, since when, and where."""
        maker = ViewMaker(self._library, self._library.path, issues, aliases)
        return steady(self._library, lambda: maker.ledger(filter))

    def timeline(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Timeline:
        """Statements by the dates they state and by the date of their document; undated ones apart."""
        maker = ViewMaker(self._library, self._library.path, issues, aliases)
        return steady(self._library, lambda: maker.timeline(filter))

    def cited_statements(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[CitedStatement, ...]:
        """The statements that meet the filter, filed by party and issue, in order of document and position.

        `offset` of them are passed over, and at most `limit` given; what comes after these is not read.
        """
        maker = ViewMaker(self._library, self._library.path, issues, aliases)
        return steady(self._library, lambda: tuple(_part(maker.statements(filter), offset, limit)))

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements found in one document, in reading order."""
        return self._library.statements(document_id)


def _part(found: Iterator[_Item], offset: int, limit: int | None) -> Iterator[_Item]:
    return islice(found, offset, None if limit is None else offset + limit)
