"""Where what was said begins: behind a heading that was run into the text, and behind those it was said to."""

import pytest

from tests.statements.reading import saying, statements


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("RIVER TALKS FAIL AS ENVOYS LEAVE SARSK", '"I am not happy with this,"'),
        ("WHY RUIZ STAYS IN SARSK EVEN THOUGH LIND SAYS IT'S OVER", '"We are tired,"'),
        ("'TOTAL DEFEAT' SAYS LIND AFTER RIVER TALKS", "“Nobody lost,”"),
    ],
)
def test_nobody_said_a_heading_in_capitals(heading, words):
    text = f'The envoys left on Sunday.  {heading} {words} Ruiz said. "It goes on."'
    one = saying(text, words)
    assert [text[start:end] for start, end in one.content] == [words, '"It goes on."']


@pytest.mark.parametrize(
    "text",
    [
        '"MARTA LIND HAS GONE ABSOLUTELY MAD! I always liked her," Ruiz wrote.',
        '"THE TREATY WILL NOT BE SIGNED," Ruiz wrote.',
    ],
)
def test_words_in_capitals_that_somebody_wrote_stay(text):
    (one,) = statements(text)
    assert text[one.content[0].start : one.content[-1].end] == text[: text.index(" Ruiz")]


@pytest.mark.parametrize(
    ("clause", "addressee"),
    [
        ("told reporters", "reporters"),
        ("told reporters on Monday", "reporters"),
        ("told the committee", "the committee"),
        ("told a crowd of supporters", "a crowd of supporters"),
        ("told the head of the union", "the head of the union"),
        ("told CNN's Jake Moss", "CNN's Jake Moss"),
        ("said on Monday", None),
        ("said in a statement", None),
        ("said of the plan", None),
    ],
)
def test_what_is_said_without_that_begins_behind_those_it_is_said_to(clause, addressee):
    text = f"Ana Ruiz {clause} the river would rise."
    one = saying(text, "river")
    assert ([text[start:end] for start, end in one.content], one.addressee) == (["the river would rise"], addressee)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ana Ruiz told reporters talks had failed.", "talks had failed"),
        ("Ana Ruiz vowed to boycott the round in May.", "to boycott the round in May"),
        ("Ana Ruiz told lawmakers the truth.", "the truth"),
    ],
)
def test_a_clause_without_an_article_and_plain_objects(text, content):
    (one,) = statements(text)
    assert text[one.content[0].start : one.content[-1].end] == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Ana Ruiz told reporters that "it went very well" as she left the hall.', '"it went very well"'),
        ("Ana Ruiz said “we will leave” before she left for Sarsk.", "“we will leave”"),
    ],
)
def test_what_happened_meanwhile_is_not_part_of_a_quotation(text, content):
    (one,) = statements(text)
    assert text[one.content[0].start : one.content[-1].end] == content
