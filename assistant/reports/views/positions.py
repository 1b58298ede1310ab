"""The position table: what each party is reported to have said on each issue, or that nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import IssueList
from parley.assistant.reports.views.selection import StatementFilter, StatementSelector
from parley.assistant.reports.views.term_lists import fold_name
from parley.index.errors import TermListError


@dataclass(frozen=True, slots=True)
class PositionCell:
    """The statements of one party on one issue, in order of document and position; empty where none was found."""

    party: str
    issue: str
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class PositionTable:
    """Parties by issues.

    Attributes:
        parties: rows, in alphabetical order.
        issues: columns, in the order of the issue list; an issue that nobody speaks of is none, unless it is asked for.
        cells: one for every party and issue, row by row.
        unfiled: statements on these issues whose speaker's party neither the text nor the alias list gives.
        silent: parties that say something, but nothing on these issues; alphabetical, not among the rows.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    cells: tuple[PositionCell, ...]
    unfiled: tuple[CitedStatement, ...] = ()
    silent: tuple[str, ...] = ()

    def cell(self, party: str, issue: str) -> PositionCell:
        """The cell of a party and an issue, as `parties` and `issues` spell them. Raises KeyError where there is none."""
        for cell in self.cells:
            if (cell.party, cell.issue) == (party, issue):
                return cell
        raise KeyError((party, issue))

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds a statement."""
        return not any(cell.statements for cell in self.cells)


def position_table(selector: StatementSelector, issues: IssueList, wanted: StatementFilter) -> PositionTable:
    """The table of the statements that meet the filter; what is only asked, or quoted to reject it, is nobody's position.

    Rows are the parties with a statement on one of the issues; where the filter names parties, those, found or not.

    Raises:
        TermListError: there are no issues to make columns of.
    """
    found = [item for item in selector.of_parties(wanted) if item.is_position]
    is_narrowed = bool(wanted.party) and selector.tells_party
    # What others speak of makes columns too. It is looked through again, but only until every issue is found.
    columns = _columns(issues, wanted, selector.of_any_party(wanted) if is_narrowed else found)
    filed: dict[str, list[CitedStatement]] = {}
    names: dict[str, str] = {}
    for item in found:
        if item.party is not None:
            names.setdefault(fold_name(item.party), item.party)
            filed.setdefault(fold_name(item.party), []).append(item)
    if wanted.party:
        rows = _rows_named(selector, names.values(), wanted.party)
    else:
        rows = sorted((name for key, name in names.items() if any(item.mentions for item in filed[key])), key=_order)
    shown = {fold_name(party) for party in rows}
    return PositionTable(
        parties=tuple(rows),
        issues=columns,
        cells=tuple(
            PositionCell(party, issue, tuple(item for item in filed.get(fold_name(party), ()) if issue in item.issues))
            for party in rows
            for issue in columns
        ),
        unfiled=() if wanted.party else tuple(item for item in found if item.party is None and item.mentions),
        silent=() if wanted.party else tuple(sorted((name for key, name in names.items() if key not in shown), key=_order)),
    )


def _columns(issues: IssueList, wanted: StatementFilter, found: Iterable[CitedStatement]) -> tuple[str, ...]:
    """The issues asked for; where none is asked for, those that somebody speaks of."""
    names = tuple(issue.name for issue in issues.chosen(wanted.issue).issues)
    if not names:
        msg = (
            "A position table needs issues. Write issue<TAB>term lines into issues.tsv in the library's folder, "
            "name such a file (--issues FILE), or name a term (--issue TERM)."
        )
        raise TermListError(msg)
    if wanted.issue:
        return names
    spoken = _spoken(names, found)
    return tuple(name for name in names if name in spoken) or names


def _spoken(names: Sequence[str], found: Iterable[CitedStatement]) -> set[str]:
    """The issues that the positions among these statements speak of."""
    spoken: set[str] = set()
    for item in found:
        spoken.update(item.issues if item.is_position else ())
        if spoken.issuperset(names):
            break
    return spoken


def _rows_named(selector: StatementSelector, found: Iterable[str], asked: Sequence[str]) -> list[str]:
    """The parties that the names mean; a name that means none is a row of its own, with nothing in it."""
    found = list(found)
    rows: list[str] = []
    for name in asked:
        meant = [party for party in found if selector.is_party_wanted(party, (name,))]
        rows.extend(meant or [selector.party_named(name)])
    return sorted(dict.fromkeys(rows), key=_order)


def _order(party: str) -> tuple[str, str]:
    return fold_name(party), party
