"""One question on its way to an answer: what it asks, what was searched, and what was found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parley.assistant.answer import AnswerSentence, AnswerStatus, Citation
from parley.assistant.answers.composing import AnswerDraft, cite_statement
from parley.assistant.evidence.candidates import Candidate, has_words, is_formula, sentence_candidates
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.matching import WeightedTerm
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.stuffing import is_stuffed
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.closely import looked_at_closely
from parley.assistant.reading.passages import read_candidates
from parley.assistant.reading.reranking import Reranker, reranked
from parley.assistant.reading.scoring import Scored, score_candidates
from parley.index.models.passage_reader import PassageReader, packaged_passage_reader
from parley.index.types import Document, Hit, SearchFilter, Statement

NEAREST = 3
"""How many of the closest passages are shown when the documents do not answer."""


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """A statement near the passages found, with the hit that led to it."""

    document: Document
    statement: Statement
    hit: Hit


@dataclass(slots=True)
class Inquiry:
    """A question with its search result; candidates are made when first asked for.

    Attributes:
        reader: tells which sentences answer.
        before: what the conversation last spoke of, empty at its beginning.
        earlier: the questions asked before, each with the words that answered it.
        held: ids of the documents cited in the last answer.
        part_of: ids of the documents that answer the part before, where this one goes on from it: "…, and how many are done?".
    """

    evidence: Evidence
    question: QuestionAnalysis
    terms: tuple[WeightedTerm, ...]
    hits: list[Hit]
    filter: SearchFilter
    reranker: Reranker | None = None
    reader: PassageReader = field(default_factory=packaged_passage_reader)
    before: str = ""
    earlier: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()
    part_of: frozenset[str] = frozenset()
    _candidates: list[Candidate] | None = field(default=None)
    _scored: list[Scored] | None = field(default=None)

    def asking(
        self,
        question: QuestionAnalysis | None = None,
        terms: tuple[WeightedTerm, ...] | None = None,
        *,
        hits: list[Hit] | None = None,
        filter: SearchFilter | None = None,  # noqa: A002  (the name of the field)
    ) -> Inquiry:
        """The same inquiry with another question, other terms, hits or filter; what is not given stays."""
        return replace(
            self,
            question=question or self.question,
            terms=self.terms if terms is None else terms,
            hits=self.hits if hits is None else hits,
            filter=filter or self.filter,
            _candidates=None,
            _scored=None,
        )

    @property
    def candidates(self) -> list[Candidate]:
        """The sentences of the passages found, without those that have no words, merely repeat some, or tell whose turn it is."""
        if self._candidates is None:
            found = sentence_candidates(self.evidence, self.hits)
            self._candidates = [item for item in found if has_words(item) and not (is_stuffed(item.text) or is_formula(item))]
        return self._candidates

    @property
    def scored(self) -> list[Scored]:
        """The candidates, best first."""
        if self._scored is None:
            readings = read_candidates(self.reader, self.question.core, self.candidates, earlier=self.earlier)
            scored = score_candidates(self.candidates, readings, self.question, self.terms, self.held)
            scored = looked_at_closely(self.reader, self.question.core, scored, earlier=self.earlier)
            self._scored = reranked(scored, self.question.core, self.reranker) if self.reranker else scored
        return self._scored

    def statements(self) -> list[StatementCandidate]:
        """The statements that touch the passages found, in order of rank and position, each once."""
        found: dict[tuple[str, int, int], StatementCandidate] = {}
        for hit in self.hits:
            document = self.evidence.document(hit.passage.document_id)
            for statement in self.evidence.statements(document.id):
                if statement.start < hit.passage.end and statement.end > hit.passage.start:
                    key = (document.id, statement.content[0].start, statement.content[-1].end)
                    found.setdefault(key, StatementCandidate(document, statement, hit))
        return list(found.values())

    def cite(self, candidate: Candidate) -> Citation:
        """A citation of a candidate: its statement's sentences, or the sentence itself."""
        if candidate.statement is not None:
            return cite_statement(self.evidence, candidate.document, candidate.statement, candidate.span, candidate.hit.passage)
        return cite(self.evidence, candidate.document, candidate.span, None, passage=candidate.hit.passage)

    def nearest(self, among: Sequence[StatementCandidate] = ()) -> tuple[Citation, ...]:
        """The closest evidence, best first, numbered from 1: given statements first, then the best sentences."""
        cited = [
            cite_statement(self.evidence, item.document, item.statement, passage=item.hit.passage) for item in among[:NEAREST]
        ]
        cited += [self.cite(item.candidate) for item in self.scored[:NEAREST]]
        unique = {(item.document.id, item.start): item for item in reversed(cited)}
        ordered = list(dict.fromkeys((c.document.id, c.start) for c in cited))
        chosen = [unique[key] for key in ordered][:NEAREST]
        draft = AnswerDraft.empty(self.evidence)
        for citation in chosen:
            draft.marker(citation)
        return tuple(draft.citations)

    def draft(self) -> AnswerDraft:
        """An empty answer."""
        return AnswerDraft.empty(self.evidence)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one way of answering came to.

    `probability`, 0 to 1, is how surely its best sentence answers; `None` where who said it or the very words decide.
    """

    status: AnswerStatus
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    probability: float | None = None


def finished(status: AnswerStatus, draft: AnswerDraft, *notices: str, nearest: tuple[Citation, ...] = ()) -> Finding:
    """The draft as a finding."""
    return Finding(status, tuple(draft.sentences), tuple(draft.citations), nearest, notices)
