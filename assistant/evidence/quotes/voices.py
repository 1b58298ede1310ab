"""Whose words stand at a place: the speaker's, or those of somebody whom the speaker quotes or reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.assistant.evidence.citing import overlap
from parley.assistant.evidence.quotes.places import Place
from parley.index.language.lexicon import word_kind
from parley.index.language.quotations import quotation_spans
from parley.index.language.words import fold
from parley.index.types import Document, Span, Statement

_MARKS = "\"“”„«»‹›‘’'` \t\r\n"
_OWN = word_kind("own_person")
"""Words by which speakers mean themselves."""

_DEEDS = frozenset(
    {
        "agree",
        "accept",
        "plan",
        "want",
        "support",
        "decide",
        "refuse",
        "offer",
        "promise",
        "withdraw",
        "discuss",
        "request",
        "show",
        "know",
    }
)
"""Stances by which somebody does something; the words that tell of it without quotation marks are the teller's."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words they are.

    Attributes:
        statement: the statement that they are part of; `None` where the document puts them to nobody.
        inner: what that statement's speaker reports somebody else to have said, where the words are part of it.
        is_quoted: whether the inner words stand in quotation marks of their own, so that they are not the speaker's wording.
    """

    statement: Statement | None
    inner: Statement | None = None
    is_quoted: bool = False

    @property
    def spoken(self) -> Statement | None:
        """The statement that the words are to be shown with: the inner one where they are the inner speaker's own."""
        return self.inner if self.is_quoted else self.statement


def voice_at(place: Place, statements: Sequence[Statement]) -> Voice:
    """Whose words stand at the place, `statements` being those of its document."""
    holding = [item for item in statements if _holds(item, place.span)]
    if place.statement is None or not holding:
        return Voice(place.statement)
    ordered = sorted(holding, key=_size)
    outer = next((item for item in ordered if item.form), None) or next(
        (item for item in reversed(ordered) if not item.relay), ordered[-1]
    )
    within = [*ordered, *_read_within(place.document, outer, place.span)]
    others = [item for item in within if item is not outer and _is_another(item, outer, place)]
    for inner in sorted(others, key=_size):
        is_quoted = _is_quoted(place, inner)
        if is_quoted or inner.stance not in _DEEDS:
            relayed = inner if inner.relay or not outer.speaker else replace(inner, relay=(outer.speaker,))
            return Voice(outer, relayed, is_quoted)
    return Voice(outer)


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)


def _holds(statement: Statement, span: Span) -> bool:
    """Whether the words are part of what is said, not of the clause that says by whom."""
    cue = statement.cue
    outside = cue is None or cue.end <= span.start or cue.start >= span.end
    return outside and 10 * overlap(statement, span.start, span.end) >= 9 * (span.end - span.start)


def _is_another(inner: Statement, outer: Statement, place: Place) -> bool:
    """Whether the inner statement is put to somebody else than the speaker, and is more than a part of the speaker clause."""
    if not _holds(inner, place.span) or inner.speaker_span is None:
        return False
    words = fold(place.document.text[inner.speaker_span.start : inner.speaker_span.end])
    if words in _OWN or inner.speaker_span == outer.speaker_span:
        return False
    if inner.speaker is None and outer.mode != "direct":
        return False  # "Toll said he had called it …" is Toll's own
    return inner.speaker is None or outer.speaker is None or fold(inner.speaker) != fold(outer.speaker)


def _read_within(document: Document, outer: Statement, span: Span) -> tuple[Statement, ...]:
    """What the paragraph of the speaker's words around `span` reports of others."""
    content = next((part for part in outer.content if part.start < span.end and span.start < part.end), None)
    if content is None:
        return ()
    text = document.text
    first = text.rfind("\n\n", content.start, span.start)
    last = text.find("\n\n", span.end, content.end)
    start, end = (content.start if first < 0 else first), (content.end if last < 0 else last)
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and not _closes_inner(text, start, end):
        end -= 1
    # Loaded here: the rules for finding statements are many, and most questions need none of them.
    from parley.index.statements import statements_within

    return statements_within(document, Span(start, end))


def _closes_inner(text: str, start: int, end: int) -> bool:
    """Whether the mark before `end` closes a quotation that opens behind `start`: then it does not close the speaker's words."""
    return any(one.closed and one.end == end for one in quotation_spans(text, start, end))


def _is_quoted(place: Place, inner: Statement) -> bool:
    """Whether the words stand in quotation marks behind the cue of the inner statement."""
    text, cue = place.document.text, inner.cue
    first = text.rfind("\n\n", 0, min(inner.start, place.span.start)) + 1
    last = text.find("\n\n", max(inner.end, place.span.end))
    around = quotation_spans(text, first, len(text) if last < 0 else last)
    return any(
        one.start <= place.span.start and place.span.end <= one.end and not (cue and one.start <= cue.start < one.end)
        for one in around
    )
