"""Taking elements out of a parsed page, in time that grows with their number alone."""

from __future__ import annotations

from collections.abc import Iterable

from bs4.element import PageElement, Tag


def take_out(elements: Iterable[PageElement]) -> None:
    """Take elements out of the tree; each finds its place among its siblings without a search through them."""
    chosen = list(elements)
    by_parent: dict[int, tuple[Tag, set[int]]] = {}
    for element in chosen:
        if element.parent is not None:
            by_parent.setdefault(id(element.parent), (element.parent, set()))[1].add(id(element))
    for parent, leaving in by_parent.values():
        places = [place for place, child in enumerate(parent.contents) if id(child) in leaving]
        # From the end, so that the places of the others stay what they are.
        for place in reversed(places):
            parent.contents[place].extract(_self_index=place)


def text_lengths(root: Tag) -> dict[int, int]:
    """How many characters of text each element below `root` holds, and `root` itself, by identity."""
    lengths: dict[int, int] = {}
    pending: list[tuple[Tag, bool]] = [(root, False)]
    while pending:
        element, is_counted = pending.pop()
        if is_counted:
            inner = sum(lengths[id(child)] for child in element.contents if isinstance(child, Tag))
            lengths[id(element)] = inner + sum(len(text) for text in element.find_all(string=True, recursive=False))
        else:
            pending.append((element, True))
            pending.extend((child, False) for child in element.contents if isinstance(child, Tag))
    return lengths
