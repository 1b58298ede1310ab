"""Text that only repeats words, put into a document so that searches find it; it says nothing and answers nothing."""

from __future__ import annotations

from parley.index.language.words import words_of

FEWEST_WORDS = 8
"""Words below which repetition is no sign."""

FEWEST_DIFFERENT = 0.5
"""Share of different words up to which a text is taken to be stuffed; sentences of 8 to 70 words have well above it."""


def is_stuffed(text: str) -> bool:
    """Whether a sentence merely repeats its words."""
    folded = [word.folded for word in words_of(text)]
    return len(folded) >= FEWEST_WORDS and len(set(folded)) <= FEWEST_DIFFERENT * len(folded)
