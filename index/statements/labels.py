"""Speakers' names before a colon: "RUIZ (chair): …" in minutes and transcripts, "Minister: talks to resume" in headlines."""

from __future__ import annotations

import re
from functools import cached_property

from parley.index.language.lexicon import countries, is_role_word, lexicon, word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.tokens import Tokens
from parley.index.structure.voices.present import people_listed
from parley.index.structure.voices.words import turn_words

_NAMES = frozenset({"name", "title", "left", "right", "number"})
_INSIDE = _NAMES | {"comma", "dash", "word", "preposition", "determiner", "clitic", "conjunction"}
_LONGEST = 14
"""Tokens in a label."""

_FEWEST_WORDS = 3
"""Words in lower case and marks behind the colon; less is a table or a list of names."""

_LONG = 4
"""Letters of a word that is looked for elsewhere; shorter ones are parts of names ("van", "bin") too."""

_SENTENCE_ENDS = (".", "!", "?", "…", ".”", '."')

_NO_SPEAKERS = word_kind("no_speaker")


class WordsOfText:
    """The words of a text as they are written in it, gathered when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def hold(self, word: str) -> bool:
        """Whether the text has that very word; one of several parts ("vice-chair") where it has each two neighbours so."""
        pairs = _pairs(word)
        return all(pair in self._pairs for pair in pairs) if pairs else word in self._parts

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(_PART.findall(self._text))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(_pairs(self._text))


def _pairs(text: str) -> list[str]:
    return [match.group(1) for match in _PAIR.finditer(text)]


_PART = re.compile(r"\w+")
_PAIR = re.compile(r"\b(?=(\w+\W\w+))")
"""Two parts with one mark between them, from every word on."""


def find_label(tokens: Tokens, written: WordsOfText) -> Attribution | None:
    """The speaker's label that opens a paragraph, with the rest of the paragraph as content; `None` without one.

    `written` are the words of the whole text.
    """
    first = tokens.body_start()
    colon = next((n for n in range(first, min(len(tokens), first + _LONGEST)) if tokens.kinds[n] not in _INSIDE), None)
    if colon is None or colon == first or tokens.kinds[colon] != "colon" or colon + 1 >= len(tokens):
        return None
    if tokens.text[tokens.ends[colon] : tokens.ends[colon] + 1].isalnum():
        return None
    end = _name_end(tokens, first, colon)
    words = sum(kind not in {"number", "comma", "stop", "name"} for kind in tokens.kinds[colon + 1 :])
    if people_listed(tokens.slice(first, len(tokens))):
        return None
    if end is None or words < _FEWEST_WORDS or tokens.words[first] in _NO_SPEAKERS or _is_topic(tokens, first, end, written):
        return None
    return Attribution(
        form="colon",
        lemma=":",
        stance="report",
        frames="q",
        sure="q",
        cue=(colon, colon + 1),
        group=colon,
        speaker=(first, colon),
        rule="exact",
        sentence=tokens.sentences[first],
        level=-1,
        after=colon + 1,
        is_label=True,
        content=[tokens.span(colon + 1, len(tokens))],
    )


def is_in_own_words(tokens: Tokens, label: Attribution) -> bool:
    """Whether what stands behind a label is what its speaker says, as in a transcript, and no headline or summary.

    "BRANDL: We accept the corridor." is, by its first person; so is a whole sentence behind a name in capitals, unless the
    record tells it ("TOLL: objected to the figures.").
    """
    at, last = label.after, len(tokens) - 1
    first_person = turn_words("first_person")
    if any(tokens.words[n] in first_person for n in range(at, last + 1) if tokens.quotes[n] < 0):
        return True
    first, end = label.speaker or (at, at)
    is_whole = tokens.text[: tokens.ends[last]].endswith(_SENTENCE_ENDS) and tokens.text[tokens.starts[at]].isupper()
    return tokens.slice(first, end).isupper() and is_whole and tokens.words[at] not in lexicon().forms


def _is_topic(tokens: Tokens, first: int, end: int, text: WordsOfText) -> bool:
    """Whether the label is what the paragraph is about ("* Cranes: …", "Export Controls: …") rather than somebody.

    One capitalised word that opens an item of a list is, unless a country or in capitals. So are several words of which the
    text has one in small letters elsewhere, which it never has of a name; an office is somebody all the same.
    """
    written = tokens.slice(first, end)
    if written.isupper() or written.lower() in countries() or tokens.kinds[first] == "title":
        return False
    if end - first == 1:
        return first > 0
    words = [word for word in tokens.words[first:end] if len(word) >= _LONG]
    if any(is_role_word(word) for word in tokens.words[first:end]):
        return False
    return any(text.hold(word) for word in words)


def _name_end(tokens: Tokens, first: int, colon: int) -> int | None:
    """End of the name at the paragraph's start, if a role in brackets or behind a comma is all that follows it."""
    end = first
    while end < colon and tokens.kinds[end] in {"name", "title", "number"}:
        end += 1
    if end == first or tokens.kinds[first] == "number":
        return None
    if end == colon:
        return end
    return end if tokens.kinds[end] in {"left", "comma"} else None
