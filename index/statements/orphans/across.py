"""Speakers in another paragraph than their words: "She said:" above, "— Ana Ruiz" below, or a quotation that goes on.

A quotation left open takes the speaker of the paragraph before it, or of the one in which it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parley.index.language.lexicon import is_role_word
from parley.index.language.quotations import Quotation
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import Region, find_cue_verbs
from parley.index.statements.grammar.phrases import joined_subject
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.orphans.leftover import CREDITS, is_name_only
from parley.index.types import Span

_LONGEST_SIGNATURE = 16
"""Tokens in a line that is only a speaker's name and role."""


@dataclass(slots=True)
class ReadParagraph:
    """A paragraph with what was found in it."""

    tokens: Tokens
    quotations: Sequence[Quotation]
    found: list[Attribution]
    is_signature: bool = False


def attach_across(paragraphs: Sequence[ReadParagraph]) -> None:
    """Give quotations that nobody in their own paragraph speaks to the paragraph before or after. Changes `found` in place."""
    for index, paragraph in enumerate(paragraphs):
        leading = _leading_quotation(paragraph)
        if leading is None:
            continue
        before = paragraphs[index - 1] if index else None
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if before is not None and (_continue_open(before, paragraph, leading) or _announce(before, leading)):
            continue
        if not _is_whole(paragraph, leading):
            continue
        if before is not None and not before.is_signature and _is_somebody(before.tokens) and _sign(before, leading):
            continue
        if after is not None and _is_somebody(after.tokens) and _sign(after, leading):
            after.is_signature = True
    _attach_open(paragraphs)


def _leading_quotation(paragraph: ReadParagraph) -> Span | None:
    """The quotation that opens a paragraph, if no attribution claims it."""
    tokens = paragraph.tokens
    if not tokens.words or tokens.kinds[tokens.body_start()] != "open":
        return None
    quotation = paragraph.quotations[0]
    span = Span(quotation.start, quotation.end)
    claimed = any(content.start < span.end and span.start < content.end for one in paragraph.found for content in one.content)
    return None if claimed else span


def _is_whole(paragraph: ReadParagraph, span: Span) -> bool:
    """Whether the paragraph is nothing but the quotation."""
    return paragraph.tokens.ends[-1] - span.end <= 1


def _continue_open(before: ReadParagraph, paragraph: ReadParagraph, leading: Span) -> bool:
    """Whether the paragraph before left a quotation open that goes on here; its speaker gets the rest."""
    if not before.quotations or before.quotations[-1].closed:
        return False
    opened = before.quotations[-1]
    owner = next(
        (
            one
            for one in before.found
            if any(span.end >= opened.inner.end - 1 and span.start <= opened.inner.end for span in one.content)
        ),
        None,
    )
    if owner is None or opened.style != paragraph.quotations[0].style:
        return False
    owner.content = [*owner.content, leading]
    return True


def _attach_open(paragraphs: Sequence[ReadParagraph]) -> None:
    """Give quotations left open to whoever speaks the paragraph in which they end: the speaker is named last there."""
    owner: Attribution | None = None
    for paragraph, after in reversed(list(pairwise(paragraphs))):
        leading = _leading_quotation(paragraph)
        is_open = leading is not None and _is_whole(paragraph, leading) and _goes_on(paragraph, after)
        owner = (_owner_of(after) or owner) if is_open else None
        if leading is not None and owner is not None:
            owner.content = [leading, *owner.content]


def _goes_on(paragraph: ReadParagraph, after: ReadParagraph) -> bool:
    """Whether a quotation is left open and the next paragraph opens with one of the same marks."""
    opened, tokens = paragraph.quotations[-1], after.tokens
    begins = bool(tokens.words) and tokens.kinds[tokens.body_start()] == "open" and bool(after.quotations)
    return not opened.closed and begins and after.quotations[0].style == opened.style


def _owner_of(paragraph: ReadParagraph) -> Attribution | None:
    """Who is named as the speaker of the quotation that opens a paragraph."""
    opening = paragraph.quotations[0]
    return next(
        (
            one
            for one in paragraph.found
            if one.is_quoting and one.speaker and any(opening.start <= span.start < opening.end for span in one.content)
        ),
        None,
    )


def _announce(before: ReadParagraph, leading: Span) -> bool:
    """Whether the paragraph before ends with a colon that announces the quotation."""
    tokens = before.tokens
    if not tokens.words or tokens.kinds[-1] != "colon" or tokens.quotes[-1] >= 0:
        return False
    high = len(tokens)
    low = next(n for n in range(high) if tokens.sentences[n] == tokens.sentences[-1])
    region = Region(tokens, low, high, -1)
    cues = [one for one in find_cue_verbs(region) if "q" in one.frames]
    ending = [one for one in before.found if one.cue is not None and any(span.end >= tokens.starts[-1] for span in one.content)]
    if cues or ending:
        announcing = (cues or ending)[-1]
    else:
        subject = joined_subject(tokens, low, high - 1)
        if subject is None:
            return False
        announcing = Attribution(
            "colon", ":", "report", "q", "q", (high - 1, high), high - 1, subject, "clause", tokens.sentences[-1], -1
        )
    before.found[:] = [one for one in before.found if one.cue != announcing.cue]
    announcing.content = [leading]
    announcing.follows = "q"
    announcing.is_quoting = True
    before.found.append(announcing)
    return True


def _is_somebody(tokens: Tokens) -> bool:
    """Whether a line beside a quotation names a speaker and is no title: by a dash, an office, or a name below the first line."""
    if not tokens.words or tokens.body_start():
        return bool(tokens.words)
    end = next((at for at, kind in enumerate(tokens.kinds) if kind in {"comma", "left"}), len(tokens))
    is_name = all(kind in {"name", "title", "stop"} for kind in tokens.kinds[:end])
    is_official = tokens.kinds[0] == "title" or any(is_role_word(word) for word in tokens.words)
    return is_name and (is_official or bool(tokens.text[: tokens.starts[0]].strip()))


def _sign(line: ReadParagraph, leading: Span) -> bool:
    """Whether a line is only a speaker's name and role, as under a quotation in a list."""
    tokens = line.tokens
    first = tokens.body_start() if tokens.words else 0
    if not first < len(tokens) <= _LONGEST_SIGNATURE or tokens.kinds[first] not in {"name", "title"}:
        return False
    last = len(tokens) - (tokens.kinds[-1] == "stop")
    names = sum(kind in {"name", "title"} for kind in tokens.kinds)
    if not first and (tokens.kinds[-1] == "colon" or (last < len(tokens) and names < 2) or CREDITS & set(tokens.words)):
        return False
    if not is_name_only(tokens, first, last):
        return False
    line.found.append(
        Attribution(
            "quotation",
            "",
            "report",
            "q",
            "q",
            None,
            first,
            (first, last),
            "exact",
            tokens.sentences[first],
            -1,
            content=[leading],
            is_quoting=True,
        )
    )
    return True
