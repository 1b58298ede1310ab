"""Answers that keep to a named time: "in 1997", "in March", "between 1 and 5 May", and what was before or after an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta

from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.answers.times.told_days import is_of_day, is_of_time
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.asked_time import AskedTime
from parley.assistant.question.periods import span_of
from parley.index.language.sentences import sentence_spans
from parley.index.language.times import Time, find_times
from parley.index.language.words import content_stems, stems_of
from parley.index.types import SearchFilter

Ask = Callable[[str, SearchFilter], Answer]
"""Answers a question from the documents that a filter lets through."""

PASSAGES = 8
"""Passages that are looked through for the day of an event."""


def answer_of_time(question: str, rest: str, asked: AskedTime, ask: Ask, allowed: SearchFilter, evidence: Evidence) -> Answer:
    """The answer of a named time, else a refusal.

    The question is asked as it is, since documents may tell of the time; then without its time; then of documents of that time
    alone. The first answer counts that has sentences of the time, with these alone; failing that, one with sentences beside
    which the time is told.

    Args:
        question: as understood.
        rest: the same without its time.
        asked: the time.
        ask: asks the documents.
        allowed: the documents that may answer.
        evidence: the documents.
    """
    first = ask(question, allowed)
    if (kept := _kept(first, asked)) is not None:
        return kept
    timeless = ask(rest, allowed)
    if (kept := _kept(timeless, asked)) is not None:
        return kept
    dated = _of_that_time(asked, allowed, evidence)
    last = ask(rest, replace(allowed, document_ids=dated)) if dated else timeless
    if dated and last.citations and not last.abstained:
        return replace(last, notices=(*year_told(asked), *last.notices))
    beside = (_kept(answer, asked, around=True) for answer in (first, timeless))
    if (kept := next((answer for answer in beside if answer is not None), None)) is not None:
        return kept
    return first if timeless.abstained and first.abstained else _none_found(question, asked, last, has_documents=bool(dated))


def _none_found(question: str, asked: AskedTime, last: Answer, *, has_documents: bool) -> Answer:
    """The refusal, with what was found of other times as the nearest."""
    told = (
        "No sentence was found that is of the time asked for" if has_documents else "No document found is of the time asked for"
    )
    meant = f" ({_meant(asked).strip()})" if asked.relative else ""
    sentences = (AnswerSentence(f"{told}: {asked.words}{meant}."),)
    nearest = tuple(replace(item, marker=number) for number, item in enumerate(last.nearest or last.citations, start=1))
    return Answer(question, question, sentences, (), "not_in_documents", nearest=nearest, hits=last.hits)


def _kept(answer: Answer, asked: AskedTime, *, around: bool = False) -> Answer | None:
    """The answer with the sentences alone that are of the time; `None` where none is."""
    if answer.abstained or not answer.citations:
        return None
    fits = {item.marker: is_of_time(item, asked, around=around) for item in answer.citations}
    sentences = tuple(item for item in answer.sentences if not any(fits[marker] is False for marker in item.markers))
    if not any(item.markers for item in sentences):
        return None
    markers = sorted({marker for item in sentences for marker in item.markers})
    number = {marker: at for at, marker in enumerate(markers, start=1)}
    notices = [*year_told(asked)]
    if any(fits[marker] is None for marker in markers):
        notices.append(f"A document has no date, so whether what it says is of the time asked for ({asked.words}) is not known.")
    if len(sentences) < len(answer.sentences):
        notices.append(f"What is of another time is left out ({asked.words} was asked for).")
    one = answer.status == "accounts_differ" and len(markers) < 2
    return replace(
        answer,
        sentences=tuple(replace(item, markers=tuple(number[marker] for marker in item.markers)) for item in sentences),
        citations=tuple(replace(item, marker=number[item.marker]) for item in answer.citations if item.marker in number),
        notices=(*notices, *answer.notices),
        status="answered" if one else answer.status,
    )


def _of_that_time(asked: AskedTime, allowed: SearchFilter, evidence: Evidence) -> tuple[str, ...]:
    """The ids of the documents that are dated of the time."""
    inside = set(allowed.document_ids)
    entries = (entry for entry in evidence.entries() if not inside or entry.id in inside)
    return tuple(entry.id for entry in entries if entry.date is not None and is_of_day(entry.date, asked))


def year_told(asked: AskedTime) -> tuple[str, ...]:
    """Says which days a time was taken for that names no year, or that is counted from today."""
    return (f"“{asked.words}” is read as{_meant(asked)}.",) if asked.relative else ()


def _meant(asked: AskedTime) -> str:
    """The days of a time that its words do not give: " 1 May 2031 to 31 May 2031", or " from 1 May 2031"."""
    if asked.since is not None and asked.until is not None:
        return f" {_range(dict.fromkeys((asked.since, asked.until)))}"
    one = asked.since or asked.until
    return f" {'from' if asked.since else 'until'} {_range([one])}" if one is not None else ""


def _range(days: Iterable[Date]) -> str:
    return " to ".join(f"{day.day} {day:%B %Y}" for day in days)


def with_event_dated(asked: AskedTime, evidence: Evidence) -> tuple[AskedTime, str] | None:
    """The condition with the day of its event as its bound, and the words that tell that day; `None` where none is found.

    They are the days in the nearest sentence that names the event, else the date of the only document that is called like it.
    """
    wanted = content_stems(asked.event)
    days, told = _days_told(asked.event, wanted, evidence)
    called = {
        entry.date: entry.title for entry in evidence.entries() if entry.date and wanted and wanted <= stems_of(entry.title)
    }
    if not days and len(called) == 1:
        days, told = list(called), next(iter(called.values()))
    if not days:
        return None
    first, last = min(days), max(days)
    note = f"“{asked.event}” is read as that of {_range(dict.fromkeys((first, last)))}: “{told}”"
    if asked.side == "before":
        return replace(asked, until=first - timedelta(days=1)), note
    return replace(asked, since=last + timedelta(days=asked.side == "after")), note


def _days_told(event: str, wanted: frozenset[str], evidence: Evidence) -> tuple[list[Date], str]:
    """The days in the first sentence found that names the event and a day, and that sentence; no days where there is none."""
    for hit in evidence.search(event, k=PASSAGES):
        document = evidence.document(hit.passage.document_id)
        for span in sentence_spans(document.text, hit.passage.start, hit.passage.end):
            sentence = document.text[span.start : span.end]
            days = [day for time in find_times(sentence) if (day := _day_of(time, document.date)) is not None]
            if days and wanted <= stems_of(sentence):
                return days, " ".join(sentence.split())
    return [], ""


def _day_of(time: Time, written: Date | None) -> Date | None:
    """The day that a time names; one without a year is of the document's."""
    year = time.year or (written.year if written is not None else None)
    span = span_of(time, year) if time.day is not None and year is not None else None
    return span[0] if span is not None else None
