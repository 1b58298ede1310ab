"""Noun phrases: where the one before or after a verb begins and ends, and which one is a clause's subject."""

from __future__ import annotations

from parley.index.language.lexicon import is_role_word, lexicon, word_kind
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.grammar.verbs import is_finite

_WORDS = frozenset({"word", "name", "number", "title"})
_HEADS = frozenset({"word", "name", "number", "right", "pronoun", "object", "title"})
_STARTERS = frozenset({"word", "name", "number", "title", "determiner", "possessive", "pronoun", "left"})
_LINKED = frozenset({"determiner", "possessive", "name", "word", "number", "object", "title", "left", "time"})
_PARTS = word_kind("partitive")
"""What "of" may follow in a subject: "one of the sources"."""

_ALWAYS_INSIDE = frozenset({"determiner", "possessive", "number", "title", "name", "clitic"})
_CLAUSE_OPENERS = frozenset({"subordinator", "preposition", "relative"})


def phrase_before(tokens: Tokens, end: int, low: int) -> int:
    """First token of the noun phrase that ends before token `end`; `end` itself where there is none.

    The phrase takes in what hangs on its noun: "a spokesman for the party", "voters who stayed away", "Ruiz and Lind".
    """
    first = at = end
    joined: int | None = None
    while at > low:
        at = _step_back(tokens, at - 1, low, first, joined is not None)
        if at < 0:
            break
        if tokens.kinds[at] == "conjunction":
            joined = at
        elif tokens.kinds[at] not in {"preposition", "comma"}:
            first = at
    if joined is not None and _ends_at_verb(tokens, first, low):
        first = min(joined + 1, end)
    return first if _has_head(tokens, first, end) else end


def _has_head(tokens: Tokens, first: int, end: int) -> bool:
    """Whether the phrase holds more than articles and numbers."""
    if end > first and tokens.words[end - 1] in {"a", "an", "the"}:
        return False
    return any(tokens.kinds[n] in {"word", "name", "pronoun", "object", "determiner", "title", "time"} for n in range(first, end))


def _ends_at_verb(tokens: Tokens, first: int, low: int) -> bool:
    """Whether a verb stands before `first`, so that an "and" in the phrase joins clauses, not nouns."""
    before = first - 1
    while before >= low and tokens.kinds[before] in {"preposition", "adverb"}:
        before -= 1
    return before >= low and is_finite(tokens, before, low, first + 1)


def _step_back(tokens: Tokens, at: int, low: int, first: int, joined: bool) -> int:
    """The next token to the left that belongs to the phrase (skipping what it spans), or -1 where the phrase begins."""
    kind = tokens.kinds[at]
    if kind == "right":
        left = _matching_left(tokens, at, low)
        # "In a letter (file 7, 1928) Fane wrote": a name behind a remark with numbers begins a phrase of its own.
        is_apart = first == at + 1 and tokens.kinds[first] == "name" and "number" in tokens.kinds[max(left, low) : at]
        return -1 if is_apart else left
    if kind in _WORDS:
        return _step_over_word(tokens, at, low, first)
    if kind in {"preposition", "conjunction", "comma"}:
        return at if _links_back(tokens, at, low, first, joined) else -1
    return at if _belongs(tokens, at, low, first) else -1


def _links_back(tokens: Tokens, at: int, low: int, first: int, joined: bool) -> bool:
    """Whether a preposition, an "and" or a comma hangs the phrase behind it on a noun before it."""
    kind = tokens.kinds[at]
    if kind == "comma":
        return joined and _is_short_item(tokens, at, low)
    if at == low or first != at + 1:
        return False
    if tokens.kinds[at - 1] not in _HEADS:
        return tokens.words[at] == "of" and tokens.words[at - 1] in _PARTS
    return tokens.words[at] != "but" if kind == "conjunction" else tokens.kinds[at + 1] in _LINKED


