"""Finding provisions by kind and number: "Article 7 (2)", "Section 19.A", "paragraph 2 of Annex II"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.index.structure.provision_names import ATTACHED, NUMBERED, rank_of
from parley.index.structure.provision_numbers import Address, address_of, same_address
from parley.index.structure.provisions import Provision, path_of
from parley.index.types import Document, Span


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a reference: a kind, `None` for a bare number, and the number as written."""

    kind: str | None
    number: str

    @property
    def address(self) -> Address:
        """The number taken apart."""
        return address_of(self.number)


@dataclass(frozen=True, slots=True)
class Reference:
    """A provision as it is asked for, from the outermost part inwards: (Annex II, Article 3, paragraph 1)."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """As people write it: "Annex II, Article 3, paragraph 1"."""
        return ", ".join(_shown(step, number) for number, step in enumerate(self.steps))


_OWN_WORD = frozenset({"section", "clause", "rule"})
"""Kinds that a plain number stands for only at the outermost level, where no heading carries the word."""


def find_provisions(provisions: Sequence[Provision], reference: Reference) -> list[int]:
    """Positions of the provisions that a reference means, in reading order, those of the main text before those of annexes.

    Several are found where an instrument and its annexes, or two instruments in one document, number alike. Empty if there is
    none.
    """
    scopes: list[int | None] = [None]
    for step in reference.steps:
        scopes = list(dict.fromkeys(found for scope in scopes for found in _matching(provisions, step, scope)))
        if not scopes:
            return []
    found = [scope for scope in scopes if scope is not None]
    asked_within = any(step.kind in ATTACHED for step in reference.steps)
    return sorted(found, key=lambda place: (not asked_within and _is_attached(provisions, place), place))


def unnumbered_paragraph(document: Document, provision: Provision, number: int) -> Span | None:
    """The paragraph of that number, from 1, of a provision whose paragraphs carry none; `None` if it has not so many."""
    text = document.text[provision.body : provision.end]
    paragraphs = [match for match in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", text) if match.group().strip()]
    if not 1 <= number <= len(paragraphs):
        return None
    chosen = paragraphs[number - 1]
    return Span(provision.body + chosen.start(), provision.body + chosen.start() + len(chosen.group().rstrip()))


def kinds_in(provisions: Sequence[Provision]) -> frozenset[str]:
    """The kinds that stand with their word in a document."""
    return frozenset(item.kind for item in provisions if item.is_named)


def _matching(provisions: Sequence[Provision], step: Step, scope: int | None) -> list[int]:
    """Positions of the best matches of one step, below `scope` if one is given."""
    rated: dict[int, list[int]] = {}
    for place, item in enumerate(provisions):
        if scope is not None and (place == scope or scope not in path_of(provisions, place)):
            continue
        tier = _tier(provisions, place, item, step, scoped=scope is not None)
        if tier is not None:
            rated.setdefault(tier, []).append(place)
    return rated[min(rated)] if rated else []


def _tier(provisions: Sequence[Provision], place: int, item: Provision, step: Step, *, scoped: bool) -> int | None:
    """How exactly a provision is what a step asks for, 0 best; `None` if it is not."""
    address, own = step.address, address_of(item.number)
    if item.is_named and item.kind == step.kind and same_address(own, address):
        return 0
    if len(address) > 1:
        return _tier_of_split(provisions, place, item, step)
    if item.is_named or not same_address(own, address):
        return None
    if step.kind is not None and rank_of(step.kind) < rank_of("clause") and step.kind not in NUMBERED:
        return None
    outer = [provisions[above] for above in path_of(provisions, place)[:-1]]
    within_list = any(not other.is_named for other in outer)
    within_article = any(other.kind not in ("part", "title", "chapter", "item") for other in outer)
    if scoped:
        return 2 + within_list
    if step.kind in _OWN_WORD and (within_article or within_list or step.kind in kinds_in(provisions)):
        return None
    return 4 + within_list + 2 * within_article


def _tier_of_split(provisions: Sequence[Provision], place: int, item: Provision, step: Step) -> int | None:
    """For a number of several parts, "7(2)" or "15.5", that counts through the provisions that hold this one."""
    chain = _full_address(provisions, place)
    own = address_of(item.number)
    if not (same_address(item.address, step.address) or same_address(chain, step.address) or same_address(own, step.address)):
        return None
    root = next((provisions[above] for above in path_of(provisions, place) if provisions[above].kind not in ATTACHED), item)
    kinds = {provisions[above].kind for above in path_of(provisions, place)} | {root.kind}
    if step.kind in kinds and step.kind != "paragraph":
        return 1
    is_dotted = len(own) > 1 and not item.is_named
    return 2 if step.kind is None or is_dotted or step.kind in NUMBERED or step.kind == "article" else None


def _full_address(provisions: Sequence[Provision], place: int) -> Address:
    """The numbers of a provision and of the article, section or list that it stands in, without those of parts and annexes."""
    full: Address = ()
    for above in path_of(provisions, place):
        item = provisions[above]
        own = address_of(item.number)
        if item.kind in ("part", "title", "chapter", "item") or item.kind in ATTACHED:
            continue
        full = own if len(own) > 1 and own[: len(full)] == full else (*full, *own)
    return full


def _is_attached(provisions: Sequence[Provision], place: int) -> bool:
    return any(provisions[above].kind in ATTACHED for above in path_of(provisions, place)[:-1])


def _shown(step: Step, number: int) -> str:
    if step.kind is None:
        return step.number
    kind = step.kind if number and step.kind in NUMBERED - {"section"} else step.kind.capitalize()
    return f"{kind} {step.number}"
