"""The words of a sentence that answer: pointed at by a trained reader, and put in front where they may stand alone."""

from __future__ import annotations

import math
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from parley import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.index.errors import ModelError
from parley.index.models.span_reader import (
    LONGEST,
    ReadSpan,
    SpanReader,
    TrainedSpanReader,
    best_pair,
    packaged_span_reader,
    whole_words,
)
from parley.index.types import Document, Span
from tests.assistant.texts import library_of

HARBOUR = (
    "The harbour of Vesterhavn was laid out in 1874 by the engineer Ane Holm. Its cranes lift coal, timber and grain, and "
    "$1,250.50 a day is charged for a berth. A storm of 1911 closed it for seven weeks because the breakwater had burst."
)
QUESTIONS = {
    "Who laid out the harbour?": "Ane Holm",
    "When was the harbour of Vesterhavn laid out?": "1874",
    "Why did the harbour close in 1911?": "the breakwater had burst",
    "What does the harbour charge for a berth?": "$1,250.50",
}


class Pointing:
    """Points at given words wherever they stand, with a given probability."""

    def __init__(self, words: str, probability: float = 0.9) -> None:
        self.words, self.probability = words, probability

    def read(self, question: str, text: str, within: Span, *, title: str = "") -> ReadSpan | None:
        assert question
        assert isinstance(title, str)
        start = text.find(self.words, within.start, within.end)
        return ReadSpan(Span(start, start + len(self.words)), self.probability) if start >= 0 else None


