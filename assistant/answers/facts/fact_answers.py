"""Answers to questions of fact: the shortest span that answers, its sentence, who said it, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answers.facts.accounts import differing
from parley.assistant.answers.facts.deciding import deciding
from parley.assistant.answers.facts.fact_telling import agreeing, say_further, say_lead, say_next, say_sentence
from parley.assistant.answers.facts.premises import false_premise
from parley.assistant.answers.facts.read_leads import with_lead
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import (
    confidence,
    never_together,
    not_in_documents,
    premise_not_found,
    searched_notice,
    unmentioned,
)
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.matching import coverage, match, missing
from parley.assistant.evidence.speakers import display_name
from parley.assistant.question.analysis import QuestionAnalysis, Term
from parley.assistant.reading.answerability import least_probability, out_of_time
from parley.assistant.reading.rules.asked_circumstances import tells_of_another
from parley.assistant.reading.rules.doers import asked_deed
from parley.assistant.reading.rules.event_places import asks_where_it_was
from parley.assistant.reading.rules.lead_fit import names_doer, tells_deed, withholds_doer
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import LIGHT_VERBS, stems_of, word_set
from parley.index.types import Span

NEARLY = 1.2
"""How far the score may stay behind the best one's for one with a span of the asked type to be preferred to it."""

AS_MUCH = 0.8
"""Share of the best candidate's coverage that such a candidate must reach."""

ELSEWHERE = 1.2
"""How far the score may stay behind that of sentences about another place or day for these to be left out."""

BESIDE = 3
"""Characters between two sentences of which one follows the other, at most."""

OUT_OF_TIME = "No document from the weeks before the question was asked answers it."


def fact(inquiry: Inquiry) -> Finding:
    """The best sentence with the span asked for in front; further ones that add to it or differ from it."""
    absent = unmentioned(inquiry.question, inquiry.evidence)
    scored = of_asked_speaker(inquiry)
    if not scored or (absent and len(absent) >= len(inquiry.question.names)) or never_together(inquiry):
        return not_in_documents(inquiry)
    best = chosen(scored, inquiry)
    if (remark := false_premise(inquiry, scored)) is not None:
        return premise_not_found(inquiry, remark)
    # How likely a question of whether is to be answered was fitted on the best sentence, whichever is then chosen to be told.
    likely = scored[0] if inquiry.question.kind == "whether" else best
    if not _good_enough(likely, inquiry):
        remarks = [OUT_OF_TIME] if out_of_time(scored, inquiry.question) else []
        return not_in_documents(inquiry, *remarks)
    other = differing(best, scored, inquiry.question, inquiry.terms)
    draft = inquiry.draft()
    told = with_lead(best, inquiry)
    later = continued(best, inquiry) if told.lead is None else None
    later = with_lead(later, inquiry) if later else None
    say_lead(draft, inquiry, later if later and later.lead else told, scored)
    say_sentence(draft, inquiry, told)
    if later is not None and later.lead is not None:
        say_sentence(draft, inquiry, later)
    if inquiry.question.kind == "why" and best.lead is None and other is None:
        say_next(draft, inquiry, best)
    seconds = agreeing(best, scored)[:1] if inquiry.question.kind == "how_many" else []
    for item in [other] if other else seconds:
        say_sentence(draft, inquiry, item)
    if not other and not seconds:
        say_further(draft, inquiry, best, scored)
    found = finished("accounts_differ" if other else "answered", draft, *_notices(best, inquiry, differ=other is not None))
    return replace(found, probability=confidence(inquiry, likely))


_TYPED = word_set("who when where how_many")


def chosen(scored: Sequence[Scored], inquiry: Inquiry) -> Scored:
    """The sentence that answers: the best one, or one nearly as good with the asked name, date or number that fits as well."""
    if inquiry.question.kind == "whether":
        return deciding(scored, inquiry)
    if inquiry.question.kind not in _TYPED or scored[0].lead is not None:
        return scored[0]
    best = scored[0]
    if continued(best, inquiry) is not None:
        return best
    near = [item for item in scored[1:6] if item.lead is not None and item.score >= best.score - NEARLY]
    as_much = (item for item in near if item.features.coverage >= AS_MUCH * best.features.coverage)
    telling = (item for item in near if asked_deed(inquiry.question) and _tells(item, inquiry.question))
    return next(as_much, None) or next(telling, None) or best