def _belongs(tokens: Tokens, at: int, low: int, first: int) -> bool:
    """Whether an article, a pronoun, a possessive, a time or an adverb is part of the phrase behind it."""
    kind = tokens.kinds[at]
    left = tokens.kinds[at - 1] if at > low else "start"
    following = tokens.kinds[at + 1]
    if kind == "time":
        return following in {"word", "clitic"} or (following == "name" and left == "determiner")
    if kind == "clitic":
        return left in _HEADS or left == "time"
    if kind == "pronoun":
        return first == at + 1 and following not in {"determiner", "possessive", "name"}
    if kind == "adverb":
        return left in {"determiner", "possessive"} and following == "word"
    if kind == "possessive":
        return following not in {"determiner", "possessive", "pronoun"}
    return kind in {"determiner", "object"}


def _step_over_word(tokens: Tokens, at: int, low: int, first: int) -> int:
    if tokens.kinds[at + 1] in {"determiner", "possessive", "pronoun"} and first == at + 1:
        # "… voters the governor said": another phrase begins behind this word.
        return -1
    word = tokens.words[at]
    if (
        tokens.kinds[at + 1] == "name"
        and tokens.kinds[at] == "word"
        and word.endswith("s")
        and first == at + 1
        and not is_role_word(word)
    ):
        # "… the regions Norland [claimed]": a clause begins behind the plural.
        return -1
    if not is_finite(tokens, at, low, first):
        return at
    relative = _relative_before(tokens, at, low)
    return relative if relative is not None else -1


def _relative_before(tokens: Tokens, verb: int, low: int) -> int | None:
    """Index of the "who", "which" or "that" to which a verb inside a noun phrase belongs."""
    for at in range(verb - 1, max(low, verb - 5), -1):
        kind = tokens.kinds[at]
        if kind == "relative" or tokens.words[at] == "that":
            return at if tokens.kinds[at - 1] in _HEADS else None
        if kind not in {"adverb", "negation", "be", "have", "auxiliary", "word"}:
            return None
    return None


def _matching_left(tokens: Tokens, right: int, low: int) -> int:
    for at in range(right - 1, max(low - 1, right - 12), -1):
        if tokens.kinds[at] == "left":
            return at
    return -1


def _is_short_item(tokens: Tokens, comma: int, low: int) -> bool:
    """Whether the item before a comma of a list ("Ruiz, Lind and Oduya") is one to four nominal words."""
    at = comma - 1
    while at >= low and comma - at <= 5 and tokens.kinds[at] in _WORDS | {"determiner"}:
        if is_finite(tokens, at, low, comma):
            return False
        at -= 1
    if not 1 <= comma - 1 - at <= 4:
        return False
    return at < low or tokens.kinds[at] in {"comma", "open", "that", "subordinator"}


def phrase_after(tokens: Tokens, start: int, high: int) -> int:
    """End (exclusive) of the noun phrase that begins at token `start`; `start` itself where there is none."""
    if start < high and tokens.kinds[start] in {"pronoun", "object"}:
        return start + 1
    at = start
    while at < high:
        following = _step_forward(tokens, at, start, high)
        if following == at:
            break
        at = following
    while at - 1 > start and tokens.kinds[at - 1] in {"preposition", "conjunction", "determiner"}:
        at -= 1
    return at


def _step_forward(tokens: Tokens, at: int, start: int, high: int) -> int:
    """The token behind the one at `at`, if that belongs to the phrase from `start`, else `at`."""
    kind = tokens.kinds[at]
    if kind in _ALWAYS_INSIDE:
        return at + 1
    if kind == "left":
        close = next((n for n in range(at, min(high, at + 12)) if tokens.kinds[n] == "right"), None)
        return at if close is None else close + 1
    if kind == "word":
        return at if at > start and is_finite(tokens, at, start, high) else at + 1
    if at == start:
        return at
    before = tokens.kinds[at - 1]
    belongs = {
        "time": before in {"determiner", "clitic"},
        "adverb": before in {"determiner", "possessive"},
        "preposition": kind == "preposition" and _continues(tokens, at, high),
        "conjunction": tokens.words[at] != "but" and _joins(tokens, at, high),
    }
    return at + 1 if belongs.get(kind, False) else at


