"""What a conversation adds to its next question: nothing where the talk turns to another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.assistant.answer import Answer, Citation
from parley.assistant.dialogue.carried import NOTHING, Carried
from parley.assistant.dialogue.conversation import Conversation, Turn
from parley.assistant.dialogue.follow_up import continued, of_another_thing
from parley.assistant.dialogue.meant_person import is_one_person, person_after, somebody_after
from parley.assistant.dialogue.moves import read_message
from parley.assistant.dialogue.told_before import asked_and_told, words_told
from parley.assistant.dialogue.topic_shift import goes_on
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import QuestionAnalysis, analyse_question
from parley.assistant.question.open_question import (
    are_several_meant,
    cannot_stand,
    is_one_meant,
    is_sparse,
    lacks_only_person,
    leaves_out,
    own_words,
    refers_to_person,
)
from parley.assistant.question.overview_form import overview_question
from parley.index.language.words import stems_of, words_of

EARLIER = 2
"""Questions before a question that are read and searched with it, as in the conversations that the reader was trained on."""

SURELY = 0.7
"""Probability from which a short question that leaves nothing out visibly takes words along: "Who gave the order?"."""

MOST_TURNS = 6
"""Turns that are looked at; what was asked before them is forgotten."""

_MOST_SHOWN = 6
"""Words of the matter that are shown."""

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class _Understood:
    """A turn's question, complete, and who was last asked about or heard."""

    matter: QuestionAnalysis
    person: str | None
    somebody: str | None = None

    def meant_in(self, question: str) -> str | None:
        """Whom a pronoun of a question stands for: "he" for one human being, "they" for no single one."""
        if self.person is None:
            return None
        if is_one_person(self.person):
            return None if are_several_meant(question) else self.person
        return self.somebody or self.person if is_one_meant(question) else self.person


def understand(question: str, conversation: Conversation, evidence: Evidence) -> Carried:
    """What the turns before add to `question`.

    Args:
        question: as typed, without polite words around it.
        conversation: the turns before.
        evidence: the documents.
    """
    turns = _until_asked(question, conversation.without_remarks().turns)[-MOST_TURNS:]
    if not turns:
        return NOTHING
    before, turns = _before(turns, evidence)
    held = _held(turns, evidence)
    probability = goes_on(question, held, evidence)
    if probability < 0.5 and not cannot_stand(question):
        return NOTHING
    earlier = tuple(asked_and_told(turn) for turn in turns[-EARLIER:])
    asked = tuple(turn.question for turn in turns[-EARLIER:])
    told = words_told(turns[-1].answer)
    lacking = _lacks_words(question, probability)
    person = before.meant_in(question)
    if person is not None and lacks_only_person(question):
        before, earlier, asked, told = _Understood(_nothing_of(before.matter), person), (), (), ""
        own = f"{person}: {question}"
    elif lacking and (other := of_another_thing(question, before.matter)) is not None:
        before, earlier, asked, told, own = replace(before, person=person), (), (), "", other
    else:
        before, own = replace(before, person=person), question
    return Carried(
        earlier=earlier,
        held=held,
        query=" ".join((*asked, own)),
        beside=told,
        matter=before.matter if lacking else None,
        person=before.person,
        shown=_shown(question, before, _title(held, evidence)) if lacking else (),
    )


def _until_asked(question: str, turns: Sequence[Turn]) -> Sequence[Turn]:
    """The turns before the same question was first asked: asked again, it has the same answer, unless it leaves something out."""
    if cannot_stand(question) or leaves_out(question) or refers_to_person(question):
        return turns
    asked = [_plain(turn.question) for turn in turns]
    return turns[: asked.index(_plain(question))] if _plain(question) in asked else turns


def _plain(question: str) -> str:
    """A question for comparing: its words in order, without case and punctuation."""
    return " ".join(word.folded for word in words_of(question))


