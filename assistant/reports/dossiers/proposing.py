"""Dossiers that Parley proposes: documents whose folders part them, or that share parties and other names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from pathlib import PurePath

from parley.assistant.evidence.statement_query import StatementSource
from parley.assistant.reports.dossiers.dossier import Dossier
from parley.assistant.reports.dossiers.title_names import shared_phrase
from parley.index.language.lexicon import calendar_names, countries, is_role_word, word_kind
from parley.index.language.words import STOP_WORDS, fold
from parley.index.types import DocumentEntry

MOST_DOCUMENTS = 400
"""Documents beyond which names are not compared, since each is compared with each."""

TOGETHER = 0.12
"""Least mean cosine of the names of two groups for them to be one dossier. Set on the 17 documents of the sample negotiations,
which it parts into their three; 121 letters, briefings, speeches and labour agreements fall into some twenty groups by it."""

FEWEST = 2
"""Documents of a dossier."""

_EVERYWHERE = 0.6
"""Share of the documents from which a name tells none of them apart."""

_READ = 20_000
"""Characters of a document in which names are looked for."""

_CAPITALISED = re.compile(r"(?<=[a-z,;:] )[A-Z][\w’'-]+(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]+)*")
"""Names inside a sentence: what stands at its beginning has its capital from there."""

_CONTRACTED = re.compile(r"['’](?!s$)[a-z]{1,2}$")

_MOST_NAMED = 2
"""Names by which a dossier is called."""


def propose_dossiers(source: StatementSource) -> list[Dossier]:
    """The dossiers that fit the documents, by folder where there are several, else by names; the same ones every time."""
    entries = source.entries()
    by_folder = _by_folder(entries)
    if len(by_folder) > 1:
        return by_folder
    return _by_names(source, entries) if len(entries) <= MOST_DOCUMENTS else []


def _by_folder(entries: Sequence[DocumentEntry]) -> list[Dossier]:
    folders: dict[PurePath, list[str]] = {}
    for entry in entries:
        if entry.source_path:
            folders.setdefault(PurePath(entry.source_path).parent, []).append(entry.id)
    names = Counter(folder.name for folder in folders)
    return [
        Dossier(folder.name if names[folder.name] == 1 else str(folder), tuple(documents), "folder")
        for folder, documents in folders.items()
        if len(documents) >= FEWEST and folder.name
    ]


def _by_names(source: StatementSource, entries: Sequence[DocumentEntry]) -> list[Dossier]:
    named = [_names(source, entry) for entry in entries]
    holders = Counter(name for names in named for name in names)
    count = len(entries)
    told = {name: log(count / held) for name, held in holders.items() if 1 < held <= max(2, _EVERYWHERE * count)}
    vectors = [_unit({name: told[name] for name in names if name in told}) for names in named]
    written = _spellings(source, entries, _persons(source, entries))
    groups = [group for group in _together(vectors) if len(group) >= FEWEST]
    return [
        Dossier(
            _by_title(group, entries, frozenset(written)) or _called([vectors[number] for number in group], told, written),
            tuple(entries[number].id for number in group),
            "proposed",
        )
        for group in groups
    ]


def _by_title(group: Sequence[int], entries: Sequence[DocumentEntry], names: frozenset[str]) -> str | None:
    """What most titles of a group share and no other title has; its talks are called after it."""
    others = [entry.title for number, entry in enumerate(entries) if number not in group]
    return shared_phrase([entries[number].title for number in group], others, names)


def _names(source: StatementSource, entry: DocumentEntry) -> frozenset[str]:
    """The folded words of the names in a document: who speaks, for whom, and what else has a capital inside sentences."""
    spoken = {
        name
        for statement in source.statements(entry.id)
        for name in (statement.party, statement.speaker if statement.speaker_kind == "named" else None)
        if name
    }
    text = source.document(entry.id).text[:_READ]
    found = {*spoken, *_CAPITALISED.findall(text), *_CAPITALISED.findall(f"a {entry.title}")}
    return frozenset(fold(word) for name in found for word in name.split() if _is_name(word))


def _persons(source: StatementSource, entries: Sequence[DocumentEntry]) -> frozenset[str]:
    """The folded words of the names of persons: speakers that are no party."""
    said = [statement for entry in entries for statement in source.statements(entry.id)]
    parties = {fold(word) for statement in said for word in (statement.party or "").split()}
    named = {word for statement in said if statement.speaker_kind == "named" for word in (statement.speaker or "").split()}
    return frozenset(fold(word) for word in named) - parties


def _spellings(source: StatementSource, entries: Sequence[DocumentEntry], persons: frozenset[str]) -> Mapping[str, str]:
    """Folded word of a name, no person's -> how the name is written most."""
    counted: dict[str, Counter[str]] = {}
    for entry in entries:
        for name in _CAPITALISED.findall(source.document(entry.id).text[:_READ]):
            words = [fold(word) for word in name.split()]
            for word in words if not persons & set(words) and not any(map(is_role_word, words)) else ():
                counted.setdefault(word, Counter())[" ".join(name.split())] += 1
    return {folded: forms.most_common(1)[0][0] for folded, forms in counted.items()}


