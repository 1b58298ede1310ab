"""The groups of rich text that stand beside its running text: footnotes, heads and feet of pages, comments, targets of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACE = re.compile(r"\\[\\{}]|[{}]")
_NAME = re.compile(r"\{\s*(?:\\\*\s*)?\\([a-z]+)")
_FONTS = re.compile(r"\{[^{}]*\\fonttbl")
_AUTHOR = re.compile(r"\{\\\*\\atnauthor ([^{}\\]*)\}")

_NOTES, _COMMENTS, _TARGETS = frozenset({"footnote"}), frozenset({"annotation"}), frozenset({"fldinst"})
_AROUND = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
_ASIDE = _NOTES | _COMMENTS | _TARGETS | _AROUND


@dataclass(frozen=True, slots=True)
class Apart:
    """The source without what stands aside; that as rich text of its own, with the name of a comment's author in front."""

    running: str
    notes: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    around: tuple[str, ...] = ()


def taken_apart(source: str) -> Apart:
    """Rich text without its groups beside the running text, and these.

    What a field does is not shown, only its result: of a link the words, not the address.
    """
    fonts, last = _font_table(source), 0
    running: list[str] = []
    notes: list[str] = []
    comments: list[tuple[str, str]] = []
    around: list[str] = []
    for name, start, end in _groups(source):
        before = source[last:start]
        inner = f"{{\\rtf1 {fonts}{source[start + 1 : end]}"
        last = end
        running.append(before)
        if name in _NOTES:
            notes.append(_without_name(inner, name))
        elif name in _COMMENTS:
            author = [found[1] for found in _AUTHOR.finditer(before)]
            comments.append((author[-1] if author else "", _without_name(inner, name)))
        elif name in _AROUND:
            around.append(_without_name(inner, name))
    running.append(source[last:])
    return Apart("".join(running), tuple(notes), tuple(comments), tuple(around))


def _without_name(group: str, name: str) -> str:
    """The group as running text: its name is what would make it stand aside."""
    return re.sub(rf"(?:\\\*\s*)?\\{name}\b ?", " ", group, count=1)


def _groups(source: str) -> Iterator[tuple[str, int, int]]:
    """The outermost groups that stand aside: name, and the range with its braces. One that is never closed is none."""
    begun: tuple[str, int, int] | None = None
    depth = 0
    for brace in _BRACE.finditer(source):
        if brace[0] == "{":
            depth += 1
            named = _NAME.match(source, brace.start()) if begun is None else None
            if named is not None and named[1] in _ASIDE:
                begun = (named[1], brace.start(), depth)
        elif brace[0] == "}":
            if begun is not None and depth == begun[2]:
                yield begun[0], begun[1], brace.end()
                begun = None
            depth -= 1


def _font_table(source: str) -> str:
    """The group that tells the alphabets of the fonts, without which no group can be read."""
    found = _FONTS.search(source)
    depth = 0
    for brace in _BRACE.finditer(source, found.start()) if found else ():
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if found and depth == 0:
            return source[found.start() : brace.end()]
    return ""
