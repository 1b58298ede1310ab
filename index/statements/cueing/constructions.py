"""Attributions without a cue verb: "according to", a colon, an owner's noun ("its demand that"), an attitude ("is wary of")."""

from __future__ import annotations

from parley.index.language.lexicon import lexicon, role_words, word_kind
from parley.index.statements.content.endings import is_bare_clause
from parley.index.statements.content.remainder import without_clause
from parley.index.statements.cueing.attributions import Attribution, Form
from parley.index.statements.cueing.cues import Region
from parley.index.statements.cueing.views import find_views
from parley.index.statements.grammar.phrases import phrase_after, phrase_before
from parley.index.statements.grammar.verbs import is_finite
from parley.index.types import Span

_PREPOSITIONAL = frozenset({"according", "per"})
_LINKS = word_kind("cue_noun_link")
_COPULAS = word_kind("copula")
_ATTITUDE_LINKS = word_kind("attitude_link")
_ENDS = frozenset({"comma", "stop", "semicolon", "dash"})


def find_constructions(region: Region) -> list[Attribution]:
    """The attributions of a region that rest on no cue verb, with their content."""
    found: list[Attribution] = []
    tokens = region.tokens
    nouns, adjectives = lexicon().nouns, lexicon().adjectives
    for at in range(region.low, region.high):
        word = tokens.words[at]
        if (word not in nouns and word not in adjectives and word not in _PREPOSITIONAL) or tokens.quotes[at] != region.level:
            continue
        is_according = word == "according" and region.kind(at + 1) == "preposition"
        if is_according or (word == "per" and region.kind(at - 1) in {"comma", "start"}):
            found += _according(region, at)
        elif word in nouns and tokens.kinds[at] == "word":
            found += _noun(region, at)
        elif word in adjectives and tokens.kinds[at] in {"word", "determiner"}:  # "is certain that", not "certain parties"
            found += _adjective(region, at)
    return [*found, *find_views(region)]


def _according(region: Region, at: int) -> list[Attribution]:
    """As in "According to X, …", "…, according to X." and "…, according to X, …"."""
    tokens = region.tokens
    begin = at + (2 if tokens.words[at] == "according" else 1)
    end = _source_end(region, begin)
    if end == begin:
        return []
    return _made(region, "according", ("according to", "report"), (at, begin), (begin, end), without_clause(region, at, end))


def _source_end(region: Region, begin: int) -> int:
    """End of the phrase after "according to": with "who …" and the like, up to a comma that ends it."""
    tokens = region.tokens
    end = phrase_after(tokens, begin, region.high)
    if region.kind(begin) in {"pronoun", "object"}:
        return end  # "According to him the port would close"
    while end < region.high:
        kind = tokens.kinds[end]
        if kind in {"stop", "semicolon", "dash", "open", "colon"}:
            break
        if kind == "comma" and not _goes_on(region, end):
            break
        end += 1
    while end > begin and tokens.kinds[end - 1] in {"comma", "conjunction", "dash"}:
        end -= 1
    return end


def _goes_on(region: Region, comma: int) -> bool:
    """Whether the comma stands inside the source: ", a lawyer," or ", who …"."""
    tokens = region.tokens
    if region.kind(comma + 1) == "relative":
        return True
    if region.kind(comma + 1) != "determiner":
        return False
    end = phrase_after(tokens, comma + 1, region.high)
    return region.kind(end) in {"comma", "stop", "end"}


