"""The reader that needs no language model: it searches and answers with verbatim words and who said them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Protocol

from parley.assistant.answer import Answer, Citation
from parley.assistant.answers.ambiguity import open_notices, unclear
from parley.assistant.answers.comparing import compare
from parley.assistant.answers.facts.denied_deeds import asked_deeds
from parley.assistant.answers.facts.read_answer import ENOUGH, likely, read_answer
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.joining import ABSTAINING, joined
from parley.assistant.answers.provenance import provenance
from parley.assistant.answers.provision_answers import mentions_only, nearest_rule, provision_answer
from parley.assistant.answers.quote_answers import quote_answer
from parley.assistant.answers.refusal import foreign_languages, searched_notice, unread_notices
from parley.assistant.answers.statements.quoted_by import asks_who_said_words, who_said_words
from parley.assistant.answers.statements.where_said import where_said
from parley.assistant.answers.table_answers import table_answer
from parley.assistant.dialogue.carried import NOTHING, Carried
from parley.assistant.dialogue.follow_up import continued
from parley.assistant.dialogue.followup_search import search_with_context
from parley.assistant.dialogue.understanding import stands_alone
from parley.assistant.evidence.draft_brackets import bracket_notices
from parley.assistant.evidence.matching import weigh
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.assistant.evidence.speaker_matching import is_theirs_by_list_only
from parley.assistant.question.analysis import QuestionAnalysis, analyse_question, content_terms
from parley.assistant.question.open_question import leaves_out
from parley.assistant.question.question_parts import question_parts
from parley.assistant.reading.features import PRESENT
from parley.assistant.reading.pool import FOUND, best_passages
from parley.assistant.reading.reranking import Reranker
from parley.index.models.passage_reader import PassageReader, packaged_passage_reader
from parley.index.types import Hit, SearchFilter

RECENT = timedelta(days=14)
"""How far back "this week" and "recently" are looked for first, where the question says on which day it was asked."""

FORETOLD = 0.6
"""Least probability of an answer to a question about the future; set so that the sample documents say nothing to "Will the talks
succeed?"."""


