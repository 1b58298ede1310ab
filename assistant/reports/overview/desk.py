"""Overviews of one library: which documents a question means, and the overview of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from parley.assistant.answer import Answer
from parley.assistant.answers.catalogue import documents_called
from parley.assistant.answers.steady import steady
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.overview_form import OverviewQuestion, Part
from parley.assistant.reports.dossiers.dossier import FILE_NAME, Dossier, dossier_named, listed_dossiers
from parley.assistant.reports.dossiers.proposing import propose_dossiers
from parley.assistant.reports.overview.making import Overview, OverviewMaker
from parley.assistant.reports.overview.telling import overview_answer
from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.making import alias_list, issue_list
from parley.index.errors import LibraryDamagedError
from parley.index.language.words import content_stems, words_of
from parley.index.types import DocumentEntry, SearchFilter

MOST_TOGETHER = 4
"""Dossiers that one overview shows one after the other; of more, it is asked which is meant."""

MOST_NAMED = 12
"""Dossiers named where it is asked which is meant."""

_NO_FILTER = SearchFilter()

_Made = TypeVar("_Made")


class OverviewSource(Evidence, Protocol):
    """What overviews are made from: `parley.index.library.Library` is one."""

    path: Path

    @property
    def change(self) -> int:
        """A number that grows with every change of content."""
        ...

    @property
    def damaged(self) -> tuple[str, ...]:
        """Ids of documents that were found not to be what was stored."""
        ...


@dataclass(frozen=True, slots=True)
class _Meant:
    """The documents that are meant, what they are called, and the matter to which an overview of them is limited."""

    title: str
    documents: tuple[str, ...]
    matter: str = ""


class OverviewDesk:
    """Makes overviews of one library, and knows its dossiers."""

    def __init__(self, source: OverviewSource) -> None:
        self._source = source
        self._known: tuple[object, list[Dossier]] | None = None
        self._whole: dict[tuple[int, str | None], Overview] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Forget what was made; it is made again when it is needed."""
        with self._lock:
            self._known = None
            self._whole = {}

    def dossiers(self) -> list[Dossier]:
        """The user's dossiers; where no list is kept, those that Parley proposes. Raises TermListError for a malformed list."""
        path = self._source.path / FILE_NAME
        state = (self._source.change, path.stat().st_mtime_ns if path.exists() else None)
        with self._lock:
            if self._known is None or self._known[0] != state:
                found = listed_dossiers(path, self._source.entries()) if path.exists() else propose_dossiers(self._source)
                self._known = (state, found)
            return list(self._known[1])

    def make(
        self,
        about: str = "",
        *,
        parts: Sequence[Part] = ("summary",),
        dossier: str | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
    ) -> Overview:
        """An overview of a dossier, of documents that are called so, or of a matter; of everything by default.

        Raises TermListError: there is no such dossier, or a list beside the library is malformed.
        """
        return self._sound(lambda: self._make(about, parts, dossier, self._allowed(filter)))

    def _make(self, about: str, parts: Sequence[Part], dossier: str | None, allowed: tuple[str, ...]) -> Overview:
        if dossier is not None:
            named = dossier_named(self.dossiers(), dossier)
            chosen = tuple(name for name in named.documents if name in set(allowed))
            return self._of(_Meant(named.name, chosen, about), parts)
        meant = self._meant(about, allowed, any_matter=True)
        return self._of(meant or _Meant(about, allowed, about), parts)

    def _allowed(self, filter: SearchFilter) -> tuple[str, ...]:  # noqa: A002
        """Ids of the documents that pass, without those that were found damaged."""
        damaged = set(self._source.damaged)
        return tuple(name for name in _allowed(self._source.entries(), filter) if name not in damaged)

    def _sound(self, make: Callable[[], _Made]) -> _Made:
        """What is made of the documents that are as they were stored: a damaged one is known once it was met, and left out."""
        while True:
            damaged = self._source.damaged
            try:
                return steady(self._source, make)
            except LibraryDamagedError:
                if self._source.damaged == damaged:
                    raise

    def whole(self, dossier: str | None) -> Overview:
        """The overview of a dossier, or of everything, with its timeline; made once until the documents change."""
        key = (self._source.change, dossier)
        with self._lock:
            known = self._whole.get(key)
        if known is None:
            known = self.make(parts=("summary", "timeline"), dossier=dossier)
            with self._lock:
                self._whole = {old: made for old, made in self._whole.items() if old[0] == key[0]} | {key: known}
        return known

    def answer(
        self,
        question: str,
        asked: OverviewQuestion,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
        dated: SearchFilter | None = None,
    ) -> Answer | None:
        """The answer to a question for an overview; `None` where it asks of a matter that no documents are called by.

        Args:
            question: as typed.
            asked: the overview that it asks for.
            filter: restricts the documents that may be meant.
            dated: restricts those that are read, once it is known which are meant; `None` where no time is asked for.
        """
        return self._sound(lambda: self._answer(question, asked, filter, dated))

    def _answer(self, question: str, asked: OverviewQuestion, allowed: SearchFilter, dated: SearchFilter | None) -> Answer | None:
        meant = self._asked_of(asked, allowed, dated)
        if meant is None:
            return None
        parts = tuple(part for part in asked.parts if part != "summary") or ("summary",)
        groups = self._parted(meant) if not asked.within else []
        if not groups:
            made = self._of(meant, parts)
            if (made.is_empty and asked.within and asked.about) or (asked.of_several and meant.matter and not _sets_apart(made)):
                return None
            told = overview_answer(question, made, self._source)
            return replace(told, carried=(f"documents: “{meant.title}”",)) if asked.within else told
        shown = groups[:MOST_TOGETHER] if len(groups) <= MOST_TOGETHER else []
        if shown:
            overviews = [self._of(one, parts, brief=True) for one in shown]
            return overview_answer(question, _joined(meant.title, overviews), self._source)
        told = overview_answer(question, self._of(meant, parts), self._source)
        names = "; ".join(f"“{one.title}” ({len(one.documents)})" for one in groups[:MOST_NAMED])
        several = f"The documents are of several matters. Name one for an overview of it: {names}."
        return replace(told, notices=(*told.notices, several))

    def _asked_of(self, asked: OverviewQuestion, filter: SearchFilter, dated: SearchFilter | None) -> _Meant | None:  # noqa: A002
        """The documents that a question asks for an overview of; `None` where none are called so, or none is of its time."""
        allowed = self._allowed(filter)
        meant = (
            self._meant_within(asked, allowed)
            if asked.within
            else self._meant(asked.about, allowed, any_matter=asked.of_any_matter, is_matter=asked.of_several)
        )
        if meant is not None and dated is not None:
            kept = set(self._allowed(dated))
            meant = replace(meant, documents=tuple(name for name in meant.documents if name in kept))
        return meant if meant is not None and meant.documents else None

    def _of(self, meant: _Meant, parts: Sequence[Part], *, brief: bool = False) -> Overview:
        return self._maker().make(parts, meant.documents, title=meant.title, about=meant.matter, brief=brief)

    def _maker(self) -> OverviewMaker:
        folder = self._source.path
        return OverviewMaker(self._source, issue_list(None, folder), self.aliases())

    def aliases(self) -> AliasList:
        """The user's list of other names. Raises TermListError where it is malformed."""
        return alias_list(None, self._source.path)

    def _parted(self, meant: _Meant) -> list[_Meant]:
        """The dossiers of the documents meant, where they are of several; the largest first."""
        if meant.matter:
            return []
        inside = [
            _Meant(one.name, chosen)
            for one in self.dossiers()
            if (chosen := tuple(name for name in one.documents if name in set(meant.documents)))
        ]
        return sorted(inside, key=lambda one: -len(one.documents)) if len(inside) > 1 else []

    def _meant(self, about: str, allowed: tuple[str, ...], *, any_matter: bool, is_matter: bool = False) -> _Meant | None:
        """What some words mean: a dossier of that name, documents called so, the dossier of several such, or a matter.

        With `is_matter`, a matter though documents are called so: "Who wants what on the toll?" is not of all in "The toll".
        """
        if not about:
            whole = "all documents" if len(allowed) == len(self._source.entries()) else "the chosen documents"
            return _Meant(whole, allowed)
        kept = frozenset(allowed)
        wanted = content_stems(about)
        dossiers = [one for one in self.dossiers() if kept & set(one.documents)]
        called = next((one for one in dossiers if wanted and wanted <= content_stems(one.name)), None)
        if called is not None:
            return _Meant(called.name, tuple(name for name in called.documents if name in kept))
        if is_matter:
            return _Meant(about, allowed, about)
        found = [entry for entry in documents_called(self._source.entries(), about) if entry.id in kept]
        mentioning = self._mentioning(wanted, about) & kept
        if len(found) == 1 and (len(wanted) > 1 or mentioning <= {found[0].id}):
            return _Meant(found[0].title, (found[0].id,))
        holding = [one for one in dossiers if found and {entry.id for entry in found} | mentioning <= set(one.documents)]
        if holding:
            return _Meant(holding[0].name, tuple(name for name in holding[0].documents if name in kept))
        if len(found) > 1:
            return _Meant(about, tuple(entry.id for entry in found))
        return _Meant(about, allowed, about) if any_matter else None

    def are_documents_called(self, about: str) -> bool:
        """Whether documents, or a dossier of them, are called so."""
        allowed = tuple(entry.id for entry in self._source.entries())
        return bool(about) and self._meant(about, allowed, any_matter=False) is not None

    def _meant_within(self, asked: OverviewQuestion, allowed: tuple[str, ...]) -> _Meant | None:
        """The documents that the overview before was of, and the matter to which this one is limited, if they speak of it."""
        inside = self._meant(asked.within, allowed, any_matter=False)
        if inside is None or not asked.about:
            return inside
        speaking = self._mentioning(content_stems(asked.about), asked.about) & set(inside.documents)
        return replace(inside, matter=asked.about) if speaking else None

    def _mentioning(self, wanted: frozenset[str], about: str) -> frozenset[str]:
        """The documents that hold all the words of a matter."""
        held = [frozenset(self._source.documents_with(word.surface)) for word in words_of(about) if word.stem in wanted]
        return frozenset.intersection(*held) if held else frozenset()


