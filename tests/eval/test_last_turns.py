"""The last turn of a conversation: right, carried over wrongly, asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley import Answer
from parley.eval.runs.runner import run_questions
from parley.eval.scorers.last_turns import asked_back, carried_wrongly, last_turn_right
from parley.eval.sets.question_set import Question
from tests.eval.build import BULLETIN, GAZETTE, ScriptedAssistant, answer, citation, outcome, question

LIND = citation(BULLETIN, "Envoy Lind said the fee was agreed in principle.")
ORU = citation(BULLETIN, "A deputy, Oru, disputed that.")
BEFORE = answer("Lind: agreed.", LIND)


def _figures(answered: Answer, *earlier: Answer, **fields: object) -> tuple[float | None, float | None, float | None]:
    asked = question(turns=["Who spoke?", "Who disputed it?"], must_contain=["Oru"], answerable=True, **fields)
    found = replace(outcome(asked, answered), earlier=earlier)
    right, wrongly, back = last_turn_right(found), carried_wrongly(found), asked_back(found)
    return right.value, wrongly.value, back.value


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (answer("Oru disputed it.", ORU), (1, 0, 0)),
        (answer("Lind: agreed.", LIND), (0, 1, 0)),
        (answer("Nobody was named.", citation(GAZETTE, "Nobody was named.")), (0, 0, 0)),
        (answer("Name it and ask again.", status="not_in_documents"), (0, 0, 1)),
    ],
)
def test_a_wrong_last_turn_is_told_by_what_made_it_wrong(answered: Answer, expected: tuple[float, float, float]) -> None:
    assert _figures(answered, BEFORE) == expected
    assert _figures(answered) == (None, None, None), "no conversation"


def test_what_is_added_to_a_question_that_stands_alone_is_carried_over_wrongly() -> None:
    told = citation(GAZETTE, "Nobody was named.")
    added = answer("Nobody was named.", told, question="Who disputed it?", standalone="Who disputed it? (about: fee)")
    assert _figures(added, BEFORE, stands_alone=True)[1] == 1
    assert _figures(replace(added, standalone_question="Who disputed it?"), BEFORE, stands_alone=True)[1] == 0


def test_a_run_keeps_the_answers_to_the_turns_before() -> None:
    assistant = ScriptedAssistant({"Who spoke?": BEFORE, "Why?": answer("Rain.")})
    [found] = run_questions(assistant, [Question.model_validate({"id": "q", "turns": ["Who spoke?", "Why?"]})])
    assert found.earlier == (BEFORE,)
