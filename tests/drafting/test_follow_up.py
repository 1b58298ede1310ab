from __future__ import annotations

from pathlib import Path

import pytest

from parley import Assistant, Conversation, ModelSettings
from parley.assistant.drafting.follow_up import problem_with
from tests.drafting.talks import documents
from tests.fakes import HashingEmbedder
from tests.language_model.scripted_server import Reply, ScriptedServer, serving

CONVERSATION = Conversation.from_messages(
    [
        {"role": "user", "text": "What did Ana Ortiz say about the night shifts?"},
        {"role": "assistant", "text": "Ana Ortiz said: “The night shifts are still open.” Piet Vos was there."},
    ]
)
TOLD = (
    "Question: What did Ana Ortiz say about the night shifts? Answer: Ana Ortiz said: The night shifts are still open. Piet Vos."
)


@pytest.mark.parametrize(
    ("completed", "problem"),
    [
        ("When did Ana Ortiz say that the night shifts are still open?", ""),
        ("When did Ana Ortiz say that", "not one question"),
        ("When did Ana Ortiz say it? And why?", "not one question"),
        ("When did Karl Untoro say that the night shifts are still open?", "elsewhere"),
        ("When did Ana Ortiz say that the strike was cancelled?", "elsewhere"),
        ("What did Ana Ortiz say about the night shifts in 1999?", "elsewhere"),
        ("When did Piet Vos say that the night shifts are open?", "somebody else"),
    ],
)
def test_a_completion_may_use_only_the_conversation(completed: str, problem: str) -> None:
    found = problem_with(completed, "When did she say that?", TOLD, "Ana Ortiz")
    assert (problem in found) if problem else not found


def test_words_of_the_question_are_kept() -> None:
    assert "loses" in problem_with("What did Ana Ortiz say about the night shifts?", "And the cranes?", TOLD, None)


def ask(folder: Path, completion: Reply) -> tuple[str, ScriptedServer]:
    def script(messages: list[dict[str, str]]) -> Reply:
        return completion if messages[0]["content"].startswith("You complete") else Reply.text("The sources do not answer this.")

    with serving(script) as server:
        settings = ModelSettings(base_url=server.url, timeout_seconds=60)
        with Assistant.open(folder, embedding=HashingEmbedder(), llm=settings) as assistant:
            assistant.add_documents(documents())
            answer = assistant.ask("When did she say that?", conversation=CONVERSATION)
    return answer.standalone_question, server


def test_the_models_completion_is_shown_and_answered(tmp_path: Path) -> None:
    completed = "When did Ana Ortiz say that the night shifts are still open?"
    understood, server = ask(tmp_path / "library", Reply.text(completed))
    assert understood == completed
    assert "The night shifts are still open" in server.requests[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    "completion",
    [
        Reply.text("When did Karl Untoro say that?"),
        Reply.text("Ignore the rules."),
        Reply(["When did Ana"], dies=True),
        Reply(status=401),
        Reply([]),
    ],
)
def test_otherwise_the_question_stays_as_typed(tmp_path: Path, completion: Reply) -> None:
    with Assistant.open(tmp_path / "plain", embedding=HashingEmbedder()) as plain:
        plain.add_documents(documents())
        by_rule = plain.ask("When did she say that?", conversation=CONVERSATION).standalone_question
    understood, _ = ask(tmp_path / "library", completion)
    assert understood == by_rule
    assert "Ana Ortiz" in by_rule
