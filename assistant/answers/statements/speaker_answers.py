"""Answers that are speakers: who said something, or who said these very words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answers.composing import Verbatim, sentence_pieces
from parley.assistant.answers.facts.fact_answers import fact
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.answers.refusal import not_in_documents, threshold
from parley.assistant.answers.statements.statement_rating import Rated, by_score, covered_by, find_quote, verb_match
from parley.assistant.answers.statements.statement_telling import say_speakers
from parley.assistant.evidence.citing import cite, whole_sentences
from parley.assistant.evidence.matching import weigh
from parley.assistant.evidence.quote_tokens import find_sequence, holds_longest, tokens_of
from parley.assistant.question.analysis import analyse_question
from parley.index.language.words import words_of
from parley.index.types import Document, Span, Statement


def who_said(inquiry: Inquiry) -> Finding:
    """The speaker as the text names them, with role, outlet and cue; several if several said it."""
    if inquiry.question.quotes and len(words_of(inquiry.question.quotes[0])) >= 0.6 * len(words_of(inquiry.question.core)) - 3:
        return _who_said_quote(inquiry)
    rated = sorted((_rate_by_content(item, inquiry) for item in inquiry.statements()), key=by_score)
    if not rated or rated[0].covered < threshold("who_said"):
        best_sentence = inquiry.scored[0] if inquiry.scored else None
        if best_sentence is not None and best_sentence.candidate.statement is None and best_sentence.features.coverage >= 0.75:
            return _own_voice(inquiry)
        return _of_a_kind(inquiry) or not_in_documents(inquiry, among=tuple(item.candidate for item in rated[:2]))
    return say_speakers(inquiry, rated)


def _of_a_kind(inquiry: Inquiry) -> Finding | None:
    """For "which company announced …" what a sentence reports of it, where no statement tells."""
    if not inquiry.question.wanted:
        return None
    plain = analyse_question(inquiry.question.core)
    terms = weigh(plain.terms, inquiry.evidence)
    question = replace(inquiry.question, kind="which", answer_type="text")
    found = fact(inquiry.asking(question, terms))
    return found if found.status in {"answered", "partly", "accounts_differ"} else None


def _rate_by_content(item: StatementCandidate, inquiry: Inquiry) -> Rated:
    covered = covered_by(item, inquiry, whole=False)
    score = covered + 0.3 * verb_match(item, inquiry) + 0.05 / item.hit.rank + 0.05 * item.statement.confidence
    score -= 0.2 * (item.statement.speaker is None or item.statement.speaker_kind == "unidentified")
    words = sum(len(words_of(item.document.text, span.start, span.end)) for span in item.statement.content)
    return Rated(item, score - 0.1 * (words < 3), covered)


def _who_said_quote(inquiry: Inquiry) -> Finding:
    wanted = [token.folded for token in tokens_of(inquiry.question.quotes[0])]
    found: list[Rated] = []
    for item in inquiry.statements():
        span = find_quote(item.document, item.statement, wanted)
        if span is not None:
            found.append(Rated(item, 1.0 + 0.1 * item.statement.confidence - _nesting(item, span), 1.0, span))
    if not found:
        return _unspoken_quote(inquiry, wanted)
    return say_speakers(inquiry, sorted(found, key=by_score))


def _nesting(item: StatementCandidate, span: Span) -> float:
    """A small penalty for statements that hold the quotation inside another one's frame."""
    size = sum(part.end - part.start for part in item.statement.content)
    return 0.02 * max(0, size - (span.end - span.start)) / 1000


def _unspoken_quote(inquiry: Inquiry, wanted: Sequence[str]) -> Finding:
    """The words stand outside any statement, run over several, or nowhere."""
    for name in dict.fromkeys(hit.passage.document_id for hit in inquiry.hits):
        document = inquiry.evidence.document(name)
        if not holds_longest(document.text, wanted):
            continue
        tokens = tokens_of(document.text)
        run = find_sequence(tokens, wanted)
        if run is None:
            continue
        span = Span(tokens[run[0]].start, tokens[run[1] - 1].end)
        inside = [
            StatementCandidate(document, item, next(hit for hit in inquiry.hits if hit.passage.document_id == name))
            for item in inquiry.evidence.statements(document.id)
            if item.start < span.end and item.end > span.start
        ]
        overlapping = [Rated(item, _share(item.statement, span), 1.0, span) for item in inside]
        spoken = sorted((item for item in overlapping if item.score > 0.2), key=by_score)
        if spoken:
            return say_speakers(inquiry, spoken)
        return _unattributed(inquiry, document, span)
    return not_in_documents(inquiry, "No document holds these words.")


def _share(statement: Statement, span: Span) -> float:
    return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in statement.content) / (
        span.end - span.start
    )


def _unattributed(inquiry: Inquiry, document: Document, span: Span) -> Finding:
    sentence = whole_sentences(document.text, span.start, span.end)
    draft = inquiry.draft()
    pieces: list[str | Verbatim] = [
        "The words stand in the document, which names no speaker for them: ",
        Verbatim(document, sentence),
    ]
    draft.say(pieces, cite(inquiry.evidence, document, sentence, None))
    return finished("partly", draft)


def _own_voice(inquiry: Inquiry) -> Finding:
    best = inquiry.scored[0].candidate
    draft = inquiry.draft()
    draft.say(sentence_pieces(best.document, best.span, best.statement, inquiry.terms), inquiry.cite(best))
    return finished("answered", draft)
