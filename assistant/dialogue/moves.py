"""What a message does beside asking: it thanks, accepts, asks for the last answer again, shorter or longer, doubts it, and so on.

A move is recognised by what is left of the message: the phrases of `moves.tsv` and words that carry nothing are taken out, and
where no word remains to be searched for, the message is a move. "Shorter, please" is one; "a shorter strike" is a question. A
word that no document has and that is one slip away from a word of the table counts as that word, for people who type in haste.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile
from typing import Literal, cast, get_args

from parley.assistant.question.spaced_phrase import end_of_phrase
from parley.index.language.lexicon import alternatives, question_words, read_rows, word_kind
from parley.index.language.words import stem

Move = Literal[
    "thanks",
    "accept",
    "yes",
    "no",
    "hello",
    "bye",
    "help",
    "repeat",
    "shorter",
    "longer",
    "go_on",
    "exact",
    "wrong",
    "sure",
    "other",
    "never_mind",
    "lost",
    "translate",
    "summarise",
    "source",
]

POLITE: frozenset[Move] = frozenset({"thanks", "accept", "yes", "no", "hello", "bye", "never_mind"})
"""Moves that ask for nothing: they may stand before a question, and are not heard beside a move that asks for something."""

LISTING: frozenset[Move] = frozenset({"other", "wrong"})
"""Moves that are replied to with a list to choose from."""

_SHORTEST_MISSPELT = 4
_SHORTEST_MEANT = 5
_MOST_FILLERS = 2
"""Fillers that may stand inside a phrase: "did not quite get that"."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLITICS = {"n't": "not", "'s": "is", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}
_SEGMENT = re.compile(r"[.!?,;:—–\n]+\s*|\s+-+\s+")
_AUXILIARY = re.compile(rf"(?:{alternatives(word_kind('auxiliary_form'))})\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(rf"\b(?:{alternatives(question_words('question_word'))})\b", re.IGNORECASE)
_POINTING = frozenset({"that", "this", "it", "those", "these"})
_SHORT = 5
_SIGNS: tuple[tuple[str, Move], ...] = (("?", "lost"), ("👍", "accept"), ("👌", "accept"), ("🙏", "thanks"), ("👎", "wrong"))


@dataclass(frozen=True, slots=True)
class Message:
    """A message taken apart: the moves it makes, in order, and what is left to be asked; `rest` is empty for a mere move."""

    moves: tuple[Move, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Move], ...]]
    fillers: frozenset[str]
    courtesies: frozenset[str]
    asking: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    alone: tuple[tuple[tuple[str, ...], Move], ...]
    leading: tuple[tuple[tuple[str, ...], Move], ...]
    words: tuple[str, ...]


def _is_unknown(_: str) -> bool:
    return False


def read_message(text: str, is_known: Callable[[str], bool] = _is_unknown) -> Message:
    """Take a message apart.

    Args:
        text: as typed.
        is_known: whether a word occurs in the documents; such a word is never taken for a misspelt one.
    """
    found = _moves_in(text, is_known)
    if found is not None:
        return Message(found, "")
    if (task := _task(text)) is not None:
        question = _QUESTION_WORD.search(text)
        return Message((), text[question.start() :]) if task == "summarise" and question else Message((task,), "")
    segments = _segments(text)
    before: list[Move] = []
    while len(segments) > 1 and (made := _opening(segments[0][1], is_known)):
        before += made
        segments = segments[1:]
    rest = text[segments[0][0] :]
    while len(segments) > 1 and set(_moves_in(segments[-1][1], is_known) or ("wrong",)) <= {"thanks", "bye"}:
        rest = text[segments[0][0] : segments[-1][0]]
        segments = segments[:-1]
    return Message(tuple(before), _from_question_word(rest.strip(), is_known))


def _opening(text: str, is_known: Callable[[str], bool]) -> tuple[Move, ...]:
    """The moves of a part before a question that asks for nothing itself; none where it is part of the question."""
    made = _moves_in(text, is_known)
    asks = _AUXILIARY.match(text) is not None
    return made if made is not None and not asks and set(made) <= POLITE else ()


def _from_question_word(text: str, is_known: Callable[[str], bool]) -> str:
    """The text without a polite word that runs into the question: "ok so who else supports it"."""
    match = _QUESTION_WORD.search(text)
    return text[match.start() :] if match and match.start() and _opening(text[: match.start()], is_known) else text


def _task(text: str) -> Move | None:
    """What a message orders with its first word that says something: "Please translate what Lopez said"."""
    table = _phrases()
    tokens = list(dropwhile(lambda token: token in table.fillers, _tokens(text)))
    return next((move for phrase, move in table.leading if tuple(tokens[: len(phrase)]) == phrase), None)


def is_filler(word: str) -> bool:
    """Whether a folded word carries nothing in a message beside a move: "one", "please", "meant"."""
    return word in _phrases().fillers | _phrases().courtesies


