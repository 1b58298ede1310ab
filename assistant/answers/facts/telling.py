"""Telling an answer: the words in front, the sentence with who said it, and further sentences that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.answers.composing import AnswerDraft, Verbatim, sentence_pieces, slice_of
from parley.assistant.answers.facts.accounts import value_of
from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.answers.shortening import shortened
from parley.assistant.evidence.attribution_line import OWN_VOICE_FRAME
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.citing import cite, overlap
from parley.assistant.evidence.speakers import display_name
from parley.assistant.evidence.table_rows import heading_row
from parley.assistant.reading.scoring import Scored, shares
from parley.index.types import Span

ENOUGH_TOLD, WORTH_TELLING = 0.8, 0.06
"""How likely the sentences told must be to hold the answer before no further one is told, and how likely one must be to be told
(see `shares`). On development questions .71 of the answers are then within the sentences told, 2.3 of them on average; with
.6 and .1 it is .65 within 1.7, and .73 stand among the first three."""

MOST_FURTHER, MOST_OF_LIST = 2, 5
"""Sentences shown after the best one, at most; the second for questions that ask for several things."""

MOST_WORDS_TOLD = 130
"""Words after which no further sentence is begun."""

LOOKED_AT = 12
"""Candidates among which further sentences are looked for."""

LONGEST = 60
"""Words to which a sentence in a document's own voice is cut, where that loses no limiting word."""

ANOTHER = "Also:"
"""Stands for the frame of a document's own voice where the sentence before was in a document's own voice."""


def say_in_front(draft: AnswerDraft, inquiry: Inquiry, best: Scored, words: Span | None, scored: Sequence[Scored]) -> None:
    """The words that answer, if they may stand alone, with their speaker and with other sentences that give the same."""
    if words is None:
        return
    document = best.candidate.document
    shown = slice_of(document, words)
    statement = best.candidate.statement
    if statement is not None and overlap(statement, words.start, words.end):
        draft.say([shown, f", according to {display_name(statement)}."], inquiry.cite(best.candidate), marks=[words])
        return
    same = [item for item in scored[:8] if item is not best and not alike(item, best) and value_of(item, inquiry.question)]
    wanted = value_of(best, inquiry.question)
    holding = [inquiry.cite(item.candidate) for item in same if value_of(item, inquiry.question) == wanted]
    holding = [citation for citation in holding if shown.text in citation.quote]
    draft.say([shown, "."], inquiry.cite(best.candidate), *holding[:2], marks=[words])


def say_sentence(draft: AnswerDraft, inquiry: Inquiry, item: Scored, *, limit: int = LONGEST) -> None:
    """A sentence with who said it and the words that answer marked; shortened to `limit` words where nothing is lost by that."""
    candidate = item.candidate
    marks = _marks(item)
    if candidate.statement is not None:
        pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
        draft.say(pieces, inquiry.cite(candidate), marks=marks)
        return
    kept = shortened(candidate.document, candidate.span, inquiry.terms, limit, item.reading.span) or candidate.span
    before = " […] " if kept.start > candidate.span.start else " "
    after = " […]" if kept.end < candidate.span.end else ""
    frame, *_ = sentence_pieces(candidate.document, candidate.span, None, inquiry.terms)
    said = str(frame).strip()
    if said == OWN_VOICE_FRAME and draft.sentences and draft.sentences[-1].text.startswith((OWN_VOICE_FRAME, ANOTHER)):
        said = ANOTHER
    told: list[str | Verbatim] = [said + before, Verbatim(candidate.document, kept), after]
    citations = [inquiry.cite(candidate)]
    heading = heading_row(candidate.document.text, candidate.span)
    if heading is not None and candidate.span.start > heading.end and not draft.cites(candidate.document, heading):
        told[:1] = [said + " ", Verbatim(candidate.document, heading), before]
        citations.insert(0, cite(draft.evidence, candidate.document, heading, None))
    draft.say(told, *citations, marks=marks)


def _marks(item: Scored) -> list[Span]:
    """The words that answer: the reader's best span and what else it marks; none in a language that it cannot read."""
    if (item.candidate.document.language or "en")[:2] != "en":
        return []
    own = [item.reading.span] if item.reading.span else []
    return [*own, *item.reading.marks]


def say_further(draft: AnswerDraft, inquiry: Inquiry, told: list[Scored], scored: Sequence[Scored]) -> None:
    """The next sentences that may answer and say something else, until the answer is likely to be among those told."""
    most = MOST_OF_LIST if inquiry.question.kind == "list" else MOST_FURTHER
    already = len(told)
    likely = sum(share for item, share in zip(scored, shares(scored), strict=True) if item in told)
    for item, share in zip(scored[:LOOKED_AT], shares(scored), strict=False):
        if len(told) - already >= most or draft.words >= MOST_WORDS_TOLD or likely >= ENOUGH_TOLD or share < WORTH_TELLING:
            return
        if is_heading(item.candidate) or item.features.interrogative or any(alike(item, known) for known in told):
            continue
        say_sentence(draft, inquiry, item)
        told.append(item)
        likely += share


def alike(left: Scored, right: Scored) -> bool:
    """Whether two sentences are copies of one wire text, or belong to the same statement, all of which is shown."""
    first, second = left.candidate, right.candidate
    if first.document.id == second.document.id and first.span.start < second.span.end and second.span.start < first.span.end:
        return True
    shared = len(first.stems & second.stems)
    return shared >= 0.8 * max(1, min(len(first.stems), len(second.stems)))
