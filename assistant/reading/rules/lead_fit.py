"""Whether words are what a question asks for by their part in the sentence: its doer, a description, a place, the whole.

A name beside the deed is not who did it, an adviser's president is not the adviser, and where a delegation comes from is not
where it met. Words that do not fit never stand in front.
"""

from __future__ import annotations

from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.rules.asked_circumstances import is_part
from parley.assistant.reading.rules.clause_phrases import Clause, phrase_before
from parley.assistant.reading.rules.doers import AskedDeed, asked_deed, deeds_in, doer_lead, has_act, has_noun
from parley.assistant.reading.rules.event_places import asks_where_it_was, is_party
from parley.assistant.reading.rules.person_descriptions import described_name, describes, description_of
from parley.assistant.reading.rules.role_holders import has_role, role_holders
from parley.index.language.lexicon import is_role_word
from parley.index.types import Span


def told_by_form(text: str, sentence: Span, question: QuestionAnalysis) -> Span | None:
    """What the sentence's form shows to be asked for: a description of the asked person, or the holder of the asked role."""
    name = described_name(question)
    if name is not None:
        return description_of(text, sentence, name)
    deed = asked_deed(question)
    holders = role_holders(text, sentence, deed) if deed else []
    return holders[0] if holders else None


def fitting(text: str, sentence: Span, lead: Span, question: QuestionAnalysis) -> Span | None:
    """The lead, widened where it names only a part of a phrase, or `None` where it is somebody or something else.

    Args:
        text: the document's.
        sentence: where the lead stands.
        lead: words that a rule or a reader has found.
        question: as analysed.
    """
    name = described_name(question)
    if name is not None:
        return _describing(text, sentence, lead, name)
    deed = asked_deed(question)
    if deed is not None:
        return _doing(text, sentence, lead, deed)
    if asks_where_it_was(question) and is_party(text, sentence, lead):
        return None
    return None if question.kind == "how_many" and is_part(text, sentence, lead, question) else lead


def tells_deed(text: str, sentence: Span, question: QuestionAnalysis) -> bool:
    """Whether a sentence names the asked deed or the role of whoever does it; `True` for questions that ask for no doer."""
    deed = asked_deed(question)
    return deed is None or bool(deeds_in(text, sentence, deed)) or bool(role_holders(text, sentence, deed))


def names_doer(text: str, sentence: Span, question: QuestionAnalysis) -> bool:
    """Whether a sentence that tells the asked deed may tell its doer; `True` for sentences that do not tell it by a verb."""
    deed = asked_deed(question)
    if deed is None or not has_act(text, sentence, deed) or role_holders(text, sentence, deed):
        return True
    return any(item.doers or not item.settled for item in deeds_in(text, sentence, deed))


def withholds_doer(text: str, sentence: Span, question: QuestionAnalysis) -> bool:
    """Whether a sentence tells the asked deed, and only in the passive without a doer: "The ferry was sunk in May."."""
    deed = asked_deed(question)
    if deed is None or role_holders(text, sentence, deed):
        return False
    deeds = deeds_in(text, sentence, deed)
    return bool(deeds) and all(item.withheld for item in deeds)


def _describing(text: str, sentence: Span, lead: Span, name: str) -> Span | None:
    told = description_of(text, sentence, name)
    if told is not None:
        return lead if _touch(lead, told) and describes(text, lead) else told
    return lead if describes(text, lead) else None


def _doing(text: str, sentence: Span, lead: Span, deed: AskedDeed) -> Span | None:
    holders, deeds = role_holders(text, sentence, deed), deeds_in(text, sentence, deed)
    if any(_touch(lead, holder) for holder in holders):
        return lead
    if deeds:
        is_open = not any(item.settled for item in deeds)
        return None if is_open and _is_governed(text, sentence, lead) else doer_lead(lead, deeds)
    if holders or any(told(text, sentence, deed) for told in (has_act, has_noun, has_role)):
        return None
    return _with_holder(text, sentence, lead)


def _is_governed(text: str, sentence: Span, lead: Span) -> bool:
    """Whether a preposition stands before the lead, which then is no subject: "keeps contact with Falk to host the talks"."""
    clause = Clause.of(text, sentence)
    number = next((at for at, word in enumerate(clause.words) if word.end > lead.start), 0) - 1
    while number > 0 and (clause.kind(number) in {"determiner", "possessive"} or clause.words[number].folded == "both"):
        number -= 1
    return clause.kind(number) == "preposition" and clause.words[number].folded != "by"


def _with_holder(text: str, sentence: Span, lead: Span) -> Span:
    """A name that only tells whose aide somebody is, together with the aide: "an aide to Falk"."""
    clause = Clause.of(text, sentence)
    last = next((at for at in reversed(range(len(clause.words))) if clause.words[at].end <= lead.end), -1)
    phrase = phrase_before(clause, last)
    if phrase is None or clause.words[phrase.head].end > lead.start or not is_role_word(clause.words[phrase.head].folded):
        return lead
    return Span(min(lead.start, clause.words[phrase.first].start), lead.end)


def _touch(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end
