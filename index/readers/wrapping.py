"""Lines put together again: words that were divided where a line ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010]$")
_DIVIDED = re.compile(r"(?P<stem>[^\W\d_]+)[-\u2010\u00ad]\n[ \t]*(?P<rest>[^\W\d_]+)(?P<behind>\S*)[ \t]*")
_COMPOUND_STARTS = (
    "anti co counter cross ex far half high ill inter long low mid near non post pre pro quasi self semi so vice well"
)


def close_divided_words(text: str) -> str:
    """The text with each word that was divided at a line's end whole, on the line on which it began.

    Hyphens stay as `keeps_hyphen` says; a second part with a capital letter is a word of its own.
    """
    vocabulary = count_words(text.splitlines())

    def mended(match: re.Match[str]) -> str:
        if not match["rest"].islower():
            return match.group()
        joint = "-" if keeps_hyphen(match["stem"], match["rest"], vocabulary) else ""
        return f"{match['stem']}{joint}{match['rest']}{match['behind']}\n"

    return _DIVIDED.sub(mended, text)


def join_lines(pieces: Iterable[str], vocabulary: Counter[str]) -> list[str]:
    """The lines with what joins them to the next: a space, or nothing where a word was divided.

    A word divided at the line's end is closed up, unless it keeps its hyphen or a part has capitals or digits.
    """
    joined: list[str] = []
    for piece in pieces:
        text = piece.strip()
        if joined:
            joined[-1] = _joint(joined[-1], text, vocabulary)
        joined.append(text)
    return joined


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word, hyphens included, is written within a line, in small letters."""
    return Counter(word.lower() for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])", text))


def keeps_hyphen(first: str, second: str, vocabulary: Counter[str]) -> bool:
    """Whether a word divided between its parts has a hyphen of its own.

    So it has if the document elsewhere writes it with one more often than without, or, where it is written in neither way,
    if its first part usually takes one ("non-", "self-").
    """
    first, second = first.lower(), second.lower()
    with_hyphen, closed = vocabulary[f"{first}-{second}"], vocabulary[first + second]
    return with_hyphen > closed or (with_hyphen == closed and first in _COMPOUND_STARTS.split())


def _joint(line: str, following: str, vocabulary: Counter[str]) -> str:
    broken = _BROKEN_WORD.search(line)
    rest = re.match(r"[^\W\d_]+", following)
    if not broken:
        return line if re.search(r"\d-$", line) and following[:1].isdigit() else f"{line} "
    stem = line[: broken.end(1)]
    if rest is None or not rest[0].islower() or broken[1].isupper():
        return f"{stem}-"
    return f"{stem}-" if keeps_hyphen(broken[1], rest[0], vocabulary) else stem
