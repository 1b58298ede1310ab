"""Draft sentences that lean on the one before them: where that one is not shown, nobody knows what they mean."""

from __future__ import annotations

from parley.assistant.answer import Failure
from parley.assistant.drafting.speaker_check import draft_statements
from parley.index.language.lexicon import word_kind
from parley.index.language.words import words_of

_REFERRING = word_kind("referring")


def lost_reference(sentence: str) -> Failure | None:
    """Why a sentence behind one that is not shown as written is no part of an answer; `None` if it stands by itself.

    A statement stands: whom "she said" means was checked against what is shown.
    """
    first = next(iter(words_of(sentence)), None)
    if first is None or first.folded not in _REFERRING or draft_statements(sentence, ""):
        return None
    return Failure("reference", f"what “{first.surface}” refers to is not shown")
