"""The order in which candidates are told: by their score; what tells nothing, or of another speaker or time, comes behind.

A sentence that has the very words after "Who said …" comes first.
"""

from __future__ import annotations

from dataclasses import replace

from parley.assistant.answers.facts.denied_deeds import PRESUPPOSING
from parley.assistant.answers.facts.told_times import asked_time_first
from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.question_words import ACT_STATUS, NEUTRAL_SPEECH
from parley.assistant.reading.asked_speaker import of_asked_speaker
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored
from parley.index.language.standing import standing
from parley.index.language.words import stems_of, words_of


def in_order(inquiry: Inquiry) -> list[Scored]:
    """The candidates as they are told, best first: those that tell what is asked, of the asked speaker and the asked time."""
    asked = inquiry.question.speaker
    own = of_asked_speaker(inquiry.scored, asked)
    # Who is only described ("the employer") may go by another word in the documents; whom "he" means is a guess.
    described = asked is not None and not _is_named(asked)
    guessed = asked is not None and not stems_of(asked) & stems_of(inquiry.question.text)
    scored = _asked_act_first(own or (inquiry.scored if described or guessed else []), inquiry.question)
    told = asked_time_first(_vouched_for_first(scored, inquiry.question), inquiry.question.core)
    return sorted(told, key=lambda item: not has_the_very_words(item, inquiry.question))


VERY_WORDS = 5
"""Words from which a run that question and sentence share is no chance. Chosen by hand, on invented texts."""


def has_the_very_words(item: Scored, question: QuestionAnalysis) -> bool:
    """Whether it is asked who said something that the sentence has word by word: "Who said no deal is better than …?"."""
    if question.kind != "who_said":
        return False
    asked = [word.folded for word in words_of(question.core)][2:]
    asked = asked[1:] if asked[:1] == ["that"] else asked
    told = [word.folded for word in words_of(item.candidate.text)]
    return len(asked) >= VERY_WORDS and any(told[at : at + len(asked)] == asked for at in range(len(told)))


def _is_named(speaker: str) -> bool:
    """Whether a speaker is asked for by name, not by a description such as "the employer"."""
    return any(word.surface[:1].isupper() for word in words_of(speaker))


ASKED_ACT = 1.5
"""What it adds to a score that a statement does what the question names: a demand, for "What does the union demand?". Chosen by
hand, on invented texts."""


ASKED_QUESTION = 4.0
"""The same for a question, where it is asked who asked: the reader takes the reply for the answer. Chosen by hand, on invented
texts."""


def _asked_act_first(scored: list[Scored], question: QuestionAnalysis) -> list[Scored]:
    """The candidates, those set higher whose statement performs the act that the question names."""
    if question.kind == "who_said" and question.verb == "ask":
        raised = [replace(item, score=item.score + ASKED_QUESTION * _is_asked_about(item)) for item in scored]
        return sorted(raised, key=lambda item: -item.score)
    act = ACT_STATUS.get(question.verb) if question.verb and question.verb not in NEUTRAL_SPEECH else None
    if act is None or question.acts:  # for whoever did it, the score has it already
        return scored
    raised = [
        replace(item, score=item.score + ASKED_ACT * any(voice.status == act for voice in item.candidate.voices))
        for item in scored
    ]
    return sorted(raised, key=lambda item: -item.score)


def _is_asked_about(item: Scored) -> bool:
    """Whether somebody asks in a sentence for at least half of what the question is about."""
    return _asks(item) and item.features.coverage >= HALF_ASKED


HALF_ASKED = 0.5
"""Share of the words of the user's question. Chosen by hand, on invented texts."""

_OF_DEEDS = PRESUPPOSING - {"why"} | {"who", "which", "who_said"}
"""Kinds of questions that take for granted that something was done."""

_LOOKED_AT = 8
"""Candidates of which it is looked whether their sentences deny what they tell."""


def _vouched_for_first(scored: list[Scored], question: QuestionAnalysis) -> list[Scored]:
    """The candidates, those behind that do not tell what is asked: what a reporter asks, and what denies a deed asked about.

    "Lund did not sign" tells not who signed.
    """
    asking = [] if stems_of(question.core) & _OF_QUESTIONS else [item for item in scored if _asks(item)]
    told = [item for item in scored if item not in asking]
    denying = [] if question.negated or question.kind not in _OF_DEEDS else [item for item in told[:_LOOKED_AT] if _denies(item)]
    return [item for item in told if item not in denying] + denying + asking


def _asks(item: Scored) -> bool:
    """Whether a sentence asks, or is part of a turn in which somebody asks."""
    statement = item.candidate.statement
    asks = item.features.interrogative > 0 or (statement is not None and statement.asked)
    return asks and item.features.speaker < FITTING_SPEAKER


_OF_QUESTIONS = stems_of("asked questions")
"""Words of questions for what somebody asked."""


def _denies(item: Scored) -> bool:
    text, sentence = item.candidate.document.text, item.candidate.span
    return standing(text, sentence, item.reading.span or sentence).kind == "denied"
