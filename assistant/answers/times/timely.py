"""Answers that keep to a time: documents of the days asked for, the newest that answers, and relative days with their date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date as Date

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.asked_time import AskedTime
from parley.index.language.dates import find_dates
from parley.index.language.lexicon import lexicon, word_kind
from parley.index.language.words import words_of
from parley.index.types import SearchFilter

MOST_TRIED = 5
"""Documents, newest first, that are asked for what the latest is."""


def narrowed(filter: SearchFilter, asked: AskedTime) -> SearchFilter:  # noqa: A002  (the public name of the option)
    """The filter with the days asked for."""
    since = max((day for day in (filter.since, asked.since) if day is not None), default=None)
    until = min((day for day in (filter.until, asked.until) if day is not None), default=None)
    return replace(filter, since=since, until=until)


def none_of_that_time(question: str, asked: AskedTime, evidence: Evidence) -> Answer | None:
    """The refusal where no document is of the days asked for; `None` where there is one, or no bound is set."""
    if asked.within or (asked.since is None and asked.until is None):
        return None
    days = [entry.date for entry in evidence.entries() if entry.date is not None]
    if any((asked.since or day) <= day <= (asked.until or day) for day in days):
        return None
    meant = f" ({_range(asked)})" if asked.relative else ""
    newest = f" The newest is of {_day(max(days))}." if days else ""
    text = f"No document is from the time asked for: {asked.words}{meant}.{newest}"
    return Answer(question, question, (AnswerSentence(text),), (), "not_in_documents")


def undated_notices(asked: AskedTime, evidence: Evidence) -> tuple[str, ...]:
    """Says that a time cannot be kept to, where no document at all has a date; empty where one has, or no bound is set."""
    is_bound = asked.since is not None or asked.until is not None
    if asked.within or not is_bound or any(entry.date is not None for entry in evidence.entries()):
        return ()
    return (f"No document here has a date, so whether this is of the time asked for ({asked.words}) is not known.",)


def is_told_of(asked: AskedTime, evidence: Evidence) -> bool:
    """Whether a time is one that documents tell of, and none is from: "until 2017" may be how long somebody held an office."""
    bound = asked.since or asked.until
    if bound is None or asked.relative or none_of_that_time("", asked, evidence) is None:
        return False
    return any(evidence.passage_frequency(word) for word in re.findall(r"\d{4}", asked.words))


def newest_answer(first: Answer, ask: Callable[[str], Answer], evidence: Evidence) -> Answer:
    """The answer of the newest document found that answers, else the first one; `ask` answers from one document, by its id."""
    known = {entry.id: entry.date for entry in evidence.entries()}
    dated = {hit.passage.document_id: day for hit in first.hits if (day := known.get(hit.passage.document_id)) is not None}
    for name in sorted(dated, key=lambda item: dated[item], reverse=True)[:MOST_TRIED]:
        answer = ask(name)
        if answer.citations and not answer.abstained:
            note = f"From the newest document that answers, of {_day(dated[name])}."
            return replace(answer, notices=(note, *answer.notices), hits=first.hits)
    return first


def with_days(answer: Answer) -> Answer:
    """The answer to "when", its relative days told with the date that they count from; without any time, a partial one."""
    if answer.status != "answered" or not answer.asked or answer.asked[0].answer_type != "date":
        return answer
    told: list[AnswerSentence] = []
    dated = False
    for citation in answer.citations:
        relative = list(_relative_days(citation.quote))
        dated = dated or _has_date(citation.quote) or bool(relative)
        if relative and not find_dates(citation.quote):
            told.append(AnswerSentence(_counted_from(relative[0], citation), (citation.marker,)))
    if not dated:
        note = "No sentence found says when."
        return replace(answer, status="partly", notices=(note, *answer.notices))
    undated = bool(told) and all(item.document.date is None for item in answer.citations)
    return replace(answer, sentences=(*answer.sentences, *told), status="partly" if undated else answer.status)


def _counted_from(word: str, citation: Citation) -> str:
    day = citation.document.date
    if day is None:
        return f"From which day “{word}” counts, the document does not state."
    return f"“{word}” is counted from the document's date, {_day(day)}."


def _relative_days(text: str) -> Iterator[str]:
    """Words such as "tomorrow" and "Friday" that mean no day without another one."""
    kinds = lexicon().kinds
    months = {Date(2000, number, 1).strftime("%B").lower() for number in range(1, 13)}
    for word in words_of(text):
        if kinds.get(word.surface.lower()) == "time" and word.folded not in months and word.folded not in _SPANS:
            yield word.surface


_SPANS = word_kind("stretch_of_time")


def _has_date(text: str) -> bool:
    """Whether a text has a date, a year, a clock time or another number, any of which may say when."""
    return bool(find_dates(text)) or any(word.folded[:1].isdigit() for word in words_of(text))


def _range(asked: AskedTime) -> str:
    days = [day for day in (asked.since, asked.until) if day is not None]
    return " to ".join(dict.fromkeys(_day(day) for day in days))


def _day(day: Date) -> str:
    return f"{day.day} {day:%B %Y}"
