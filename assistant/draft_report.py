"""What became of a language model's draft: each sentence, its outcome, and the checks that it failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parley.assistant.particulars import JsonObject

FailureKind = Literal[
    "uncited",
    "unknown_source",
    "quotation",
    "name",
    "number",
    "date",
    "speaker",
    "firmness",
    "instruction",
    "unsupported",
    "beside",
    "unfinished",
    "reference",
]

KINDS: dict[FailureKind, str] = {
    "uncited": "no source given",
    "unknown_source": "a source that does not exist",
    "quotation": "words in quotation marks that the source does not have",
    "name": "a name that the source does not have",
    "number": "a number that the source does not have",
    "date": "a date that the source does not have",
    "speaker": "not said by that speaker, or the speaker left out",
    "firmness": "firmer or weaker than the source has it",
    "instruction": "rests on an order that a document gives to machines",
    "unsupported": "not supported by the source",
    "beside": "not about the question",
    "unfinished": "broken off in mid-sentence",
    "reference": "refers to what is not shown",
}
"""The kinds of failure in words for people."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One check that a sentence did not pass: its kind, and what exactly is wrong."""

    kind: FailureKind
    detail: str


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

    def to_dict(self) -> JsonObject:
        """The draft as plain JSON values: every sentence as written, its outcome, and the checks that it failed."""
        return {
            "engine": self.engine,
            "prompt": self.prompt,
            "sentences": [
                {
                    "text": item.text,
                    "outcome": item.outcome,
                    "failures": [{"kind": failure.kind, "detail": failure.detail} for failure in item.failures],
                }
                for item in self.sentences
            ],
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> DraftReport:
        """The draft again."""
        sentences = tuple(
            DraftedSentence(item["text"], item["outcome"], tuple(Failure(**failure) for failure in item["failures"]))
            for item in fields["sentences"]
        )
        return cls(fields["engine"], fields["prompt"], sentences)


_TOLD: dict[Outcome, str] = {
    "recited": "was given another source",
    "rewritten": "was rewritten",
    "replaced": "was replaced by the document's own words",
    "dropped": "was left out",
}


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
