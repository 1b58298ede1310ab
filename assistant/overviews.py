"""Overviews of an assistant's documents, the dossiers they belong to, and the questions and issues that fit them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer
from parley.assistant.evidence.statement_query import state_notices
from parley.assistant.evidence.versions.pairing import VersionFinder
from parley.assistant.question.overview_form import Part
from parley.assistant.reports.dossiers.dossier import FILE_NAME, Dossier, write_dossiers
from parley.assistant.reports.overview.desk import OverviewDesk
from parley.assistant.reports.overview.making import Overview
from parley.assistant.reports.overview.suggesting import suggest_questions
from parley.assistant.reports.overview.telling import overview_answer
from parley.assistant.reports.views.issues import FILE_NAME as ISSUES_FILE
from parley.assistant.reports.views.issues import IssueList, write_issues
from parley.assistant.reports.views.making import ViewMaker, issue_list
from parley.assistant.reports.views.positions import PositionTable
from parley.assistant.reports.views.proposed_issues import propose_issues
from parley.assistant.reports.views.selection import StatementFilter, StatementSelector
from parley.index.library import Library
from parley.index.types import SearchFilter

_NO_FILTER = SearchFilter()
_EVERY_STATEMENT = StatementFilter()


class Overviews:
    """What an assistant tells of its documents as a whole."""

    _library: Library
    _overviews: OverviewDesk
    _versions: VersionFinder

    def overview(
        self,
        about: str = "",
        *,
        parts: Sequence[Part] = ("summary",),
        dossier: str | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
    ) -> Overview:
        """Who met, what each party wants, what is told as agreed, what is open, what comes next: an extract, word for word.

        Args:
            about: what documents or a dossier are called, or a matter; everything without it.
            parts: what is asked for: "summary" (all but the timeline), "positions", "agreed", "open", "next", "timeline".
            dossier: the name of a dossier, to which it is limited.
            filter: restricts the documents.

        Raises:
            TermListError: there is no such dossier, or a list beside the library is malformed.
        """
        return self._overviews.make(about, parts=parts, dossier=dossier, filter=filter)

    def brief(
        self,
        about: str = "",
        *,
        parts: Sequence[Part] = ("summary",),
        dossier: str | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
    ) -> Answer:
        """The overview as an answer: sentences under headings, each with its citation; what `export_brief` writes.

        Takes and raises what `overview` does. Its status is "partly" where a section has no sentence, which a notice tells, and
        "not_in_documents" where none has one.
        """
        made = self._overviews.make(about, parts=parts, dossier=dossier, filter=filter)
        answer = overview_answer(made.title, made, self._library)
        return replace(answer, notices=(*answer.notices, *state_notices(self._library)))

    def dossiers(self) -> list[Dossier]:
        """The documents of each negotiation: as listed in dossiers.tsv in the library's folder, else as Parley proposes.

        Raises TermListError for a malformed list.
        """
        return self._overviews.dossiers()

    def keep_dossiers(self, dossiers: Iterable[Dossier]) -> None:
        """Write the list of dossiers into the library's folder. Raises TermListError for a name that cannot stand in it."""
        write_dossiers(self._library.path / FILE_NAME, dossiers)

    def issues(self, *, documents: Sequence[str] = ()) -> IssueList:
        """The issues that the user lists, else the noun phrases that recur in what the documents tell as said."""
        listed = issue_list(None, self._library.path)
        if listed.issues:
            return listed
        selector = StatementSelector(self._library, IssueList(), self._overviews.aliases())
        return propose_issues(list(selector.of_any_party(StatementFilter(documents=tuple(documents)))))

    def positions_by_dossier(self, *, filter: StatementFilter = _EVERY_STATEMENT) -> list[tuple[str, PositionTable]]:  # noqa: A002
        """The position table of each dossier that has one, under its name: only parties and issues that belong together.

        Its issues are those listed, else those that recur in its own documents. Raises TermListError for a malformed list.
        """
        tables: list[tuple[str, PositionTable]] = []
        for dossier in self.dossiers():
            issues = self.issues(documents=dossier.documents)
            if not issues.issues:
                continue
            maker = ViewMaker(self._library, self._library.path, issues)
            table = maker.positions(replace(filter, documents=dossier.documents))
            if not table.is_empty:
                tables.append((dossier.name, table))
        return tables

    def keep_issues(self, issues: IssueList) -> None:
        """Write the list of issues into the library's folder. Raises TermListError for a name or term that cannot stand in it."""
        write_issues(self._library.path / ISSUES_FILE, issues)

    def suggested_questions(self, count: int = 4) -> list[str]:
        """Questions that somebody who is new to the documents wants to ask, and that they answer."""
        return suggest_questions(self._overviews, self._library, count, has_versions=bool(self._versions.groups()))
