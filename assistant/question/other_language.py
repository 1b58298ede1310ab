"""Questions in another language than English, which are read as if they were English."""

from __future__ import annotations

from parley.index.language.words import STOP_WORDS, words_of

MOST_ENGLISH = 1 / 3
"""Share of small English words up to which a question may be in another language: "Was fordert die Firma?" has one in four,
"What did Lind say?" three. Chosen by hand."""

UNKNOWN = "not English"
"""For a question without a Latin letter whose language is not certain."""

LEAST_WORDS = 3
"""Words below which a question is too short to tell; of "Lind, 3 May" nobody can say in which language it is."""


def other_language(question: str) -> str | None:
    """The code of the language that a question seems to be in, `None` for English or where it cannot be told."""
    words = words_of(question)
    small = sum(word.folded in STOP_WORDS for word in words)
    if len(words) < LEAST_WORDS or small > MOST_ENGLISH * len(words):
        return None
    from parley.index.readers.language import detect_language

    found = detect_language(question)
    if found is None and not any(letter.isalpha() and letter.isascii() for letter in question):
        return UNKNOWN
    return found if found != "en" else None
