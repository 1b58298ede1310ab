"""The provisions of a document: articles, sections, annexes and numbered paragraphs, each with number, heading and whole span.

`provisions_of` cuts a document; `index.structure.lookup` finds a provision by kind and number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parley.index.structure.contents import contents_spans
from parley.index.structure.provision_marks import Mark, marks_of
from parley.index.structure.provision_names import ATTACHED, NUMBERED, rank_of
from parley.index.structure.provision_numbers import Address, follows, opens, same_address
from parley.index.types import Document, Span

_CLOSING = re.compile(
    r"^[ \t]*(?:\*\*)?(?:IN (?:WITNESS|FAITH) WHEREOF|In (?:witness|faith) whereof|(?:DONE|Done) (?:at|in|on|this)\b"
    r"|(?:SIGNED|Signed) (?:at|in|on|this|by|for)\b|(?:FOR|For) (?:the|THE) [^\n]{2,60}:?[ \t]*$|_{5,}[ \t]*$)",
    re.MULTILINE,
)
_SPLIT = re.compile(r"\w[.:]\w")
_COUNTED_THROUGH = frozenset({"article", "rule", "regulation", "standing order", "principle", "recommendation"})
"""Kinds that are numbered through an instrument, whatever part or section they stand in."""

_MOST_SKIPPED = 5
"""How many numbers of a list may be missing: lines that could not be read, or that were deleted."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a document. `document.text[start:end]` is all of it: label, heading, text, and what is nested in it.

    Attributes:
        kind: "article", "section", "annex", …; "paragraph" for one that has a number and no word for its kind.
        number: as written ("5", "XII", "7:02", "(a)" without its brackets).
        address: its number with those of the provisions that it is counted within: ("7", "2", "a") for Article 7 (2)(a).
        label: the span of "Article 5".
        heading: the span of its heading, or `None`.
        body: where its text begins, behind label and heading.
        parent: position of the provision that it lies within, in the tuple that holds both; `None` for the outermost.
    """

    kind: str
    number: str
    address: Address
    label: Span
    heading: Span | None
    start: int
    body: int
    end: int
    parent: int | None
    is_named: bool


def provisions_of(document: Document) -> tuple[Provision, ...]:
    """The provisions of a document in reading order. Tables of contents hold none."""
    text = document.text
    headings = frozenset(heading.start for heading in document.headings)
    marks = _without_listed(text, marks_of(text, contents_spans(text), headings))
    placed = _Nesting(text, marks).placed()
    return _with_ends(text, placed)


def path_of(provisions: Sequence[Provision], position: int) -> list[int]:
    """Positions of the provisions that one lies within, outermost first, itself last."""
    path = [position]
    while (parent := provisions[path[0]].parent) is not None:
        path.insert(0, parent)
    return path


def provision_at(provisions: Sequence[Provision], offset: int) -> int | None:
    """The position of the innermost provision that holds a character, or `None`."""
    at = bisect_right(provisions, offset, key=lambda item: item.start) - 1
    # They are in reading order and nested: what holds a character is the last that has begun, or one around it.
    place = at if at >= 0 else None
    while place is not None and provisions[place].end <= offset:
        place = provisions[place].parent
    return place


def label_text(provisions: Sequence[Provision], position: int) -> str:
    """What a provision is called with all that it is counted within: "Article 7, paragraph 2 (a)"."""
    path = [provisions[place] for place in path_of(provisions, position)]
    named = [place for place, item in enumerate(path) if item.is_named or (len(item.address) > 1 and _SPLIT.search(item.number))]
    last = named[-1] if named else -1
    own = [item for item in path[: last + 1] if item.is_named]
    if own and own[-1].kind in _COUNTED_THROUGH:
        own = [item for item in own if item.kind in ATTACHED or item is own[-1]]
    names = [f"{item.kind.capitalize()} {item.number}" for item in own]
    if last >= 0 and not path[last].is_named:
        names = [*names[:-1], f"{path[last].kind} {path[last].number}"]
    numbers = [item.number for item in path[last + 1 :]]
    if numbers:
        names.append(f"paragraph {numbers[0]}" + (" " if numbers[1:] else "") + "".join(f"({item})" for item in numbers[1:]))
    return ", ".join(names)


def heading_text(document: Document, provision: Provision) -> str:
    """The heading of a provision on one line, "" if it has none."""
    if provision.heading is None:
        return ""
    return " ".join(document.text[provision.heading.start : provision.heading.end].split()).rstrip(" .:")


def _without_listed(text: str, marks: list[Mark]) -> list[Mark]:
    """Leave out headings that are only listed: in a run without any text between them, and once more further on."""
    named = [mark for mark in marks if mark.is_named or mark.is_dotted]
    later: dict[tuple[str, Address], int] = {(mark.kind, mark.address): mark.start for mark in named}
    bare = {
        mark.start
        for mark, following in pairwise(named)
        if len(text[mark.body : following.start].split()) < 4 and later[mark.kind, mark.address] > mark.start
    }
    runs: list[list[Mark]] = [[]]
    for mark in named:
        if mark.start in bare:
            runs[-1].append(mark)
        elif runs[-1]:
            # The last of a list is followed by text that is not its own; it recurs all the same.
            runs[-1].extend([mark] if later[mark.kind, mark.address] > mark.start and len(runs[-1]) > 1 else [])
            runs.append([])
    listed = {mark.start for run in runs if len(run) > 2 for mark in run}
    return [mark for mark in marks if mark.start not in listed]


class _Nesting:
    """Puts marks into one another, as their kinds, numbers and styles show."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._text = text
        self._placed: list[tuple[Mark, Provision]] = []
        self._open: list[int] = []
        self._within_articles = _sections_within_articles(marks)

    def placed(self) -> list[Provision]:
        """The provisions with parents; each ends where it begins for now."""
        for mark in self._marks:
            if mark.is_named:
                self._place_named(mark)
            elif mark.is_dotted:
                self._place_dotted(mark)
            else:
                self._place_numbered(mark)
        return [provision for _, provision in self._placed]

    def _place_named(self, mark: Mark) -> None:
        rank = self._rank(mark.kind)
        same = [
            place for place, item in enumerate(self._open) if self._mark(item).kind == mark.kind and self._mark(item).is_named
        ]
        if same:
            del self._open[same[-1] :]
        else:
            while self._open and (not self._mark(self._open[-1]).is_named or self._rank(self._mark(self._open[-1]).kind) >= rank):
                self._open.pop()
        if mark.kind in ATTACHED:
            self._open.clear()
        self._add(mark)

    def _place_dotted(self, mark: Mark) -> None:
        for depth in range(len(self._open), 0, -1):
            above = self._placed[self._open[depth - 1]][1]
            if same_address(above.address, mark.address[:-1]) or self._mark(self._open[depth - 1]).address == mark.address[:-1]:
                del self._open[depth:]
                self._add(mark, mark.address)
                return
        while self._open and not self._mark(self._open[-1]).is_named:
            self._open.pop()
        self._add(mark, mark.address)

    def _place_numbered(self, mark: Mark) -> None:
        mark, depth = self._sibling(mark)
        if depth is not None:
            del self._open[depth:]
        elif mark.is_inline or (not opens(mark.address) and not self._begins_anywhere(mark)):
            return
        above = self._placed[self._open[-1]][1].address if self._open else ()
        within_list = bool(self._open) and self._mark(self._open[-1]).kind not in ("part", "title", "chapter", "item", *ATTACHED)
        self._add(mark, (*above, *mark.address) if within_list else mark.address)

    def _sibling(self, mark: Mark) -> tuple[Mark, int | None]:
        """The depth of the open list that a number goes on with, or begins anew; a letter may turn out to be a Roman numeral."""
        for style in dict.fromkeys((mark.style, *_as_roman(mark))):
            for depth in range(len(self._open) - 1, -1, -1):
                other = self._mark(self._open[depth])
                if other.is_named:
                    break
                if other.style == style and (follows if mark.is_inline else _goes_on)(other.address, mark.address):
                    return replace(mark, style=style), depth
        roman = next(iter(_as_roman(mark)), None)
        mark = replace(mark, style=roman) if roman else mark
        if mark.is_inline:
            return mark, None
        again = [depth for depth, item in enumerate(self._open) if self._mark(item).style == mark.style != ""]
        return mark, again[-1] if again and opens(mark.address) else None

    def _begins_anywhere(self, mark: Mark) -> bool:
        """Whether a number may begin a list though it is not the first: an excerpt, or a list whose beginning was not read."""
        named = self._open and self._mark(self._open[-1]).is_named
        return mark.address[-1].isdigit() and (named or not self._placed)

    def _add(self, mark: Mark, address: Address | None = None) -> None:
        parent = self._open[-1] if self._open else None
        self._open.append(len(self._placed))
        self._placed.append((mark, _provision(mark, address or mark.address, parent)))

    def _mark(self, position: int) -> Mark:
        return self._placed[position][0]

    def _rank(self, kind: str) -> float:
        return rank_of("article") + 0.5 if kind in ("section", "subsection") and self._within_articles else rank_of(kind)


