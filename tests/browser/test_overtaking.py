"""What is done faster than the server answers is neither lost nor shown in the wrong order."""

import time

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, new_conversation, ready, send, serving
from tests.ui.small_assistant import SmallAssistant

TEXTS = {
    "ferry.txt": "The ferry sails at noon, said the harbour master. The bridge stays shut, said an official.",
    "mill.txt": "The mill was sold.",
    "lamp.txt": "The lamp was lit.",
}


class Dragging(SmallAssistant):
    """Takes `drag` seconds for the next document that is opened, `listing` for the next list of documents, and none after it."""

    drag = 0.0
    listing = 0.0

    def document(self, document_id):
        seconds, self.drag = self.drag, 0.0
        time.sleep(seconds)
        return super().document(document_id)

    def entries(self):
        seconds, self.listing = self.listing, 0.0
        time.sleep(seconds)
        return super().entries()


@pytest.fixture
def assistant(tmp_path):
    made = Dragging(tmp_path)
    made.add_documents([Document.from_text(text, id=name, title=name.partition(".")[0]) for name, text in TEXTS.items()])
    return made


@pytest.fixture
def page(open_chat, assistant):
    with serving(assistant) as url:
        yield open_chat(url)


def click_in_turn(page, *selectors):
    """Click without waiting for what follows from the click before, once the server knows of it."""
    for selector in selectors:
        with page.expect_response(answers_a_click):
            page.evaluate("(selector) => document.querySelector(selector).click()", selector)


def answers_a_click(response):
    """Not what follows an answer by itself, which carries no data of the page's."""
    return "/queue/join" in response.url and response.request.post_data_json.get("event_data") is not None


HOLD_NEXT_REQUEST = """() => {
  const plain = window.fetch;
  window.fetch = async (...request) => {
    if (String(request[0].url ?? request[0]).includes('/queue/join')) {
      window.fetch = plain;
      await new Promise((later) => setTimeout(later, 1500));
      window.held = true;
    }
    return plain(...request);
  };
}"""


def click_both(page, *selectors):
    """Click two places at once, the first of which has its request held up on its way."""
    page.evaluate(HOLD_NEXT_REQUEST)
    page.evaluate("(selectors) => selectors.forEach((selector) => document.querySelector(selector).click())", selectors)
    page.wait_for_function("window.held")


def test_a_request_that_is_held_up_on_its_way_is_not_overtaken(page, assistant):
    for question in ("When does the ferry sail?", "Who sold the mill?"):
        ask(page, question)
        new_conversation(page)
    click_both(page, *(f".conversation-item:nth-child({place}) .open-conversation" for place in (1, 2)))
    expect(page.locator("#chat .asked")).to_have_text("When does the ferry sail?")
    page.evaluate("window.held = false")
    click_both(page, *(f".choose-document[data-document='{name}']" for name in ("mill.txt", "lamp.txt")))
    expect(page.locator(".scope")).to_contain_text("lamp")
    page.evaluate("window.held = false")
    click_both(page, "#chat a.cite", ".open-document[data-document='mill.txt']")
    expect(page.locator("#source .document-title")).to_have_text("mill")
    page.wait_for_timeout(1_000)
    expect(page.locator(".scope")).to_contain_text("mill")
    expect(page.locator("#chat .asked")).to_have_text("When does the ferry sail?")
    expect(page.locator("#source .document-title")).to_have_text("mill")


def test_a_source_stays_closed_that_was_closed_while_another_was_on_its_way(page, assistant):
    page.locator(".open-document[data-document='lamp.txt']").click()
    expect(page.locator("#source-pane")).to_be_visible()
    assistant.drag = 1.5
    page.locator(".open-document[data-document='mill.txt']").click()
    page.locator("#close-source").click()
    expect(page.locator("#source .document-title")).to_have_text("mill")
    page.wait_for_timeout(500)
    expect(page.locator("#source-pane")).to_be_hidden()
    page.locator(".open-document[data-document='mill.txt']").click()
    expect(page.locator("#source-pane")).to_be_visible()
    expect(page.locator("#source .document-title")).to_be_focused()


def test_a_question_sent_before_the_page_knows_its_conversation_is_asked_all_the_same(context, assistant):
    with serving(assistant) as url:
        page = context.new_page()
        assistant.listing = 2.0
        page.goto(url)
        expect(page.locator("#question textarea")).to_be_editable()
        send(page, "Who sold the mill?")
        assert page.locator(".document-item").count() == 0
        expect(page.locator("#chat .sentence")).to_contain_text("The mill was sold.")
        ready(page)
        expect(page.locator(".conversation-item .item-title")).to_have_text("Who sold the mill?")


