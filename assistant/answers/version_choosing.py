"""Which two versions a question means: by the names and places of versions in it, among the documents that may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.versions.pairing import RELATED, VersionFinder, VersionGroup, name_of_file, neighbours
from parley.assistant.question.version_form import VersionQuestion, is_earlier, is_later, is_version_word, version_rank
from parley.index.language.words import Word, words_of
from parley.index.types import DocumentEntry, SearchFilter

MOST_DOCUMENTS = 400
"""Documents among which versions are looked for; in a larger library, those that the question finds."""


@dataclass(frozen=True, slots=True)
class ChosenVersions:
    """The two versions that a question means, the group they are of, and the words that named neither."""

    old: DocumentEntry
    new: DocumentEntry
    group: VersionGroup
    matter: tuple[Word, ...]


def versions_meant(
    asked: VersionQuestion, candidates: Sequence[DocumentEntry], finder: VersionFinder, ticked: Sequence[str] = ()
) -> list[ChosenVersions]:
    """The two versions meant; several pairs where several texts fit the question equally well, none where none does.

    Args:
        asked: the question.
        candidates: the documents that may be meant.
        finder: finds versions among them.
        ticked: ids of the documents to which the user has limited the question; two of them need be less alike.
    """
    chosen = [entry for entry in candidates if entry.id in ticked] if len(ticked) == _PAIR else []
    if len(chosen) == _PAIR:
        return _of_groups(asked, finder.groups(chosen, least=RELATED))
    return _named(asked, candidates, finder) or _of_groups(asked, finder.groups(candidates))


def _named(asked: VersionQuestion, candidates: Sequence[DocumentEntry], finder: VersionFinder) -> list[ChosenVersions]:
    """Two texts that the question names, each by a word that no other of them bears, and that share enough to be compared."""
    if len(asked.words) < _PAIR:
        return []
    everything = VersionGroup(tuple(candidates), is_dated=False)
    bearing = dict.fromkeys(entry.id for word in asked.words if (entry := _only(word, everything)) is not None)
    pair = [entry for entry in candidates if entry.id in bearing]
    groups = finder.groups(pair, least=RELATED) if len(pair) == _PAIR else []
    return _of_groups(asked, groups)


_PAIR = 2


def _of_groups(asked: VersionQuestion, groups: Sequence[VersionGroup]) -> list[ChosenVersions]:
    """The versions meant, one for each group that fits the question's words equally well."""
    rated = [(_fit(asked, group), _chosen(asked, group)) for group in groups]
    best = max((fit for fit, _ in rated), default=0)
    return [chosen for fit, chosen in rated if fit == best]


def _fit(asked: VersionQuestion, group: VersionGroup) -> int:
    """How many of the question's names of texts the documents of a group bear."""
    return sum(any(word.stem in _names(entry) for entry in group.entries) for word in asked.words)


def _chosen(asked: VersionQuestion, group: VersionGroup) -> ChosenVersions:
    named = [entry for word in asked.words if (entry := _only(word, group)) is not None]
    named += [entry for word in asked.order if (entry := _by_order(word, group)) is not None]
    unique = sorted({entry.id: entry for entry in named}.values(), key=lambda entry: group.order(entry.id))
    matter = tuple(word for word in asked.words if not any(word.stem in _names(entry) for entry in group.entries))
    if len(unique) > 1:
        return ChosenVersions(unique[0], unique[-1], group, matter)
    old, new = neighbours(group, unique[0].id) if unique else group.entries[-2:]
    return ChosenVersions(old, new, group, matter)


def _only(word: Word, group: VersionGroup) -> DocumentEntry | None:
    """The one version whose name has the word."""
    bearing = [entry for entry in group.entries if word.stem in _names(entry)]
    return bearing[0] if len(bearing) == 1 else None


def _by_order(word: str, group: VersionGroup) -> DocumentEntry | None:
    """The version that "second", "final" or "previous" means: the one named so, else the one at that place."""
    if is_later(word):
        return group.entries[-1]
    if is_earlier(word):
        return group.entries[-2] if len(group.entries) > 1 else None
    if not is_version_word(word) or word == "draft":
        return None
    named = [entry for entry in group.entries if word in {item.folded for item in words_of(_name(entry))}]
    if len(named) == 1:
        return named[0]
    place = version_rank(word) or 1
    if place <= len(group.entries):
        return group.entries[place - 1]
    return group.entries[-1] if place >= _LATE else None


_LATE = 30
"""Rank from which a word means the last version: "revised", "final", "signed"."""


def _names(entry: DocumentEntry) -> frozenset[str]:
    day = f"{entry.date.day} {entry.date:%B} {entry.date.year}" if entry.date else ""
    known = words_of(f"{_name(entry)} {entry.outlet or ''} {entry.author or ''} {entry.place or ''} {day}")
    return frozenset(word.stem for word in known if not is_version_word(word.folded))


def _name(entry: DocumentEntry) -> str:
    return f"{entry.title} {name_of_file(entry)}"


def candidates_of(question: str, evidence: Evidence, allowed: SearchFilter) -> list[DocumentEntry]:
    """The documents among which versions are looked for: all, or of a large or filtered library those that are found."""
    entries = evidence.entries()
    if allowed.is_empty and len(entries) <= MOST_DOCUMENTS:
        return entries
    found = {hit.passage.document_id for hit in evidence.search(question, k=50, filter=allowed)} | set(allowed.document_ids)
    return [entry for entry in entries if entry.id in found]


def newest_of(candidates: Sequence[DocumentEntry], finder: VersionFinder) -> list[DocumentEntry]:
    """The documents without those of which there is a newer version."""
    older = {entry.id for group in finder.groups(candidates) for entry in group.entries[:-1]}
    return [entry for entry in candidates if entry.id not in older]
