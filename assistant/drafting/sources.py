"""The passages that a draft may rest on: chosen whole within the model's token budget, numbered, and set out for the prompt."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from parley.assistant.answer import Answer
from parley.assistant.drafting.instructions import instructs_machine
from parley.assistant.evidence.attribution_line import attribution_frame
from parley.assistant.evidence.candidates import asks
from parley.assistant.evidence.citing import covering_statement, whole_sentences
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.stuffing import is_stuffed
from parley.index.language.sentences import sentence_spans
from parley.index.language.words import content_stems
from parley.index.types import Document, Passage, Span, Statement

MOST_SOURCES = 6
"""Sources of one request; more cost time on small machines and answer no more questions."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a source, with the statement that covers it.

    `instructs` says that it tells a machine reader what to do, `tells` that it neither asks nor merely repeats words. Nothing an
    answer says may rest on a sentence that instructs, or that does not tell.
    """

    span: Span
    text: str
    stems: frozenset[str]
    statement: Statement | None
    instructs: bool
    tells: bool = True


@dataclass(frozen=True)
class Source:
    """A passage that a draft may point to.

    Attributes:
        number: from 1, as in its marker.
        span: the passage widened to whole sentences; `document.text[span.start:span.end]` is `text`.
        statements: those that touch it.
    """

    number: int
    document: Document
    passage: Passage
    span: Span
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The words of the source."""
        return self.document.text[self.span.start : self.span.end]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its sentences in order."""
        return tuple(self._unit(span) for span in sentence_spans(self.document.text, *self.span))

    def _unit(self, span: Span) -> Unit:
        text = self.document.text[span.start : span.end]
        statement = covering_statement(self.statements, span.start, span.end)
        tells = not (asks(text) or is_stuffed(text))
        return Unit(span, text, content_stems(text), statement, instructs_machine(text), tells)

    @property
    def told(self) -> str:
        """The source as the prompt shows it: where it is from, the words, and who is said to have said what."""
        document = self.document
        origin = ", ".join(part for part in (document.outlet, document.title, document.date and str(document.date)) if part)
        lines = [f"[S{self.number}] {' '.join(origin.split())}", " ".join(self.text.split()), *self._speakers()]
        return "\n".join(lines)

    def _speakers(self) -> list[str]:
        """A line for each of the first statements, in words that a draft may copy: "(Lopez told the Courier: the toll …)"."""
        lines = []
        for statement in self.statements:
            first = statement.content[0]
            if statement.speaker is None or not self.span.start <= first.start < self.span.end:
                continue
            words = " ".join(self.document.text[first.start : first.end].split()[:_WORDS_SHOWN])
            lines.append(f"({attribution_frame(self.document, statement)} {words} …)")
        return lines[:_MOST_SPEAKER_LINES]


_MOST_SPEAKER_LINES, _WORDS_SHOWN = 3, 6


def choose_sources(evidence: Evidence, answer: Answer, *, most: int = MOST_SOURCES) -> list[Source]:
    """The passages that the extractive answer cites, then the others found, best first; each once."""
    cited = [citation.passage for citation in (*answer.citations, *answer.nearest)]
    found = [hit.passage for hit in answer.hits]
    passages = list({passage.id: passage for passage in (*cited, *found)}.values())[:most]
    return [_source(evidence, passage, number) for number, passage in enumerate(passages, start=1)]


def _source(evidence: Evidence, passage: Passage, number: int) -> Source:
    document = evidence.document(passage.document_id)
    span = whole_sentences(document.text, passage.start, passage.end)
    touching = tuple(item for item in evidence.statements(document.id) if item.start < span.end and item.end > span.start)
    return Source(number, document, passage, span, touching)


def within_budget(sources: Sequence[Source], tokens: int, count_tokens: Callable[[str], int]) -> list[Source]:
    """As many whole sources, from the first, as have at most `tokens` tokens together; a later, shorter one may still fit."""
    kept: list[Source] = []
    left = tokens
    for source in sources:
        size = count_tokens(source.told) + _SEPARATOR_TOKENS
        if size <= left:
            kept.append(Source(len(kept) + 1, source.document, source.passage, source.span, source.statements))
            left -= size
    return kept


_SEPARATOR_TOKENS = 4


def set_out(sources: Sequence[Source]) -> str:
    """The sources as the prompt shows them."""
    return "\n\n".join(source.told for source in sources)


def new_fence(*texts: str) -> str:
    """A line's beginning that no document can know, and that stands in none of these texts."""
    while True:
        fence = f"<<<{secrets.token_hex(4)}>>>"
        if not any(fence in text for text in texts):
            return fence
