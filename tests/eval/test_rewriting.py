"""Completed questions compared with those of people; checks joined to a question set; another order of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley import Document
from parley.eval.sets.corpus import Shuffle
from parley.eval.sets.question_set import read_questions
from parley.eval.sets.rewrite_set import RewriteItem, read_rewrites
from parley.eval.studies.rewriting import Rewritten, score_rewrites
from parley.index.errors import QuestionSetError


def lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_rewrite_like_the_gold_scores_full_and_one_that_adds_nothing_none() -> None:
    item = RewriteItem(id="1", question="Where did she live?", standalone="Where did Lena Varga live?")
    right = score_rewrites([Rewritten(item, "Where did Lena Varga live?")])
    assert (right.bleu.value, right.exact.value, right.added_recall.value) == (pytest.approx(100.0), 1.0, 1.0)
    typed = score_rewrites([Rewritten(item, item.question)])
    assert typed.added_recall.value == 0.0
    assert typed.bleu.value == typed.bleu_typed.value
    assert typed.changed.value == 0.0


def test_figures_are_those_of_the_shared_scorer(shared: Path) -> None:
    items = read_rewrites(shared / "bench" / "canard" / "rewrite_dev.jsonl")
    report = score_rewrites([Rewritten(item, item.question) for item in items])
    assert report.bleu.value == pytest.approx(35.59, abs=0.005)
    assert report.unigram_f1.value == pytest.approx(0.691, abs=0.0005)


def test_checks_join_their_question(tmp_path: Path) -> None:
    questions = lines(tmp_path / "q.jsonl", {"id": "a", "question": "Who paid?"}, {"id": "b", "question": "When?"})
    checks = lines(tmp_path / "c.jsonl", {"id": "b", "must_contain": [["May"]], "expected_status": "answered"})
    first, second = read_questions(questions, checks=checks)
    assert (first.must_contain, second.must_contain, second.expected_status) == ((), (("May",),), ("answered",))


@pytest.mark.parametrize(("row", "message"), [({"id": "z"}, "checks for 'z'"), ({"must_contain": []}, "needs the id")])
def test_checks_without_a_question_are_an_error(tmp_path: Path, row: object, message: str) -> None:
    questions = lines(tmp_path / "q.jsonl", {"id": "a", "question": "Who paid?"})
    with pytest.raises(QuestionSetError, match=message):
        read_questions(questions, checks=lines(tmp_path / "c.jsonl", row))


def test_alone_leaves_out_what_came_before(tmp_path: Path) -> None:
    history = [{"role": "user", "text": "Who paid?"}]
    path = lines(
        tmp_path / "q.jsonl", {"id": "a", "question": "And why?", "history": history}, {"id": "b", "turns": ["Who?", "Why?"]}
    )
    first, second = (question.alone for question in read_questions(path))
    assert (first.history, second.earlier_turns, second.text) == ((), (), "Why?")


def test_another_order_keeps_every_document_and_repeats() -> None:
    documents = [Document.from_text(f"Text {number}.", id=str(number)) for number in range(10)]
    moved = Shuffle(0.4, seed=3).order(documents)
    assert sorted(item.id for item in moved) == sorted(item.id for item in documents)
    assert sum(left.id != right.id for left, right in zip(moved, documents, strict=True)) <= 4
    assert moved == Shuffle(0.4, seed=3).order(documents)
    assert Shuffle(1.0, seed=1).order(documents) != documents
