"""Minutes and transcripts: paragraphs without a label go on with the turn of the speaker labelled before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.orphans.across import ReadParagraph
from parley.index.types import Span

_LABELLED_LINE = re.compile(r"\n[^\S\n]*(?=[^\W\d_a-z][^\n:.?!]{0,60}:\s)")
_FEWEST_TURNS = 3
_FEWEST_SPEAKERS = 2


def split_turns(text: str, span: Span) -> list[Span]:
    """The paragraph cut where a line opens with what may be a speaker's label, if more than one line does."""
    if text.count(":", span.start, span.end) < 2 or "\n" not in text[span.start : span.end]:
        return [span]
    cuts = [match.start() for match in _LABELLED_LINE.finditer(text, span.start, span.end)]
    edges = [span.start, *(cut + 1 for cut in cuts)]
    return [Span(start, end) for start, end in zip(edges, [*cuts, span.end], strict=True) if text[start:end].strip()]


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
        elif (
            current is not None and _is_first_person(paragraph) and len(paragraph.tokens) and paragraph.tokens.kinds[0] != "left"
        ):
            current.content = [*current.content, paragraph.tokens.span(0, len(paragraph.tokens))]
            paragraph.found.clear()
    return True


def _is_first_person(paragraph: ReadParagraph) -> bool:
    """Whether nobody but the one who speaks is said to say anything in the paragraph."""
    tokens = paragraph.tokens
    return all(
        one.speaker is not None and tokens.words[one.speaker[0]] in {"i", "we", "you", "our", "my"} for one in paragraph.found
    )


def label(paragraph: ReadParagraph) -> Attribution | None:
    """The attribution that a speaker's label at the paragraph's start makes, if there is one."""
    return next((one for one in paragraph.found if one.is_label), None)
