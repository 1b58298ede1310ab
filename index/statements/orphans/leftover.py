"""Quotations that no cue claimed: continued ones, those behind a colon, and speakers' labels."""

from __future__ import annotations

from collections.abc import Sequence

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.language.quotations import Quotation
from parley.index.statements.content.surroundings import circumstance_end
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import INVERTIBLE, Region, find_cue_verbs
from parley.index.statements.grammar.phrases import clause_subject, joined_subject
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.grammar.verbs import is_finite
from parley.index.statements.orphans.beside import attribute_beside
from parley.index.types import Span

_LONGEST_SIGNATURE = 16
"""Tokens of a name and role behind a dash."""

CREDITS = word_kind("credit")
"""Words of picture credits and links, which stand below quotations too."""

_SHORTEST = 4
"""Words; a shorter quotation without a cue is a title or a word held at arm's length."""


def attach_quotations(tokens: Tokens, quotations: Sequence[Quotation], found: list[Attribution]) -> None:
    """Give every quotation that stands alone to the speaker before it, or to the clause whose colon announces it.

    Changes `found` in place: a continued quotation is added to the content of the attribution it continues.
    """
    for quotation in (one for one in quotations if one.depth == 0):
        span = Span(quotation.start, quotation.end)
        if any(_shares(span, content) for one in found for content in one.content):
            continue
        first = tokens.first_at(quotation.start)
        last = tokens.first_at(quotation.end)
        if (
            not attribute_beside(tokens, quotation, last, found)
            and not _signed(tokens, last, span, found)
            and not _announced(tokens, first, last, span, found)
            and _stands_alone(tokens, first, last)
        ):
            _continue(tokens, first, span, found)


def _continue(tokens: Tokens, first: int, span: Span, found: list[Attribution]) -> None:
    """Add a quotation that is a sentence of its own to the last speaker quoted before it in the paragraph."""
    before = tokens.starts[first]
    owners = [one for one in found if one.is_quoting and one.speaker and any(content.start < before for content in one.content)]
    if owners:
        last = max(owners, key=lambda one: max(content.end for content in one.content if content.start < before))
        last.content = [*last.content, span]
        return
    spoken = [
        one
        for one in found
        if one.sentence == tokens.sentences[first] - 1 and "q" in one.frames and one.speaker and one.rule == "exact"
    ]
    speaker = spoken[0] if spoken else _last_cue(tokens, first)
    if speaker is not None:
        found.append(_continued(speaker, tokens, first, span))


def _last_cue(tokens: Tokens, first: int) -> Attribution | None:
    """The cue that ends the sentence before: "The envoy agreed. [“…”]"."""
    sentence = tokens.sentences[first] - 1
    low = next((n for n in range(first) if tokens.sentences[n] == sentence), first)
    high = next((n for n in range(low, first) if tokens.sentences[n] != sentence), first)
    if high - low < 2 or -1 not in tokens.quotes[low:high]:
        return None
    region = Region(tokens, low, high, -1)
    cues = [one for one in find_cue_verbs(region) if "q" in one.frames and one.form == "finite"]
    if not cues:
        return None
    end = max(cues[-1].after, circumstance_end(region, cues[-1].after) if cues[-1].lemma in INVERTIBLE else 0)
    return cues[-1] if high - end <= 2 else None


