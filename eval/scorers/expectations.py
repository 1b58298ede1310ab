"""Is the answer right as a person would judge it: content, speaker, status, and nothing that must not be there?

Half right is wrong here: "agreed" without who said so, or without "in principle", misleads. Each check is scored on its
own, and `fully_right` only where all of the question's checks hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley import Answer, Citation
from parley.eval.scorers.outcome import Outcome, plain_text
from parley.eval.scorers.people import OWN_VOICE, is_speaker
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import contains, first_contained, token_f1, words
from parley.eval.sets.question_set import Question

AGREES = 0.4
"""Least token F1 of words in front with a gold answer: "2020" for "last raised in 2020" (.4), not one of four regions (.33)."""


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
    """1 if a citation's statement is one of the expected speakers': the same person, see `people`."""
    if outcome.answer is None or not outcome.question.speaker:
        return Score.none("the set names no speaker")
    right = any(_is_wanted(item, outcome.question) for item in outcome.answer.citations)
    found = _speakers(outcome.answer) or "no speaker"
    return Score.of(right, f"cites {found}, expected {' or '.join(outcome.question.speaker)}")


def first_speaker(outcome: Outcome) -> Score:
    """1 if the first statement that the answer cites is one of the expected speakers': whom a reader meets first."""
    if outcome.answer is None or not outcome.question.speaker:
        return Score.none("the set names no speaker")
    first = next(iter(outcome.answer.citations), None)
    found = first.statement.speaker if first and first.statement else None
    right = first is not None and _is_wanted(first, outcome.question)
    return Score.of(right, f"first cites {found or 'nobody'}, expected {' or '.join(outcome.question.speaker)}")


def words_in_front(outcome: Outcome) -> Score:
    """1 if the words that stand alone in front are a gold answer: they hold one, or agree with one (token F1 of at least .4).

    Scored where the answer leads with a few quoted words instead of a sentence: a reader takes those for the answer.
    """
    golds = _golds(outcome)
    front = _front(outcome)
    if not front or not golds:
        return Score.none("no words stand alone in front, or the set gives no gold answer")
    return Score.of(_agrees(front, golds), f"leads with {front!r}, expected {' or '.join(golds)}")


def wrong_words_in_front(outcome: Outcome) -> Score:
    """1 if words stand alone in front that are no gold answer, or that answer what the documents do not; 0 for other answers.

    Scored where the question is answered, so that its mean is the share of answers that lead with wrong words.
    """
    golds = _golds(outcome)
    unanswerable = outcome.question.answerable is False
    if outcome.answer is None or outcome.answer.abstained or not (golds or unanswerable):
        return Score.none("not answered, or the set gives no gold answer")
    front = _front(outcome)
    wrong = bool(front) and (unanswerable or not _agrees(front, golds))
    return Score.of(
        wrong, f"leads with {front!r}, expected {' or '.join(golds) or 'no answer'}" if front else "no words in front"
    )


def _golds(outcome: Outcome) -> tuple[str, ...]:
    """What the words that answer may be: gold answers, stretches of the documents, or required words."""
    question = outcome.question
    given = (*question.gold_answers, *question.stretches)
    return given or tuple(option for options in question.must_contain for option in options)


def _agrees(front: str, golds: Sequence[str]) -> bool:
    return any(contains(front, gold) or token_f1(front, gold) >= AGREES for gold in golds)


def _front(outcome: Outcome) -> str:
    """The quoted words that the answer begins with, where they are less than a sentence; else nothing."""
    answer = outcome.answer
    if answer is None or answer.abstained or not answer.sentences or not answer.sentences[0].quoted:
        return ""
    first = answer.sentences[0]
    span = first.quoted[0]
    front = first.text[span.start : span.end]
    told_again = any(front in sentence.text for sentence in answer.sentences[1:])
    return front if told_again and not words(first.text[: span.start]) else ""


def speaker_avoided(outcome: Outcome) -> Score:
    """1 if no citation's statement has one of the speakers that the set calls wrong, by exactly those words of the name."""
    if outcome.answer is None or not outcome.question.not_speaker:
        return Score.none("the set calls no speaker wrong")
    wrong = [set(words(name)) for name in outcome.question.not_speaker]
    found = [name for name in _speakers(outcome.answer) if set(words(name)) in wrong]
    return Score.of(not found, f"cites {' and '.join(found)}" if found else "cites none of them")


def wrong_speaker(outcome: Outcome) -> Score:
    """1 if a question that asks who said something is answered with another speaker; a refusal names nobody, and is left out."""
    question = outcome.question
    if outcome.answer is None or question.kind != "who_said" or not (question.speaker or question.gold_answers):
        return Score.none("does not ask who said something, or the set names nobody")
    if outcome.answer.abstained:
        return Score.none("not answered")
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
        "words in front": words_in_front(outcome),
        "first speaker": first_speaker(outcome),
        "wrong speaker": speaker_avoided(outcome),
        "status": status_as_expected(outcome),
        "abstention": _abstained_where_due(outcome),
    }
    given = {name: score for name, score in checks.items() if not score.unscored}
    if set(given) <= {"abstention", "words in front"}:
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


def _is_wanted(citation: Citation, question: Question) -> bool:
    return any(
        OWN_VOICE in citation.attribution.lower()
        if wanted.lower().startswith("the document")
        else citation.statement is not None and is_speaker(citation.statement, wanted)
        for wanted in question.speaker
    )
