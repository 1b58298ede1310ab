"""What act of negotiation a question asks for the author of: "Whose idea was the corridor?" asks who proposed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parley.assistant.question import question_words as vocabulary
from parley.index.language.lexicon import alternatives, lexicon, phrase_pattern
from parley.index.language.words import words_of
from parley.index.types import Status

_ALIKE: Mapping[Status, frozenset[Status]] = {
    "proposed": frozenset({"proposed", "offered"}),
    "demanded": frozenset({"demanded", "called_for"}),
    "agreed": frozenset({"agreed", "agreed_in_principle"}),
    "rejected": frozenset({"rejected"}),
}
"""Acts, each with the statuses of statements that perform it."""


_PLAIN: Mapping[Status, str] = {"proposed": "suggested", "rejected": "rejected"}
"""Verbs that are read in place of the phrases of acts.tsv, since documents and the trained reader know them better."""

_DETERMINER = alternatives(word for word, kind in lexicon().kinds.items() if kind in {"determiner", "possessive"})

_OWNED = rf"\s+(?:was|were|is|are)\s+(?:it\s+(?=to\b)|(?=(?:{_DETERMINER})\b))"
"""Between "whose idea" and the matter; "Whose proposal was accepted?" asks something else."""

_WHO = r"(?P<who>who(?:\s+(?:else|first))?|which\s+\w+(?:\s+\w+)?)\s+"


def plainly_asked(question: str) -> str:
    """The question with a plain verb for a phrase: "Who suggested the corridor?" for "Whose idea was the corridor?"."""
    for act, verb in _PLAIN.items():
        phrase = phrase_pattern("acts", frozenset({act})).pattern
        match = re.match(rf"(?=whose\b){phrase}{_OWNED}|{_WHO}{phrase}\s+", question, re.IGNORECASE)
        if match is not None:
            return f"{match['who'] or 'Who'} {verb} {question[match.end() :]}"
    return question


def asked_act(core: str, verb: str | None) -> frozenset[Status]:
    """The statuses of statements that perform the act whose author is asked for; none where no act is asked for.

    Args:
        core: a question for a person or side.
        verb: stem of the verb of speaking or acting that the question names.
    """
    found = next((act for act in _ALIKE if phrase_pattern("acts", frozenset({act})).search(core)), None)
    named = vocabulary.ACT_STATUS.get(verb) if verb is not None else _passive(core)
    return next((alike for act, alike in _ALIKE.items() if act == found or (found is None and named in alike)), frozenset())


def _passive(core: str) -> Status | None:
    """The act of a question such as "By whom was the plan proposed?"."""
    done = (word for word in words_of(core) if word.folded.endswith("ed"))
    return next((status for word in done if (status := vocabulary.ACT_STATUS.get(word.stem)) is not None), None)


def acts_in(stems: frozenset[str]) -> frozenset[Status]:
    """The acts that the verbs among the stems name."""
    return frozenset(status for item in stems if (status := vocabulary.ACT_STATUS.get(item)) is not None)
