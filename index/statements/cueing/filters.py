"""Which of the attributions found are reported: those whose construction their cue supports, and no part of another's content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.meetings import tells_of_meeting
from parley.index.statements.grammar.tokens import Tokens

_NAMING = frozenset({"word", "name", "pronoun", "possessive", "object", "relative", "that", "title", "determiner", "time"})
_UNTELLING = word_kind("untelling")
_PHRASE_FRAMES = frozenset("nigp")
POSITIONS = frozenset({"demand", "propose", "offer", "reject", "withdraw", "call_for", "agree", "accept", "threaten", "promise"})
_PASSIVE_STANCES = POSITIONS | {"criticize", "accuse", "oppose", "welcome"}
"""What is done "by" somebody with these is an attitude; "released by" and the like are not."""

_WEAK_POSITIONS = word_kind("weak_position")
_WEAK_RULES = frozenset({"clause", "relative"})


def is_supported(attribution: Attribution) -> bool:
    """Whether the word list lets the cue stand in this construction (see cues.tsv on frames)."""
    if attribution.form in {"according", "noun", "adjective", "colon", "quotation"}:
        return True
    follows = attribution.follows
    if attribution.form == "passive":
        return follows == "c" or "n" in attribution.sure or attribution.stance in _PASSIVE_STANCES
    # "lists “public works”": what takes a noun phrase also takes quoted words for one.
    if follows not in attribution.frames and not (follows == "q" and "n" in attribution.frames):
        return False
    if follows == "":
        return False
    is_sure = follows in attribution.sure or attribution.is_quoting
    if attribution.form == "infinitive":
        return is_sure and attribution.rule == "same"
    if attribution.form == "ing" and attribution.rule != "same":
        return is_sure and follows not in _PHRASE_FRAMES and (attribution.rule == "clause" or attribution.is_quoting)
    if attribution.form == "finite" and attribution.rule in _WEAK_RULES:
        return is_sure
    return True


def names_somebody(tokens: Tokens, attribution: Attribution) -> bool:
    """Whether the speaker phrase holds more than articles, numbers and marks, and is no sum of money and nothing done.

    "In placing mandated territories" has no speaker: the verb in -ing takes what follows for its object.
    """
    if attribution.speaker is None:
        return True
    first, last = attribution.speaker
    if tokens.words[first].startswith(("$", "€", "£")) or _is_deed(tokens, first, last):
        return False
    return any(_names(tokens, at) for at in range(*attribution.speaker))


def is_mere_meeting(tokens: Tokens, attribution: Attribution) -> bool:
    """Whether the words tell of a visit and report nothing: "I called on Adam Malik this morning"."""
    cue, content = attribution.cue, attribution.content
    return cue is not None and attribution.form == "finite" and len(content) == 1 and tells_of_meeting(tokens, *cue, content[0])


def _is_deed(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a phrase ends with a verb in -ing behind a preposition: "a lead in placing"."""
    at = last - 1
    return (
        at > first
        and tokens.kinds[at] == "word"
        and "ing" in lexicon().forms.get(tokens.words[at], ())
        and tokens.kinds[at - 1] == "preposition"
    )


_FILE_NUMBER = re.compile(r"[a-z]{1,3}\d{3,}")
"""What is no name: the number of a file ("M111"), unlike that of a group ("M23", "G20")."""


def _names(tokens: Tokens, at: int) -> bool:
    if _FILE_NUMBER.fullmatch(tokens.words[at]):
        return False
    if len(tokens.words[at]) == 1 and at > 0 and tokens.kinds[at - 1] == "left":
        return False  # the mark of an enumeration: "(c)"
    if tokens.kinds[at] == "number":
        return tokens.words[at][-1].isalpha() and "-" in tokens.words[at]  # "the 46-year-old"
    return tokens.kinds[at] in _NAMING and tokens.words[at] not in _UNTELLING and any(map(str.isalpha, tokens.words[at]))


def without_nested(tokens: Tokens, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Leaves out attributions that are themselves part of what another source is reported to have said.

    What a named side or body demands, offers, rejects … is kept: it is the relayed position that readers ask for.
    """
    beside: dict[int, list[Attribution]] = {}
    for one in attributions:
        beside.setdefault(one.sentence, []).append(one)
    labels = [one for one in attributions if one.is_label]
    return [
        one
        for one in attributions
        if _is_position(tokens, one)
        or not any(_holds(tokens, other, one) for other in (*beside[one.sentence], *labels) if other is not one)
    ]


def _is_position(tokens: Tokens, attribution: Attribution) -> bool:
    if attribution.stance not in POSITIONS or attribution.speaker is None or attribution.form not in {"finite", "noun"}:
        return False
    first, last = attribution.speaker
    names = [at for at in range(first, last) if tokens.kinds[at] == "name"]
    return bool(names) and attribution.rule == "exact" and attribution.lemma not in _WEAK_POSITIONS


def _holds(tokens: Tokens, outer: Attribution, inner: Attribution) -> bool:
    """Whether `inner`'s cue lies in `outer`'s content; what continues the same speaker's report is no part of it."""
    if inner.cue is None or outer.form == "according" or inner.rule == "same":
        return False
    if outer.form == "ing" and inner.cue < (outer.cue or inner.cue):
        return False
    return _is_within(tokens, inner, outer) and not _is_within(tokens, outer, inner)


def _is_within(tokens: Tokens, one: Attribution, other: Attribution) -> bool:
    """Whether the cue of `one` lies in the content of `other`."""
    if one.cue is None:
        return False
    start, end = tokens.span(*one.cue)
    return any(span.start <= start and end <= span.end for span in other.content)
