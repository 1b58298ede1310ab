"""Where the words that a cue reports begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations import Quotation
from index.statements.attributions import Attribution
from index.statements.cues import INVERTIBLE, Region
from index.statements.lexicon import lexicon
from index.statements.phrases import phrase_after
from index.statements.verbs import is_finite
from index.types import Span

_CLAUSE_STARTS = frozenset({"that", "whether", "how", "why", "what", "where", "who", "if", "when"})
_CONTRASTS = frozenset({"but", "while", "though", "although", "whereas"})
_NOMINAL = frozenset({"determiner", "possessive", "name", "title", "number", "pronoun", "word", "left"})
_SKIPPED = frozenset({"time", "adverb"})
_CIRCUMSTANCE = frozenset(
    {"in", "on", "at", "during", "after", "to", "from", "by", "of", "before", "via", "through", "when", "as", "about", "with"}
)
_STATEMENT_END = frozenset({"comma", "stop", "semicolon", "end", "colon", "open", "dash"})


def fill_content(region: Region, attribution: Attribution, quotations: Sequence[Quotation]) -> None:
    """Set the content of a cue verb's attribution, and its addressee."""
    if attribution.form == "passive":
        attribution.content = _passive_content(region, attribution)
        attribution.follows = "n"
        return
    begin = _skip_addressee(region, attribution) if not attribution.inverted else attribution.after
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
    if kind in {"open", "colon"} or (kind == "comma" and _introduces(region, attribution)):
        return "q"
    if kind == "that":
        return "c"
    if at < region.high and tokens.words[at] in _CLAUSE_STARTS:
        return "w"
    if kind == "preposition":
        return "i" if tokens.words[at] == "to" else "w" if tokens.words[at] == "about" else "p"
    if kind in _NOMINAL | {"object", "time", "adverb", "preposition"}:
        return "c" if _is_bare_clause(region, at) else "g" if tokens.words[at].endswith("ing") and kind == "word" else "n"
    return ""


def _introduces(region: Region, attribution: Attribution) -> bool:
    """Whether the speaker clause is "As X said, …"."""
    first = min(attribution.speaker[0], attribution.group) if attribution.speaker else attribution.group
    return region.kind(first - 1) == "subordinator" and region.tokens.words[first - 1] == "as"


def _is_subordinate(region: Region, attribution: Attribution) -> bool:
    """Whether the cue's clause opens with "while", "after", "when" … so that the main clause follows its comma."""
    first = min(attribution.speaker[0], attribution.group) if attribution.speaker else attribution.group
    at = first - 1
    while at > region.low and region.tokens.kinds[at] in {"adverb", "time", "comma"}:
        at -= 1
    return at >= region.low and region.tokens.kinds[at] == "subordinator"


def _is_bare_clause(region: Region, at: int) -> bool:
    """Whether a noun phrase and a finite verb begin at `at`: "said [the talks were over]"."""
    while at < region.high and region.tokens.kinds[at] in {"adverb", "time", "comma"}:
        at += 1
    end = phrase_after(region.tokens, at, region.high) if at < region.high else at
    while end < region.high and region.tokens.kinds[end] == "adverb":
        end += 1
    return at < end < region.high and is_finite(region.tokens, end, at, region.high)


def _passive_content(region: Region, attribution: Attribution) -> list[Span]:
    """As in "The draft was rejected by the union": the subject of the passive verb."""
    tokens = region.tokens
    if attribution.cue is None:
        return []
    low = region.low
    for at in range(attribution.group - 1, region.low - 1, -1):
        if tokens.kinds[at] in {"comma", "semicolon", "subordinator", "that", "dash", "open", "close"}:
            low = at + 1
            break
    if low < attribution.group:
        return [tokens.span(low, attribution.group)]
    return []


def _skip_addressee(region: Region, attribution: Attribution) -> int:
    """First token behind the cue and those it is spoken to ("told [reporters on Monday] that")."""
    tokens = region.tokens
    at = attribution.after
    if "a" in attribution.frames and region.kind(at) in _NOMINAL | {"object"} and not _is_clause(region, at):
        end = _without_circumstance(region, at, phrase_after(tokens, at, region.high))
        if region.kind(end) in {
            "that",
            "preposition",
            "comma",
            "stop",
            "end",
            "open",
            "time",
            "subordinator",
            "colon",
            "pronoun",
            "determiner",
            "possessive",
            "name",
        }:
            attribution.addressee = (at, end)
            at = end
    elif region.kind(at) == "preposition" and tokens.words[at] in {"to", "with"} and "c" in attribution.frames:
        end = _without_circumstance(region, at + 1, phrase_after(tokens, at + 1, region.high))
        if end > at + 1 and tokens.words[at + 1] not in lexicon().forms:
            attribution.addressee = (at + 1, end)
            at = end
    return at


