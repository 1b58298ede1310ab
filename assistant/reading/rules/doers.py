"""Who did what a question asks about: the subject of its verb in the active voice, what stands behind "by" in the passive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.evidence.matching import match
from parley.assistant.question.analysis import QuestionAnalysis, Term
from parley.assistant.reading.rules.clause_phrases import Clause, Phrase, phrase_before, phrase_behind
from parley.index.language.lexicon import lexicon
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import fold, is_content, is_irregular_past, stem, word_set, words_of
from parley.index.types import Span

_ASKED = re.compile(
    r"who(?: else)? (?:(?:has|have|had|also|first|originally|actually|really|jointly|personally|reportedly|will|would|\w+ly) )*"
    r"(?P<verb>[a-z][a-z-]*)\b(?P<rest>.*)"
)
_ASKED_BEING = re.compile(r"who (?:is|was|are|were) (?P<verb>[a-z]+ing)\b(?P<rest>.*)")
_ASKED_BY = re.compile(
    r"(?:by whom (?:was|were|is|are|has|have|had)|whom? (?:was|were|is|are)) (?P<rest>.+?)[ ?]*$", re.IGNORECASE
)
_NO_VERB = word_set("is was are were be been did do does can could should may might must has have had will would the a an else")
_NOMINAL = re.compile(r"(?:ions?|ments?|ors?|ers?|als?|ances?|ences?|ures?)$")
_OWNED = re.compile(r"['’]s?\s\S|['’]s?$")
"""In an apposition somebody else's name: "Lund, Minister Falk's envoy"."""
_BY_REACH, _REDUCED_REACH = 14, 6
"""Words between a passive verb and its "by" at most: with a form of "be", and without one."""


@dataclass(frozen=True, slots=True)
class AskedDeed:
    """The deed whose doer is asked for: stem of its verb, and the words that say what or whom it was done to."""

    verb: str
    object: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One mention of a deed in a sentence.

    Attributes:
        doers: spans whose words name the doer; empty where the sentence does not tell.
        phrase: the whole noun phrase of the doer, in which others may be named too.
        settled: whether the form of the clause tells who the doer is, or that none is told.
        object: what it was done to, as written; empty where that is not seen.
        withheld: whether it is told in the passive without its doer.
    """

    doers: tuple[Span, ...]
    phrase: Span | None
    settled: bool
    object: str = ""
    withheld: bool = False


def asked_deed(question: QuestionAnalysis) -> AskedDeed | None:
    """The deed of a question for its doer ("Who sank it?", "By whom was it sunk?"); `None` for other questions."""
    core = question.core.rstrip(" ?")
    lowered = core[:1].lower() + core[1:]
    by = _ASKED_BY.match(core)
    if by and (lowered.startswith("by ") or by["rest"].endswith(" by")):
        return _passive(by["rest"].removesuffix(" by"))
    asked = _ASKED_BEING.match(lowered) or _ASKED.match(lowered)
    if asked is None or asked["verb"] in _NO_VERB:
        return None
    return AskedDeed(stem(fold(asked["verb"])), asked["rest"].strip())


def _passive(rest: str) -> AskedDeed | None:
    words = words_of(rest)
    found = [word for word in words if word.surface.endswith("ed") or is_irregular_past(word.folded)]
    return AskedDeed(found[-1].stem, rest[: found[-1].start].strip()) if found and found[-1].start else None


def deeds_in(text: str, sentence: Span, asked: AskedDeed) -> list[Deed]:
    """Each mention of the deed by a verb, the question's or a synonym, that may be the one asked about; in order."""
    clause, acts = Clause.of(text, sentence), {asked.verb} | synonyms_of(asked.verb)
    found = [_deed(clause, number) for number, word in enumerate(clause.words) if word.stem in acts and _is_act(clause, number)]
    return [deed for deed in found if not _other_party(deed, asked)]


