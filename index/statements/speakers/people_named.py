"""The people whom a text names without letting them speak, so that "he", "the Minister" or a surname behind it finds them.

"I called on the Minister of Transport, Dr Ormon. He said …": "he" is Dr Ormon, who had said nothing before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.index.language.lexicon import alternatives, is_role_word, titles, word_kind
from parley.index.statements.grammar.meetings import meeting_end
from parley.index.statements.grammar.phrases import clause_subject, phrase_before
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.speakers.mentions import Mention, gender_of, read_mention

_PLACES = word_kind("place_name_noun")
"""Words in the names of places, which are nobody: "Wall Street", "Port Halvik"."""
_FULL_NAME = re.compile(r"\b(?P<given>[A-Z][\w’'-]+\.?)[^\S\n]+(?=(?P<surname>[A-Z][\w’'-]+))")
_POLITE_NAME = re.compile(
    rf"\b(?P<title>(?i:{alternatives(titles('polite'))}))\s+(?:[A-Z][\w’'.-]*[^\S\n]+){{0,2}}?(?P<surname>[A-Z][\w’'-]+)\b"
    r"(?![^\S\n]+[A-Z])"
)
_WRITER = word_kind("writer_subject")
_BEFORE = titles("polite") | word_kind("before_name") | {"the"}


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody named in a sentence (its number as in `Tokens.sentences`); the subject is whom "he" means first."""

    sentence: int
    mention: Mention
    is_subject: bool


def shared_surnames(text: str) -> frozenset[str]:
    """Surnames, in small letters, that a text gives to more than one person: "Ana Stone" and "Otto Stone"."""
    given: dict[str, set[str]] = defaultdict(set)
    for match in _FULL_NAME.finditer(text):
        if match["given"].lower() not in _BEFORE and not is_role_word(match["given"].lower()):
            given[match["surname"].lower()].add(match["given"].lower())
    return frozenset(surname for surname, names in given.items() if len(names) > 1)


def titled_both_ways(text: str) -> frozenset[str]:
    """Surnames, in small letters, that a text gives to a man and to a woman: "Mr Smith" and "Ms Chloe Smith"."""
    given: dict[str, set[str]] = defaultdict(set)
    for match in _POLITE_NAME.finditer(text):
        given[match["surname"].lower()].add(gender_of({match["title"].lower()}))
    return frozenset(surname for surname, genders in given.items() if {"f", "m"} <= genders)


def people_named(tokens: Tokens) -> list[NamedPerson]:
    """The people named outside quotations, sentence by sentence, each sentence's subject last."""
    found: list[NamedPerson] = []
    low = tokens.body_start() if len(tokens) else 0
    while low < len(tokens):
        number = tokens.sentences[low]
        high = next((at for at in range(low, len(tokens)) if tokens.sentences[at] != number), len(tokens))
        subject = _subject(tokens, low, high)
        titled = [NamedPerson(number, one, False) for one in _titled(tokens, low, high)]
        others = [one for one in (*titled, *_met(tokens, low, high)) if not _is_same(one.mention, subject)]
        found += [*others, *([NamedPerson(number, subject, True)] if subject is not None else [])]
        low = high
    return found


def _subject(tokens: Tokens, low: int, high: int) -> Mention | None:
    span = clause_subject(tokens, low, high)
    if span is None or tokens.quotes[span[0]] >= 0:
        return None
    mention = read_mention(tokens, *span)
    if mention.definite and mention.kind == "anonymous":
        return mention  # "The Minister laughed.": who that is, the resolver knows
    name = mention.name or ""
    is_name = bool(name) and not re.search(r"\d", name) and _PLACES.isdisjoint(name.lower().split())
    return mention if mention.kind == "named" and (mention.person or mention.gender or is_name) else None


def _titled(tokens: Tokens, low: int, high: int) -> Iterator[Mention]:
    """Everybody with a title, and with the office that stands before a comma: "the Minister of Transport, Dr Ormon"."""
    at = low
    while at < high:
        if not _opens_name(tokens, at) or tokens.quotes[at] >= 0:
            at += 1
            continue
        end = at + 1
        while end < high and tokens.kinds[end] in {"name", "title"}:
            end += 1
        if end > at + 1:
            yield _with_office(tokens, at, end, low)
        at = end


def _met(tokens: Tokens, low: int, high: int) -> Iterator[NamedPerson]:
    """Everybody whom somebody met, by a full name; whom the writer met is meant first: "I called on Adam Malik this morning"."""
    for at in range(low, high - 2):
        first = meeting_end(tokens, at) if tokens.quotes[at] < 0 else None
        end = first = first if first is not None else high
        while end < high and tokens.kinds[end] == "name" and not is_role_word(tokens.words[end]):
            end += 1
        if 2 <= end - first <= 3 and _PLACES.isdisjoint(tokens.words[first:end]):
            is_first = not _WRITER.isdisjoint(tokens.words[low:at])
            yield NamedPerson(tokens.sentences[at], replace(read_mention(tokens, first, end), person=True), is_first)


def _opens_name(tokens: Tokens, at: int) -> bool:
    """Whether a title or an office stands before a name: "Dr Ormond", "Colonel Prynne"."""
    is_office = tokens.kinds[at] == "name" and is_role_word(tokens.words[at])
    return tokens.kinds[at] == "title" or (is_office and at + 1 < len(tokens) and tokens.kinds[at + 1] == "name")


def _with_office(tokens: Tokens, first: int, last: int, low: int) -> Mention:
    if first - 1 > low and tokens.kinds[first - 1] == "comma":
        office = phrase_before(tokens, first - 1, low)
        mention = read_mention(tokens, office, first - 1) if office < first - 1 else None
        if mention is not None and mention.kind == "named" and mention.role and (mention.name or "") in tokens.slice(first, last):
            return mention
    return read_mention(tokens, first, last)


def _is_same(one: Mention, other: Mention | None) -> bool:
    return other is not None and one.name == other.name
