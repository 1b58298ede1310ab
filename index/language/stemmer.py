"""English stems as the full text has them: one analyser for the index and for comparing words."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def english_analyzer() -> Any:  # noqa: ANN401 - tantivy has no types
    """Tantivy's words in lower case without accents, stemmed by Snowball's English rules (Porter 2)."""
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(64))
        # In this order: the small letter of "İ" is an "i" with a dot of its own, which folding does not know.
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@lru_cache(maxsize=100_000)
def english_stem(word: str) -> str:
    """The stem of one word in lower case; the word itself where the analyser sees none or several ("e-mail")."""
    found = english_analyzer().analyze(word)
    return str(found[0]) if len(found) == 1 else word
