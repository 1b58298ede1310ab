"""Telling an answer: the words in front, the sentence with who said it, and further sentences that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.answer import Citation
from parley.assistant.answers.composing import AnswerDraft, Verbatim, sentence_pieces, slice_of
from parley.assistant.answers.facts.accounts import value_of
from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.answers.shortening import shortened
from parley.assistant.evidence.attribution_line import OWN_VOICE_FRAME, attribution_frame
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.citing import cite, overlap
from parley.assistant.evidence.list_items import is_enumeration, list_around
from parley.assistant.evidence.speakers import display_name
from parley.assistant.evidence.table_rows import heading_row
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored, shares
from parley.index.types import Document, Span

ENOUGH_TOLD, WORTH_TELLING = 0.8, 0.06
"""How likely the sentences told must be to hold the answer before no further one is told, and how likely one must be to be told
(see `shares`). On development questions .71 of the answers are then within the sentences told, 2.3 of them on average; with
.6 and .1 it is .65 within 1.7, and .73 stand among the first three."""

LIKE_AN_ANSWER = -4.0
"""Least log-odds, by the reader, of a further sentence. Of 1,553 told behind 1,703 held-out answers, 73 had less; one of these
answered."""

OF_LIST, OF_LIST_AT_LEAST = 3.0, -2.5
"""How far the score of a further sentence of the best one's document may stay behind, and its least log-odds by the reader, where
several things are asked for: one in vain costs a line, one too few leaves the list half told. Chosen by hand, on invented
texts."""

AS_MUCH = 0.75
"""Share of the best one's coverage that a sentence with numbered or lettered items must have to be told as well. Chosen by hand,
on invented texts."""

MOST_FURTHER, MOST_OF_LIST = 2, 5
"""Sentences shown after the best one, at most; the second for questions that ask for several things."""

MOST_WORDS_TOLD = 130
"""Words after which no further sentence is begun."""

LOOKED_AT = 12
"""Candidates among which further sentences are looked for."""

MOST_WORDS_OF_LIST = 160
"""Words after which no further item of one list is told; what is left out is counted."""

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


def say_sentence(draft: AnswerDraft, inquiry: Inquiry, item: Scored) -> None:
    """A sentence with who said it and the words that answer marked; shortened where nothing is lost by that."""
    candidate = item.candidate
    marks = _marks(item)
    if candidate.statement is not None:
        pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
        draft.say(pieces, inquiry.cite(candidate), marks=marks)
        return
    kept = shortened(candidate.document, candidate.span, inquiry.terms, LONGEST, item.reading.span) or candidate.span
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


def say_whole(draft: AnswerDraft, inquiry: Inquiry, item: Scored) -> None:
    """A sentence, with all of the list that it opens, or that it is an item of where several things are asked for."""
    candidate = item.candidate
    found = list_around(candidate.document.text, candidate.span)
    if found is None or (found.opening != candidate.span and inquiry.question.kind != "list"):
        say_sentence(draft, inquiry, item)
        return
    outer = next((voice for voice in candidate.voices if voice.form), None)
    parts = [*([found.opening] if found.opening else []), *found.items]
    told = [part for number, part in enumerate(parts) if _words_until(candidate.document, parts, number) <= MOST_WORDS_OF_LIST]
    whole = Span(told[0].start, told[-1].end)
    citation = cite(draft.evidence, candidate.document, whole, outer, passage=candidate.hit.passage)
    pieces: list[str | Verbatim] = [_frame_of_list(citation, is_turn=outer is not None)]
    for part in told:
        pieces += [Verbatim(candidate.document, part), " "]
    draft.say(pieces[:-1], citation, marks=found.items)
    if (left := len(parts) - len(told)) > 0:
        draft.say([f"The list goes on: {left} more {'item stands' if left == 1 else 'items stand'} in the document."])


def _frame_of_list(citation: Citation, *, is_turn: bool) -> str:
    """Who says a list; nothing where its own words tell."""
    clause = citation.statement.speaker_span if citation.statement else None
    if not is_turn and clause is not None and citation.start <= clause.start and clause.end <= citation.end:
        return ""
    return attribution_frame(citation.document, citation.statement, span=Span(citation.start, citation.end)) + " "


def _words_until(document: Document, parts: Sequence[Span], number: int) -> int:
    """Words of the parts before one, which is shown where they leave room."""
    return sum(len(document.text[part.start : part.end].split()) for part in parts[:number])


def _marks(item: Scored) -> list[Span]:
    """The words that answer: the reader's best span and what else it marks; none in a language that it cannot read."""
    if (item.candidate.document.language or "en")[:2] != "en":
        return []
    own = [item.reading.span] if item.reading.span else []
    return [*own, *item.reading.marks]


def say_further(
    draft: AnswerDraft, inquiry: Inquiry, told: list[Scored], scored: Sequence[Scored], *, anything: bool = False
) -> None:
    """The next sentences that may answer and say something else, until the answer is likely to be among those told.

    With `anything`, all that the asked speaker says answers: "What did the envoy say?".
    """
    best, is_list = told[0], inquiry.question.kind == "list"
    most = len(told) + (MOST_OF_LIST if is_list or anything else MOST_FURTHER)
    likely = sum(share for item, share in zip(scored, shares(scored), strict=True) if item in told)
    for item, share in zip(scored[:LOOKED_AT], shares(scored), strict=False):
        if len(told) >= most or draft.words >= MOST_WORDS_TOLD:
            return
        answers = likely < ENOUGH_TOLD and share >= WORTH_TELLING and _is_like_an_answer(item)
        if not (answers or (anything and _says_it(item)) or (is_list and _is_listed(item, best))):
            continue
        if item.features.interrogative or is_heading(item.candidate) or any(alike(item, known) for known in told):
            continue
        if draft.holds(item.candidate.document, item.candidate.span):
            continue
        say_whole(draft, inquiry, item)
        told.append(item)
        likely += share


def _is_like_an_answer(item: Scored) -> bool:
    """Whether the reader holds it possible; what is in another language than English it cannot tell."""
    return item.reading.score >= LIKE_AN_ANSWER or (item.candidate.document.language or "en")[:2] != "en"


def _says_it(item: Scored) -> bool:
    """Whether the asked speaker says the sentence."""
    return item.features.speaker >= FITTING_SPEAKER


def _is_listed(item: Scored, best: Scored) -> bool:
    """Whether a sentence of the best one's document may name one more of the things asked for."""
    if item.candidate.document.id != best.candidate.document.id:
        return False
    near = item.score >= best.score - OF_LIST and item.reading.score >= OF_LIST_AT_LEAST
    return near or (is_enumeration(item.candidate.text) and item.features.coverage >= AS_MUCH * best.features.coverage)


def alike(left: Scored, right: Scored) -> bool:
    """Whether two sentences are copies of one wire text, or belong to the same statement, all of which is shown."""
    first, second = left.candidate, right.candidate
    if first.document.id == second.document.id and first.span.start < second.span.end and second.span.start < first.span.end:
        return True
    shared = len(first.stems & second.stems)
    return shared >= 0.8 * max(1, min(len(first.stems), len(second.stems)))
