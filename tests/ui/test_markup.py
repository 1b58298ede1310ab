import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import Span
from parley.ui.html.markup import isolated, text_html, wrapped_ranges
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in, text_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(ANY_TEXT)
def test_text_comes_back_character_by_character_and_brings_no_tag(text):
    html = f"<p>{text_html(text)}</p>"
    assert text_of(html) == text
    assert tags_of(html) == [("p", {})]


@given(ANY_TEXT)
def test_text_comes_back_from_an_attribute(text):
    assert tags_of(f'<p title="{text_html(text)}"></p>')[0][1]["title"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_line_without_markup(text):
    html = isolated(f"{text}\n\n{text}\tend")
    assert text_of(html) == f"{text}\n\n{text}\tend"
    assert [tag for tag, _ in tags_of(html)] == ["bdi"]
    assert not set(html) & set("\n\r\t\f")


def test_a_nul_and_a_lone_surrogate_become_visible_stand_ins():
    assert text_html("a\0b") == "a\ufffdb"
    assert text_html("a\ud800b") == "a?b"


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_ranges_keep_the_text_and_hold_exactly_their_slices(text, borders):
    spans = [Span(min(pair), max(pair)) for pair in borders]
    ranges = [(span, f'<b class="r{number}">', "</b>") for number, span in enumerate(spans)]
    html = f"<p>{wrapped_ranges(text, ranges)}</p>"
    assert text_of(html) == text
    for number, span in enumerate(spans):
        assert text_in(html, f"r{number}") == text[span.start : span.end]


def test_a_window_shows_only_its_part():
    ranges = [(Span(2, 8), '<mark class="q">', "</mark>")]
    html = wrapped_ranges("0123456789", ranges, window=Span(4, 10))
    assert html == '<mark class="q">4567</mark>89'
