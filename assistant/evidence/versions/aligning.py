"""Which paragraphs of two versions belong together: the same ones first, then those that are like each other, in order.

Similarity is the share of words that two paragraphs have in common in the same order (rapidfuzz), from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np

from parley.assistant.evidence.versions.units import Unit
from parley.index.types import FloatMatrix

ALIKE = 0.5
"""From this similarity on, two paragraphs are taken for one that was changed. Sentences of treaties that have nothing to do with
each other reach 0.45 by their small words. Set by reading the pairs that the tests write out."""

ALIKE_IN_PLACE = 0.3
"""The same where both stand in a provision of the same number, and neither has its like at another place."""

MOVED = 0.7
"""From this similarity on, a paragraph at another place is taken for one that was moved."""

_FEWEST_WORDS = 4
"""Words of a paragraph below which standing elsewhere means nothing: "Done at Oslo" is no moved paragraph."""

_IN_PLACE = 0.2
"""What it adds to a pair that both stand in a provision of the same number."""

_BETTER = 0.04
"""How much likeness two paragraphs joined must gain over one of them to be taken for a paragraph that was divided."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Half-open ranges of paragraphs that belong together, of the old and the new version; one of them may be empty."""

    old: range
    new: range
    is_moved: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """All paragraphs of both in pairs, in the order of the new version; what was deleted stands where it was."""
    aligner = _Aligner(old, new)
    return _ordered(aligner.pairs())


