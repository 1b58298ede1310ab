"""Which questions hang together: those about one document, and those of one conversation."""

from __future__ import annotations

from collections.abc import Sequence


def clusters(keys: Sequence[Sequence[str]]) -> list[int]:
    """The cluster of each item, counted from 0 in order of appearance.

    Args:
        keys: what each item belongs to (a document, a conversation). Items with a key in common are in one cluster, and so are
            those that a chain of such items joins. An item without keys stands alone.

    >>> clusters([["a"], ["b"], [], ["b", "a"]])
    [0, 0, 1, 0]
    """
    parent = list(range(len(keys)))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    first: dict[str, int] = {}
    for item, names in enumerate(keys):
        for name in names:
            one, other = sorted((root(first.setdefault(name, item)), root(item)))
            parent[other] = one
    numbers = {found: number for number, found in enumerate(dict.fromkeys(root(item) for item in range(len(keys))))}
    return [numbers[root(item)] for item in range(len(keys))]
