"""Cutting a draft into sentences while it arrives; each is given when it is complete, its markers included.

The parser takes one character after the other and never looks ahead, so that a stream gives the same sentences however it is
split into pieces, and no part of a marker is ever given without the rest.
"""

from __future__ import annotations

import re

from parley.index.language.lexicon import alternatives, calendar_names, titles

LONGEST_SENTENCE = 1_500
"""Characters after which a sentence is taken as it is; what has no end is not held back for ever."""

_LONGEST_BRACKET = 200
"""Characters within brackets after which they are taken for a mark that nobody closed."""

_ENDS = frozenset(".!?…。！？؟")
_CLOSERS = "\"'”’»)"
_BRACKETS = {"[": "]", "【": "】", "〔": "〕", "［": "］"}
_TRAILING_MARKERS = re.compile(r"(?:\s*[\[【〔［(][^\[\]【】〔〕［］()]{1,60}[\]】〕］)])+\s*$")
_SHORT_FORMS = (
    {title.rstrip(".").capitalize() for title in titles("polite") | titles("rank")}
    | {short.capitalize() for month in calendar_names("month") for short in month.short}
    | {"St", "No", "vs"}
)
_ABBREVIATED = re.compile(rf"(?:\b(?:{alternatives(_SHORT_FORMS)})|\b[A-Z](?:\.[A-Z])*|\b\d{{1,2}})\.$")
_REASONING, _REASONING_END = "<think>", "</think>"
_REASONING_STARTS = frozenset(_REASONING[:length] for length in range(1, len(_REASONING)))


class DraftParser:
    """Takes pieces of a draft and gives back the sentences that they complete."""

    def __init__(self) -> None:
        self._sentence = ""
        self._closing = ""
        self._in_quotation = False

    def feed(self, piece: str) -> list[str]:
        """The sentences that `piece` completes, in order, as written, without outer white space."""
        return [sentence for character in piece if (sentence := self._take(character))]

    def close(self) -> list[str]:
        """What is left as the last sentence, without a marker that breaks off; nothing of a model's reasoning."""
        rest = self._sentence
        if rest.lstrip().startswith(_REASONING):
            rest = ""
        elif self._closing:
            rest = rest[: _last_opener(rest)]
        self._sentence, self._closing, self._in_quotation = "", "", False
        return [rest.strip()] if rest.strip() else []

    def _take(self, character: str) -> str:
        written = self._sentence.lstrip()
        if written.startswith(_REASONING) or written in _REASONING_STARTS or (not written and character == "<"):
            return self._take_reasoning(character)
        if self._closing:
            return self._take_bracketed(character)
        completed = ""
        if character == "\n" or self._begins_sentence(character) or len(self._sentence) >= LONGEST_SENTENCE:
            completed, self._sentence, self._in_quotation = self._sentence.strip(), "", False
        self._sentence += character
        self._closing = _BRACKETS.get(character, "")
        self._note_quotation(character)
        return completed

    def _take_bracketed(self, character: str) -> str:
        """Within square brackets nothing ends, up to a line's end or a length that no marker has."""
        self._sentence += character
        if character in (self._closing, "\n") or len(self._sentence) - _last_opener(self._sentence) > _LONGEST_BRACKET:
            self._closing = ""
        return ""

    def _take_reasoning(self, character: str) -> str:
        """A model's reasoning, between <think> and </think>, is no part of its draft."""
        self._sentence += character
        if self._sentence.lstrip().startswith(_REASONING) and self._sentence.endswith(_REASONING_END):
            self._sentence = ""
        return ""

    def _note_quotation(self, character: str) -> None:
        if character == '"':
            self._in_quotation = not self._in_quotation
        elif character in "“«":
            self._in_quotation = True
        elif character in "”»":
            self._in_quotation = False

    def _begins_sentence(self, character: str) -> bool:
        """Whether the sentence so far is complete, and `character` begins the next one."""
        if self._in_quotation or not self._sentence[-1:].isspace():
            return False
        if character.isspace() or character.islower() or character in _BRACKETS or character == "(":
            return False
        bare = _TRAILING_MARKERS.sub("", self._sentence).rstrip()
        end = bare.rstrip(_CLOSERS)
        if not end or end[-1] not in _ENDS:
            return False
        return bare != end or self._sentence.rstrip() != bare or _ABBREVIATED.search(end) is None


def _last_opener(text: str) -> int:
    return max(text.rfind(opener) for opener in _BRACKETS)
