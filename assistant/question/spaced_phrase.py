"""Phrases of a table in a message, with words between theirs that carry nothing: "did not *quite* get that"."""

from __future__ import annotations

from collections.abc import Sequence


def end_of_phrase(phrase: Sequence[str], words: Sequence[str], at: int, passed_over: frozenset[str], most: int) -> int:
    """Where a phrase whose first word is `words[at]` ends; 0 where it does not stand there.

    Args:
        phrase: the words of the table's row.
        words: those of the message, folded.
        at: the place of the phrase's first word.
        passed_over: words that may stand between two of the phrase.
        most: how many of them in one place.
    """
    position = at + 1
    for word in phrase[1:]:
        skipped = 0
        while position < len(words) and words[position] != word and words[position] in passed_over and skipped < most:
            position += 1
            skipped += 1
        if position >= len(words) or words[position] != word:
            return 0
        position += 1
    return position
