"""Quoted posts with their author, live blogs with the day of each entry, walls, and words struck through."""

from __future__ import annotations

import pytest

from parley.index.errors import ReadError
from tests.readers.conftest import Read

FILL = "<p>" + "The talks on the gate went on in Osk on Monday, and both sides sent new envoys to the hall. " * 3 + "</p>"


def page(body: str) -> bytes:
    return f"<html><head><title>Osk</title></head><body><article><h1>Talks</h1>{FILL}{body}</article></body></html>".encode()


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote class="twitter-tweet"><p>No gate, no deal.</p>— Ada Holm (@holm) <a href="x">June 4, 2031</a></blockquote>',
        "<blockquote><p>No gate, no deal.</p><footer>— <cite>Ada Holm (@holm)</cite></footer></blockquote>",
        "<blockquote>No gate, no deal. – Ada Holm (@holm)</blockquote>",
    ],
)
def test_a_quoted_post_stays_with_its_author(read: Read, quote: str) -> None:
    assert "“No gate, no deal.” – Ada Holm (@holm)" in read("a.html", page(quote)).text.split("\n\n")


def test_a_quotation_without_author_stays_as_it_is(read: Read) -> None:
    assert "No gate, no deal." in read("a.html", page("<blockquote><p>No gate, no deal.</p></blockquote>")).text.split("\n\n")


def test_the_entries_of_a_live_blog_carry_their_day(read: Read) -> None:
    entries = "".join(
        f'<h2><time datetime="2031-06-0{day}T1{day}:05:00Z">1{day}.05 BST</time></h2><p>Entry {day} of the day.</p>'
        for day in (3, 4, 5)
    )
    text = read("a.html", page(entries)).text
    assert "14.05 BST, 4 June 2031" in text
    assert text.index("14.05 BST, 4 June 2031") < text.index("Entry 4 of the day.") < text.index("15.05 BST, 5 June 2031")


def test_one_time_of_an_article_stays_as_written(read: Read) -> None:
    assert "14.05 BST," not in read("a.html", page('<p><time datetime="2031-06-04T14:05:00Z">14.05 BST</time></p>')).text


def test_a_page_with_nothing_but_a_cookie_wall_is_refused(read: Read) -> None:
    wall = (
        "<h1>Before you continue to Osk Post</h1><p>We and our 214 partners store and/or access information on a device, such as "
        "cookies.</p><p>You may accept all cookies or manage preferences; your consent is kept for a year.</p>"
        "<p>Our privacy policy tells more on cookies.</p>"
    )
    with pytest.raises(ReadError, match=r"wall\.html shows nothing but a request to accept cookies"):
        read("wall.html", f"<html><body>{wall}</body></html>".encode())


def test_an_article_on_cookies_is_no_wall(read: Read) -> None:
    text = "<p>The court of Osk ruled on Monday that cookies need consent. The judge said so at noon. The firm will appeal.</p>"
    text += "<p>Its lawyer spoke of a sad day. The privacy board praised the ruling. Shares of the firm fell by a tenth.</p>"
    text += "<p>Two partners of the firm have left it since. Nobody knows how many cookies the firm has set.</p>"
    assert "ruled on Monday" in read("a.html", f"<html><body><article>{text}</article></body></html>".encode()).text


def test_words_struck_through_are_no_text(read: Read) -> None:
    document = read("a.md", b"Norland ~~shall close the port~~ may use the port. <del>It pays.</del>\n")
    assert " ".join(document.text.split()) == "Norland may use the port."
    assert [item.details for item in document.warnings] == [("“shall close the port”", "“It pays.”")]
