"""Web pages: the article's own text, without menus, banners, scripts and hidden parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.content import Block, Content, join_blocks
from parley.index.readers.encoding import decode_text
from parley.index.readers.text_pages import without_heads
from parley.index.readers.web.tree import take_out, text_lengths
from parley.index.readers.web.walls import is_consent_wall

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from parley.index.readers.web.blocks import HtmlBlock

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|gdpr|share|sharing|social|related|recommend(?:ed|ations?)|newsletter|subscri(?:be|ption)"
    r"|promos?|advert\w*|ads?|sponsor(?:ed)?|breadcrumbs?|comments?|disqus|sidebar|menu|nav(?:bar|igation)?|toolbar|popup|modal"
    r"|overlay|widget|trending|most-read|paywall|skip(?:-link|-to-content)?|pagination|masthead|site-header|site-footer|footer"
    r"|read-more|see-also|outbrain|taboola)(?:$|[-_ ])"
)
_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar")
_SHORT_PAGE = 1500
"""Below this many visible characters the whole page is taken: article detection needs more to go by."""


def read_html(data: bytes, name: str) -> Content:
    """Read a .html or .htm file. Raises ReadError if the bytes are not text, or the page shows none or only asks for consent."""
    from parley.index.readers.web.blocks import parse_html
    from parley.index.readers.web.metadata import read_html_metadata
    from parley.index.readers.web.posts import struck_through

    source = decode_text(data, name=name, declared=declared_charset(data))
    soup = parse_html(source, name)
    metadata, struck = read_html_metadata(soup), struck_through(soup)
    text, headings = join_blocks(_without_heads([block.block for block in _article_blocks(soup)]))
    if is_consent_wall(text):
        msg = f"{name} shows nothing but a request to accept cookies. Accept it in the browser, and save the page anew."
        raise ReadError(msg)
    if not text:
        msg = f"{name} shows no text by itself (scripts may fill it in). Save the page as text or PDF from the browser instead."
        raise ReadError(msg)
    return Content(text, metadata, headings, warnings=struck)


def _without_heads(blocks: list[Block]) -> list[Block]:
    """The blocks without running heads of pages that a program left at the beginning of paragraphs."""
    levels = {block.text: block.level for block in blocks}
    titles = frozenset(number for number, block in enumerate(blocks) if block.level is not None)
    return [Block(text, levels.get(text)) for text in without_heads([block.text for block in blocks], titles)]


def declared_charset(data: bytes) -> str | None:
    """The encoding that the first 4096 bytes of a page declare."""
    match = _CHARSET.search(data[:4096])
    label = (match[1] or match[2]).decode("ascii").lower() if match else None
    # A page that could be read up to this declaration is not UTF-16, whatever it says.
    return None if label is None or label.startswith("utf-16") else label


def _article_blocks(soup: BeautifulSoup) -> list[HtmlBlock]:
    from parley.index.readers.web.blocks import read_blocks
    from parley.index.readers.web.posts import date_entries, mark_quoted_posts
    from parley.index.readers.web.visibility import remove_unseen

    remove_unseen(soup)
    mark_quoted_posts(soup)
    date_entries(soup)
    everything = read_blocks(soup)
    _remove_furniture(soup)
    blocks = read_blocks(_main_element(soup))
    if _length(blocks) < min(200, _length(everything) // 3):
        return everything  # what looked like furniture was the page
    if _length(blocks) < _SHORT_PAGE:
        return blocks
    article = _letters(_trafilatura_text(str(soup)))
    if len(article) * 3 < sum(len(_letters(block.block.text)) for block in blocks):
        return blocks
    return _within_article(blocks, article)


def _trafilatura_text(page: str) -> str:
    from trafilatura import extract

    return extract(page, include_comments=False, include_tables=True, favor_recall=True, fast=True) or ""


def _within_article(blocks: list[HtmlBlock], article: str) -> list[HtmlBlock]:
    """The blocks that the extracted article holds, and those between its first and last that are not lists of links.

    The blocks' own text is kept rather than the extractor's, which changes white space and drops short lines.
    """
    held = _held_in(article, [_letters(block.block.text) for block in blocks])
    if not held:
        return blocks
    # The headline, byline and date line stand right above the article and are often passed over.
    first = next((number for number in range(held[0] - 1, max(-1, held[0] - 6), -1) if blocks[number].block.level == 1), held[0])
    inside, shares = set(held), _LinkShares()
    return [
        block
        for number, block in enumerate(blocks[: held[-1] + 1])
        if number in inside or (number >= first and shares.of(block) < 0.5)
    ]


def _held_in(article: str, blocks: list[str]) -> list[int]:
    """The numbers of the blocks whose letters, up to 200, are in the article's."""
    held = []
    at = 0
    for number, letters in enumerate(blocks):
        beginning = letters[:200]
        if len(letters) < 3:
            continue
        # Blocks and article have one order: what follows is looked at first, the rest only where it is not there.
        near = article.find(beginning, at, at + _NEAR)
        place = near if near >= 0 else article.find(beginning)
        if place >= 0:
            held.append(number)
            at = place
    return held


_NEAR = 5_000
"""Letters in which the next block is looked for first."""


class _LinkShares:
    """What share of a block's letters stands in links; an element that several blocks come from is looked through once."""

    def __init__(self) -> None:
        self._linked: dict[int, int] = {}

    def of(self, block: HtmlBlock) -> float:
        """A number from 0, and above 1 where a block is one of several of its element."""
        key = id(block.element)
        if key not in self._linked:
            self._linked[key] = sum(len(_letters(link.get_text())) for link in block.element.find_all("a"))
        return self._linked[key] / max(1, len(_letters(block.block.text)))


def _remove_furniture(soup: BeautifulSoup) -> None:
    lengths = text_lengths(soup)
    most = lengths[id(soup)] // 2
    kept = ("html", "body", "main", "article")
    found = [element for element in soup.find_all(True) if element.name not in kept and _is_furniture(element)]
    take_out(element for element in found if lengths[id(element)] <= most)


def _is_furniture(element: Tag) -> bool:
    if element.name in ("nav", "aside", "search") or element.get("role") in _ROLES:
        return True
    if element.name in ("header", "footer"):
        holds_title = element.find("h1") is not None and element.find("nav") is None and len(element.find_all("a", limit=4)) < 4
        return element.find_parent(["article", "main"]) is None and not holds_title
    names = [*element.get_attribute_list("class"), *element.get_attribute_list("id")]
    return any(_FURNITURE.search(name.lower()) for name in names if name)


def _main_element(soup: BeautifulSoup) -> Tag:
    """The smallest `<article>` or `<main>` that holds most of the text, with its headline if possible; else the whole page."""
    lengths = [(len(_letters(element.get_text())), element) for element in soup.select("article, main, [role=main]")]
    total = len(_letters(soup.get_text()))
    large = [(length, element) for length, element in lengths if length * 2 > total]
    with_headline = [(length, element) for length, element in large if element.find("h1") is not None]
    return min(with_headline or large, key=lambda item: item[0], default=(total, soup))[1]


def _length(blocks: list[HtmlBlock]) -> int:
    return sum(len(block.block.text) for block in blocks)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
