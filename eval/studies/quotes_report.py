"""How right the verdicts of the quote check are: by kind of alteration, and precision and recall of every verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from rich.table import Table

from parley.assistant.evidence.quote_check import Verdict
from parley.eval.studies.quotes import QuoteCase

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_HELD: frozenset[Verdict] = frozenset({"exact", "same_words"})
_ALTERED: frozenset[Verdict] = frozenset({"altered", "not_found"})


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case with the verdict it was given."""

    case: QuoteCase
    given: Verdict

    @property
    def is_false_approval(self) -> bool:
        """Whether changed words were called those of a document; this must never be."""
        return self.case.expected in _ALTERED and self.given in _HELD


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """The judged cases and their figures."""

    judged: tuple[JudgedCase, ...]

    @property
    def false_approvals(self) -> tuple[JudgedCase, ...]:
        """Altered or invented quotations that were called exact or the same words."""
        return tuple(one for one in self.judged if one.is_false_approval)

    def precision(self, verdict: Verdict) -> float | None:
        """Of the cases given this verdict, the share that it is right for; `None` where none was given it."""
        given = [one for one in self.judged if one.given == verdict]
        return sum(one.case.expected == verdict for one in given) / len(given) if given else None

    def recall(self, verdict: Verdict) -> float | None:
        """Of the cases that this verdict is right for, the share given it; `None` where there are none."""
        wanted = [one for one in self.judged if one.case.expected == verdict]
        return sum(one.given == verdict for one in wanted) / len(wanted) if wanted else None

    def by_kind(self) -> dict[str, Counter[str]]:
        """For each kind of alteration, how often each verdict was given."""
        counted: dict[str, Counter[str]] = {}
        for one in self.judged:
            counted.setdefault(one.case.kind, Counter())[one.given] += 1
        return counted

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values, with every wrong case."""
        wrong = [one for one in self.judged if one.given != one.case.expected]
        return {
            "cases": len(self.judged),
            "altered_called_exact_or_same_words": len(self.false_approvals),
            "verdicts": {name: {"precision": self.precision(name), "recall": self.recall(name)} for name in VERDICTS},
            "kinds": {kind: dict(counts) for kind, counts in self.by_kind().items()},
            "wrong": [
                {"kind": one.case.kind, "quote": one.case.quote, "speaker": one.case.speaker, "expected": one.case.expected,
                 "given": one.given, "document": one.case.document_id}
                for one in wrong
            ],
        }  # fmt: skip

    def tables(self) -> tuple[Table, Table]:
        """Verdicts given by kind, and precision and recall by verdict."""
        kinds = Table("kind", "n", *VERDICTS, title="Verdicts given")
        for kind, counts in self.by_kind().items():
            kinds.add_row(kind, str(counts.total()), *(str(counts[name] or "") for name in VERDICTS))
        verdicts = Table("verdict", "precision", "recall", title="Verdicts right")
        for name in VERDICTS:
            figures = (self.precision(name), self.recall(name))
            verdicts.add_row(name, *("–" if one is None else f"{one:.3f}" for one in figures))
        return kinds, verdicts


def judge(cases: Sequence[QuoteCase], check: Callable[[str, str], Verdict]) -> QuoteReport:
    """Check every case; `check` gives the verdict on a quotation put to a speaker."""
    return QuoteReport(tuple(JudgedCase(case, check(case.quote, case.speaker)) for case in cases))
