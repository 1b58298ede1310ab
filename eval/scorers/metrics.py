"""Every figure of the suite by name: what it is called, which way is better, and who computes it per question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.eval.scorers import abstention, containment, evidence, expectations, last_turns, quotes, retrieval, squad, stretches
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score

Direction = Literal["higher", "lower", "none"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure.

    Attributes:
        name: key in reports.
        label: for people.
        better: which way is better, "none" where neither is.
        unit: "share" for 0 to 1, or the unit.
        family: heading under which it is shown.
        needs_both_classes: reported only where a group has answerable and unanswerable questions.
    """

    name: str
    label: str
    family: str
    better: Direction = "higher"
    unit: str = "share"
    needs_both_classes: bool = False


_RETRIEVAL_LABELS = {
    "recall@1": "recall@1",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}

METRICS: tuple[Metric, ...] = (
    *(Metric(name, label, "Retrieval of gold documents") for name, label in _RETRIEVAL_LABELS.items()),
    Metric("contains_gold", "answer contains a gold answer", "Answers"),
    Metric("lead_contains_gold", f"… within the first {containment.LEAD_WORDS} words", "Answers"),
    Metric("token_f1", "token F1, best gold answer", "Answers"),
    Metric("answer_words", "length of an answer", "Answers", better="none", unit="words"),
    Metric("squad_f1", "F1 of the lead, all questions", "SQuAD 2.0"),
    Metric("squad_exact", "exact match of the lead, all questions", "SQuAD 2.0"),
    Metric("lead_f1", "HasAns: F1 of the lead", "SQuAD 2.0"),
    Metric("lead_exact", "HasAns: exact match of the lead", "SQuAD 2.0"),
    Metric("no_answer", "NoAns: not answered", "SQuAD 2.0"),
    Metric("evidence_cited", "evidence cited", "Evidence"),
    Metric("evidence_recall", "share of gold places cited", "Evidence"),
    Metric("cites_gold_document", "cites a gold document", "Evidence"),
    Metric("citations_gold_share", "share of cited documents gold", "Evidence"),
    Metric("quotes_exact", "quotations exact", "Evidence"),
    Metric("quoted_words_exact", "quoted words verbatim in sentences", "Evidence"),
    Metric("abstained", "abstained", "Abstention", better="none"),
    Metric("abstention_precision", "abstention precision", "Abstention", needs_both_classes=True),
    Metric("abstention_recall", "abstention recall", "Abstention", needs_both_classes=True),
    Metric("false_refusals", "answerable but refused", "Abstention", better="lower"),
    Metric("stretches_right", "answerable: right", "By stretches of the documents"),
    Metric("stretches_cited", "answerable: evidence cited", "By stretches of the documents"),
    Metric("stretches_first", f"answerable: words in the first {stretches.LEAD_WORDS}", "By stretches of the documents"),
    Metric("stretches_speaker", "right ones: a word of the speaker of the evidence", "By stretches of the documents"),
    Metric("stretches_person", "right ones: the very speaker of the evidence", "By stretches of the documents"),
    Metric("not_answerable_right", "not answerable: right", "By stretches of the documents"),
    Metric("must_contain", "required words", "Checks"),
    Metric("must_not_contain", "no forbidden words", "Checks"),
    Metric("speaker", "expected speaker cited", "Checks"),
    Metric("first_speaker", "expected speaker cited first", "Checks"),
    Metric("words_in_front", "words alone in front are a gold answer", "Checks"),
    Metric("wrong_words_in_front", "wrong words in front", "Checks", better="lower"),
    Metric("not_speaker", "no speaker known to be wrong", "Checks"),
    Metric("wrong_speaker", "answered with another speaker", "Checks", better="lower"),
    Metric("status", "expected status", "Checks"),
    Metric("fully_right", "fully right", "Checks"),
    Metric("last_turn_right", "right at the last turn", "Conversations"),
    Metric("carried_wrongly", "carried over wrongly", "Conversations", better="lower"),
    Metric("asked_back", "asked back", "Conversations", better="none"),
)
"""In the order of reports."""


_SCORERS: Mapping[str, Callable[[Outcome], Score]] = {
    "contains_gold": containment.contains_gold,
    "lead_contains_gold": containment.lead_contains_gold,
    "squad_f1": squad.all_f1,
    "squad_exact": squad.all_exact,
    "lead_f1": squad.has_answer_f1,
    "lead_exact": squad.has_answer_exact,
    "no_answer": squad.no_answer,
    "token_f1": containment.gold_token_f1,
    "answer_words": containment.answer_words,
    "evidence_cited": evidence.evidence_cited,
    "evidence_recall": evidence.evidence_recall,
    "cites_gold_document": evidence.cites_gold_document,
    "citations_gold_share": evidence.gold_share_of_citations,
    "quoted_words_exact": quotes.quoted_words_exact,
    "abstained": abstention.abstained,
    "abstention_precision": abstention.abstention_precision,
    "abstention_recall": abstention.abstention_recall,
    "false_refusals": abstention.false_refusal,
    "stretches_right": stretches.stretches_right,
    "stretches_cited": stretches.stretches_cited,
    "stretches_first": stretches.stretches_first,
    "stretches_speaker": stretches.stretches_speaker,
    "stretches_person": stretches.stretches_person,
    "not_answerable_right": stretches.not_answerable_right,
    "must_contain": expectations.must_contain,
    "must_not_contain": expectations.must_not_contain,
    "speaker": expectations.speaker_named,
    "first_speaker": expectations.first_speaker,
    "words_in_front": expectations.words_in_front,
    "wrong_words_in_front": expectations.wrong_words_in_front,
    "not_speaker": expectations.speaker_avoided,
    "wrong_speaker": expectations.wrong_speaker,
    "status": expectations.status_as_expected,
    "fully_right": expectations.fully_right,
    "last_turn_right": last_turns.last_turn_right,
    "carried_wrongly": last_turns.carried_wrongly,
    "asked_back": last_turns.asked_back,
}
"""Who computes a figure of one question; `quotes_exact` needs the texts besides, the figures of retrieval all questions."""


def score_all(outcomes: Sequence[Outcome], text_of: Callable[[str], str]) -> dict[str, list[Score]]:
    """The scores of every metric, one per outcome in order.

    Args:
        outcomes: what became of the questions.
        text_of: the stored text of a document id, for checking quotations.
    """
    scorers = {**_SCORERS, "quotes_exact": quotes.quotes_exact(text_of)}
    found = {name: [scorer(outcome) for outcome in outcomes] for name, scorer in scorers.items()}
    asked = [outcome.gold.documents if outcome.answer is not None else () for outcome in outcomes]
    found |= retrieval.retrieval_scores([outcome.ranking for outcome in outcomes], asked)
    return {metric.name: found[metric.name] for metric in METRICS}
