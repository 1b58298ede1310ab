"""Reading a speaker phrase: who it names, in which role, for which side, and what kind of speaker that is."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from parley.index.language.lexicon import is_role_word, role_words, titles, word_kind
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.speakers.parties import party_of
from parley.index.types import SpeakerKind

_PRONOUNS = frozenset({"pronoun", "possessive", "object", "relative", "that"})
_FORMER = word_kind("former")
_POLITE = titles("polite")
_UNNAMED = word_kind("unnamed")
_DEFINITE = frozenset({"the", "this", "that", "same"})
_TELLING = frozenset({"word", "name", "number"})
_TAIL = frozenset({"preposition", "comma", "relative", "left", "that", "conjunction"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_FEMALE = word_kind("female")
_MALE = word_kind("male")


@dataclass(frozen=True, slots=True)
class Mention:
    """A speaker phrase, read.

    Attributes:
        surface: the phrase as written.
        kind: as in `Statement.speaker_kind`, before any resolution.
        name: the bare name ("Ana Ruiz"), or `None`.
        role: the role phrase that stands with it ("Norland's chief negotiator"), or `None`.
        former: whether the role is one the speaker no longer has.
        party: the side that the role phrase names.
        head: the noun of the description in lower case ("official"), for later mentions by role.
        modifiers: the other words of the description in lower case.
        definite: whether it points back ("the official") rather than introduces ("an official").
        plural, person: `True`, `False`, or `None` where the phrase does not tell.
        gender: "f" or "m" where a word of the phrase says so, else empty.
    """

    surface: str
    kind: SpeakerKind
    name: str | None = None
    role: str | None = None
    former: bool = False
    party: str | None = None
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    definite: bool = False
    plural: bool = False
    person: bool | None = None
    gender: str = ""


def gender_of(words: AbstractSet[str]) -> str:
    """Which gender a word of these, in small letters, tells: "f", "m", or empty where none does."""
    return "f" if words & _FEMALE else "m" if words & _MALE else ""


def read_mention(tokens: Tokens, first: int, last: int) -> Mention:
    """Read the speaker phrase from token `first` to `last` (exclusive), with the apposition that may follow it."""
    if last - first > 1 and tokens.words[last - 1] in _REFLEXIVE:
        last -= 1  # "Toll himself", "she herself"
    surface = tokens.slice(first, last)
    if last - first == 1 and tokens.kinds[first] in _PRONOUNS:
        return _pronoun(tokens, first, surface)
    begin = first
    while begin < last - 1 and tokens.kinds[begin] in {"determiner", "adverb", "conjunction", "left", "symbol"}:
        begin += 1
    if tokens.words[begin] == "of" and begin > first:
        begin = next((n for n in range(begin + 1, last) if tokens.kinds[n] != "determiner"), begin)  # "one of the sources"
    end = _head_end(tokens, begin, last)
    name_start = _name_start(tokens, begin, end)
    added = _apposition(tokens, last)
    words = set(tokens.words[first:last])
    if _joins_names(tokens, begin, last):
        surface = tokens.slice(begin if tokens.kinds[first] in {"adverb", "conjunction"} else first, last)
        return Mention(surface, "collective", head=tokens.words[last - 1], plural=True)
    gender = gender_of(words)
    if name_start < end and not (added and _is_called_by_office(tokens, first, name_start, end, added)):
        return _named(tokens, first, (begin, name_start, end, last), added, gender)
    described = _described(tokens, first, begin, end, last)
    if added is not None and _is_called_by_office(tokens, first, name_start, end, added):
        return _described_by_name(tokens, first, last, (_name_start(tokens, *added), added[1]), gender)
    named = added and _name_in_apposition(tokens, added, described)
    if named and (tokens.kinds[begin] != "name" or _is_one_person(described)):
        return _described_by_name(tokens, first, last, named, gender)
    return described


def _is_called_by_office(tokens: Tokens, first: int, start: int, end: int, added: tuple[int, int]) -> bool:
    """Whether a full name follows one word with an article: "the Hydrographer, Captain Sunniva Brodd"."""
    names = [at for at in range(*added) if tokens.kinds[at] in {"name", "title"}]
    is_name = len(names) > 1 and names == list(range(*added))
    return tokens.words[first] == "the" and end - start == 1 and is_name


def _joins_names(tokens: Tokens, begin: int, last: int) -> bool:
    """Whether the phrase names two or more: "Norland and Velmark", not "the Ministry of Trade and Industry"."""
    if tokens.kinds[begin] != "name":
        return False
    at = next((n for n in range(begin, last) if tokens.kinds[n] not in {"name", "title", "comma", "determiner"}), last)
    if at == last or tokens.words[at] not in {"and", "&", "nor"} or at + 1 >= last:
        return False
    names = tokens.words[begin:at] + tokens.words[at + 1 : last]
    is_one_office = is_role_word(tokens.words[at - 1]) and is_role_word(tokens.words[at + 1])
    return tokens.words[at] != "&" and tokens.kinds[at + 1] in {"name", "determiner"} and bool(names) and not is_one_office


def _pronoun(tokens: Tokens, at: int, surface: str) -> Mention:
    word = tokens.words[at]
    gender = gender_of({word})
    return Mention(surface, "pronoun", head=word, plural=word in {"they", "their", "we", "our", "us", "them"}, gender=gender)


def _head_end(tokens: Tokens, begin: int, last: int) -> int:
    """End of the phrase's head: before "of …", "who …", a comma or a bracket."""
    at = begin + 1
    while at < last and (tokens.kinds[at] not in _TAIL or _is_in_office(tokens, at, begin, last)):
        at += 1
    return at


