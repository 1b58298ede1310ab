"""The line under an answer: how many quotations are verbatim, and who is speaking."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant import Citation, Statement


def verification_line(citations: Sequence[Citation]) -> str:
    """For example "3 of 3 quotations verified; 2 speakers, 1 unnamed"; empty without citations."""
    if not citations:
        return ""
    verified = sum(citation.verified for citation in citations)
    checked = f"{verified} of {len(citations)} {_plural(len(citations), 'quotation')} verified"
    own = sum(citation.statement is None and "own voice" in citation.attribution for citation in citations)
    return f"{checked}; {_speakers([citation.statement for citation in citations], own)}"


def _speakers(statements: Sequence[Statement | None], own: int) -> str:
    told = [statement for statement in statements if statement is not None]
    named = {item.speaker for item in told if item.speaker_kind not in ("anonymous", "unidentified") and item.speaker}
    unnamed = {item.speaker for item in told if item.speaker_kind in ("anonymous", "unidentified")}
    count = len(named) + len(unnamed)
    parts = []
    if count:
        parts.append(f"{count} {_plural(count, 'speaker')}" + (f", {len(unnamed)} unnamed" if unnamed else ""))
    if own:
        parts.append("in the document's own voice" if own == len(statements) else "partly in the document's own voice")
    if len(told) + own < len(statements):
        parts.append("speaker not identified" if not told else "partly without an identified speaker")
    return "; ".join(parts)


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
