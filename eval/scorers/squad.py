"""The figures of SQuAD 2.0 (Rajpurkar, Jia & Liang 2018), as its official script computes them, of what the answer leads with.

The prediction is what the first sentence quotes, and nothing for an abstention. HasAns are the questions with a gold answer,
where the best one counts; NoAns those that the documents do not answer, where only nothing is right. The figures over both
therefore credit a right abstention, and a system that always answers cannot have more than the share of HasAns.
"""

from __future__ import annotations

from collections.abc import Callable

from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import squad_words, token_f1


def has_answer_f1(outcome: Outcome) -> Score:
    """Token F1 of the lead against the best gold answer; HasAns only."""
    return _of_class(outcome, answerable=True, compared=token_f1)


def has_answer_exact(outcome: Outcome) -> Score:
    """1 if the lead is one of the gold answers after normalisation; HasAns only."""
    return _of_class(outcome, answerable=True, compared=_exact)


def no_answer(outcome: Outcome) -> Score:
    """1 if nothing was answered; NoAns only. Exact match and F1 are the same here."""
    return _of_class(outcome, answerable=False, compared=_exact)


def all_f1(outcome: Outcome) -> Score:
    """Token F1 over HasAns and NoAns."""
    return _judge(outcome, token_f1)


def all_exact(outcome: Outcome) -> Score:
    """Exact match over HasAns and NoAns."""
    return _judge(outcome, _exact)


def lead_of(outcome: Outcome) -> str:
    """What the first sentence quotes: the shortest span, where it leads with one; the sentence where it quotes nothing."""
    if outcome.answer is None or outcome.answer.abstained or not outcome.answer.sentences:
        return ""
    first = outcome.answer.sentences[0]
    return " ".join(first.text[span.start : span.end] for span in first.quoted) or first.text


def _exact(text: str, gold: str) -> float:
    return float(squad_words(text) == squad_words(gold))


def _of_class(outcome: Outcome, *, answerable: bool, compared: Callable[[str, str], float]) -> Score:
    if outcome.question.answerable is False and answerable:
        return Score.none("the documents do not answer it")
    if outcome.question.answerable is not False and not answerable:
        return Score.none("the documents answer it, or the set does not say")
    return _judge(outcome, compared)


def _judge(outcome: Outcome, compared: Callable[[str, str], float]) -> Score:
    if outcome.answer is None:
        return Score.none(f"not asked: {outcome.error}")
    golds = ("",) if outcome.question.answerable is False else outcome.question.gold_answers
    if not golds:
        return Score.none("the set gives no gold answer")
    lead = lead_of(outcome)
    best, gold = max((compared(lead, gold), gold) for gold in golds)
    return Score.of(best, f"best against {gold!r}" if gold else ("answered" if lead else "rightly not answered"))