def _segments(text: str) -> list[tuple[int, str]]:
    """The parts of a message between punctuation marks, each with where it begins."""
    cuts = [0, *(match.end() for match in _SEGMENT.finditer(text))]
    parts = [(start, text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [(start, part) for start, part in parts if _TOKEN.search(part)]


def _moves_in(text: str, is_known: Callable[[str], bool]) -> tuple[Move, ...] | None:
    """The moves of a text that holds nothing else; `None` where something is left to be searched for."""
    tokens = _tokens(text)
    if not tokens:
        return (next((move for sign, move in _SIGNS if sign in text), "accept"),)
    exact = _covered(tokens) or _source_asked(tokens)
    if exact is not None or len(tokens) > _LONGEST_MOVE:
        return exact
    mended = [_corrected(token, is_known) for token in tokens]
    return _covered(mended) or _source_asked(mended)


def _source_asked(tokens: Sequence[str]) -> tuple[Move, ...] | None:
    """For "Where was that printed, and when?": nothing but words for sources, and it points back or is short."""
    asking = _phrases().asking
    if not _POINTING & set(tokens) and len(tokens) > _SHORT:
        return None
    rest = [token for token in tokens if token not in asking]
    found = _covered(rest) if rest else None
    return ("source",) if found is not None and "source" in found and set(found) <= {"source", "exact", "accept"} else None


_LONGEST_MOVE = 14
"""Words of a message beyond which spelling is not guessed at."""


def _tokens(text: str) -> list[str]:
    """Lower-case words with short forms written out: "that's" is "that", "is"."""
    table = _phrases()
    tokens: list[str] = []
    for match in _TOKEN.finditer(text.lower().replace("’", "'")):
        word = match.group()
        ending = next((short for short in _CLITICS if word.endswith(short) and len(word) > len(short)), None)
        parts = [word.removesuffix(ending), _CLITICS[ending]] if ending else [word]
        parts[0] = {"ca": "can", "wo": "will"}.get(parts[0], parts[0]) if ending == "n't" else parts[0]
        tokens += [token for part in parts for token in table.spellings.get(part, (part,))]
    return tokens


def _covered(tokens: Sequence[str]) -> tuple[Move, ...] | None:
    """The moves whose phrases, with fillers, make up all the tokens, in as few phrases as can be; `None` where a word is left."""
    table = _phrases()
    bare = tuple(token for token in tokens if token not in table.courtesies)
    alone = next((move for phrase, move in table.alone if phrase in {tuple(tokens), bare}), None)
    if alone is not None:
        return (alone,)
    best: list[tuple[Move, ...] | None] = [None] * len(tokens) + [()]
    for position in reversed(range(len(tokens))):
        ways = [(move, *rest) for length, move in _standing_at(tokens, position) if (rest := best[position + length]) is not None]
        if tokens[position] in table.fillers and (rest := best[position + 1]) is not None:
            ways.append(rest)
        best[position] = min((way for way in ways if way), key=len, default=() if ways else None)
    return tuple(dict.fromkeys(best[0])) if best[0] else None


def _standing_at(tokens: Sequence[str], position: int) -> list[tuple[int, Move]]:
    """The phrases that begin at a token: how many tokens each takes up with the fillers inside it, and its move."""
    rows = _phrases().by_first.get(tokens[position], ())
    fillers = _phrases().fillers
    ends = ((end_of_phrase(phrase, tokens, position, fillers, _MOST_FILLERS), move) for phrase, move in rows)
    return [(end - position, move) for end, move in ends if end]


def _corrected(token: str, is_known: Callable[[str], bool]) -> str:
    """The word of the table that is one slip away; the token itself where the documents have it or nothing is so near."""
    table = _phrases()
    if len(token) < _SHORTEST_MISSPELT or not token.isalpha() or token in table.words or is_known(token):
        return token
    near = (word for word in table.words if word[0] == token[0] and _one_slip(token, word) and stem(word) != stem(token))
    return next(near, token)


def _one_slip(left: str, right: str) -> bool:
    """Whether two letters changed places, or of a word that is long enough one is left out, put in or replaced."""
    start = _same(left, right)
    end = min(_same(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    first, second = left[start : len(left) - end], right[start : len(right) - end]
    if len(first) == 2 and first == second[::-1]:
        return True
    return len(right) >= _SHORTEST_MEANT and max(len(first), len(second)) <= 1


def _same(left: str, right: str) -> int:
    """How many letters two words have in common from the beginning."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    return sum(1 for _ in pairs)


@cache
def _phrases() -> _Phrases:
    by_first: dict[str, list[tuple[tuple[str, ...], Move]]] = {}
    sets: dict[str, set[str]] = {"filler": set(), "courtesy": set(), "asking": set()}
    spellings: dict[str, tuple[str, ...]] = {}
    alone: list[tuple[tuple[str, ...], Move]] = []
    leading: list[tuple[tuple[str, ...], Move]] = []
    for kind, listed in read_rows("moves.tsv"):
        if kind in sets:
            sets[kind].update(listed.split())
        elif kind == "spelling":
            pairs = (item.split("=") for item in listed.split(" | "))
            spellings.update({short: tuple(written.split()) for short, written in pairs})
        else:
            place, _, name = kind.rpartition(":")
            assert name in get_args(Move), kind
            for phrase in (tuple(item.split()) for item in listed.split(" | ")):
                rows = {"alone": alone, "leading": leading}[place] if place else by_first.setdefault(phrase[0], [])
                rows.append((phrase, cast("Move", name)))
    words = {word for rows in by_first.values() for phrase, _ in rows for word in phrase} | sets["filler"] | sets["asking"]
    return _Phrases(
        {first: tuple(rows) for first, rows in by_first.items()},
        frozenset(sets["filler"]),
        frozenset(sets["courtesy"]),
        frozenset(sets["asking"]),
        spellings,
        tuple(alone),
        tuple(leading),
        tuple(sorted(word for word in words if len(word) >= _SHORTEST_MISSPELT)),
    )
