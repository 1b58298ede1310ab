"""What is highlighted in the source pane is what the citation says, character by character."""

import json

import pytest
from gradio_client import Client
from playwright.sync_api import expect

from tests.browser.conftest import ask, new_conversation
from tests.conftest import ROOT

QUESTIONS = 10


@pytest.fixture(scope="module")
def api(talks_url):
    client = Client(talks_url, verbose=False)
    yield client
    client.close()


def _questions():
    files = sorted((ROOT / "eval" / "questions").glob("*.jsonl"))
    lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    alone = [line for line in lines if line.get("question") and line.get("answerable", True) and not line.get("history")]
    asked = [line["question"] for line in alone]
    return asked[:: max(1, len(asked) // QUESTIONS)][:QUESTIONS]


def test_every_highlight_is_its_citation(open_chat, talks_url, api):
    page = open_chat(talks_url)
    questions = _questions()
    assert len(questions) == QUESTIONS
    compared = 0
    for question in questions:
        answer = api.predict(question=question, api_name="/ask")
        new_conversation(page)
        ask(page, question)
        links = page.locator("#chat a.cite").all()
        markers = [int(link.get_attribute("href").rsplit("-", 1)[1]) for link in links]
        assert sorted(set(markers)) == sorted(citation["marker"] for citation in answer["citations"])
        for citation in answer["citations"]:
            links[markers.index(citation["marker"])].click()
            expect(page.locator("#source .document-title")).to_have_text(citation["document"]["title"])
            link = links[markers.index(citation["marker"])].get_attribute("href").removeprefix("#")
            expect(page.locator(f'#source article[data-link="{link}"]')).to_be_attached()
            assert "".join(page.locator("#source mark.quote").all_text_contents()) == citation["quote"]
            compared += 1
    assert compared >= QUESTIONS


def test_the_source_opens_at_the_quotation_with_its_surroundings(open_chat, talks_url, talks_assistant):
    page = open_chat(talks_url)
    ask(page, "Who proposed the POW exchange categories?")
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()
    expect(page.locator("#source .passage").first).to_be_visible()
    expect(page.locator("#source .heading-path")).to_be_visible()
    title = page.locator("#source .document-title").inner_text()
    (document,) = [item for item in talks_assistant.documents() if item.title == title]
    shown = page.locator("#source .document-text").evaluate("(element) => element.textContent")
    assert shown == document.text


def test_pointing_at_a_marker_shows_quotation_source_and_attribution(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    page.locator("#chat a.cite").first.hover()
    card = page.locator("#hover-card")
    expect(card).to_be_visible()
    expect(card.locator(".card-quote")).to_have_text("We want more water, said the envoy of Tarsia.")
    expect(card.locator(".card-who")).to_have_text("the envoy of Tarsia: direct quotation")
    expect(card.locator(".card-where")).to_have_text("Courier, “Water talks”, undated")
    expect(card.locator(".card-state")).to_contain_text("Quotation verified")
    page.locator("#masthead h1").hover()
    expect(card).to_be_hidden()


def test_one_goes_to_the_next_source_and_back(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "What about the water?")
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_have_text("We want more water, said the envoy of Tarsia.")
    others = "".join(page.locator("#source .other-quote").all_text_contents())
    assert others.startswith("The water rose in March.No water will be sold")
    assert others.endswith("Our water is ours, said Minister Oren.")
    page.locator("#source .steps a").last.click()
    expect(page.locator("#source .steps")).to_contain_text("2 of 6")
    expect(page.locator("#source mark.quote")).to_have_text("The water rose in March.")
    page.locator("#source .steps a").first.click()
    expect(page.locator("#source mark.quote").first).to_contain_text("We want more water")


def test_a_document_opens_from_the_list(open_chat, talks_url, talks_assistant):
    page = open_chat(talks_url)
    page.locator(".open-document").first.click()
    document = talks_assistant.documents()[0]
    expect(page.locator("#source .document-title")).to_have_text(document.title)
    assert page.locator("#source .document-text").evaluate("(element) => element.textContent") == document.text
    page.locator("#close-source").click()
    expect(page.locator("#source-pane")).to_be_hidden()
