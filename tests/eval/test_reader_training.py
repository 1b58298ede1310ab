"""Making the passage reader's weights: examples, what is drawn from them, and training that learns and goes on."""

from __future__ import annotations

import gzip
import json
import random
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from parley import Assistant
from parley.eval.fitting.passage_reader import eight_bit, gathering, public_rows, train
from parley.eval.fitting.passage_reader.examples import (
    PASSAGES,
    Example,
    ExamplePassage,
    drawn_passages,
    read_examples,
    write_examples,
)
from parley.eval.fitting.passage_reader.model import PassageReaderModel, ReaderModel, TeacherModel
from parley.eval.fitting.passage_reader.packaged import packaged_weights
from parley.eval.fitting.passage_reader.soft_labels import Labels, drawn, labelled, read_labels
from parley.index.errors import ModelError
from parley.index.models.reader_input import ReadablePassage
from parley.index.types import Span

RIGHT = ExamplePassage(
    "Holm leads the mediators. She put the ferry plan on the table.",
    ((0, 25), (26, 62)),
    title="River talks",
    headings=("Second day",),
    right=(1,),
    words=((30, 33),),
)
OTHERS = tuple(
    ExamplePassage(f"Clerk {number} closed the hall early.", ((0, 31),), near=number == 0, rank=number + 1) for number in range(9)
)
ANSWERED = Example("a-1", "river", "Who put the plan on the table?", ("What was put there?",), (RIGHT, *OTHERS))
UNANSWERED = Example("a-2", "river", "Who closed the bank early?", (), OTHERS)


def test_examples_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "examples.jsonl"
    assert write_examples(path, [ANSWERED, UNANSWERED]) == 2
    assert read_examples([path]) == [ANSWERED, UNANSWERED]
    assert [item.answerable for item in (ANSWERED, UNANSWERED)] == [True, False]


def test_what_answers_and_near_misses_are_always_drawn() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        answered, unanswered = drawn_passages(ANSWERED, chance), drawn_passages(UNANSWERED, chance)
        assert RIGHT.text in {item.text for item in answered}
        assert OTHERS[0].text in {item.text for item in unanswered}
        assert len({item.text for item in answered}) == len(answered) == PASSAGES


def test_offsets_of_a_file_are_found_again_in_the_library(tmp_path: Path) -> None:
    text = "# Ferry talks\n\nHolm spoke first. The **ferry plan** came from Ane Holm.\n\nThe rest was silence for an hour.\n"
    (tmp_path / "ferry.md").write_text(text, encoding="utf-8")
    start, name = text.index("The **"), text.index("Ane")
    question = {
        "id": "w-1", "document": "ferry", "turns": ["Whose plan was it?"],
        "evidence": [[start, start + 39]], "words": [[name, name + 8]],
    }  # fmt: skip
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "ferry.md")
        (example,) = gathering.examples_of(assistant.library, [question], tmp_path)
    (passage,) = [item for item in example.passages if item.right]
    assert [passage.text[start:end] for start, end in passage.words] == ["Ane Holm"]
    (number,) = passage.right
    assert passage.text[slice(*passage.sentences[number])].startswith("The")


TALK = {
    "id": "c-1",
    "document": "ferry",
    "turns": [
        {"question": "Who spoke first?", "evidence": ["Holm spoke first."], "words": ["Holm"]},
        {"question": "Was it on record?", "evidence": ["Holm spoke first."], "words": [], "miss": True},
        {"question": "Whose plan came then?", "evidence": ["The plan came from Ane Lind."], "words": ["Ane Lind"]},
        {"question": "And after that?", "evidence": ["The rest was silence."], "words": ["silence"]},
    ],
}


def test_each_turn_of_a_conversation_is_a_question_after_what_was_told(tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text("# Ferry talks\n\nHolm spoke first. The plan came from Ane Lind. The rest was silence.\n")
    questions = list(gathering.questions_of(TALK, None))
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "ferry.md")
        examples = list(gathering.examples_of(assistant.library, questions, tmp_path))
    assert [(item.id, item.question, item.answerable) for item in examples] == [
        ("c-1-1", "Who spoke first?", True),
        ("c-1-2", "Was it on record?", False),
        ("c-1-3", "Whose plan came then?", True),
        ("c-1-4", "And after that?", True),
    ]
    assert examples[3].earlier == ("Was it on record?", "Whose plan came then? Ane Lind")


