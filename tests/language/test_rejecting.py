"""A claim that is quoted in order to be rejected is told from one that is reported."""

from __future__ import annotations

import pytest

from parley.index.language.rejecting import names_claim, rejection_of
from parley.index.types import Span


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("Toll dismissed the claim that the port “is bankrupt”.", True),
        ("The claim that the port “is bankrupt” was nonsense, Toll said.", True),
        ("Toll repeated the claim that the port “is bankrupt”.", False),
        ("Toll dismissed the plan as “is bankrupt”.", False),
        ("Toll said the port “is bankrupt”.", False),
    ],
)
def test_a_claim_is_rejected_before_it_or_behind_it(text: str, rejected: bool) -> None:
    start = text.index("is bankrupt")
    assert (rejection_of(text, Span(0, len(text)), Span(start, start + 11)) is not None) == rejected


def test_words_may_begin_with_somebodys_claim() -> None:
    text = "Toll's claim that the port is shut. The port is shut, a claim."
    assert names_claim(text, 0, 35)
    assert not names_claim(text, 36, len(text))
