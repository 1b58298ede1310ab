"""Finding the provision that a question asks for by number: first the instrument by its name, then the number in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.assistant.evidence.source import Evidence
from parley.assistant.question.asked_provision import AskedProvision
from parley.index.language.lexicon import word_kind
from parley.index.language.words import is_content, stem, words_of
from parley.index.structure.lookup import Reference, find_provisions, unnumbered_paragraph
from parley.index.structure.provision_names import NUMBERED
from parley.index.structure.provisions import Provision, heading_text, label_text, path_of
from parley.index.types import Document, Hit, SearchFilter, Span

MOST_DOCUMENTS = 60
"""Documents that are looked through for one question."""

NAMED = 0.5
"""Share of an instrument's name, by rarity of its words, that a document's title, file name or opening must hold."""

_OPENING = 400
_IN_OPENING = 0.6
"""Credit for a word of the name that stands at the beginning of a document and not in its title or file name."""

_NEAR = 200
"""Characters around a number within which the instrument's name makes it that instrument's."""

_CLEARLY = 0.15
"""How much better one document must fit the name for others to be left out."""

_KINDS_OF_TEXT = frozenset(stem(word) for word in word_kind("kind_of_text"))
"""Words that say what kind of text an instrument is, which many documents are."""


@dataclass(frozen=True, slots=True)
class FoundProvision:
    """A provision in its document. `span` is its text without label and heading; `label` what it is called there."""

    document: Document
    span: Span
    label: str
    heading: str
    within: tuple[Provision, ...]
    place: int | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found for one reference.

    Attributes:
        found: the provisions, best first, one a document.
        instruments: documents that fit the instrument's name, best first, whether they have the number or not.
        is_named: whether the question names an instrument by more than its kind.
    """

    reference: Reference
    found: tuple[FoundProvision, ...]
    instruments: tuple[Document, ...]
    is_named: bool


def look_up(evidence: Evidence, asked: AskedProvision, hits: Sequence[Hit], allowed: SearchFilter) -> list[Lookup]:
    """For each reference of a question, the provisions that it may mean."""
    name = _Name.of(asked.instrument, evidence)
    rest = _Name.of(asked.rest, evidence)
    ranked = _ranked(_documents(evidence, asked, hits, allowed), name, rest)
    return [_look_up(evidence, reference, ranked, name) for reference in asked.references]


def is_spoken_of(evidence: Evidence, reference: Reference, instrument: str) -> bool:
    """Whether some document at least speaks of a provision: its number, with the instrument's name near by if it has one."""
    name, first = _Name.of(instrument, evidence), reference.steps[0]
    if first.kind is None:
        return False
    written = re.compile(rf"(?<!\w){re.escape(first.kind)}s?\s+\[?{re.escape(first.number)}(?!\w)", re.IGNORECASE)
    return any(
        not name.is_proper or name.share(_tokens(document.text[max(0, match.start() - _NEAR) : match.end() + _NEAR])) >= NAMED
        for document in map(evidence.document, sorted(evidence.documents_with(f"{first.kind} {first.address[0]}")))
        for match in written.finditer(document.text)
    )


def provision_of(evidence: Evidence, document: Document, offset: int) -> FoundProvision | None:
    """The innermost article, section or numbered clause that holds a place of a document."""
    provisions = evidence.provisions(document.id)
    held = [place for place, item in enumerate(provisions) if item.start <= offset < item.end]
    named = [place for place in held if provisions[place].is_named or len(provisions[place].address) > 1]
    return _found(document, provisions, (named or held)[-1]) if held else None


def numbers_there(evidence: Evidence, document: Document, kind: str) -> tuple[str, ...]:
    """The numbers of the provisions of a kind in a document's main text, in order."""
    provisions = evidence.provisions(document.id)
    return tuple(
        item.number
        for place, item in enumerate(provisions)
        if item.is_named
        and item.kind == kind
        and all(provisions[above].kind != "annex" for above in path_of(provisions, place)[:-1])
    )


def _look_up(evidence: Evidence, reference: Reference, ranked: list[tuple[float, Document]], name: _Name) -> Lookup:
    fitting = [(share, document) for share, document in ranked if not name or share >= NAMED]
    found: list[tuple[float, FoundProvision]] = []
    for share, document in fitting:
        provisions = evidence.provisions(document.id)
        place = next(iter(find_provisions(provisions, reference)), None)
        item = _found(document, provisions, place) if place is not None else _counted(document, provisions, reference)
        if item is not None:
            found.append((share, item))
    best = found[0][0] if found else 0.0
    kept = tuple(item for share, item in found if not name or share >= best - _CLEARLY)
    return Lookup(reference, kept, tuple(document for _, document in fitting), name.is_proper)


def _found(document: Document, provisions: tuple[Provision, ...], place: int) -> FoundProvision:
    item = provisions[place]
    span = Span(item.body, item.end) if item.body < item.end else Span(item.start, item.end)
    return FoundProvision(document, span, label_text(provisions, place), heading_text(document, item), provisions, place)