def _provision(mark: Mark, address: Address, parent: int | None) -> Provision:
    return Provision(
        kind=mark.kind,
        number=mark.number,
        address=address,
        label=mark.label,
        heading=mark.title,
        start=mark.start,
        body=mark.body,
        end=mark.start,
        parent=parent,
        is_named=mark.is_named,
    )


def _goes_on(previous: Address, following: Address) -> bool:
    if follows(previous, following):
        return True
    one, other = previous[-1], following[-1]
    return one.isdigit() and other.isdigit() and int(one) < int(other) <= int(one) + _MOST_SKIPPED


def _as_roman(mark: Mark) -> tuple[str, ...]:
    """The style of a small or capital letter read as a Roman numeral, if it can be one."""
    letters = mark.number
    if letters[:1].isdigit() or not re.fullmatch(r"[ivxlc]+|[IVXLC]+", letters):
        return ()
    return (mark.style.replace("a", "i").replace("A", "I"),)


def _sections_within_articles(marks: Sequence[Mark]) -> bool:
    """Whether sections lie within articles, as in contracts, and not articles within sections, as in treaties."""
    named = [mark for mark in marks if mark.is_named and mark.kind not in NUMBERED - {"section"}]
    first = [(one, other) for one, other in pairwise(named) if other.kind == "section" and opens(other.address)]
    return bool(first) and 2 * sum(one.kind == "article" for one, _ in first) >= len(first)


