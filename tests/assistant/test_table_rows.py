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
