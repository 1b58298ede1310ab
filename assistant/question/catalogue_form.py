"""Questions about the library itself, answered from its catalogue: which documents, how many, by whom, from when, the latest.

A question is one of them by what it is made of: a word for a document, a word for what is asked, and nothing else that is no
name, title, author, outlet or date of a document. "Which documents are there?" is one; "Which document sets the toll?" is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.index.language.lexicon import words_by_kind
from parley.index.language.words import Word, stem, words_of

Asked = Literal[
    "list",
    "count",
    "author",
    "date",
    "mention",
    "latest",
    "earliest",
    "added",
    "speakers",
    "languages",
    "period",
    "authors",
    "outlets",
    "undated",
    "quoting",
    "by",
    "statements",
]


@dataclass(frozen=True, slots=True)
class CatalogueQuestion:
    """What is asked about the library.

    Attributes:
        asked: what is to be told.
        about: the words that say of which documents, or for "mention" what they mention, for "quoting" and "by" whom; "" for all.
        kind: the word for documents that the question uses, in the singular ("report"); "" where it is a general one.
    """

    asked: Asked
    about: str = ""
    kind: str = ""


def catalogue_question(text: str) -> CatalogueQuestion | None:
    """What a question asks about the library; `None` where it asks what documents say."""
    words = words_of(text)
    folded = [word.folded for word in words]
    if not folded or len(folded) > _LONGEST:
        return None
    has = {
        kind: [number for number, word in enumerate(folded) if word in listed]
        for kind, listed in words_by_kind("catalogue").items()
    }
    return (
        _languages(has, folded)
        or _speakers(has, folded)
        or _mention(has, words, text)
        or _author(has, words, text)
        or _ranked(has, words, text)
        or _date(has, words)
        or _period(has, folded)
        or _listed(has, words, text)
    )


_LONGEST = 18

_Found = dict[str, list[int]]


def _languages(has: _Found, folded: Sequence[str]) -> CatalogueQuestion | None:
    if has["language"] and not _left(folded, "language", "paper", "place", "list", "filler", "author", "count"):
        return CatalogueQuestion("languages")
    return None


def _speakers(has: _Found, folded: Sequence[str]) -> CatalogueQuestion | None:
    asks = has["most"] and has["speak"] and folded[0] in {"who", "whose", "which", "what", "name", "list"}
    return CatalogueQuestion("speakers") if asks and not _left(folded, *_NO_MATTER) else None


def _mention(has: _Found, words: Sequence[Word], text: str) -> CatalogueQuestion | None:
    """For "Which documents mention Lopez?": what stands behind the verb."""
    folded = [word.folded for word in words]
    if not has["mention"] or folded[0] in {"who", "why", "when"}:
        return None
    at = has["mention"][0]
    opens = [number for number in has["any_paper"] or has["paper"] if number < at]
    if opens and opens[0] <= _OPENING and (has["list"] or has["count"]) and not _left(folded[: opens[0]], *_NO_MATTER):
        while (
            at + 1 < len(words) and folded[at + 1] in words_by_kind("catalogue")["mention"] | words_by_kind("catalogue")["filler"]
        ):
            at += 1
        if at + 1 < len(words) and not _left(folded[opens[0] : has["mention"][0]], *_NO_MATTER):
            return CatalogueQuestion("mention", text[words[at + 1].start : words[-1].end])
    return None


def _author(has: _Found, words: Sequence[Word], text: str) -> CatalogueQuestion | None:
    """For "Who wrote the desk note?" and "Who is the author of …?": the document's name.

    Not for "Who signed the treaty?": the document tells of that.
    """
    folded = [word.folded for word in words]
    asks = folded[0] == "who" or (folded[0] in {"by", "whose"}) or "author" in folded
    if not asks or not has["author"] or not has["paper"] or {"signed", "drafted"} & set(folded):
        return None
    after = words[has["author"][0] + 1 :] or words[:-1]
    named = [word for word in after if word.folded not in words_by_kind("catalogue")["author"]]
    return CatalogueQuestion("author", text[named[0].start : named[-1].end]) if named else None


def _date(has: _Found, words: Sequence[Word]) -> CatalogueQuestion | None:
    """For "What is the date of the briefing?" and "When was the report published?": the document's name."""
    folded = [word.folded for word in words]
    asks = (has["date"] and folded[0] in {"what", "when", "which", "how"}) or (folded[:3] == ["from", "when", "is"])
    if not asks or not has["paper"] or (folded[0] == "when" and not {"dated", "published", "issued"} & set(folded)):
        return None
    named = [
        word
        for word in words
        if word.folded
        not in words_by_kind("catalogue")["date"] | words_by_kind("catalogue")["list"] | {"when", "was", "how", "is"}
    ]
    return CatalogueQuestion("date", " ".join(word.surface for word in named)) if named else None


