"""What a document denies, hopes, asks or makes depend on something keeps those words, in answers and in the quote check."""

from __future__ import annotations

import re

import pytest

from parley import Answer, Assistant


@pytest.mark.parametrize(
    ("question", "claimed", "kept"),
    [
        ("Did the harbour master withdraw the patrol boats?", "patrol boats", "denied"),
        ("Will Varnland open its hatchery?", "open its hatchery", "If the catch falls below 3,000 tonnes"),
        ("Has a protocol been signed?", "protocol would be signed", "hoped"),
        ("What have the parties agreed on sonar readings?", "share sonar readings", "in principle"),
    ],
)
def test_the_word_that_limits_a_claim_stays_with_it(answers: dict[str, Answer], question: str, claimed: str, kept: str) -> None:
    telling = [sentence.text for sentence in answers[question].sentences if claimed in sentence.text]
    assert telling
    assert all(kept in sentence for sentence in telling)


@pytest.mark.parametrize("question", ["Did the harbour master withdraw the patrol boats?", "Has a protocol been signed?"])
def test_no_words_of_it_stand_alone_in_front(answers: dict[str, Answer], question: str) -> None:
    first = answers[question].sentences[0].text
    assert not re.match(r"[“\"][^”\"]{1,40}[”\"][.,]", first), first


def test_the_quote_check_tells_that_words_are_denied(lake: Assistant) -> None:
    check = lake.check_quote("the patrol boats had been withdrawn")
    assert re.search(r"den(?:y|ie)", check.message)
