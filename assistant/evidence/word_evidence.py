"""What the documents have for some words of an answer: where they stand, or what comes nearest, or that there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.evidence.citing import cite, covering_statement, whole_sentences
from parley.assistant.evidence.quote_check import check_quote
from parley.assistant.evidence.quote_tokens import find_sequence
from parley.assistant.evidence.source import Evidence
from parley.index.language.quoted_words import tokens_of
from parley.index.language.sentences import sentence_spans
from parley.index.language.words import is_content, words_of
from parley.index.types import Document, Passage, Span

Ground = Literal["quoted", "attribution", "elsewhere", "near", "nothing"]

SEARCHED = 8
"""Passages looked through for words that stand nowhere as they are."""

SHOWN = 3
"""The nearest sentences that are shown."""

NEAR = 0.34
"""Least share of the content words, by stem, that a sentence must have to be called near."""


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A place in a document: the sentences that hold it, and the spans of the document to point out."""

    citation: Citation
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """The evidence for some words.

    Attributes:
        words: as given, without spaces around them.
        ground: "quoted" if the answer cites them; "attribution" if they are the answer's own words, which say who spoke;
            "elsewhere" if they stand in a document that the answer does not cite for them, up to marks and case; "near" if they
            stand nowhere but other words do that share their content; "nothing" if not even that.
        places: best first.
    """

    words: str
    ground: Ground
    places: tuple[WordPlace, ...]


def find_word_evidence(evidence: Evidence, words: str, answer: Answer | None = None) -> WordEvidence:
    """Look for the evidence of words, which may have been selected in an answer.

    Args:
        evidence: the library.
        words: any text; without a word in it there is nothing to look for.
        answer: the answer that they stand in.
    """
    sought = words.strip()
    if not words_of(sought):
        return WordEvidence(sought, "nothing", ())
    for sentence in answer.sentences if answer is not None else ():
        start = sentence.text.find(sought)
        if start >= 0 and answer is not None:
            found = _of_sentence(sentence, Span(start, start + len(sought)), answer)
            if found:
                quoted = any(span.start < start + len(sought) and span.end > start for span in sentence.quoted)
                return WordEvidence(sought, "quoted" if quoted else "attribution", found)
    elsewhere = tuple(_elsewhere(evidence, sought))
    if elsewhere:
        return WordEvidence(sought, "elsewhere", elsewhere)
    near = _near(evidence, sought)
    return WordEvidence(sought, "near" if near else "nothing", near)


def _of_sentence(sentence: AnswerSentence, selected: Span, answer: Answer) -> tuple[WordPlace, ...]:
    """The selected part of each quotation of a sentence, at its place in the cited document; else who is said to speak there."""
    cited = [citation for citation in answer.citations if citation.marker in sentence.markers and citation.verified]
    places = []
    for citation in cited:
        spans = [span for quoted in sentence.quoted for span in _placed(sentence.text, quoted, selected, citation)]
        if spans:
            places.append(WordPlace(citation, tuple(spans)))
    return tuple(places) or tuple(WordPlace(citation, _clause(citation)) for citation in cited)


def _placed(text: str, quoted: Span, selected: Span, citation: Citation) -> Iterator[Span]:
    """Where the part of a quotation that is selected stands in the document."""
    start, end = max(quoted.start, selected.start), min(quoted.end, selected.end)
    if start >= end:
        return
    place = citation.document.text.find(text[quoted.start : quoted.end], citation.start)
    if 0 <= place <= citation.end:
        yield Span(place + start - quoted.start, place + end - quoted.start)


def _clause(citation: Citation) -> tuple[Span, ...]:
    statement = citation.statement
    parts = (statement.speaker_span, statement.cue) if statement is not None else ()
    return tuple(sorted(part for part in parts if part is not None))


def _elsewhere(evidence: Evidence, words: str) -> Iterator[WordPlace]:
    found = check_quote(evidence, words)
    if found.verdict not in ("exact", "same_words"):
        return
    wanted = [token.folded for token in tokens_of(words)]
    for citation in found.citations:
        tokens = tokens_of(citation.quote)
        run = find_sequence(tokens, wanted)
        if run is None:
            yield WordPlace(citation, (Span(citation.start, citation.end),))
        else:
            yield WordPlace(citation, (Span(citation.start + tokens[run[0]].start, citation.start + tokens[run[1] - 1].end),))


def _near(evidence: Evidence, words: str) -> tuple[WordPlace, ...]:
    wanted = {word.stem for word in words_of(words) if is_content(word.folded)}
    rated: list[tuple[float, Document, Passage, Span, tuple[Span, ...]]] = []
    for hit in evidence.search(words, k=SEARCHED) if wanted else ():
        document = evidence.document(hit.passage.document_id)
        for span in sentence_spans(document.text, hit.passage.start, hit.passage.end):
            shared = [word for word in words_of(document.text, span.start, span.end) if word.stem in wanted]
            share = len({word.stem for word in shared}) / len(wanted)
            if share >= NEAR:
                rated.append((share, document, hit.passage, span, tuple(Span(word.start, word.end) for word in shared)))
    best = sorted(rated, key=lambda item: -item[0])[:SHOWN]
    return tuple(
        WordPlace(_cited(evidence, document, passage, span, marker), shared)
        for marker, (_, document, passage, span, shared) in enumerate(best, start=1)
    )


def _cited(evidence: Evidence, document: Document, passage: Passage, span: Span, marker: int) -> Citation:
    whole = whole_sentences(document.text, *span)
    statement = covering_statement(evidence.statements(document.id), *whole)
    return cite(evidence, document, whole, statement, marker=marker, passage=passage)
