"""A row of a table is told with the row that names its columns."""

import pytest

from parley import Assistant, Document
from parley.assistant.evidence.table_rows import heading_row, is_heading_row
from parley.index.types import Span

TABLE = """The offers of the second week stand side by side here.

Point | Shipowners | Pilots
Night duty | 41 crowns | 58 crowns
Rest between voyages | ten hours | twelve hours

The pilots meet again in June."""


def line(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_the_heading_row_of_each_row_is_found():
    rows = TABLE[TABLE.index("Night") : TABLE.index("\n\nThe pilots")]
    for words in ("Night duty | 41 crowns | 58 crowns", "ten hours", rows):
        found = heading_row(TABLE, line(TABLE, words))
        assert TABLE[found.start : found.end] == "Point | Shipowners | Pilots"
        assert not is_heading_row(TABLE, line(TABLE, words))
    assert is_heading_row(TABLE, line(TABLE, "Point | Shipowners | Pilots"))
    assert is_heading_row(TABLE, line(TABLE, "Shipowners"))
    assert not is_heading_row(TABLE, line(TABLE, "Pilots\nNight duty"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE, "The pilots meet again in June."),
        (TABLE, TABLE[TABLE.index("Night") : TABLE.index(" in June")]),
        ("3 | 4\n5 | 6", "5 | 6"),
        ("First | 4\nSecond | 6", "Second | 6"),
        ("One line with a | in it.", "One line with a | in it."),
        ("A|B\nC|D", "C|D"),
    ],
)
def test_where_no_row_names_the_columns_there_is_none(text, words):
    assert heading_row(text, line(text, words)) is None
    assert not is_heading_row(text, line(text, words))


def test_an_answer_shows_the_row_under_its_heading(tmp_path):
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add_documents([Document.from_text(TABLE, id="offers.txt", title="Offers")])
        answer = assistant.ask("How long is the rest between voyages for shipowners and pilots?")
    assert "“Point | Shipowners | Pilots” “Rest between voyages | ten hours | twelve hours”" in answer.text
    quotes = [citation.quote for citation in answer.citations]
    assert {"Point | Shipowners | Pilots", "Rest between voyages | ten hours | twelve hours"} <= set(quotes)
    assert all(citation.verified for citation in answer.citations)
    assert answer.text.count("“Point | Shipowners | Pilots”") == 1


def positions() -> str:
    rows = [
        ["Issue", "Norland", "Osk"],
        *([f"Issue {n}: gate hours", f"accepts {n} days", f"demands {n + 30} days"] for n in range(1, 41)),
    ]
    rows += [["Night sailing", "rejects it", "accepts it"], ["Pilots", "wants two", "wants one"]]
    return "\n".join(";".join(row) for row in rows)


SAID = """Date,Speaker,Words,Place
2031-02-01,Petra Nowak,We will not accept night sailing before June.,Osk
2031-02-02,Otto Brandl,The toll must fall by half.,Osk
2031-02-02,,Applause.,Osk
2031-02-03,Petra Nowak,Our pilots agree to the new rota.,Norland
"""


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "positions.csv").write_text(positions())
    (tmp_path / "said.csv").write_text(SAID)
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "positions.csv", tmp_path / "said.csv")
        yield assistant


def told(answer):
    return [(citation.page, citation.quote) for citation in answer.citations]


def test_the_row_that_is_asked_about_is_cited_by_its_own_place(tables):
    heads = ("row 1", "Issue | Norland | Osk")
    answer = tables.ask("What is the position of Norland on night sailing?")
    assert told(answer) == [heads, ("row 42", "Night sailing | rejects it | accepts it")]
    answer = tables.ask("What is the position of Norland on issue 33?")
    assert told(answer) == [heads, ("row 34", "Issue 33: gate hours | accepts 33 days | demands 63 days")]
    assert all(citation.attribution == "in the document's own voice" for citation in answer.citations)


def test_a_word_that_many_rows_share_tells_none_of_them(tables):
    assert "A table has a column" not in tables.ask("What is the position of Norland on gate fees?").text


def test_rows_under_a_speaker_are_what_that_speaker_says(tables):
    said = [(one.statement.speaker, one.quote, str(one.statement.date)) for one in tables.statements()]
    assert said == [
        ("Petra Nowak", "We will not accept night sailing before June.", "2031-02-01"),
        ("Otto Brandl", "The toll must fall by half.", "2031-02-02"),
        ("Petra Nowak", "Our pilots agree to the new rota.", "2031-02-03"),
    ]
    answer = tables.ask("What did Petra Nowak say about night sailing?")
    assert (answer.status, answer.citations[0].page) == ("answered", "row 2")
    assert answer.citations[0].attribution == "Petra Nowak: direct quotation, 1 February 2031"
