"""Word lists that connect different wordings of the same thing: synonyms of the trade, and how countries are named.

Both are plain tab-separated files beside this module, for users to read and extend. They steer search and ranking; what is
shown is always the document's own wording.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from assistant.words import fold, stem

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")


def _rows(name: str) -> list[list[str]]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in _rows("synonyms.tsv"):
        stems = {stem(fold(word)) for word in row if word}
        for member in stems:
            groups.setdefault(member, set()).update(stems)
    return {word: frozenset(group - {word}) for word, group in groups.items()}


def synonyms_of(word_stem: str) -> frozenset[str]:
    """Stems listed beside `word_stem` in synonyms.tsv, without itself; empty where it is not listed."""
    return _synonyms().get(word_stem, frozenset())


@cache
def _party_forms() -> dict[str, tuple[str, bool]]:
    """Folded form -> (country as first named, whether the form is a seat of government)."""
    forms: dict[str, tuple[str, bool]] = {}
    for row in _rows("parties.tsv"):
        names, people, seats = ([cell for cell in column.split("|") if cell] for column in [*row, "", ""][:3])
        plurals = [f"{name}s" for name in people]
        for form in [*names, *people, *plurals]:
            forms[_key(form)] = (names[0], False)
        for form in seats:
            forms[_key(form)] = (names[0], True)
    return forms


def _key(phrase: str) -> str:
    return " ".join(fold(word) for word in phrase.split())


@cache
def _longest_form() -> int:
    return max(form.count(" ") + 1 for form in _party_forms())


def parties_in(text: str, *, seats: bool = True) -> tuple[str, ...]:
    """The countries that `text` names, in order, each once, as the first name in parties.tsv.

    Args:
        text: any wording, such as a role phrase or a question.
        seats: whether a seat of government ("Kyiv", "the White House") counts for its country.
    """
    words = [match.group() for match in _WORD.finditer(text)]
    found: list[str] = []
    position = 0
    while position < len(words):
        position += _match_party(words, position, found, seats=seats)
    return tuple(dict.fromkeys(found))


def _match_party(words: list[str], position: int, found: list[str], *, seats: bool) -> int:
    """Append the party named at `position`, if any; the number of words to go on by."""
    for length in range(min(_longest_form(), len(words) - position), 0, -1):
        phrase = words[position : position + length]
        entry = _party_forms().get(_key(" ".join(phrase)))
        if entry is not None and phrase[0][:1].isupper() and (seats or not entry[1]):
            found.append(entry[0])
            return length
    return 1


@cache
def party_stems(party: str) -> frozenset[str]:
    """Stems of the one-word forms of a country's names, people and seats of government."""
    return frozenset(stem(form) for form, (name, _) in _party_forms().items() if name == party and " " not in form)
