"""A draft in progress: its sentences are settled while the model writes on, and shown as soon as they may be.

What is shown does not depend on how the reply was split: sentences are settled one after the other, each against those before it,
and once one has to be mended, which may take the model, all further ones wait until the draft is complete.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from parley.assistant.answer import DraftedSentence
from parley.assistant.answers.answering import sentences_ready
from parley.assistant.drafting.drafted_answer import DraftedAnswer
from parley.assistant.drafting.repairing import SentenceSettler, Settled
from parley.assistant.events import SentenceReady

OWN = frozenset({"kept", "recited", "rewritten"})
"""Outcomes of sentences that are the model's own, not the documents' in their place."""


class DraftInProgress:
    """Takes a draft's sentences as they are written and gives those that may be shown.

    `may_stand` says whether an answer made so far may stand; once it does, more sentences do not change that.
    """

    def __init__(self, settler: SentenceSettler, made: DraftedAnswer, may_stand: Callable[[DraftedAnswer], bool]) -> None:
        self._settler = settler
        self._may_stand = may_stand
        self._waiting: deque[str] = deque()
        self._mending = False
        self._shown = 0
        self.made = made
        self.records: list[DraftedSentence] = []

    @property
    def has_own(self) -> bool:
        """Whether the answer has a sentence that the model wrote."""
        return any(record.outcome in OWN for record in self.records)

    @property
    def written(self) -> int:
        """The sentences written so far."""
        return len(self.records) + len(self._waiting)

    def take(self, sentences: list[str]) -> Iterator[SentenceReady]:
        """Take further sentences; gives those that may be shown now."""
        self._waiting += sentences
        while self._waiting and not self._mending:
            settled = self._settler.settle_as_written(self._waiting[0], self.made.text)
            if settled is None:
                self._mending = True
                return
            self._waiting.popleft()
            yield from self._add(settled)

    def complete(self) -> Iterator[list[SentenceReady]]:
        """Settle what is left once all is written; for each sentence what may be shown then."""
        while self._waiting:
            settled = self._settler.settle(self._waiting.popleft(), self.made.text)
            yield list(self._add(settled))

    def _add(self, settled: Settled) -> Iterator[SentenceReady]:
        self.made.add(settled)
        self.records.append(settled.record)
        if self.has_own and self._may_stand(self.made):
            ready = sentences_ready(self.made.sentences, self.made.citations)
            yield from ready[self._shown :]
            self._shown = len(ready)