def _ranked(has: _Found, words: Sequence[Word], text: str) -> CatalogueQuestion | None:
    folded = [word.folded for word in words]
    if has["added"] and (has["paper"] or has["place"] or has["latest"]) and not _left(folded, "added", "latest", *_NO_MATTER):
        return CatalogueQuestion("added")
    for asked in ("latest", "earliest"):
        if (has[asked] and has["any_paper"]) or (has[asked] and has["paper"] and len(folded) <= _SHORT):
            rest = _left(folded, asked, "date", *_NO_MATTER)
            return CatalogueQuestion(asked, _about(words, text, rest), _kind(folded, has))
    return None


def _period(has: _Found, folded: Sequence[str]) -> CatalogueQuestion | None:
    asks = has["time"] and has["any_paper"] and ("when" in folded or (has["time"] and folded[0] in {"what", "which", "how"}))
    return CatalogueQuestion("period") if asks and not _left(folded, "time", "date", *_NO_MATTER) else None


def _listed(has: _Found, words: Sequence[Word], text: str) -> CatalogueQuestion | None:
    folded = [word.folded for word in words]
    nouns = has["paper"] or has["place"]
    if not nouns or nouns[0] > _OPENING:
        return None
    counts = bool(has["count"]) and folded[0] in {"how", "what", "count", "number", "the", "tell"}
    lists = bool(has["list"]) and folded[0] in words_by_kind("catalogue")["list"] | words_by_kind("catalogue")["filler"]
    rest = _left(folded, "author", *_NO_MATTER)
    if (not counts and not lists and rest) or (not counts and _is_about_one(has, folded)):
        return None
    general = bool(has["any_paper"]) or (not rest and len(has["paper"]) <= 1)
    return CatalogueQuestion("count" if counts else "list", _about(words, text, rest), _kind(folded, has)) if general else None


def _is_about_one(has: _Found, folded: Sequence[str]) -> bool:
    """Whether a question is about what one paper says or what became of it: "When was the treaty signed?", "Is it in the draft?".

    A list is asked for of several papers, of the library by its name, or of what Parley has ("Do you have a transcript?").
    """
    if folded[0] in {"when", "where", "how", "why", "who"} and not has["list"]:
        return True
    several = any(_is_plural(folded[number]) for number in has["paper"])
    return not (several or has["place"] or "you" in folded)


def _is_plural(noun: str) -> bool:
    """Whether the table has the noun in a shorter form too: "reports" beside "report"."""
    return any(len(other) < len(noun) and stem(other) == stem(noun) for other in words_by_kind("catalogue")["paper"])


_OPENING, _SHORT = 6, 8
_NO_MATTER = ("paper", "place", "list", "count", "filler", "most", "speak", "mention")


def _left(folded: Sequence[str], *kinds: str) -> list[int]:
    """Positions of the words that are of none of the kinds."""
    known = frozenset().union(*(words_by_kind("catalogue")[kind] for kind in kinds))
    return [number for number, word in enumerate(folded) if word not in known]


def _about(words: Sequence[Word], text: str, rest: Sequence[int]) -> str:
    return text[words[rest[0]].start : words[rest[-1]].end] if rest else ""


def _kind(folded: Sequence[str], has: _Found) -> str:
    """The word for a document that is more than "document", as a stem."""
    special = [folded[number] for number in has["paper"] if number not in has["any_paper"]]
    return stem(special[0]) if special else ""
