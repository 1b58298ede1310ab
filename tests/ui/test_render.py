from dataclasses import replace

import pytest

from parley import Answer, AnswerSentence, Document, Span
from parley.ui.conversations.render import answer_html, plain_text, question_html
from parley.ui.conversations.turns import Exchange
from parley.ui.html.labels import STATUS_NAMES
from parley.ui.html.verification import verification_line
from parley.ui.html.welcome import welcome_html
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in, text_of
from tests.ui.small_assistant import SmallAssistant

TEXT = (
    "We want more water, said the envoy of Tarsia. The water rose in March. "
    "No water will be sold, said an unnamed official. Water is life, said the envoy of Tarsia."
)


@pytest.fixture
def answer(tmp_path):
    assistant = SmallAssistant(tmp_path)
    assistant.add_documents([Document.from_text(TEXT, id="water.txt", title="Water talks", outlet="Courier")])
    return assistant.ask("What about water?")


def exchange(answer, **changes):
    return replace(Exchange(7, answer.question, answer.standalone_question, "done", answer), **changes)


def test_every_marker_is_a_link_with_the_exchange_and_the_number(answer):
    links = [attributes for tag, attributes in tags_of(answer_html(exchange(answer))) if tag == "a" and "class" in attributes]
    assert [link["href"] for link in links] == ["#cite-7-1", "#cite-7-2", "#cite-7-3", "#cite-7-4"]
    assert {link["class"] for link in links} == {"cite verified"}


def test_the_card_has_quotation_attribution_source_and_state(answer):
    html = answer_html(exchange(answer))
    assert text_in(html, "card-quote") == "".join(item.quote for item in answer.citations)
    assert text_in(html, "card-where").count("Courier, “Water talks”, undated") == 4
    assert text_in(html, "card-state").count("✓ Quotation verified") == 4


def test_an_unverified_marker_differs_in_shape_and_text(answer):
    doubtful = replace(answer, citations=tuple(replace(item, verified=False) for item in answer.citations))
    html = answer_html(exchange(doubtful))
    assert {attributes["class"] for tag, attributes in tags_of(html) if tag == "a" and "class" in attributes} == {
        "cite unverified"
    }
    assert "Source 1? (quotation not verified)" in text_in(html, "cite")
    assert text_in(html, "checked").startswith("?0 of 4 quotations verified")


def test_quoted_words_and_parleys_own_are_told_apart(answer):
    html = answer_html(exchange(answer))
    assert text_in(html, "verbatim") == "".join(item.quote for item in answer.citations)
    classes = [attributes["class"] for _, attributes in tags_of(html) if "sentence " in (attributes.get("class") or "")]
    assert classes == ["sentence form-direct", "sentence form-own", "sentence form-direct", "sentence form-direct"]


def test_the_line_under_the_answer_counts_quotations_and_speakers(answer):
    assert (
        verification_line(answer.citations)
        == "4 of 4 quotations verified; 2 speakers, 1 unnamed; partly in the document's own voice"
    )
    assert verification_line(answer.citations[1:2]) == "1 of 1 quotation verified; in the document's own voice"
    assert verification_line(answer.citations[:1]) == "1 of 1 quotation verified; 1 speaker"
    assert verification_line(()) == ""


@pytest.mark.parametrize("status", [status for status, label in STATUS_NAMES.items() if label])
def test_a_status_other_than_answered_is_labelled(answer, status):
    html = answer_html(exchange(replace(answer, status=status)))
    assert STATUS_NAMES[status] in text_in(html, "verdict")
    assert f"status-{status}" in html


def test_a_refusal_shows_what_was_searched_and_what_comes_nearest(answer):
    refusal = Answer("Who?", "Who?", (AnswerSentence("The documents do not answer this."),), (), "not_in_documents")
    refusal = replace(refusal, nearest=answer.citations[:2], notices=("Searched 1 document.",))
    html = answer_html(exchange(refusal))
    assert text_in(html, "notices") == "Searched 1 document."
    assert text_in(html, "near-quote") == "".join(item.quote for item in answer.citations[:2])
    assert [attributes["href"] for tag, attributes in tags_of(html) if tag == "a" and attributes["href"].startswith("#")] == [
        "#near-7-1",
        "#near-7-2",
    ]


def test_a_running_answer_has_whole_markers_and_no_actions_yet(answer):
    running = Exchange(7, answer.question, answer.question).with_sentence(answer.sentences[0], answer.citations[:1])
    html = answer_html(running)
    assert text_in(html, "working") == "…"
    assert "actions" not in html
    assert [attributes["href"] for tag, attributes in tags_of(html) if tag == "a" and attributes["href"].startswith("#")] == [
        "#cite-7-1"
    ]


def test_the_rewritten_question_is_shown_only_when_it_differs(answer):
    assert "understood" not in answer_html(exchange(answer))
    html = answer_html(exchange(answer, standalone="What about water in Tarsia?"))
    assert "What about water in Tarsia?" in text_in(html, "understood")


def test_what_the_conversation_added_is_shown_and_can_be_taken_off(answer):
    carried = ("about: <water>", "document: “Talks”")
    html = answer_html(exchange(replace(answer, carried=carried), standalone="Why? (about: water)"))
    assert "Taken from before: about: <water> document: “Talks”" in text_in(html, "understood")
    assert "Ask without it" in text_in(html, "understood")
    assert "Change" not in text_in(html, "understood")


def test_a_failure_says_why(answer):
    html = answer_html(replace(exchange(answer), state="failed", answer=None, message="The model <b>is</b> missing."))
    assert "No answer: The model <b>is</b> missing." in text_in(html, "outcome")


def test_the_copied_text_has_the_sources_with_their_offsets(answer):
    copied = plain_text(exchange(answer))
    assert copied.splitlines()[0] == "What about water?"
    first = answer.citations[0]
    assert f"[1] “{first.quote}” — {first.attribution}. Courier, “Water talks”, undated, characters 0–45" in copied
    html = answer_html(exchange(answer))
    assert text_in(html, "clipboard") == copied


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_adds_no_tag_anywhere(answer, hostile):
    def with_text(text):
        source = Document.from_text(text, id="d", title=text, outlet=text)
        cited = tuple(
            replace(item, document=source, quote=text, attribution=text, start=0, end=len(text)) for item in answer.citations
        )
        sentences = (AnswerSentence(text, (1,), (Span(0, len(text)),)), AnswerSentence(text, (2, 3)))
        made = replace(
            answer, sentences=sentences, citations=cited, notices=(text,), nearest=cited[:1], status="not_in_documents"
        )
        return question_html(exchange(made, question=text)) + answer_html(exchange(made, question=text, standalone=f"{text}!"))

    plain, html = with_text("plain"), with_text(hostile)
    assert [tag for tag, _ in tags_of(html)] == [tag for tag, _ in tags_of(plain)]
    assert text_in(html, "asked") == hostile
    assert "\n" not in html
    assert text_in(html, "verbatim") == hostile
    assert [tag for tag, _ in tags_of(welcome_html([hostile], 1))] == [tag for tag, _ in tags_of(welcome_html(["plain"], 1))]
    assert text_of(welcome_html([hostile], 1)).endswith(hostile)
