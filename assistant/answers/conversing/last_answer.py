"""The last answer once more: shorter, longer, in the exact words, and what follows it in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.answers.composing import AnswerDraft, cite_statement, cited, sentence_pieces
from parley.assistant.answers.provenance import source_line
from parley.assistant.answers.shortening import shortened
from parley.assistant.evidence.candidates import Candidate, is_heading, sentence_candidates
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.matching import weigh
from parley.assistant.evidence.place_names import page_words
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import analyse_question
from parley.index.language.words import content_stems
from parley.index.types import Hit, Span

SHORT = 18
"""Words to which a quotation is cut by "shorter", at clause borders and only where no limiting word is lost."""

MOST_WIDENED = 3
"""Citations that "longer" widens."""

NEXT_SENTENCES = 2
"""Sentences of a document that "go on" adds."""

OTHERS = 3
"""Passages listed beside an answer that is called wrong."""


def repeated(last: Answer) -> Answer:
    """The same answer."""
    return last


def shorter(last: Answer, evidence: Evidence) -> Answer:
    """The first sentence alone, its quotation cut to the clause that matters where that loses no limiting word.

    Of an overview, the first sentence of each of its parts.
    """
    resting = [sentence for sentence in last.sentences if sentence.markers]
    if not resting:
        return replace(last, sentences=last.sentences[:1])
    if any(sentence.heading for sentence in last.sentences):
        return _one_a_part(last)
    first = resting[0]
    kept = tuple(item for item in last.citations if item.marker in first.markers)[:1]
    sentence = _cut(first, kept[0], last, evidence) if kept else first
    sentence = replace(sentence, markers=tuple(item.marker for item in kept))
    if sentence.text == first.text and len(resting) == 1:
        return _as_short_as_can_be(last)
    return _renumbered(replace(last, sentences=(sentence,), citations=kept, notices=()))


def _as_short_as_can_be(last: Answer) -> Answer:
    note = "This is as short as the quotation can be made without cutting a sentence."
    return replace(last, notices=tuple(dict.fromkeys((*last.notices, note))))


def _one_a_part(last: Answer) -> Answer:
    """The headings, and of what stands under each the first sentence."""
    pairs = zip((None, *last.sentences), last.sentences, strict=False)
    sentences = tuple(item for before, item in pairs if item.heading or before is None or before.heading)
    if sentences == last.sentences:
        return _as_short_as_can_be(last)
    markers = {marker for item in sentences for marker in item.markers}
    kept = tuple(item for item in last.citations if item.marker in markers)
    return _renumbered(replace(last, sentences=sentences, citations=kept))


def _cut(sentence: AnswerSentence, citation: Citation, last: Answer, evidence: Evidence) -> AnswerSentence:
    """The sentence with its only quotation shortened; as it is where there are several, or nothing can go."""
    if len(sentence.quoted) != 1:
        return sentence
    (shown,) = sentence.quoted
    at = citation.quote.find(sentence.text[shown.start : shown.end])
    if at < 0:
        return sentence
    span = Span(citation.start + at, citation.start + at + shown.end - shown.start)
    terms = weigh(analyse_question(last.standalone_question).terms, evidence)
    keeping = _must_stay(sentence, shown, citation, span)
    tried = (shortened(citation.document, span, terms, SHORT, keep) for keep in keeping)
    short = next((found for found in tried if found is not None), None)
    if short is None or short == span:
        return sentence
    words = citation.document.text[short.start : short.end]
    text = sentence.text[: shown.start] + words + sentence.text[shown.end :]
    return replace(sentence, text=text, quoted=(Span(shown.start, shown.start + len(words)),))


def _must_stay(sentence: AnswerSentence, shown: Span, citation: Citation, span: Span) -> list[Span | None]:
    """What to keep of a quotation: who says it with the words that answer; where that is too much, who says it alone."""
    moved = span.start - shown.start
    marked = [Span(item.start + moved, item.end + moved) for item in sentence.marked]
    statement = citation.statement
    said = [item for item in (statement.speaker_span, statement.cue) if item] if statement is not None else []
    return [
        _around([item for item in parts if span.start <= item.start and item.end <= span.end])
        for parts in ([*marked, *said], said)
    ]


def _around(parts: Sequence[Span]) -> Span | None:
    return Span(min(item.start for item in parts), max(item.end for item in parts)) if parts else None


def longer(last: Answer, evidence: Evidence) -> Answer:
    """The cited sentences with the one before and the one after each; of a refusal, what came nearest."""
    if not last.citations:
        return _nearest_told(last, evidence)
    draft = AnswerDraft.empty(evidence)
    for citation in last.citations[:MOST_WIDENED]:
        near = _sentences(citation, evidence)
        inside = [at for at, item in enumerate(near) if item.span.start < citation.end and item.span.end > citation.start]
        if inside:
            _tell(draft, near[max(0, inside[0] - 1) : inside[-1] + 2], evidence)
    if not draft.sentences:
        return last
    return _made_of(last, draft, "With what stands around it in the document.")


def exact(last: Answer, evidence: Evidence) -> Answer:
    """Every cited passage whole, behind its source and who said it."""
    draft = AnswerDraft.empty(evidence)
    for citation in last.citations:
        draft.say([f"{source_line(citation.document)}, {citation.attribution}: ", cited(citation)], citation)
    return _made_of(last, draft) if draft.sentences else last


def sources(last: Answer, evidence: Evidence) -> Answer:
    """Where each cited passage stands: outlet or title, date, author and page, with its words."""
    draft = AnswerDraft.empty(evidence)
    for citation in last.citations:
        document = citation.document
        known = [
            source_line(document),
            f"“{document.title}”" if document.outlet else "",
            f"by {document.author}" if document.author else "author not stated",
            page_words(citation.page),
        ]
        who = citation.attribution if citation.statement is not None else ""
        draft.say([", ".join(part for part in [*known, who] if part) + ": ", cited(citation)], citation)
    return _made_of(last, draft) if draft.sentences else last


def going_on(last: Answer, evidence: Evidence) -> Answer:
    """What follows the last answer's first source in its document; at its end, that is said. Of a refusal, what came nearest."""
    if not last.citations:
        return _nearest_told(last, evidence)
    source = last.citations[0]
    end = max(item.end for item in last.citations if item.document.id == source.document.id)
    following = [item for item in _sentences(source, evidence) if item.span.start >= end and not is_heading(item)]
    draft = AnswerDraft.empty(evidence)
    _tell(draft, following[:NEXT_SENTENCES], evidence)
    if not draft.sentences:
        draft.say([f"Nothing follows: the document ends there ({source_line(source.document)})."])
        return replace(_made_of(last, draft), nearest=others(last, evidence))
    return _made_of(last, draft, f"What follows in {source_line(source.document)}.")


