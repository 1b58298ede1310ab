"""Telling a change between two versions in a sentence: what stood there, what stands there now, each in the document's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answer import Citation
from parley.assistant.answers.composing import AnswerDraft, Verbatim
from parley.assistant.evidence.citing import cite, sentences_around, whole_sentences
from parley.assistant.evidence.versions.brackets import Bracket, brackets_in, owner_of
from parley.assistant.evidence.versions.comparison import ComparedParagraph, Comparison, Edit
from parley.assistant.question.version_form import VersionQuestion
from parley.index.language.words import stems_of, words_of
from parley.index.structure.lookup import find_provisions
from parley.index.structure.provisions import provisions_of
from parley.index.types import Document, Span

MOST_WORDS = 50
"""Words of a quotation; of a longer paragraph the sentences that changed are shown, of longer sentences the words around."""

MOST_EDITS = 4
"""Places of one paragraph that are told one by one."""

_AROUND = 5
"""Words shown on either side of changed words that are not shown in their sentence."""


def say_change(draft: AnswerDraft, comparison: Comparison, item: ComparedParagraph) -> None:
    """Say what was added, deleted, moved or changed in one paragraph, citing the versions that have it."""
    place = f"{item.provision}: " if item.provision else ""
    if item.old is None and item.new is not None:
        shown = _shortened(comparison.new, item.new.span)
        draft.say([f"{place}added: ", shown], _cited(draft, shown))
    elif item.new is None and item.old is not None:
        shown = _shortened(comparison.old, item.old.span)
        draft.say([f"{place}deleted: ", shown], _cited(draft, shown))
    elif item.old is not None and item.new is not None:
        if item.kind == "moved":
            shown = _shortened(comparison.new, item.new.span)
            came = f" from {item.old.provision}" if item.old.provision and item.old.provision != item.provision else ""
            beside = _shortened(comparison.old, item.old.span)
            draft.say([f"{place}moved here{came}: ", shown], _cited(draft, beside), _cited(draft, shown))
        for old, new in _pieces(comparison, item):
            _say_edit(draft, place, old, new)


def say_numbers(draft: AnswerDraft, comparison: Comparison, items: Sequence[ComparedParagraph]) -> None:
    """Say of all the paragraphs that only got another number which it is."""
    told: list[str | Verbatim] = ["Only the number changed: "]
    cited: list[Citation] = []
    for item in items[:_MOST_NUMBERS]:
        if item.old is None or item.new is None:
            continue
        told += [", " if len(told) > 1 else "", f"{item.old.provision} is now {item.new.provision}"]
        cited += [
            _cited(draft, _shortened(comparison.old, item.old.span)),
            _cited(draft, _shortened(comparison.new, item.new.span)),
        ]
    draft.say([*told, f", and {len(items) - _MOST_NUMBERS} more." if len(items) > _MOST_NUMBERS else "."], *cited)


_MOST_NUMBERS = 6


def say_bracket(draft: AnswerDraft, comparison: Comparison, item: ComparedParagraph, bracket: Bracket) -> None:
    """Say what became of words in square brackets, with the paragraph as it stands now."""
    place = f"{item.provision}: " if item.provision else ""
    old = Verbatim(comparison.old, bracket.old) if bracket.old else None
    new = Verbatim(comparison.new, bracket.new) if bracket.new else None
    beside = Verbatim(comparison.new, item.new.span) if item.new else None
    if bracket.outcome == "kept" and new is not None:
        draft.say([place, new, " is still in brackets."], _cited(draft, new))
    elif bracket.outcome == "dropped" and old is not None:
        now = _cited(draft, _shortened(comparison.new, item.new.span)) if beside and item.new else None
        draft.say([place, old, " is gone."], _cited(draft, old), *([now] if now else []))
    elif bracket.outcome == "agreed" and old is not None and new is not None:
        draft.say([place, old, " now stands without brackets: ", new], _cited(draft, old), _cited(draft, new))
    elif bracket.outcome == "opened" and old is not None and new is not None:
        draft.say([place, old, " is now in brackets: ", new], _cited(draft, old), _cited(draft, new))
    elif new is not None:
        draft.say([place, new, " is new, and in brackets."], _cited(draft, new))


def say_owner(draft: AnswerDraft, document: Document, asked: VersionQuestion) -> None:
    """Say whose an option or bracketed words are, with the sentence that explains the sign, if the document does."""
    for span, owner in _owned(document, asked):
        legend = _legend(document, owner, span)
        shown = _shortened(document, span)
        pieces: list[str | Verbatim] = [shown, f" is marked “{owner}”"]
        if legend is not None:
            explained = Verbatim(document, legend)
            draft.say([*pieces, "; ", explained], _cited(draft, shown), _cited(draft, explained))
        else:
            draft.say([*pieces, "."], _cited(draft, shown))


_MARKED = re.compile(r"[\[(]\s*(?P<owner>[A-Z][\w.&/ -]{0,40}?)\s*[\])]")


def _owned(document: Document, asked: VersionQuestion) -> list[tuple[Span, str]]:
    """The options and bracketed words asked for that name their owner."""
    provisions = provisions_of(document)
    options = [item for reference in asked.references for item in find_provisions(provisions, reference)]
    found = []
    for place in options:
        item = provisions[place]
        marked = _MARKED.search(document.text, item.label.end, min(item.end, item.label.end + _NEAR_LABEL))
        if item.kind == "option" and marked:
            found.append((Span(item.start, item.end), marked["owner"]))
    wanted = {word.stem for word in asked.words}
    if wanted and not options:
        brackets = [span for span in brackets_in(document.text, 0, len(document.text)) if owner_of(document.text, span)]
        found = [(span, owner_of(document.text, span)) for span in brackets if wanted <= stems_of(document.text[slice(*span)])]
    return found


_NEAR_LABEL = 50


def _legend(document: Document, owner: str, beside: Span) -> Span | None:
    """The sentence that says what a sign means: one elsewhere that has it and a name."""
    for match in re.finditer(rf"(?<!\w){re.escape(owner)}(?!\w)", document.text):
        if beside.start <= match.start() < beside.end:
            continue
        sentence = whole_sentences(document.text, *match.span())
        after = document.text[match.end() : match.end() + _NEAR_LABEL]
        if re.match(r"[\])”\"]?\s*(?:[=:–—-]|[a-z]+(?: [a-z]+){0,4})\s*[A-Z]", after):
            return sentence
    return None


def _pieces(comparison: Comparison, item: ComparedParagraph) -> list[tuple[Verbatim, Verbatim]]:
    """What to show of the old and the new version: the paragraphs, the sentences that changed, or the words around each edit."""
    assert item.old is not None
    assert item.new is not None
    if not item.edits:
        return []
    old_marks, new_marks = tuple(edit.old for edit in item.edits), tuple(edit.new for edit in item.edits)
    for old, new in ((item.old.span, item.new.span), _sentences(comparison, item.edits)):
        if max(_length(comparison.old, old), _length(comparison.new, new)) <= MOST_WORDS:
            return [(Verbatim(comparison.old, old, old_marks), Verbatim(comparison.new, new, new_marks))]
    return [
        (
            Verbatim(comparison.old, _around(comparison.old.text, edit.old, item.old.span), (edit.old,)),
            Verbatim(comparison.new, _around(comparison.new.text, edit.new, item.new.span), (edit.new,)),
        )
        for edit in item.edits[:MOST_EDITS]
    ]


def _say_edit(draft: AnswerDraft, place: str, old: Verbatim, new: Verbatim) -> None:
    draft.say([f"{place}", old, " became ", new], _cited(draft, old), _cited(draft, new))


def _sentences(comparison: Comparison, edits: Sequence[Edit]) -> tuple[Span, Span]:
    """The whole sentences of both versions from the first to the last edit."""
    old = whole_sentences(comparison.old.text, edits[0].old.start, max(edits[-1].old.end, edits[0].old.start + 1))
    new = whole_sentences(comparison.new.text, edits[0].new.start, max(edits[-1].new.end, edits[0].new.start + 1))
    return old, new


def _around(text: str, edit: Span, within: Span) -> Span:
    """The edit with a few words on either side."""
    before = [word for word in words_of(text, within.start, within.end) if word.end <= edit.start][-_AROUND:]
    after = [word for word in words_of(text, within.start, within.end) if word.start >= edit.end][:_AROUND]
    start = before[0].start if before else edit.start
    end = after[-1].end if after else edit.end
    return Span(start, end)


def _shortened(document: Document, span: Span) -> Verbatim:
    """The first sentences of a span that have no more words than a quotation may have; at least one."""
    end = span.end
    if _length(document, span) > MOST_WORDS:
        kept = [item for item in sentences_around(document.text, *span) if span.start <= item.start < span.end]
        end = next((item.end for item in reversed(kept) if _length(document, Span(span.start, item.end)) <= MOST_WORDS), 0)
        end = end or (kept[0].end if kept else span.end)
    return Verbatim(document, Span(span.start, min(end, span.end)))


def _length(document: Document, span: Span) -> int:
    return len(words_of(document.text, *span))


def _cited(draft: AnswerDraft, shown: Verbatim) -> Citation:
    return cite(draft.evidence, shown.document, whole_sentences(shown.document.text, *shown.span), None)
