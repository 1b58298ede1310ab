"""What a question takes for granted, and the documents tell the opposite of."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Assistant, Document
from parley.assistant.answers.facts.decisions import decision
from tests.assistant.scores import scored

TEXTS = (
    "Minister Ada Holm said the talks led to an agreement to share the northern quay.",
    "The miners' union has accepted the wage offer of 4 percent, its chair Per Aune said on Monday.",
    "Lund withdrew the toll proposal after the vote.",
    "The council confirmed the fishing quota in May.",
    "The envoy may accept the harbour plan.",
    "The pilots voted down the night agreement on 3 May because it cut their pay.",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    opened = Assistant.open(tmp_path_factory.mktemp("decisions") / "library")
    opened.add_documents([Document.from_text("\n\n".join(TEXTS), id="news", title="Port news")])
    return opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Holm reject sharing the northern quay?", 0),
        ("Why did the union refuse the wage offer?", 1),
        ("When did Lund approve the toll proposal?", 2),
        ("Why did the council cancel the fishing quota?", 3),
    ],
)
def test_the_opposite_corrects_what_a_question_takes_for_granted(assistant: Assistant, question: str, told: int) -> None:
    answer = assistant.ask(question)
    assert answer.status == "premise_not_found"
    assert TEXTS[told].startswith(answer.citations[0].quote.rstrip(".")[:30])


@pytest.mark.parametrize(
    "question",
    [
        "When did Lund withdraw the toll proposal?",  # told as it is asked
        "Why did Lund cancel the fishing quota?",  # the council confirmed it; of Lund nothing is told
        "When will the council cancel the fishing quota?",  # asks of what is to come
        "Why did the pilots reject the night agreement?",  # told in other words
        "Why did the envoy refuse the harbour plan?",  # only supposed
    ],
)
def test_nothing_is_corrected_where_the_opposite_is_not_told(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status != "premise_not_found"


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("The offer remains on the table.", 1),
        ("Toll did not accept the offer.", -1),
        ("The army withdrew from the valley.", 0),
        ("Toll asked them to accept the offer.", 0),
    ],
)
def test_what_is_upheld_and_what_is_given_up(sentence: str, sign: int) -> None:
    assert decision(scored(sentence)) == sign


@pytest.mark.parametrize(
    ("sentence", "remark"),
    [
        ("It is unlikely that Ivo Lund signed the accord.", "supposes"),
        ("Ivo Lund may have signed the accord.", "supposes"),
        ("If Ivo Lund signed the accord, the port would open.", "under a condition"),
        ("Ivo Lund was to have signed the accord.", "of a plan"),
        ("Ivo Lund signed the accord.", None),
    ],
)
def test_what_is_only_supposed_or_planned_is_remarked(tmp_path: Path, sentence: str, remark: str | None) -> None:
    opened = Assistant.open(tmp_path / "library")
    opened.add_documents([Document.from_text(f"Report on the port. {sentence}", id="note", title="A note")])
    answer = opened.ask("Who signed the accord?")
    assert sentence in answer.text
    assert len(answer.notices) == (remark is not None)
    assert all(remark in notice for notice in answer.notices if remark)


def test_who_said_words_that_stand_there_is_answered_by_them(tmp_path: Path) -> None:
    text = (
        "Reactions to the ferry plan\n\nHolm said that he trusts the council.\n\n"
        "No ferry is worth more than a slow ferry.\n\n— Ida Krog (@krog) June 3, 2031"
    )
    opened = Assistant.open(tmp_path / "library")
    opened.add_documents([Document.from_text(text, id="posts", title="Reactions to the ferry plan")])
    answer = opened.ask("Who said no ferry is worth more than a slow ferry?")
    assert answer.text.startswith("Ida Krog, in this post")
    assert "No ferry is worth more than a slow ferry." in answer.citations[0].quote
