"""Answers to questions of fact: the shortest span that answers, its sentence, who said it, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import question_words as vocabulary
from assistant.answer_types import counts_noun, with_counted_noun
from assistant.composing import MOST_WORDS, AnswerDraft, sentence_pieces, slice_of
from assistant.inquiry import Finding, Inquiry, finished
from assistant.matching import WeightedTerm, match, missing
from assistant.question import QuestionAnalysis, Term
from assistant.refusal import confidence, not_in_documents, premise_not_found, searched_notice, threshold, unmentioned
from assistant.scoring import Scored
from assistant.speakers import display_name
from assistant.words import fold, stem, stems_of, word_set, words_of
from index.types import Span

ALSO_GOOD = 0.8
"""Share of the best score from which a further sentence is shown."""

NEARLY = 0.8
"""Share of the best score from which a candidate with a span of the asked type is preferred to one without."""

DISPUTED = 0.75
"""Least coverage in context, as a share of the best sentence's, of another that may give a differing account; for one that
agrees, its own coverage."""

_OPENING = 1500
"""Characters at a document's beginning that say whom it is about."""

ABOUT_THE_SAME = 0.5
"""Least coverage of each sentence for their numbers to be taken as values of the same thing."""

PLAINLY = 0.9
"""Coverage from which a sentence plainly speaks of the deed asked about."""

SAME_MATTER = 0.6
"""Least coverage of each sentence for opposite polarity to mean that their accounts differ."""

_LIGHT_VERBS = frozenset(
    stem(verb) for verb in word_set("be do have get make give take need want go come see keep put let use used bring hold")
)
"""Stems of verbs that other words may well replace: "needed approval" by "went out to get approval"."""

_LIMITING = word_set(
    """
    not no never none nor without less limited lack lacked lacks unable refused refuses reject rejected rejects denied
    denies deny failed fails fail little few hardly
    """
)


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
    other = _differing(best, scored, inquiry)
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
    """The best candidate, or one nearly as good that holds what the question asks for: a name, a date, a place, a number."""
    if inquiry.question.kind not in _TYPED or scored[0].lead is not None:
        return scored[0]
    return next((item for item in scored[1:6] if item.lead is not None and item.score >= NEARLY * scored[0].score), scored[0])


def _of_asked_speaker(inquiry: Inquiry) -> list[Scored]:
    """With "according to X" only what X is said to have stated; what others say is no answer to that."""
    if inquiry.question.speaker is None:
        return inquiry.scored
    return [item for item in inquiry.scored if item.features.speaker >= 0.5]


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


def _differing(best: Scored, scored: Sequence[Scored], inquiry: Inquiry) -> Scored | None:
    """Another source that gives another value for the same thing, or speaks of it with opposite polarity."""
    for item in scored[:12]:
        if item is best or _same_voice(best, item) or item.features.context < DISPUTED * best.features.context:
            continue
        if inquiry.question.kind == "how_many" and _other_value(best, item, inquiry.question):
            return item
        if inquiry.question.kind == "whether" and _opposed(best, item, inquiry):
            return item
    return None


def _same_voice(left: Scored, right: Scored) -> bool:
    first, second = left.candidate.statement, right.candidate.statement
    if left.candidate.document.id != right.candidate.document.id:
        return False
    return fold((first.speaker if first else None) or "") == fold((second.speaker if second else None) or "")


def _other_value(left: Scored, right: Scored, question: QuestionAnalysis) -> bool:
    if left.lead is None or right.lead is None or min(left.features.coverage, right.features.coverage) < ABOUT_THE_SAME:
        return False
    if question.noun is None:
        return _unit(left) == _unit(right) != "" and _value(left) != _value(right)
    if min(counts_noun(item.candidate.document.text, item.lead, question) for item in (left, right) if item.lead) < 1:
        return False
    return _value(left) != _value(right)


def _unit(item: Scored) -> str:
    """The stem of the word after a number, "hour" of "five hours"; empty if there is none."""
    assert item.lead is not None
    text = item.candidate.document.text
    following = words_of(text, item.lead.end, min(len(text), item.lead.end + 30))
    return following[0].stem if following and following[0].surface.isalpha() else ""


def _value(item: Scored) -> str:
    assert item.lead is not None
    shown = item.candidate.document.text[item.lead.start : item.lead.end]
    return " ".join(word.stem for word in words_of(shown) if word.stem.isdigit() or not word.stem.isalpha()) or fold(shown)


def _opposed(left: Scored, right: Scored, inquiry: Inquiry) -> bool:
    if left.candidate.statement is None or right.candidate.statement is None:
        return False
    if min(left.features.coverage, right.features.coverage) < SAME_MATTER:
        return False
    named = [item.term for item in inquiry.terms if item.term.named]
    shared = not named or all(match(term, _surroundings(left)) and match(term, _surroundings(right)) for term in named)
    return shared and _limits(left) != _limits(right)


def _surroundings(item: Scored) -> frozenset[str]:
    """Stems of the sentence, what stands around it, and the document's opening, which says whom it is about."""
    candidate = item.candidate
    return candidate.stems | candidate.before | candidate.around | stems_of(candidate.document.text[:_OPENING])


def _limits(item: Scored) -> bool:
    """Whether an odd number of words limit or negate; a crude sign of polarity, used only to show both sides."""
    return sum(word.folded in _LIMITING or word.folded.endswith("n't") for word in words_of(item.candidate.text)) % 2 == 1


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
        and _value(item) == _value(best)
        and item.features.coverage >= DISPUTED
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
    chosen: list[Scored] = []
    for item in scored[:6]:
        if item is best or (inquiry.question.kind in _TYPED and item.lead is None):
            continue
        size = len(words_of(item.candidate.text))
        repeats = any(_alike(item, known) for known in [best, *chosen])
        if (
            item.score >= ALSO_GOOD * best.score
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
