"""Which documents are versions of one text, and in which order: by the runs of words they share, by dates and by names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from parley.assistant.evidence.source import Evidence
from parley.assistant.question.version_form import NUMBERED, names_version, version_rank
from parley.index.language.words import is_content, words_of
from parley.index.types import DocumentEntry

VERSIONS = 0.5
"""Share of the shorter text's runs of words that another one must hold to be a version of it. Read off the 15,400 pairs of 176
documents of eight kinds: a memorandum made out to two unions shares 0.79, resolutions of following years share 0.50 and 0.37, the
agreements of one employer with several unions 0.45 and less, reports of one event by other hands 0.20 and less."""

RELATED = 0.2
"""The share that is enough where a question names both texts, or the user has chosen two."""

NAMED_SO = 0.05
"""The share that is enough where the titles tell that they are versions: "Harbour Lease, first draft", "…, second draft". Much
of a text may be new in its next draft."""

_RUN = 4
"""Words of a run: a sentence that was changed in one word still has its other runs."""

_LOOKED_AT = 60_000
"""Characters from the beginning of a document that are looked at."""

_FEWEST_RUNS = 12
"""Runs below which a text is too short to tell anything."""

_ONE_IN = 4
"""Of the runs of a long text, one in so many is kept; the same ones in every text."""

_LONG = 2_000
"""Runs from which a text is long."""


@dataclass(frozen=True, slots=True)
class VersionGroup:
    """Versions of one text, the oldest first.

    `is_dated` tells whether dates or names give the order; if not, it is that in which they were added.
    """

    entries: tuple[DocumentEntry, ...]
    is_dated: bool

    def order(self, document_id: str) -> int:
        """The place of a version, from 0. Raises ValueError if it is none."""
        return [entry.id for entry in self.entries].index(document_id)


class VersionFinder:
    """Finds versions among documents. What it reads of each document is kept, for as long as the document stays the same."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._runs: dict[tuple[str, str], frozenset[int]] = {}

    def forget(self) -> None:
        """Forget what was read of the documents; it is read again when it is needed."""
        self._runs.clear()

    def groups(self, among: Iterable[DocumentEntry] | None = None, least: float = VERSIONS) -> list[VersionGroup]:
        """The groups of texts among documents (all of them if none are given) that share at least so much, the likest first."""
        entries = list(self._evidence.entries() if among is None else among)
        found: dict[str, set[str]] = {}
        best: dict[str, float] = {}
        titles = {entry.id: entry.title for entry in entries}
        for one, other, likeness in self._likenesses(entries):
            if likeness >= (NAMED_SO if likeness < least and named_as_versions(titles[one], titles[other]) else least):
                joined = found.get(one, {one}) | found.get(other, {other})
                for name in joined:
                    found[name] = joined
                    best[name] = max(best.get(name, 0.0), likeness)
        unique = {frozenset(names) for names in found.values()}
        known = {entry.id: (number, entry) for number, entry in enumerate(entries)}
        ranked = sorted(unique, key=lambda names: (-max(best[name] for name in names), min(known[name][0] for name in names)))
        return [_group([known[name][1] for name in sorted(names, key=lambda name: known[name][0])]) for names in ranked]

    def _likenesses(self, entries: Sequence[DocumentEntry]) -> list[tuple[str, str, float]]:
        """Each pair of documents that have runs in common, with their likeness."""
        runs = {entry.id: self._runs_of(entry) for entry in entries}
        holders: dict[int, list[str]] = {}
        for name, own in runs.items():
            for run in own:
                holders.setdefault(run, []).append(name)
        shared: Counter[tuple[str, str]] = Counter()
        for names in holders.values():
            if 1 < len(names) <= _MOST_HOLDERS:
                shared.update((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
        sizes = {name: len(own) for name, own in runs.items()}
        return [
            (one, other, count / min(sizes[one], sizes[other]))
            for (one, other), count in shared.items()
            if min(sizes[one], sizes[other]) >= _FEWEST_RUNS
        ]

    def _runs_of(self, entry: DocumentEntry) -> frozenset[int]:
        key = (entry.id, entry.sha256)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = _runs_in(self._evidence.document(entry.id).text[:_LOOKED_AT])
        return found


_MOST_HOLDERS = 12
"""Documents that have a run, beyond which it is a formula and no sign of one text."""


def _runs_in(text: str) -> frozenset[int]:
    words = [word.folded for word in words_of(text)]
    runs = {crc32(" ".join(words[place : place + _RUN]).encode()) for place in range(len(words) - _RUN + 1)}
    return frozenset(run for run in runs if len(runs) < _LONG or run % _ONE_IN == 0)


def _group(entries: Sequence[DocumentEntry]) -> VersionGroup:
    """In order: by date where all have one and no two the same; else by what their names say; else as added."""
    dates = [str(entry.date) for entry in entries if entry.date is not None]
    if len(set(dates)) == len(entries):
        return VersionGroup(tuple(sorted(entries, key=lambda entry: str(entry.date))), is_dated=True)
    ranks = [rank for entry in entries if (rank := _rank(entry)) is not None]
    if len(set(ranks)) == len(entries):
        return VersionGroup(tuple(sorted(entries, key=lambda entry: _rank(entry) or 0)), is_dated=True)
    return VersionGroup(tuple(entries), is_dated=False)


_NUMBERED = re.compile(rf"(?:^|[^a-z])(?:{'|'.join(NUMBERED)})[ ._-]?(\d{{1,3}})(?!\d)", re.IGNORECASE)


def _rank(entry: DocumentEntry) -> int | None:
    """How early or late a document's title or file name says it stands; `None` where neither does."""
    for name in (entry.title, name_of_file(entry)):
        if numbered := _NUMBERED.search(name):
            return int(numbered[1])
        ranks = [rank for word in words_of(name) if (rank := version_rank(word.folded)) is not None]
        if ranks:
            plain = [rank for rank in ranks if rank != version_rank("draft")]
            return max(plain or ranks)
    return None


def named_as_versions(one: str, other: str) -> bool:
    """Whether two titles differ only in which version they name; "the first meeting" and "the third meeting" name none."""
    left, right = ([word.folded for word in words_of(title)] for title in (one, other))
    versions = [any(names_version(word) for word in words) for words in (left, right)]
    bare = [[word for word in words if not names_version(word) and version_rank(word) is None] for words in (left, right)]
    return all(versions) and left != right and bare[0] == bare[1] and any(map(is_content, bare[0]))


def name_of_file(entry: DocumentEntry) -> str:
    """The file's name in words, without folder and suffix."""
    file = re.split(r"[\\/]", entry.source_path or entry.id)[-1]
    return re.sub(r"[._-]+", " ", file.rsplit(".", 1)[0])


def neighbours(group: VersionGroup, document_id: str) -> tuple[DocumentEntry, DocumentEntry]:
    """A version with the one before it; the first one with the one behind it."""
    at = max(group.order(document_id), 1)
    return list(pairwise(group.entries))[at - 1]
