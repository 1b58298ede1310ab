"""Where the words that a cue reports begin, and which parts of the sentence they are."""

from __future__ import annotations

from collections.abc import Sequence

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.language.quotations import Quotation
from parley.index.statements.content.endings import content_end, goes_on, introduces, is_bare_clause, is_free, starts_cue
from parley.index.statements.content.joined import joined_phrase, takes_plural
from parley.index.statements.content.surroundings import circumstance_end, skip_addressee
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import Region
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.verbs import is_finite
from parley.index.types import Span

_WITH_THAT = word_kind("cue_with_that")
"""Cues that report only with "that": whoever "holds the station" says nothing."""
_CLAUSE_STARTS = word_kind("clause_opener")
_NOMINAL = frozenset({"determiner", "possessive", "name", "title", "number", "pronoun", "word", "left"})
_STATEMENT_END = frozenset({"comma", "stop", "semicolon", "end", "colon", "open", "dash"})


def fill_content(region: Region, attribution: Attribution, quotations: Sequence[Quotation]) -> None:
    """Set the content of a cue verb's attribution, and its addressee."""
    if attribution.form == "passive":
        clause = _clause_behind_agent(region, attribution)
        attribution.content = clause or _passive_content(region, attribution)
        points_back = attribution.group == region.low + 1 and region.kind(region.low) == "that"
        attribution.follows = "c" if clause or points_back else "n"
        return
    begin = skip_addressee(region, attribution) if not attribution.inverted else attribution.after
    if "q" in attribution.frames and _is_parenthesis(region, attribution, begin):
        attribution.content = _around(region, attribution, quotations, begin)
        attribution.follows = "q"
    if not attribution.content:
        attribution.follows = _frame(region, attribution, begin)
        attribution.content = _after(region, attribution, begin)
    attribution.content = [_to_quotation_end(span, quotations) if region.level < 0 else span for span in attribution.content]


def _to_quotation_end(span: Span, quotations: Sequence[Quotation]) -> Span:
    """A span that ends inside a quotation it holds the start of, extended over the quotation's later sentences."""
    for quotation in quotations:
        if quotation.depth == 0 and span.start <= quotation.start < span.end < quotation.end:
            return Span(span.start, quotation.end)
    return span


def _frame(region: Region, attribution: Attribution, begin: int) -> str:
    """The frame letter of what follows a cue."""
    tokens = region.tokens
    clause = _find_clause_start(region, attribution, begin)
    at = clause if clause is not None else begin
    kind = region.kind(at)
    if kind in {"open", "colon"} or (kind == "comma" and introduces(region, attribution)):
        return "q"
    if kind == "that":
        is_thing = region.kind(at + 1) == "word" and not is_bare_clause(region, at + 1)  # "holds that money in trust"
        return "n" if attribution.lemma in _WITH_THAT and is_thing else "c"
    if at < region.high and tokens.words[at] in _CLAUSE_STARTS:
        return "w"
    if kind == "preposition":
        return "i" if tokens.words[at] == "to" else "w" if tokens.words[at] == "about" else "p"
    if kind in _NOMINAL | {"object", "time", "adverb", "preposition"}:
        if is_bare_clause(region, at):
            is_object = _is_joined(region, attribution, at) or attribution.lemma in _WITH_THAT
            return "n" if is_object else "c"
        return "g" if tokens.words[at].endswith("ing") and kind == "word" else "n"
    return ""


def _is_joined(region: Region, attribution: Attribution, begin: int) -> bool:
    """Whether a cue's noun phrase and another's clause are joined: "rejects [a veto and Velmark demands a pause]"."""
    joined = joined_phrase(region, begin) if "n" in attribution.frames else None
    return joined is not None and ("c" not in attribution.frames or not takes_plural(region, joined))


