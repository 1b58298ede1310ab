"""The answer to most questions: the sentences that the reader finds to answer, whole, with who said them in front.

How a question is worded decides how its answer is shown, never whether there is one. One calibrated probability decides that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answer import Citation
from parley.assistant.answers.ambiguity import documents_meant, left_out, namesakes, namesakes_notice
from parley.assistant.answers.facts.accounts import differing
from parley.assistant.answers.facts.decisions import opposite_told
from parley.assistant.answers.facts.denied_deeds import denying, not_vouched, tells_of_deed
from parley.assistant.answers.facts.ordering import has_the_very_words, in_order
from parley.assistant.answers.facts.telling import say_further, say_in_front, say_whole
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import not_answered, premise_corrected
from parley.assistant.answers.statements.statement_telling import speaker_notices
from parley.assistant.evidence.citing import overlap
from parley.assistant.evidence.speaker_matching import LOOSELY
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.question_words import NON_DISCLOSURE
from parley.assistant.reading.answer_words import answer_words, names_time
from parley.assistant.reading.answerability import probability
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored
from parley.index.types import Span, Statement

ENOUGH = 0.33
"""Least probability of an answer to be given. Over documents held out from training, cross-validated, .66 of the answerable
questions that begin a conversation are then answered within three sentences, and .70 of the others, nearly all near misses, are
refused; of follow-ups .59 and .53. In libraries of one to four documents it is .72 and .67 of both together, and .95 of what is
asked of documents on other matters is refused. Of questions about passages of encyclopedias, none of which was fitted on, it is
.83 and .56. With .40 it would be .63 and .78, .56 and .63, .67 and .73, .98, and .77 and .66. These shares are of the reader's
weights before it learnt questions in other words; since then it was only chosen again, on other documents."""


ENOUGH_FOR_PART = 0.15
"""The same for a later part of a question, in a document that answers the part before: there it is likelier that this one is
answered too, and the first part's answer is shown beside. Chosen by hand, on invented texts."""

ENOUGH_IN_OTHER_WORDS = 0.5
"""The same for a question of whether, where the sentence has none of the words for the deed: more probable than not.
Of 79 such questions over real documents any value from 0.3 to 0.55 answers 43 rather than 40 rightly, and refuses as before."""


def read_answer(inquiry: Inquiry) -> Finding:
    """The best sentence with the words that answer, further ones that belong to the answer, or the refusal."""
    scored = in_order(inquiry)
    sure = probability(scored, inquiry.question, later=bool(inquiry.earlier))
    told_so = bool(scored) and has_the_very_words(scored[0], inquiry.question)
    if told_so or _is_foreign(scored) or _asks_for_anything(scored, inquiry.question):
        sure = max(sure, ENOUGH)
    goes_on = bool(scored) and scored[0].candidate.document.id in inquiry.part_of
    opposite = opposite_told(scored, inquiry.question, inquiry.terms)
    if opposite is not None and (opposite is scored[0] or sure < ENOUGH):
        return replace(premise_corrected(inquiry, opposite), probability=sure)
    if sure < (ENOUGH_FOR_PART if goes_on else ENOUGH):
        return replace(not_answered(inquiry, scored, *documents_meant(inquiry, scored)), probability=sure)
    if sure < ENOUGH_IN_OTHER_WORDS and _leaves_open(inquiry, scored):
        return replace(not_answered(inquiry, scored), probability=sure)
    if (contrary := denying(scored, inquiry.question)) is not None:
        return replace(premise_corrected(inquiry, contrary), probability=sure)
    return replace(_told(inquiry, scored), probability=sure)


def _leaves_open(inquiry: Inquiry, scored: list[Scored]) -> bool:
    """Whether a question of whether is met by a sentence that tells neither of the deed nor of anything else it asks about."""
    foreign = bool(scored) and _is_foreign(scored)
    return inquiry.question.kind == "whether" and not foreign and not tells_of_deed(scored[0], inquiry.terms)


def likely(inquiry: Inquiry) -> float:
    """How surely the best sentence found answers, 0 to 1."""
    return probability(in_order(inquiry), inquiry.question, later=bool(inquiry.earlier))


FOREIGN_NEAR, ALL_WORDS = 0.45, 0.9
"""Cosine similarity, or share of the question's words, from which a passage in another language, which the reader cannot read, is
shown."""


