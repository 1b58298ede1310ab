"""Telling verbs from nouns by their form and their neighbours."""

from __future__ import annotations

from parley.index.language.lexicon import is_role_word, lexicon, word_kind
from parley.index.statements.grammar.tokens import Tokens

_HELPING = frozenset({"be", "have", "auxiliary"})
_BEFORE_NOUN = frozenset({"determiner", "possessive", "clitic", "number", "preposition", "title"})
_BEFORE_VERB = frozenset({"pronoun", "name", "relative", "right"})
_BETWEEN = frozenset({"adverb", "negation", "be", "have", "auxiliary"})
_PLURAL = word_kind("plural")
_DESCRIBING = word_kind("describing")
_DESCRIBED_BY = word_kind("described_by")
_BASE_SUBJECTS = word_kind("base_subject")


def is_finite(tokens: Tokens, at: int, low: int, high: int) -> bool:
    """Whether token `at`, in a clause from `low` to `high`, looks like a finite verb."""
    kind = tokens.kinds[at]
    if kind in _HELPING:
        return True
    if kind != "word":
        return False
    forms = lexicon().forms.get(tokens.words[at])
    before = tokens.kinds[at - 1] if at > low else "start"
    if not forms:
        is_past = tokens.words[at].endswith("ed") and len(tokens.words[at]) > 4
        return is_past and (before in _BEFORE_VERB or _is_joined(tokens, at, low, high))
    following = tokens.kinds[at + 1] if at + 1 < high else "end"
    if before in _BEFORE_NOUN:
        return False
    if "past" in forms:
        return not is_reduced(tokens, at, low, high) and not _is_passive(tokens, at, high)
    if "third" in forms:
        if following in _HELPING or before in {"start", "comma", "conjunction", "open"}:
            return False
        return following not in {"comma", "stop", "end"} or before in {"pronoun", "relative", "adverb"}
    return "base" in forms and takes_base_form(tokens, at, low)


def _is_joined(tokens: Tokens, at: int, low: int, high: int) -> bool:
    """Whether an office stands before the word and "and" behind it: "the minister [laughed] and said"."""
    return low < at and at + 1 < high and is_role_word(tokens.words[at - 1]) and tokens.words[at + 1] == "and"


def _is_passive(tokens: Tokens, at: int, high: int) -> bool:
    """Whether "by" and no …ing form follows: "rejected by the union", not "ended by saying"."""
    has_agent = at + 1 < high and tokens.kinds[at + 1] == "preposition" and tokens.words[at + 1] == "by"
    return has_agent and not (at + 2 < high and tokens.words[at + 2].endswith("ing"))


def is_reduced(tokens: Tokens, at: int, low: int, high: int) -> bool:
    """Whether a participle describes the noun before it: "people [briefed] on the talks"."""
    if tokens.words[at] not in _DESCRIBING or at + 1 >= high or tokens.words[at + 1] not in _DESCRIBED_BY:
        return False
    return at > low and tokens.kinds[at - 1] == "word"


def takes_base_form(tokens: Tokens, at: int, low: int) -> bool:
    """Whether what stands before `at` calls for a verb in its dictionary form: "they plan", "voters plan", "will plan"."""
    before = at - 1
    while before >= low and tokens.kinds[before] in {"adverb", "negation"}:
        before -= 1
    if before < low:
        return False
    word, kind = tokens.words[before], tokens.kinds[before]
    if kind == "auxiliary" or word in _BASE_SUBJECTS or word in _PLURAL or word == "to":
        return True
    if kind == "right":
        return True
    if kind == "name":
        return word.endswith("s") and not word.endswith("ss")
    return kind == "word" and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def group_start(tokens: Tokens, at: int, low: int) -> int:
    """The first token of the verb group that ends at `at`: "had earlier [informed]" begins at "had"."""
    first = at
    while first > low and tokens.kinds[first - 1] in _BETWEEN:
        first -= 1
    # An adverb of the sentence ("However, he said") is cut off by its comma and never reached here.
    return first
