"""The statements of an assistant's documents: as a list, and in the views made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from parley.assistant.evidence.statement_query import AttributedStatement, select_statements
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.ledger import Ledger
from parley.assistant.reports.views.making import AliasesGiven, IssuesGiven, ViewMaker
from parley.assistant.reports.views.positions import PositionTable
from parley.assistant.reports.views.selection import StatementFilter
from parley.assistant.reports.views.timeline import Timeline
from parley.index.library import Library
from parley.index.types import Statement

_EVERY_STATEMENT = StatementFilter()


class StatementViews:
    """What an assistant shows of the statements in its library."""

    _library: Library

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
    ) -> list[AttributedStatement]:
        """What the documents attribute to somebody, narrowed by who, what and when; in order of document and position.

        Args:
            party: the side that the speaker's role names.
            speaker: a name or part of one, as the documents write it.
            issue: a term, or several of which one must occur in what was said.
            stance: class of the cue verb, such as "demand".
            status: how firm, such as "agreed_in_principle".
            outlet: the document's outlet, or the one the speaker spoke to.
            since: first document date; undated documents are then left out.
            until: last document date; undated documents are then left out.
            firsthand_only: leave out what somebody relayed for another.
        """
        return select_statements(
            self._library,
            party=party,
            speaker=speaker,
            issue=(issue,) if isinstance(issue, str) else tuple(issue or ()),
            stance=stance,
            status=status,
            outlet=outlet,
            since=since,
            until=until,
            firsthand_only=firsthand_only,
        )

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
        return ViewMaker(self._library, self._library.path, issues, aliases).positions(filter)

    def ledger(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Ledger:
        """What the documents call agreed, offered, demanded, rejected, open and so on: by whom, since when, and where."""
        return ViewMaker(self._library, self._library.path, issues, aliases).ledger(filter)

    def timeline(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Timeline:
        """Statements by the dates they state and by the date of their document; undated ones apart."""
        return ViewMaker(self._library, self._library.path, issues, aliases).timeline(filter)

    def cited_statements(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> tuple[CitedStatement, ...]:
        """The statements that meet the filter, filed by party and issue, in order of document and position."""
        return ViewMaker(self._library, self._library.path, issues, aliases).statements(filter)

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements found in one document, in reading order."""
        return self._library.statements(document_id)
