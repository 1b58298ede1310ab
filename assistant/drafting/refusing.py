"""How a model says that the sources do not answer."""

from __future__ import annotations

import re

REFUSAL = "The sources do not answer this."
"""What the prompts ask a model to write, and what is looked for."""

_REFUSING = re.compile(
    r"\b(?:sources?|passages?|documents?|texts?|context|information)\b[^.]{0,40}\b(?:do(?:es)?\s+not|don['’]t|doesn['’]t|did\s+not|cannot|not)\s+"
    r"(?:\w+\s+)?(?:answer|say|mention|contain|provide|state|specify|give|include|report|tell|address|indicate)"
    r"|\bno\s+(?:information|mention|answer)\b|\bnot\s+(?:mentioned|stated|specified|given|provided|answered)\s+in\b"
    r"|\b(?:I|we)\s+(?:cannot|can['’]t|could\s+not|am\s+unable|are\s+unable|do\s+not\s+know|don['’]t\s+know)\b",
    re.IGNORECASE,
)


def is_refusal(sentence: str) -> bool:
    """Whether a draft sentence without a source says that there is no answer."""
    return REFUSAL.rstrip(".").lower() in sentence.lower() or _REFUSING.search(sentence) is not None
