"""What changed between two versions of a text: paragraph by paragraph, with the exact words of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Literal

from parley.assistant.evidence.versions.aligning import Pair, align
from parley.assistant.evidence.versions.brackets import Bracket, bracket_changes
from parley.assistant.evidence.versions.units import Unit, Word, units_of
from parley.index.types import Document, Span

ChangeKind = Literal["same", "changed", "renumbered", "moved", "added", "deleted"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the old version and what stands for them in the new one; a span without length says where nothing stands."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, or several where one was divided: its span, and the provision it stands in ("" outside of any)."""

    span: Span
    provision: str


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph of both versions, or of one.

    Attributes:
        kind: "moved" may have edits too; "renumbered" has none but in its number.
        old, new: where it stands; `None` in the version that does not have it.
        edits: the words that differ, in order; all words where it was added or deleted.
        brackets: what became of its square brackets.
    """

    kind: ChangeKind
    old: Place | None
    new: Place | None
    edits: tuple[Edit, ...] = ()
    brackets: tuple[Bracket, ...] = ()

    @property
    def provision(self) -> str:
        """What it stands in, in the new version if it is there: "Article 8, paragraph 2"."""
        return self.new.provision if self.new else self.old.provision if self.old else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a text set beside each other.

    Attributes:
        old, new: the versions.
        paragraphs: all of both, in the order of the new version; a deleted one stands where it was.
        kept: share of the shorter version's words and signs that stand in the other one, 0 to 1.
    """

    old: Document
    new: Document
    paragraphs: tuple[ComparedParagraph, ...]
    kept: float

    @property
    def changes(self) -> tuple[ComparedParagraph, ...]:
        """The paragraphs that are not the same in both."""
        return tuple(item for item in self.paragraphs if item.kind != "same")

    def old_words(self, span: Span) -> str:
        """The old version's words at a span."""
        return self.old.text[span.start : span.end]

    def new_words(self, span: Span) -> str:
        """The new version's words at a span."""
        return self.new.text[span.start : span.end]

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON; offsets are half-open character positions in each version's text."""
        return {
            "old": _named(self.old),
            "new": _named(self.new),
            "kept": round(self.kept, 4),
            "changes": [self._change(item) for item in self.changes],
        }

    def _change(self, item: ComparedParagraph) -> dict[str, object]:
        edits = [
            {"old": self.old_words(edit.old), "new": self.new_words(edit.new), "at": [list(edit.old), list(edit.new)]}
            for edit in item.edits
        ]
        named: dict[str, object] = {"kind": item.kind, "provision": item.provision}
        placed = {"old": _place(self.old, item.old), "new": _place(self.new, item.new)}
        return named | placed | {"edits": edits, "brackets": [asdict(bracket) for bracket in item.brackets]}


def compare_documents(old: Document, new: Document) -> Comparison:
    """The comparison of two versions. Texts that have nothing to do with each other have everything deleted and added."""
    old_units, new_units = units_of(old), units_of(new)
    comparer = _Comparer(old, new, old_units, new_units)
    paragraphs = tuple(comparer.paragraph(pair) for pair in align(old_units, new_units))
    shorter = min(_size(old_units), _size(new_units))
    return Comparison(old, new, paragraphs, comparer.kept_words / shorter if shorter else 0.0)


class _Comparer:
    """Compares the paragraphs of two versions, and counts the words that both have."""

    def __init__(self, old: Document, new: Document, old_units: Sequence[Unit], new_units: Sequence[Unit]) -> None:
        self._old, self._new = old, new
        self._old_units, self._new_units = old_units, new_units
        self.kept_words = 0

    def paragraph(self, pair: Pair) -> ComparedParagraph:
        """What became of the paragraphs of a pair."""
        old_units = [self._old_units[place] for place in pair.old]
        new_units = [self._new_units[place] for place in pair.new]
        old, new = _placed(old_units), _placed(new_units)
        old_words = [word for unit in old_units for word in unit.words]
        new_words = [word for unit in new_units for word in unit.words]
        edits, kept = _edits(old_words, new_words, (_border(old), _border(new)))
        self.kept_words += len(kept)
        labels = ([unit.label for unit in old_units], [unit.label for unit in new_units])
        kind = _kind(pair, old, new, edits, labels)
        spans = (old.span if old else None, new.span if new else None)
        return ComparedParagraph(kind, old, new, tuple(edits), bracket_changes((self._old.text, self._new.text), spans, kept))


def _kind(
    pair: Pair, old: Place | None, new: Place | None, edits: Sequence[Edit], labels: tuple[list[Span], list[Span]]
) -> ChangeKind:
    if old is None or new is None:
        return "added" if new else "deleted"
    if pair.is_moved:
        return "moved"
    if not edits:
        return "same"
    in_number = all(_within(edit.old, labels[0]) and _within(edit.new, labels[1]) for edit in edits)
    return "renumbered" if in_number else "changed"


def _within(span: Span, labels: Iterable[Span]) -> bool:
    return any(label.start <= span.start and span.end <= label.end for label in labels)


def _placed(units: Sequence[Unit]) -> Place | None:
    return Place(Span(units[0].span.start, units[-1].span.end), units[0].provision) if units else None


def _border(place: Place | None) -> int:
    return place.span.start if place else 0


def _edits(old: Sequence[Word], new: Sequence[Word], starts: tuple[int, int]) -> tuple[list[Edit], list[tuple[Word, Word]]]:
    """The words that differ, and those that both have."""
    matcher = SequenceMatcher(None, [word.form for word in old], [word.form for word in new], autojunk=False)
    edits: list[Edit] = []
    kept: list[tuple[Word, Word]] = []
    for kind, old_from, old_to, new_from, new_to in _readable(matcher.get_opcodes(), old):
        if kind == "equal":
            kept += zip(old[old_from:old_to], new[new_from:new_to], strict=True)
        else:
            edits.append(Edit(_span(old, old_from, old_to, starts[0]), _span(new, new_from, new_to, starts[1])))
    return edits, kept


_Step = tuple[str, int, int, int, int]


def _readable(steps: Sequence[_Step], old: Sequence[Word]) -> list[_Step]:
    """The steps, replacements that one small word or a comma keeps apart joined: “Friday, 4” for “Monday, 7” is one of them."""
    joined: list[_Step] = []
    for step in steps:
        if len(joined) > 1 and step[0] == joined[-2][0] == "replace" and _is_small(joined[-1], old):
            before = joined[-2]
            joined[-2:] = [("replace", before[1], step[2], before[3], step[4])]
        else:
            joined.append(step)
    return joined


def _is_small(step: _Step, old: Sequence[Word]) -> bool:
    kind, start, end = step[:3]
    form = old[start].form if start < end else ""
    return kind == "equal" and end - start == 1 and (form == "," or (form.isalpha() and len(form) <= _SMALL))


_SMALL = 3
"""Letters of a word that does not keep two replacements apart: "of", "the"."""


def _span(words: Sequence[Word], first: int, last: int, start: int) -> Span:
    if first < last:
        return Span(words[first].start, words[last - 1].end)
    at = words[first - 1].end if first else start
    return Span(at, at)


def _size(units: Iterable[Unit]) -> int:
    return sum(len(unit.words) for unit in units)


def _named(document: Document) -> dict[str, object]:
    return {"id": document.id, "title": document.title, "date": document.date.isoformat() if document.date else None}


def _place(document: Document, place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    start, end = place.span
    return {"provision": place.provision, "start": start, "end": end, "text": document.text[start:end]}
