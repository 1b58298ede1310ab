"""What a streamed answer is made of: the question as understood, each sentence, and the whole answer at the end.

The sentences since the last `Withdrawn`, or since the start where there is none, are those of the whole answer, in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.assistant.answer import Answer, AnswerSentence, Citation


@dataclass(frozen=True, slots=True)
class Searching:
    """The question was understood and is being looked up."""

    standalone_question: str


@dataclass(frozen=True, slots=True)
class Drafting:
    """A language model is writing: its name, the seconds so far, and the sentences that are complete."""

    engine: str
    seconds: float
    sentences: int


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One more sentence of the answer, checked, with the citations whose markers first appear in it."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The sentences so far are no part of the answer after all: the model broke off, or the documents changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; always the last event."""

    answer: Answer


StreamEvent = Searching | Drafting | SentenceReady | Withdrawn | Finished
