"""Whose view a sentence tells without a verb of saying: "In her opinion …", "It was his fear that …", "His answer was that …"."""

from __future__ import annotations

from collections.abc import Iterator

from parley.index.language.lexicon import is_role_word, lexicon, word_kind
from parley.index.statements.content.remainder import without_clause
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import Region
from parley.index.statements.grammar.phrases import clause_subject, phrase_after, phrase_before
from parley.index.types import Span

_TAKEN_ALONE = word_kind("telling_alone")
"""Nouns behind a preposition that need no comma: "in her opinion the port is full"."""
_TELLINGS = _TAKEN_ALONE | word_kind("telling_aside")
"""These, and those that do: "in her words, the port is full", not "in her closing words the envoy thanked us"."""
_VIEWS = word_kind("held_view") | frozenset(lexicon().nouns)
"""Nouns whose content a clause with "that" gives: "the complaint of the hauliers was that"."""
_BEFORE = frozenset({"in", "by", "on", "to"})
_HOLDABLE = word_kind("holdable")
_HOLDING = word_kind("view_holding")
_MODIFIERS = frozenset({"word", "number", "adverb"})
_MOST_MODIFIERS = 3
"""Words between the owner and the noun ("the union's own first estimate"); chosen by hand."""
_CARRIES = frozenset({"word", "name", "title", "number"})
"""What a preposition behind it belongs to: "a change in his view", unlike "…, in his view"."""
_CLOSES = frozenset({"comma", "stop", "end", "dash", "right", "close"})
_COMPLETES = frozenset({"preposition", "conjunction", "subordinator", "relative"})
"""What goes on with the noun behind it: "in her experience of the sea"."""
_LONGEST_WAY = 14
"""Tokens from the noun to "was that", as in "the view of the office, relayed by telephone, was that"; chosen by hand."""
_Place = tuple[tuple[int, int], int, int]
"""Tokens of the one whose view it is; first token of the whole phrase, and the one behind it."""


def find_views(region: Region) -> Iterator[Attribution]:
    """The views of a region with whose they are and what they hold."""
    tokens = region.tokens
    for at in range(region.low, region.high):
        word = tokens.words[at]
        if (word not in _TELLINGS and word not in _VIEWS) or tokens.quotes[at] != region.level or tokens.kinds[at] != "word":
            continue
        place = _held_by_subject(region, at) or _owned(region, at) or _pointed_at(region, at)
        if place is None:
            continue
        content = _inserted(region, place, word) if word in _TELLINGS else []
        if not content and word in _VIEWS:
            content = _in_clause(region, place, at)
        if content:
            yield _made(region, place[0], at, content)
            return  # one to a sentence: what stands in another's view is that other's


def _held_by_subject(region: Region, at: int) -> _Place | None:
    """As in "the treasurer was of the opinion that", "they hold the view that"."""
    tokens = region.tokens
    if tokens.words[at] not in _HOLDABLE or region.kind(at + 1) != "that" or at - 3 < region.low:
        return None
    if tokens.kinds[at - 1] != "determiner":
        return None
    verb = at - 3 if tokens.words[at - 2] == "of" else at - 2
    if tokens.kinds[verb] != "be" and tokens.words[verb] not in _HOLDING:
        return None
    group = verb
    while group > region.low and tokens.kinds[group - 1] in {"have", "auxiliary", "adverb", "negation"}:
        group -= 1
    subject = clause_subject(tokens, region.low, group)
    return (subject, at, at + 1) if subject is not None and tokens.words[subject[0]] not in {"it", "there", "that"} else None


def _owned(region: Region, at: int) -> _Place | None:
    """As in "her view", "the union's own fear", "the opinion of the Legal Adviser, Professor Toll"."""
    tokens = region.tokens
    owner = at - 1
    while owner > region.low and at - owner <= _MOST_MODIFIERS and tokens.kinds[owner] in _MODIFIERS:
        owner -= 1
    if owner < region.low:
        return None
    if tokens.kinds[owner] == "possessive":
        return (owner, owner + 1), owner, at + 1
    if tokens.kinds[owner] == "clitic" and owner > region.low:
        first = phrase_before(tokens, owner, region.low)
        return ((first, owner), first, at + 1) if first < owner else None
    if tokens.kinds[owner] == "determiner" and at + 2 < region.high and tokens.words[at + 1] == "of":
        last = phrase_after(tokens, at + 2, region.high)
        is_somebody = last > at + 2 and _is_somebody(region, at + 2, last)
        return ((at + 2, last), owner, _with_name(region, last)) if is_somebody else None
    return None