def has_act(text: str, sentence: Span, asked: AskedDeed) -> bool:
    """Whether a verb of the sentence names the deed, whoever it was done to."""
    clause, acts = Clause.of(text, sentence), {asked.verb} | synonyms_of(asked.verb)
    return any(word.stem in acts and _is_act(clause, number) for number, word in enumerate(clause.words))


def has_noun(text: str, sentence: Span, asked: AskedDeed) -> bool:
    """Whether a word of the sentence names the deed or its doer without being a verb: "with Norland as host"."""
    clause, acts = Clause.of(text, sentence), {asked.verb} | synonyms_of(asked.verb)
    return any(word.stem in acts and not _is_act(clause, number) for number, word in enumerate(clause.words))


def doer_lead(lead: Span, deeds: Sequence[Deed]) -> Span | None:
    """The lead if it names the doer of one of the deeds, with the noun phrase in which it stands; else `None`.

    "Falk" in "an aide to Falk sank it" gives "an aide to Falk".
    """
    for deed in deeds:
        if not deed.settled or any(lead.start < span.end and span.start < lead.end for span in deed.doers):
            return lead
        if deed.doers and deed.phrase and deed.phrase.start <= lead.start and lead.end <= deed.phrase.end:
            return deed.phrase
    return None


def _is_act(clause: Clause, number: int) -> bool:
    """Whether a word is used as a verb: no noun of the same stem, and no adjective before one."""
    word, before = clause.words[number], clause.kind(number - 1)
    lowered = word.surface.lower()
    if number and clause.words[number - 1].folded == "as" and not clause.is_past(number):
        return False  # "with Norland as host"
    if (word.surface[0].isupper() and number) or (_NOMINAL.search(lowered) and not clause.is_past(number)):
        return False
    if clause.is_past(number):
        return before not in {"determiner", "possessive"}
    if lowered.endswith("ing"):
        return before not in {"determiner", "possessive", "preposition"}
    return before not in {"determiner", "possessive", "preposition", "be"} or clause.words[number - 1].folded == "to"


def _deed(clause: Clause, number: int) -> Deed:
    first, kinds = clause.auxiliaries(number)
    if clause.is_past(number):
        by = _by(clause, number, reduced="be" not in kinds)
        if by is not None:
            return _done_by(clause, by, _told_before(clause, first))
        if "be" in kinds or _is_participle(clause, number, first) or _is_outcome(clause, number):
            return Deed((), None, settled=True, object=_told_before(clause, first), withheld=True)
    elif clause.kind(first - 1) == "preposition" or (clause.words[number].surface.endswith("ing") and "be" not in kinds):
        return Deed((), None, settled=False)
    return _done(clause, first - 1, _written(clause, phrase_behind(clause, number + 1)))


def _told_before(clause: Clause, first: int) -> str:
    """What the sentence tells before a passive verb: whom the deed was done to, with what explains them."""
    return clause.text[clause.words[0].start : clause.words[first].start]


def _written(clause: Clause, phrase: Phrase | None) -> str:
    return clause.surfaces(phrase) if phrase else ""


def _by(clause: Clause, verb: int, *, reduced: bool) -> int | None:
    """The number of the "by" that names a passive verb's doer; without "be" nothing but adverbs and times may stand between."""
    for number in range(verb + 1, min(len(clause.words), verb + 1 + (_REDUCED_REACH if reduced else _BY_REACH))):
        kind = clause.kind(number)
        if clause.words[number].folded == "by":
            return number if _names_somebody(clause, number + 1) else None
        if clause.kind(number) in {"relative", "subordinator", "pronoun", "be"} or ";" in _gap(clause, number):
            return None
        if reduced and number == verb + 1 and kind not in {"adverb", "preposition", "time"}:
            return None
        if reduced and kind in {"object", "conjunction"}:
            return None
    return None


def _gap(clause: Clause, number: int) -> str:
    return clause.text[clause.words[number - 1].end : clause.words[number].start]


