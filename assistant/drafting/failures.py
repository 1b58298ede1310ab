"""Why a sentence of a draft is not shown as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
