"""Does the answer hold the gold answer? Scored on answerable questions that give one; an abstention holds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import contains, first_contained, leading_words, token_f1, word_count
from parley.eval.sets.question_set import ProvenanceFields

LEAD_WORDS = 20
"""How much a reader takes in at a glance, about one printed line and a half."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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


def lead_token_f1(outcome: Outcome) -> Score:
    """Best token F1, against a gold answer, of what the first sentence quotes: the shortest span, where it leads with one."""
    if not outcome.question.gold_answers:
        return Score.none("the set gives no gold answer")
    return _unless_ungradable(outcome, lambda text: _best_f1(outcome, _first_quoted(outcome) if text else ""))


def _first_quoted(outcome: Outcome) -> str:
    first = outcome.answer.sentences[0] if outcome.answer else None
    if first is None or not first.quoted:
        return first.text if first else ""
    return " ".join(first.text[span.start : span.end] for span in first.quoted)


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
    outlet, day = contains(text, fields.outlet), contains_day(text, fields.date)
    return Score.of(outlet and day, f"outlet {fields.outlet!r} {_found(outlet)}, day {fields.date} {_found(day)}")


def contains_day(text: str, iso_day: str) -> bool:
    """Whether the text gives that day: in ISO form, or as number of the day and English month, full or by three letters."""
    try:
        day = Date.fromisoformat(iso_day)
    except ValueError:
        return contains(text, iso_day)
    month = _MONTHS[day.month - 1]
    return contains(text, iso_day) or (contains(text, str(day.day)) and month[:3] in text)


def _best_f1(outcome: Outcome, text: str) -> Score:
    best, gold = max((token_f1(text, gold), gold) for gold in outcome.question.gold_answers)
    return Score.of(best, f"best against {gold!r}")


def _found(found: bool) -> str:
    return "given" if found else "missing"