def test_a_correction_does_not_bring_back_the_conversation_that_was_left(page, assistant):
    ask(page, "When does the ferry sail?")
    page.locator(".open-document[data-document='ferry.txt']").click()
    page.locator(".metadata summary").click()
    page.get_by_label("Outlet").fill("Harbour Post")
    assistant.drag = 1.5
    page.locator(".metadata-form button").click()
    new_conversation(page)
    expect(page.locator("#library .item-facts", has_text="Harbour Post")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#chat .asked")).to_have_count(0)
    page.locator(".open-conversation").first.click()
    expect(page.locator("#chat .source .where")).to_contain_text("Harbour Post")


def test_the_source_clicked_last_is_shown_in_the_end(page, assistant):
    ask(page, "When does the ferry sail?")
    expect(page.locator(".conversation-item")).to_have_count(1)
    assistant.drag = 1.5
    click_in_turn(page, "#chat a.cite", ".open-document[data-document='mill.txt']")
    expect(page.locator("#source .document-title")).to_have_text("mill")
    page.wait_for_timeout(2_000)
    expect(page.locator("#source .document-title")).to_have_text("mill")


def test_a_source_that_was_closed_opens_again(page):
    ask(page, "When does the ferry sail?")
    for _ in range(2):
        page.locator("#chat a.cite").first.click()
        expect(page.locator("#source mark.quote").first).to_be_in_viewport()
        page.locator("#close-source").click()
        expect(page.locator("#source-pane")).to_be_hidden()


def test_two_documents_removed_quickly_are_both_gone_and_both_come_back(page, assistant):
    click_in_turn(page, *(f".remove-document[data-document='{name}']" for name in ("mill.txt", "lamp.txt")))
    expect(page.locator(".document-item")).to_have_count(1)
    expect(page.locator(".panel-notice")).to_contain_text("Removed “lamp”.")
    page.locator(".undo").click()
    expect(page.locator(".panel-notice")).to_contain_text("“lamp” is back. Before it, “mill” was removed.")
    page.locator(".undo").click()
    expect(page.locator(".document-item")).to_have_count(3)
    expect(page.locator(".undo")).to_have_count(0)
    assert {document.id: document.text for document in assistant.documents()} == TEXTS


def test_the_list_of_conversations_follows_what_was_typed_last(page):
    for question in ("Who sold the mill?", "When does the ferry sail?"):
        new_conversation(page)
        ask(page, question)
    entries = page.locator(".conversation-item")
    expect(entries).to_have_count(2)
    # Longer between two letters than the page waits before it asks, so that each is a search of its own.
    page.locator("#search-conversations").press_sequentially("mill", delay=300)
    expect(page.locator("#history [data-searched='mill']")).to_be_attached()
    expect(entries).to_have_count(1)
    expect(entries.locator(".item-title")).to_have_text("Who sold the mill?")
    entries.locator(".rename-conversation").click()
    page.locator(".new-title").fill("The sale of the mill")
    page.locator(".new-title").press("Enter")
    expect(entries.locator(".item-title")).to_have_text("The sale of the mill")
    # Naming it has neither opened it nor widened the list; opening it does the latter, and the field says so.
    expect(page.locator("#chat .asked")).to_have_text("When does the ferry sail?")
    expect(page.locator("#search-conversations")).to_have_value("mill")
    entries.locator(".open-conversation").click()
    expect(page.locator("#chat .asked")).to_have_text("Who sold the mill?")
    expect(entries).to_have_count(2)
    expect(page.locator("#search-conversations")).to_have_value("")


def test_the_conversation_opened_last_is_the_one_shown(page):
    for question in ("When does the ferry sail?", "Who sold the mill?"):
        ask(page, question)
        new_conversation(page)
    for _ in range(3):
        click_in_turn(page, *(f".conversation-item:nth-child({place}) .open-conversation" for place in (1, 2)))
        expect(page.locator("#chat .asked")).to_have_text("When does the ferry sail?")
        expect(page.locator(".open-conversation[aria-current] .item-title")).to_have_text("When does the ferry sail?")
        page.locator(".conversation-item .open-conversation").first.click()
        expect(page.locator("#chat .asked")).to_have_text("Who sold the mill?")


def test_a_question_sent_while_another_conversation_is_opened_is_asked_there(page, assistant):
    ask(page, "Who sold the mill?")
    expect(page.locator(".conversation-item")).to_have_count(1)
    assistant.listing = 1.5
    click_in_turn(page, "#new-conversation")
    send(page, "When does the ferry sail?")
    expect(page.locator(".conversation-item .item-title")).to_have_text(["When does the ferry sail?", "Who sold the mill?"])
    expect(page.locator("#chat .asked")).to_have_text(["When does the ferry sail?"])
    assistant.listing = 1.5
    click_in_turn(page, ".conversation-item:nth-child(2) .open-conversation")
    send(page, "Who lit the lamp?")
    expect(page.locator("#chat .asked")).to_have_text(["Who sold the mill?", "Who lit the lamp?"])
    expect(page.locator("#chat .actions")).to_have_count(2)


def test_a_question_is_sent_although_the_conversation_could_not_be_opened(page):
    ask(page, "Who sold the mill?")
    opener = page.locator(".open-conversation").first
    opener.evaluate("(element) => { element.dataset.conversation = '?'; element.click(); }")
    ask(page, "When does the ferry sail?")
    expect(page.locator("#chat .asked")).to_have_text(["Who sold the mill?", "When does the ferry sail?"])


def test_an_answer_that_is_stopped_by_leaving_does_not_come_back_into_the_next_conversation(page, assistant):
    assistant.pause = 1.0
    ask(page, "When does the ferry sail?", wait=False)
    expect(page.locator("#chat .sentence")).to_be_visible()
    assistant.drag = 1.5
    new_conversation(page)
    page.wait_for_timeout(2_000)
    expect(page.locator("#chat .asked")).to_have_count(0)
    ask(page, "Who sold the mill?")
    expect(page.locator("#chat .asked")).to_have_text(["Who sold the mill?"])


def test_a_question_is_asked_of_the_documents_chosen_just_before(page, assistant):
    expect(page.locator(".document-item")).to_have_count(3)
    assistant.listing = 1.5
    click_in_turn(page, ".choose-document[data-document='mill.txt']")
    ask(page, "Was the mill or the lamp sold or lit?")
    expect(page.locator("#chat .sentence")).to_have_count(1)
    expect(page.locator("#chat .sentence")).to_contain_text("The mill was sold.")