def _sets_apart(overview: Overview) -> bool:
    """Whether an overview tells what two sides want; of one alone, the reader may find more."""
    return len({section.party for section in overview.sections if section.party}) > 1


def _joined(title: str, overviews: Sequence[Overview]) -> Overview:
    """Several overviews as one, each heading behind the name of its dossier."""
    sections = tuple(
        replace(section, heading=f"{overview.title}. {section.heading}")
        for overview in overviews
        for section in overview.sections
    )
    missing = tuple(dict.fromkeys(what for overview in overviews for what in overview.missing if _in_none(what, overviews)))
    return Overview(title, tuple(name for one in overviews for name in one.documents), sections, missing)


def _in_none(what: str, overviews: Sequence[Overview]) -> bool:
    return all(what in overview.missing for overview in overviews)


def _allowed(entries: Sequence[DocumentEntry], filter: SearchFilter) -> tuple[str, ...]:  # noqa: A002
    """Ids of the documents that pass a filter."""
    dated = filter.since is not None or filter.until is not None
    return tuple(
        entry.id
        for entry in entries
        if (not filter.document_ids or entry.id in filter.document_ids)
        and (not filter.outlets or entry.outlet in filter.outlets)
        and (not filter.languages or entry.language in filter.languages)
        and (not dated or entry.date is not None)
        and (filter.since is None or (entry.date is not None and entry.date >= filter.since))
        and (filter.until is None or (entry.date is not None and entry.date <= filter.until))
    )
