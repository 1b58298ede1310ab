"""Making views of a library: finds the lists beside it, reads and files the statements once, and sets out the view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from parley.assistant.evidence.statement_query import StatementSource
from parley.assistant.reports.views import aliases as alias_lists
from parley.assistant.reports.views import issues as issue_lists
from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import IssueList
from parley.assistant.reports.views.ledger import Ledger, status_ledger
from parley.assistant.reports.views.positions import PositionTable, position_table
from parley.assistant.reports.views.proposed_issues import propose_issues
from parley.assistant.reports.views.selection import StatementFilter, StatementSelector
from parley.assistant.reports.views.timeline import Timeline, timeline

IssuesGiven = IssueList | Mapping[str, Sequence[str]] | str | Path | None
AliasesGiven = AliasList | str | Path | None


class ViewMaker:
    """Makes the views of one library."""

    def __init__(self, source: StatementSource, folder: Path, issues: IssuesGiven = None, aliases: AliasesGiven = None) -> None:
        """Raises TermListError where a list given, or found in `folder`, is malformed."""
        self._source = source
        self._issues = issue_list(issues, folder)
        self._aliases = alias_list(aliases, folder)
        self._selector = StatementSelector(source, self._issues, self._aliases)

    def positions(self, wanted: StatementFilter) -> PositionTable:
        """The position table, on proposed issues where none are listed or named. Raises TermListError where none recur either."""
        if self._issues.issues or wanted.issue:
            return position_table(self._selector, self._issues, wanted)
        proposed = propose_issues(list(self._selector.of_any_party(StatementFilter(documents=wanted.documents))))
        return position_table(StatementSelector(self._source, proposed, self._aliases), proposed, wanted)

    def ledger(self, wanted: StatementFilter) -> Ledger:
        """The status ledger."""
        return status_ledger(self._selector.select(wanted, graded_only=True))

    def statements(self, wanted: StatementFilter) -> Iterator[CitedStatement]:
        """The statements that meet the filter, in order of document and position; read as they are taken."""
        return self._selector.select(wanted)

    def timeline(self, wanted: StatementFilter) -> Timeline:
        """The timeline."""
        return timeline(self._source, self._selector.select(wanted))


def issue_list(given: IssuesGiven, folder: Path) -> IssueList:
    """The issues given, else those of the list in a library's folder, else none. Raises TermListError."""
    beside = folder / issue_lists.FILE_NAME
    if isinstance(given, IssueList):
        return given
    if isinstance(given, Mapping):
        return IssueList.from_terms(given)
    if given is not None:
        return IssueList.from_file(given)
    return IssueList.from_file(beside) if beside.exists() else IssueList()


def alias_list(given: AliasesGiven, folder: Path) -> AliasList:
    """The other names given, else those of the list in a library's folder, else none. Raises TermListError."""
    beside = folder / alias_lists.FILE_NAME
    if isinstance(given, AliasList):
        return given
    if given is not None:
        return AliasList.from_file(given)
    return AliasList.from_file(beside) if beside.exists() else AliasList()