def _is_name(word: str) -> bool:
    """Whether a word can be part of a name that tells documents apart."""
    folded = fold(word)
    if not word[:1].isupper() or any(letter.isdigit() for letter in word) or _CONTRACTED.search(word) or is_role_word(folded):
        return False
    calendar = {spelling for kind in ("month", "weekday") for one in calendar_names(kind) for spelling in one.english}
    return len(folded) > 2 and folded not in STOP_WORDS and folded not in calendar


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {name: weight / length for name, weight in weights.items()}


def _together(vectors: Sequence[Mapping[str, float]]) -> list[list[int]]:
    """Groups by mean similarity: the two groups that are most alike are joined until none are alike enough."""
    groups = [[number] for number in range(len(vectors))]
    alike = {(left, right): _cosine(vectors[left], vectors[right]) for right in range(len(vectors)) for left in range(right)}
    while len(groups) > 1 and alike:
        (first, second), best = max(alike.items(), key=lambda pair: (pair[1], -pair[0][0], -pair[0][1]))
        if best < TOGETHER:
            break
        sizes = len(groups[first]), len(groups[second])
        groups[first] += groups[second]
        groups[second] = []
        for other in range(len(groups)):
            if other in (first, second) or not groups[other]:
                continue
            pairs = [(min(one, other), max(one, other)) for one in (first, second)]
            mean = sum(alike[pair] * size for pair, size in zip(pairs, sizes, strict=True)) / sum(sizes)
            alike[pairs[0]] = mean
        alike = {pair: value for pair, value in alike.items() if second not in pair}
    return [sorted(group) for group in groups if group]


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return sum(weight * large.get(name, 0.0) for name, weight in small.items())


def _called(vectors: Sequence[Mapping[str, float]], told: Mapping[str, float], written: Mapping[str, str]) -> str:
    """The names that most of the group's documents share and others lack."""
    held = Counter(name for vector in vectors for name in vector)
    ranked = sorted((name for name in held if not _is_people(name, held)), key=lambda name: (-held[name] * told[name], name))
    chosen: list[str] = []
    for name in ranked:
        if name in written and not any(_share(written[name], written[known]) for known in chosen):
            chosen.append(name)
        if len(chosen) == _MOST_NAMED:
            break
    return ", ".join(written[name] for name in chosen) or "Unnamed"


def _is_people(name: str, others: Iterable[str]) -> bool:
    """Whether a folded name is that of a people, or an adjective, whose country is named too or known."""
    known = countries().get(name)
    if known is not None and name not in {fold(one) for one in known}:
        return True
    roots = (other.rstrip("aeiy") for other in others if other != name and len(other) < len(name) + 1)
    return any(len(root) >= _ROOT and name.removeprefix(root) in word_kind("people_ending") for root in roots)


_ROOT = 4
"""Letters that the names of a country and of its people must share."""


def _share(left: str, right: str) -> bool:
    return bool({fold(word) for word in left.split()} & {fold(word) for word in right.split()})