def _with_ends(text: str, placed: list[Provision]) -> tuple[Provision, ...]:
    closings = [match.start() for match in _CLOSING.finditer(text)]
    ends = [len(text)] * len(placed)
    open_: list[int] = []
    for position, item in enumerate(placed):
        while open_ and open_[-1] not in path_of(placed, position):
            ends[open_.pop()] = item.start
        open_.append(position)
    finished = []
    for position, item in enumerate(placed):
        end = min([ends[position], *closings[(after := bisect_right(closings, item.body)) : after + 1]])
        finished.append(_with_end(text, item, end))
    return tuple(_without_tails(text, finished))


def _with_end(text: str, item: Provision, end: int) -> Provision:
    """The provision with its end, without the white space and the marks of the next heading behind it.

    What looked like a heading and has no text below is the text.
    """
    while end > item.label.end and text[end - 1] in " \t\n#*[":
        end -= 1
    heading = item.heading
    if heading is not None and item.body >= end and text[min(end, heading.end) - 1] in ".!?":
        return replace(item, heading=None, body=heading.start, end=end)
    return replace(item, body=min(item.body, end), end=end)


def _without_tails(text: str, provisions: list[Provision]) -> list[Provision]:
    """End the last item of a list at its own paragraph, if the items before it have no more than one."""
    children: dict[int | None, list[int]] = {}
    for position, item in enumerate(provisions):
        children.setdefault(item.parent, []).append(position)
    for siblings in children.values():
        last = siblings[-1]
        plain = [place for place in siblings if not provisions[place].is_named]
        if last not in plain or len(plain) < 2 or last in children:
            continue
        earlier = [provisions[place] for place in plain[:-1] if place not in children]
        item = provisions[last]
        cut = text.find("\n\n", item.body, item.end)
        if cut > 0 and earlier and all("\n\n" not in text[other.body : other.end] for other in earlier):
            provisions[last] = replace(item, end=cut)
    return provisions
