"""The question that a follow-up asks, as a value: its own analysis with what it leaves out taken from the one before.

Nothing is written and parsed again. "And the EU?" is the question before with another speaker; "By when?" is its own kind of
question with the matter of the one before; in "Why did she say that?" the speaker is whoever was heard last.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace

from parley.assistant.dialogue.asked_object import Replaced, replaced_object
from parley.assistant.question.analysis import PRONOUNS, QuestionAnalysis, Term, analyse_question
from parley.assistant.question.asked_provision import AskedProvision
from parley.assistant.question.open_question import (
    fronted,
    is_ellipsis,
    is_sparse,
    own_words,
    refers_to_person,
    same_kind_of_name,
)
from parley.assistant.question.question_words import SPEECH_VERBS, can_speak
from parley.index.language.lexicon import alternatives, question_words
from parley.index.language.times import parse_time
from parley.index.language.words import fold, stems_of, words_of
from parley.index.structure.lookup import Reference, Step
from parley.index.structure.provision_names import rank_of

TAKEN_OVER = 0.5
"""Weight of a word that the question before had and this one leaves out, beside 1 for its own words."""

_IN_WORDS = frozenset({"text", "reason"})
"""Types of answers that are still the asked speaker's words: "Why?", "Which three?". "By when?" may be told by anybody."""

_LINK = re.compile(rf"(?:{alternatives(question_words('asking_link'))})\s+", re.IGNORECASE)
"""What makes a phrase no speaker: "in October", "at the third meeting"."""

_OF_WORDS = frozenset({"what_said", "whether_said", "where_said", "quote_check"})
"""Kinds of questions that ask for somebody's words, whoever is named besides."""

_MONTHS = frozenset(fold(name) for name in calendar.month_name[1:])


def continued(question: str, matter: QuestionAnalysis, person: str | None) -> QuestionAnalysis:
    """The analysis of a question that leaves something out.

    Args:
        question: as typed.
        matter: the question before, complete.
        person: who was last asked about or heard.
    """
    rest, named = own_words(question), fronted(question)
    if named is not None and (named[0].startswith("the ") or can_speak(named[0])):
        person, rest = named
    own = analyse_question(rest)
    own = replace(own, provision=_provision(own, matter))
    if is_ellipsis(question):
        return replace(_in_place(own, rest.rstrip("?.! "), matter), provision=own.provision)
    speaker = own.speaker
    if speaker is not None and speaker.lower() in PRONOUNS:
        speaker = person or matter.speaker
    elif speaker is None and person is not None and (named is not None or refers_to_person(rest)):
        told = own.answer_type in _IN_WORDS | {"yes_no"} and any(word.stem in SPEECH_VERBS for word in words_of(rest))
        speaker = person if told else None
        own = replace(own, terms=(*own.terms, *_terms_of(person, own)))
    elif speaker is None and matter.speaker is not None and own.answer_type in _IN_WORDS and is_sparse(rest) and not own.names:
        speaker = matter.speaker
    return replace(own, speaker=speaker, terms=(*own.terms, *_lacking(own, matter, speaker)), text=question)


def _in_place(own: QuestionAnalysis, phrase: str, matter: QuestionAnalysis) -> QuestionAnalysis:
    """The question before with a phrase in the place of what is like it: its speaker, a name, a time, its object, or nothing."""
    if (source := _ACCORDING_TO.match(phrase)) is not None:
        return replace(matter, speaker=_without_article(phrase[source.end() :]), text=phrase, core=own.core)
    if own.speaker is not None and not own.terms:
        return replace(matter, speaker=own.speaker, text=phrase, core=phrase)
    linked = _LINK.match(phrase)
    name = _without_article(phrase[linked.end() if linked else 0 :])
    alone = linked is None and matter.speaker is not None and not _is_time(phrase)
    speaks = alone and can_speak(phrase) and same_kind_of_name(phrase, matter.speaker or "")
    if speaks or (alone and not matter.terms):
        return replace(matter, speaker=name, text=phrase, core=own.core)
    names = own.names or ((name,) if name[:1].isupper() and can_speak(name) else ())
    if linked is None and names == (name,) and matter.kind == "who_said" and not parse_time(name):
        # "And Brandt?" after "Who wants it?" asks what Brandt says to it.
        return replace(matter, kind="what_said", answer_type="text", speaker=name, text=phrase, core=own.core)
    replaced = next((known for known in matter.names if names and same_kind_of_name(known, names[0])), "")
    gone = stems_of(replaced) | (_times_in(matter) if parse_time(name) else frozenset())
    other = _other_thing(phrase, matter)
    gone |= other.gone if other is not None else frozenset()
    gone |= _numbers_in(matter) if own.provision is not None and matter.provision is not None else frozenset()
    kept = tuple(term for term in matter.terms if term.stem not in gone)
    fresh = {term.stem for term in own.terms}
    terms = (*own.terms, *(replace(term, weight=term.weight * TAKEN_OVER) for term in kept if term.stem not in fresh))
    left = tuple(item for item in matter.names if item != replaced and not (gone and stems_of(item) <= gone))
    # "And in the Courier?" after "…, according to the Post?" names another source than the one before.
    speaker = None if linked and names and matter.kind not in _OF_WORDS else matter.speaker
    core = other.core if other is not None else own.core
    return replace(matter, terms=terms, names=(*names, *left), speaker=speaker, text=phrase, core=core)


