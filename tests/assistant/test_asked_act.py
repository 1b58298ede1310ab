"""Who did something in a negotiation, in people's own words: a plain verb is read, and whoever did it comes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley import Assistant, Document
from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.asked_act import plainly_asked

REPORT = (
    "Envoys of Tarsia and Velmark met on the quay of Orsk on Monday to talk about the sealed grain stores.\n\n"
    "An official of the harbour office told the Quay Post: “When nobody spoke any more, we suggested that the stores be opened "
    "in three steps, the smallest first. The Tarsians asked their capital.”\n\n"
    "“Opening the grain stores is very good news for the bakers of Orsk,” said Ilse Brandt, Tarsia's deputy minister. Velmark's "
    "envoy Jon Hask said he could not open the stores in any number of steps: “We reject it.” Hask later spoke with the governor "
    "about how the talks on the grain stores had gone."
)


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("quay") / "library") as assistant:
        assistant.add_documents([Document.from_text(REPORT, id="quay", title="Talks on the quay")])
        yield assistant


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Whose idea was the corridor?", "Who suggested the corridor?"),
        ("Whose plan was it to move the border?", "Who suggested to move the border?"),
        ("Whose plan was accepted?", "Whose plan was accepted?"),
        ("Who had the idea of a corridor?", "Who suggested a corridor?"),
        ("Who came up with the corridor?", "Who suggested the corridor?"),
        ("Who first thought of the corridor?", "Who first suggested the corridor?"),
        ("Which delegation dreamt up the corridor?", "Which delegation suggested the corridor?"),
        ("Who turned down the corridor?", "Who rejected the corridor?"),
        ("Who pushed for a corridor?", "Who demanded a corridor?"),
        ("Which side went along with the corridor?", "Which side accepted the corridor?"),
        ("Who said the plan was against the law?", "Who said the plan was against the law?"),
        ("What did Tarsia think of the corridor?", "What did Tarsia think of the corridor?"),
        ("Who is the idea's author?", "Who is the idea's author?"),
    ],
)
def test_a_phrase_is_read_as_a_plain_verb(question: str, plain: str) -> None:
    assert plainly_asked(question) == plain


@pytest.mark.parametrize(
    ("question", "acts"),
    [
        ("Whose idea was the corridor?", {"proposed", "offered"}),
        ("By whom was the corridor proposed?", {"proposed", "offered"}),
        ("Who said no to the corridor?", {"rejected"}),
        ("Who pushed for a corridor?", {"demanded", "called_for"}),
        ("Who went along with the corridor?", {"agreed", "agreed_in_principle"}),
        ("Who accepted the corridor?", {"agreed", "agreed_in_principle"}),
        ("Who was the corridor rejected by?", {"rejected"}),
        ("Who spoke about the corridor?", set()),
        ("Who said the union wanted a corridor?", set()),
        ("Which minister visited the proposed corridor?", set()),
        ("When was the corridor proposed?", set()),
    ],
)
def test_the_act_whose_author_is_asked_for(question: str, acts: set[str]) -> None:
    assert analyse_question(question).acts == acts


@pytest.mark.parametrize(
    "question",
    [
        "Whose idea was it to unlock the grain in stages?",
        "Who came up with unsealing the stores bit by bit?",
        "Who put forward the staged opening of the granaries?",
    ],
)
def test_whoever_proposed_it_comes_first(quay: Assistant, question: str) -> None:
    answer = quay.ask(question)
    assert answer.status == "answered"
    assert "we suggested that the stores be opened in three steps" in answer.citations[0].quote
    assert "official of the harbour office" in answer.text.split("“")[0]


def test_whoever_turned_it_down_comes_first(quay: Assistant) -> None:
    first = quay.ask("Who said no to opening the stores in stages?").citations[0]
    assert "could not open the stores" in first.quote or "We reject it" in first.quote
