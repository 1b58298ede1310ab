"""Which of the passages that were listed a reply means: "the second one", "Sollund", "the Courier", "number 3"."""

from __future__ import annotations

from parley.assistant.answer import Citation
from parley.assistant.dialogue.conversation import Turn
from parley.assistant.dialogue.moves import LISTING, is_filler, read_message
from parley.assistant.question.open_question import own_words
from parley.index.language.words import stems_of, words_of
from parley.index.structure.provision_numbers import WORD_NUMBERS

_MOST_WORDS = 6
"""Words of a reply that names one of a list; more are a question of their own."""

_NUMBERED = frozenset({"number", "no", "nr"})


def chosen(reply: str, turn: Turn | None) -> tuple[Citation, ...]:
    """What a reply means of what the turn before listed, in the order of the list; nothing where it names none of it.

    Args:
        reply: as typed, without polite words around it.
        turn: the turn before; only one that asked which is meant has a list.
    """
    listed = _listed(turn)
    words = words_of(own_words(reply))
    if not listed or len(words) > _MOST_WORDS:
        return ()
    places = {word.folded: place for word in words if (place := _place(word.folded, len(listed))) is not None}
    named = [word for word in words if word.folded not in places.keys() | _NUMBERED and not is_filler(word.folded)]
    if len(places) == 1 and not named:
        place = next(iter(places.values()))
        return listed[place : place + 1]
    stems = frozenset(word.stem for word in named)
    shown = tuple(item for item in listed if stems and stems <= _stems(item, with_author=False))
    return shown or tuple(item for item in listed if stems and stems <= _stems(item, with_author=True))


def _place(word: str, count: int) -> int | None:
    """The place in a list that a word names, counted from 0: "second", "2", "last"; "one" names none ("the second one")."""
    if word == "one":
        return None
    number = count if word == "last" else int(WORD_NUMBERS.get(word, word)) if word in WORD_NUMBERS or word.isdecimal() else 0
    return number - 1 if 0 < number <= count else None


def _listed(turn: Turn | None) -> tuple[Citation, ...]:
    """The passages that a turn listed to be chosen from."""
    if turn is None or turn.answer is None or turn.answer.status != "conversational":
        return ()
    return turn.answer.nearest if LISTING & set(read_message(turn.question).moves) else ()


def _stems(citation: Citation, *, with_author: bool) -> frozenset[str]:
    """The words by which a passage may be named: who speaks, the outlet and the title, which are shown, and the author."""
    document = citation.document
    parts = (citation.attribution, document.outlet, document.title, document.author if with_author else None)
    return stems_of(" ".join(part for part in parts if part))
