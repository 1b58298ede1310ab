"""Putting settled sentences together: markers numbered in order of appearance, citations cut to what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from parley.assistant.answer import AnswerSentence, Citation
from parley.assistant.answers.composing import AnswerDraft, cite_statement, sentence_pieces
from parley.assistant.drafting.alignment import coverage_of
from parley.assistant.drafting.checking import SentenceCheck
from parley.assistant.drafting.repairing import Settled, Verbatim
from parley.assistant.evidence.citing import cite, whole_sentences
from parley.assistant.evidence.source import Evidence
from parley.index.language.words import content_stems
from parley.index.types import Span

TOLD_ALREADY = 0.6
"""Share of a cited sentence's content words in the answer from which it is not shown as well in place of a failed one."""

_WIDEST = 700
"""Characters from the first to the last sentence of a ground that are cited as one; parts further apart are cited apart."""


@dataclass(slots=True)
class DraftedAnswer:
    """An answer being made of a draft's settled sentences."""

    _draft: AnswerDraft

    @classmethod
    def empty(cls, evidence: Evidence) -> DraftedAnswer:
        """An answer without sentences."""
        return cls(AnswerDraft.empty(evidence))

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """The sentences so far."""
        return tuple(self._draft.sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, numbered in order of appearance."""
        return tuple(self._draft.citations)

    @property
    def text(self) -> str:
        """The sentences so far without markers."""
        return " ".join(sentence.text for sentence in self._draft.sentences)

    def add(self, settled: Settled) -> None:
        """Show what a sentence was settled to; what is already shown is not repeated."""
        if isinstance(settled.shown, SentenceCheck):
            self._add_checked(settled.shown)
        elif isinstance(settled.shown, Verbatim):
            self._add_verbatim(settled.shown)

    def _add_checked(self, check: SentenceCheck) -> None:
        if any(sentence.text == check.text for sentence in self._draft.sentences):
            return
        citations = self._citations(check)
        markers = tuple(dict.fromkeys(self._draft.marker(citation) for citation in citations))
        self._draft.sentences.append(AnswerSentence(check.text, markers, check.quoted))

    def _citations(self, check: SentenceCheck) -> list[Citation]:
        source = check.source
        first, last = check.ground[0].span.start, check.ground[-1].span.end
        spans = [Span(first, last)] if last - first <= _WIDEST else [unit.span for unit in check.ground]
        statement = next((unit.statement for unit in check.ground if unit.statement is not None), None)
        whole = [whole_sentences(source.document.text, *span) for span in spans]
        return [cite(self._draft.evidence, source.document, span, statement, passage=source.passage) for span in whole]

    def _add_verbatim(self, shown: Verbatim) -> None:
        document, unit = shown.source.document, shown.unit
        cited = any(
            item.document.id == document.id and item.start <= unit.span.start < item.end for item in self._draft.citations
        )
        if cited and coverage_of(unit.stems, content_stems(self.text)) >= TOLD_ALREADY:
            return
        evidence = self._draft.evidence
        if unit.statement is None:
            citation = cite(evidence, document, unit.span, None, passage=shown.source.passage)
        else:
            citation = cite_statement(evidence, document, unit.statement, unit.span, shown.source.passage)
        self._draft.say(sentence_pieces(document, unit.span, unit.statement), citation)
