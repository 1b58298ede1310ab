"""Questions that set sides against each other: one statement each, in the order asked, or that none was found."""

from __future__ import annotations

from datetime import date

import pytest

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.question.comparison_form import Comparison, comparison
from parley.index.library import Library
from parley.index.types import Document
from tests.assistant.test_reader import ask
from tests.assistant.texts import reader_of
from tests.fakes import HashingEmbedder

UNION = """The ferry unions and the harbour board met in Dorn on Monday about night sailings.

Union secretary Ada Holm said night sailings must stop in winter. "Our members are tired," she said.

Harbour board chairman Piet Vos said night sailings would continue all year.

The company's view of the pension plan is not known.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Compare the positions of Lenia and Tavia on the toll.", Comparison(("Lenia", "Tavia"), "the toll")),
        ("Compare Lenia's and Tavia's positions on the toll", Comparison(("Lenia", "Tavia"), "the toll")),
        ("How do the union and the board differ on night sailings?", Comparison(("the union", "the board"), "night sailings")),
        ("How does the union's view differ from the board's on pay?", Comparison(("the union", "the board"), "pay")),
        ("What do Amsel and Brandt each say about the meeting?", Comparison(("Amsel", "Brandt"), "the meeting")),
        ("Compare what Lenia and Tavia want on tolls.", Comparison(("Lenia", "Tavia"), "tolls")),
        ("Contrast the views of Holm, Vos and Lind on pay", Comparison(("Holm", "Vos", "Lind"), "pay")),
        ("Where do both sides stand on the border?", Comparison((), "the border")),
        ("What are the positions of the parties on the border?", Comparison((), "the border")),
        ("Compare the latest figures of the two sides.", Comparison((), "")),
        ("What are the union's and the board's positions on leave?", Comparison(("the union", "the board"), "leave")),
        ("What does each side say about the border?", Comparison((), "the border")),
        ("Where does each of the parties stand on the border?", Comparison((), "the border")),
        ("What does each clause say about the border?", None),
        ("What did Brandt say to Amsel and Lind about ferries?", None),
        ("What did Amsel, the minister, say about ferries?", None),
        ("What did the minister say about bread and butter?", None),
        ("Who said what about the veto?", None),
    ],
)
def test_the_sides_and_the_matter_of_a_question(question: str, expected: Comparison | None) -> None:
    assert comparison(question) == expected


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    return reader_of(tmp_path_factory.mktemp("comparing") / "library")


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    library = Library.open(tmp_path_factory.mktemp("ferries") / "library", embedder=HashingEmbedder())
    library.add_documents([Document(id="ferries", title="Night sailings", text=UNION, date=date(2031, 1, 5))])
    return ExtractiveReader(library)


@pytest.mark.parametrize("sides", [("union", "board"), ("board", "union")])
def test_each_side_in_its_own_words_in_the_order_asked(ferries: ExtractiveReader, sides: tuple[str, str]) -> None:
    answer = ask(ferries, f"Compare the positions of the {sides[0]} and the {sides[1]} on night sailings.")
    first, second = (answer.text.index("must stop in winter"), answer.text.index("continue all year"))
    assert (first < second) == (sides[0] == "union")
    assert answer.status == "answered"
    assert [c.statement.speaker for c in answer.citations if c.statement] == (
        ["Ada Holm", "Piet Vos"] if sides[0] == "union" else ["Piet Vos", "Ada Holm"]
    )


def test_a_side_that_says_nothing_of_the_matter_is_told(ferries: ExtractiveReader) -> None:
    answer = ask(ferries, "Compare the union's and Norway's positions on night sailings.")
    assert answer.status == "partly"
    assert "No statement by Norway about night sailings was found in these documents." in answer.text
    assert "must stop in winter" in answer.text
    assert any(notice.startswith("Searched 1 document") for notice in answer.notices)


def test_both_sides_without_their_names(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Where do the two delegations stand on the ferries?")
    assert answer.status == "answered"
    assert "Tavian" in {c.statement.party for c in answer.citations if c.statement}
    assert len(answer.citations) > 1


def test_what_a_document_reports_stands_in_for_a_side_that_is_not_quoted(ferries: ExtractiveReader) -> None:
    answer = ask(ferries, "Compare the union and the company on the pension plan.")
    assert "No statement by the union about pension plan was found" in answer.text
    assert "In the document's own voice: “The company's view of the pension plan is not known.”" in answer.text


def test_where_no_side_is_heard_the_documents_are_asked_for_the_whole(ferries: ExtractiveReader) -> None:
    assert ask(ferries, "Compare Peru and Chile on fishing quotas.").status == "not_in_documents"
