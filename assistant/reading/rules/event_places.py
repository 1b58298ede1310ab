"""Where something was held: a place that a sentence gives for it, not where a delegation comes from or whose officials came."""

from __future__ import annotations

import re

from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.language.lexicon import is_role_word
from parley.index.language.words import word_set
from parley.index.types import Span

_MOVES = re.compile(
    r"\b(?:from|come|comes|came|go|goes|going|gone|went|move[sd]?|travel\w*|fl[ey]w?|flown|sen[dt]|head(?:ed|ing)?|export\w*|import\w*|"
    r"flee|fled|originat\w*|deport\w*|return\w*)\b",
    re.IGNORECASE,
)
"""In a question: a place that something leaves or goes to is asked for."""

_WHERE = re.compile(r"(?:where|(?:in|at|near) (?:which|what))\b", re.IGNORECASE)
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]*(?:\s[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]*)*"
_PARTY_BEFORE = re.compile(
    rf"\b(?:from|between|against|with|(?:(?P<holder>[\w-]+)\s)of)\s+(?:the\s)?(?:{_NAME}(?:,\s|,?\sand\s|\sor\s)(?:the\s)?)*$"
)
_OWNER_BEHIND = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s){0,2}?(?P<noun>[\w-]+)")
_LOCATED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Oo]n) (?:the )?$")
_LISTED = re.compile(rf"(?:,\s(?:the\s)?{_NAME})*,?\sand\s(?:the\s)?{_NAME}")
_PARTIES = word_set(
    "delegation delegations team teams side sides government governments troops forces soldiers prisoners "
    "authorities people citizens"
)
_REACH = 90
"""Characters before a place that are looked at."""


def asks_where_it_was(question: QuestionAnalysis) -> bool:
    """Whether a question asks where something is or was, and not where it came from or went."""
    return question.kind == "where" and _WHERE.match(question.core) is not None and not _MOVES.search(question.core)


def is_party(text: str, sentence: Span, lead: Span) -> bool:
    """Whether a place stands for those who come from it: "delegations from X and Y", "talks between X and Y", "X's envoy"."""
    before = _PARTY_BEFORE.search(text[max(sentence.start, lead.start - _REACH) : lead.start])
    if before is not None and (before["holder"] is None or _is_holder(before["holder"])):
        return True
    if re.match(r"['’]s?\s", text[lead.end : lead.end + 3]) and not _LOCATED.search(text[sentence.start : lead.start]):
        return True
    behind = _OWNER_BEHIND.match(text, lead.end, sentence.end)
    return behind is not None and _is_holder(behind["noun"]) and not _LISTED.match(text, lead.end, sentence.end)


def _is_holder(noun: str) -> bool:
    return is_role_word(noun.lower()) or noun.lower() in _PARTIES
