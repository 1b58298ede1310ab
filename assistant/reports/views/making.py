"""Making views of a library: finds the lists beside it, reads and files the statements once, and sets out the view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from parley.assistant.evidence.statement_query import StatementSource
from parley.assistant.reports.views import aliases as alias_lists
from parley.assistant.reports.views import issues as issue_lists
from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import IssueList
from parley.assistant.reports.views.ledger import Ledger, status_ledger
from parley.assistant.reports.views.positions import PositionTable, position_table
from parley.assistant.reports.views.selection import StatementFilter, StatementSelector
from parley.assistant.reports.views.timeline import Timeline, timeline

IssuesGiven = IssueList | Mapping[str, Sequence[str]] | str | Path | None
AliasesGiven = AliasList | str | Path | None


class ViewMaker:
    """Makes the views of one library."""

    def __init__(self, source: StatementSource, folder: Path, issues: IssuesGiven = None, aliases: AliasesGiven = None) -> None:
        """Raises TermListError where a list given, or found in `folder`, is malformed."""
        self._source = source
        self._issues = _issue_list(issues, folder / issue_lists.FILE_NAME)
        self._selector = StatementSelector(source, self._issues, _alias_list(aliases, folder / alias_lists.FILE_NAME))

    def positions(self, wanted: StatementFilter) -> PositionTable:
        """The position table. Raises TermListError without issues."""
        return position_table(self._selector, self._issues, wanted)

    def ledger(self, wanted: StatementFilter) -> Ledger:
        """The status ledger."""
        return status_ledger(self._selector.select(wanted))

    def statements(self, wanted: StatementFilter) -> tuple[CitedStatement, ...]:
        """The statements that meet the filter, in order of document and position."""
        return tuple(self._selector.select(wanted))

    def timeline(self, wanted: StatementFilter) -> Timeline:
        """The timeline."""
        return timeline(self._source, self._selector.select(wanted))


def _issue_list(given: IssuesGiven, beside: Path) -> IssueList:
    if isinstance(given, IssueList):
        return given
    if isinstance(given, Mapping):
        return IssueList.from_terms(given)
    if given is not None:
        return IssueList.from_file(given)
    return IssueList.from_file(beside) if beside.exists() else IssueList()


def _alias_list(given: AliasesGiven, beside: Path) -> AliasList:
    if isinstance(given, AliasList):
        return given
    if given is not None:
        return AliasList.from_file(given)
    return AliasList.from_file(beside) if beside.exists() else AliasList()
