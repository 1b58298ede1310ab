"""Marks beside a speaker that are no part of the name: the number of a note ("4 Toll", "Toll [4]") or of a list ("(b) Toll")."""

from __future__ import annotations

import re

from parley.index.statements.grammar.tokens import Tokens

_MARK = re.compile(r"\d{1,3}|[a-z]|[ivx]{1,5}", re.IGNORECASE)
_NOTE = re.compile(r"\d{1,3}")


def without_marks(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The tokens of a speaker without such marks before and behind; never none at all."""
    while last - first > 3 and _is_bracketed(tokens, first, _MARK) and _begins_sentence(tokens, first):
        first += 3
    if last - first > 1 and _is_number_before_name(tokens, first):
        first += 1
    while last - first > 3 and _is_bracketed(tokens, last - 3, _NOTE):
        last -= 3
    return first, last


def _is_bracketed(tokens: Tokens, at: int, mark: re.Pattern[str]) -> bool:
    return tokens.kinds[at] == "left" and tokens.kinds[at + 2] == "right" and mark.fullmatch(tokens.words[at + 1]) is not None


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return at == 0 or tokens.sentences[at - 1] != tokens.sentences[at]


def _is_number_before_name(tokens: Tokens, at: int) -> bool:
    """Whether a number opens a sentence that begins behind it with a capital: "4 Toll said"; "40 delegates said" stays."""
    if _NOTE.fullmatch(tokens.words[at]) is None or not _begins_sentence(tokens, at):
        return False
    return tokens.slice(at + 1, at + 2)[:1].isupper()
