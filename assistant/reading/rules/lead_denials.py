"""Whether a sentence vouches for what a lead names, or denies it, merely supposes it, or has two wordings of it."""

from __future__ import annotations

import re

from parley.assistant.reading.rules.lead_bounds import HEDGES
from parley.index.types import Span

_DENIAL = re.compile(
    r"\b(?:not(?! only\b| least\b)|never|neither|nor|no(?! doubt\b|\. ?\d)|nobody|none|nothing|cannot|without|rather than|"
    r"instead of|unlike|other than|except|den(?:y|ies|ied|ying)|refut(?:es?|ed)|rejects?|rejected|ruled out)\b|n['’]t\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(rf"\b(?:may|might|could|{HEDGES})\b")
_SUPPOSING = re.compile(
    r"\b(?:may|might|can|could|possibl[ey]|likely|(?:expect|plan|propos|suggest|suspect|alleg|report)\w*)\b", re.IGNORECASE
)
_DENYING = re.compile(r"\s*(?:neither|nor|not|nobody|no one|none)\b(?! (?:more|less|fewer|later|earlier) than\b)", re.IGNORECASE)
_BORDER = re.compile(
    r"[;:]|[,—–](?!\d)|\b(?:but|until|unless|although|though|while|whereas|because|which|who|whom)\b", re.IGNORECASE
)
_BRACKETED = re.compile(r"\[(?!citation needed|edit|sic)(?P<party>[^\]:]*:)?[^\]]*[^\W\d_][^\]]*\]")
"""Words in square brackets, which somebody put in, or on which a draft's parties do not agree: "[K: seven] [M: twelve] years"."""


def is_vouched_for(text: str, sentence: Span, lead: Span, question: str, *, reason: bool = False) -> bool:
    """Whether the lead's clause, up to its end, neither denies nor merely supposes what is asked.

    Args:
        text: the document's.
        sentence: where the lead stands.
        lead: the words that would stand in front.
        question: as understood; one that denies or supposes ("Who did not sign?", "Who might sign?") is answered by its like.
        reason: the lead gives one, which a denial before it does not touch: "was not built because …".
    """
    if any(_touches(match, lead) for match in _BRACKETED.finditer(text, sentence.start, sentence.end)):
        return False
    before = text[sentence.start : lead.start]
    start = max((match.end() for match in _BORDER.finditer(before)), default=0)
    clause = before[start:]
    if _SUPPOSED.search(clause) and not _SUPPOSING.search(question):
        return False
    if reason or _DENIAL.search(question):
        return True
    return _DENIAL.search(clause) is None and _DENYING.match(text, lead.start, lead.end) is None


def _touches(bracketed: re.Match[str], lead: Span) -> bool:
    """Whether a lead shares words with square brackets, or goes on where one party's end."""
    near = 2 if bracketed["party"] else 0
    return bracketed.start() < lead.end + near and lead.start - near < bracketed.end()
