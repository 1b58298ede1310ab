"""Answers to questions of fact: the shortest span that answers, its sentence, who said it, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import question_words as vocabulary
from assistant.accounts import differing, value_of
from assistant.answer_types import with_counted_noun
from assistant.composing import MOST_WORDS, AnswerDraft, sentence_pieces, slice_of
from assistant.inquiry import Finding, Inquiry, finished
from assistant.matching import WeightedTerm, match, missing
from assistant.question import Term
from assistant.refusal import confidence, not_in_documents, premise_not_found, searched_notice, threshold, unmentioned
from assistant.scoring import Scored, is_heading
from assistant.speakers import display_name
from assistant.words import stem, word_set, words_of
from index.types import Span

ALSO_GOOD = 0.85
"""Share of the best score from which a further sentence is shown."""

ALSO_ASKED = 0.6
"""Share of the best sentence's own coverage that a further sentence must reach: it bears on what is asked."""

ALSO_ASKED_TYPED = 0.75
"""The same for questions for a name, date, place or number, to which one sentence is mostly the answer."""

MOST_FURTHER = 2
"""Sentences shown after the best one, at most."""

NEARLY = 0.8
"""Share of the best score from which a candidate with a span of the asked type is preferred to one without."""

AGREED = 0.75
"""Least coverage of a further sentence that gives the same value."""

PLAINLY = 0.9
"""Coverage from which a sentence plainly speaks of the deed asked about."""

SAME_MATTER = 0.6
"""Least share of a question's other words near a sentence for its decision to be one on the matter asked about."""

_LIGHT_VERBS = frozenset(
    stem(verb) for verb in word_set("be do have get make give take need want go come see keep put let use used bring hold")
)
"""Stems of verbs that other words may well replace: "needed approval" by "went out to get approval"."""


def fact(inquiry: Inquiry) -> Finding:
    """The best sentence with the span asked for in front; further ones that add to it or differ from it."""
    absent = unmentioned(inquiry)
    scored = _of_asked_speaker(inquiry)
    if not scored or (absent and len(absent) >= len(inquiry.question.names)):
        return not_in_documents(inquiry)
    best = _with_typed_span(scored, inquiry)
    if (remark := _false_premise(inquiry, scored)) is not None:
        return premise_not_found(inquiry, remark)
    if not _good_enough(best, inquiry):
        return not_in_documents(inquiry)
    other = differing(best, scored, inquiry.question, inquiry.terms)
    draft = inquiry.draft()
    _say_lead(draft, inquiry, best, scored)
    _say_sentence(draft, inquiry, best)
    if inquiry.question.kind == "why" and best.lead is None and other is None:
        _say_next(draft, inquiry, best)
    seconds = _agreeing(best, scored)[:1] if inquiry.question.kind == "how_many" else []
    for item in [other] if other else seconds or _further(best, scored, draft, inquiry):
        _say_sentence(draft, inquiry, item)
    return finished("accounts_differ" if other else "answered", draft, *_notices(best, inquiry, differ=other is not None))


_TYPED = word_set("who when where how_many")


def _with_typed_span(scored: Sequence[Scored], inquiry: Inquiry) -> Scored:
    """The best candidate, or one nearly as good, bearing as much on the question, that holds the asked name, date or number."""
    if inquiry.question.kind not in _TYPED or scored[0].lead is not None:
        return scored[0]
    best = scored[0]
    near = (
        item
        for item in scored[1:6]
        if item.score >= NEARLY * best.score and item.features.coverage >= NEARLY * best.features.coverage
    )
    return next((item for item in near if item.lead is not None), best)


def _of_asked_speaker(inquiry: Inquiry) -> list[Scored]:
    """With "according to X" only what X is said to have stated; what others say is no answer to that."""
    told = inquiry.scored
    if inquiry.question.kind == "who":
        told = [item for item in told if not is_heading(item.candidate)]
    if inquiry.question.speaker is None:
        return told
    return [item for item in told if item.features.speaker >= 0.5]


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
    return confidence(inquiry, best) >= threshold(kind)


def _verb_missing(best: Scored, inquiry: Inquiry) -> bool:
    """For "Who headed the delegation?" is not answered by a sentence about the delegation in which nobody heads it."""
    verb = inquiry.question.verb
    near = best.candidate.stems | best.candidate.before
    return verb is not None and verb not in _LIGHT_VERBS and not match(Term(verb, verb), near)


def _false_premise(inquiry: Inquiry, scored: Sequence[Scored]) -> str | None:
    """What to say if the question presupposes an act that no sentence found reports of the one it names."""
    question = inquiry.question
    if question.kind not in {"when", "why", "how", "where", "how_many", "which", "whether"} or question.negated:
        return None
    acts = [item for item in inquiry.terms if item.term.stem in vocabulary.ACT_VERBS]
    if question.kind == "whether" and acts and acts[0].term.weight >= 1:
        return _unreported_deed(acts[0], scored, inquiry)
    if not acts or not re.match(
        r"(?:when|why|where|how|on what date)\b[^?]{0,12}?\b(?:did|does|was|were|has|had|is|are)\b", question.core, re.IGNORECASE
    ):
        return None
    act = acts[0]
    named = [item for item in inquiry.terms if item.term.named]
    objects = [item for item in inquiry.terms if not item.term.named and item is not act and item.term.weight >= 1]
    holders = [
        item
        for item in scored
        if match(act.term, item.candidate.stems) >= 0.7
        and all(match(n.term, item.candidate.stems | item.candidate.before) for n in named)
        and (not objects or _refers_back(item) or any(match(n.term, item.candidate.stems) for n in objects))
    ]
    if holders and confidence(inquiry, holders[0]) >= threshold(question.kind):
        return None
    matter = question.core.rstrip("?")
    return f"No document reports what the question takes for granted (“{act.term.surface}”: {matter[:1].lower() + matter[1:]})."


