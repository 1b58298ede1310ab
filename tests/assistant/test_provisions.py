"""Questions that ask for an article, a section or a paragraph by its number."""

from __future__ import annotations

import pytest

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.quote_check import check_quote
from parley.assistant.question.asked_provision import asked_provision
from parley.index.library import Library
from parley.index.types import Document
from tests.assistant.test_reader import ask
from tests.fakes import HashingEmbedder

GAUGE = """CONVENTION ON THE GAUGE

Article 1

Terms

In this Convention, "season" means the dry months.

Article 2

Passage

1. Ships pass freely in the season.

2. The Commission may close the gate when the water is low.

Article 3

Costs

Each Party [shall][should] bear half of the costs [M: of the gauge].

ANNEX I. FEES

Article 1

The pilot's fee is ten marks.
"""
DOCKERS = """AGREEMENT between the Harbour Board and the Dockers' Union

ARTICLE 4 HOURS

Section 1. Shifts are eight hours.

Section 2. Breaks of twenty minutes are paid.

ARTICLE 5 LEAVE

Section 1. Every docker has ten days of paid leave.

7:02 Probation. A new docker is on probation for ninety days.
"""
LETTER = """Letter to the Board

Dear Chair,

I read Article 84 of the Harbour Charter as a duty to keep the gate open. I cannot see how the Board may close it.

Ada Holm
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    library = Library.open(tmp_path_factory.mktemp("provisions") / "library", embedder=HashingEmbedder())
    library.add_documents(
        [
            Document(id="gauge", title="Convention on the Gauge", text=GAUGE),
            Document(id="dockers", title="Agreement of the Harbour Board with the Dockers' Union", text=DOCKERS),
            Document(id="letter", title="Letter to the Board", text=LETTER),
        ]
    )
    return ExtractiveReader(library)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does Article 2 of the Gauge Convention say?", "Ships pass freely in the season."),
        ("What is in article two of the Convention on the Gauge?", "Ships pass freely in the season."),
        ("Quote Art. 2 of the gauge convention", "Ships pass freely in the season."),
        ("Convention on the Gauge, Article II", "Ships pass freely in the season."),
        ("Show me the second paragraph of Article 2 of the Gauge Convention.", "The Commission may close the gate"),
        ("Article 2(2) of the Convention on the Gauge?", "The Commission may close the gate"),
        ("What does paragraph 2 of article 2 of the gauge convention provide?", "The Commission may close the gate"),
        ("Under Article 2 of the Gauge Convention, when may the gate be closed?", "when the water is low"),
        ("What does the Gauge Convention's Article 1 say?", '"season" means the dry months'),
        ("What does Annex I, Article 1 of the Gauge Convention say?", "The pilot's fee is ten marks."),
        ("What does Section 2 of Article 4 of the dockers' agreement say?", "Breaks of twenty minutes are paid."),
        ("Article 5, Section 1 of the Dockers' Union agreement", "Every docker has ten days of paid leave."),
        ("What does section 7:02 say?", "A new docker is on probation for ninety days."),
        ("And what does 7.02 say?", "A new docker is on probation for ninety days."),
    ],
)
def test_a_provision_is_answered_from_itself_alone(reader: ExtractiveReader, question: str, expected: str) -> None:
    answer = ask(reader, question)
    assert answer.status == "answered"
    assert expected in answer.text
    assert [citation.document.text[citation.start : citation.end] for citation in answer.citations] == [
        citation.quote for citation in answer.citations
    ]
    assert len(answer.citations) == 1


def test_the_answer_names_number_heading_and_instrument(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does Article 2 of the Gauge Convention say?")
    assert answer.text.startswith("Article 2 (Passage) of Convention on the Gauge: “")
    assert "“1. Ships" in answer.text
    assert "low.” [1]" in answer.text


def test_several_numbers_are_answered_one_after_the_other(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What do Articles 1 and 3 of the Gauge Convention say?")
    assert answer.text.index("dry months") < answer.text.index("half of the costs")


def test_brackets_stay_and_are_told(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does Article 3 of the Gauge Convention say?")
    assert "Each Party [shall][should] bear half of the costs [M: of the gauge]." in answer.text
    assert any("not agreed" in notice for notice in answer.notices)


def test_brackets_are_told_with_every_answer_and_check_that_rests_on_them(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Who must bear half of the costs of the gauge?")
    assert any("[shall][should]" in citation.quote for citation in answer.citations)
    assert any("not agreed" in notice for notice in answer.notices)
    check = check_quote(reader._evidence, "Each Party shall bear half of the costs")
    assert not check.stands
    assert "leaves them open in the draft (“[shall] … [should]”)" in check.message
    assert check_quote(reader._evidence, "Ships pass freely in the season").stands


def test_a_number_that_is_not_there_is_said(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does Article 12 of the Gauge Convention say?")
    assert answer.status == "not_in_documents"
    assert answer.text == "Convention on the Gauge has no Article 12; its articles run from 1 to 3."


def test_a_paragraph_that_its_article_does_not_have_is_said(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does paragraph 4 of Article 3 of the Gauge Convention say?")
    assert answer.status == "not_in_documents"
    assert "has no Article 3, paragraph 4" in answer.text


def test_an_instrument_that_is_not_there_is_said(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does Article 2 of the Trondheim Protocol say?")
    assert answer.status == "not_in_documents"
    assert answer.text == "No document here is called “Trondheim Protocol”, so its Article 2 cannot be quoted."
    assert not answer.citations


def test_a_provision_that_documents_only_speak_of_is_answered_from_these(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What does Article 84 of the Harbour Charter say?")
    assert "duty to keep the gate open" in answer.text
    assert any("only speaks of it" in notice for notice in answer.notices)


def test_what_somebody_says_of_an_article_is_not_the_article(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did Ada Holm say about Article 2 of the Gauge Convention?")
    assert "Ships pass freely" not in answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which article of the dockers' agreement gives paid leave?", "Article 5"),
        ("Which section of the dockers' agreement is about breaks of twenty minutes?", "Section 2"),
    ],
)
def test_the_provision_that_says_something_is_named(reader: ExtractiveReader, question: str, expected: str) -> None:
    answer = ask(reader, question)
    assert answer.status == "answered"
    assert expected in answer.text.split(":")[0]


@pytest.mark.parametrize(
    "question",
    [
        "What happened at 7:02?",
        "Who chaired the second part of the talks?",
        "Which party did Norland blame?",
        "Did the ship carry 2.5 tonnes?",
        "Is the deal in article form a success?",
    ],
)
def test_other_questions_name_no_provision(question: str) -> None:
    found = asked_provision(question)
    assert found is None or not found.references


@pytest.mark.parametrize(
    ("question", "loose"),
    [
        ("Which firm won part one of the channel job?", True),
        ("What happened at step two?", True),
        ("What does Part 1 say about tolls?", False),
        ("What does part one say?", False),
        ("Who pays under Article 5?", False),
    ],
)
def test_a_part_in_small_letters_may_be_no_provision(question: str, loose: bool) -> None:
    found = asked_provision(question)
    assert found is not None
    assert found.is_loose == loose


def test_a_part_of_something_else_is_not_refused_as_a_provision_that_is_not_there(reader: ExtractiveReader) -> None:
    assert "has a Part" not in ask(reader, "Which firm won part one of the channel job?").text
    assert "has a Part" in ask(reader, "What does Part 9 say about tolls?").text


def test_what_is_permitted_is_answered_by_the_rule_that_bears_on_it(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Is paid leave mandatory for dockers?")
    assert "Every docker has ten days of paid leave." in answer.text
