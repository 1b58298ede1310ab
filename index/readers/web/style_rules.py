"""Which of a page's style rules hold for an element, found by its name, id and classes instead of a search per rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

Style = dict[str, str]

_NAME = re.compile(r"[a-zA-Z][\w-]*")
_MARK = re.compile(r"([.#])([\w-]+)")


@dataclass(frozen=True, slots=True)
class _Compound:
    """What an element must be: its name, "" for any; its id and all these classes."""

    name: str
    ids: frozenset[str]
    classes: frozenset[str]

    def holds_for(self, name: str, identifier: str, classes: frozenset[str]) -> bool:
        return self.name in ("", name) and self.ids <= {identifier} and self.classes <= classes

    @property
    def key(self) -> str:
        """The rarest thing that it asks for."""
        return next((f"#{item}" for item in self.ids), next((f".{item}" for item in self.classes), self.name))


@dataclass(slots=True)
class _Selector:
    """A compound, with one that must hold for something around the element or `None`, and what is declared for both."""

    around: _Compound | None
    compound: _Compound
    declared: dict[str, tuple[int, str]] = field(default_factory=dict)


class StyleRules:
    """Rules with plain selectors: a name, ids and classes, and before them at most one such of an element around.

    Rules with one selector are merged, so that an element costs what its own selectors declare, not what the sheet repeats.
    """

    def __init__(self, rules: Iterable[tuple[str, Style]]) -> None:
        selectors: dict[str, _Selector] = {}
        for order, (text, style) in enumerate(rules):
            parts = [_compound(part) for part in text.split()]
            around = parts[0] if len(parts) > 1 else None
            known = selectors.setdefault(text, _Selector(around, parts[-1]))
            known.declared.update({name: (order, value) for name, value in style.items()})
        self._by_key: dict[str, list[_Selector]] = {}
        for selector in selectors.values():
            self._by_key.setdefault(selector.compound.key, []).append(selector)

    def style_of(self, element: Tag) -> Style:
        """What the rules declare for an element, later ones over earlier ones."""
        name, identifier, classes = _facts(element)
        found: dict[str, tuple[int, str]] = {}
        for key in ("", name, f"#{identifier}", *(f".{item}" for item in classes)):
            for selector in self._by_key.get(key, ()):
                if selector.compound.holds_for(name, identifier, classes) and _is_within(element, selector.around):
                    for property_name, (order, value) in selector.declared.items():
                        if order >= found.get(property_name, (-1, ""))[0]:
                            found[property_name] = (order, value)
        return {property_name: value for property_name, (_, value) in found.items()}


def _compound(text: str) -> _Compound:
    name = _NAME.match(text)
    marks = _MARK.findall(text)
    return _Compound(
        name.group().lower() if name else "",
        frozenset(item for mark, item in marks if mark == "#"),
        frozenset(item for mark, item in marks if mark == "."),
    )


def _facts(element: Tag) -> tuple[str, str, frozenset[str]]:
    """Name, id and classes."""
    return element.name.lower(), str(element.get("id", "")), frozenset(map(str, _classes(element)))


def _classes(element: Tag) -> Iterator[object]:
    given = element.get("class")
    if isinstance(given, str):
        yield from given.split()
    elif given is not None:
        yield from given


def _is_within(element: Tag, around: _Compound | None) -> bool:
    return around is None or any(around.holds_for(*_facts(parent)) for parent in element.parents)