def _other_thing(phrase: str, matter: QuestionAnalysis) -> Replaced | None:
    """The question before about another thing, where a mere phrase names one."""
    name = _without_article(phrase)
    return None if analyse_question(phrase).names or _is_time(name) else replaced_object(matter.core, phrase)


def of_another_thing(question: str, matter: QuestionAnalysis) -> str | None:
    """The question before with another thing in the place of what it was about: "And the rest break?" after the allowance.

    Its words and those of its answer then only lead back to it. `None` for other questions.
    """
    other = _other_thing(own_words(question).rstrip("?.! "), matter) if is_ellipsis(question) else None
    return other.core if other is not None else None


def _without_article(phrase: str) -> str:
    return phrase.removeprefix("The ").removeprefix("the ").strip()


def _is_time(phrase: str) -> bool:
    """Whether a phrase is a month, a year or a day, which nobody is called who speaks: "And about October?"."""
    return parse_time(phrase) is not None or fold(phrase.strip()) in _MONTHS


_ACCORDING_TO = re.compile(r"(?:according to|says|said)\s+", re.IGNORECASE)
"""Before whoever is asked in the place of another: "And according to the company?"."""


def _times_in(matter: QuestionAnalysis) -> frozenset[str]:
    """Stems of the months and years of a question, whose place another time takes."""
    return frozenset(term.stem for term in matter.terms if parse_time(term.surface) or fold(term.surface) in _MONTHS)


def _numbers_in(matter: QuestionAnalysis) -> frozenset[str]:
    """Stems of the numbers of a question about a provision, which another provision replaces: "And Article 4?"."""
    return frozenset(term.stem for term in matter.terms if term.surface[:1].isdigit())


def _provision(own: QuestionAnalysis, matter: QuestionAnalysis) -> AskedProvision | None:
    """The provision asked for: "And paragraph 2?" is that of the article before, "And Article 7?" is of the same instrument."""
    asked, before = own.provision, matter.provision
    if asked is None or before is None:
        return asked
    outer = before.references[0].steps[:1] if before.references else ()
    references = tuple(
        Reference((*outer, *item.steps)) if outer and _is_inside(item.steps[0], outer[0]) else item for item in asked.references
    )
    return replace(asked, references=references, instrument=asked.instrument or before.instrument)


def _is_inside(inner: Step, outer: Step) -> bool:
    return inner.kind is not None and outer.kind is not None and rank_of(inner.kind) > rank_of(outer.kind)


def _lacking(own: QuestionAnalysis, matter: QuestionAnalysis, speaker: str | None) -> tuple[Term, ...]:
    """The words of the matter that a question does not have, at less weight; not the name of who is asked for."""
    known = {term.stem for term in own.terms} | stems_of(speaker or "")
    before = (*matter.terms, *(_terms_of(matter.speaker, own) if matter.speaker else ()))
    unique = {term.stem: replace(term, weight=term.weight * TAKEN_OVER) for term in before if term.stem not in known}
    return tuple(unique.values())


def _terms_of(person: str, own: QuestionAnalysis) -> tuple[Term, ...]:
    known = {term.stem for term in own.terms}
    return tuple(term for term in analyse_question(f"What of {person}?").terms if term.stem not in known)