def _nearest_told(last: Answer, evidence: Evidence) -> Answer:
    """A refusal's nearest passages written out; the refusal stands."""
    draft = AnswerDraft.empty(evidence)
    for citation in others(last, evidence):
        draft.say([f"{source_line(citation.document)}, {citation.attribution}: ", cited(citation)], citation)
    return _made_of(last, draft, "None of these was found to answer; they came nearest.") if draft.sentences else last


def others(last: Answer, evidence: Evidence) -> tuple[Citation, ...]:
    """What else came near: of each further passage found, the sentence with most words of the question."""
    asked = content_stems(last.standalone_question)
    shown = {(item.document.id, item.passage.id) for item in last.citations}
    found: list[Citation] = []
    for hit in last.hits:
        if (hit.passage.document_id, hit.passage.id) in shown:
            continue
        telling = [item for item in sentence_candidates(evidence, [hit]) if not is_heading(item)]
        best = max(telling, key=lambda item: len(item.stems & asked), default=None)
        if best is not None and best.stems & asked:
            found.append(cite(evidence, best.document, best.span, best.statement, passage=hit.passage, marker=len(found) + 1))
        if len(found) == OTHERS:
            break
    return tuple(found) or last.nearest


def _sentences(citation: Citation, evidence: Evidence) -> list[Candidate]:
    """The sentences of the citation's document, in order of position."""
    hits = [Hit(passage=passage, score=0.0, rank=1) for passage in evidence.passages(citation.document.id)]
    return sorted(sentence_candidates(evidence, hits), key=lambda item: item.span)


def _tell(draft: AnswerDraft, sentences: Iterable[Candidate], evidence: Evidence) -> None:
    """Each sentence with who said it; a statement of several sentences once."""
    told: list[object] = []
    for item in sentences:
        if is_heading(item) or (item.statement is not None and item.statement in told):
            continue
        told.append(item.statement)
        citation = (
            cite(evidence, item.document, item.span, None, passage=item.hit.passage)
            if item.statement is None
            else cite_statement(evidence, item.document, item.statement, item.span, item.hit.passage)
        )
        draft.say(sentence_pieces(item.document, item.span, item.statement), citation)


def _made_of(last: Answer, draft: AnswerDraft, *notices: str) -> Answer:
    return replace(
        last, sentences=tuple(draft.sentences), citations=tuple(draft.citations), notices=notices, probability=None, draft=None
    )


def _renumbered(answer: Answer) -> Answer:
    numbers = {item.marker: number for number, item in enumerate(answer.citations, start=1)}
    sentences = tuple(replace(item, markers=tuple(numbers[m] for m in item.markers if m in numbers)) for item in answer.sentences)
    return replace(
        answer, sentences=sentences, citations=tuple(replace(item, marker=numbers[item.marker]) for item in answer.citations)
    )
