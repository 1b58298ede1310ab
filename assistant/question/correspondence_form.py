"""Questions about a letter, telegram, mail or memo as a thing that was sent: by whom, to whom, when, and from where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.index.language.lexicon import alternatives, read_rows, word_kind
from parley.index.types import Genre

Sent = Literal["sender", "addressee", "day", "place"]

_GENRES: dict[str, Genre] = {"letter": "letter", "telegram": "telegram", "mail": "mail thread"}


@dataclass(frozen=True, slots=True)
class CorrespondenceQuestion:
    """What is asked of which letter.

    Attributes:
        asked: the fact asked for.
        genres: the kinds of documents that the question's noun may mean; all kinds of correspondence for "it".
        points: whether the letter is only pointed at ("it", "this"), so that the conversation has to tell which.
        about: what else the question says of it ("to Lund about the bridge"), empty where nothing.
        sender, addressee: who wrote it and to whom, where the question says so.
    """

    asked: Sent
    genres: tuple[Genre, ...]
    points: bool
    about: str = ""
    sender: str = ""
    addressee: str = ""


def correspondence_question(text: str) -> CorrespondenceQuestion | None:
    """What a question asks of a letter; `None` for one that asks anything else."""
    flat = " ".join(text.split()).strip(" ?.!").replace("’", "'")
    for asked, pattern in _forms():
        match = pattern.fullmatch(flat)
        if match is None:
            continue
        said = {name: value or "" for name, value in match.groupdict().items()}
        letter = _letter(said["letter"]) if said.get("letter") else (tuple(_GENRES.values()), True, "")
        if letter is not None:
            genres, points, about = letter
            return CorrespondenceQuestion(asked, genres, points, about, said.get("sender", ""), said.get("addressee", ""))
    return None


_POINTER = re.compile(r"(?:it|this|that|this one|that one)\Z", re.IGNORECASE)
_DETERMINER = re.compile(rf"(?:{alternatives(word_kind('before_letter'))})\s+", re.IGNORECASE)
_OWNER = re.compile(r"(?P<who>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})'s?\s+")
_MOST_BEFORE = 3
"""Words that may stand between the article and the noun: "the second confidential letter"."""


def _letter(phrase: str) -> tuple[tuple[Genre, ...], bool, str] | None:
    """Genres, pointing and description of "the short letter to Lund"; `None` for a phrase that names no letter."""
    if _POINTER.match(phrase):
        return tuple(_GENRES.values()), True, ""
    owner = _OWNER.match(phrase)
    rest = phrase[owner.end() :] if owner else _DETERMINER.sub("", phrase, count=1)
    if rest == phrase and owner is None:
        return None
    words = rest.split()
    for number, word in enumerate(words[: _MOST_BEFORE + 1]):
        genres = tuple(genre for kind, genre in _GENRES.items() if word.lower() in _words(kind))
        if genres:
            told = [*([owner["who"]] if owner else []), *words[:number], *words[number + 1 :]]
            return genres, False, " ".join(told)
    return None


@cache
def _words(kind: str) -> tuple[str, ...]:
    return next(tuple(words.split("|")) for name, words in read_rows("correspondence.tsv") if name == kind)


@cache
def _forms() -> tuple[tuple[Sent, re.Pattern[str]], ...]:
    """The forms of such questions; `letter` is the phrase for it, `sender` and `addressee` those that the question names."""
    wrote, write, done = ("(?:" + "|".join(_words(kind)) + ")" for kind in ("wrote", "write", "done"))
    writer, reader, received = ("(?:" + "|".join(_words(kind)) + ")" for kind in ("writer", "reader", "received"))
    letter, is_, did = r"(?P<letter>.+?)", r"(?:is|was|are|were|'s)", "(?:did|does)"
    sender, addressee = r"(?P<sender>.+?)", r"(?P<addressee>.+?)"
    written: tuple[tuple[Sent, str], ...] = (
        ("sender", rf"who {wrote} {letter} to {addressee}"),
        ("sender", rf"who {wrote} {letter}"),
        ("sender", rf"who {wrote} to {addressee}"),
        ("sender", rf"(?:by|from) who(?:m)? {is_} {letter}(?: {done})?"),
        ("sender", rf"who(?:m)? ?{is_} {letter}(?: {done})? (?:from|by)"),
        ("sender", rf"(?:who|what) ?{is_} the {writer}(?: of {letter})?"),
        ("addressee", rf"(?:to|for) whom {is_} {letter}(?: {done})?"),
        ("addressee", rf"who(?:m)? ?{is_} {letter}(?: {done})? (?:to|for)"),
        ("addressee", rf"who ?{is_} the {reader}(?: of {letter})?"),
        ("addressee", rf"who {received} {letter}"),
        ("addressee", rf"to whom {did} {sender} {write}(?: {letter})?"),
        ("addressee", rf"who(?:m)? {did} {sender} {write}(?: {letter})? to"),
        ("day", rf"(?:when|(?:on )?(?:what|which) (?:day|date)) {is_} {letter} {done}(?: on)?"),
        ("day", rf"(?:what|which) ?{is_} the (?:date|day) (?:of|on) {letter}"),
        ("day", rf"(?:what|which) (?:date|day) (?:does|do) {letter} (?:carry|bear|have)"),
        ("day", rf"(?:when|(?:on )?(?:what|which) (?:day|date)) {did} {sender} {write} {letter}"),
        ("place", rf"(?:from where|where) {is_} {letter} {done}(?: from)?"),
    )
    return tuple((asked, re.compile(pattern, re.IGNORECASE)) for asked, pattern in written)