def _readers() -> list[SpanReader]:
    return [Pointing("harbour"), packaged_span_reader()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_lie_in_the_sentence_and_are_whole(question: str) -> None:
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[A-Z].*?\.(?= [A-Z]|$)", HARBOUR)]
    for reader in _readers():
        pointed = [(sentence, reader.read(question, HARBOUR, sentence, title="Harbours")) for sentence in sentences]
        assert any(found for _, found in pointed)
        for sentence, found in pointed:
            if found is None:
                continue
            assert sentence.start <= found.span.start < found.span.end <= sentence.end
            assert 0 < found.probability <= 1
            words = HARBOUR[found.span.start : found.span.end]
            assert re.search(rf"(?<!\w){re.escape(words)}(?!\w)", HARBOUR)


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_the_packaged_reader_finds_the_answer(question: str, answer: str) -> None:
    at = HARBOUR.index(answer)
    start = HARBOUR.rfind(". ", 0, at) + 1
    end = HARBOUR.find(". ", at) + 1 or len(HARBOUR)
    found = packaged_span_reader().read(question, HARBOUR, Span(start, end))
    assert found is not None
    assert answer in HARBOUR[found.span.start : found.span.end]


def test_a_sentence_beyond_what_can_be_read_has_no_words() -> None:
    text = "Ships came and went. " * 400 + "Ane Holm laid it out."
    assert packaged_span_reader().read("Who laid it out?", text, Span(len(text) - 21, len(text))) is None
    assert packaged_span_reader().read("Who laid it out?", "  ", Span(0, 2)) is None


def test_the_longest_question_and_any_script_can_be_read() -> None:
    reader, asked = packaged_span_reader(), "who laid out the harbour and " * 80
    for question, text in [
        (asked, HARBOUR),
        ("谁签署了协议？", "双方于2022年在伊斯坦布尔签署了协议。"),
        ("من وقع؟", "وقّع أحمد الاتفاق في القاهرة"),
        ("Who?", "👩‍👩‍👧‍👦 signed e\u0301te\u0301 \0 twice"),
        ("Who?", "a" * 5000),
        ("", "Ane Holm"),
    ]:
        found = reader.read(question, text, Span(0, len(text)))
        assert found is not None
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert text[found.span.start : found.span.end].strip()


def test_weights_that_are_missing_or_something_else_are_told(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_bytes(b"no archive")
    np.savez(tmp_path / "other.npz", other=np.zeros(3))
    np.savez(tmp_path / "empty.npz", **{"head.weight": np.full((2, 384), np.nan), "head.bias": np.zeros(2)})
    for name in ("missing.npz", "text.npz", "other.npz", "empty.npz"):
        with pytest.raises(ModelError, match=rf"{name}.*Reinstall Parley"):
            TrainedSpanReader(tmp_path / name).read("Who?", "Ane Holm", Span(0, 8))


def test_threads_read_the_same_as_one() -> None:
    reader = TrainedSpanReader()
    whole = Span(0, len(HARBOUR))
    alone = [reader.read(question, HARBOUR, whole) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: reader.read(question, HARBOUR, whole), list(QUESTIONS) * 3))
    assert [found and found.span for found in together] == [found and found.span for found in alone * 3]


def test_the_best_pair_is_that_of_trying_all() -> None:
    random = np.random.default_rng(7)
    for count in (1, 2, 5, 40):
        starts, ends = random.normal(size=(2, count)).astype(np.float32) * 3
        pairs = [(i, j) for i in range(count) for j in range(i, min(count, i + LONGEST))]
        sums = np.array([float(starts[i]) + float(ends[j]) for i, j in pairs])
        first, last, probability = best_pair(starts, ends)
        assert (first, last) == pairs[int(sums.argmax())]
        assert probability == pytest.approx(float(np.exp(sums.max()) / np.exp(sums).sum()))


@pytest.mark.parametrize(
    ("text", "pointed", "whole"),
    [
        ("the breakwaters burst", "water", "breakwaters"),
        ("a toll of $1,250.50 a day", "250", "$1,250.50"),
        ("up 12.5% since", "12", "12.5%"),
        ("It closed. Then", "closed", "closed"),
        ("by Ane Holm’s firm", "Holm", "Holm’s"),
        ("sold, bought", "sold", "sold"),
    ],
)
def test_spans_are_widened_to_whole_words(text: str, pointed: str, whole: str) -> None:
    start = text.index(pointed)
    span = whole_words(text, Span(start, start + len(pointed)), Span(0, len(text)))
    assert text[span.start : span.end] == whole


def test_no_word_is_widened_beyond_the_sentence() -> None:
    assert whole_words("breakwater", Span(5, 7), Span(5, 10)) == Span(5, 10)


def _answered(tmp_path: Path, text: str, question: str, reader: SpanReader) -> Answer:
    library = library_of(tmp_path, [Document.from_text(text, id="report", title="Report", language="en")])
    return ExtractiveReader(library, span_reader=reader).answer(question, question)


FERRY = "The ferry between the islands carries timber on weekdays. The ferry was painted green in 1911."


def test_what_is_pointed_at_stands_in_front(tmp_path: Path) -> None:
    answer = _answered(tmp_path, FERRY, "What does the ferry between the islands carry?", Pointing("timber"))
    assert answer.sentences[0].text.startswith("“timber”.")
    assert "carries timber on weekdays" in answer.sentences[1].text
    assert answer.citations[0].quote == "The ferry between the islands carries timber on weekdays."


@pytest.mark.parametrize(
    "reader",
    [
        Pointing("timber", probability=0.05),
        Pointing("timber", probability=math.nan),
        Pointing("the islands"),
        Pointing("elsewhere"),
        Pointing("The ferry between the islands carries timber on weekdays"),
    ],
    ids=["unsure", "no number", "repeats the question", "points at nothing", "points at all"],
)
def test_no_lead_is_better_than_a_poor_one(tmp_path: Path, reader: SpanReader) -> None:
    answer = _answered(tmp_path, FERRY, "What does the ferry between the islands carry?", reader)
    assert answer.status == "answered"
    assert "carries timber on weekdays" in answer.sentences[0].text


@pytest.mark.parametrize(("probability", "lead"), [(0.4, "“in 1911”."), (0.9, "“1911”.")])
def test_what_a_rule_finds_gives_way_to_what_is_surely_read(tmp_path: Path, probability: float, lead: str) -> None:
    answer = _answered(tmp_path, FERRY, "When was the ferry painted green?", Pointing("1911", probability))
    assert answer.sentences[0].text.startswith(lead)


def test_an_opinion_does_not_stand_in_front_without_its_speaker(tmp_path: Path) -> None:
    text = "The harbour master said that the closing of the old bridge was a disgrace for the islands."
    answer = _answered(tmp_path, text, "What was the closing of the old bridge?", Pointing("a disgrace"))
    first = answer.sentences[0].text
    assert "disgrace" in first
    assert "harbour master" in first


def test_the_reporters_own_words_are_no_part_of_a_lead(tmp_path: Path) -> None:
    text = "The cargo carried by the ferries between the islands is timber, the harbour master said on Friday."
    question = "Which cargo is carried by the ferries between the islands?"
    whole = _answered(tmp_path / "whole", text, question, Pointing("timber, the harbour master said")).sentences[0].text
    assert "harbour master" in whole
    assert not whole.startswith("“timber")
    part = _answered(tmp_path / "part", text, question, Pointing("timber")).sentences[0].text
    assert part.startswith("“timber”, according to")
    assert "harbour master" in part
