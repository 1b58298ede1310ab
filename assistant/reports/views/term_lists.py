"""Tab-separated lists that users keep beside their library: read strictly, with the line named where one is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path

from parley.index.errors import ReadError, TermListError
from parley.index.files import open_regular
from parley.index.language.folding import fold_text


def read_list(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and cells of every row; empty lines and those that begin with # are passed over.

    Raises:
        TermListError: the file cannot be read, or a row has another number of cells, or an empty one.
    """
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) != len(columns) or not all(cells):
            shape = "<TAB>".join(columns)
            msg = (
                f"{path}, line {number}: {line.strip()[:80]!r} has {sum(map(bool, cells))} filled columns, not {len(columns)}. "
                f"Write {shape}, with a tab between the columns."
            )
            raise TermListError(msg)
        yield number, cells


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    """A name for comparing only: without case, accents, leading article, possessive ending and extra white space."""
    words = fold_with_offsets(name)[0].split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words).removesuffix("'s").removesuffix("'")


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, with straight apostrophes, and for each of its characters the offset in `text`."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        letters = fold_text(character)
        folded.append(letters)
        offsets.extend([offset] * len(letters))
    return "".join(folded), offsets


def _text(path: Path) -> str:
    try:
        # A list may lie in a library that somebody else made: a pipe in its place would be waited for without end.
        with open_regular(path) as file:
            return TextIOWrapper(file, encoding="utf-8-sig").read()
    except ReadError as error:
        reason = getattr(error.__cause__, "strerror", None) or "it is a folder or a device, not a file"
        msg = f"{path} cannot be read: {reason}. Name a tab-separated text file."
        raise TermListError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start}). Save it as tab-separated text in UTF-8."
        raise TermListError(msg) from error
