"""How near the standalone questions come to those that people wrote: BLEU, F1 and the words that had to be added.

The definitions are those of public scorers on lower-cased words (runs of ASCII letters and digits, a clitic after an apostrophe):
corpus BLEU-4 with one reference and the brevity penalty (Papineni et al. 2002), counts summed over the set.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.followup import rewrite
from parley.eval.reports.statistics import LEVEL, RESAMPLES, SEED, Estimate, estimate
from parley.eval.sets.rewrite_set import RewriteItem
from parley.index.language.words import word_set

ORDERS = 4
"""Longest run of words that BLEU counts."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?")
_LIGHT = word_set(
    """
    a an the of to in on for and or is are was were be been being by with at as that this it its from he she they his her
    their i we you not no will would has have had who what said say says about did does do
    """
)
"""Words that do not count as having to be added."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One question, as we complete it."""

    item: RewriteItem
    standalone: str


@dataclass(frozen=True, slots=True)
class RewriteReport:
    """The figures of a set.

    Attributes:
        bleu, bleu_typed: corpus BLEU-4 (0 to 100) of the completed questions, and of those as typed.
        changed: share of questions that were changed.
        exact, unigram_f1, added_recall: means over questions; the last of the words that the gold adds, light words left out.
    """

    bleu: Estimate
    bleu_typed: Estimate
    changed: Estimate
    exact: Estimate
    unigram_f1: Estimate
    added_recall: Estimate

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {
            name: {key: getattr(value, key) for key in ("value", "low", "high", "n")}
            for name in ("bleu", "bleu_typed", "changed", "exact", "unigram_f1", "added_recall")
            for value in [getattr(self, name)]
        }


def complete(items: Sequence[RewriteItem], *, done: Callable[[int], None] | None = None) -> list[Rewritten]:
    """Every question as the assistant understands it in its conversation; `done` is told how many are."""
    found: list[Rewritten] = []
    for item in items:
        found.append(Rewritten(item, rewrite(item.question, Conversation.from_messages(item.messages)).standalone))
        if done is not None:
            done(len(found))
    return found


def score_rewrites(rewritten: Sequence[Rewritten]) -> RewriteReport:
    """The figures; intervals resample the questions about one section together."""
    groups = [each.item.group for each in rewritten]
    ours = [(_words(each.standalone), _words(each.item.standalone)) for each in rewritten]
    typed = [(_words(each.item.question), _words(each.item.standalone)) for each in rewritten]
    return RewriteReport(
        bleu=_bleu_estimate(ours, groups),
        bleu_typed=_bleu_estimate(typed, groups),
        changed=estimate([float(each.standalone != each.item.question) for each in rewritten], groups),
        exact=estimate([float(mine == gold) for mine, gold in ours], groups),
        unigram_f1=estimate([_unigram_f1(mine, gold) for mine, gold in ours], groups),
        added_recall=estimate([_added(mine, gold, raw) for (mine, gold), (raw, _) in zip(ours, typed, strict=True)], groups),
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _unigram_f1(mine: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of the words without articles, a clitic being a word of its own ("don't" is "don" and "t")."""
    ours, theirs = (
        Counter(part for word in words for part in re.split("['’]", word) if part not in ("a", "an", "the"))
        for words in (mine, gold)
    )
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def _added(mine: Sequence[str], gold: Sequence[str], typed: Sequence[str]) -> float | None:
    wanted = set(gold) - set(typed) - _LIGHT
    return len(wanted & set(mine)) / len(wanted) if wanted else None


def _counts(pair: tuple[Sequence[str], Sequence[str]]) -> list[int]:
    """Matching and all runs of 1 to 4 words, then the two lengths."""
    mine, gold = pair
    row = []
    for order in range(1, ORDERS + 1):
        ours, theirs = (Counter(zip(*[words[i:] for i in range(order)], strict=False)) for words in (mine, gold))
        row += [sum((ours & theirs).values()), max(0, len(mine) - order + 1)]
    return [*row, len(mine), len(gold)]


def _bleu(total: np.ndarray) -> float:
    matches, runs, mine, gold = total[0:8:2], total[1:8:2], float(total[8]), float(total[9])
    precision = sum(math.log(max(1e-9, float(match) / max(1.0, float(run)))) for match, run in zip(matches, runs, strict=True))
    return 100 * math.exp(precision / ORDERS) * min(1.0, math.exp(1 - gold / max(1.0, mine)))


def _bleu_estimate(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], groups: Sequence[str]) -> Estimate:
    rows = np.array([_counts(pair) for pair in pairs], dtype=np.float64)
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    totals = np.zeros((len(numbers), rows.shape[1]))
    np.add.at(totals, [numbers[group] for group in groups], rows)
    draws = np.random.default_rng(SEED).integers(0, len(totals), size=(RESAMPLES, len(totals)))
    drawn = [_bleu(totals[draw].sum(axis=0)) for draw in draws]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(_bleu(rows.sum(axis=0)), float(low), float(high), len(pairs), 0, "clusters", len(totals))
