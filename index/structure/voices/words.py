"""The words that labels, genres and author lines are made of, read once from the tables beside this module."""

from __future__ import annotations

from functools import cache

from parley.index.language.lexicon import role_words, word_kind, words_by_kind


def turn_words(kind: str) -> frozenset[str]:
    """The words or phrases of a kind in `turns.tsv`, in lower case."""
    return words_by_kind("turns")[kind]


@cache
def office_words() -> frozenset[str]:
    """Every word that may belong to the name of an office, a description of an official, or a body."""
    roles = role_words()
    return turn_words("office") | frozenset().union(*(roles[kind] for kind in ("office", "modifier", "source", "group")))


PARTICLES = word_kind("name_particle") | {"zum", "zur", "y", "e", "o", "ten", "st"}
"""Small words inside a family name ("Ursula von der Leyen")."""
