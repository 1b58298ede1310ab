import pytest

from parley.ui.conversations.payload import (
    PayloadError,
    SourceLink,
    conversation_id,
    document_id,
    exchange_id,
    question_text,
    source_link,
)


def test_what_the_page_sends_is_understood():
    assert source_link({"link": "cite-12-3"}) == SourceLink("cite", 12, 3)
    assert source_link({"link": "near-1-1"}) == SourceLink("near", 1, 1)
    assert exchange_id({"exchange": "12"}) == 12
    assert question_text({"question": "Who?"}) == "Who?"
    assert document_id({"document": "a b/ü.txt"}) == "a b/ü.txt"
    assert conversation_id("abcDEF123_-abcDEF123") == "abcDEF123_-abcDEF123"


@pytest.mark.parametrize(
    "link",
    ["", "cite-1", "cite-0-1", "cite-1-0", "cite--1-1", "cite-1-1\n", "CITE-1-1", "x-1-1", "cite-١-1", "cite-" + "9" * 40 + "-1"],
)
def test_other_links_are_refused(link):
    with pytest.raises(PayloadError):
        source_link({"link": link})


@pytest.mark.parametrize("payload", [None, [], "cite-1-1", 1, {}, {"link": None}, {"link": ["cite-1-1"]}, {"link": {"a": 1}}])
def test_other_shapes_are_refused(payload):
    with pytest.raises(PayloadError):
        source_link(payload)


@pytest.mark.parametrize("exchange", ["", "-1", "1.0", "1e3", "١", "9" * 30, None, 1])
def test_other_numbers_are_refused(exchange):
    with pytest.raises(PayloadError):
        exchange_id({"exchange": exchange})


def test_questions_have_a_length():
    assert question_text({"question": "x" * 4_000}) == "x" * 4_000
    with pytest.raises(PayloadError, match=r"4001 characters, the most is 4000"):
        question_text({"question": "x" * 4_001})
    with pytest.raises(PayloadError):
        question_text({"question": " \n"})


@pytest.mark.parametrize("value", [None, "", "short", "x" * 65, "a/../../etc/passwd-abc", "abcdefghijklmnop\n", 5])
def test_other_conversations_are_refused(value):
    with pytest.raises(PayloadError):
        conversation_id(value)
