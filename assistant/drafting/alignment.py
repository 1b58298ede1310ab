"""Which sentences of a source a draft sentence rests on."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.drafting.sources import Source, Unit
from parley.index.language.vocabulary import synonyms_of

SYNONYM = 0.7
"""Credit for a synonym in place of a word, as in ranking."""

WORTH_ADDING = 0.12
"""What a further sentence of the source must add to the coverage to count as part of the ground."""

MOST_UNITS = 3


def coverage_of(stems: frozenset[str], among: frozenset[str]) -> float:
    """Share of `stems`, 0 to 1, that `among` has, synonyms counting less; 0 for no stems."""
    if not stems:
        return 0.0
    return sum(1.0 if item in among else SYNONYM if synonyms_of(item) & among else 0.0 for item in stems) / len(stems)


def ground_of(stems: frozenset[str], source: Source, start: int | None = None) -> tuple[Unit, ...]:
    """The sentences of the source that match the draft's stems best, in reading order: one, or up to three of one voice.

    Args:
        stems: content stems of the draft sentence.
        source: where to look.
        start: an offset whose sentence is part of the ground, such as a quotation's; `None` if there is none.
    """
    units = [unit for unit in source.units if unit.stems and unit.tells]
    if not units:
        return ()
    first = next((unit for unit in units if start is not None and unit.span.start <= start < unit.span.end), None)
    first = first or max(units, key=lambda unit: coverage_of(stems, unit.stems))
    ground, covered = [first], first.stems
    while len(ground) < MOST_UNITS:
        gain, best = _best_addition(stems, covered, [unit for unit in units if unit not in ground and _one_voice(unit, first)])
        if best is None or gain < WORTH_ADDING:
            break
        ground.append(best)
        covered |= best.stems
    return tuple(sorted(ground, key=lambda unit: unit.span))


def _best_addition(stems: frozenset[str], covered: frozenset[str], units: Sequence[Unit]) -> tuple[float, Unit | None]:
    now = coverage_of(stems, covered)
    gains = [(coverage_of(stems, covered | unit.stems) - now, unit) for unit in units]
    return max(gains, key=lambda pair: pair[0], default=(0.0, None))


def _one_voice(left: Unit, right: Unit) -> bool:
    """Whether two sentences are said by one speaker, or both by the document itself."""
    if left.statement is None or right.statement is None:
        return left.statement is right.statement
    return left.statement.speaker is not None and left.statement.speaker == right.statement.speaker
