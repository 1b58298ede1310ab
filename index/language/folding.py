"""Text without accents and case, for comparing it: the one place that says which letters count as the same."""

from __future__ import annotations

import unicodedata

FOLDING = 2
"""Higher by one whenever some text folds otherwise than before: what was folded for an index is made again then."""

_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("’‘ʼ", "'")
)
"""Letters that Unicode does not take apart, as the full text's own folding has them, and apostrophes."""


def fold_text(text: str) -> str:
    """The text without accents and case, apostrophes all alike; its offsets mean nothing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold().translate(_PLAIN)