def _is_somebody(region: Region, first: int, last: int) -> bool:
    """Whether a name, an office or a pronoun stands there: "the opinion of the bankers", not "the point of the talks"."""
    tokens = region.tokens
    head = last - 1
    while head > first and tokens.kinds[head] in {"number", "right"}:
        head -= 1
    word = tokens.words[head]
    return tokens.kinds[head] in {"name", "title", "object"} or is_role_word(word) or word in word_kind("body_noun")


def _pointed_at(region: Region, at: int) -> _Place | None:
    """As in "in that account", which was somebody's, or the document would not call it so."""
    if region.kind(at - 1) == "start" or region.tokens.words[at - 1] not in {"that", "this"} or at - 1 < region.low:
        return None
    return (at - 1, at + 1), at - 1, at + 1


def _with_name(region: Region, end: int) -> int:
    """The end of a phrase with the name behind its comma: "the Hydrographer[, Captain Brodd]"."""
    if region.kind(end) != "comma" or region.kind(end + 1) not in {"name", "title"}:
        return end
    behind = phrase_after(region.tokens, end + 1, region.high)
    return behind if region.kind(behind) in {"comma", "stop", "end"} else end


def _inserted(region: Region, place: _Place, word: str) -> list[Span]:
    """The rest of the sentence, where a preposition stands before the phrase and nothing else takes it up."""
    tokens = region.tokens
    preposition = place[1] - 1
    if preposition < region.low or tokens.words[preposition] not in _BEFORE:
        return []
    behind = region.kind(place[2])
    if region.kind(preposition - 1) in _CARRIES and behind not in _CLOSES:
        return []
    is_bare = tokens.words[preposition] != "to" and word in _TAKEN_ALONE
    is_compound = behind == "word" and word not in _HOLDABLE  # "in his account book"
    if behind not in _CLOSES and (behind in _COMPLETES or is_compound or not is_bare):
        return []  # "in his submission to the inquiry", "to his understanding wife"
    return without_clause(region, preposition, place[2])


def _in_clause(region: Region, place: _Place, at: int) -> list[Span]:
    """What follows "that" in "it was her fear that" and in "her fear was that"."""
    tokens = region.tokens
    if region.kind(place[2]) == "that" and place[1] == at:
        opening = place[2]
    elif region.kind(place[2]) in {"that", "comma"} and _is_predicate(region, place[1]):
        opening = place[2] + (region.kind(place[2]) == "comma")
    else:
        ways = range(place[2], min(region.high, place[2] + _LONGEST_WAY))
        verb = next((n for n in ways if tokens.kinds[n] == "be" and tokens.quotes[n] == region.level), None)
        if verb is None or any(tokens.kinds[n] in {"that", "relative", "stop", "semicolon"} for n in range(place[2], verb)):
            return []
        opening = verb + 1
    if region.kind(opening) != "that" or region.kind(opening + 1) == "preposition":
        return []
    end = region.high
    while end > opening + 1 and tokens.kinds[end - 1] in {"stop", "comma"}:
        end -= 1
    return [tokens.span(opening + 1, end)] if end > opening + 1 else []


def _is_predicate(region: Region, first: int) -> bool:
    """Whether "it was" stands before the phrase."""
    tokens = region.tokens
    at = first - 1
    while at > region.low and tokens.kinds[at] == "adverb" and tokens.words[at] != "never":
        at -= 1
    while at > region.low and tokens.kinds[at] in {"be", "have", "auxiliary"}:
        at -= 1  # "it was not her view" is none that she holds
    return at >= region.low and tokens.words[at] == "it" and at < first - 1


def _made(region: Region, speaker: tuple[int, int], at: int, content: list[Span]) -> Attribution:
    word = region.tokens.words[at]
    stance = lexicon().nouns.get(word, "report")
    group = min(speaker[1], at)
    return Attribution(
        form="according",
        lemma=word,
        stance=stance,
        frames="q",
        sure="q",
        cue=(at, at + 1),
        group=max(group, region.low),
        speaker=speaker,
        rule="exact",
        sentence=region.tokens.sentences[at],
        level=region.level,
        after=at + 1,
        content=content,
    )
