from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.index.language.quotations import quotation_spans
from tests.proportion import assert_in_proportion

MARKED = st.lists(
    st.sampled_from([*"aZ .,!\n\"'“”„‟«»‹›‘’‚`", "''", "``", "\n\n", "s' ", "don't", "“a", 'b"', " word "]), max_size=60
).map("".join)


def quoted(text: str) -> list[str]:
    return [text[quotation.inner.start : quotation.inner.end] for quotation in quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected", "style"),
    [
        ('She said, "we agree," and left.', "we agree,", "straight"),
        ("She said, “we agree,” and left.", "we agree,", "curly"),
        ("Elle dit « nous acceptons » et part.", " nous acceptons ", "guillemets"),
        ("Sie sagte: »Wir sind bereit.«", "Wir sind bereit.", "guillemets"),
        ("Sie sagte: „Wir sind bereit.“ Dann ging sie.", "Wir sind bereit.", "low-high"),
        ("On dit ‹peut-être› ici.", "peut-être", "single guillemets"),
        ("Hon sade ”vi är klara” igår.", "vi är klara", "curly"),
        ("He wrote ``all sides agree'' there.", "all sides agree", "doubled"),
        ("He wrote ''all sides agree'' there.", "all sides agree", "doubled"),
        ("She called it 'a fair text' today.", "a fair text", "straight single"),
        ("She called it ‘a fair text’ today.", "a fair text", "curly single"),
    ],
)
def test_every_kind_of_mark_is_read(text, expected, style):
    (quotation,) = quotation_spans(text)
    assert text[quotation.inner.start : quotation.inner.end] == expected
    assert (quotation.closed, quotation.style, quotation.depth) == (True, style, 0)
    assert text[quotation.start : quotation.end].strip("\"'“”„«»‹›‘’`") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The leaders' meeting isn't the ministers' choice.",
        "It’s the delegations’ wish, and rock ’n’ roll.",
        "In the '90s they'd wait 'til dawn.",
        'A 6" pipe and 5\' 10" men.',
        "No marks at all.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text):
    assert quotation_spans(text) == []


def test_an_apostrophe_inside_single_marks_does_not_close_them():
    assert quoted("They want 'the leaders' level to decide', he said, and 'no one's veto' too.") == [
        "the leaders' level to decide",
        "no one's veto",
    ]


def test_a_quotation_runs_over_sentences():
    assert quoted('"We came. We spoke. We left," he said. "It was short."') == ["We came. We spoke. We left,", "It was short."]


def test_nested_quotations_know_their_depth():
    text = "“She told me ‘never again’ and I wrote “noted” there,” he said."
    assert [(text[q.inner.start : q.inner.end], q.depth) for q in quotation_spans(text)] == [
        ("She told me ‘never again’ and I wrote “noted” there,", 0),
        ("never again", 1),
        ("noted", 1),
    ]
    assert quoted("She wrote 'the word \"fair\" is gone' to us.") == ['the word "fair" is gone', "fair"]
    assert quoted('"He said "no" and left," she said. "I stayed."') == ['He said "no" and left,', "no", "I stayed."]


def test_a_reopening_mark_at_each_paragraph_continues_the_quotation():
    text = '"The first point stands.\n\n"The second does not.\n\n"The third is open," she said.'
    (quotation,) = quotation_spans(text)
    assert quotation.closed
    assert [text[start:end] for start, end in quotation.pieces] == [
        "The first point stands.",
        "The second does not.",
        "The third is open,",
    ]
    assert text[quotation.start : quotation.end] == text[: text.index(" she said")]


def test_a_quotation_never_closed_ends_with_its_paragraph():
    text = 'He said they have "a limited mandate.\nThe talks go on. "Perhaps," she said.'
    first, second = quotation_spans(text)
    assert (text[first.start : first.end], first.closed) == ('"a limited mandate.', False)
    assert (text[second.start : second.end], second.closed) == ('"Perhaps,"', True)


def test_a_quotation_never_closed_ends_where_the_next_begins():
    text = '"We go now. He left. "She stays," he said.'
    first, second = quotation_spans(text)
    assert (text[first.inner.start : first.inner.end], first.closed) == ("We go now.", False)
    assert text[second.inner.start : second.inner.end] == "She stays,"


def test_dashes_set_off_speech_in_cyrillic_texts():
    text = "— Мы согласны, — сказал посол. — Ждите ответа.\n\n— пункт первый\n\n— пункт второй"
    assert quoted(text) == ["Мы согласны,", "Ждите ответа."]
    assert {quotation.style for quotation in quotation_spans(text)} == {"dash"}
    assert quoted("— One thing, — and another. — A third.") == []


def test_a_range_gives_offsets_into_the_whole_text():
    text = '"One." "Two." "Three."'
    (quotation,) = quotation_spans(text, 7, 13)
    assert text[quotation.start : quotation.end] == '"Two."'


@given(st.one_of(MARKED, st.text()))
def test_quotations_are_slices_in_order_and_nest_properly(text):
    quotations = quotation_spans(text)
    for quotation in quotations:
        assert 0 <= quotation.start < quotation.inner.start <= quotation.inner.end <= quotation.end <= len(text)
        assert quotation.pieces[0].start == quotation.inner.start
        assert quotation.pieces[-1].end == quotation.inner.end
        assert all(a.end <= b.start for a, b in pairwise(quotation.pieces))
    assert [q.start for q in quotations] == sorted(q.start for q in quotations)
    for first, second in pairwise(quotations):
        assert first.end <= second.start or second.end <= first.end


@pytest.mark.parametrize("unit", ["x", '"', '"a ', '" a', "“a ", "'a ", "«", "‘a’ ", "s' ", '\n"', '\n\n"a'])
def test_a_long_line_takes_time_in_proportion(unit):
    assert_in_proportion(quotation_spans, unit, 20_000)
