"""Is the answer right as a person would judge it: content, speaker, status, and nothing that must not be there?

Half right is wrong here: "agreed" without who said so, or without "in principle", misleads. Each check is scored on its
own, and `fully_right` only where all of the question's checks hold.
"""

from __future__ import annotations

from parley import Answer
from parley.eval.scorers.outcome import Outcome, plain_text
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import contains, first_contained, words


def must_contain(outcome: Outcome) -> Score:
    """1 if the answer contains one alternative of every requirement."""
    if outcome.answer is None or not outcome.question.must_contain:
        return Score.none("the set requires no words")
    text = plain_text(outcome.answer)
    missing = [options for options in outcome.question.must_contain if first_contained(text, options) is None]
    return Score.of(
        not missing, "all there" if not missing else "missing: " + "; ".join(" or ".join(options) for options in missing)
    )


def must_not_contain(outcome: Outcome) -> Score:
    """1 if the answer contains none of the forbidden phrases."""
    if outcome.answer is None or not outcome.question.must_not_contain:
        return Score.none("the set forbids no words")
    text = plain_text(outcome.answer)
    found = [phrase for phrase in outcome.question.must_not_contain if contains(text, phrase)]
    return Score.of(not found, "none there" if not found else "contains: " + "; ".join(found))


def speaker_named(outcome: Outcome) -> Score:
    """1 if a citation's statement has one of the expected speakers: all words of one name stand in the other."""
    if outcome.answer is None or not outcome.question.speaker:
        return Score.none("the set names no speaker")
    found = _speakers(outcome.answer)
    right = [name for name in found if any(_same_name(name, wanted) for wanted in outcome.question.speaker)]
    return Score.of(bool(right), f"cites {found or 'no speaker'}, expected {' or '.join(outcome.question.speaker)}")


def speaker_avoided(outcome: Outcome) -> Score:
    """1 if no citation's statement has one of the speakers that the set calls wrong, by exactly those words of the name."""
    if outcome.answer is None or not outcome.question.not_speaker:
        return Score.none("the set calls no speaker wrong")
    wrong = [set(words(name)) for name in outcome.question.not_speaker]
    found = [name for name in _speakers(outcome.answer) if set(words(name)) in wrong]
    return Score.of(not found, f"cites {' and '.join(found)}" if found else "cites none of them")


def wrong_speaker(outcome: Outcome) -> Score:
    """1 if a question that asks who said something is answered with another speaker; 0 if rightly, or not at all."""
    question = outcome.question
    if outcome.answer is None or question.kind != "who_said" or not (question.speaker or question.gold_answers):
        return Score.none("does not ask who said something, or the set names nobody")
    if outcome.answer.abstained:
        return Score.of(False, "not answered")
    if question.speaker:
        named = speaker_named(outcome)
        return Score.of(not named.value, named.explanation)
    found = first_contained(plain_text(outcome.answer), question.gold_answers)
    return Score.of(found is None, f"names {found}" if found else f"expected {' or '.join(question.gold_answers)}")


def status_as_expected(outcome: Outcome) -> Score:
    """1 if the answer's status is one of those expected."""
    if outcome.answer is None or not outcome.question.expected_status:
        return Score.none("the set expects no status")
    expected = outcome.question.expected_status
    return Score.of(outcome.answer.status in expected, f"{outcome.answer.status}, expected {' or '.join(expected)}")


def fully_right(outcome: Outcome) -> Score:
    """1 if every check that the question gives holds; an unanswerable question without a status is right if abstained from."""
    checks = {
        "words": must_contain(outcome),
        "forbidden words": must_not_contain(outcome),
        "speaker": speaker_named(outcome),
        "wrong speaker": speaker_avoided(outcome),
        "status": status_as_expected(outcome),
        "abstention": _abstained_where_due(outcome),
    }
    given = {name: score for name, score in checks.items() if not score.unscored}
    if set(given) <= {"abstention"}:
        return Score.none("the set gives no check")
    wrong = [f"{name} ({score.explanation})" for name, score in given.items() if not score.value]
    return Score.of(not wrong, "right in " + ", ".join(given) if not wrong else "wrong in " + "; ".join(wrong))


def _abstained_where_due(outcome: Outcome) -> Score:
    if outcome.answer is None or outcome.question.answerable is not False or outcome.question.expected_status:
        return Score.none("answerable, or judged by its status")
    return Score.of(outcome.answer.abstained, _status(outcome.answer))


def _speakers(answer: Answer) -> list[str]:
    """The speakers of the cited statements, each once."""
    return list(dict.fromkeys(item.statement.speaker for item in answer.citations if item.statement and item.statement.speaker))


def _status(answer: Answer) -> str:
    return f"status {answer.status}"


def _same_name(found: str, wanted: str) -> bool:
    one, other = set(words(found)), set(words(wanted))
    return bool(one and other) and (one <= other or other <= one)
