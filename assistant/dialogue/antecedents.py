"""Whom a pronoun means: a small linear model over what the conversation has named.

    score = sum(weight of feature x value of feature);  confidence = 1 / (1 + exp(-score))

The weights are in antecedents.tsv, one row per feature and one column per class of pronoun, for inspection and change. They are
those of logistic regressions that `python -m parley.eval.fitting.followups` fits; the file's head says on what, and how well
they do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from parley.assistant.dialogue.referents import Referent
from parley.index.language.words import word_set

PronounClass = Literal["person", "group", "thing", "none"]
CLASSES: tuple[PronounClass, ...] = ("person", "group", "thing", "none")
"""Classes of pronoun; "none" is for questions without one that leave out whom or what they are about."""

CERTAIN: dict[PronounClass, float] = {"person": 0.5, "group": 0.5, "thing": 0.5, "none": 0.7}
"""Confidence from which a pronoun of the class is replaced."""

_PLACES = word_set("in at from near into to outside")
_COMPANY = word_set("with by of for against about on over called named")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A referent that a pronoun may stand for, and how surely (0 to 1)."""

    referent: Referent
    confidence: float


_CLASS_OF: dict[str, PronounClass] = {
    **dict.fromkeys(("he", "she", "him", "his", "her", "hers", "himself", "herself"), "person"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "group"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
}


def pronoun_class(word: str) -> PronounClass | None:
    """The class of a pronoun; `None` for any other word."""
    return _CLASS_OF.get(word.lower())


def features(
    referent: Referent, kind: PronounClass, *, turns: int, asked: Sequence[str], named: Sequence[Referent]
) -> dict[str, float]:
    """What speaks for a referent, each from 0 to 1, by name.

    Args:
        referent: something named in the conversation.
        kind: class of the pronoun.
        turns: how many turns there are.
        asked: folded words of the question itself; what it names already is not what its pronoun means.
        named: everything that the conversation has named.
    """
    return {
        "constant": 1.0,
        **_place_in_conversation(referent, turns),
        **_standing(referent, kind, named),
        **_surroundings(referent),
        **_form(referent),
        "in_question": float(referent.words[-1] in asked),
        "only": 1.0 if turns == 1 else 0.0,
    }


def _place_in_conversation(referent: Referent, turns: int) -> dict[str, float]:
    """In which turns it was named, and by whom."""
    by_user = [mention for mention in referent.mentions if mention.by_user]
    answers = [mention for mention in referent.mentions if not mention.by_user]
    return {
        "recent": 1 / (turns - max(mention.turn for mention in referent.mentions)),
        "in_last_question": float(any(item.turn == turns - 1 for item in by_user)),
        "in_last_answer": float(any(item.turn == turns - 1 for item in answers)),
        "in_first_question": float(any(item.turn == 0 for item in by_user)),
        "in_first_answer": float(any(item.turn == 0 for item in answers)),
        "asked_often": min(len(by_user), 3) / 3,
        "named_often": min(len(referent.mentions), 5) / 5,
    }


def _standing(referent: Referent, kind: PronounClass, named: Sequence[Referent]) -> dict[str, float]:
    """How it stands among all that was named, and what pronouns stood for it so far."""
    mentions = referent.mentions
    answers = [mention for mention in mentions if not mention.by_user]
    return {
        "most_named": len(mentions) / max(len(item.mentions) for item in named),
        "human": min(2, sum(item.human for item in mentions)) / 2,
        "referred": min(2, sum(item.referred == kind for item in mentions)) / 2,
        "referred_otherwise": min(2, sum(item.referred not in {kind, ""} for item in mentions)) / 2,
        "replies": min(3, sum(kind in item.asked and (item.subject or item.possessive) for item in answers)) / 3,
        "replies_otherwise": min(3, sum(kind in item.asked and not (item.subject or item.possessive) for item in answers)) / 3,
        "alone": 1 / len(named),
    }


def _surroundings(referent: Referent) -> dict[str, float]:
    """Shares of its mentions with certain words around them."""
    mentions = referent.mentions
    count = len(mentions)
    answers = [mention for mention in mentions if not mention.by_user]
    return {
        "subject": sum(item.subject for item in mentions) / count,
        "begins": sum(item.initial for item in answers) / max(1, len(answers)),
        "possessive": sum(item.possessive for item in mentions) / count,
        "place": sum(item.before in _PLACES for item in mentions) / count,
        "company": sum(item.before in _COMPANY for item in mentions) / count,
        "article": sum(item.before in {"the", "a", "an"} for item in mentions) / count,
        "role_before": sum(item.before.endswith(("er", "or", "ist", "man")) for item in mentions) / count,
        "quoted": sum(item.quoted for item in mentions) / count,
    }


def _form(referent: Referent) -> dict[str, float]:
    """What its own words look like."""
    size = len(referent.words)
    return {
        "one_word": float(size == 1),
        "full_name": float(size in {2, 3}),
        "long": float(size > 4),
        "thing": float(referent.is_thing),
        "plural": float(referent.is_plural),
    }


def antecedents(kind: PronounClass, named: Sequence[Referent], *, turns: int, asked: Sequence[str] = ()) -> list[Antecedent]:
    """What a pronoun may stand for, likeliest first; ties in order of first mention.

    Args:
        kind: class of the pronoun.
        named: what the conversation has named.
        turns: how many turns it has, 1 or more.
        asked: folded words of the question.
    """
    weights = _weights()[kind]
    scored = [
        Antecedent(item, _logistic(features(item, kind, turns=turns, asked=asked, named=named), weights))
        for item in named
        if _possible(item, kind)
    ]
    return sorted(scored, key=lambda item: -round(item.confidence, 9))


def _possible(referent: Referent, kind: PronounClass) -> bool:
    """Persons are said to do or have something; a thing is not said to do what only people do."""
    if kind == "person":
        return referent.acts
    return kind != "thing" or not any(mention.human for mention in referent.mentions)


def _logistic(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in values.items())))


@cache
def _weights() -> dict[PronounClass, dict[str, float]]:
    rows = Path(__file__).with_name("antecedents.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {kind: {row[0]: float(row[1 + number]) for row in cells} for number, kind in enumerate(CLASSES)}
