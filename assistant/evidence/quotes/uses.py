"""What a document does with words beside stating them: denies them, makes them conditional, asks them, puts them to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.assistant.evidence.citing import overlap, sentences_around
from parley.assistant.evidence.draft_brackets import open_brackets
from parley.assistant.evidence.quotes.places import Place
from parley.assistant.evidence.quotes.voices import Voice
from parley.assistant.evidence.speakers import display_name
from parley.index.language.rejecting import rejection_of
from parley.index.language.scopes import StandingKind
from parley.index.language.standing import standings_around
from parley.index.types import Span

UseKind = Literal["denies", "rejects", "conditions", "supposes", "hedges", "plans", "asks", "reports", "brackets"]


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that the document does with the words.

    Attributes:
        kind: "denies" or "rejects" them (quotes them in order to reject them), makes them depend on a condition, "supposes",
            "hedges" or "plans" them, "asks" them as a question, "reports" them as somebody else's, or "brackets" them:
            leaves them open in a draft.
        span, words: what shows it in the document, outside the words themselves.
        speaker: for "reports", whose words they are.
    """

    kind: UseKind
    span: Span
    words: str
    speaker: str | None = None


_KINDS: dict[StandingKind, UseKind] = {
    "denied": "denies",
    "conditional": "conditions",
    "supposed": "hedges",
    "planned": "plans",
    "asked": "asks",
}
_FELT = frozenset({"hope", "fear", "believe", "imply", "predict"})
"""Stances of cues by which the words are no more than what somebody thinks likely."""

_TOLD: dict[UseKind, str] = {
    "denies": "denies them",
    "rejects": "quotes them in order to reject them",
    "conditions": "makes them depend on a condition",
    "supposes": "only supposes them",
    "hedges": "hedges them",
    "plans": "tells them as planned or expected",
    "asks": "asks them as a question",
    "brackets": "leaves them open in the draft",
}


def told_use(use: Use) -> str:
    """For people: `denies them (“never”)`."""
    if use.kind == "reports":
        return f"reports them as {use.speaker or 'somebody else'}'s (“{use.words}”)"
    return f"{_TOLD[use.kind]} (“{use.words}”)"


def uses_at(place: Place, voice: Voice, *, is_question: bool) -> tuple[Use, ...]:
    """What the document does with the words at a place; `is_question` where the quotation itself ends in a question mark."""
    found = [*_reported(place, voice), *_stood_in(place, is_question=is_question), *_felt(place, voice)]
    kinds = {use.kind for use in found}
    found += [use for use in _in_clause(place, voice) if use.kind not in kinds]
    if "asks" in kinds:
        found = [use for use in found if use.kind != "denies"]  # "refused to say whether …"
    found += _bracketed(place)
    return tuple({(use.kind, use.span): use for use in found}.values())


def turns_words(uses: Sequence[Use]) -> bool:
    """Whether the words mean something else where they stand than they do alone; what is planned is told as planned anyway."""
    return any(use.kind != "plans" for use in uses)


def _bracketed(place: Place) -> Iterator[Use]:
    """The words are of a draft and not agreed, wholly or in part."""
    brackets = open_brackets(place.document, place.span)
    if brackets:
        yield _use(place, "brackets", brackets)


def _stood_in(place: Place, *, is_question: bool) -> Iterator[Use]:
    """What the words of the sentence around them make of the quoted words."""
    text = place.document.text
    for sentence in sentences_around(text, *place.span):
        inside = Span(max(sentence.start, place.span.start), min(sentence.end, place.span.end))
        if inside.start >= inside.end:
            continue
        rejected = rejection_of(text, sentence, inside)
        if rejected is not None:
            yield _use(place, "rejects", (rejected,))
        for standing in standings_around(text, sentence, inside):
            shown = tuple(span for span in standing.words if not (is_question and text[span.start : span.end] == "?"))
            if shown and not (rejected and standing.kind == "denied"):
                yield _use(place, _KINDS[standing.kind], shown)


def _use(place: Place, kind: UseKind, spans: Sequence[Span]) -> Use:
    text, spans = place.document.text, sorted(spans)
    words = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    return Use(kind, Span(spans[0].start, spans[-1].end), words)


def _in_clause(place: Place, voice: Voice) -> Iterator[Use]:
    """What the clause that says whose the words are does with them: "reportedly told", "did not call"."""
    statement = voice.spoken
    if statement is None or statement.cue is None:
        return
    kinds: tuple[tuple[UseKind, Sequence[Span]], ...] = (("hedges", statement.hedges), ("denies", statement.negations))
    for kind, spans in kinds:
        outside = [
            span for span in spans if not overlap(statement, *span) and not (place.span.start <= span.start < place.span.end)
        ]
        if outside:
            yield _use(place, kind, outside)


def _felt(place: Place, voice: Voice) -> Iterator[Use]:
    """What the speaker only hopes, fears or believes by the reporter's own cue."""
    statement = voice.spoken
    if statement is not None and statement.cue is not None and statement.stance in _FELT and not voice.is_quoted:
        yield _use(place, "supposes", (statement.cue,))


def _reported(place: Place, voice: Voice) -> Iterator[Use]:
    """The words are those of somebody whom the speaker only reports."""
    inner = voice.inner
    span = (inner.cue or inner.speaker_span) if inner is not None else None
    if inner is None or span is None or voice.is_quoted:
        return
    words = " ".join(place.document.text[span.start : span.end].split())
    yield Use("reports", span, words, display_name(inner))
