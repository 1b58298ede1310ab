"""Names without accents and case, for comparing them."""

from __future__ import annotations

import unicodedata


def fold_name(text: str) -> str:
    """The text without accents and case, for comparing names only; its offsets mean nothing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
