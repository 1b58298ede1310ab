"""Attributions of one paragraph: every region's cue verbs with speaker and content, then the quotations left over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from parley.index.language.quotations import Quotation
from parley.index.statements.content.contents import fill_content
from parley.index.statements.content.joined import part_speakers
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.constructions import find_constructions
from parley.index.statements.cueing.cues import Region, find_cue_verbs
from parley.index.statements.cueing.denials import widen_denied
from parley.index.statements.cueing.filters import is_mere_meeting, is_supported, names_somebody, without_nested
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.labels import WordsOfText, find_label
from parley.index.statements.orphans.leftover import attach_quotations


def paragraph_attributions(
    tokens: Tokens, quotations: Sequence[Quotation], written: WordsOfText, *, with_label: bool = True
) -> list[Attribution]:
    """The attributions of a paragraph in the order of their cues; a speaker's label before a colon counts `with_label`.

    `written` are the words of the whole text, by which a label is told from a topic.
    """
    found: list[Attribution] = []
    for region in _regions(tokens):
        cues = find_cue_verbs(region)
        part_speakers(region, cues)
        for attribution in cues:
            widen_denied(tokens, attribution)
            fill_content(region, attribution, quotations)
            attribution.is_quoting = any(
                span.start < one.end and one.start < span.end for span in attribution.content for one in quotations
            )
            if attribution.content and is_supported(attribution) and not is_mere_meeting(tokens, attribution):
                found.append(attribution)
        _settle_quoted(tokens, found)
        constructions = find_constructions(region)
        for attribution in constructions:
            widen_denied(tokens, attribution)
        found += constructions
    label = find_label(tokens, written) if with_label else None
    if label is not None:
        found.append(label)
    found = without_nested(tokens, [one for one in found if names_somebody(tokens, one)])
    attach_quotations(tokens, quotations, found)
    return [one for one in found if names_somebody(tokens, one)]


_QUOTING = frozenset({"quote", "cite", "paraphrase", "misquote"})


def _settle_quoted(tokens: Tokens, found: list[Attribution]) -> None:
    """Give "saying" in "Ruiz quoted Lund as saying" to Lund, and leave out the quoting, which says nothing itself."""
    for one in tuple(found):
        at = one.cue[0] - 1 if one.cue is not None else -1
        if one.form != "ing" or one.rule != "same" or at < 0 or tokens.words[at] != "as":
            continue
        for other in tuple(found):
            if other.lemma in _QUOTING and other.form == "finite" and other.cue is not None and other.cue[1] < at:
                one.speaker, one.rule = (other.cue[1], at), "exact"
                found.remove(other)


def _regions(tokens: Tokens) -> Iterator[Region]:
    """Every sentence, from its first word outside quotations; the paragraph's list number stands outside."""
    low = tokens.body_start() if tokens.words else 0
    while low < len(tokens):
        high = bisect_right(tokens.sentences, tokens.sentences[low])
        if -1 in tokens.quotes[low:high]:
            yield Region(tokens, tokens.quotes.index(-1, low, high), high, -1)
        low = high
