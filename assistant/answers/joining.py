"""The answers to several questions of one message as one answer, in which each passage is cited and each sentence told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.assistant.answer import AnswerSentence, AnswerStatus, Citation
from parley.assistant.answers.inquiry import Finding
from parley.index.language.paragraphs import merged

ABSTAINING: frozenset[AnswerStatus] = frozenset({"not_in_documents", "premise_not_found", "out_of_scope"})


def joined(questions: Sequence[str], findings: Sequence[Finding]) -> Finding:
    """One answer to all questions, markers numbered through; a question without an answer is named.

    Where one is out of scope, only that is said.
    """
    declined = next((finding for finding in findings if finding.status == "out_of_scope"), None)
    if len(findings) == 1 or declined is not None:
        return declined or findings[0]
    statuses = [finding.status for finding in findings]
    answered = [status for status in statuses if status not in ABSTAINING]
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for question, finding in zip(questions, findings, strict=True):
        if answered and finding.status == "not_in_documents":
            sentences.append(AnswerSentence(f"No passage was found that answers “{question}”"))
            continue
        markers = _markers(finding.citations, citations)
        sentences += [replace(item, markers=tuple(markers[marker] for marker in item.markers)) for item in finding.sentences]
    status: AnswerStatus = statuses[0] if len(set(statuses)) == 1 or not answered else "partly"
    nearest = next((finding.nearest for finding in findings if finding.nearest), ())
    notices = tuple(dict.fromkeys(notice for finding in findings for notice in finding.notices))
    probabilities = [finding.probability for finding in findings if finding.probability is not None]
    return Finding(status, _each_once(sentences), tuple(citations), nearest, notices, min(probabilities, default=None))


def _markers(cited: Sequence[Citation], citations: list[Citation]) -> dict[int, int]:
    """The marker of each citation of a part within the whole answer; spans that no earlier part cites are added to the list."""
    markers: dict[int, int] = {}
    for item in cited:
        place = (item.document.id, item.start, item.end)
        same = (known.marker for known in citations if (known.document.id, known.start, known.end) == place)
        markers[item.marker] = next(same, len(citations) + 1)
        if markers[item.marker] > len(citations):
            citations.append(replace(item, marker=markers[item.marker]))
    return markers


def _each_once(sentences: Iterable[AnswerSentence]) -> tuple[AnswerSentence, ...]:
    """The sentences in order, each where it first stands, with the words marked that answer any of the questions."""
    told: dict[tuple[str, tuple[int, ...]], AnswerSentence] = {}
    for sentence in sentences:
        first = told.setdefault((sentence.text, sentence.markers), sentence)
        told[sentence.text, sentence.markers] = replace(first, marked=merged([*first.marked, *sentence.marked]))
    return tuple(told.values())