def _is_foreign(scored: list[Scored]) -> bool:
    """Whether the best candidate is in another language than English, and near to the question in meaning or in words."""
    best = scored[0] if scored else None
    if best is None or (best.candidate.document.language or "en")[:2] == "en":
        return False
    return best.features.dense >= FOREIGN_NEAR or best.features.coverage >= ALL_WORDS


def _asks_for_anything(scored: list[Scored], question: QuestionAnalysis) -> bool:
    """Whether somebody is asked for who speaks, and nothing else: "What did the envoy say?" is answered by any of it."""
    heard = bool(scored) and scored[0].features.speaker >= FITTING_SPEAKER
    return heard and not any(term.weight >= 1 for term in question.terms)


def _told(inquiry: Inquiry, scored: list[Scored]) -> Finding:
    """The answer of the candidates, the best first."""
    best, question = scored[0], inquiry.question
    words = answer_words(best, question)
    other = differing(best, scored, question, inquiry.terms)
    beside = [item for item in [other, *_namesakes(scored, question)] if item is not None]
    loosely = question.speaker is not None and FITTING_SPEAKER <= best.features.speaker <= LOOSELY
    draft = inquiry.draft()
    if loosely:
        draft.say([f"No statement by {question.speaker} itself on this was found; these are from others of that side."])
    say_in_front(draft, inquiry, best, words, scored)
    for item in (best, *beside):
        say_whole(draft, inquiry, item)
    say_further(draft, inquiry, [best, *beside], scored, anything=_asks_for_anything(scored, question))
    lacking = _not_told(question, draft.citations)
    for remark in lacking:
        draft.say([remark])
    notices = _notices(best, words, scored, question, differ=other is not None)
    notices += left_out(question.speaker, inquiry) if question.speaker is not None else ()
    if _is_left_unsaid(best, question):
        return finished("premise_not_found", draft, LEFT_UNSAID, *notices)
    return finished("accounts_differ" if other else "partly" if loosely or lacking else "answered", draft, *notices)


def _not_told(question: QuestionAnalysis, told: Sequence[Citation]) -> tuple[str, ...]:
    """What is asked for besides ("…, and when?", "…, and to whom?") and stands in nothing that is told."""
    heard = any(item.statement and (item.statement.outlet or item.statement.addressee) for item in told)
    dated = any(names_time(item.quote) for item in told)
    when = ("The passages shown do not say when.",) if question.wants_date and not dated else ()
    return (*when, "The passages shown do not say to whom.") if question.wants_addressee and not heard else when


LEFT_UNSAID = "The document says that this was left unsaid."


def _is_left_unsaid(best: Scored, question: QuestionAnalysis) -> bool:
    """Whether the sentence says that somebody did not tell what is asked for."""
    asks = question.kind in {"whether", "whether_said", "quote_check"}
    return not asks and re.search(NON_DISCLOSURE, best.candidate.text, re.IGNORECASE) is not None


NAMESAKE_BEHIND = 1.5
"""How far the score of another bearer of the asked name may stay behind the best one's."""


def _namesakes(scored: list[Scored], question: QuestionAnalysis) -> list[Scored]:
    """The best candidate of every other speaker whom the asked name may mean as well."""
    people = _people(scored, question)
    first = (next(item for item in scored if item.candidate.statement is known) for known in people[1:])
    return [item for item in first if item.score >= scored[0].score - NAMESAKE_BEHIND]


def _people(scored: list[Scored], question: QuestionAnalysis) -> tuple[Statement, ...]:
    """The first statement of each speaker that the asked name fits, where there are several."""
    if question.speaker is None:
        return ()
    own = (item.candidate.statement for item in scored if item.features.speaker >= FITTING_SPEAKER)
    return namesakes(question.speaker, [statement for statement in own if statement])


def _notices(
    best: Scored, words: Span | None, scored: list[Scored], question: QuestionAnalysis, *, differ: bool
) -> tuple[str, ...]:
    notices = []
    if question.speaker is not None and (people := _people(scored, question)):
        notices.append(namesakes_notice(question.speaker, people))
    if differ:
        notices.append("Accounts differ; they are shown side by side and neither is preferred.")
    if remark := not_vouched(best, question):
        notices.append(remark)
    statement = best.candidate.statement
    pointed = words or best.reading.span
    if statement is not None and pointed is not None and overlap(statement, pointed.start, pointed.end):
        notices += speaker_notices(statement)
    return tuple(notices)