def _before(turns: Sequence[Turn], evidence: Evidence) -> tuple[_Understood, Sequence[Turn]]:
    """The last turn's question with what it took from those before it, and the turns of its matter: none from before a change.

    A question with a matter of its own that was refused is a change too: what was cited before it is no answer to what follows.
    """
    matter = _matter_of(_asked(turns[0]))
    known = _Understood(matter, person_after(turns[0], matter), somebody_after(turns[0], matter))
    first = 0
    for number, turn in enumerate(turns[1:], start=1):
        asked = _asked(turn)
        probability = goes_on(asked, _held(turns[first:number], evidence), evidence)
        stays = probability >= 0.5 or cannot_stand(asked)
        refused = turn.answer is not None and not turn.answer.citations
        if stays and _lacks_words(asked, probability):
            matter = continued(asked, known.matter, known.meant_in(asked))
        else:
            matter, known = _matter_of(asked), _Understood(known.matter, None)
            first = number if refused or not stays else first
        known = _Understood(matter, person_after(turn, matter) or known.person, somebody_after(turn, matter) or known.somebody)
    return known, turns[first:]


def _asked(turn: Turn) -> str:
    """The question of a turn without polite words around it: "Thanks. When will it open?"."""
    return read_message(turn.question).rest or turn.question


def _matter_of(asked: str) -> QuestionAnalysis:
    """What a question is about; the words by which it asks for an overview are about nothing: "Summarise the port talks"."""
    matter = analyse_question(own_words(asked))
    return _nothing_of(matter) if overview_question(asked) is not None and matter.speaker is None else matter


def _nothing_of(matter: QuestionAnalysis) -> QuestionAnalysis:
    """A matter from which nothing is taken over."""
    return replace(matter, terms=(), names=(), speaker=None, provision=None)


def _lacks_words(question: str, probability: float) -> bool:
    """Whether a question that goes on takes words along: it visibly leaves something out, or is short and surely goes on."""
    return leaves_out(question) or cannot_stand(question) or (is_sparse(question) and probability >= SURELY)


def _held(turns: Sequence[Turn], evidence: Evidence) -> tuple[str, ...]:
    """The documents of the last answer that cites any; failing that, of what came closest to the last question."""
    cited = next((found for turn in reversed(turns) if (found := _cited(turn.answer))), ())
    answer = turns[-1].answer
    near = cited or (answer.nearest if answer is not None else ())
    if near:
        return tuple(dict.fromkeys(item.document.id for item in near))
    hits = answer.hits if answer is not None and answer.hits else evidence.search(turns[-1].question, k=1)
    return tuple(hit.passage.document_id for hit in hits[:1])


def _title(held: Sequence[str], evidence: Evidence) -> str:
    """The title of the first document at hand, which may have been removed since."""
    return next((entry.title for entry in evidence.entries() if entry.id == held[0]), "") if held else ""


def _cited(answer: Answer | None) -> tuple[Citation, ...]:
    return answer.citations if answer is not None else ()


def _shown(question: str, before: _Understood, title: str) -> tuple[str, ...]:
    """What was understood, in words for people."""
    asked = continued(question, before.matter, before.person)
    own = stems_of(question)
    meant = asked.speaker or (before.person if refers_to_person(question) else None)
    shown = meant if meant and not stems_of(meant) & own else None
    known = own | stems_of(shown or "")
    about = [term.surface for term in asked.terms if term.stem not in known][:_MOST_SHOWN]
    person = f"who: {shown}" if shown else ""
    short = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    parts = [person, f"about: {', '.join(about)}" if about else "", f"document: “{short}”" if short else ""]
    return tuple(part for part in parts if part)


def shown_with(question: str, carried: Carried) -> str:
    """The question as understood, for people: its own words, and in brackets what the conversation adds."""
    return f"{own_words(question)} ({'; '.join(carried.shown)})" if carried.shown else question


def stands_alone(question: str) -> bool:
    """Whether a question can be meant as one of its own: it leaves nothing out and has enough words to search for."""
    return not leaves_out(question) and not is_sparse(question)
