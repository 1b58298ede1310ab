"""Time to find turns, passages and statements, in proportion to a text made of ever other names or of one thing over and over.

A file made to do harm is one reason, a long transcript or a thread of mails another: they are read in the server itself.
"""

from __future__ import annotations

from itertools import product

import pytest

from parley import Document
from parley.index.passages import split_passages
from parley.index.statements import extract_statements
from parley.index.structure.reading import read_structure
from tests.proportion import assert_grows_in_proportion

FIRST = ("Bra", "Tol", "Ve", "Ri")
NAMES = [f"{first}{middle}{last}" for first, middle, last in product(FIRST, ("ka", "mo"), ("s", "nd"))]


def names(count: int) -> list[str]:
    """That many names, all different."""
    return [f"{NAMES[number % len(NAMES)]}{'abcdefghij'[number // 16 % 10]}{_letters(number // 160)}" for number in range(count)]


def _letters(number: int) -> str:
    return "".join("klmnopqrst"[int(digit)] for digit in str(number))


TEXTS = {
    "labels": "{0} Toll: No, we said that the quota stays.\n",
    "clock": "10:45 {0}: no, we said that.\n",
    "one surname": "10:45 {0} Toll: no, we said that.\n",
    "questions": "Q. Did you say so?\nA. I said that it was.\n",
    "mails": "From: {0}\nTo: b\nSubject: Re: x\nDate: 3 March 2031\n\n> On Monday, {0} wrote:\nNo.\n\n",
    "one paragraph": "He said that it was so. She said that he had. ",
    "quotations": "“The quota stays,” {0} said. ",
    "articles": "Article 5\n\nThe parties shall act with {0}.\n\n",
    "notes": "1 The note of {0}.\n",
    "headings": "# {0}\n\nText of the quota.\n\n",
}


def read(text: str) -> None:
    structure = read_structure(Document.from_text(text, id="note"))
    split_passages(structure.document)
    extract_statements(structure.document, structure.turns)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_reading_takes_time_in_proportion(kind: str) -> None:
    assert_grows_in_proportion(read, lambda count: "".join(TEXTS[kind].format(name) for name in names(count)), 200, kind)