def _without_circumstance(region: Region, first: int, last: int) -> int:
    """End of an addressee without "in Oslo", "at the border" behind it."""
    tokens = region.tokens
    return next((at for at in range(first + 1, last) if tokens.words[at] in {"in", "at", "on", "during", "after"}), last)


def _is_clause(region: Region, at: int) -> bool:
    """Whether a clause with a subject of its own begins at `at` ("said [the talks were over]")."""
    tokens = region.tokens
    if tokens.kinds[at] == "pronoun" and region.kind(at + 1) in {"be", "have", "auxiliary", "word", "adverb"}:
        return tokens.words[at] not in {"you", "it"} or region.kind(at + 1) in {"be", "have", "auxiliary"}
    return False


def _circumstance_end(region: Region, begin: int) -> int:
    """Steps over "on Monday", "in a statement", "at the border" behind a cue, up to nine words."""
    tokens = region.tokens
    at = begin
    while at < region.high and at - begin < 12:
        kind = tokens.kinds[at]
        if kind in _SKIPPED or kind == "number":
            at += 1
        elif tokens.words[at] in _CIRCUMSTANCE and region.kind(at + 1) in _NOMINAL | {"time", "object", "preposition"}:
            end = phrase_after(tokens, at + 1, region.high)
            at = max(end, at + 1)
        else:
            break
    return at


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
    end = _circumstance_end(region, begin)
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
    end = attribution.after if attribution.inverted else _circumstance_end(region, begin)
    if attribution.inverted:
        end = _apposition_end(region, end)
    if region.kind(end) in {"comma", "dash"} and _goes_on(region, end + 1):
        return [left, *_after(region, attribution, end + 1)]
    opening = next((n for n in range(end, region.high) if tokens.kinds[n] == "open" and tokens.quotes[n] == region.level), None)
    return [left] if opening is None or not _is_free(region, begin, opening) else [left, *_after(region, attribution, opening)]


def _is_free(region: Region, begin: int, opening: int) -> bool:
    """Whether no other cue stands before the quotation that opens at `opening`."""
    return not any(_starts_cue(region, n) for n in range(begin, opening) if region.tokens.quotes[n] == region.level)


def _goes_on(region: Region, at: int) -> bool:
    """Whether what follows the comma behind a speaker clause is still reported."""
    if region.kind(at) in {"relative", "end", "stop"} or _is_cue_participle(region, at):
        return False
    word = region.tokens.words[at]
    if word in {"according", "as", "per"}:
        return False
    return not (word in _CONTRASTS | {"and"} and _is_speaker(region, at + 1))


def _apposition_end(region: Region, at: int) -> int:
    """Steps over ", a lawyer from Oslo" behind an inverted speaker, up to the next quotation or the end."""
    tokens = region.tokens
    for n in range(at, region.high):
        if tokens.kinds[n] == "open" and tokens.quotes[n] == region.level:
            return n
        if tokens.kinds[n] == "stop" and n >= region.high - 2:
            return n
    return region.high


def _is_cue_participle(region: Region, at: int) -> bool:
    forms = lexicon().forms.get(region.tokens.words[at]) if at < region.high else None
    return forms is not None and "ing" in forms


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
    if opening is not None and tokens.kinds[last - 1] == "close" and not _is_free(region, begin, opening):
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
    end = _content_end(region, attribution, at, is_clause=attribution.follows in {"q", "c", "w"} or attribution.lemma == "say")
    return [tokens.span(at, end)] if end > at else []


def _find_clause_start(region: Region, attribution: Attribution, begin: int) -> int | None:
    """Where "that" or a quotation begins behind circumstances ("said on Monday [that]"), else `None`."""
    tokens = region.tokens
    if not set("qcw") & set(attribution.frames):
        return None
    end = _circumstance_end(region, begin)
    for at in (begin, end):
        if region.kind(at) in {"that", "open", "colon"} or (at < region.high and tokens.words[at] in _CLAUSE_STARTS):
            return at
        if region.kind(at) == "comma" and region.kind(at + 1) == "open":
            return at + 1
        if region.kind(at) == "pronoun" and region.kind(at + 1) in {"be", "have", "auxiliary", "word", "adverb"}:
            return at
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
        if tokens.words[at] in lexicon().cues and tokens.kinds[at] == "word" and _starts_cue(region, at):
            return None
    return None


