"""Each conversation has an address that Back and links lead to; "?" tells the keys, which act outside of text fields only."""

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, new_conversation, open_page, ready, serving, watched
from tests.ui.small_assistant import SmallAssistant


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    made = SmallAssistant(tmp_path_factory.mktemp("addresses"))
    text = "The ferry sails at noon, said the harbour master. The bridge stays shut, said an official."
    made.add_documents([Document.from_text(text, id="ferry.txt", title="Ferry talks", outlet="Courier")])
    with serving(made) as address:
        yield address


def test_back_and_links_lead_to_conversations(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.wait_for_url("**/?conversation=*")
    first = page.url
    new_conversation(page)
    page.wait_for_url(lambda address: "conversation=" not in address)
    ask(page, "Who speaks of the bridge?")
    page.wait_for_url("**/?conversation=*")
    second = page.url
    assert first != second
    page.go_back()
    page.wait_for_url(first)
    expect(page.locator("#chat .asked")).to_have_text(["When does the ferry sail?"])
    page.go_forward()
    page.wait_for_url(second)
    expect(page.locator("#chat .asked")).to_have_text(["Who speaks of the bridge?"])
    page.goto(first)
    ready(page)
    expect(page.locator("#chat .asked")).to_have_text(["When does the ferry sail?"])
    page.goto(first.split("=")[0] + "=" + "x" * 32)
    ready(page)
    page.wait_for_url(first)  # not one of ours: the one opened last


def test_a_link_opens_a_conversation_at_an_answer(chromium, url):
    with watched(chromium, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = open_page(context, url)
        ask(page, "When does the ferry sail?")
        ask(page, "Who speaks of the bridge?")
        ask(page, "And of the harbour?")
        first, second, _ = page.locator("#chat .answer").all()
        second.locator(".copy-link").click()
        expect(second.locator(".copy-link")).to_have_text("Copied")
        link = page.evaluate("navigator.clipboard.readText()")
        assert "conversation=" in link
        assert link.partition("#")[2] == second.get_attribute("id").removeprefix("user-content-")
        page.goto("about:blank")
        page.goto(link)
        ready(page)
        expect(page.locator("#chat .answer").nth(1)).to_be_focused()
        page.evaluate("number => { location.hash = number }", f"answer-{first.get_attribute('id').rpartition('-')[2]}")
        expect(page.locator("#chat .answer").nth(0)).to_be_focused()
        expect(page.locator("#chat .addressed")).to_have_count(1)
        new_conversation(page)
        page.wait_for_url(lambda address: "#" not in address)


def test_keys_are_told_and_can_be_turned_off(open_chat, url):
    page = open_chat(url)
    page.locator("#question textarea").fill("?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.locator("#question textarea").fill("")
    page.locator("#question textarea").evaluate("field => field.blur()")
    expect(page.locator("#question textarea")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys dt")).to_have_text(["/", "n", "l", "d", "?", "Enter", "Shift Enter", "Esc"])
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    page.locator("#show-keys").click()
    page.locator("#use-keys").uncheck()
    page.locator("#close-keys").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.locator("#show-keys").click()
    page.locator("#use-keys").check()
    page.locator("#close-keys").click()


def test_keys_act_while_a_box_to_tick_has_the_focus(open_chat, url):
    page = open_chat(url)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), {type: 'checkbox', id: 'box'}))")
    page.locator("#box").focus()
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_keys_is_accessible(open_chat, url, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = open_chat(url)
    if (scheme == "dark") != ("dark" in (page.locator("body").get_attribute("class") or "")):
        page.locator("#toggle-dark").click()
    page.locator("#show-keys").click()
    expect(page.locator("#keys")).to_be_visible()
    found = Axe().run(page, context="#keys")
    assert found.violations_count == 0, found.generate_report()
