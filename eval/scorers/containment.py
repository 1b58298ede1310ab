"""Does the answer hold the gold answer? Scored on answerable questions that give one; an abstention holds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from parley.eval.scorers.days import gives_day
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import contains, first_contained, leading_words, token_f1, word_count
from parley.eval.sets.question_set import ProvenanceFields

LEAD_WORDS = 20
"""How much a reader takes in at a glance, about one printed line and a half."""


def contains_gold(outcome: Outcome) -> Score:
    """1 if the answer contains one of the gold answers word for word, or the gold outlet and day where those are asked."""
    return _unless_ungradable(outcome, lambda text: _contains_gold(outcome, text))


def lead_contains_gold(outcome: Outcome) -> Score:
    """As `contains_gold`, looking at the answer's first 20 words only."""
    return _unless_ungradable(outcome, lambda text: _contains_gold(outcome, leading_words(text, LEAD_WORDS)))


def gold_token_f1(outcome: Outcome) -> Score:
    """Best token F1 of the answer against a gold answer, 0 to 1."""
    if not outcome.question.gold_answers:
        return Score.none("the set gives no gold answer")
    return _unless_ungradable(outcome, lambda text: _best_f1(outcome, text))


def answer_words(outcome: Outcome) -> Score:
    """Length of the answer in words, markers left out; not scored for an abstention."""
    if outcome.answer is None or outcome.answer.abstained:
        return Score.none("no answer was given")
    count = word_count(outcome.answer_text)
    return Score.of(count, f"{count} words")


def _unless_ungradable(outcome: Outcome, judge: Callable[[str], Score]) -> Score:
    question = outcome.question
    if outcome.answer is None:
        return Score.none(f"not asked: {outcome.error}")
    if question.answerable is False:
        return Score.none("the documents do not answer it")
    if not question.gold_answers and question.gold_fields is None:
        return Score.none("the set gives no gold answer")
    return judge(outcome.answer_text)


def _contains_gold(outcome: Outcome, text: str) -> Score:
    if not text:
        return Score.of(False, f"abstained ({outcome.answer.status if outcome.answer else 'no answer'})")
    if outcome.question.gold_fields is not None:
        return _contains_fields(outcome.question.gold_fields, text)
    found = first_contained(text, outcome.question.gold_answers)
    return Score.of(
        found is not None, f"contains {found!r}" if found else f"contains none of {list(outcome.question.gold_answers)}"
    )


def _contains_fields(fields: ProvenanceFields, text: str) -> Score:
    outlet, day = contains(text, fields.outlet), _gives(text, fields.date)
    return Score.of(outlet and day, f"outlet {fields.outlet!r} {_found(outlet)}, day {fields.date} {_found(day)}")


def _gives(text: str, written: str) -> bool:
    """Whether the text gives the day that a set writes in ISO form; the words of anything else."""
    try:
        return gives_day(text, Date.fromisoformat(written))
    except ValueError:
        return contains(text, written)


def _best_f1(outcome: Outcome, text: str) -> Score:
    best, gold = max((token_f1(text, gold), gold) for gold in outcome.question.gold_answers)
    return Score.of(best, f"best against {gold!r}")


def _found(found: bool) -> str:
    return "given" if found else "missing"
