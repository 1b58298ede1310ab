"""The language of a text, told from the text."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4000
"""Characters looked at; more does not change the outcome for a text in one language."""

_LEAST_LETTERS = 20
_LEAST_PROBABILITY = 0.75

_LANGUAGES = (
    "am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk km ko ku ky lt lv mk mn ms"
    " my ne nl no pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tr uk ur uz vi zh"
)
"""Codes told apart; small relatives of large languages only take certainty away from a short English or Turkish text."""


def detect_language(text: str) -> str | None:
    """ISO 639-1 code, or `None` where the text is too short (under 20 letters) or the outcome below 0.75 probability."""
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _LEAST_PROBABILITY else None


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in identifier.labels])
    return identifier
