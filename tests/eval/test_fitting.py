"""The weights that rank sentences and decide on refusals can be made again from the recipe."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from parley import Assistant, Document, SearchFilter
from parley.assistant.dialogue.carried import NOTHING
from parley.assistant.reading.linear_model import LinearModel, parse_models
from parley.eval.fitting import reading_model
from parley.eval.fitting.asked_questions import Talks, read_questions
from parley.eval.fitting.reading_model import Gathered, figures_of, fit_answerable, fit_sentence, ranked, write_models
from parley.eval.fitting.words_in_front import Front, counted, fit


def made(number: int, *, answerable: bool) -> Gathered:
    """A question whose answer, if any, is the candidate that the reader scores highest; another one has the better rank."""
    chance = np.random.default_rng(number)
    best = 3.0 if answerable else -3.0
    figures = [{"reader": float(chance.normal(-4, 1)), "rank": 1.0}, {"reader": float(chance.normal(best, 1)), "rank": 0.5}]
    asked = {"together": figures[1]["reader"], "context": float(chance.random())}
    return Gathered(f"q{number}", f"d{number % 7}", answerable, False, figures, [False, answerable], asked, [], [])


@pytest.fixture(scope="module")
def items() -> list[Gathered]:
    return [made(number, answerable=number % 2 == 0) for number in range(60)]


def test_models_are_written_as_they_are_read(tmp_path: Path) -> None:
    models = {"sentence": LinearModel({"context": 1.25, "rank": -0.5}), "answerable": LinearModel({"missing": -2.0}, 0.75)}
    write_models(tmp_path / "model.tsv", models, "made up\nfor a test")
    assert parse_models((tmp_path / "model.tsv").read_text(encoding="utf-8")) == models


def test_what_tells_the_answer_gets_the_weight_and_the_order_follows_it(items: list[Gathered]) -> None:
    model = fit_sentence(items, ("reader", "rank"))
    assert model.weights["reader"] > 0
    assert all(ranked(item, model).right[0] for item in items if item.answerable)
    assert next(item.right for item in items if item.answerable) == [False, True]


def test_the_probability_separates_what_the_reader_separates(items: list[Gathered]) -> None:
    model = fit_sentence(items, ("reader",))
    judged = [ranked(item, model) for item in items]
    figures = figures_of(judged, fit_answerable(judged, ("together", "context")), 0.5)
    assert figures["auroc"] > 0.95
    assert figures["refused, not"] > 0.9
    assert figures["refused, answerable"] < 0.1


def test_a_weight_never_speaks_against_what_its_figure_means(items: list[Gathered]) -> None:
    turned = [
        Gathered(**{name: getattr(item, name) for name in Gathered.__slots__} | {"right": item.right[::-1]}) for item in items
    ]
    assert fit_sentence(turned, ("reader",)).weights["reader"] == 0.0


@pytest.mark.slow
def test_questions_are_gathered_with_what_answers_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The council met in May.\n\nHolm put the ferry plan on the table.\n\nNobody spoke of the toll."
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add_documents([Document.from_text(text, id="ferry", title="Minutes")])
    questions = tmp_path / "questions.jsonl"
    asked = {"id": "a", "doc": "ferry", "turns": ["Whose plan was the ferry?"], "answerable": True}
    questions.write_text(
        json.dumps(asked | {"evidence": ["Holm put the ferry plan on the table."], "words": ["Holm"]}) + "\n", encoding="utf-8"
    )
    output = tmp_path / "gathered.jsonl"
    monkeypatch.setattr(sys, "argv", ["reading_model", "gather", str(questions), str(tmp_path / "library"), str(output)])
    reading_model.main()
    (row,) = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert row["right"][0] is True
    assert sum(row["right"]) == 1
    assert any(row["found_right"])


@pytest.mark.slow
def test_the_turns_before_a_question_are_really_asked(tmp_path: Path) -> None:
    text = "The council met in May.\n\nHolm put the ferry plan on the table.\n\nLund left the hall at noon."
    (tmp_path / "ferry.md").write_text(text, encoding="utf-8")
    holm, lund = text.index("Holm"), text.index("Lund")
    talk = {
        "id": "c",
        "document": "ferry",
        "turns": [
            {"question": "Who put the ferry plan on the table?", "evidence": [[holm, holm + 37]], "words": [[holm, holm + 4]]},
            {"question": "And who left the hall?", "evidence": [[lund, lund + 27]], "words": [[lund, lund + 4]]},
        ],
    }
    path = tmp_path / "talks.jsonl"
    path.write_text(json.dumps(talk) + "\n", encoding="utf-8")
    first, second = read_questions(path, tmp_path)
    assert (first["answerable"], first["evidence"], second["words"]) == (True, [text[holm : holm + 37]], ["Lund"])
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "ferry.md")
        talks = Talks(assistant)
        assert talks.carried(first["turns"], SearchFilter()) == NOTHING
        (earlier,) = talks.carried(second["turns"], SearchFilter()).earlier
        assert earlier == "Who put the ferry plan on the table? Holm"


def test_words_stand_in_front_where_most_are_right_and_few_are_wrong() -> None:
    sure = [Front(f"r{n}", "4 June", 0.9, 3.0, right=True) for n in range(8)]
    unsure = [Front(f"u{n}", "the toll", 0.4, 3.0, right=n < 4) for n in range(8)]
    far = [Front(f"f{n}", "Hask", 0.9, -1.5, right=False) for n in range(4)]
    none = [Front(f"n{n}", "", 0.9, 3.0, right=False) for n in range(30)]
    fronts = [*sure, *unsure, *far, *none]
    # Of 50 answers 2 may lead with wrong words: that leaves out the unsure ones (4 wrong) and the far ones (4 wrong).
    certainty, score = fit(fronts, most=0.04)
    assert counted(fronts, certainty, score) == (8, 0)
    # 4 of 50 may: the unsure ones with their 4 right ones come in, since they bring more right ones than the far ones.
    certainty, score = fit(fronts, most=0.08)
    assert counted(fronts, certainty, score) == (12, 4)
