"""Whom "he", "she" or "they" means after a turn: who was asked about, who was found, or who is heard in the answer."""

from __future__ import annotations

import calendar
import re
from itertools import chain

from parley.assistant.answer import Answer
from parley.assistant.dialogue.conversation import Turn
from parley.assistant.dialogue.told_before import answering
from parley.assistant.evidence.speakers import display_name
from parley.assistant.question.analysis import QuestionAnalysis, analyse_question
from parley.assistant.question.open_question import refers_to_person
from parley.index.language.descriptions import described, words_for
from parley.index.language.lexicon import alternatives, word_kind
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import fold, stems_of
from parley.index.types import Statement

_ASKS_WHO = frozenset({"person", "speaker"})
"""Types of answers that are people."""

_BEFORE_SUBJECT = re.compile(rf"\b(?:{alternatives(word_kind('auxiliary_form'))})\s+(?:the\s+)?$", re.IGNORECASE)
_NO_NAMES = frozenset(fold(name) for name in (*calendar.month_name[1:], *calendar.day_name))


def person_after(turn: Turn, matter: QuestionAnalysis) -> str | None:
    """Who a personal pronoun stands for after a turn; `None` where nobody was spoken of.

    In this order: whose words were asked for; whom the answer gives to a question of who; the subject of the question; who is
    heard in the answer; any other name of the question.

    Args:
        turn: the question and its answer.
        matter: the question with what it took from its predecessors.
    """
    if matter.speaker is not None and not refers_to_person(matter.speaker):
        return matter.speaker
    found = _found(turn.answer, matter) if matter.answer_type in _ASKS_WHO else None
    names = [name for name in matter.names if _may_be_somebody(name)]
    subject = next((name for name in names if _is_subject(name, matter.core)), None)
    return found or subject or _heard(turn.answer) or next(iter(names), None)


def somebody_after(turn: Turn, matter: QuestionAnalysis) -> str | None:
    """The one person who was spoken of last, for "he" and "she", where the talk was of a side: "What does the union want?"."""
    subject = [name for name in matter.names if _is_subject(name, matter.core)]
    found = _found(turn.answer, matter) if matter.answer_type in _ASKS_WHO else None
    spoken_of = (matter.speaker, found, *subject, _heard(turn.answer))
    return next((name for name in spoken_of if name and is_one_person(name) and not refers_to_person(name)), None)


def is_one_person(name: str) -> bool:
    """Whether a name or description is of one human being: "Ms Lind", "the envoy"; not "the union", "the Karvelian side"."""
    bare = _ARTICLE.sub("", name)
    said = described(bare)
    if said.heads & words_for("institution"):
        return False
    return said.is_person_in_office or (bare[:1].isupper() and not parties_in(bare))


_ARTICLE = re.compile(r"^(?:the|an?|its|their)\s+", re.IGNORECASE)


def _found(answer: Answer | None, matter: QuestionAnalysis) -> str | None:
    """Who answers a question of who: the first name in the words that answer which the question did not have."""
    if answer is None or answer.abstained:
        return None
    asked = stems_of(matter.core)
    names = (name for words in chain.from_iterable(answering(answer)) for name in analyse_question(f"What of {words}?").names)
    return next((name for name in names if _may_be_somebody(name) and not stems_of(name) & asked), None)


def _may_be_somebody(name: str) -> bool:
    """Whether a run of capitalised words may be a person or a side: no month, no day, no number, no institution's common word."""
    words = [fold(word) for word in name.split()]
    institution = bool(described(name).heads & words_for("institution")) and not parties_in(name)
    return not set(words) <= _NO_NAMES and name[:1].isalpha() and not institution


def _is_subject(name: str, core: str) -> bool:
    """Whether the question asks what somebody does or is: "Did Brandt …", "What has Lund …"; not of a country or its side."""
    return not parties_in(name) and _BEFORE_SUBJECT.search(core[: core.find(name)]) is not None


def _heard(answer: Answer | None) -> str | None:
    """The first speaker whom the answer quotes."""
    statements = (item.statement for item in answer.citations if item.statement) if answer is not None else ()
    return next((name for statement in statements if (name := _name(statement))), None)


def _name(statement: Statement) -> str | None:
    """The speaker of a statement as a question would name them; `None` for a pronoun or somebody unidentified."""
    if statement.speaker is None or statement.speaker_kind in {"pronoun", "unidentified"}:
        return None
    if statement.speaker_kind == "named":
        return statement.speaker
    return re.sub(r"^(?:an? )?unnamed ", "the ", display_name(statement))
