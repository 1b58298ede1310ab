"""The words for kinds of provisions, in headings and in questions, and how deep each kind usually stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of provision.

    `rank` tells how deep it stands where the document does not show it, 0 outermost; `is_list` whether it is one of the plain
    numbered paragraphs, which seldom carry the word.
    """

    name: str
    forms: tuple[str, ...]
    rank: int
    is_list: bool = False


_ATTACHED, _PARAGRAPH = 0, 8

KINDS: tuple[Kind, ...] = (
    Kind("annex", ("annex", "annexes", "annexe", "annexure"), _ATTACHED),
    Kind("appendix", ("appendix", "appendices", "app."), _ATTACHED),
    Kind("schedule", ("schedule", "schedules"), _ATTACHED),
    Kind("protocol", ("protocol", "protocols"), _ATTACHED),
    Kind("attachment", ("attachment", "attachments"), _ATTACHED),
    Kind("exhibit", ("exhibit", "exhibits"), _ATTACHED),
    Kind("addendum", ("addendum", "addenda"), _ATTACHED),
    Kind("part", ("part", "parts"), 1),
    Kind("title", ("title", "titles"), 2),
    Kind("chapter", ("chapter", "chapters", "ch.", "chap."), 3),
    Kind("section", ("section", "sections", "sec.", "sec", "sect.", "§", "§§"), 4),
    Kind("subsection", ("subsection", "sub-section", "subsections"), 5),
    Kind("article", ("article", "articles", "art.", "art", "arts."), 6),
    Kind("rule", ("rule", "rules"), 6),
    Kind("regulation", ("regulation", "regulations", "reg."), 6),
    Kind("standing order", ("standing order", "standing orders"), 6),
    Kind("principle", ("principle", "principles"), 6),
    Kind("recommendation", ("recommendation", "recommendations"), 6),
    Kind("clause", ("clause", "clauses", "cl."), 7),
    Kind("option", ("option", "options", "alternative", "variant"), 7),
    Kind("paragraph", ("paragraph", "paragraphs", "para.", "para", "paras", "paras.", "par.", "¶"), _PARAGRAPH, is_list=True),
    Kind(
        "subparagraph",
        ("subparagraph", "sub-paragraph", "subparagraphs", "sub-paragraphs", "sub-clause", "subclause"),
        _PARAGRAPH + 1,
        is_list=True,
    ),
    Kind("item", ("agenda item", "item", "items"), _PARAGRAPH, is_list=True),
    Kind("point", ("point", "points"), _PARAGRAPH, is_list=True),
    Kind("step", ("step", "steps"), _PARAGRAPH, is_list=True),
)
"""Every kind; the first form of each is the word itself."""

_BY_FORM = {form: kind for kind in KINDS for form in kind.forms}
_BY_NAME = {kind.name: kind for kind in KINDS}
FORMS = "|".join(sorted((form.replace(".", r"\.").replace(" ", r"\s+") for form in _BY_FORM), key=len, reverse=True))
"""All forms as a pattern's alternatives, longest first; to be matched without regard to capitals."""

ATTACHED = frozenset(kind.name for kind in KINDS if kind.rank == _ATTACHED)
"""Kinds that stand behind an instrument and number their own articles: annexes, protocols, schedules."""

NUMBERED = frozenset(kind.name for kind in KINDS if kind.is_list) | {"section", "clause", "rule"}
"""Kinds by whose name a paragraph that carries only a number may be called."""


def kind_of(form: str) -> Kind:
    """The kind that a word stands for, in any case. Raises KeyError if it is none."""
    return _BY_FORM[" ".join(form.lower().split())]


def rank_of(name: str) -> int:
    """How deep a kind usually stands, 0 the outermost."""
    return _BY_NAME[name].rank
