"""Where the words that a cue reports end: at the clause's end, before another cue, or where a list is over."""

from __future__ import annotations

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.statements.content.joined import TELLINGS, joined_phrase, joins_telling
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import INVERTIBLE, Region
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.verbs import is_finite

_CONTRASTS = word_kind("contrast")
_MEANWHILE = word_kind("meanwhile")
_NOMINAL = frozenset({"determiner", "possessive", "name", "title", "number", "pronoun", "word", "left"})
_STATEMENT_END = frozenset({"comma", "stop", "semicolon", "end", "colon", "open", "dash"})


def content_end(region: Region, attribution: Attribution, begin: int, *, is_clause: bool) -> int:
    """End (exclusive) of what is reported from token `begin` on; a clause runs further than a noun phrase."""
    tokens = region.tokens
    subordinate = _is_subordinate(region, attribution) and not introduces(region, attribution)
    joined = None if is_clause else joined_phrase(region, begin)
    at = begin
    while at < region.high:
        if tokens.quotes[at] != region.level:
            at += 1
            continue
        kind = tokens.kinds[at]
        if kind == "semicolon" or (kind == "stop" and at >= region.high - 2):
            break
        if kind == "close" and at > begin and _is_told_on(region, begin, at + 1):
            at += 1
            break
        if (
            kind == "comma"
            and at > begin
            and (_breaks_off(region, at, is_clause=is_clause) or (subordinate and is_bare_clause(region, at + 1)))
        ):
            break
        if at > begin and not is_clause and tokens.words[at] in _CONTRASTS | {"after", "because", "when", "before"}:
            break
        if at > begin and tokens.words[at] in _CONTRASTS | {"and"} and starts_cue(region, at + 1):
            break
        if tokens.words[at] == "and" and (at == joined or (attribution.lemma in TELLINGS and joins_telling(region, begin, at))):
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


def _is_told_on(region: Region, begin: int, at: int) -> bool:
    """Whether the narrator goes on behind a quotation: "… adding that", or "“it went well” as she left" where it is all said."""
    tokens = region.tokens
    if is_cue_participle(region, at) and tokens.words[at] in lexicon().cues:
        return True
    whole = tokens.kinds[begin] == "open" and not any(tokens.kinds[n] == "open" for n in range(begin + 1, at))
    return whole and at < region.high and tokens.words[at] in _MEANWHILE


def _breaks_off(region: Region, comma: int, *, is_clause: bool) -> bool:
    """Whether what follows the comma is no longer reported."""
    tokens = region.tokens
    following = comma + 1
    if following >= region.high or (is_cue_participle(region, following) and tokens.words[following] in lexicon().cues):
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
            return region.kind(at + 1) in _NOMINAL and not is_bare_clause(region, at + 1)
        end = phrase_after(region.tokens, at, region.high) if region.kind(at) in {"name", "word", "number", "determiner"} else at
        if end == at or end - at > 6:
            return False
        if any(region.tokens.kinds[n] == "conjunction" for n in range(at, end)):
            return not is_bare_clause(region, at)
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
        and starts_cue(region, at)
        and region.kind(at + 1) in {"determiner", "name", "title", "possessive"}
    )


def _is_speaker(region: Region, at: int) -> bool:
    """Whether a pronoun or a name with a cue verb begins at `at`: "and [he pronounced] …"."""
    if region.kind(at) not in {"pronoun", "name", "title"}:
        return False
    end = phrase_after(region.tokens, at, region.high)
    return end - at <= 4 and starts_cue(region, end)


def starts_cue(region: Region, at: int) -> bool:
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


def is_cue_participle(region: Region, at: int) -> bool:
    """Whether an …ing form begins at `at`."""
    forms = lexicon().forms.get(region.tokens.words[at]) if at < region.high else None
    return forms is not None and "ing" in forms


def is_bare_clause(region: Region, at: int) -> bool:
    """Whether a noun phrase and a finite verb begin at `at`: "said [the talks were over]"."""
    while at < region.high and region.tokens.kinds[at] in {"adverb", "time", "comma"}:
        at += 1
    end = phrase_after(region.tokens, at, region.high) if at < region.high else at
    while end < region.high and region.tokens.kinds[end] == "adverb":
        end += 1
    return at < end < region.high and is_finite(region.tokens, end, at, region.high)


def introduces(region: Region, attribution: Attribution) -> bool:
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


def goes_on(region: Region, at: int) -> bool:
    """Whether what follows the comma behind a speaker clause is still reported."""
    if region.kind(at) in {"relative", "end", "stop"} or is_cue_participle(region, at):
        return False
    word = region.tokens.words[at]
    if word in {"according", "as", "per"}:
        return False
    return not (word in _CONTRASTS | {"and"} and _is_speaker(region, at + 1))


def is_free(region: Region, begin: int, opening: int) -> bool:
    """Whether no other cue stands before the quotation that opens at `opening`."""
    return not any(starts_cue(region, n) for n in range(begin, opening) if region.tokens.quotes[n] == region.level)