def _noun(region: Region, at: int) -> list[Attribution]:
    """As in "Norland's demand that", "its offer to", "his criticism of"."""
    tokens = region.tokens
    if at + 1 >= region.high or tokens.words[at + 1] not in _LINKS:
        return []
    owner = at - 1
    while owner > region.low and at - owner <= 3 and tokens.kinds[owner] in {"word", "number", "adverb"}:
        owner -= 1
    if owner < region.low or tokens.quotes[owner] != region.level:
        return []
    if tokens.kinds[owner] == "possessive":
        speaker = (owner, owner + 1)
    elif tokens.kinds[owner] == "clitic" and owner > region.low:
        first = phrase_before(tokens, owner, region.low)
        if first == owner:
            return []
        speaker = (_owner_start(region, first, owner), owner)
    else:
        return []
    stance = lexicon().nouns[tokens.words[at]]
    return _made(region, "noun", (tokens.words[at], stance), (at, at + 1), speaker, _noun_content(region, at))


def _owner_start(region: Region, first: int, owner: int) -> int:
    """Where the owner begins: behind "the background of" in "the background of the ministry's proposals", which is nobody's."""
    tokens = region.tokens
    for at in range(owner - 1, first, -1):
        if tokens.words[at] == "of" and tokens.kinds[at - 1] == "word":
            owner_words = role_words()["office"] | role_words()["group"] | role_words()["source"] | word_kind("partitive")
            return first if tokens.words[at - 1] in owner_words else at + 1
    return first


def _noun_content(region: Region, at: int) -> list[Span]:
    tokens = region.tokens
    begin = at + 2
    clause = tokens.words[at + 1] in {"that", "to"}
    end = begin
    while end < region.high:
        kind = tokens.kinds[end]
        if tokens.quotes[end] == region.level:
            if kind in {"semicolon", "stop", "comma", "dash"} and not (kind == "stop" and end < region.high - 2):
                break
            if not clause and end > begin and (kind in {"be", "have", "auxiliary", "subordinator", "relative"}):
                break
            if tokens.words[at + 1] == "to" and end > begin + 1 and is_finite(tokens, end, begin, region.high):
                break
        end += 1
    return [tokens.span(begin, end)] if end > begin else []


def _adjective(region: Region, at: int) -> list[Attribution]:
    """As in "The delegation is wary of …", "she was confident that …"."""
    tokens = region.tokens
    if at + 1 >= region.high or tokens.words[at + 1] not in _ATTITUDE_LINKS:
        return []
    if tokens.kinds[at] == "determiner" and not (region.kind(at + 1) == "that" and is_bare_clause(region, at + 2)):
        return []  # "certain that day", "certain of them"
    verb = at - 1
    while verb > region.low and tokens.kinds[verb] in {"adverb", "negation"}:
        verb -= 1
    if verb <= region.low or tokens.words[verb] not in _COPULAS:
        return []
    group = verb
    while group > region.low and tokens.kinds[group - 1] in {"have", "auxiliary", "be", "adverb", "negation"}:
        group -= 1
    first = phrase_before(tokens, group, region.low)
    if first == group and region.kind(group - 1) == "relative":
        first = group - 1
    if first == group or tokens.words[first] in {"it", "there", "that", "this"}:
        return []
    ends = (n for n in range(at + 1, region.high) if tokens.kinds[n] in _ENDS and tokens.quotes[n] == region.level)
    end = next(ends, region.high)
    content = [tokens.span(at + 2, end)] if end > at + 2 else []
    named = (f"be {tokens.words[at]}", lexicon().adjectives[tokens.words[at]])
    return _made(region, "adjective", named, (verb, at + 1), (first, group), content)


def _made(
    region: Region, form: Form, named: tuple[str, str], cue: tuple[int, int], speaker: tuple[int, int], content: list[Span]
) -> list[Attribution]:
    """The attribution as a list of one, empty without content; `named` is the cue's dictionary form and stance class."""
    lemma, stance = named
    if not content:
        return []
    sentence = region.tokens.sentences[cue[0]]
    frames = "q" if form == "according" else "n"
    group = max(speaker[1], region.low) if speaker[1] <= cue[0] else cue[0]
    return [
        Attribution(
            form, lemma, stance, frames, frames, cue, group, speaker, "exact", sentence, region.level, cue[1], content=content
        )
    ]
