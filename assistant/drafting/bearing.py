"""Whether a draft sentence that its source bears out has to do with the question; true things beside it are no answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parley.assistant.answer import Failure
from parley.assistant.drafting.checking import SentenceCheck
from parley.assistant.evidence.candidates import asks
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import content_stems

SYNONYM = 0.5


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a sentence must have to bear on the question: a word of it, or a document that the extractive answer rests on.

    Two synonyms count as a word; one may be a coincidence. A document's title does not count: whoever writes a document can put
    any words there.
    """

    asked: frozenset[str]
    documents: frozenset[str]

    @classmethod
    def on(cls, question: str, documents: Iterable[str]) -> Bearing:
        """On this question; `documents` are the ids of those that the extractive answer cites."""
        return cls(content_stems(question), frozenset(documents))

    def objection(self, check: SentenceCheck) -> Failure | None:
        """Why a sentence that passed its checks is no part of an answer; `None` if it may be."""
        if asks(check.text):
            return Failure("beside", "it asks instead of telling")
        if not self.asked or check.source.document.id in self.documents:
            return None
        held = content_stems(check.text).union(*(unit.stems for unit in check.ground))
        alike = sum(1.0 if stem in held else SYNONYM if synonyms_of(stem) & held else 0.0 for stem in self.asked)
        return None if alike >= 1 else Failure("beside", "it shares no word with the question")