def _is_in_office(tokens: Tokens, at: int, begin: int, last: int) -> bool:
    """Whether the "of" at `at` belongs to the name of an office before a name: "Secretary of State Ana Ruiz"."""
    if tokens.words[at] not in {"of", "and"} or at + 2 >= last or at == begin:
        return False
    return is_role_word(tokens.words[at - 1]) and is_role_word(tokens.words[at + 1]) and tokens.kinds[at + 1] == "name"


def _name_start(tokens: Tokens, begin: int, end: int) -> int:
    """First token of the bare name at the end of the head; `end` where the head ends with a common noun or is only a number."""
    roles = role_words()
    at = end
    while at > begin and tokens.kinds[at - 1] in {"name", "title", "number"} and not _is_role(tokens, at - 1):
        at -= 1
    if at < end and at > begin and tokens.kinds[at - 1] == "clitic":
        return end if end - at == 1 and tokens.words[at] in roles["group"] else begin
    return at if any(kind != "number" for kind in tokens.kinds[at:end]) else end


def _is_role(tokens: Tokens, at: int) -> bool:
    roles = role_words()
    word = tokens.words[at]
    return any(word in roles[kind] for kind in ("office", "modifier", "group", "source"))


def _named(tokens: Tokens, first: int, parts: tuple[int, int, int, int], added: tuple[int, int] | None, gender: str) -> Mention:
    begin, start, end, last = parts
    while start < end - 1 and tokens.words[start] in _POLITE:
        start += 1
    name = tokens.slice(start, end)
    role_first, role_last = begin, start
    while role_first < role_last and tokens.words[role_first] in _POLITE:
        role_first += 1
    role = tokens.slice(role_first, role_last) or None
    role_span = (role_first, role_last) if role else None
    if role is None and added is not None and _holds_role(tokens, *added):
        role, role_span = tokens.slice(*added), added
    elif role is None and last > end and _is_bracketed_role(tokens, end, last):
        role, role_span = tokens.slice(end + 1, last - 1), (end + 1, last - 1)
    former = role_span is not None and bool(_FORMER & set(tokens.words[role_span[0] : role_span[1]]))
    party = None if former else party_of(tokens, role_span, (start, end))
    is_person = role is not None or any(word in _POLITE for word in tokens.words[first:end])
    return Mention(
        surface=tokens.slice(first, last),
        kind="named",
        name=name,
        role=role,
        former=former,
        party=party,
        head=_role_head(tokens, role_span),
        modifiers=frozenset(tokens.words[role_span[0] : role_span[1]]) if role_span else frozenset(),
        person=True if is_person else None,
        gender=gender,
    )


