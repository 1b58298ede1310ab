"""Plain text and Markdown that were printed on pages, or wrapped by hand."""

from __future__ import annotations

import pytest

from tests.readers.conftest import Read

BODY = (
    "The board met at noon and heard both sides. It found that the gate had been shut for nine days, and that no notice had been",
    "given to the pilots, who had asked for one twice. It ordered the harbour to open the gate. The claim for lost pay is",
    "left to the court. Neither side may speak of the matter before Monday.",
)


@pytest.mark.parametrize(
    ("foot", "break_"),
    [
        ("Gate Inquiry - page {n}", "\f"),
        ("{n}", "\f"),
        ("- {n} -", "\f"),
        ("Page {n} of 3", "\n\n"),
        ("17-0412 {n}/3", "\n\n"),
    ],
)
def test_a_sentence_goes_on_over_the_page(read: Read, foot: str, break_: str) -> None:
    pages = [f"Report on the gate    DOC/{n}\n\n{part}\n\n{foot.format(n=n)}" for n, part in enumerate(BODY, start=1)]
    text = read("report.txt", break_.join(pages).encode()).text
    assert " ".join(text.split()) == f"Report on the gate DOC/1 {' '.join(BODY)}"
    assert "no notice had been\ngiven to the pilots" in text


def test_a_form_feed_ends_a_paragraph_that_ends_a_sentence(read: Read) -> None:
    assert read("a.txt", b"The gate is shut.\n\fThe pilots wait.\n\fThey ask why.").text == (
        "The gate is shut.\n\nThe pilots wait.\n\nThey ask why."
    )


def test_numbers_that_do_not_count_pages_stay(read: Read) -> None:
    text = "Votes for the plan:\n\n17\n\nVotes against it:\n\n4\n\nThe plan is adopted."
    assert read("votes.txt", text.encode()).text == text


def test_words_divided_at_line_ends_are_whole(read: Read) -> None:
    text = "The min-\nister spoke of a long-\nterm plan and a cease-\nfire. A long-term plan is dear. She left Baden-\nBaden."
    assert read("a.txt", text.encode()).text == (
        "The minister\nspoke of a long-term\nplan and a ceasefire.\nA long-term plan is dear. She left Baden-\nBaden."
    )


def test_markdown_of_a_printed_text_keeps_its_headings(read: Read) -> None:
    source = (
        "The parties agree.\n\nPact of Osk   1\n\f### ARTICLE 1 - PAY\nPay rises.\n\nPact of Osk   2\n\f### ARTICLE 2 - LEAVE\n"
    )
    document = read("pact.md", source.encode())
    assert [document.text[item.start : item.end] for item in document.headings] == ["ARTICLE 1 - PAY", "ARTICLE 2 - LEAVE"]
    assert "Pact of Osk" not in document.text


def test_html_set_in_in_markdown_is_no_listing(read: Read) -> None:
    document = read("a.md", b'Talks open\n\n    <span class="y"/><p>"We agreed," the envoy said.</p>\n\nThey went home.\n')
    assert document.text == 'Talks open\n\n"We agreed," the envoy said.\n\nThey went home.'


def test_a_list_item_that_is_set_in_keeps_its_number(read: Read) -> None:
    document = read("a.md", b"1.   First point stands.\n\n2.      Second point stands\nas well.\n\n3.   Third point.\n")
    assert "2. Second point stands" in document.text


def test_heads_that_begin_paragraphs_are_left_out(read: Read) -> None:
    parts = [
        "The speaker rose and said that the",
        "bill was late. He asked the house to",
        "vote on it. The house did",
        "so at noon.",
    ]
    body = "".join(f"<p>Records of the House of Osk 4 May 2031 {1700 + n} {part}</p>" for n, part in enumerate(parts))
    assert read("a.html", f"<html><body>{body}</body></html>".encode()).text == " ".join(parts)


def test_numbered_paragraphs_that_begin_alike_stay(read: Read) -> None:
    body = "".join(f"<p>{n}. The Parties to the Treaty shall open gate {n}.</p>" for n in range(1, 5))
    assert read("a.html", f"<html><body>{body}</body></html>".encode()).text.count("The Parties to the Treaty") == 4
