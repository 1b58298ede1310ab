"""Two versions of a text as an entry of an export: every change with the words of both, each a reference."""

from __future__ import annotations

from itertools import groupby

from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.versions.brackets import Outcome
from parley.assistant.evidence.versions.comparison import ComparedParagraph, Comparison, Place
from parley.assistant.reports.export.record import Entry, Line, Reference
from parley.index.types import Document, Span

OUTCOMES: dict[Outcome, str] = {
    "agreed": "no longer in brackets",
    "dropped": "bracketed words that are gone",
    "opened": "now in brackets",
    "proposed": "new, in brackets",
}
"""What became of bracketed words, for people; those that are still in brackets are not told."""


def comparison_title(comparison: Comparison) -> str:
    """What the export is called."""
    return f"Changes from “{comparison.old.title}” to “{comparison.new.title}”"


def comparison_entry(comparison: Comparison) -> Entry:
    """The changes in the order of the newer version under the provisions they stand in."""
    lines: list[Line] = []
    references: list[Reference] = []
    for provision, items in groupby(comparison.changes, key=lambda item: item.provision):
        lines.append(Line(provision or "Outside of any numbered provision", level=2))
        for item in items:
            numbers = []
            for document, place in ((comparison.old, item.old), (comparison.new, item.new)):
                if place is not None:
                    references.append(_reference(document, place, len(references) + 1))
                    numbers.append(len(references))
            lines.append(Line(change_in_words(comparison, item), tuple(numbers)))
    if not comparison.changes:
        lines.append(Line("The two texts are the same, word for word."))
    kept = f"Of the shorter text, {comparison.kept:.0%} of the words stand in the other one."
    return Entry(tuple(lines), tuple(references), notices=(kept,))


def change_in_words(comparison: Comparison, item: ComparedParagraph) -> str:
    """One change as a sentence: what kind it is, and the paragraphs, or where they only differ in words, these words."""
    old = _quoted(comparison.old, item.old.span) if item.old else ""
    new = _quoted(comparison.new, item.new.span) if item.new else ""
    if item.kind in {"added", "deleted"}:
        return f"{item.kind.capitalize()}: {new or old}"
    came = f" from {item.old.provision}" if item.old and item.old.provision not in {"", item.provision} else ""
    if item.kind == "moved" and not item.edits:
        return f"Moved{came}: {new}"
    edits = "; ".join(_edit(comparison, edit.old, edit.new) for edit in item.edits)
    brackets = "; ".join(
        f"{OUTCOMES[bracket.outcome]}: {_quoted(*source)}"
        for bracket in item.brackets
        if bracket.outcome in OUTCOMES and (source := _words_of(comparison, bracket.old, bracket.new)) is not None
    )
    return f"{item.kind.capitalize()}{came}: {edits}{f' ({brackets})' if brackets else ''}"


def _edit(comparison: Comparison, old: Span, new: Span) -> str:
    if old.start == old.end:
        return f"{_quoted(comparison.new, new)} added"
    if new.start == new.end:
        return f"{_quoted(comparison.old, old)} deleted"
    return f"{_quoted(comparison.old, old)} became {_quoted(comparison.new, new)}"


def _words_of(comparison: Comparison, old: Span | None, new: Span | None) -> tuple[Document, Span] | None:
    """The bracket itself: the old version's where it is gone, the new version's where it is new."""
    if old is not None and comparison.old_words(old).startswith("["):
        return comparison.old, old
    return (comparison.new, new) if new is not None else None


def _quoted(document: Document, span: Span) -> str:
    return f"“{document.text[span.start : span.end]}”"


def _reference(document: Document, place: Place, number: int) -> Reference:
    attribution = attribution_line(document, None, place.span)
    where = f"{place.provision}, {attribution}" if place.provision else attribution
    return Reference(number, "citation", document, (place.span,), where, None)
