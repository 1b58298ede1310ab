"""The side that a role phrase names: "Norland's minister", "Turkish official", "spokesman for the Teachers' Union"."""

from __future__ import annotations

from functools import cache, lru_cache

from parley.index.language.lexicon import countries, outlets, role_words, word_kind
from parley.index.statements.grammar.tokens import Tokens

_PLAIN = word_kind("plain_modifier")
_ADJECTIVE_ENDINGS = ("al", "ive", "ous", "ary", "ing", "ed", "ic", "ent")
_LINKS = word_kind("party_link")


@cache
def _modifiers() -> frozenset[str]:
    words = role_words()
    return (words["office"] | words["modifier"] | words["group"] | words["source"]) - {
        "union",
        "party",
        "front",
    }


def party_of(tokens: Tokens, role: tuple[int, int] | None, name: tuple[int, int] | None) -> str | None:
    """The side named in a role phrase, or by a bare name that is a country; `None` when the words name none.

    A country is given in the spelling that the document itself uses, where it uses one.
    """
    if role is not None:
        return _in_role(tokens, *role)
    if name is not None:
        return _country(tokens, tokens.slice(*name))
    return None


def _in_role(tokens: Tokens, first: int, last: int) -> str | None:
    while first < last and tokens.kinds[first] in {"determiner", "adverb"}:
        first += 1
    country = _leading_country(tokens, first, last)
    if country is not None:
        return country
    owner = next((at for at in range(first, last) if tokens.kinds[at] == "clitic"), None)
    if (
        owner is not None
        and owner > first
        and tokens.kinds[owner - 1] == "name"
        and all(tokens.kinds[n] in {"name", "word"} for n in range(first, owner))
    ):
        # "Norland's minister"; but the plural of a union's name belongs to it ("Teachers' Union president").
        if tokens.words[owner] == "'s":
            return tokens.slice(first, owner)
        return tokens.slice(first, _name_end(tokens, owner + 1, last))
    linked = _linked(tokens, first, last)
    if linked is not None:
        return linked
    end = first
    while end < last and tokens.kinds[end] == "name" and tokens.words[end] not in _modifiers():
        end += 1
    if first < end < last and not _is_capitalised_adjective(tokens, first):
        return tokens.slice(first, end)
    return None


def _is_capitalised_adjective(tokens: Tokens, at: int) -> bool:
    """Whether a word has its capital only from its place at the start of a sentence ("Regional officials")."""
    if at > 0 and tokens.sentences[at - 1] == tokens.sentences[at] and tokens.kinds[at - 1] not in {"open", "colon"}:
        return False
    return tokens.words[at] in _PLAIN or tokens.words[at].endswith(_ADJECTIVE_ENDINGS)


def _leading_country(tokens: Tokens, first: int, last: int) -> str | None:
    """The country that an early word of the phrase names or stands for."""
    for at in range(first, min(last, first + 5)):
        for length in (3, 2, 1):
            if at + length <= last and tokens.kinds[at] == "name":
                country = _country(tokens, tokens.slice(at, at + length))
                if country is not None:
                    return None if _opens_outlet(tokens, at, last) else country
        if tokens.words[at] in _LINKS:
            return None
    return None


def _opens_outlet(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a country is the first word of a medium's name: "USA Today"."""
    return any(tokens.slice(first, end).lower() in outlets() for end in range(first + 2, min(last, first + 4) + 1))


def _linked(tokens: Tokens, first: int, last: int) -> str | None:
    """The name after "of", "for" …: "a spokesman for the Dockers' Union"."""
    for at in range(first, last - 1):
        if tokens.words[at] not in _LINKS:
            continue
        begin = at + 1
        while begin < last and tokens.kinds[begin] in {"determiner", "possessive"}:
            begin += 1
        country = _leading_country(tokens, begin, last)
        if country is not None:
            return country
        end = _name_end(tokens, begin, last)
        if end > begin and tokens.kinds[begin] == "name" and tokens.words[begin] not in _modifiers():
            return tokens.slice(begin, end)
    return None


def _name_end(tokens: Tokens, first: int, last: int) -> int:
    end = first
    while end < last and (
        tokens.kinds[end] in {"name", "clitic"}
        or (tokens.words[end] in {"of", "for", "and", "&"} and end > first and end + 1 < last and tokens.kinds[end + 1] == "name")
    ):
        end += 1
    return end - (end > first and tokens.words[end - 1] == "'s")


def _country(tokens: Tokens, written: str) -> str | None:
    spellings = countries().get(written.lower().replace("’", "'"))
    if spellings is None:
        return None
    if written in spellings:
        return written
    return _spelling_in(tokens.text, spellings)


@lru_cache(maxsize=64)
def _spelling_in(text: str, spellings: tuple[str, ...]) -> str:
    return next((spelling for spelling in spellings if spelling in text), spellings[0])
