"""When two sentences give differing accounts, each told from sentences made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parley.assistant.answers.facts.accounts import differing
from parley.assistant.evidence.matching import WeightedTerm
from parley.assistant.question.analysis import QuestionAnalysis, analyse_question
from parley.assistant.reading.scoring import Scored
from tests.assistant.scores import scored, statement_of

PILOTS, LASTED, RAISED = "How many pilots attended?", "How long did the session last?", "When was the fee raised?"
OFFER, CREW = "Is the offer of a night boat still alive?", "Was the crew on board?"
LIKE = {"reader": 2.0, "coverage": 1.0, "context": 1.0}


def told(text: str, words: str = "", *, id: str, speaker: str = "Ada Quist", **features: float) -> Scored:  # noqa: A002
    item = scored(text, id=id, words=words, statement=statement_of(speaker, text), **(LIKE | features))
    document = replace(item.candidate.document, title="On the session")
    return replace(item, candidate=replace(item.candidate, document=document))


def differs(question: str, *found: Scored) -> bool:
    return _differing(analyse_question(question), found) is not None


def _differing(question: QuestionAnalysis, found: Sequence[Scored]) -> Scored | None:
    terms = [WeightedTerm(term, 1 / len(question.terms), 1) for term in question.terms]
    return differing(found[0], found, question, terms)


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        (PILOTS, "[Forty pilots] attended.", "[Thirty pilots] attended.", True),
        (PILOTS, "[Forty pilots] attended.", "[40 pilots] attended.", False),
        (PILOTS, "[Forty pilots] attended.", "Pilots of [three companies] attended.", False),
        (PILOTS, "[Forty pilots] attended.", "[Three helmsmen] attended.", True),
        (PILOTS, "[3 million] attended.", "[3,000,000] attended.", False),
        # Bounds leave room for a number, or leave none.
        (PILOTS, "More than [40 pilots] attended.", "[42 pilots] attended.", False),
        (PILOTS, "More than [40 pilots] attended.", "[38 pilots] attended.", True),
        (PILOTS, "About [40 pilots] attended.", "[42 pilots] attended.", False),
        # Of another kind: hours are no days.
        (LASTED, "It lasted [six hours].", "It lasted [four hours].", True),
        (LASTED, "It lasted [six hours].", "It lasted [four days].", False),
        (LASTED, "It lasted [six] hours.", "It lasted [four] hours.", True),
        (LASTED, "It lasted [six] hours.", "It lasted [four] days.", False),
        # Dates exclude each other only in a part that both give.
        (RAISED, "It was raised on [4 June 2031].", "It was raised on [5 June 2031].", True),
        (RAISED, "It was raised in [June 2031].", "It was raised on [5 June 2031].", False),
        (RAISED, "It was raised in [June 2031].", "It was raised in [July 2031].", True),
        (RAISED, "It was raised in [2029].", "It was raised in [2031].", True),
        (RAISED, "It was raised in [2029].", "It was raised in [June].", False),
    ],
)
def test_values_differ_that_exclude_each_other(question: str, one: str, other: str, differ: bool) -> None:
    def read(text: str, id: str) -> Scored:  # noqa: A002
        return told(text.replace("[", "").replace("]", ""), text.partition("[")[2].partition("]")[0], id=id)

    assert differs(question, read(one, "herald"), read(other, "times")) is differ


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        (OFFER, "The offer of a night boat remains on the table.", "The company withdrew its offer of a night boat.", True),
        # One of them decides nothing.
        (OFFER, "The offer of a night boat was read out.", "The company withdrew its offer of a night boat.", False),
        # Only a question whether something is so asks for one of two.
        ("Who told of the night boat?", "The night boat remains on the table.", "The company withdrew the night boat.", False),
        (CREW, "The crew was on board.", "The crew was not on board.", True),
        # What is denied is something else.
        (CREW, "The crew was on board.", "The crew was on board and did not complain.", False),
        # Whoever is named must be meant in both.
        ("Is Norlin's offer still alive?", "Norlin's offer remains on the table.", "Norlin withdrew its offer.", True),
        ("Is Norlin's offer still alive?", "Norlin's offer remains on the table.", "Ferrum withdrew its offer.", False),
        ("Is Norlin's offer still alive?", "Ferrum's offer remains on the table.", "Norlin withdrew its offer.", False),
    ],
)
def test_one_denies_or_gives_up_what_the_other_tells(question: str, one: str, other: str, differ: bool) -> None:
    assert differs(question, told(one, id="herald"), told(other, id="times")) is differ


SIX, FOUR = ("It lasted six hours.", "six hours"), ("It lasted four hours.", "four hours")


def test_two_accounts_come_from_two_voices() -> None:
    best = told(*SIX, id="herald", speaker="Ada Quist")
    assert not differs(LASTED, best, told(*FOUR, id="herald", speaker="Ada Quist"))
    assert differs(LASTED, best, told(*FOUR, id="herald", speaker="Nils Aker"))
    assert differs(LASTED, best, told(*FOUR, id="times", speaker="Ada Quist"))


def test_what_is_supposed_gives_no_account() -> None:
    best, supposed = told(*SIX, id="herald"), told(*FOUR, id="times")
    statement = replace(statement_of("Ada Quist", FOUR[0]), standing="supposed")
    supposed = replace(supposed, candidate=replace(supposed.candidate, statement=statement))
    assert not differs(LASTED, best, supposed)
    assert not differs(LASTED, supposed, best)


@pytest.mark.parametrize("less", [{"context": 0.5, "coverage": 0.0}, {"coverage": 0.2}, {"reader": -4.0}])
def test_a_sentence_about_something_else_gives_no_other_account(less: dict[str, float]) -> None:
    assert not differs(LASTED, told(*SIX, id="herald"), told(*FOUR, id="times", **less))


def test_a_year_that_the_question_gives_stands_near_both() -> None:
    best = told("In 2031 the session lasted six hours.", "six hours", id="herald")
    assert differs(
        "How long did the session last in 2031?", best, told("In 2031 it lasted four hours.", "four hours", id="times")
    )
    assert not differs("How long did the session last in 2031?", best, told(*FOUR, id="times"))


def test_a_heading_gives_no_account() -> None:
    told_in_title = told("On the session of four hours", "four hours", id="times")
    document = replace(told_in_title.candidate.document, title="On the session of four hours")
    heading = replace(told_in_title, candidate=replace(told_in_title.candidate, document=document))
    assert differs(LASTED, told(*SIX, id="herald"), told_in_title)
    assert not differs(LASTED, told(*SIX, id="herald"), heading)
    assert not differs(LASTED, heading, told(*SIX, id="herald"))
