"""SQuAD 2.0: HasAns, NoAns, and both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley import Answer, AnswerSentence, Span
from parley.eval.scorers import squad
from parley.eval.scorers.outcome import Outcome
from tests.eval.build import BULLETIN, answer, citation, outcome, question


def _leading(front: str, rest: str = "") -> Answer:
    first = AnswerSentence(f"“{front}”, said Lind.", (1,), (Span(1, 1 + len(front)),))
    said = answer(rest or "Envoy Lind said the fee was agreed in principle.", citation(BULLETIN, "Envoy Lind"))
    return replace(said, sentences=(first, *said.sentences))


def _values(judged: Outcome) -> list[float | None]:
    scorers = (squad.has_answer_f1, squad.has_answer_exact, squad.no_answer, squad.all_f1, squad.all_exact)
    return [scorer(judged).value for scorer in scorers]


REFUSED = answer("Nothing.", status="not_in_documents")


def test_an_answerable_question_is_has_ans_and_compares_the_lead_with_the_best_gold_answer() -> None:
    asked = question(answerable=True, gold_answers=["a toll", "the fee"])
    assert _values(outcome(asked, _leading("The fee."))) == [1, 1, None, 1, 1]
    # "fee agreed" against "fee": precision 1/2, recall 1/1, F1 2/3.
    assert _values(outcome(asked, _leading("fee agreed"))) == [pytest.approx(2 / 3), 0, None, pytest.approx(2 / 3), 0]
    assert _values(outcome(asked, REFUSED)) == [0, 0, None, 0, 0]


def test_an_unanswerable_question_is_no_ans_and_only_silence_is_right() -> None:
    asked = question(answerable=False)
    assert _values(outcome(asked, REFUSED)) == [None, None, 1, 1, 1]
    assert _values(outcome(asked, _leading("fee"))) == [None, None, 0, 0, 0]


def test_without_gold_nothing_is_scored() -> None:
    assert _values(outcome(question(), _leading("fee"))) == [None] * 5


def test_a_sentence_without_quotation_is_its_own_lead() -> None:
    assert squad.lead_of(outcome(question(), answer("Agreed in principle."))) == "Agreed in principle."
