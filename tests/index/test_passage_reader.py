"""The trained reader: which sentence answers, which words, and that nothing about it varies."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from parley.index.errors import ModelError
from parley.index.models.passage_reader import TrainedPassageReader, packaged_passage_reader
from parley.index.models.reader_input import MOST_OF_HEADER, MOST_TOKENS, ReadablePassage, encode_passage, header_line
from parley.index.types import Span

TEXT = (
    "The delegates met for three days in the old customs house. Ane Holm, who leads the mediators, put the ferry plan on the "
    "table. The harbour of Hask was closed by fog on Tuesday."
)


def passage(text: str = TEXT, header: str = "") -> ReadablePassage:
    spans = tuple(Span(match.start(), match.end()) for match in re.finditer(r"[^ ].*?[.?](?= |$)", text))
    return ReadablePassage(text, spans, header)


@pytest.fixture(scope="module")
def reader() -> TrainedPassageReader:
    return packaged_passage_reader()


@pytest.mark.parametrize(
    ("question", "number", "words"),
    [
        ("Whose idea was the ferry plan?", 1, "Ane Holm"),
        ("How long did the meeting go on?", 0, "three days"),
        ("What shut the port?", 2, "fog"),
    ],
)
def test_the_sentence_that_answers_scores_highest_and_its_words_are_pointed_at(
    reader: TrainedPassageReader, question: str, number: int, words: str
) -> None:
    (readings,) = reader.read(question, [passage()])
    assert max(range(3), key=lambda place: readings[place].score) == number
    span = readings[number].span
    assert span is not None
    assert words in TEXT[span.start : span.end]
    sentence = passage().sentences[number]
    assert sentence.start <= span.start < span.end <= sentence.end


def test_a_question_of_something_else_scores_below_one_that_is_answered(reader: TrainedPassageReader) -> None:
    answered, other = (
        max(item.score for item in reader.read(question, [passage()])[0])
        for question in ("Who put the ferry plan on the table?", "How many soldiers did Velmark withdraw in March?")
    )
    assert answered > 0 > other


def test_an_earlier_question_tells_what_a_later_one_means(reader: TrainedPassageReader) -> None:
    text = "Norland asked for a longer pause in the spring. Velmark asked for nine ships. Oduna said nothing."
    alone = reader.read("And Velmark?", [passage(text)])[0][1].score
    after = reader.read("And Velmark?", [passage(text)], earlier=["What did Norland ask for?"])[0][1].score
    assert after > alone


def test_a_passage_is_read_alike_whatever_is_read_beside_it(reader: TrainedPassageReader) -> None:
    question, other = "Whose idea was the ferry plan?", passage("The fee is nine crowns. It rose in May.")
    assert reader.read(question, [passage()])[0] == reader.read(question, [other, passage(), other])[1]


def test_what_lies_beyond_the_longest_passage_is_not_read(reader: TrainedPassageReader) -> None:
    text = " ".join(f"Clerk number {number} carried a box of papers to the hall." for number in range(60))
    (readings,) = reader.read("Who carried papers?", [passage(text)])
    assert len(readings) == 60
    assert readings[0].span is not None
    assert readings[-1].span is None
    assert readings[-1].score < min(item.score for item in readings[:5])


def test_sentences_keep_their_tokens_behind_any_header(reader: TrainedPassageReader) -> None:
    shown = passage(header="A very long title of a very long record " * 12)
    encoded = encode_passage(reader.tokenizer, "Who?", shown)
    assert len(encoded.ids) <= MOST_TOKENS
    assert encoded.first <= 2 + 8 + MOST_OF_HEADER
    first, last = encoded.sentences[1]
    left, right = encoded.offsets[first - encoded.first][0], encoded.offsets[last - 1 - encoded.first][1]
    assert TEXT[left:right] == TEXT[shown.sentences[1].start : shown.sentences[1].end]


def test_a_header_holds_what_is_known_in_order() -> None:
    known = header_line(title="River  talks", headings=["River talks", "Second day"], date="2 March 2031", speaker="Holm")
    assert known == "River talks | Second day | 2 March 2031 | Holm"
    assert header_line() == ""


def test_files_that_are_not_the_shipped_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Reinstall Parley"):
        TrainedPassageReader(tmp_path / "passage_reader.onnx", tmp_path / "passage_reader.npz").warm_up()


def test_a_passage_is_read_on_the_thread_that_asks() -> None:
    """A library of linear algebra that wakes its own threads for small products takes more time than the encoder."""
    code = (
        "import time; from parley.index.models.passage_reader import packaged_passage_reader; "
        "from parley.index.models.reader_input import ReadablePassage; from parley.index.types import Span; "
        "text = 'Clerk number one carried a box of papers to the hall. ' * 20; "
        "passage = ReadablePassage(text, tuple(Span(54 * n, 54 * n + 53) for n in range(20))); "
        "reader = packaged_passage_reader(); reader.read('Who?', [passage]); "
        "time.sleep(1); all_threads, this_thread = time.process_time(), time.thread_time(); "
        "reader.read('Who carried papers?', [passage] * 8); "
        "print((time.process_time() - all_threads) / (time.thread_time() - this_thread))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.1
