"""Who asked something: whoever put the question in the document, not whoever replied to it."""

from __future__ import annotations

import pytest

from parley.assistant import Assistant
from parley.index.types import Document
from tests.assistant.texts import library_of

DEBATE = """Debates of the Harbour Parliament

Mr BRANDL (Leader of the Opposition): Will the Minister table the pilots' letter?

Ms NOWAK (Minister for Harbours): There is no pilots' letter. The union asked for a delay of two days, and I gave it.

Mr LUND: Were the dues of Lithmark raised in the spring, as was reported?

Ms NOWAK: They were not. They will be raised in the autumn.

Mr LUND: Who first spoke of a shared customs house?

Ms NOWAK: That was the harbour master, over lunch. As promised, my figure is 22 percent from midnight to six.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(library_of(tmp_path_factory.mktemp("library"), [Document.from_text(DEBATE, id="debate.txt")]))


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("Who asked for the pilots' letter?", "BRANDL", "table the pilots' letter"),
        ("Who asked whether the dues of Lithmark were raised?", "LUND", "dues of Lithmark"),
        ("Who asked for a delay of two days?", "NOWAK", "The union asked for a delay"),
    ],
)
def test_the_question_is_told_before_the_reply(assistant: Assistant, question: str, speaker: str, words: str) -> None:
    first = assistant.ask(question).citations[0]
    assert words in first.quote
    assert speaker in first.attribution


def test_a_question_about_something_else_is_not_raised(assistant: Assistant) -> None:
    answer = assistant.ask("Who first asked for 22 percent?")
    assert not [item.quote for item in answer.citations if item.quote.endswith("?")]