class _Aligner:
    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self._old, self._new = old, new
        letters: dict[str, str] = {}
        self._old_strings = [_spelt(unit, letters) for unit in old]
        self._new_strings = [_spelt(unit, letters) for unit in new]

    def pairs(self) -> list[Pair]:
        matched = [(one, other) for gap in self._gaps() for one, other in gap]
        pairs = [Pair(range(one, one + 1), range(other, other + 1)) for one, other in matched]
        free_old = sorted(set(range(len(self._old))) - {one for one, _ in matched})
        free_new = sorted(set(range(len(self._new))) - {other for _, other in matched})
        moved = self._moved(free_old, free_new)
        pairs += moved
        free_old = [place for place in free_old if all(place not in pair.old for pair in moved)]
        free_new = [place for place in free_new if all(place not in pair.new for pair in moved)]
        pairs, free_old, free_new = self._joined(pairs, free_old, free_new)
        cut_anew = self._cut_anew(pairs, _runs(free_old), _runs(free_new))
        pairs += cut_anew
        free_old = [place for place in free_old if all(place not in pair.old for pair in cut_anew)]
        free_new = [place for place in free_new if all(place not in pair.new for pair in cut_anew)]
        nothing = range(0)
        pairs += [Pair(range(place, place + 1), nothing) for place in free_old]
        return pairs + [Pair(nothing, range(place, place + 1)) for place in free_new]

    def _gaps(self) -> Iterator[list[tuple[int, int]]]:
        """The equal paragraphs of each stretch that both have, and between them those that are like each other."""
        matcher = SequenceMatcher(None, self._old_strings, self._new_strings, autojunk=False)
        one, other = 0, 0
        for block in matcher.get_matching_blocks():
            if block.size and not self._tells(block.a, block.b, block.size):
                continue
            yield self._alike(range(one, block.a), range(other, block.b))
            yield [(block.a + step, block.b + step) for step in range(block.size)]
            one, other = block.a + block.size, block.b + block.size

    def _tells(self, one: int, other: int, size: int) -> bool:
        """Whether equal paragraphs are more than a word or two that may stand anywhere."""
        words = sum(len(text) for text in self._old_strings[one : one + size])
        return words >= _FEWEST_WORDS or self._old[one].provision == self._new[other].provision != ""

    def _alike(self, old: range, new: range) -> list[tuple[int, int]]:
        """The pairs of a stretch, in order in both, that are together most like each other."""
        if not old or not new:
            return []
        scores = self._scores(old, new)
        best = np.zeros((len(old) + 1, len(new) + 1), dtype=np.float32)
        for row, likeness in enumerate(scores, start=1):
            reached = np.maximum(best[row - 1, 1:], np.where(likeness > 0, best[row - 1, :-1] + likeness, 0))
            best[row, 1:] = np.maximum.accumulate(reached)
        found, row, column = [], len(old), len(new)
        while row and column:
            if best[row, column] == best[row, column - 1]:
                column -= 1
            elif best[row, column] == best[row - 1, column]:
                row -= 1
            else:
                row, column = row - 1, column - 1
                found.append((old[row], new[column]))
        return found[::-1]

    def _scores(self, old: range, new: range) -> FloatMatrix:
        """Likeness of each pair, 0 where it is too small to mean anything."""
        likeness = self._similarity([self._old_strings[place] for place in old], [self._new_strings[place] for place in new])
        in_place = np.array(
            [[self._old[one].provision == self._new[other].provision != "" for other in new] for one in old], dtype=bool
        )
        elsewhere = (likeness.max(axis=1, keepdims=True) >= MOVED) | (likeness.max(axis=0, keepdims=True) >= MOVED)
        enough = np.where(in_place & ~elsewhere, ALIKE_IN_PLACE, ALIKE)
        return np.where(likeness >= enough, likeness + _IN_PLACE * in_place, 0).astype(np.float32)

    @staticmethod
    def _similarity(old: Sequence[str], new: Sequence[str]) -> FloatMatrix:
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import cdist

        return cdist(old, new, scorer=Indel.normalized_similarity, dtype=np.float32)

    def _moved(self, old: Sequence[int], new: Sequence[int]) -> list[Pair]:
        """Paragraphs that stand elsewhere in the new version, the likest first, and the headings above them."""
        long_old = [place for place in old if len(self._old_strings[place]) >= _FEWEST_WORDS]
        long_new = [place for place in new if len(self._new_strings[place]) >= _FEWEST_WORDS]
        if not long_old or not long_new:
            return []
        likeness = self._similarity(
            [self._old_strings[place] for place in long_old], [self._new_strings[place] for place in long_new]
        )
        moved: list[tuple[int, int]] = []
        while likeness.max() >= MOVED:
            row, column = np.unravel_index(int(likeness.argmax()), likeness.shape)
            moved.append((long_old[row], long_new[column]))
            likeness[row, :] = 0
            likeness[:, column] = 0
        free_old, free_new = set(old) - {one for one, _ in moved}, set(new) - {other for _, other in moved}
        above = [(one - 1, other - 1) for one, other in moved if one - 1 in free_old and other - 1 in free_new]
        moved += [(one, other) for one, other in above if self._old_strings[one] == self._new_strings[other]]
        return [Pair(range(one, one + 1), range(other, other + 1), is_moved=True) for one, other in moved]

    def _joined(self, pairs: list[Pair], old: list[int], new: list[int]) -> tuple[list[Pair], list[int], list[int]]:
        """Paragraphs that were divided or put together: a neighbour that is left over goes into the pair it makes likelier."""
        by_old = {pair.old.start: number for number, pair in enumerate(pairs)}
        by_new = {pair.new.start: number for number, pair in enumerate(pairs)}
        for free, known, is_old in ((new, by_new, False), (old, by_old, True)):
            for place in list(free):
                for beside in (place - 1, place + 1):
                    number = known.get(beside)
                    wider = self._wider(pairs[number], place, is_old=is_old) if number is not None else None
                    if number is not None and wider is not None:
                        pairs[number] = wider
                        free.remove(place)
                        known[place] = number
                        break
        return pairs, old, new

    def _cut_anew(self, pairs: Sequence[Pair], old: Sequence[range], new: Sequence[range]) -> list[Pair]:
        """Runs of paragraphs, at the same place in both, that have the same words and were only divided otherwise."""
        before = {(pair.old.stop, pair.new.stop) for pair in pairs if pair.old and pair.new} | {(0, 0)}
        behind = {(pair.old.start, pair.new.start) for pair in pairs if pair.old and pair.new} | {
            (len(self._old), len(self._new))
        }
        found: list[Pair] = []
        for one in old:
            for other in new:
                pair = Pair(one, other)
                at_same_place = (one.start, other.start) in before or (one.stop, other.stop) in behind
                if at_same_place and len(one) != len(other) and self._likeness(pair) >= MOVED and _are_free(pair, found):
                    found.append(pair)
        return found

    def _wider(self, pair: Pair, place: int, *, is_old: bool) -> Pair | None:
        """The pair with one paragraph more, if that makes both sides more alike; `None` if not."""
        side = pair.old if is_old else pair.new
        if place not in (side.start - 1, side.stop):
            return None
        joined = range(min(side.start, place), max(side.stop, place + 1))
        wider = replace(pair, old=joined) if is_old else replace(pair, new=joined)
        return wider if self._likeness(wider) >= self._likeness(pair) + _BETTER else None

    def _likeness(self, pair: Pair) -> float:
        old = "".join(self._old_strings[place] for place in pair.old)
        new = "".join(self._new_strings[place] for place in pair.new)
        return float(self._similarity([old], [new])[0, 0])


def _runs(places: Sequence[int]) -> list[range]:
    """The places as runs of numbers that follow one another."""
    runs: list[range] = []
    for place in places:
        if runs and place == runs[-1].stop:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return runs


def _are_free(pair: Pair, taken: Sequence[Pair]) -> bool:
    return all(pair.old.start not in other.old and pair.new.start not in other.new for other in taken)


def _spelt(unit: Unit, letters: dict[str, str]) -> str:
    """The paragraph as a string with one character for each word, the same for the same word."""
    return "".join(letters.setdefault(form, chr(_FIRST_LETTER + len(letters))) for form in unit.body or ("",))


_FIRST_LETTER = 0x10000
"""Beyond the surrogates, so that every number is a character."""


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    """In the order of the new version; a deleted paragraph behind the one that it followed in the old version."""
    after: dict[int, float] = {}
    for pair in pairs:
        if pair.old and pair.new and not pair.is_moved:
            after[pair.old.stop - 1] = pair.new.stop - 1
    order: list[tuple[float, int, Pair]] = []
    for pair in pairs:
        if pair.new:
            order.append((pair.new.start, 0, pair))
        else:
            before = [place for place in after if place < pair.old.start]
            order.append((after[max(before)] + 0.5 if before else -0.5, pair.old.start + 1, pair))
    return [pair for _, _, pair in sorted(order, key=lambda item: item[:2])]
