"""Minutes and transcripts: paragraphs without a label go on with the turn of the speaker labelled before."""

from __future__ import annotations

from collections.abc import Sequence

from index.statements.across import ReadParagraph
from index.statements.attributions import Attribution

_FEWEST_TURNS = 3
_FEWEST_SPEAKERS = 2


def join_turns(paragraphs: Sequence[ReadParagraph]) -> bool:
    """Whether the paragraphs are a transcript; if so, unlabelled ones are added to the turn before them, in place."""
    turns = [label(paragraph) for paragraph in paragraphs]
    labelled = [(paragraph, turn) for paragraph, turn in zip(paragraphs, turns, strict=True) if turn is not None]
    speakers = {paragraph.tokens.slice(*turn.speaker) for paragraph, turn in labelled if turn.speaker is not None}
    if len(labelled) < _FEWEST_TURNS or len(speakers) < _FEWEST_SPEAKERS or 2 * len(labelled) < len(paragraphs):
        return False
    current: Attribution | None = None
    for paragraph, turn in zip(paragraphs, turns, strict=True):
        if turn is not None:
            current = turn
        elif current is not None and not paragraph.found and len(paragraph.tokens) and paragraph.tokens.kinds[0] != "left":
            current.content = [*current.content, paragraph.tokens.span(0, len(paragraph.tokens))]
    return True


def label(paragraph: ReadParagraph) -> Attribution | None:
    """The attribution that a speaker's label at the paragraph's start makes, if there is one."""
    return next((one for one in paragraph.found if one.is_label), None)