def _is_sentence(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a quotation opens its paragraph and closes with a sentence."""
    return first <= tokens.body_start() and last - first >= _SHORTEST


def _continued(last: Attribution, tokens: Tokens, first: int, span: Span) -> Attribution:
    return Attribution(
        "quotation",
        last.lemma,
        last.stance,
        "q",
        "q",
        None,
        first,
        last.speaker,
        "same",
        tokens.sentences[first],
        -1,
        content=[span],
        is_quoting=True,
    )


def _signed(tokens: Tokens, last: int, span: Span, found: list[Attribution]) -> bool:
    """Whether a dash and a name end the paragraph: "…" — Ana Ruiz, chair."""
    first = last + (last < len(tokens) and tokens.kinds[last] == "dash")
    high = len(tokens) - (tokens.kinds[-1] == "stop")
    if first >= high or tokens.kinds[first] not in {"name", "title"} or high - first > _LONGEST_SIGNATURE:
        return False
    if not _is_sentence(tokens, tokens.first_at(span.start), last):
        return False
    if not is_name_only(tokens, first, high) or (first == last and CREDITS & set(tokens.words[first:])):
        return False
    speaker = (first, high)
    found.append(
        Attribution(
            "quotation",
            "",
            "report",
            "q",
            "q",
            None,
            first,
            speaker,
            "exact",
            tokens.sentences[first],
            -1,
            content=[span],
            is_quoting=True,
        )
    )
    return True


def is_name_only(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the tokens are a name, perhaps with age, role and place, and no clause."""
    for at in range(first, last):
        if tokens.kinds[at] in {"open", "pronoun", "semicolon", "stop", "be", "have", "auxiliary", "that", "subordinator"}:
            return False
        if not tokens.text[tokens.starts[at]].isupper() and is_finite(tokens, at, first, last):
            return False
    return True


def _announced(tokens: Tokens, first: int, last: int, span: Span, found: list[Attribution]) -> bool:
    """Whether a colon announces the quotation; its clause's subject is then the speaker."""
    if first == 0 or tokens.kinds[first - 1] not in {"colon", "comma"} or last - first < _SHORTEST:
        return False
    low = first
    while low > 0 and tokens.sentences[low - 1] == tokens.sentences[first]:
        low -= 1
    is_colon = tokens.kinds[first - 1] == "colon"
    if not is_colon and _is_mere_name(tokens, first, last) and not _speaks(tokens, low, first):
        return False
    subject = (_label(tokens, low, first - 1) if is_colon else None) or joined_subject(tokens, low, first - 1)
    if subject is None and is_colon:
        subject = clause_subject(tokens, low, first - 1)
    if subject is None:
        return False
    if tokens.words[subject[0]] in {"it", "this", "these", "there", "that"}:
        return False
    found.append(
        Attribution(
            "colon",
            ":" if is_colon else ",",
            "report",
            "q",
            "q",
            (first - 1, first),
            first - 1,
            subject,
            "clause",
            tokens.sentences[first],
            -1,
            content=[span],
            is_quoting=True,
        )
    )
    return True


def _is_mere_name(tokens: Tokens, first: int, last: int) -> bool:
    """Whether quoted words behind a comma are a title or a word held at arm's length: few of them, and no verb."""
    words = [at for at in range(first, last) if tokens.text[tokens.starts[at]].isalnum()]
    return len(words) < _SHORTEST and not any(is_finite(tokens, at, first + 1, last) for at in words)


def _speaks(tokens: Tokens, low: int, high: int) -> bool:
    """Whether a verb stands there that quotations follow: "[called the plan,] on Monday, “dead”"."""
    cues = lexicon().cues
    spoken = (cues.get(tokens.words[at], ()) for at in range(low, high) if tokens.quotes[at] < 0)
    return any("q" in cue.frames for found in spoken for cue in found)


def _label(tokens: Tokens, low: int, colon: int) -> tuple[int, int] | None:
    """A name that stands alone before the colon: "- Ana Ruiz: …"."""
    first = colon
    while first > low and tokens.kinds[first - 1] in {"name", "title", "left", "right"}:
        first -= 1
    if (
        first == colon
        or colon - first > 10
        or not (
            first == low or tokens.kinds[first - 1] in {"dash", "comma", "semicolon"} or tokens.words[first - 1] in {"by", "from"}
        )
    ):
        return None
    return first, colon


def _stands_alone(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the quotation is one or more sentences of its own."""
    starts = (
        first == 0
        or tokens.sentences[first - 1] != tokens.sentences[first]
        or tokens.kinds[first - 1] in {"close", "dash", "stop"}
    )
    ends = (
        last >= len(tokens)
        or tokens.sentences[last] != tokens.sentences[last - 1]
        or tokens.kinds[last] in {"stop", "open", "dash"}
    )
    return starts and ends and last - first >= _SHORTEST


def _shares(one: Span, other: Span) -> bool:
    return min(one.end, other.end) > max(one.start, other.start)