def _names_somebody(clause: Clause, number: int) -> bool:
    """Whether a doer may begin here: no time, number or way of doing ("by 2020", "by Friday", "by poisoning")."""
    if number >= len(clause.words) or clause.kind(number) in {"time", "pronoun"}:
        return False
    surface = clause.words[number].surface
    return not surface[0].isdigit() and not (surface[0].islower() and surface.endswith("ing"))


def _is_participle(clause: Clause, number: int, first: int) -> bool:
    """Whether a past form without "be" is a participle: "…, sunk in May, …", "Sunk in May, …", "was hit and sunk"."""
    if first != number:
        return False
    following = clause.kind(number + 1)
    if clause.kind(number - 1) == "conjunction" and number > 1 and clause.is_past(number - 2):
        return "be" in clause.auxiliaries(number - 2)[1]
    return clause.marked(number) and following in {"preposition", "adverb", "time"}


def _is_outcome(clause: Clause, number: int) -> bool:
    """Whether a past form tells what a passive verb before it came to: "was shot dead"."""
    return number > 0 and clause.is_past(number - 1) and "be" in clause.auxiliaries(number - 1)[1]


def _done_by(clause: Clause, by: int, undergoer: str) -> Deed:
    phrase = phrase_behind(clause, by + 1)
    if phrase is None:
        return Deed((), None, settled=False, object=undergoer)
    doers, after = [clause.head_span(phrase)], phrase.last + 1
    while after < len(clause.words) and clause.marked(after) and (more := _apposed(clause, after)) is not None:
        if not _OWNED.search(clause.surfaces(more)):
            doers.append(clause.head_span(more))
        after = more.last + 1
    return Deed(tuple(doers), clause.span(phrase), settled=True, object=undergoer)


def _apposed(clause: Clause, number: int) -> Phrase | None:
    """A further name behind a mark: "by the harbour master, Jon Brekke", "by Lund, an adviser, and Falk"."""
    number += clause.kind(number) == "conjunction"
    phrase = phrase_behind(clause, number)
    return phrase if phrase and clause.is_named(phrase) else None


def _done(clause: Clause, last: int, undergoer: str) -> Deed:
    """A deed in the active voice whose subject ends with word `last`, or before the marks around what explains it."""
    if clause.kind(last) == "conjunction":
        return Deed((), None, settled=False, object=undergoer)
    inserted = None
    if last >= 0 and clause.marked(last + 1):
        opening = next((at for at in range(last, 0, -1) if clause.marked(at)), 0)
        inserted = phrase_before(clause, last) if clause.kind(opening) not in {"relative", "preposition"} else None
        last = opening - 1
    elif clause.kind(last) in {"relative", "that"}:
        last -= 1
    phrase = phrase_before(clause, last)
    if phrase is None:
        return Deed((), None, settled=clause.kind(last) == "pronoun", object=undergoer)
    doers = [clause.head_span(phrase)]
    if inserted is not None and clause.is_named(inserted) and not clause.is_named(phrase):
        doers.append(clause.head_span(inserted))
    return Deed(tuple(doers), clause.span(phrase), settled=True, object=undergoer)


def _other_party(deed: Deed, asked: AskedDeed) -> bool:
    """Whether the deed was done to somebody else or theirs: "led the Tavian delegation" for "the Lenian delegation"."""
    wanted, told = named_terms(_core(asked.object)), named_terms(deed.object)
    stems = frozenset(term.stem for term in told)
    return bool(wanted and told) and not any(match(term, stems) for term in wanted)


def named_terms(words: str) -> list[Term]:
    """The capitalised words of a phrase that carry a topic."""
    return [
        Term(word.surface, word.stem, named=True)
        for word in words_of(words)
        if word.surface[0].isupper() and is_content(word.folded) and word.surface.lower() not in lexicon().kinds
    ]


def _core(asked: str) -> str:
    """The object without where and when: "the Lenian delegation in Verin" gives "the Lenian delegation"."""
    return re.split(r"\b(?:in|at|on|during|after|before|since|when|while|to|for|from)\b", asked, maxsplit=1)[0]