def _role_head(tokens: Tokens, span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    office = role_words()["office"]
    return next((tokens.words[at] for at in range(span[1] - 1, span[0] - 1, -1) if tokens.words[at] in office), "")


def _holds_role(tokens: Tokens, first: int, last: int) -> bool:
    return any(tokens.words[at] in role_words()["office"] for at in range(first, last))


def _is_bracketed_role(tokens: Tokens, left: int, last: int) -> bool:
    return tokens.kinds[left] == "left" and tokens.kinds[last - 1] == "right" and _holds_role(tokens, left + 1, last - 1)


def _apposition(tokens: Tokens, last: int) -> tuple[int, int] | None:
    """The phrase between the comma behind a speaker and the next one: "Ana Ruiz[, the chief negotiator,]"."""
    if last + 1 >= len(tokens) or tokens.kinds[last] != "comma":
        return None
    begin = last + 1
    if tokens.kinds[begin] not in {"determiner", "possessive", "name", "word", "title"}:
        return None
    end = phrase_after(tokens, begin, min(len(tokens), begin + 24))
    if end == begin or (
        end < len(tokens)
        and tokens.kinds[end] not in {"comma", "stop", "relative", "dash", "time", "semicolon", "preposition", "close", "that"}
    ):
        return None
    while begin < end - 1 and tokens.words[begin] in {"a", "an", "the"}:
        begin += 1
    return begin, end


def _name_in_apposition(tokens: Tokens, added: tuple[int, int], described: Mention) -> tuple[int, int] | None:
    """The bare name in an apposition: all of it, or what follows another role of one person described ("…, Minister Ruiz")."""
    start = _name_start(tokens, *added)
    if start == added[0]:
        return added
    end = _head_end(tokens, *added)
    start = _name_start(tokens, added[0], end)
    return (start, end) if start < end and _is_one_person(described) and _holds_role(tokens, added[0], start) else None


def _is_one_person(described: Mention) -> bool:
    return described.person is True and not described.plural


def _described_by_name(tokens: Tokens, first: int, last: int, added: tuple[int, int], gender: str) -> Mention:
    """As in "a spokeswoman, Ana Ruiz, said"."""
    begin = first
    while begin < last - 1 and tokens.kinds[begin] == "determiner":
        begin += 1
    former = bool(_FORMER & set(tokens.words[first:last]))
    return Mention(
        surface=tokens.slice(first, last),
        kind="named",
        name=tokens.slice(*added),
        role=tokens.slice(begin, last),
        former=former,
        party=None if former else party_of(tokens, (begin, last), None),
        head=_role_head(tokens, (begin, last)),
        modifiers=frozenset(tokens.words[begin:last]),
        person=True,
        gender=gender,
    )


def _described(tokens: Tokens, first: int, begin: int, end: int, last: int) -> Mention:
    """A description without a name: "a Norland official familiar with the talks", "the delegation", "voters"."""
    roles = role_words()
    described = [
        at
        for at in range(begin, end)
        if any(tokens.words[at] in roles[kind] for kind in ("office", "source", "group", "document"))
    ]
    at = described[-1] if described else end - 1
    head = tokens.words[at]
    words = frozenset(tokens.words[first:last])
    is_plural = (head.endswith("s") and not head.endswith("ss")) or head in {"people", "police", "media"}
    is_source = head in roles["source"] or bool(words & _UNNAMED)
    is_person = head in roles["office"] or is_source
    kind: SpeakerKind = "collective"
    if is_source or (is_person and not is_plural):
        kind = "anonymous"
    former = bool(_FORMER & words)
    relative = next((at for at in range(end, last) if tokens.kinds[at] == "relative"), last)
    while relative > end and tokens.kinds[relative - 1] in {"comma", "preposition"}:
        relative -= 1
    return Mention(
        surface=tokens.slice(first, relative),
        kind=kind,
        role=tokens.slice(begin, end) if is_person and tokens.kinds[begin] != "pronoun" else None,
        former=former,
        party=None if former else party_of(tokens, (begin, last), None),
        head=head,
        modifiers=frozenset(tokens.words[at] for at in range(begin, relative) if tokens.kinds[at] in _TELLING) - {head},
        definite=bool(set(tokens.words[first:begin]) & _DEFINITE) or tokens.kinds[first] == "possessive",
        plural=is_plural,
        person=is_person,
        gender=gender_of(words),
    )
