"""Answers, citations, statements and checks as plain JSON values, the same on every surface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TypedDict

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.evidence.quote_check import QuoteCheck
from parley.assistant.evidence.statement_query import AttributedStatement
from parley.assistant.particulars import SCHEMA_VERSION, JsonObject, document_json, statement_json
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.ledger import Ledger
from parley.assistant.reports.views.positions import PositionTable
from parley.assistant.reports.views.timeline import Timeline, TimelineItem
from parley.index.errors import DocumentNotFoundError
from parley.index.types import Document, DocumentEntry, Hit, Span


class HitText(TypedDict):
    """A hit with its text."""

    rank: int
    score: float
    similarity: float | None
    lexical: float | None
    document_id: str
    title: str
    outlet: str | None
    date: str | None
    start: int
    end: int
    page: str | None
    headings: list[str]
    text: str


def entry_json(entry: DocumentEntry) -> JsonObject:
    """A document's particulars as a list of documents has them."""
    return {
        "id": entry.id,
        "title": entry.title,
        "outlet": entry.outlet,
        "author": entry.author,
        "date": entry.date.isoformat() if entry.date else None,
        "language": entry.language,
        "genre": entry.genre,
        "place": entry.place,
        "addressees": entry.addressees,
        "symbol": entry.symbol,
        "source_path": entry.source_path,
        "sha256": entry.sha256,
        "pages": entry.page_count,
        "basis": dict(entry.basis),
        "warnings": [asdict(warning) for warning in entry.warnings],
    }


def answer_json(answer: Answer) -> JsonObject:
    """The whole answer; offsets are half-open character positions in the document's text."""
    return answer.to_dict()


def sentence_json(sentence: AnswerSentence) -> JsonObject:
    """One sentence of an answer with its markers and the ranges in it that are quoted."""
    return sentence.to_dict()


def citation_json(citation: Citation) -> JsonObject:
    """One citation with its document's particulars and its statement."""
    return citation.to_dict()


def hits_json(hits: Iterable[Hit], document: Callable[[str], Document]) -> list[HitText]:
    """The hits with their documents, which `document` gives; a hit whose document was removed meanwhile is left out."""
    told = []
    for hit in hits:
        with suppress(DocumentNotFoundError):
            told.append(hit_json(hit, document(hit.passage.document_id)))
    return told


def attributed_statement_json(item: AttributedStatement) -> JsonObject:
    """A statement with its document."""
    return {
        "document": document_json(item.document),
        "quote": item.quote,
        **statement_json(item.statement, item.document),
    }


def position_table_json(table: PositionTable) -> JsonObject:
    """The table row by row; a cell without statements has an empty list."""
    rows = [
        {
            "party": party,
            "cells": [{"issue": issue, "statements": _cited_list(table.cell(party, issue).statements)} for issue in table.issues],
        }
        for party in table.parties
    ]
    return {
        "issues": list(table.issues),
        "rows": rows,
        "no_party_stated": _cited_list(table.unfiled),
        "nothing_on_these_issues": list(table.silent),
    }


def ledger_json(ledger: Ledger) -> JsonObject:
    """The entries in order."""
    return {
        "entries": [
            {"item": entry.item, "since": entry.since.isoformat() if entry.since else None, **cited_statement_json(entry.cited)}
            for entry in ledger.entries
        ]
    }


def timeline_json(timeline: Timeline) -> JsonObject:
    """The three lists."""
    return {
        "stated": [_timeline_item(item) for item in timeline.stated],
        "by_document": [_timeline_item(item) for item in timeline.by_document],
        "undated": [_timeline_item(item) for item in timeline.undated],
    }


def cited_statement_json(item: CitedStatement) -> JsonObject:
    """A statement of a view with its citation; every text stands at its offsets in the document."""
    document, sentence = item.document, item.sentence
    return {
        "quote": item.quote,
        "parts": [_span_json(document, span) for span in item.statement.content],
        "attribution": item.attribution,
        "speaker": item.statement.speaker,
        "speaker_kind": item.statement.speaker_kind,
        "speaker_listed_as": item.speaker_listed_as,
        "party": item.party,
        "party_basis": item.side.basis if item.side else None,
        "reported_by": list(item.reported_by),
        "reports": list(item.reports),
        "status": item.status,
        "hedges": list(item.hedges),
        "negations": list(item.negations),
        "issues": [{"issue": mention.issue, **_span_json(document, mention.span)} for mention in item.mentions],
        "document_id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "date": document.date.isoformat() if document.date else None,
        "date_basis": document.basis_of("date"),
        "page": document.page_at(item.statement.content[0].start),
        "passage": _span_json(document, sentence),
    }


def _cited_list(items: Sequence[CitedStatement]) -> list[JsonObject]:
    return [cited_statement_json(item) for item in items]


def _timeline_item(item: TimelineItem) -> JsonObject:
    document = item.cited.document
    return {
        "on": item.date.isoformat() if item.date else None,
        "basis": item.basis,
        "words": _span_json(document, item.words) if item.words else None,
        "sentence": _span_json(document, item.sentence),
        "statement": cited_statement_json(item.cited),
    }


def _span_json(document: Document, span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end, "text": document.text[span.start : span.end]}


def hit_json(hit: Hit, document: Document) -> HitText:
    """A hit with its passage's text."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "similarity": None if hit.dense is None else round(hit.dense, 4),
        "lexical": None if hit.lexical is None else round(hit.lexical, 4),
        "document_id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "date": document.date.isoformat() if document.date else None,
        "start": passage.start,
        "end": passage.end,
        "page": document.page_at(passage.start),
        "headings": list(passage.headings),
        "text": document.text[passage.start : passage.end],
    }


def quote_check_json(check: QuoteCheck) -> JsonObject:
    """A quotation check with its places and, for altered words, the difference."""
    return {
        "schema_version": SCHEMA_VERSION,
        "quote": check.quote,
        "speaker": check.speaker,
        "verdict": check.verdict,
        "message": check.message,
        "stands": check.stands,
        "difference": [asdict(change) for change in check.difference],
        "matches": [asdict(match) for match in check.matches],
        "citations": [citation_json(item) for item in check.citations],
    }
