"""What a streamed answer is made of: the question as understood, each sentence, and the whole answer at the end."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.drafting.stepping import Drafting


@dataclass(frozen=True, slots=True)
class Searching:
    """The question was understood and is being looked up."""

    standalone_question: str


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One more sentence of the answer, with the citations whose markers first appear in it."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; always the last event."""

    answer: Answer


StreamEvent = Searching | Drafting | SentenceReady | Finished