def _clause_behind_agent(region: Region, attribution: Attribution) -> list[Span]:
    """As in "It was alleged by the union [that wages were withheld]"."""
    tokens = region.tokens
    if attribution.speaker is None or "c" not in attribution.frames:
        return []
    behind = attribution.speaker[1]
    if region.kind(behind) == "comma":  # "told by the convenor, Mr Ng, that"
        ways = range(behind + 1, region.high)
        is_clause = region.kind(behind + 1) == "relative"  # "by the union, which represents the dockers, that"
        name = phrase_after(tokens, behind + 1, region.high)
        name = next((at for at in ways if tokens.kinds[at] == "comma"), name) if is_clause else name
        behind = name + 1 if region.kind(name) == "comma" else behind
    is_told = tokens.words[region.low] == "it" or "a" in attribution.frames
    if region.kind(behind) != "that" or not is_told or not is_bare_clause(region, behind + 1):
        return []  # "the union that represents the dockers" is a union
    at = behind + 1
    end = content_end(region, attribution, at, is_clause=True)
    return [tokens.span(at, end)] if end > at else []


def _passive_content(region: Region, attribution: Attribution) -> list[Span]:
    """As in "The draft was rejected by the union": the subject of the passive verb."""
    tokens = region.tokens
    if attribution.cue is None:
        return []
    low = region.low
    for at in range(attribution.group - 1, region.low - 1, -1):
        is_subject = at == region.low and tokens.words[at] == "that"  # "That was denied by the ministry."
        if tokens.kinds[at] in {"comma", "semicolon", "subordinator", "that", "dash", "open", "close"} and not is_subject:
            low = at + 1
            break
    if low < attribution.group:
        return [tokens.span(low, attribution.group)]
    return []


def _is_parenthesis(region: Region, attribution: Attribution, begin: int) -> bool:
    """Whether the speaker clause follows what it reports: "The talks failed, the minister said on Monday."."""
    tokens = region.tokens
    if (
        attribution.rule == "relative"
        or attribution.speaker is None
        or (attribution.rule == "same" and attribution.form != "finite")
    ):
        return False
    first = min(attribution.speaker[0], attribution.group)
    before = region.kind(first - 1)
    if attribution.inverted:
        return before in {"comma", "close", "dash", "stop"} or region.kind(attribution.group - 1) in {"comma", "close", "stop"}
    if before not in {"comma", "close", "dash"} and not (before == "conjunction" and region.kind(first - 2) == "comma"):
        return False
    end = circumstance_end(region, begin)
    if before == "close":
        return region.kind(begin) not in {"that", "colon", "open"}
    if region.kind(begin) == "comma" or region.kind(end) in _STATEMENT_END:
        if region.kind(begin) in {"open", "colon"} or (
            region.kind(end) == "open" and before == "comma" and tokens.kinds[first - 2] != "close"
        ):
            return False
        if region.kind(begin) == "comma" and begin + 1 < region.high and is_finite(tokens, begin + 1, begin, region.high):
            return True
        return region.kind(begin) in {"stop", "end"} or any(
            is_finite(tokens, n, region.low, first) for n in range(region.low, first)
        )
    return False


def _around(region: Region, attribution: Attribution, quotations: Sequence[Quotation], begin: int) -> list[Span]:
    """What stands before a parenthetical speaker clause, and what goes on behind it."""
    tokens = region.tokens
    first = min(attribution.speaker[0] if attribution.speaker else attribution.group, attribution.group)
    if region.kind(first - 1) == "conjunction":
        first -= 1
    left = _left_part(region, first, quotations)
    if left is None:
        return []
    end = attribution.after if attribution.inverted else circumstance_end(region, begin)
    if attribution.inverted:
        end = _apposition_end(region, end)
    if region.kind(end) in {"comma", "dash"} and goes_on(region, end + 1):
        return [left, *_after(region, attribution, end + 1)]
    opening = next((n for n in range(end, region.high) if tokens.kinds[n] == "open" and tokens.quotes[n] == region.level), None)
    if opening is not None and tokens.kinds[opening - 1] in {"clitic", "determiner", "possessive", "preposition"}:
        opening = None  # a title or a word held at arm's length: "on NBC's “Meet the Press”"
    return [left] if opening is None or not is_free(region, begin, opening) else [left, *_after(region, attribution, opening)]


