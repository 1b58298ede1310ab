"""Markdown: front matter as metadata, the rest as the page it describes."""

from __future__ import annotations

import re

from parley.index.errors import ReadError
from parley.index.readers.content import Content, join_blocks
from parley.index.readers.encoding import decode_text
from parley.index.readers.front_matter import read_front_matter
from parley.index.readers.set_lines import keep_set_lines
from parley.index.readers.text import unify_line_ends
from parley.index.readers.text_pages import drop_page_furniture
from parley.index.types import Metadata

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_INDENTED_TAG = re.compile(r"^(?:[ ]{4,}|\t)[ \t]*(?=</?[A-Za-z][^<>\n]*>)", re.MULTILINE)
"""What sets HTML in: Markdown takes it for a listing then, but programs that wrote the page only meant to lay it out."""

_LONGEST_FRONT_MATTER = 64 * 1024


def read_markdown(data: bytes, name: str) -> Content:
    """Read a .md file. Raises ReadError if the bytes are not text or the front matter is not valid YAML."""
    from markdown_it import MarkdownIt

    from parley.index.readers.web.blocks import parse_html, read_blocks
    from parley.index.readers.web.posts import mark_quoted_posts, struck_through
    from parley.index.readers.web.visibility import remove_unseen

    source = unify_line_ends(decode_text(data, name=name))
    metadata, body = _split_front_matter(source, name)
    # The same rendering as for web pages: raw HTML, entities and hidden parts are then treated alike.
    plain = keep_set_lines(_INDENTED_TAG.sub("", drop_page_furniture(body)))
    soup = parse_html(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(plain), name)
    struck = struck_through(soup)
    remove_unseen(soup)
    mark_quoted_posts(soup)
    text, headings = join_blocks(block.block for block in read_blocks(soup))
    return Content(text, metadata, headings, warnings=struck)


def _split_front_matter(source: str, name: str) -> tuple[Metadata, str]:
    match = _FRONT_MATTER.match(source)
    if match is None or not re.match(r"\s*(?:#.*\n\s*)*[\w\"'-]+\s*:", match[1] or ""):
        return Metadata(), source
    fields = _load_yaml(match[1], name)
    return read_front_matter(fields), source[match.end() :]


def _load_yaml(text: str, name: str) -> dict[str, object]:
    import yaml

    if len(text) > _LONGEST_FRONT_MATTER:
        msg = f"{name} has front matter of {len(text)} characters; at most {_LONGEST_FRONT_MATTER} are read. Shorten it."
        raise ReadError(msg)
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if mark is not None else ""
        msg = (
            f"{name} has front matter that is not valid YAML{place}. Correct what stands between the two --- lines, or remove it."
        )
        raise ReadError(msg) from error
    return {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}
