"""Right by stretches of the documents, where a set gives the very words that answer (`words`) and where they stand (`evidence`).

An answer is right if it is no refusal, shows every stretch in its text or its quotations (of a list four fifths), and cites the
evidence. A question that the documents do not answer is done justice by a refusal or a corrected premise, a vague one also by a
question back. Words are compared without case and punctuation.
"""

from __future__ import annotations

import math
import re
from pathlib import PurePath

from parley import Answer, Citation
from parley.eval.scorers.abstention import ABSTAINING
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.people import is_named_in, is_person_in
from parley.eval.scorers.score import Score
from parley.eval.scorers.text import squash

LEAD_WORDS = 40
"""How far the first stretch may stand from the beginning to count as in front."""
LIST_SHARE = 0.8
"""Share of the stretches of a list that must be shown."""
COMMON_WORDS = 0.7
"""Share of the evidence's words that a citation of the right document holds where neither stands in the other."""
SHORTEST_PART, SHORTEST_ANYWHERE = 12, 25
"""Characters of a citation that may be a part of the evidence: in the right document, and in any."""

_ASKS_BACK = re.compile(
    r"\b(?:which|who) (?:do you mean|is meant|of)|leaves? (?:it )?open|could mean|more than one"
    r"|unclear which|say which|please name|name it and ask again",
    re.IGNORECASE,
)


def stretches_right(outcome: Outcome) -> Score:
    """1 if the answer is right by its stretches; scored where the documents answer and the set gives stretches."""
    unfit = _unfit(outcome)
    if unfit:
        return Score.none(unfit)
    answer = outcome.answer
    if answer is None or answer.status in ABSTAINING:
        return Score.of(False, answer.status if answer else "not asked")
    shown = squash(answer.text + " " + " ".join(item.quote for item in answer.citations))
    found = [words for words in outcome.question.stretches if squash(words) in shown]
    wanted = math.ceil(len(outcome.question.stretches) * (LIST_SHARE if outcome.question.kind == "list" else 1))
    cited = bool(_citing(outcome))
    told = f"{len(found)} of {wanted} stretches shown, evidence {'cited' if cited else 'not cited'}"
    return Score.of(cited and len(found) >= wanted, told)


def stretches_cited(outcome: Outcome) -> Score:
    """1 if the answer cites the evidence."""
    unfit = _unfit(outcome)
    return Score.none(unfit) if unfit else Score.of(bool(_citing(outcome)), f"{len(_citing(outcome))} citations of the evidence")


def stretches_first(outcome: Outcome) -> Score:
    """1 if a stretch stands within the first 40 words of the answer."""
    unfit = _unfit(outcome)
    if unfit:
        return Score.none(unfit)
    answer = outcome.answer
    if answer is None or answer.status in ABSTAINING:
        return Score.of(False, answer.status if answer else "not asked")
    head = squash(" ".join(answer.text.split()[:LEAD_WORDS]))
    found = next((words for words in outcome.question.stretches if squash(words) in head), None)
    return Score.of(found is not None, f"has {found!r}" if found else "has none")


def stretches_speaker(outcome: Outcome) -> Score:
    """1 if the first citation of the evidence has a word of the gold speaker; scored on right answers.

    As lax as the set's own scorer, with which it agrees: "a Turkish official" shares a word with "the Turkish Foreign Ministry".
    """
    right = stretches_right(outcome)
    if not right.value:
        return Score.none(right.explanation if right.unscored else "not right")
    cited = _citing(outcome)[0]
    speaker = next(iter(outcome.question.speaker), "")
    return Score.of(is_named_in(speaker, cited.attribution), f"{cited.attribution!r}, expected {speaker!r}")


def stretches_person(outcome: Outcome) -> Score:
    """1 if the first citation of the evidence is the gold speaker's, compared as people are; scored on right answers.

    Where nobody is cited, the line must say that it is the document's own voice.
    """
    right = stretches_right(outcome)
    if not right.value:
        return Score.none(right.explanation if right.unscored else "not right")
    cited = _citing(outcome)[0]
    speaker = next(iter(outcome.question.speaker), "")
    same = is_person_in(speaker, cited.statement, cited.attribution)
    return Score.of(same, f"{cited.attribution!r}, expected {speaker!r}")


def not_answerable_right(outcome: Outcome) -> Score:
    """1 for a refusal, a corrected premise, or a question back to a vague one; scored where the documents do not answer."""
    if outcome.question.answerable is not False:
        return Score.none("answerable, or the set does not say")
    answer = outcome.answer
    if answer is None:
        return Score.of(False, f"not asked: {outcome.error}")
    asked_back = outcome.question.kind == "vague" and asks_back(answer)
    return Score.of(answer.status in ABSTAINING or asked_back, "asked back" if asked_back else f"status {answer.status}")


def asks_back(answer: Answer) -> bool:
    """Whether the answer asks what is meant."""
    return _ASKS_BACK.search(f"{answer.text} {' '.join(answer.notices)}") is not None


def _unfit(outcome: Outcome) -> str:
    if outcome.question.answerable is False:
        return "the documents do not answer it"
    return "" if outcome.question.stretches and outcome.question.evidence else "the set gives no stretches"


def _citing(outcome: Outcome) -> list[Citation]:
    """The citations that overlap the evidence; none of a refusal."""
    answer: Answer | None = outcome.answer
    if answer is None or answer.status in ABSTAINING:
        return []
    return [item for item in answer.citations if _overlaps(item, outcome)]


def _overlaps(citation: Citation, outcome: Outcome) -> bool:
    """Whether the evidence stands in the citation or the other way round, or in the right document most of its words do."""
    quote = squash(citation.quote)
    held = set(quote.split())
    name = PurePath(str(citation.document.source_path or citation.document.id)).name
    in_gold = name in outcome.question.gold_doc_ids
    for evidence in map(squash, outcome.question.evidence):
        if evidence in quote or (len(quote) >= SHORTEST_ANYWHERE and quote in evidence):
            return True
        if in_gold and len(quote) >= SHORTEST_PART and quote in evidence:
            return True
        wanted = evidence.split()
        if in_gold and wanted and sum(word in held for word in wanted) / len(wanted) >= COMMON_WORDS:
            return True
    return False
