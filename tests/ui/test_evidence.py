import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from parley import Citation, Document, Passage, Span, Statement
from parley.index.types import Heading, Page
from parley.ui.html.evidence import citation_pane, document_body, document_pane
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in


def document(text, **known):
    return replace(Document.from_text(text, id="d", title=known.pop("title", "A title")), **known)


def citation(source, start, end, marker=1, **changes):
    made = Citation(
        marker=marker,
        document=source,
        passage=Passage(1, source.id, max(0, start - 10), min(len(source.text), end + 10), 0, ("Annex B", "Article 4")),
        start=start,
        end=end,
        quote=source.text[start:end],
        statement=None,
        attribution="in the document's own voice",
        page=None,
        verified=True,
    )
    return replace(made, **changes)


TEXTS = (
    "One paragraph.\n\nAnother one,\nof two lines.\n\n\nA third.",
    "\r\nWindows\r\n\r\nlines\r\nhere\r\n",
    "A single very long line. " * 20 + "\nand the next " * 30,
    "\n\n\nempty lines first",
    "\u0130stanbul \u201equote\u201c e\u0301 \U0001f54a \u05e9\u05dc\u05d5\u05dd\n\nx",
    "\n\n".join(HOSTILE),
    "x",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_body_holds_the_document_character_by_character(text):
    assert text_in(document_body(document(text), []), "document-text") == text


def test_headings_and_pages_begin_blocks_and_add_no_text():
    text = "Title\nFirst page here. Second page here.\n"
    source = document(text, headings=(Heading(1, 0, 5),), pages=(Page("i", 0, 22), Page("ii", 22, len(text))))
    html = document_body(source, [])
    assert text_in(html, "document-text") == text
    assert text_in(html, "heading") == "Title\n"
    assert [attributes["data-page"] for _, attributes in tags_of(html) if "data-page" in attributes] == ["page i", "page ii"]


def test_what_somebody_says_stays_one_block_whatever_its_times():
    text = "[00:00:01] Nowak: We welcome the draft.\n\n[00:01:15] Brandl: When?"
    clocks = (("00:00:01", 0, 28), ("00:00:04", 28, 41), ("00:01:15", 41, len(text)))
    source = document(text, pages=tuple(Page(clock, start, end, "at") for clock, start, end in clocks))
    blocks = re.findall(r'<div class="block"[^>]*>(.*?)</div>', document_body(source, []), re.DOTALL)
    assert [unescape(block) for block in blocks] == [text[:41], text[41:]]


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_the_mark_holds_exactly_the_quotation_even_over_paragraphs(text):
    source = document(text)
    for start, end in ((0, len(text)), (3, len(text) - 1), (len(text) // 3, len(text) // 2)):
        html = citation_pane(citation(source, start, end), "cite-7-1")
        assert text_in(html, "quote") == text[start:end]
        assert text_in(html, "document-text") == text


def test_the_words_said_and_the_other_quotations_are_told_apart():
    source = document('"We agree," the minister said. "We sign," she added.')
    said = Statement("d", (Span(1, 10),), Span(24, 28), "say", "direct", "the minister", Span(12, 24), "anonymous")
    first, second = citation(source, 0, 30, statement=said), citation(source, 31, 52, marker=2)
    html = citation_pane(first, "cite-7-1", (first, second), ((1, "cite-7-1"), (2, "cite-7-2")))
    assert text_in(html, "quote") == source.text[:30]
    assert text_in(html, "words-said") == "We agree,"
    assert text_in(html, "other-quote") == source.text[31:52]
    links = [attributes["href"] for tag, attributes in tags_of(html) if tag == "a"]
    assert links == ["#cite-7-2"]
    assert text_in(html, "heading-path") == "Annex B › Article 4"


def test_a_quotation_that_is_not_verified_is_never_marked():
    source = document("The text has changed since.")
    html = citation_pane(citation(source, 0, 8, verified=False, quote="Old text"), "cite-7-1")
    assert text_in(html, "quote") == ""
    assert "no longer has these words" in text_in(html, "gone")
    assert "Old text" in text_in(html, "gone")


def test_a_removed_document_shows_what_was_quoted_and_no_text():
    html = citation_pane(citation(document(""), 0, 5, quote="Words", verified=False), "cite-7-1")
    assert "no longer in the library" in text_in(html, "gone")
    assert "document-text" not in html


def test_unknown_particulars_are_said_or_left_out():
    undated = citation_pane(citation(document("Some text."), 0, 4), "cite-7-1")
    assert text_in(undated, "facts") == "undated"
    known = document("Some text.", outlet="The Courier", author="A. Writer", date=date(2031, 3, 2), basis=(("date", "dateline"),))
    assert text_in(document_pane(known, ()), "facts") == "The Courier · A. Writer · 2 March 2031"
    assert "from dateline" in text_in(document_pane(known, ()), "particulars")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_particulars_bring_no_tags(hostile):
    plain = citation_pane(citation(document("Some text.", title="T", outlet="O", author="A"), 0, 4), "cite-7-1")
    source = document("Some text.", title=hostile, outlet=hostile, author=hostile)
    html = citation_pane(citation(source, 0, 4, attribution=hostile), "cite-7-1")
    assert [tag for tag, _ in tags_of(html)] == [tag for tag, _ in tags_of(plain)]
    assert text_in(html, "document-title") == hostile
