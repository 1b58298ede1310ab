"""What a scorer says about one question, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One judgement of one question.

    Attributes:
        value: the figure; `None` exactly where `unscored` holds, so that "not judged" never becomes 0.
        explanation: one line for a person who asks why.
        unscored: the question gives nothing to judge this by; it is counted, and left out of means.
    """

    value: float | None
    explanation: str
    unscored: bool = False

    def __post_init__(self) -> None:
        """Hold `value` and `unscored` together."""
        assert (self.value is None) == self.unscored, f"value {self.value} with unscored={self.unscored}"

    @classmethod
    def of(cls, value: float | bool, explanation: str) -> Score:
        """A score; a truth value counts as 1 or 0."""
        return cls(float(value), explanation)

    @classmethod
    def none(cls, reason: str) -> Score:
        """A question that this scorer cannot judge."""
        return cls(None, reason, unscored=True)
