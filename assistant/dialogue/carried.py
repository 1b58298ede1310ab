"""What the turns before add to a question: a value, passed down beside the question and shown to whoever asked."""

from __future__ import annotations

from dataclasses import dataclass

from parley.assistant.question.analysis import QuestionAnalysis


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier turns add to a question; empty for a question that stands by itself.

    This is the whole interface between the conversation and whatever answers: the question as typed is read with `earlier` before
    it, the search is widened by `query`, sentences of `held` documents go before equally good ones, and `matter` fills what the
    question leaves out.

    Attributes:
        earlier: the last two questions as typed, oldest first, each with the words that answered it; where the question turns to
            another matter, none.
        held: ids of the documents that the last answer cites, in the order of its citations.
        query: a second query, whose passages join those that the question itself finds; "" for none.
        beside: words that the last answer gave, searched for with the question in the documents at hand.
        matter: the question before with what it took from its own predecessors; only where this question leaves something out.
        person: who was last asked about or heard, for "he", "she" and "they"; `None` where nobody was.
        shown: what was understood, for people: ("about: compliance, Bonn", "document: “Bonn, 14 June 2001”").
    """

    earlier: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    query: str = ""
    beside: str = ""
    matter: QuestionAnalysis | None = None
    person: str | None = None
    shown: tuple[str, ...] = ()


NOTHING = Carried()
"""For a question that stands by itself."""