def _apposition_end(region: Region, at: int) -> int:
    """Steps over ", a lawyer from Oslo" behind an inverted speaker, up to the next quotation or the end."""
    tokens = region.tokens
    for n in range(at, region.high):
        if tokens.kinds[n] == "open" and tokens.quotes[n] == region.level:
            return n
        if tokens.kinds[n] == "stop" and n >= region.high - 2:
            return n
    return region.high


def _left_part(region: Region, first: int, quotations: Sequence[Quotation]) -> Span | None:
    tokens = region.tokens
    last = first
    while last > region.low and tokens.kinds[last - 1] in {"comma", "dash"}:
        last -= 1
    if last <= region.low:
        # The quotation before is a sentence of its own: "Is it over?" the minister asked.
        return None
    begin = region.low
    for at in range(last - 1, region.low - 1, -1):
        if tokens.kinds[at] == "semicolon" and tokens.quotes[at] == region.level:
            begin = at + 1
            break
    opening = next(
        (n for n in range(last - 1, begin, -1) if tokens.kinds[n] == "open" and tokens.quotes[n] == region.level), None
    )
    if opening is not None and tokens.kinds[last - 1] == "close" and not is_free(region, begin, opening):
        begin = opening
    if begin < last and tokens.kinds[begin] == "conjunction":
        begin += 1
    span = tokens.span(begin, last) if begin < last else None
    if span is None:
        return None
    quotation = next((q for q in quotations if q.depth == 0 and q.start < span.start < q.end <= span.end), None)
    return Span(quotation.start, span.end) if quotation is not None and region.level < 0 else span


def _after(region: Region, attribution: Attribution, begin: int) -> list[Span]:
    """What follows the cue, up to the clause's end."""
    tokens = region.tokens
    at = begin
    clause = _find_clause_start(region, attribution, begin)
    if clause is not None:
        at = clause
    while at < region.high and tokens.kinds[at] in {"comma", "colon", "dash", "that"} and tokens.quotes[at] == region.level:
        at += 1
    end = content_end(region, attribution, at, is_clause=attribution.follows in {"q", "c", "w"} or attribution.lemma == "say")
    return [tokens.span(at, end)] if end > at else []


def _find_clause_start(region: Region, attribution: Attribution, begin: int) -> int | None:
    """Where "that" or a quotation begins behind circumstances ("said on Monday [that]"), else `None`."""
    tokens = region.tokens
    if not set("qcw") & set(attribution.frames):
        return None
    end = circumstance_end(region, begin)
    for at in (begin, end):
        if region.kind(at) in {"that", "open", "colon"} or (at < region.high and tokens.words[at] in _CLAUSE_STARTS):
            return at
        if region.kind(at) == "comma" and region.kind(at + 1) == "open":
            return at + 1
        if region.kind(at) == "pronoun" and region.kind(at + 1) in {"be", "have", "auxiliary", "word", "adverb"}:
            return at
    behind = end > begin and region.kind(begin) == "preposition" and tokens.words[begin] != "to"
    if behind and "c" in attribution.frames and is_bare_clause(region, end):
        return end
    later = _later_quotation(region, end) if "q" in attribution.frames and region.kind(end) == "comma" else None
    if later is not None:
        return later
    return begin if set("qc") & set(attribution.frames) and region.kind(begin) != "preposition" else None


def _later_quotation(region: Region, comma: int) -> int | None:
    """Where a quotation opens behind an inserted phrase: "joked, with a broad smile, [“Come in”]"."""
    tokens = region.tokens
    for at in range(comma + 1, region.high):
        if tokens.kinds[at] == "open" and tokens.quotes[at] == region.level:
            return at if tokens.kinds[at - 1] in {"comma", "colon"} else None
        if tokens.words[at] in lexicon().cues and tokens.kinds[at] == "word" and starts_cue(region, at):
            return None
    return None
