"""What act of negotiation a question asks for the author of: "Whose idea was the corridor?" asks who proposed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parley.assistant.question import question_words as vocabulary
from parley.index.language.lexicon import alternatives, lexicon, phrase_pattern
from parley.index.language.words import words_of
from parley.index.types import Status

_ALIKE: tuple[frozenset[Status], ...] = (
    frozenset({"proposed", "offered"}),
    frozenset({"demanded", "called_for"}),
    frozenset({"agreed", "agreed_in_principle"}),
    frozenset({"rejected"}),
)
"""Statuses of statements that answer the same question of who did something."""

_PLAIN: Mapping[Status, str] = {"proposed": "suggested", "demanded": "demanded", "agreed": "accepted", "rejected": "rejected"}
"""Verbs that are read in place of the phrases of acts.tsv, since documents and the trained reader know them better."""

_DETERMINER = alternatives(word for word, kind in lexicon().kinds.items() if kind in {"determiner", "possessive"})

_OWNED = rf"\s+(?:was|were|is|are)\s+(?:it\s+(?=to\b)|(?=(?:{_DETERMINER})\b))"
"""Between "whose idea" and the matter; "Whose proposal was accepted?" asks something else."""

_WHO = r"(?P<who>who(?:\s+(?:else|first))?|which\s+\w+(?:\s+\w+)?)\s+"

_BY_WHOM = re.compile(r"^by wh|\bby\W*$", re.IGNORECASE)
"""Asks for whoever something was done by: "By whom was it proposed?", "Who was it proposed by?"."""


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
        core: a question for a person or side, as `plainly_asked` gives it.
        verb: stem of the verb of speaking or acting that the question names.
    """
    named = vocabulary.ACT_STATUS.get(verb) if verb is not None else _passive(core)
    return next((alike for alike in _ALIKE if named in alike), frozenset())


def _passive(core: str) -> Status | None:
    """The act of a question such as "By whom was the plan proposed?"."""
    done = (word for word in words_of(core) if _BY_WHOM.search(core) and word.folded.endswith("ed"))
    return next((status for word in done if (status := vocabulary.ACT_STATUS.get(word.stem)) is not None), None)


def acts_in(stems: frozenset[str]) -> frozenset[Status]:
    """The acts that the verbs among the stems name."""
    return frozenset(status for item in stems if (status := vocabulary.ACT_STATUS.get(item)) is not None)
