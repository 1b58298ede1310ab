"""Reading our own HTML back: its text as a browser would have it, and what stands in elements of a class."""

from __future__ import annotations

from html.parser import HTMLParser

_EMPTY = frozenset({"input", "img", "br", "progress"})


class _Reader(HTMLParser):
    def __init__(self, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = wanted
        self.stack: list[bool] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.stack.append(self.wanted in (dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (the parser's signature)
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(self.stack):
            self.inside += data


def text_of(html: str) -> str:
    """The text of all elements, joined."""
    return _read(html).text


def text_in(html: str, name: str) -> str:
    """The text inside elements of that class, joined."""
    return _read(html, name).inside


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """All start tags with their attributes, in order."""
    return _read(html).tags


def _read(html: str, name: str = "") -> _Reader:
    reader = _Reader(name)
    reader.feed(html)
    reader.close()
    assert not reader.stack, "unclosed elements"
    return reader