class Reader(Protocol):
    """Turns a question into an answer that rests on the library's documents."""

    def answer(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = NO_FILTER,  # noqa: A002  (the public name of the option)
        notices: tuple[str, ...] = (),
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer the question as typed, understood as `standalone`; `carried` is what the conversation before adds to it."""
        ...


_HANDLERS: dict[str, Callable[[Inquiry], Finding]] = {
    "quote_check": quote_answer,
    "provenance": provenance,
    "where_said": where_said,
    "compare": compare,
}


class ExtractiveReader:
    """Answers with sentences and statements of the documents, chosen by a documented score.

    The same library and question give the same answer.
    """

    def __init__(self, evidence: Evidence, *, reranker: Reranker | None = None, reader: PassageReader | None = None) -> None:
        """Read from `evidence`.

        `reader` tells which sentences answer, and with which words; by default the one that comes with Parley. A reranker, where
        one is given, has a say in the order of the best ones.
        """
        self._evidence = evidence
        self._reranker = reranker
        self._passage_reader = reader or packaged_passage_reader()

    def answer(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = NO_FILTER,  # noqa: A002  (the public name of the option)
        notices: tuple[str, ...] = (),
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer a question.

        Args:
            question: as typed, recorded in the answer.
            standalone: as understood; this is what is answered. Several questions in one are answered one after the other.
            filter: restricts the documents.
            notices: remarks to put before the reader's own.
            carried: what the conversation adds: see `Carried`.
        """
        started = time.perf_counter()
        inquiries = self._inquiries(standalone, filter, carried)
        searched = time.perf_counter()
        finding = _answered(inquiries)
        if carried != NOTHING and (finding.status == "not_in_documents" or finding.probability is not None):
            by_itself = self._by_itself(question, filter)
            if by_itself is not None and _is_surer(by_itself[1], finding):
                (inquiries, finding), standalone = by_itself, question
        return Answer(
            question=question,
            standalone_question=standalone,
            sentences=finding.sentences,
            citations=finding.citations,
            status=finding.status,
            nearest=finding.nearest,
            hits=_all_hits(inquiries),
            notices=(*notices, *self._notices(finding, filter), *_filed_notices(finding, inquiries)),
            asked=tuple(inquiry.question for inquiry in inquiries),
            probability=finding.probability,
            timings={"search": searched - started, "read": time.perf_counter() - searched},
        )

    def _notices(self, finding: Finding, filter: SearchFilter) -> tuple[str, ...]:  # noqa: A002
        """The finding's own remarks, and those on what is not agreed, could not be read, or is in another language."""
        is_refused = finding.status in ABSTAINING - {"out_of_scope"}
        unread = unread_notices(self._evidence, filter) if is_refused else ()
        own = tuple(dict.fromkeys((*finding.notices, *bracket_notices(finding.citations))))
        return (*own, *unread, *_language_notices(finding.citations))

    def _inquiries(self, standalone: str, filter: SearchFilter, carried: Carried) -> list[Inquiry]:  # noqa: A002
        """One for each part of the question; a part that needs the one before is understood from it."""
        parts = question_parts(standalone)
        return [self.inquire(part, filter, _with_part_before(carried, parts, number)) for number, part in enumerate(parts)]

    def _by_itself(self, question: str, filter: SearchFilter) -> tuple[list[Inquiry], Finding] | None:  # noqa: A002
        """What a question finds as if nothing had been asked before, where it can be meant so; `None` where that is no answer.

        Not for questions of whether, to which some sentence always seems to bear.
        """
        if not stands_alone(question):
            return None
        inquiries = [self.inquire(part, filter) for part in question_parts(question)]
        if any(inquiry.question.kind == "whether" for inquiry in inquiries):
            return None
        finding = _answered(inquiries)
        return None if finding.status in ABSTAINING else (inquiries, finding)

    def inquire(
        self,
        part: str,
        filter: SearchFilter,  # noqa: A002  (the public name of the option)
        carried: Carried = NOTHING,
    ) -> Inquiry:
        """Analyse one question and search for it."""
        question = continued(part, carried.matter, carried.person) if carried.matter else analyse_question(part)
        narrowed = self._narrowed(question, filter)
        query = _query(question)
        hits = search_with_context(self._evidence, query, carried, k=FOUND, filter=narrowed)
        if question.asked_on is not None and PRESENT.search(question.core) and narrowed.since is narrowed.until is None:
            lately = replace(narrowed, since=question.asked_on - RECENT, until=question.asked_on + timedelta(days=2))
            hits = _interleaved(self._evidence.search(query, k=FOUND, filter=lately), hits)
        terms = weigh(question.terms, self._evidence)
        asked = weigh(content_terms(" ".join([*carried.earlier, query])), self._evidence)
        hits = best_passages(hits, asked, self._evidence)
        return Inquiry(
            self._evidence,
            question,
            terms,
            hits,
            narrowed,
            self._reranker,
            self._passage_reader,
            before=carried.query,
            earlier=carried.earlier,
            held=frozenset(carried.held),
        )

    def _narrowed(self, question: QuestionAnalysis, filter: SearchFilter) -> SearchFilter:  # noqa: A002
        """The filter, limited to the report that the question names; a report that is not there leaves no document."""
        if question.outlet is None:
            return filter
        matching = tuple(
            document.id
            for document in self._evidence.entries()
            if _same_outlet(question.outlet, document.outlet or document.title)
            and (question.published is None or (document.date is not None and question.published.may_be(document.date)))
        )
        allowed = [name for name in matching if not filter.document_ids or name in filter.document_ids]
        return replace(filter, document_ids=tuple(allowed) or ("\0no such report",))


def _is_surer(alone: Finding, within: Finding) -> bool:
    """Whether what a question finds by itself answers more surely than what it finds within the conversation."""
    if within.status == "not_in_documents":
        return True
    return alone.probability is not None and within.probability is not None and alone.probability > within.probability


def _all_hits(inquiries: Sequence[Inquiry]) -> tuple[Hit, ...]:
    """What was found for all parts of a question, each passage once."""
    return tuple({hit.passage.id: hit for inquiry in inquiries for hit in inquiry.hits}.values())


def _with_part_before(carried: Carried, parts: Sequence[str], number: int) -> Carried:
    """What a part of a question is asked after: the conversation, and the part before where it needs that to be understood."""
    earlier = (*carried.earlier, *_needed(parts, number))[-2:]
    if not number or not leaves_out(parts[number]):
        return replace(carried, earlier=earlier)
    before = analyse_question(parts[number - 1])
    person = before.speaker or next(iter(before.names[::-1]), None) or carried.person
    return replace(carried, earlier=earlier, matter=before, person=person)


def _needed(parts: Sequence[str], number: int) -> tuple[str, ...]:
    """The part before, where a part needs it to be understood: "Who proposed it, and by when?"."""
    part = parts[number]
    alone = stands_alone(part) and len(part.split()) > _FEW_WORDS
    return () if not number or alone else (parts[number - 1],)


_FEW_WORDS = 4
"""Words up to which a later part says too little by itself: "And by when?"."""


def _language_notices(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Says of which languages no attribution is made."""
    others = foreign_languages(citations)
    if not others:
        return ()
    return (f"Who said what is told for documents in English only; cited here are also documents in: {', '.join(others)}.",)


def _filed_notices(finding: Finding, inquiries: Sequence[Inquiry]) -> tuple[str, ...]:
    """Says whose words are told as the asked one's only because the user's list files them so."""
    told = {
        citation.statement.speaker: inquiry.question.speaker
        for inquiry in inquiries
        for citation in finding.citations
        if inquiry.question.speaker is not None
        and citation.statement is not None
        and is_theirs_by_list_only(citation.statement, inquiry.question.speaker, citation.document)
    }
    return tuple(f"{speaker} stands for {asked} by your own list, aliases.tsv." for speaker, asked in told.items())


def _interleaved(first: list[Hit], second: list[Hit]) -> list[Hit]:
    """Two rankings taken in turns, each passage once, ranked anew."""
    turns = [hit for pair in zip_longest(first, second) for hit in pair if hit is not None]
    unique = {hit.passage.id: hit for hit in reversed(turns)}
    ordered = list(dict.fromkeys(hit.passage.id for hit in turns))
    return [replace(unique[key], rank=rank) for rank, key in enumerate(ordered, start=1)]


def _same_outlet(asked: str, stated: str) -> bool:
    left, right = (" ".join(text.lower().removeprefix("the ").split()) for text in (asked, stated))
    return left == right or (len(left) > 3 and left in right) or (len(right) > 3 and right in left)


def _query(question: QuestionAnalysis) -> str:
    """What to search for: the question's core with the asked speaker, or the quoted words where they are the matter."""
    if question.quotes and question.kind in {"who_said", "where_said", "provenance"}:
        return " ".join([question.speaker or "", *question.quotes]).strip()
    if question.speaker and question.speaker not in question.core:
        return f"{question.core} {question.speaker}"
    return question.core


def _answer_one(inquiry: Inquiry) -> Finding:
    if inquiry.question.scope != "documents" and not _stated_plan(inquiry):
        return _out_of_scope(inquiry)
    if not inquiry.hits:
        draft = inquiry.draft()
        draft.say(
            [
                "There is nothing to answer from: no document of that report is in the library."
                if inquiry.question.outlet
                else "There is nothing to answer from."
            ]
        )
        return finished("not_in_documents", draft, searched_notice(inquiry))
    if (of_provision := provision_answer(inquiry)) is not None:
        return of_provision
    if (of_table := table_answer(inquiry)) is not None:
        return of_table
    if (asking_back := unclear(inquiry)) is not None:
        return asking_back
    handler = who_said_words if asks_who_said_words(inquiry.question) else _HANDLERS.get(inquiry.question.kind, read_answer)
    found = handler(inquiry)
    found = nearest_rule(inquiry, mentions_only(inquiry, found))
    return replace(found, notices=(*open_notices(inquiry), *found.notices))


def _stated_plan(inquiry: Inquiry) -> bool:
    """Whether a document answers a question about the future: "Will he speak in Oslo?" may be in the programme.

    It need not be as sure where its best sentence has the verb of the question: "they agreed to meet again".
    """
    if inquiry.question.scope != "future" or not inquiry.scored:
        return False
    has_verb = bool(inquiry.scored[0].candidate.stems & asked_deeds(inquiry.question.core))
    return likely(inquiry) >= (ENOUGH if has_verb else FORETOLD)


_REASONS = {
    "future": "Parley does not predict; it tells what the documents state.",
    "opinion": "Parley does not judge or advise; it tells what the documents state.",
    "task": "Parley answers questions about the documents and does nothing else.",
    "outside": "Parley answers questions about the documents and nothing else.",
}


def _out_of_scope(inquiry: Inquiry) -> Finding:
    draft = inquiry.draft()
    draft.say([_REASONS[inquiry.question.scope]])
    stated = inquiry.nearest() if inquiry.question.scope in {"future", "opinion"} else ()
    if stated:
        draft.say(["The closest passages are shown."])
    return finished("out_of_scope", draft, searched_notice(inquiry), nearest=stated)


def _answered(inquiries: Sequence[Inquiry]) -> Finding:
    """The answers to all parts of a question as one."""
    findings: list[Finding] = []
    for number, inquiry in enumerate(inquiries):
        goes_on = bool(number) and inquiries[number - 1].question.text in inquiry.earlier
        before = frozenset(item.document.id for item in findings[-1].citations) if goes_on else frozenset()
        findings.append(_answer_one(replace(inquiry, part_of=before)))
    return joined([inquiry.question.text for inquiry in inquiries], findings)