def continued(best: Scored, inquiry: Inquiry) -> Scored | None:
    """The sentence right behind, where it goes on about the same event and says where it was held: "Hosted at …, the talks …"."""
    if best.lead is not None or not asks_where_it_was(inquiry.question):
        return None
    end, name = best.candidate.span.end, best.candidate.document.id
    behind = [
        item for item in inquiry.scored if item.candidate.document.id == name and 0 <= item.candidate.span.start - end <= BESIDE
    ]
    asked = {term.stem for term in inquiry.question.terms if not term.named and term.stem != inquiry.question.verb}
    return next((item for item in behind if item.lead is not None and asked & item.candidate.stems), None)


def _tells(item: Scored, question: QuestionAnalysis) -> bool:
    return tells_deed(item.candidate.document.text, item.candidate.span, question)


def of_asked_speaker(inquiry: Inquiry) -> list[Scored]:
    """With "according to X" only what X is said to have stated; what others say is no answer to that."""
    told = _of_what_is_asked(inquiry.scored, inquiry.question)
    if inquiry.question.kind == "who":
        told = [item for item in told if not is_heading(item.candidate)]
    if inquiry.question.speaker is None:
        return told
    return [item for item in told if item.features.speaker >= 0.5]


def _of_what_is_asked(scored: list[Scored], question: QuestionAnalysis) -> list[Scored]:
    """The candidates without those that keep the asked doer back and, if others do nearly as well, that tell of another place."""
    telling = [item for item in scored if not withholds_doer(item.candidate.document.text, item.candidate.span, question)]
    kept = [item for item in telling if not tells_of_another(item.candidate, question)]
    return kept if kept and kept[0].score >= telling[0].score - ELSEWHERE else telling


def _good_enough(best: Scored, inquiry: Inquiry) -> bool:
    kind = inquiry.question.kind
    if kind in {"when", "how_many"} and best.lead is None and best.features.coverage < 0.7:
        return False
    if re.match(r"how old\b", inquiry.question.core, re.IGNORECASE) and not re.search(
        r"\b(?:years?|aged?|old|born|founded|since)\b", best.candidate.text
    ):
        return False
    if kind == "who" and _verb_missing(best, inquiry):
        return False
    # The words of a question say nothing against a sentence in another language, which they cannot match.
    in_other_words = (best.candidate.document.language or "en")[:2] != "en"
    return confidence(inquiry, best) >= least_probability("default" if in_other_words else kind, inquiry.before)


def _verb_missing(best: Scored, inquiry: Inquiry) -> bool:
    """For "Who headed the delegation?" is not answered by a sentence about the delegation in which nobody heads it."""
    verb = inquiry.question.verb
    near = best.candidate.stems | best.candidate.before
    if not names_doer(best.candidate.document.text, best.candidate.span, inquiry.question):
        return True
    missed = verb is not None and verb not in LIGHT_VERBS and not match(Term(verb, verb), near)
    return missed and not (asked_deed(inquiry.question) and _tells(best, inquiry.question))


def _notices(best: Scored, inquiry: Inquiry, *, differ: bool) -> tuple[str, ...]:
    notices = []
    candidate = best.candidate
    if differ:
        notices.append("Accounts differ; they are shown side by side and neither is preferred.")
    if (
        inquiry.question.kind == "when"
        and best.lead is not None
        and _is_relative(candidate.document.text, best.lead)
        and candidate.document.date is None
    ):
        notices.append("The document carries no date, so this cannot be turned into a calendar date.")
    if candidate.statement is not None and candidate.statement.speaker_kind == "anonymous" and _is_said(best, inquiry):
        notices.append(f"This rests on {display_name(candidate.statement)}.")
    absent = missing(inquiry.terms, candidate.stems | candidate.around | candidate.before | candidate.after)
    unknown = [item.term.surface for item in absent if item.frequency == 0 and item.term.weight >= 1]
    if unknown:
        notices.append(f"Not in the documents: {', '.join(f'“{word}”' for word in unknown)}. {searched_notice(inquiry)}")
    return tuple(notices)


def _is_said(best: Scored, inquiry: Inquiry) -> bool:
    """Whether what answers stands in the statement, and not beside it in the sentence that only mentions its speaker."""
    candidate = best.candidate
    assert candidate.statement is not None
    content = candidate.statement.content
    if best.lead is not None:
        return any(span.start < best.lead.end and best.lead.start < span.end for span in content)
    said = stems_of(" ".join(candidate.document.text[span.start : span.end] for span in content))
    return 2 * coverage(inquiry.terms, said) >= coverage(inquiry.terms, candidate.stems)


def _is_relative(text: str, span: Span) -> bool:
    return not re.search(r"\d{4}", text[span.start : span.end])
