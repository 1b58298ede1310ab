"""Making an overview: which documents and passages are read, which issues they are about, and what stands in each section."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import cache

from parley.assistant.evidence.source import Evidence
from parley.assistant.question.overview_form import Part
from parley.assistant.reports.overview import choosing
from parley.assistant.reports.overview.told import Told, centralities, read_told
from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import IssueList
from parley.assistant.reports.views.proposed_issues import propose_issues
from parley.assistant.reports.views.proposed_parties import with_proposed_parties
from parley.assistant.reports.views.selection import StatementFilter, StatementSelector
from parley.assistant.reports.views.term_lists import fold_name, fold_with_offsets
from parley.index.language.lexicon import alternatives, read_rows, words_by_kind
from parley.index.language.words import content_stems
from parley.index.types import Passage, SearchFilter, Span

MOST_READ = 600
"""Passages read for an overview, the most central ones and those with a graded statement; about a second's work on one core."""

FOUND = 40
"""Passages of an overview of one matter: those that a search for it finds."""

BRIEF = 2
"""Sentences of a section where several negotiations are told one after the other."""

WHOLE: tuple[Part, ...] = ("positions", "agreed", "open", "next")


@dataclass(frozen=True, slots=True)
class OverviewEntry:
    """A sentence of an overview, and what leads it: its day, and the issue or grade it stands for."""

    told: Told
    day: Date | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class OverviewSection:
    """The sentences under one heading, in order; `party` where the heading is "What PARTY wants"."""

    heading: str
    part: Part
    entries: tuple[OverviewEntry, ...]
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """An extract of documents, not a summary: every sentence is verbatim.

    Attributes:
        title: what it is of: a group of documents, a document, a matter, or all documents.
        documents: ids of the documents it was made from.
        sections: those with at least one sentence.
        missing: what was looked for and not found, for people: "what is agreed".
    """

    title: str
    documents: tuple[str, ...]
    sections: tuple[OverviewSection, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no sentence was found."""
        return not self.sections


class OverviewMaker:
    """Makes overviews of one library."""

    def __init__(self, evidence: Evidence, issues: IssueList, aliases: AliasList) -> None:
        """`issues` may be empty: they are then proposed from what is read."""
        self._evidence = evidence
        self._issues = issues
        self._aliases = aliases

    def make(
        self, parts: Sequence[Part], documents: Sequence[str], *, title: str, about: str = "", brief: bool = False
    ) -> Overview:
        """The overview of some documents.

        Args:
            parts: what is asked for; "summary" is who met and all of `WHOLE`.
            documents: ids, at least one.
            title: what the overview is called.
            about: a matter, to which it is limited; empty for everything.
            brief: whether to keep to the `BRIEF` most telling sentences of each section.
        """
        cited, aliases = self._cited(documents)
        passages = self._passages(documents, about, cited)
        central = centralities(self._evidence, documents)
        issues = self._issues_of(documents, cited, aliases)
        told = read_told(self._evidence, passages, {id(item.statement): item for item in issues.filed}, central)
        told = [item if item.issues else replace(item, issues=_issues_near(issues.terms, item)) for item in told]
        told = _with_subjects(told, _party_forms(issues.filed, aliases))
        told = choosing.with_salience(_without_boilerplate(_on_matter(told, passages, about) if about else told))
        sections: list[OverviewSection] = []
        missing: list[str] = []
        for part in _parts(parts):
            found = self._section(part, told, issues.names, most=BRIEF if brief else None)
            sections += found
            if not found:
                missing.append(_wordings()[part][1])
        held = sum(len(section.entries) for section in sections if section.part == "positions")
        if "summary" in parts and held < _FEW_POSITIONS:
            points = self._section("points", told, issues.names, most=BRIEF if brief else None)
            place = 1 if sections and sections[0].part == "summary" else 0
            sections[place:place] = points
        return Overview(title, tuple(documents), tuple(_each_once(sections)), tuple(missing))

    def _section(self, part: Part, told: Sequence[Told], issues: Sequence[str], *, most: int | None) -> list[OverviewSection]:
        if part == "positions":
            return [
                OverviewSection(
                    _wordings()[part][0].format(party), part, tuple(_entry(item, item.issues) for item in items), party
                )
                for party, items in choosing.wanted(told, issues, most or choosing.MOST_WANTED).items()
            ]
        if part == "timeline":
            entries = tuple(
                OverviewEntry(item, day) for day, item in choosing.dated(told, 2 * most if most else choosing.MOST_DATED)
            )
        elif part == "summary":
            parties = sorted({item.party for item in told if item.party})
            entries = tuple(_entry(item) for item in choosing.met(told, parties, most or choosing.MOST_MET))
        else:
            choose, usual = _CHOOSING[part]
            entries = tuple(_entry(item) for item in choose(told, most or usual))
        return [OverviewSection(_wordings()[part][0], part, entries)] if entries else []

    def _cited(self, documents: Sequence[str]) -> tuple[list[CitedStatement], AliasList]:
        """The statements filed under the parties that the user's list or the documents give, and those forms."""
        said = [
            (document, statement)
            for document in map(self._evidence.document, documents)
            for statement in self._evidence.statements(document.id)
        ]
        aliases = with_proposed_parties(said, self._aliases)
        return self._filed(documents, self._issues, aliases), aliases

    def _filed(self, documents: Sequence[str], issues: IssueList, aliases: AliasList) -> list[CitedStatement]:
        wanted = StatementFilter(documents=tuple(documents))
        return list(StatementSelector(self._evidence, issues, aliases).of_any_party(wanted)) if documents else []

    def _issues_of(self, documents: Sequence[str], cited: Sequence[CitedStatement], aliases: AliasList) -> _Filed:
        """The user's issues as far as they are spoken of; where fewer than two are, those that the documents propose."""
        spoken = {issue for item in cited for issue in item.issues}
        if len(spoken) > 1:
            return _Filed(tuple(cited), IssueList(tuple(issue for issue in self._issues.issues if issue.name in spoken)))
        proposed = propose_issues(cited)
        filed = self._filed(documents, proposed, aliases)
        return _Filed(tuple(filed), proposed)

    def _names(self, passage: Passage, about: str) -> bool:
        """Whether a passage has all words of a matter, in its text or in a heading above it."""
        text = self._evidence.document(passage.document_id).text[passage.start : passage.end]
        return content_stems(about) <= content_stems(" ".join((*passage.headings, text)))

    def _passages(self, documents: Sequence[str], about: str, cited: Sequence[CitedStatement]) -> list[Passage]:
        if about:
            hits = self._evidence.search(about, k=FOUND, filter=SearchFilter(document_ids=tuple(documents)))
            found = [hit.passage for hit in hits]
            return [passage for passage in found if self._names(passage, about)] or found
        passages = [passage for name in documents for passage in self._evidence.passages(name)]
        if len(passages) <= MOST_READ:
            return passages
        near = self._evidence.centrality(documents)
        graded = {
            (item.document.id, span.start) for item in cited if item.status != "none" for span in item.statement.content[:1]
        }
        holding = {
            passage.id
            for passage in passages
            if any((passage.document_id, start) in graded for start in range(passage.start, passage.end))
        }
        first = sorted(passages, key=lambda item: (-(near[item.id] + 0.1 * (item.id in holding)), item.id))[:MOST_READ]
        return sorted(first, key=lambda item: item.id)


@dataclass(frozen=True, slots=True)
class _Filed:
    """Statements filed by issue, and the issues in order."""

    filed: tuple[CitedStatement, ...]
    terms: IssueList

    @property
    def names(self) -> tuple[str, ...]:
        """The issues' names."""
        return tuple(issue.name for issue in self.terms.issues)


def _on_matter(told: Sequence[Told], passages: Sequence[Passage], about: str) -> Sequence[Told]:
    """The sentences that name a matter or stand under a heading that does, failing that by some of its words; else all.

    A document's title is no such heading: much in it is on other matters.
    """
    wanted = content_stems(about)
    titles = {item.document.title for item in told}
    heads = [(one, content_stems(" ".join(head for head in one.headings if head not in titles))) for one in passages]
    for least in (len(wanted), 1):
        headed = [passage for passage, head in heads if len(wanted & head) >= least > 0]
        named = (item for item in told if len(wanted & item.stems) >= least or any(_holds(one, item) for one in headed))
        if kept := list(named):
            return kept
    return told


def _holds(passage: Passage, item: Told) -> bool:
    return passage.document_id == item.document.id and passage.start <= item.span.start < passage.end


_FEW_POSITIONS = 2
"""Positions in a summary below which the documents' main points are told too: speeches and contracts negotiate little."""

_CHOOSING: Mapping[Part, tuple[Callable[[Sequence[Told], int], list[Told]], int]] = {
    "points": (choosing.main_points, choosing.MOST_POINTS),
    "agreed": (choosing.agreed, choosing.MOST_AGREED),
    "open": (choosing.left_open, choosing.MOST_OPEN),
    "next": (choosing.coming, choosing.MOST_NEXT),
}


@cache
def _wordings() -> dict[str, tuple[str, str]]:
    """Part -> its heading, and what is said to be missing where it is empty."""
    return {row[0]: (row[1], row[2]) for row in read_rows("overview_headings.tsv")}


def _each_once(sections: Sequence[OverviewSection]) -> list[OverviewSection]:
    """The sections with each sentence in one of them only: what lies ahead and what is wanted before what is agreed or open."""
    order = list(_wordings())
    kept: dict[int, tuple[OverviewEntry, ...]] = {}
    told: set[tuple[str, Span]] = set()
    for number in sorted(range(len(sections)), key=lambda number: order.index(sections[number].part)):
        fresh = [entry for entry in sections[number].entries if (entry.told.document.id, entry.told.span) not in told]
        told |= {(entry.told.document.id, entry.told.span) for entry in fresh}
        kept[number] = tuple(fresh)
    return [replace(section, entries=kept[number]) for number, section in enumerate(sections) if kept[number]]


def _party_forms(cited: Sequence[CitedStatement], aliases: AliasList) -> dict[str, str]:
    """Folded form -> party, of all parties that are heard and their other forms."""
    heard = {item.party for item in cited if item.party}
    forms = {fold_name(party): party for party in heard}
    return forms | {fold_name(form): party for form, party in aliases.forms("party") if party in heard}


def _parts(asked: Sequence[Part]) -> list[Part]:
    """The sections asked for, each once; "summary" is all of them but the timeline."""
    return list(dict.fromkeys(part for one in asked for part in ((one, *WHOLE) if one == "summary" else (one,))))


def _entry(item: Told, issues: Sequence[str] = ()) -> OverviewEntry:
    grade = "in principle" if item.status == "agreed_in_principle" else ""
    return OverviewEntry(item, item.day, ", ".join(issues[:2]) or grade)


def _with_subjects(told: Sequence[Told], forms: Mapping[str, str]) -> list[Told]:
    """Sentences in a document's own voice that tell a party's position, filed under the party that is their subject."""
    if not forms:
        return list(told)
    listed = alternatives(forms)
    nouns = alternatives(words_by_kind("overview")["own_position"])
    subject = re.compile(rf"(?:the )?({listed})(?:'s|s')\s(?:\w+\s){{0,2}}(?:{nouns})\b")
    placed = []
    for item in told:
        match = subject.match(_plain(item.text)) if item.statement is None and item.party is None else None
        if match is not None and item.standing == "stated":
            grade = item.status if item.status not in {"none", "open"} else "proposed"
            placed.append(replace(item, party=forms[match[1]], status=grade))
        else:
            placed.append(item)
    return placed


def _issues_near(issues: IssueList, item: Told) -> tuple[str, ...]:
    """The issues that a sentence speaks of outside what is said in it; failing that, those of the heading above it."""
    document = item.document
    above = [heading for heading in document.headings if heading.end <= item.span.start][-1:]
    for span in (item.span, *(Span(heading.start, heading.end) for heading in above)):
        if found := tuple(dict.fromkeys(mention.issue for mention in issues.find(document, [span]))):
            return found
    return ()


def _without_boilerplate(told: Sequence[Told]) -> list[Told]:
    """Without sentences that several documents have alike: notices and disclaimers, not news."""
    holders: dict[str, set[str]] = {}
    for item in told:
        if not item.is_report:
            holders.setdefault(item.text, set()).add(item.document.id)
    return [item for item in told if item.is_report or len(holders[item.text]) < _BOILERPLATE]


_BOILERPLATE = 3
"""Documents that share a sentence from which it is taken for a notice."""


def _plain(text: str) -> str:
    return " ".join(fold_with_offsets(text)[0].split())
