"""The words of a text as quotations are compared: folded, with the brackets and line ends that a quotation may pass over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.index.language.folding import fold_text
from parley.index.language.lexicon import single_words

LINE_END = re.compile(r"[-‐\u00ad][ \t]*\r?\n[ \t>]*(?=[^\W\d_])")
"""A hyphen at the end of a line, within a word."""

NEGATIONS = single_words("negations", frozenset({"not", "none", "except"}))

WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)*|(?:(?<![^\s(\"“«])[-−])?\d(?:[\d.,]*\d)?|[%$€£¥₺₽₴]")
INSERTION = re.compile(r"\([^()]{1,60}\)|\[[^\[\]]{1,60}\]")
_WEAKENING = (
    single_words("hedges", frozenset({"modal", "adverb", "adjective", "seeming", "degree"}))
    | single_words("conditions", frozenset({"condition"}))
    | single_words("negations", frozenset({"near"}))
    | single_words("plans", frozenset({"unreal"}))
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word (or currency or percent sign) of a text, with its offsets.

    Attributes:
        inserted: whether it stands in brackets.
        divided: whether a hyphen at the end of a line joins it to the next token.
    """

    folded: str
    start: int
    end: int
    inserted: bool = False
    divided: bool = False

    @property
    def skippable(self) -> bool:
        """Whether it may be passed over, as an insertion of the text."""
        return self.inserted and may_be_passed_over(self.folded)


@lru_cache(maxsize=100_000)
def strict_fold(word: str) -> str:
    """`word` without case and accents, apostrophes all alike, numbers without thousands marks; endings are kept."""
    folded = fold_text(word)
    if folded[:1] in "-−" and len(folded) > 1:
        return "-" + strict_fold(folded[1:])
    if folded[:1].isdigit():
        # "1,000" and "1.000.000" are thousands; "1.000" may be one and three places.
        is_grouped = re.fullmatch(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})", folded)
        return re.sub(r"[.,]", "", folded) if is_grouped else folded
    return folded


@lru_cache(maxsize=512)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order."""
    brackets = [match.span() for match in INSERTION.finditer(text)]
    found = []
    position = 0
    for match in WORD.finditer(text):
        while position < len(brackets) and brackets[position][1] <= match.start():
            position += 1
        inserted = position < len(brackets) and brackets[position][0] < match.start()
        divided = LINE_END.match(text, match.end()) is not None
        found.append(Token(strict_fold(match.group()), match.start(), match.end(), inserted, divided))
    return tuple(found)


def divided_word(tokens: Sequence[Token], position: int) -> str | None:
    """The word that stands here in two parts, the first at the end of a line: "re-" and "plied"; `None` for none."""
    token = tokens[position]
    return token.folded + tokens[position + 1].folded if token.divided and position + 1 < len(tokens) else None


def may_be_passed_over(folded: str) -> bool:
    """Whether a word in brackets may be passed over: one that negates, weakens or counts may not."""
    return not changes_meaning(folded) and not folded[:1].isdigit()


def changes_meaning(folded: str) -> bool:
    """Whether a word turns or weakens what it stands with: "not", "didn't", "perhaps"."""
    return folded in NEGATIONS or folded in _WEAKENING or folded.endswith("n't")