def _counted(document: Document, provisions: tuple[Provision, ...], reference: Reference) -> FoundProvision | None:
    """A paragraph that carries no number, by its place in an article: "the second paragraph of Article 7"."""
    last = reference.steps[-1]
    if len(reference.steps) < 2 or last.kind not in NUMBERED or not last.number.isdigit():
        return None
    place = next(iter(find_provisions(provisions, Reference(reference.steps[:-1]))), None)
    if place is None or any(item.parent == place for item in provisions):
        return None
    span = unnumbered_paragraph(document, provisions[place], int(last.number))
    label = f"{label_text(provisions, place)}, paragraph {last.number}"
    return FoundProvision(document, span, label, "", provisions, place) if span else None


def _documents(evidence: Evidence, asked: AskedProvision, hits: Sequence[Hit], allowed: SearchFilter) -> list[Document]:
    """Documents that may hold what is asked for: those that the search found, and those that have the number or the name."""
    names = [hit.passage.document_id for hit in hits]
    if asked.instrument:
        names += [hit.passage.document_id for hit in evidence.search(asked.instrument, k=20, filter=allowed)]
    for reference in asked.references:
        names += sorted(frozenset[str]().union(*(evidence.documents_with(form) for form in _written(reference))))
    wanted = _Name.of(asked.instrument, evidence)
    entries = evidence.entries()
    names += [entry.id for entry in entries if wanted and wanted.share(_tokens(entry.title, entry.id)) >= NAMED]
    if len(entries) <= MOST_DOCUMENTS:
        names += [entry.id for entry in entries]
    permitted = {entry.id for entry in entries if _passes(entry, allowed)}
    return [evidence.document(name) for name in [name for name in dict.fromkeys(names) if name in permitted][:MOST_DOCUMENTS]]


def _written(reference: Reference) -> Iterable[str]:
    """How the outermost part of a reference may be written in a text."""
    first = reference.steps[0]
    forms = {first.number, first.address[0]}
    return [f"{first.kind} {form}" if first.kind else form for form in sorted(forms)]


def _passes(entry: object, allowed: SearchFilter) -> bool:
    day = getattr(entry, "date", None)
    dated = allowed.since is None and allowed.until is None
    in_time = dated or (day is not None and (allowed.since or day) <= day <= (allowed.until or day))
    return in_time and all(
        not wanted or getattr(entry, field) in wanted
        for field, wanted in (("id", allowed.document_ids), ("outlet", allowed.outlets), ("language", allowed.languages))
    )


def _ranked(documents: list[Document], name: _Name, rest: _Name) -> list[tuple[float, Document]]:
    """Documents with the share of the instrument's name that they hold, best first; other words of the question break ties."""
    rated = [(name.share_of(document), rest.share_of(document), number, document) for number, document in enumerate(documents)]
    rated.sort(key=lambda item: (-round(item[0], 1), -round(item[1] if not name else 0.0, 1), -item[1], item[2]))
    return [(share, document) for share, _, _, document in rated]


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of an instrument's name with their weights by rarity; false if there are none."""

    weights: tuple[tuple[str, float], ...]
    acronyms: tuple[str, ...]
    is_proper: bool

    @classmethod
    def of(cls, words: str, evidence: Evidence) -> _Name:
        found: dict[str, float] = {}
        total = max(1, evidence.passage_count)
        for word in words_of(words):
            if is_content(word.folded) or word.surface.isdigit():
                rarity = math.log(1 + total / (evidence.passage_frequency(word.surface) + 0.5))
                found[word.stem] = 0.15 * rarity if word.stem in _KINDS_OF_TEXT else rarity
        proper = any(key not in _KINDS_OF_TEXT for key in found)
        acronyms = tuple(match.lower() for match in re.findall(r"\b[A-Z]{3,8}\b", words))
        return cls(tuple(found.items()), acronyms, proper)

    def __bool__(self) -> bool:
        return bool(self.weights)

    def share(self, stems: frozenset[str], *, opening: frozenset[str] = frozenset(), initials: str = "") -> float:
        """Share of the name, 0 to 1, that stands in a document's title and file name, or in its opening for less credit."""
        held = 0.0
        for key, weight in self.weights:
            spelt = key in self.acronyms and _stands_for(key, initials)
            held += weight * (1.0 if key in stems or spelt else _IN_OPENING if key in opening else 0.0)
        return held / (sum(weight for _, weight in self.weights) or 1.0)

    def share_of(self, document: Document) -> float:
        """The same of a document."""
        path = re.split(r"[\\/]", document.source_path or "")[-1]
        opening = _tokens(document.text[:_OPENING], document.author or "", document.outlet or "")
        return self.share(_tokens(document.title, document.id, path), opening=opening, initials=document.title)


def _tokens(*texts: str) -> frozenset[str]:
    spaced = " ".join(re.sub(r"[_\-./\\]+", " ", text) for text in texts)
    return frozenset(word.stem for word in words_of(spaced))


def _stands_for(acronym: str, title: str) -> bool:
    """Whether the capital letters of a title's words spell an acronym from its beginning: "United Nations Convention on …"."""
    letters = "".join(word[0].lower() for word in re.findall(r"[A-Z][\w'’]*", title) if len(word) > 1)
    rest = iter(letters)
    return letters[:1] == acronym[:1] and len(letters) <= 2 * len(acronym) and all(letter in rest for letter in acronym)