_DECISIONS = tuple(
    Term(verb, stem(verb)) for verb in ("accept", "agree", "approve", "reject", "refuse", "decline", "withdraw", "sign", "veto")
)


def _unreported_deed(act: WeightedTerm, scored: Sequence[Scored], inquiry: Inquiry) -> str | None:
    """What to say if somebody is asked about who, by what was found, neither did the deed nor decided otherwise."""
    family = _DECISIONS if any(match(act.term, frozenset({other.stem})) for other in _DECISIONS) else (act.term,)
    others = [item for item in inquiry.terms if item is not act and item.term.weight >= 1]
    whole = sum(item.share for item in others) or 1.0
    for item in scored:
        near = item.candidate.stems | item.candidate.before | item.candidate.around
        decided = any(match(verb, item.candidate.stems) for verb in family)
        if decided and sum(term.share for term in others if match(term.term, near)) >= SAME_MATTER * whole:
            return None
    best = scored[0]
    if best.features.coverage >= PLAINLY or not others:
        return None
    return f"No document was found to report this (“{act.term.surface}”)."


def _refers_back(item: Scored) -> bool:
    """Whether the sentence speaks of what was named before it ("It was signed in May")."""
    return (
        re.match(
            r"\W*(?:it|this|that|they|both|the (?:two|latter|former|deal|text|document))\b", item.candidate.text, re.IGNORECASE
        )
        is not None
    )


def _say_lead(draft: AnswerDraft, inquiry: Inquiry, best: Scored, scored: Sequence[Scored]) -> None:
    lead = best.lead
    if lead is None or inquiry.question.kind in {"whether", "what", "how"}:
        return
    document = best.candidate.document
    if inquiry.question.answer_type == "number":
        lead = with_counted_noun(document.text, lead, best.candidate.span.end)
    shown = slice_of(document, lead)
    supporting = [inquiry.cite(item.candidate) for item in _agreeing(best, scored)]
    holding = [citation for citation in supporting if shown.text in citation.quote]
    draft.say([shown, "."], inquiry.cite(best.candidate), *holding[:2])


def _agreeing(best: Scored, scored: Sequence[Scored]) -> list[Scored]:
    """Other sentences, not copies, that give the same value for the same thing."""
    if best.lead is None:
        return []
    return [
        item
        for item in scored[:8]
        if item is not best
        and item.lead is not None
        and not _alike(item, best)
        and value_of(item) == value_of(best)
        and item.features.coverage >= AGREED
    ]


def _say_sentence(draft: AnswerDraft, inquiry: Inquiry, item: Scored) -> None:
    candidate = item.candidate
    draft.say(sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms), inquiry.cite(candidate))


def _say_next(draft: AnswerDraft, inquiry: Inquiry, item: Scored) -> None:
    """The sentence after, which often gives the reason that the sentence itself does not."""
    candidate = item.candidate
    later = next(
        (
            other
            for other in inquiry.candidates
            if other.document.id == candidate.document.id and 0 <= other.span.start - candidate.span.end <= 3
        ),
        None,
    )
    if later is not None and draft.words + len(words_of(later.text)) <= MOST_WORDS + 15:
        draft.say(sentence_pieces(later.document, later.span, later.statement, inquiry.terms), inquiry.cite(later))


def _further(best: Scored, scored: Sequence[Scored], draft: AnswerDraft, inquiry: Inquiry) -> list[Scored]:
    """The next sentences nearly as good that say something else, as far as the length allows."""
    room = MOST_WORDS - draft.words
    asked = ALSO_ASKED_TYPED if inquiry.question.kind in _TYPED else ALSO_ASKED
    chosen: list[Scored] = []
    for item in scored[:6]:
        if item is best or is_heading(item.candidate) or (inquiry.question.kind in _TYPED and item.lead is None):
            continue
        size = len(words_of(item.candidate.text))
        repeats = any(_alike(item, known) for known in [best, *chosen])
        if (
            len(chosen) < MOST_FURTHER
            and item.score >= ALSO_GOOD * best.score
            and item.features.coverage >= asked * best.features.coverage
            and size <= room
            and not repeats
            and confidence(inquiry, item) >= threshold(inquiry.question.kind)
        ):
            chosen.append(item)
            room -= size
    return chosen


def _alike(left: Scored, right: Scored) -> bool:
    """Whether two sentences are copies of one wire text, or belong to the same statement."""
    first, second = left.candidate, right.candidate
    if first.document.id == second.document.id and first.statement is not None and first.statement is second.statement:
        return True
    shared = len(first.stems & second.stems)
    return shared >= 0.8 * max(1, min(len(first.stems), len(second.stems)))


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
    if candidate.statement is not None and candidate.statement.speaker_kind == "anonymous":
        notices.append(f"This rests on {display_name(candidate.statement)}.")
    absent = missing(inquiry.terms, candidate.stems | candidate.around | candidate.before | candidate.after)
    unknown = [item.term.surface for item in absent if item.frequency == 0 and item.term.weight >= 1]
    if unknown:
        notices.append(f"Not in the documents: {', '.join(f'“{word}”' for word in unknown)}. {searched_notice(inquiry)}")
    return tuple(notices)


def _is_relative(text: str, span: Span) -> bool:
    return not re.search(r"\d{4}", text[span.start : span.end])