def _content_end(region: Region, attribution: Attribution, begin: int, *, is_clause: bool) -> int:
    tokens = region.tokens
    subordinate = _is_subordinate(region, attribution) and not _introduces(region, attribution)
    at = begin
    while at < region.high:
        if tokens.quotes[at] != region.level:
            at += 1
            continue
        kind = tokens.kinds[at]
        if kind == "semicolon" or (kind == "stop" and at >= region.high - 2):
            break
        if kind == "close" and at > begin and _is_cue_participle(region, at + 1) and tokens.words[at + 1] in lexicon().cues:
            at += 1
            break
        if (
            kind == "comma"
            and at > begin
            and (_breaks_off(region, at, is_clause=is_clause) or (subordinate and _is_bare_clause(region, at + 1)))
        ):
            break
        if (
            not is_clause
            and at > begin
            and (tokens.words[at] in _CONTRASTS or tokens.words[at] in {"after", "because", "when", "before"})
        ):
            break
        if at > begin and tokens.words[at] in _CONTRASTS | {"and"} and _starts_cue(region, at + 1):
            break
        at += 1
    end = at
    while (
        end > begin
        and tokens.kinds[end - 1] in {"comma", "stop", "dash", "conjunction"}
        and tokens.quotes[end - 1] == region.level
    ):
        end -= 1
    return end


def _breaks_off(region: Region, comma: int, *, is_clause: bool) -> bool:
    """Whether what follows the comma is no longer reported."""
    tokens = region.tokens
    following = comma + 1
    if following >= region.high or (_is_cue_participle(region, following) and tokens.words[following] in lexicon().cues):
        return True
    word = tokens.words[following]
    if word in _CONTRASTS or (word == "according" and tokens.words[following + 1 : following + 2] == ["to"]):
        return True
    if _is_speaker_clause(region, following) or _is_said(region, following):
        return True
    if word == "and" and _is_speaker(region, following + 1):
        return True
    return not is_clause and not _is_list(region, comma)


def _is_list(region: Region, comma: int) -> bool:
    """Whether the comma parts items of a list ("Arle, Bost[,] and Corm") rather than clauses."""
    at = comma + 1
    for _ in range(6):
        if region.kind(at) == "conjunction" and region.tokens.words[at] != "but":
            return region.kind(at + 1) in _NOMINAL and not _is_bare_clause(region, at + 1)
        end = phrase_after(region.tokens, at, region.high) if region.kind(at) in {"name", "word", "number", "determiner"} else at
        if end == at or end - at > 6:
            return False
        if any(region.tokens.kinds[n] == "conjunction" for n in range(at, end)):
            return not _is_bare_clause(region, at)
        if region.kind(end) not in {"comma", "conjunction"}:
            return False
        at = end + (region.kind(end) == "comma")
    return False


def _is_said(region: Region, at: int) -> bool:
    """Whether ", said the minister" begins at `at`."""
    cues = lexicon().cues.get(region.tokens.words[at])
    return (
        cues is not None
        and cues[-1].lemma in INVERTIBLE
        and _starts_cue(region, at)
        and region.kind(at + 1) in {"determiner", "name", "title", "possessive"}
    )


def _is_speaker(region: Region, at: int) -> bool:
    """Whether a pronoun or a name with a cue verb begins at `at`: "and [he pronounced] …"."""
    if region.kind(at) not in {"pronoun", "name", "title"}:
        return False
    end = phrase_after(region.tokens, at, region.high)
    return end - at <= 4 and _starts_cue(region, end)


def _starts_cue(region: Region, at: int) -> bool:
    """Whether a cue verb in a finite or …ing form begins at `at`, perhaps behind an adverb."""
    tokens = region.tokens
    while at < region.high and tokens.kinds[at] in {"adverb", "have", "auxiliary", "negation"}:
        at += 1
    if at >= region.high or tokens.words[at] not in lexicon().cues or tokens.kinds[at] != "word":
        return False
    forms = lexicon().forms[tokens.words[at]]
    if "ing" in forms:
        return region.kind(at + 1) in {"that", "open", "colon"}
    return bool(forms & {"past", "third"})


def _is_speaker_clause(region: Region, at: int) -> bool:
    """Whether ", she said" begins at `at`."""
    tokens = region.tokens
    end = phrase_after(tokens, at, region.high) if at < region.high else at
    if end == at or end - at > 6 or end >= region.high:
        return False
    cue = lexicon().cues.get(tokens.words[end])
    return cue is not None and "q" in cue[-1].frames and region.kind(end + 1) in _STATEMENT_END
