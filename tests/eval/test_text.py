from __future__ import annotations

import pytest

from parley.eval.scorers.text import contains, leading_words, squad_words, token_f1, word_count, words


def test_words_are_lower_cased_runs_with_their_clitics() -> None:
    assert words("The Envoy’s 1,000-page “draft” don't count") == [
        "the",
        "envoy's",
        "1",
        "000",
        "page",
        "draft",
        "don't",
        "count",
    ]
    assert words("Türkiye, Київ und e\u0301te\u0301") == ["türkiye", "київ", "und", "été"]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("They agreed in principle.", "Agreed in PRINCIPLE", True),
        ("They agreed on the principle.", "agreed in principle", False),
        ("A disagreement", "agreement", False),
        ("in 2031", "31", False),
        ("the leaders’ meeting", "leaders' meeting", True),
        ("anything", "…", False),
        ("", "fee", False),
    ],
)
def test_contains_compares_whole_words_in_order(text: str, phrase: str, expected: bool) -> None:
    assert contains(text, phrase) is expected


def test_token_f1_of_a_worked_case() -> None:
    # Without articles: "fee was agreed" (3) and "fee agreed in principle" (4); common: fee, agreed.
    # Precision 2/3, recall 2/4, F1 = 2 * (2/3 * 1/2) / (2/3 + 1/2) = 4/7.
    assert token_f1("The fee was agreed.", "a fee agreed in principle") == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As `normalize_answer` of the official script has it: punctuation is deleted, so that what it joined stays joined.
        ("The U.S. fee, of 1,000 (a year)", ["us", "fee", "of", "1000", "year"]),
        ("don't re-open the talks", ["dont", "reopen", "talks"]),
        ("“A fee”", ["“", "fee”"]),
        ("an a the", []),
    ],
)
def test_words_of_squad_are_those_of_its_script(text: str, expected: list[str]) -> None:
    assert squad_words(text) == expected


def test_token_f1_at_the_edges() -> None:
    assert token_f1("The", "an") == 1.0
    assert token_f1("", "fee") == 0.0
    assert token_f1("fee", "toll") == 0.0
    # A repeated word counts once: precision 1/2, recall 1/1.
    assert token_f1("fee fee", "fee") == pytest.approx(2 / 3)


def test_leading_words_keep_the_text_as_it_is() -> None:
    assert leading_words("one  two\nthree four", 3) == "one  two\nthree"
    assert leading_words("one two", 20) == "one two"
    assert word_count("one  two\nthree") == 3
