"""A conversation that turns to another matter: the new question is answered as if it had been asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from parley import Answer, Assistant, Conversation
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("talks") / "library") as assistant:
        assistant.add(Path(ROOT / "examples" / "talks"))
        yield assistant


@pytest.fixture(scope="module")
def alone(talks: Assistant) -> Callable[[str], Answer]:
    """The answer to a question that nothing was asked before."""
    return cache(talks.ask)


@pytest.mark.parametrize(
    "earlier", ["Who proposed the POW exchange categories?", "How much water did Karvelia offer to release?"]
)
@pytest.mark.parametrize(
    "question",
    [
        "How many members will the joint commission have?",
        "Where will the joint commission on the Yelva have its seat at first?",
        "What did the company offer for 2025 in its written reply of 27 September?",
        "How much did container traffic drop in the first half of the year?",
        "Why did the union give up the additional leave day?",
        "When was the port's last strike and how long did it last?",
    ],
)
def test_a_new_matter_is_answered_as_if_nothing_had_been_asked(
    talks: Assistant, alone: Callable[[str], Answer], earlier: str, question: str
) -> None:
    later = talks.ask(question, conversation=Conversation().with_answer(alone(earlier)))
    assert later.standalone_question == question
    assert later.status == alone(question).status
    assert [item.quote for item in later.citations[:1]] == [item.quote for item in alone(question).citations[:1]]


def test_what_leaves_its_matter_out_still_takes_it_from_the_conversation(talks: Assistant) -> None:
    conversation = Conversation().with_answer(talks.ask("What did Olin say about the offer of four per cent?"))
    later = talks.ask("Why did she say that?", conversation=conversation)
    assert "Olin" in later.standalone_question