def _continues(tokens: Tokens, preposition: int, high: int) -> bool:
    """Whether a preposition hangs on the noun before it rather than on the verb."""
    if preposition + 1 >= high or tokens.kinds[preposition + 1] not in _STARTERS:
        return False
    following = tokens.kinds[preposition + 1]
    if tokens.words[preposition] == "to":
        return following in {"determiner", "possessive", "name", "number"}
    return tokens.words[preposition] in {"of", "for", "from", "with", "at", "in"} and following != "pronoun"


def _joins(tokens: Tokens, conjunction: int, high: int) -> bool:
    following = conjunction + 1
    if following >= high or tokens.kinds[following] not in {"name", "title", "determiner", "possessive", "word", "number"}:
        return False
    return not is_finite(tokens, following, conjunction, high)


def clause_subject(tokens: Tokens, low: int, high: int) -> tuple[int, int] | None:
    """The first noun phrase of a clause that may be its subject, skipping what introduces the clause ("In May, …")."""
    at = low
    while at < high:
        kind = tokens.kinds[at]
        if kind in {"preposition", "time"} and _time_end(tokens, at, high) > at:
            at = _time_end(tokens, at, high)
        elif kind in _CLAUSE_OPENERS or _is_participle(tokens, at) or kind == "time":
            comma = next(
                (n for n in range(at, high) if tokens.kinds[n] in {"comma", "dash"} and tokens.quotes[n] == tokens.quotes[low]),
                None,
            )
            if comma is None:
                return None
            at = comma + 1
        elif kind in _STARTERS:
            if kind == "word" and _leads_with_verb(tokens, at, high):
                return None
            end = phrase_after(tokens, at, high)
            return (at, end) if end > at else None
        elif kind in {"conjunction", "adverb", "comma", "symbol", "dash", "negation", "that"}:
            at += 1
        else:
            return None
    return None


def _time_end(tokens: Tokens, at: int, high: int) -> int:
    """End of "On Monday" or "Last week" at `at`; `at` itself where no time stands there."""
    end = at + (tokens.kinds[at] == "preposition")
    begin = end
    while end < high and tokens.kinds[end] in {"time", "number"}:
        end += 1
    return end if end > begin and tokens.kinds[begin] == "time" else at


def _leads_with_verb(tokens: Tokens, at: int, high: int) -> bool:
    """Whether a stretch begins with a verb ("insists the party must …") and so has no subject of its own."""
    forms = lexicon().forms.get(tokens.words[at])
    if not forms or at + 1 >= high or not forms & {"past", "third"}:
        return False
    return tokens.kinds[at + 1] in {"determiner", "possessive", "pronoun", "that", "name", "object", "preposition", "word"}


def joined_subject(tokens: Tokens, low: int, end: int) -> tuple[int, int] | None:
    """The subject of the verb that "and" joins to the one at `end`: of the nearest stretch that has subject and verb."""
    level = tokens.quotes[low]
    for at in range(end - 1, low - 1, -1):
        is_edge = tokens.kinds[at - 1] in {"comma", "semicolon", "dash", "colon"} and tokens.quotes[at - 1] == level
        if at != low and not is_edge:
            continue
        subject = clause_subject(tokens, at, end)
        if subject is not None and any(
            is_finite(tokens, n, subject[0], end) for n in range(subject[1], min(subject[1] + 4, end))
        ):
            return subject
    return None


def _is_participle(tokens: Tokens, at: int) -> bool:
    if tokens.kinds[at] not in {"word", "name"}:
        return False
    forms = lexicon().forms.get(tokens.words[at])
    return forms is not None and (forms == {"ing"} or (tokens.kinds[at] == "name" and "participle" in forms))