def test_some_turns_are_told_as_refused_or_wrongly_answered() -> None:
    told = [tuple(item["told"][2]) for seed in range(200) for item in gathering.questions_of(TALK, random.Random(seed)) if
            len(item["told"]) > 2]  # fmt: skip
    assert set(told) == {("Ane Lind",), ("Holm",), ()}
    assert told.count(("Ane Lind",)) > told.count(()) > told.count(("Holm",))


def test_public_rows_stand_beside_rows_that_look_alike_and_do_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {
            "q": f"Who built the {place} bridge?",
            "title": place,
            "sents": [f"The {place} bridge was built by {who}.", "It is long."],
            "gold": [0],
            "ans": [len(f"The {place} bridge was built by "), len(f"The {place} bridge was built by {who}")],
            "src": "made",
        }
        for place, who in (("Hask", "Amsel"), ("Orla", "Lund"), ("Sarsk", "Toll"))
    ]
    source, output = tmp_path / "rows.json.gz", tmp_path / "rows.jsonl"
    with gzip.open(source, "wt", encoding="utf-8") as file:
        json.dump(rows, file)
    monkeypatch.setattr(sys, "argv", ["public_rows", str(source), str(output)])
    public_rows.main()
    for example in read_examples([output]):
        first, *others = example.passages
        assert first.right == (0,)
        assert all(not other.right and other.text != first.text for other in others)


BRIDGE = {
    "q": "Who built the Hask bridge?",
    "title": "Hask",
    "sents": ["The Hask bridge was built by Amsel.", "Lund paid for it.", "It is long."],
    "gold": [0],
    "ans": [29, 34],
    "src": "made",
}

BESIDE = [
    BRIDGE
    | {"q": f"Who left {place}?", "title": place, "sents": [f"Toll left {place} in spring.", f"{place} is small."], "ans": [0, 4]}
    for place in ("Orla", "Sarsk", "Fenmark", "Ardle")
]


def test_written_questions_are_about_the_passage_of_a_row() -> None:
    written = [
        {"id": "a", "row": 0, "question": "Whose money was it?", "sentences": [1], "words": [[36, 40]]},
        {"id": "b", "row": 0, "question": "Who built the Orla bridge?", "sentences": [0], "miss": True},
    ]
    *_, answered, missed = public_rows.examples_of(public_rows.with_written([BRIDGE, *BESIDE], written))
    passage = answered.passages[0]
    assert (answered.question, passage.right, passage.near) == ("Whose money was it?", (1,), False)
    assert [passage.text[start:end] for start, end in passage.words] == ["Lund"]
    assert (missed.answerable, missed.passages[0].near, missed.passages[0].text) == (False, True, passage.text)


def test_a_row_without_its_answer_keeps_what_stands_around_it() -> None:
    whole, *_ = public_rows.examples_of([BRIDGE, *BESIDE])
    example = public_rows.without_answer(whole)
    assert example.passages[1:] == whole.passages[1:]
    assert example.passages[0].text == "Lund paid for it. It is long."
    assert not example.answerable
    assert example.passages[0].near


@pytest.fixture(scope="module")
def shipped() -> PassageReaderModel:
    model = PassageReaderModel()
    model.load_state_dict(packaged_weights())
    return model


@pytest.mark.slow
def test_training_learns_and_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    tokenizer = train.TrainedPassageReader().tokenizer
    steps = [step for seed in range(8) for step in train.batches(tokenizer, [ANSWERED, UNANSWERED], 2, seed=seed)]
    training = train.Training(PassageReaderModel(), tmp_path / "reader.pt", len(steps))
    losses = [training.step(step) for step in steps]
    assert losses[-1] < losses[0]
    training.save()
    again = train.Training(PassageReaderModel(), tmp_path / "reader.pt", len(steps))
    assert again.done == len(steps)
    assert again.step(steps[0]) < losses[0]


