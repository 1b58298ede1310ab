"""Pages that show nothing but a request for consent."""

from __future__ import annotations

import re

_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bprivacy\b|\bpartners\b|\baccept all\b|\breject all\b|\bmanage (?:options|preferences|settings)\b"
    r"|\bpersonali[sz]ed (?:ads|content)\b|\blegitimate interest|\bstore and/or access\b|\btracking\b",
    re.IGNORECASE,
)
_LONGEST_WALL = 4000
_FEWEST = 4
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_MOST_OTHER = 0.34
"""Share of a page's sentences that may speak of other things than consent: buttons, a name, a headline."""


def is_consent_wall(text: str) -> bool:
    """Whether a page's text asks for consent and says little else."""
    if len(text) > _LONGEST_WALL or len(_CONSENT.findall(text)) < _FEWEST:
        return False
    sentences = [match.group() for match in _SENTENCE.finditer(text) if len(match.group().split()) > 3]
    other = sum(not _CONSENT.search(sentence) for sentence in sentences)
    return other <= _MOST_OTHER * max(1, len(sentences))
