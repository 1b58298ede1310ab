from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley import Answer, Conversation, QuestionError
from parley.eval.reports.answer_file import answer_record, write_answers
from parley.eval.runs.runner import run_questions
from parley.eval.sets.question_set import Question
from tests.eval.build import BULLETIN, GAZETTE, ScriptedAssistant, answer, citation, outcome, question

LIND = "Envoy Lind said the fee was agreed in principle."


def test_documents_rank_where_their_best_passage_stands() -> None:
    assistant = ScriptedAssistant({"What?": answer("So.", standalone="What fee?")}, {"What fee?": ["b", "a", "b", "c", "a"]})
    [found] = run_questions(assistant, [question(question="What?")])
    assert found.ranking == ("b", "a", "c")
    assert found.answer is not None
    assert found.seconds > 0


def test_depth_limits_the_passages_searched() -> None:
    assistant = ScriptedAssistant({"What?": answer("So.", question="What?")}, {"What?": ["b", "a", "c"]})
    [found] = run_questions(assistant, [question(question="What?")], depth=2)
    assert found.ranking == ("b", "a")
    with pytest.raises(ValueError, match="depth"):
        run_questions(assistant, [], depth=0)


def test_given_history_is_told_and_not_asked() -> None:
    history = [{"role": "user", "text": "Who spoke?"}, {"role": "assistant", "text": "Lind."}]
    assistant = ScriptedAssistant({"Why?": answer("So.")})
    run_questions(assistant, [question(question="Why?", history=history)])
    [(asked, conversation)] = assistant.asked
    assert asked == "Why?"
    assert conversation is not None
    assert conversation.messages() == history


def test_earlier_turns_are_asked_and_their_answers_carried() -> None:
    first, second = answer("Lind.", question="Who spoke?"), answer("Rain.", question="Why?")
    assistant = ScriptedAssistant({"Who spoke?": first, "Why?": second})
    seen: list[str] = []
    [found] = run_questions(
        assistant,
        [Question.model_validate({"id": "q", "turns": ["Who spoke?", "Why?"]})],
        asked=lambda item: seen.append(item.question.id),
    )
    assert [asked for asked, _ in assistant.asked] == ["Who spoke?", "Why?"]
    assert assistant.asked[1][1] == Conversation().with_answer(first)
    assert found.answer is second
    assert seen == ["q"]


def test_a_question_that_cannot_be_asked_is_kept_with_its_reason() -> None:
    class Refusing(ScriptedAssistant):
        def ask(self, question: str, *, conversation: Conversation | None = None) -> Answer:
            super().ask(question, conversation=conversation)
            msg = "The question has 5000 characters."
            raise QuestionError(msg)

    [found] = run_questions(Refusing({"What was agreed?": answer("")}), [question()])
    assert (found.answer, found.error) == (None, "The question has 5000 characters.")


def test_an_answer_record_has_the_fields_that_other_scorers_read(tmp_path: Path) -> None:
    cited = answer(
        "Lind said so; the Gazette did not.",
        citation(BULLETIN, LIND, speaker="Lind", outlet="Radio Nord"),
        citation(BULLETIN, "Oru, disputed that", marker=2),
        citation(GAZETTE, "Nobody was named.", marker=3),
        question="What?",
        standalone="What was agreed?",
    )
    asked = outcome(question(id="q-1"), cited, seconds=0.25)
    write_answers(tmp_path / "new" / "answers.jsonl", [asked, outcome(question(id="q-2"), None)])
    first, second = [json.loads(line) for line in (tmp_path / "new" / "answers.jsonl").read_text("utf-8").splitlines()]
    start = BULLETIN.text.index(LIND)
    assert first == {
        "id": "q-1",
        "answer": "Lind said so; the Gazette did not.",
        "abstained": False,
        "status": "answered",
        "doc_ids": ["bulletin", "gazette"],
        "passages": [BULLETIN.text, GAZETTE.text],
        "citations": [
            {
                "doc_id": "bulletin",
                "start": start,
                "end": start + len(LIND),
                "quote": LIND,
                "speaker": "Lind",
                "outlet": "Radio Nord",
            },
            first["citations"][1] | {"quote": "Oru, disputed that", "speaker": None, "outlet": "Canal Bulletin"},
            first["citations"][2] | {"doc_id": "gazette", "speaker": None, "outlet": None},
        ],
        "standalone": "What was agreed?",
        "engine": "extractive",
        "draft": None,
        "seconds": 0.25,
    }
    assert list(second) == list(first)
    assert (second["answer"], second["abstained"], second["status"]) == ("", True, "error")


def test_an_abstention_keeps_its_text_in_the_record() -> None:
    record = answer_record(outcome(question(), answer("The documents do not say.", status="not_in_documents")))
    assert (record["answer"], record["abstained"], record["doc_ids"]) == ("The documents do not say.", True, [])