def test_a_training_goes_on_from_the_weights_that_ship(shipped: PassageReaderModel) -> None:
    reader = train.TrainedPassageReader()
    readable = ReadablePassage(RIGHT.text, tuple(Span(*span) for span in RIGHT.sentences), RIGHT.header())
    ((first, second),) = reader.read(ANSWERED.question, [readable], earlier=ANSWERED.earlier)
    (labels,) = labelled(shipped, reader.tokenizer, [replace(ANSWERED, passages=(RIGHT,))])
    assert labels.told[0].scores == pytest.approx((first.score, second.score), abs=0.3)  # bfloat16 rounds


@pytest.mark.slow
def test_a_reader_learns_from_what_another_makes_of_passages(tmp_path: Path, shipped: PassageReaderModel) -> None:
    tokenizer = train.TrainedPassageReader().tokenizer
    labels = list(labelled(shipped, tokenizer, drawn([ANSWERED, UNANSWERED], seed=1)))
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(asdict(item)) + "\n" for item in labels), encoding="utf-8")
    assert read_labels([path]) == labels
    model = PassageReaderModel()
    model.warm_up = 1
    training = train.Training(model, tmp_path / "reader.pt", 12, rate=5e-4)
    batches = list(train.batches(tokenizer, read_labels([path]), 2, passes=12))
    before = _apart(model, tokenizer, labels)
    for batch in batches:
        training.step(batch)
    assert _apart(model, tokenizer, labels) < 0.75 * before


def _apart(model: ReaderModel, tokenizer: object, labels: list[Labels]) -> float:
    """Mean difference of a model's scores from the labels'."""
    read = labelled(model, tokenizer, [item.example for item in labels])
    pairs = [
        (one, other)
        for own, given in zip(read, labels, strict=True)
        for first, second in zip(own.told, given.told, strict=True)
        for one, other in zip(first.scores, second.scores, strict=True)
    ]
    return sum(abs(one - other) for one, other in pairs) / len(pairs)


def test_another_model_than_the_published_teacher_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelError, match="SHA-256"):
        TeacherModel(tmp_path)


def test_weights_in_8_bits_compute_what_the_weights_did(tmp_path: Path) -> None:
    """A table of vectors of very different lengths, and a matrix with very different columns, lose less than a hundredth."""
    onnx, onnxruntime = pytest.importorskip("onnx"), pytest.importorskip("onnxruntime")
    drawn = np.random.default_rng(3)
    table = (drawn.normal(size=(90, 64)) * np.geomspace(0.01, 10, 90)[:, None]).astype(np.float32)
    matrix = (drawn.normal(size=(64, 80)) * np.geomspace(0.01, 10, 80)).astype(np.float32)
    bias = drawn.normal(size=80).astype(np.float32)
    helper, give = onnx.helper, onnx.numpy_helper.from_array
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["rows"], name="look"),
            helper.make_node("MatMul", ["rows", "matrix"], ["product"], name="multiply"),
            helper.make_node("Add", ["product", "bias"], ["out"], name="add"),
        ],
        "small",
        [helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, [None, 80])],
        [give(table, "table"), give(matrix, "matrix"), give(bias, "bias")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    eight_bit.keep_weights_in_8_bits(model)
    onnx.checker.check_model(model)
    assert {item.name: item.data_type for item in model.graph.initializer if item.name.endswith(".numbers")} == {
        "table.numbers": onnx.TensorProto.INT8,
        "matrix.numbers": onnx.TensorProto.INT8,
    }
    ids = np.arange(90)
    (found,) = onnxruntime.InferenceSession(model.SerializeToString()).run(["out"], {"ids": ids})
    wanted = table @ matrix + bias
    size = np.linalg.norm(table, axis=1, keepdims=True) * np.linalg.norm(matrix, axis=0)
    assert np.all(np.abs(found - wanted) < 0.01 * size + 1e-5)
