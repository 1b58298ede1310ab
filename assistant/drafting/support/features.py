"""What is compared between a claim and the text said to support it; each feature is a number with a plain meaning."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from parley.index.language.firmness import negations_in
from parley.index.language.sentences import sentence_spans
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import NUMBER_WORDS, is_content, stem, words_of

MOST_SENTENCES = 3
"""Sentences of the text that may support a claim together."""

FEATURES = (
    "words in the text",
    "words in the best sentences",
    "words in the best sentence",
    "pairs of words in the text",
    "pairs of words in the best sentences",
    "rare words in the best sentences",
    "names in the text",
    "names in the best sentences",
    "numbers in the text",
    "numbers in the best sentences",
    "words missing",
    "longest run of missing words",
    "words of the claim",
    "words of the text",
    "negation differs",
)
"""Names of the features, in order; shares lie in 0 to 1, counts are logarithms."""

SYNONYM = 0.5
"""Credit for a synonym in place of a word of the claim."""

_MARKERS = re.compile(r"\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")


def compare(claim: str, text: str) -> tuple[float, ...]:
    """The features of a claim and a text, in the order of `FEATURES`; markers in the claim ("[3]") are not its words."""
    claim = _MARKERS.sub("", claim)
    wanted = _content(claim)
    sentences = [text[span.start : span.end] for span in sentence_spans(text)] or [text]
    best = _best_sentences(frozenset(wanted), sentences)
    whole, near, first = _stems(text), frozenset().union(*map(_stems, best)), _stems(best[0]) if best else frozenset()
    pairs, near_text = list(pairwise(wanted)), " ".join(best)
    names, numbers = _names(claim), _numbers(claim)
    return (
        _share(wanted, whole),
        _share(wanted, near),
        _share(wanted, first),
        _pair_share(pairs, _pairs(text)),
        _pair_share(pairs, _pairs(near_text)),
        _rare_share(wanted, near, sentences),
        _share(names, whole) if names else 1.0,
        _share(names, near) if names else 1.0,
        _share(numbers, _numbers_in(text)) if numbers else 1.0,
        _share(numbers, _numbers_in(near_text)) if numbers else 1.0,
        math.log1p(sum(word not in near for word in wanted)),
        math.log1p(_longest_run(wanted, near)),
        math.log1p(len(wanted)),
        math.log1p(len(words_of(text))),
        float(bool(negations_in(claim, 0, len(claim))) != bool(negations_in(near_text, 0, len(near_text)))),
    )


def _content(text: str) -> list[str]:
    return [word.stem for word in words_of(text) if is_content(word.folded)]


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_content(text))


def _best_sentences(wanted: frozenset[str], sentences: Sequence[str]) -> list[str]:
    """Up to `MOST_SENTENCES` sentences, each the one that adds most of the words still wanted; fewer where none adds any."""
    chosen: list[str] = []
    left = set(wanted)
    while len(chosen) < MOST_SENTENCES:
        best = max(sentences, key=lambda sentence: len(left & _stems(sentence)) - 0.001 * len(_stems(sentence)))
        gained = left & _stems(best)
        if not gained and chosen:
            break
        chosen.append(best)
        left -= gained
    return chosen


def _share(wanted: Sequence[str], held: frozenset[str]) -> float:
    if not wanted:
        return 0.0
    return sum(1.0 if word in held else SYNONYM if synonyms_of(word) & held else 0.0 for word in wanted) / len(wanted)


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_content(text)))


def _pair_share(pairs: Sequence[tuple[str, str]], held: frozenset[tuple[str, str]]) -> float:
    return sum(pair in held for pair in pairs) / len(pairs) if pairs else 0.0


def _rare_share(wanted: Sequence[str], held: frozenset[str], sentences: Sequence[str]) -> float:
    """Share of the claim's words in `held`, each weighted by log(1 + S / (s + 1/2)): S sentences of which s have it."""
    weights = [math.log(1 + len(sentences) / (0.5 + sum(word in _stems(sentence) for sentence in sentences))) for word in wanted]
    whole = sum(weights)
    return sum(weight for word, weight in zip(wanted, weights, strict=True) if word in held) / whole if whole else 0.0


def _names(text: str) -> list[str]:
    words = words_of(text)
    return [word.stem for word in words[1:] if word.surface[:1].isupper() and is_content(word.folded)]


def _numbers(text: str) -> list[str]:
    return [stem(word.folded) for word in words_of(text) if word.folded[:1].isdigit() or word.folded in NUMBER_WORDS]


def _numbers_in(text: str) -> frozenset[str]:
    return frozenset(_numbers(text)) | frozenset(re.findall(r"\d+", text))


def _longest_run(wanted: Sequence[str], held: frozenset[str]) -> int:
    longest = run = 0
    for word in wanted:
        run = 0 if word in held else run + 1
        longest = max(longest, run)
    return longest
