"""Editing a question where it stands, and what is shown while the library is still being opened."""

import threading

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import TALE, ask, open_page, serving, watched
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import PATIENCE


@pytest.fixture(scope="module")
def quick_url(tmp_path_factory):
    assistant = SmallAssistant(tmp_path_factory.mktemp("quick"))
    assistant.add_documents([Document.from_text(TALE, id="water.txt", title="Water talks", outlet="Courier")])
    with serving(assistant) as url:
        yield url


def test_the_last_question_is_edited_in_its_place(open_chat, quick_url):
    page = open_chat(quick_url)
    ask(page, "Who wants more?")
    page.locator("#chat .actions .edit").click()
    field = page.locator("#chat .editor textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value("Who wants more?")
    expect(page.locator("#chat .asked")).to_be_hidden()
    field.press("Escape")
    expect(page.locator("#chat .asked")).to_be_visible()
    expect(page.locator("#chat .actions .edit")).to_be_focused()
    page.keyboard.press("Enter")
    field.fill("Which minister?")
    field.press("Enter")
    expect(page.locator("#chat .asked")).to_have_text("Which minister?")
    expect(page.locator("#chat .answer .actions")).to_be_attached()
    expect(page.locator("#chat .answer")).to_contain_text("Our water is ours")
    expect(page.locator(".conversation-item")).to_have_count(1)


def test_editing_an_earlier_question_keeps_the_conversation_as_it_was(open_chat, quick_url):
    page = open_chat(quick_url)
    ask(page, "Who wants more?")
    ask(page, "Which minister?")
    ask(page, "Which official?")
    page.locator("#chat .actions .edit").nth(1).click()
    expect(page.locator("#chat .editor")).to_contain_text("stays in the list")
    page.locator("#chat .editor textarea").fill("Which board?")
    page.locator("#chat .ask-instead").click()
    expect(page.locator("#chat .asked")).to_have_text(["Who wants more?", "Which board?"])
    expect(page.locator("#chat .answer .actions")).to_have_count(2)
    page.locator("#chat .answer").first.locator("a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_contain_text("We want more water")
    entries = page.locator(".conversation-item")
    expect(entries).to_have_count(2)
    expect(page.locator(".open-conversation[aria-current] .item-title")).to_have_text("Who wants more?")
    page.locator(".open-conversation:not([aria-current])").click()
    expect(page.locator("#chat .asked")).to_have_text(["Who wants more?", "Which minister?", "Which official?"])


def test_an_answer_is_exported_to_its_asker_only(chromium, open_chat, quick_url):
    page = open_chat(quick_url)
    ask(page, "Who wants more?")
    page.locator("#chat .export summary").click()
    link = page.locator("#chat .export a", has_text="Markdown")
    with page.expect_download() as download:
        link.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "We want more water, said the envoy of Tarsia." in text
    address = link.evaluate("(link) => link.href")
    with watched(chromium) as stranger:
        open_page(stranger, quick_url)
        assert stranger.request.get(address).status == 404


class Opening(SmallAssistant):
    """Takes until `opened` is set to load."""

    opened = threading.Event()

    def warm_up(self):
        self.opened.wait(PATIENCE)

    def stream(self, question, **options):
        self.opened.wait(PATIENCE)
        yield from super().stream(question, **options)


def test_who_asks_before_the_library_is_open_is_told_so(chromium, tmp_path):
    assistant = Opening(tmp_path)
    assistant.add_documents([Document.from_text(TALE, id="water.txt", title="Water talks")])
    with serving(assistant) as url, watched(chromium) as context:
        page = open_page(context, url)
        ask(page, "Who wants more?", wait=False)
        expect(page.locator("#chat .working")).to_contain_text("Opening the library.")
        assistant.opened.set()
        expect(page.locator("#chat .answer .actions")).to_be_attached()
        ask(page, "Which minister?")
        expect(page.locator("#chat .working")).to_have_count(0)
