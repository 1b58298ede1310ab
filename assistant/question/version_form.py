"""Questions about versions of a text: what changed, was added, deleted or moved, which brackets are gone, who wants an option.

A question is one of them by its words for a change and for a text that has versions ("draft", "version"), or for a provision;
whether there are such versions, the documents decide. "What changed in Article 8 between the drafts?" is one; "What changed in
the capital?" is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from parley.assistant.question.asked_provision import asked_provision
from parley.assistant.question.open_question import is_ellipsis
from parley.index.language.lexicon import read_rows, words_by_kind
from parley.index.language.words import Word, is_content, words_of
from parley.index.structure.lookup import Reference

_Found = dict[str, list[int]]

Asked = Literal["changes", "added", "deleted", "moved", "brackets_gone", "brackets_new", "brackets_left", "owner"]


@dataclass(frozen=True, slots=True)
class VersionQuestion:
    """What is asked about the versions of a text.

    Attributes:
        asked: which changes are to be told; "owner" is who proposed an option or bracketed words.
        references: the provisions it is about; empty for the whole text.
        order: words that say which versions are meant by their place among them ("second", "final", "previous"), in order.
        words: the other words, which name the texts or the matter ("Geneva", "monitors").
    """

    asked: Asked
    references: tuple[Reference, ...] = ()
    order: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


def version_question(text: str, before: VersionQuestion | None = None) -> VersionQuestion | None:
    """What a question asks about versions; `None` where it asks something else.

    Args:
        text: the question.
        before: the question of the turn before, if it was one about versions: "And in Article 9?" then is another one.
    """
    words = words_of(text)
    folded = [word.folded for word in words]
    if not folded or len(folded) > _LONGEST:
        return None
    has = {
        kind: [number for number, word in enumerate(folded) if word in listed]
        for kind, listed in words_by_kind("versions").items()
    }
    provision = asked_provision(text)
    references = provision.references if provision is not None else ()
    asked = _asked(has, folded, bool(references))
    if asked is None and before is not None:
        return _continued(text, words, before, has, references)
    if asked is None:
        return None
    ordered = [folded[number] for number in has["order"] + has["earlier"] + has["later"]]
    return VersionQuestion(asked, references, tuple(ordered), _others(words, references))


_LONGEST = 30


def _continued(
    text: str, words: Sequence[Word], before: VersionQuestion, has: _Found, references: tuple[Reference, ...]
) -> VersionQuestion | None:
    """The question before, with another provision, another matter or another kind of change."""
    folded = [word.folded for word in words]
    asked = _asked_of_changes(has, folded)
    if asked is not None and len(folded) <= _SHORT and not _others(words, references):
        return replace(before, asked=asked, references=references or before.references)
    if is_ellipsis(text) or (len(folded) <= _SHORT and folded[0] in words_by_kind("versions")["going_on"]):
        return replace(before, references=references, words=_others(words, references))
    return None


_SHORT = 7


def version_rank(word: str) -> int | None:
    """How early or late a version with that word in its name stands among those of one text; `None` for other words."""
    return _ranks().get(word)


def is_earlier(word: str) -> bool:
    """Whether a word means the older of two versions ("previous")."""
    return word in words_by_kind("versions")["earlier"]


def is_later(word: str) -> bool:
    """Whether a word means the newest version ("latest")."""
    return word in words_by_kind("versions")["later"]


def is_version_word(word: str) -> bool:
    """Whether a word only says that a text is a version ("draft"), or which kind of text or how far on it is."""
    return word in words_by_kind("versions")["version"] | words_by_kind("versions")["text"] | _ranks().keys()


def names_version(word: str) -> bool:
    """Whether a word in a title says that the text is a version ("draft", "revised"); "second" says it of anything."""
    rank = version_rank(word)
    return word in words_by_kind("versions")["version"] or (rank is not None and rank >= _STAGE)


_STAGE = 10
"""Rank from which a word is a stage of a text; below it are ordinals."""


def _asked(has: _Found, folded: Sequence[str], has_provision: bool) -> Asked | None:
    if has["bracket"]:
        return _asked_of_brackets(has, folded)
    if folded[0] in words_by_kind("versions")["party"] and has["propose"] and has["option"]:
        return "owner"
    if has["propose"] or has["answered"] or folded[0] in words_by_kind("versions")["circumstance"]:
        return None
    asked = _asked_of_changes(has, folded)
    return asked if asked is not None and _has_texts(has, folded, has_provision) else None


def _asked_of_changes(has: _Found, folded: Sequence[str]) -> Asked | None:
    """The kind of change. "The new draft" and "the amended contract" tell none, "what is new in the draft" does."""
    nouns = words_by_kind("versions")["version"] | words_by_kind("versions")["text"]
    names = {number for number in range(len(folded) - 1) if folded[number + 1] in nouns}
    if any(number not in names for number in has["change"]):
        return "changes"
    told: tuple[Asked, ...] = ("moved", "deleted", "added")
    return next((kind for kind in told if any(number not in names for number in has[kind])), None)


def _asked_of_brackets(has: _Found, folded: Sequence[str]) -> Asked | None:
    if folded[0] == "whose" or (folded[0] in words_by_kind("versions")["party"] and has["propose"] and folded[0] != "which"):
        return "owner"
    if has["remaining"] or (has["version"] and not has["gone"] and not has["opened"]):
        return "brackets_left"
    if has["opened"] and not set(has["gone"]) - set(has["opened"]):
        return "brackets_new"
    return "brackets_gone" if has["gone"] else None


def _has_texts(has: _Found, folded: Sequence[str], has_provision: bool) -> bool:
    """Whether it is versions that change: drafts, two texts of another kind, or a provision and nothing else."""
    if has["version"] and not folded[has["version"][0]].startswith("text"):
        return True
    plural = [number for number in (*has["text"], *has["version"]) if folded[number].endswith(("s", "a"))]
    two = len([number for number in has["order"] if folded[number] in _ranks()]) > 1
    if (has["text"] or has["version"]) and has["change"] and (plural or two or has["between"]):
        return True
    if (has["text"] or has["version"]) and (has["order"] or has["earlier"] or has["later"]):
        return True
    return has_provision and bool(has["change"] or has["moved"]) and folded[0] in words_by_kind("versions")["asking"]


def _others(words: Sequence[Word], references: Sequence[Reference]) -> tuple[Word, ...]:
    """The content words that are neither about versions nor part of a provision's name."""
    numbers = {part.lower() for reference in references for step in reference.steps for part in (step.number, step.kind or "")}
    known = frozenset[str]().union(numbers, *words_by_kind("versions").values())
    return tuple(
        word for word in words if is_content(word.folded) and word.folded not in known and not _names_kind(word, references)
    )


def _names_kind(word: Word, references: Sequence[Reference]) -> bool:
    return any(step.kind and word.folded.startswith(step.kind[:3]) for reference in references for step in reference.steps)


NUMBERED = tuple(word for kind, words, *_ in read_rows("versions.tsv") if kind == "numbered" for word in words.split())
"""Words before the number of a version in a name: "v2", "draft 3"."""


@cache
def _ranks() -> dict[str, int]:
    return {row[1]: int(row[2]) for row in read_rows("versions.tsv") if row[0] == "order"}
