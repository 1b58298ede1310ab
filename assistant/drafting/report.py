"""What became of a language model's draft, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.assistant.drafting.failures import KINDS, Failure

Outcome = Literal["kept", "recited", "rewritten", "replaced", "dropped", "refused"]
"""Shown as written; shown with another source than it gave; shown as rewritten; its source's own words shown instead; not
shown; or the model said that the sources do not answer."""


@dataclass(frozen=True, slots=True)
class DraftedSentence:
    """A sentence as the model wrote it, what became of it, and which checks it failed."""

    text: str
    outcome: Outcome
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftReport:
    """The whole draft.

    Attributes:
        engine: the model's name.
        prompt: name and version of the prompt, "answer 1".
        sentences: in the order in which they were written.
    """

    engine: str
    prompt: str
    sentences: tuple[DraftedSentence, ...]

    @property
    def changed(self) -> str:
        """What was not shown as written and why, in a sentence for people; "" if all of it was."""
        counts = Counter(item.outcome for item in self.sentences)
        told = [f"{counts[outcome]} {words}" for outcome, words in _TOLD.items() if counts[outcome]]
        if not told:
            return ""
        kinds = dict.fromkeys(failure.kind for item in self.sentences if item.outcome in _TOLD for failure in item.failures)
        reasons = "; ".join(KINDS[kind] for kind in kinds)
        total = len(self.sentences)
        return f"Of {total} draft {'sentence' if total == 1 else 'sentences'}, {_joined(told)} ({reasons})."


_TOLD: dict[Outcome, str] = {
    "recited": "was given another source",
    "rewritten": "was rewritten",
    "replaced": "was replaced by the document's own words",
    "dropped": "was left out",
}


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
