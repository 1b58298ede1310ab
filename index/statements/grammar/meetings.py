"""Verbs by which somebody met somebody, who then speaks: "I called on Adam Malik", "We met Ana Ruiz"."""

from __future__ import annotations

from parley.index.language.lexicon import is_role_word, word_kind
from parley.index.statements.grammar.tokens import Tokens
from parley.index.types import Span

_VERBS = word_kind("meets_person")
"""Verbs, with the preposition that they need behind an underscore: "called_on"."""

_TELLING = word_kind("after_called_on")
"""What somebody is called on to do, or seen as, stands behind one of these."""

_NEAR = 4
"""Tokens behind the verb in which whoever is met is named."""


def meeting_end(tokens: Tokens, at: int) -> int | None:
    """Where whoever is met begins, if a verb of meeting stands at `at`; `None` where none does."""
    if at + 1 < len(tokens) and f"{tokens.words[at]}_{tokens.words[at + 1]}" in _VERBS:
        return at + 2
    return at + 1 if tokens.words[at] in _VERBS else None


def tells_of_meeting(tokens: Tokens, verb: int, end: int, content: Span) -> bool:
    """Whether a verb that may report words has only whoever was met behind it: "I called on Adam Malik this morning".

    "Toll called on Lund to wait", "for an end to it" and "saw Lund as a rival" report what somebody wants or thinks.
    """
    if f"{tokens.words[verb]}_{tokens.words[end - 1]}" not in _VERBS and tokens.words[verb] not in _VERBS:
        return False
    first, last = tokens.first_at(content.start), tokens.first_at(content.end)
    if not _TELLING.isdisjoint(tokens.words[first:last]) or tokens.quotes[first:last] != [-1] * (last - first):
        return False
    return any(_is_somebody(tokens, at) for at in range(first, min(last, first + _NEAR)))


def _is_somebody(tokens: Tokens, at: int) -> bool:
    is_full_name = tokens.kinds[at] == "name" and at + 1 < len(tokens) and tokens.kinds[at + 1] == "name"
    return tokens.kinds[at] == "title" or is_role_word(tokens.words[at]) or is_full_name
