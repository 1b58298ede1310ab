"""Parts of a page with an author or a time of their own: quoted posts and quotations, and the entries of a live blog."""

from __future__ import annotations

import re
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from parley.index.readers.content import tidy
from parley.index.types import ReadingWarning

_BY = re.compile(r"(?s)^(?P<words>.+?)\s*(?:—|–|―|--)\s*(?P<author>[^\W\d_][^—–\n]{1,79})\s*$")
_DATE_BEHIND = re.compile(
    r"\s*,?\s*(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
    r"|\d{1,2} \w+ \d{4})\s*$"
)
_QUOTED = re.compile(r"^[“\"«„‘']")
_LONGEST_POST = 1500
_FEWEST_ENTRIES = 3
"""Times on a page from which it is taken for a live blog; an article has one or two."""


def mark_quoted_posts(soup: BeautifulSoup) -> None:
    """Put the words of each quoted post or quotation in quotation marks, with the author behind, in one paragraph.

    The author is what stands behind a dash at the end of a `<blockquote>`, or in its `<cite>` or `<footer>`.
    """
    for quote in soup.find_all("blockquote"):
        found = _words_and_author(quote)
        if found is None:
            continue
        words, author = found
        marked = words if _QUOTED.match(words) else f"“{words}”"
        paragraph = soup.new_tag("p")
        paragraph.string = f"{marked} – {author}"
        quote.clear()
        quote.append(paragraph)


def date_entries(soup: BeautifulSoup) -> None:
    """Write the day behind the time of each entry of a live blog, where only a machine could read it."""
    times = [(element, day) for element in soup.find_all("time") if (day := _day(element)) is not None]
    if len(times) < _FEWEST_ENTRIES:
        return
    for element, day in times:
        shown = tidy(element.get_text(" "))
        if not re.search(r"\b\d{4}\b", shown):
            element.string = f"{shown}, {day}" if shown else day


def struck_through(soup: BeautifulSoup) -> tuple[ReadingWarning, ...]:
    """A warning of the words that a page strikes through, which are no live text; call it before they are removed."""
    struck = [f"“{words}”" for element in soup.find_all(["del", "s", "strike"]) if (words := tidy(element.get_text(" ")))]
    if not struck:
        return ()
    return (ReadingWarning("struck_through", f"Left out, since struck through: {len(struck)}.", tuple(struck)),)


def _words_and_author(quote: Tag) -> tuple[str, str] | None:
    if len(quote.get_text()) > _LONGEST_POST or quote.find("blockquote") is not None:
        return None
    named = quote.find(["cite", "footer"])
    if isinstance(named, Tag):
        author = _DATE_BEHIND.sub("", tidy(named.get_text(" ")).lstrip("—–-― "))
        named.extract()
        words = tidy(quote.get_text(" "))
        return (words, author) if words and author else None
    match = _BY.match(tidy(quote.get_text(" ")))
    if match is None:
        return None
    author = _DATE_BEHIND.sub("", match["author"]).strip(" ,")
    return (match["words"].strip(), author) if author and len(author.split()) <= 8 else None


def _day(element: Tag) -> str | None:
    """The day of a `<time>` as people write it, e.g. "4 June 2031"."""
    try:
        moment = datetime.fromisoformat(str(element.get("datetime", "")).strip())
    except ValueError:
        return None
    return f"{moment.day} {moment:%B %Y}"
