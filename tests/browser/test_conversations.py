import threading

from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, new_conversation, open_page, ready, send, serving, watched
from tests.ui.small_assistant import SmallAssistant


def test_reload_keeps_the_conversation_and_its_sources(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Who proposed the POW exchange categories?")
    before = page.locator("#chat .answer").inner_html()
    page.reload()
    ready(page)
    expect(page.locator("#chat .asked")).to_have_text("Who proposed the POW exchange categories?")
    assert page.locator("#chat .answer").inner_html() == before
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()


def test_a_restart_of_the_server_keeps_the_conversation(chromium, slow_assistant):
    with watched(chromium) as context:
        with serving(slow_assistant) as url:
            page = open_page(context, url)
            ask(page, "Who wants more?")
            page.close()
        with serving(slow_assistant) as url:
            page = open_page(context, url)
            expect(page.locator("#chat .asked")).to_have_text("Who wants more?")
            page.close()


def test_conversations_are_opened_begun_and_deleted(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    new_conversation(page)
    ask(page, "Which minister?")
    entries = page.locator(".conversation-item")
    expect(entries).to_have_count(2)
    entries.filter(has_text="Who wants more?").locator(".open-conversation").click()
    expect(page.locator("#chat .asked")).to_have_text("Who wants more?")
    page.reload()
    ready(page)
    expect(page.locator("#chat .asked")).to_have_text("Who wants more?")
    delete = entries.filter(has_text="Who wants more?").locator(".delete-conversation")
    delete.click()
    expect(entries).to_have_count(2)
    expect(delete).to_have_text("Delete?")
    delete.click()
    expect(entries).to_have_count(1)
    expect(page.locator("#chat .asked")).to_have_text("Which minister?")


def test_two_browsers_at_once_do_not_mix(chromium, slow_url):
    with watched(chromium) as one, watched(chromium) as other:
        first, second = open_page(one, slow_url), open_page(other, slow_url)
        ask(first, "What about the water, first browser?", wait=False)
        ask(second, "What about the water, second browser?", wait=False)
        for page, name in ((first, "first"), (second, "second")):
            expect(page.locator("#chat .actions")).to_be_attached()
            expect(page.locator("#chat .answer .sentence")).to_have_count(6)
            expect(page.locator("#chat .asked")).to_have_text(f"What about the water, {name} browser?")
            expect(page.locator(".conversation-item")).to_have_count(1)
        first.reload()
        ready(first)
        expect(first.locator("#chat .asked")).to_have_text("What about the water, first browser?")
        foreign = second.locator("#chat a.cite").first.get_attribute("href")
        # A link to the other browser's answer, put into this page by hand, opens nothing.
        first.evaluate(
            "(link) => { const a = document.createElement('a'); a.href = link; a.id = 'forged'; a.textContent = 'x';"
            " document.querySelector('#chat .answer').append(a); }",
            foreign,
        )
        first.locator("#forged").click()
        expect(first.locator("body")).to_contain_text("That answer is not in this conversation.")
        expect(first.locator("#source-pane")).to_be_hidden()


def test_leaving_a_conversation_stops_its_answer_and_does_not_mix(open_chat, long_url):
    page = open_chat(long_url)
    ask(page, "What about the water?", wait=False)
    expect(page.locator("#chat .answer .sentence").first).to_be_visible()
    new_conversation(page)
    page.wait_for_timeout(1500)
    expect(page.locator("#chat .asked")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()
    page.locator(".open-conversation").click()
    expect(page.locator("#chat .outcome")).to_contain_text("Stopped.")


def test_a_question_asked_twice_at_once_is_answered_once(chromium, tmp_path):
    assistant = SmallAssistant(tmp_path, gate=threading.Event())
    assistant.add_documents([Document.from_text("Water rose, said Ann. Water fell, said Ben. Water is water, said Cy.", id="w")])
    with serving(assistant) as url, watched(chromium) as context:
        one, other = open_page(context, url), open_page(context, url)
        ask(one, "What about water?", wait=False)
        send(other, "What about water, again?")
        expect(other.locator("body")).to_contain_text("still being answered")
        assistant.gate.set()
        expect(one.locator("#chat .actions")).to_be_attached()
        expect(one.locator("#chat .asked")).to_have_count(1)


def test_a_question_typed_while_the_last_one_is_answered_is_not_lost(chromium, tmp_path):
    assistant = SmallAssistant(tmp_path, gate=threading.Event())
    assistant.add_documents([Document.from_text("Water rose, said Ann. Bread fell, said Ben.", id="w")])
    with serving(assistant) as url, watched(chromium) as context:
        page = open_page(context, url)
        ask(page, "What about water?", wait=False)
        send(page, "What about bread?")
        expect(page.locator("body")).to_contain_text("still being answered")
        expect(page.locator("#question textarea")).to_have_value("What about bread?")
        assistant.gate.set()
        expect(page.locator("#chat .actions")).to_be_attached()
        page.locator("#question textarea").press("Enter")
        expect(page.locator("#chat .actions")).to_have_count(2)
        expect(page.locator("#chat .verbatim")).to_have_text(["Water rose, said Ann.", "Bread fell, said Ben."])
        expect(page.locator("#stop")).to_be_hidden()
        expect(page.locator("#send")).to_be_visible()
