"""What holds for every text: offsets, symmetry between parties, determinism, time."""

from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.index.statements import extract_statements
from parley.index.types import Document, Span, Statement
from tests.proportion import assert_in_proportion
from tests.statements.reading import statements

SENTENCES = [
    "{A}'s chief negotiator Ana Ruiz said {B} had asked for more time.",
    '"We suggested a longer truce," {A} minister Paul Oduya told Reuters. "They said no."',
    "{B} rejected the draft, according to a diplomat who spoke to BBC's Jane Roe.",
    "A source close to {A} said that the {B} delegation demanded an apology.",
    "He added that nothing was agreed, while warning that {A} would wait.",
    "The same source noted that {B}'s offer to withdraw was “still on the table.”",
    "Former {B} envoy Marta Lind reportedly discussed the list with {A}.",
    "{A} agreed in principle to meet {B} again; the official did not say when.",
    "RUIZ ({A}): Our side cannot accept article four.",
    "Ruiz, {B}'s ambassador, called {A}'s plan \"a trap.",
    "“Is it over?” she asked. “It is,” said Oduya.",
]
PIECES = st.lists(
    st.sampled_from(
        [
            *"aZ .,:;!?()[]\n\"'“”«»‘’—-…\u00a0\u200bя؟",
            "said ",
            "he ",
            "Ruiz ",
            "told Reuters ",
            "that ",
            "according to ",
            "\n\n",
            "the official ",
            ", adding: ",
            "who ",
            "and ",
            "Norland's demand for ",
            " by ",
            "Mr. ",
            "''",
            "\ud800",
        ]
    ),
    max_size=60,
).map("".join)


def check(text: str, found: tuple[Statement, ...]) -> None:
    for one in found:
        assert one.content
        assert all(0 <= start < end <= len(text) for start, end in one.content)
        assert all(first.end <= second.start for first, second in pairwise(one.content))
        assert all(text[start:end].strip() for start, end in one.content)
        for span in (one.cue, one.speaker_span, *one.hedges, *one.negations):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert (one.speaker is None) or one.speaker.strip()
        assert 0 <= one.confidence <= 1
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.one_of(PIECES, st.text()))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_lies_in_the_text_and_content_is_in_order(text):
    check(text, statements(text))


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.lists(st.sampled_from([" ", "\n\n"]), min_size=8, max_size=8))
@settings(deadline=None)
def test_swapping_two_parties_swaps_the_result_and_nothing_else(sentences, gaps):
    template = "".join(sentence + gap for sentence, gap in zip(sentences, gaps, strict=False))
    one = statements(template.format(A="Norland", B="Sudavia"))
    other = statements(template.format(A="Sudavia", B="Norland"))
    assert [_swapped(statement) for statement in one] == list(other)


def _swapped(statement: Statement) -> Statement:
    changed = {field.name: _swap(getattr(statement, field.name)) for field in fields(statement)}
    return replace(statement, **changed)


def _swap(value: object) -> object:
    if isinstance(value, str):
        return value.replace("Norland", "\0").replace("Sudavia", "Norland").replace("\0", "Sudavia")
    if isinstance(value, tuple) and not isinstance(value, Span):
        return tuple(_swap(part) for part in value)
    return value


def test_the_same_text_gives_the_same_statements():
    text = "\n\n".join(sentence.format(A="Norland", B="Sudavia") for sentence in SENTENCES)
    assert statements(text) == statements(text)
    assert statements(text)


def test_an_empty_document_has_no_statements():
    assert extract_statements(Document.from_text("", id="empty")) == ()
    assert extract_statements(Document.from_text(" \n\u00a0\n", id="blank")) == ()


def test_a_foreign_alphabet_gives_no_wrong_speakers():
    assert statements("«Мы готовы», — сказал Иванов.\n\nقال الوزير: «سنذهب».") == ()


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["said ", '" ', "(", "Ruiz, said Lind, ", '"he said ', "a ", "who ", "’s claim that "])
def test_a_long_line_takes_time_in_proportion(unit):
    assert_in_proportion(lambda text: check(text, statements(text)), unit, 20_000)


def test_a_very_long_line_is_read():
    text = " ".join(sentence.format(A="Norland", B="Sudavia") for sentence in SENTENCES) + " "
    text *= 300_000 // len(text)
    found = statements(text)
    assert len(found) > 1500
