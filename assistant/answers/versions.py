"""Answers to questions about versions of a text: which two are meant, and what changed between them, in the words of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.answers.composing import AnswerDraft
from parley.assistant.answers.version_choosing import ChosenVersions, candidates_of, newest_of, versions_meant
from parley.assistant.answers.version_telling import say_bracket, say_change, say_numbers, say_owner
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.assistant.evidence.versions.brackets import Outcome
from parley.assistant.evidence.versions.comparison import (
    ChangeKind,
    ComparedParagraph,
    Comparison,
    Place,
    compare_documents,
)
from parley.assistant.evidence.versions.pairing import VersionFinder
from parley.assistant.question.version_form import Asked, VersionQuestion
from parley.index.language.words import Word, stems_of
from parley.index.structure.lookup import Reference, find_provisions
from parley.index.types import Document, DocumentEntry, SearchFilter, Span

MOST_CHANGES = 8
"""Changes told in one answer; of more, how many is told."""

_ONLY: dict[Asked, tuple[ChangeKind, ...]] = {
    "added": ("added", "changed"),
    "deleted": ("deleted", "changed"),
    "moved": ("moved", "renumbered"),
}


def version_answer(
    question: str, asked: VersionQuestion, evidence: Evidence, finder: VersionFinder, allowed: SearchFilter = NO_FILTER
) -> Answer | None:
    """The answer to a question about versions; `None` where the documents have no versions that it may mean."""
    candidates = candidates_of(question, evidence, allowed)
    if asked.asked == "owner":
        return _owners(question, asked, evidence, newest_of(candidates, finder))
    chosen = versions_meant(asked, candidates, finder, allowed.document_ids)
    if not chosen:
        return None
    if len(chosen) > 1:
        return _ask_which(question, chosen)
    comparison = compare_documents(evidence.document(chosen[0].old.id), evidence.document(chosen[0].new.id))
    return _told(question, asked, chosen[0], comparison, evidence)


def _told(
    question: str, asked: VersionQuestion, chosen: ChosenVersions, comparison: Comparison, evidence: Evidence
) -> Answer | None:
    paragraphs = [item for item in _within(comparison, asked.references, evidence) if not _are_titles(comparison, item)]
    if asked.references and not paragraphs:
        return None
    about = _about(comparison, paragraphs, chosen.matter)
    if not about:
        return None
    draft = AnswerDraft.empty(evidence)
    count = (
        _say_brackets(draft, comparison, about, asked.asked)
        if asked.asked.startswith("brackets")
        else _say_changes(draft, comparison, about, asked.asked)
    )
    where = _where(asked, chosen)
    if not draft.sentences and not _all_said(comparison, about, chosen.matter):
        return None
    if not draft.sentences:
        draft.say([f"{_NOTHING[asked.asked]} between the two versions{where}."])
    elif count > MOST_CHANGES:
        draft.say([f"And {count - MOST_CHANGES} more; the page “Compare” has both texts side by side."])
    notices = (f"Compared: {_shown(chosen.old)} with {_shown(chosen.new)}.", *_order_notices(chosen))
    return Answer(question, question, tuple(draft.sentences), tuple(draft.citations), "answered", notices=notices)


_NOTHING: dict[Asked, str] = {
    "changes": "Nothing changed",
    "added": "Nothing was added",
    "deleted": "Nothing was deleted",
    "moved": "Nothing was moved",
    "brackets_gone": "No square brackets went away",
    "brackets_new": "No square brackets were added",
    "brackets_left": "No square brackets are left",
}


def _are_titles(comparison: Comparison, item: ComparedParagraph) -> bool:
    """Whether a paragraph is the title in both versions: that it names the other version is no change of the text."""
    if item.old is None or item.new is None or item.kind != "changed":
        return False
    pairs = ((comparison.old_words(item.old.span), comparison.old), (comparison.new_words(item.new.span), comparison.new))
    return all(" ".join(words.strip("# \n").split()) == " ".join(document.title.split()) for words, document in pairs)


def _where(asked: VersionQuestion, chosen: ChosenVersions) -> str:
    places = " in " + " and ".join(str(reference) for reference in asked.references) if asked.references else ""
    matter = f" on {' '.join(word.surface for word in chosen.matter)}" if chosen.matter else ""
    return places + matter


def _order_notices(chosen: ChosenVersions) -> list[str]:
    notices = []
    if not chosen.group.is_dated:
        notices.append("Which version is the older one is not stated; they are taken in the order in which they were added.")
    if len(chosen.group.entries) > len((chosen.old, chosen.new)):
        notices.append(f"There are {len(chosen.group.entries)} versions: {'; '.join(map(_shown, chosen.group.entries))}.")
    return notices


def _shown(entry: DocumentEntry | Document) -> str:
    day = f", {entry.date.day} {entry.date:%B %Y}" if entry.date else ""
    return f"“{' '.join(entry.title.split())}”{day}"


def _ask_which(question: str, chosen: Sequence[ChosenVersions]) -> Answer:
    """Asks back where several texts have versions."""
    texts = "; ".join(f"{_shown(item.old)} and {_shown(item.new)}" for item in chosen[:MOST_CHANGES])
    told = f"More than one text here has versions. Which do you mean: {texts}?"
    return Answer(question, question, (AnswerSentence(told),), (), "conversational")


def _within(comparison: Comparison, references: Sequence[Reference], evidence: Evidence) -> list[ComparedParagraph]:
    """The paragraphs that stand in one of the provisions in either version; all of them if none is asked for."""
    if not references:
        return list(comparison.paragraphs)
    old, new = (_spans(document, references, evidence) for document in (comparison.old, comparison.new))
    return [
        item
        for item in comparison.paragraphs
        if (item.old and _lies_in(item.old.span, old)) or (item.new and _lies_in(item.new.span, new))
    ]


def _spans(document: Document, references: Sequence[Reference], evidence: Evidence) -> list[Span]:
    provisions = evidence.provisions(document.id)
    found = [find_provisions(provisions, reference)[:1] for reference in references]
    return [Span(provisions[place].start, provisions[place].end) for places in found for place in places]


def _lies_in(span: Span, ranges: Iterable[Span]) -> bool:
    return any(span.start < item.end and span.end > item.start for item in ranges)


def _about(comparison: Comparison, paragraphs: Sequence[ComparedParagraph], matter: Sequence[Word]) -> list[ComparedParagraph]:
    """The paragraphs that speak most of the matter in either version, or stand in a provision whose heading does."""
    wanted = {word.stem for word in matter}
    if not wanted:
        return list(paragraphs)
    held = [len(wanted & stems_of(_text(comparison, item))) for item in paragraphs]
    most = max(held, default=0)
    if 2 * most < len(wanted):
        return []
    speaking = [item for item, count in zip(paragraphs, held, strict=True) if count == most]
    headed = {item.provision for item in speaking if item.provision and len(_text(comparison, item).split()) <= _HEADING}
    return [item for item in paragraphs if item in speaking or item.provision in headed]


def _all_said(comparison: Comparison, paragraphs: Sequence[ComparedParagraph], matter: Sequence[Word]) -> bool:
    """Whether these paragraphs have every word of the matter, so that what they do not tell did not happen."""
    said = frozenset[str]().union(*(stems_of(_text(comparison, item)) for item in paragraphs))
    return {word.stem for word in matter} <= said


_HEADING = 12
"""Words of a paragraph up to which it may be the heading of its provision."""


def _text(comparison: Comparison, item: ComparedParagraph) -> str:
    old = comparison.old_words(item.old.span) if item.old else ""
    return f"{old} {comparison.new_words(item.new.span) if item.new else ''}"


def _say_changes(draft: AnswerDraft, comparison: Comparison, paragraphs: Sequence[ComparedParagraph], asked: Asked) -> int:
    """Tell the changes of the kind asked for; returns how many there are."""
    changed = [item for item in paragraphs if item.kind != "same"]
    asked_for = [item for item in changed if item.kind in _ONLY.get(asked, (item.kind,)) and _is_asked(item, asked)]
    chosen = _with_headings(comparison, asked_for)
    numbers = [item for item in chosen if item.kind == "renumbered"]
    others = [item for item in chosen if item.kind != "renumbered"]
    for item in others[:MOST_CHANGES]:
        say_change(draft, comparison, item)
    if numbers:
        say_numbers(draft, comparison, numbers)
    return len(others)


def _with_headings(comparison: Comparison, items: Sequence[ComparedParagraph]) -> list[ComparedParagraph]:
    """The paragraphs of a new or deleted provision that follow one another as one, from the heading on."""
    joined: list[ComparedParagraph] = []
    for item in items:
        last = joined[-1] if joined else None
        if last is not None and item.kind == last.kind and item.kind in {"added", "deleted"} and last.provision:
            one, other = last.new or last.old, item.new or item.old
            text = (comparison.new if item.new else comparison.old).text
            if one and other and one.provision == other.provision and not text[one.span.end : other.span.start].strip(" \n#*"):
                place = Place(Span(one.span.start, other.span.end), one.provision)
                joined[-1] = replace(last, old=place if last.old else None, new=place if last.new else None)
                continue
        joined.append(item)
    return joined


def _is_asked(item: ComparedParagraph, asked: Asked) -> bool:
    """Within a changed paragraph, "added" asks for words that stand for none, "deleted" for words for which none stand."""
    if item.kind != "changed" or asked not in {"added", "deleted"}:
        return True
    grown = [edit.new.end - edit.new.start > edit.old.end - edit.old.start for edit in item.edits]
    return any(grown) if asked == "added" else not all(grown)


_OUTCOMES: dict[Asked, tuple[Outcome, ...]] = {
    "brackets_gone": ("agreed", "dropped"),
    "brackets_new": ("opened", "proposed"),
    "brackets_left": ("kept", "opened", "proposed"),
}


def _say_brackets(draft: AnswerDraft, comparison: Comparison, paragraphs: Sequence[ComparedParagraph], asked: Asked) -> int:
    """Tell what became of square brackets; returns how many there are."""
    outcomes = _OUTCOMES[asked]
    found = [(item, bracket) for item in paragraphs for bracket in item.brackets if bracket.outcome in outcomes]
    for item, bracket in found[:MOST_CHANGES]:
        say_bracket(draft, comparison, item, bracket)
    return len(found)


def _owners(question: str, asked: VersionQuestion, evidence: Evidence, candidates: Iterable[DocumentEntry]) -> Answer | None:
    """Who proposed an option or bracketed words, as the drafts that have them say; `None` where none says."""
    draft = AnswerDraft.empty(evidence)
    for entry in candidates:
        if len(draft.sentences) < MOST_CHANGES:
            say_owner(draft, evidence.document(entry.id), asked)
    if not draft.sentences:
        return None
    return Answer(question, question, tuple(draft.sentences), tuple(draft.citations), "answered")
