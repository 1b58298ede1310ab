"""Telling an answer of fact: the lead, its sentence with who said it, and further sentences as far as the length allows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answers.composing import MOST_WORDS, AnswerDraft, Verbatim, sentence_pieces, slice_of
from parley.assistant.answers.facts.accounts import value_of
from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.answers.shortening import shortened
from parley.assistant.evidence.attribution_line import OWN_VOICE_FRAME, attribution_frame
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.citing import cite, overlap
from parley.assistant.evidence.matching import match
from parley.assistant.evidence.speakers import display_name
from parley.assistant.evidence.table_rows import heading_row
from parley.assistant.reading.rules.answer_types import with_counted_noun
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import words_of
from parley.index.types import Span

FURTHER, FURTHER_VALUE = 2.5, 1.5
"""How far the score of a further sentence may stay behind the best one's; the second for questions for a date, number or person,
to which one sentence is mostly the answer."""

ALSO_ASKED = 0.5
"""Share of the best sentence's own coverage that a further sentence must reach: it bears on what is asked."""

MOST_FURTHER = 3
"""Sentences shown after the best one, at most."""

LONGEST_FIRST, LONGEST_FURTHER = 38, 28
"""Words to which the first and each further sentence in a document's own voice is cut, where that loses no limiting word."""

LEAST_ROOM = 10
"""Words that must be left for another sentence to be tried."""

AGREED = 0.75
"""Least coverage of a further sentence that gives the same value."""

_CURRENCY = re.compile(r"[$€£¥]|dollars|euros|pounds")

ANOTHER = "Also:"
"""Stands for the frame of a document's own voice where the sentence before was in a document's own voice."""


def say_lead(draft: AnswerDraft, inquiry: Inquiry, best: Scored, scored: Sequence[Scored]) -> None:
    """The span asked for, with the sentences that give it, unless the sentence itself is the answer."""
    lead = best.lead
    if lead is None:
        return
    document = best.candidate.document
    if inquiry.question.answer_type in {"number", "money"} and not _CURRENCY.search(document.text, lead.start, lead.end):
        lead = with_counted_noun(document.text, lead, best.candidate.span.end)
    shown = slice_of(document, lead)
    if (speaker := _said_by(best, lead)) is not None:
        draft.say([shown, f", according to {speaker}."], inquiry.cite(best.candidate))
        return
    supporting = [inquiry.cite(item.candidate) for item in agreeing(best, scored)]
    holding = [citation for citation in supporting if shown.text in citation.quote]
    draft.say([shown, "."], inquiry.cite(best.candidate), *holding[:2])


def _said_by(best: Scored, lead: Span) -> str | None:
    """Who says what the lead names, if it stands in a statement: a claim does not go without its speaker for one sentence."""
    statement = best.candidate.statement
    if statement is None or not overlap(statement, lead.start, lead.end):
        return None
    return display_name(statement)


def agreeing(best: Scored, scored: Sequence[Scored]) -> list[Scored]:
    """Other sentences, not copies, that give the same value for the same thing."""
    if best.lead is None:
        return []
    return [
        item
        for item in scored[:8]
        if item is not best
        and item.lead is not None
        and not alike(item, best)
        and value_of(item) == value_of(best)
        and item.features.coverage >= AGREED
    ]


def say_sentence(draft: AnswerDraft, inquiry: Inquiry, item: Scored, *, limit: int = LONGEST_FIRST) -> None:
    """A sentence with who said it; in a document's own voice shortened to `limit` words where nothing is lost by that."""
    candidate = item.candidate
    if candidate.statement is not None:
        pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
        draft.say(pieces, inquiry.cite(candidate))
        return
    kept = shortened(candidate.document, candidate.span, inquiry.terms, limit, item.lead) or candidate.span
    frame = attribution_frame(candidate.document, None, span=candidate.span)
    frame = ANOTHER if frame == OWN_VOICE_FRAME and _told_in_own_voice(draft) else frame
    before = " […] " if kept.start > candidate.span.start else " "
    after = " […]" if kept.end < candidate.span.end else ""
    told: list[str | Verbatim] = [frame + before, Verbatim(candidate.document, kept), after]
    citations = [inquiry.cite(candidate)]
    heading = heading_row(candidate.document.text, candidate.span)
    if heading is not None and candidate.span.start > heading.end and not draft.cites(candidate.document, heading):
        told[:1] = [frame + " ", Verbatim(candidate.document, heading), before]
        citations.insert(0, cite(draft.evidence, candidate.document, heading, None))
    draft.say(told, *citations)


def _told_in_own_voice(draft: AnswerDraft) -> bool:
    if not draft.sentences:
        return False
    return draft.sentences[-1].text.startswith((OWN_VOICE_FRAME, ANOTHER))


def say_next(draft: AnswerDraft, inquiry: Inquiry, item: Scored) -> None:
    """The sentence after, which often gives the reason that the sentence itself does not."""
    candidate = item.candidate
    later = next(
        (
            other
            for other in inquiry.scored
            if other.candidate.document.id == candidate.document.id and 0 <= other.candidate.span.start - candidate.span.end <= 3
        ),
        None,
    )
    if later is not None and draft.words + len(words_of(later.candidate.text)) <= MOST_WORDS + 15:
        say_sentence(draft, inquiry, later)


def say_further(draft: AnswerDraft, inquiry: Inquiry, best: Scored, scored: Sequence[Scored]) -> None:
    """The next sentences that bear on the question and say something else, as far as the length allows."""
    told = [best]
    for item in scored[:12]:
        room = MOST_WORDS - draft.words - (1 if item.candidate.statement is None else 6)
        if len(told) > MOST_FURTHER or room < LEAST_ROOM:
            return
        if any(item is known or alike(item, known) for known in told) or not _adds(item, best, inquiry):
            continue
        limit = min(room, LONGEST_FURTHER)
        if _length(item, inquiry, limit) <= room:
            say_sentence(draft, inquiry, item, limit=limit)
            told.append(item)


def _adds(item: Scored, best: Scored, inquiry: Inquiry) -> bool:
    valued = inquiry.question.kind in {"who", "when", "how_many"}
    if is_heading(item.candidate) or item.score < best.score - (FURTHER_VALUE if valued else FURTHER):
        return False
    if valued and item.lead is None and best.lead is not None:
        return False
    if inquiry.question.kind == "whether" and not _names_as_much(item, best, inquiry):
        return False
    return item.features.coverage >= ALSO_ASKED * best.features.coverage


def _names_as_much(item: Scored, best: Scored, inquiry: Inquiry) -> bool:
    """Whether a sentence speaks of everybody of the question whom the best one names: "Did A talk to B?" asks for both."""
    near = item.candidate.stems | item.candidate.before
    named = [known.term for known in inquiry.terms if known.term.named and match(known.term, best.candidate.stems)]
    return all(match(term, near) for term in named)


def _length(item: Scored, inquiry: Inquiry, limit: int) -> int:
    """Words that a sentence takes as it would be shown."""
    candidate = item.candidate
    span: Span | None = candidate.span
    if candidate.statement is None:
        span = shortened(candidate.document, candidate.span, inquiry.terms, limit, item.lead)
    return len(candidate.document.text[span.start : span.end].split()) if span else MOST_WORDS


def alike(left: Scored, right: Scored) -> bool:
    """Whether two sentences are copies of one wire text, or belong to the same statement."""
    first, second = left.candidate, right.candidate
    if first.document.id == second.document.id and first.statement is not None and first.statement is second.statement:
        return True
    shared = len(first.stems & second.stems)
    return shared >= 0.8 * max(1, min(len(first.stems), len(second.stems)))
