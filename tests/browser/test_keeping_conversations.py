"""Conversations are named, searched, exported, printed and judged; hostile text stays text in all of it."""

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, new_conversation, open_page, ready, serving, watched
from tests.ui.hostile import HOSTILE
from tests.ui.small_assistant import SmallAssistant

NASTY = " ".join(f"{number}:{text}" for number, text in enumerate(HOSTILE[:4]))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    made = SmallAssistant(tmp_path_factory.mktemp("keeping"))
    text = "The ferry sails at noon, said the harbour master. The bridge stays shut, said an official."
    made.add_documents([Document.from_text(text, id="ferry.txt", title="Ferry talks", outlet="Courier")])
    return made


@pytest.fixture(scope="module")
def url(assistant):
    with serving(assistant) as address:
        yield address


def test_a_conversation_is_renamed_and_found_again(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    new_conversation(page)
    ask(page, "Who speaks of the bridge?")
    entries = page.locator(".conversation-item")
    expect(entries).to_have_count(2)
    entries.filter(has_text="ferry").locator(".rename-conversation").click()
    field = page.locator(".new-title")
    expect(field).to_be_focused()
    field.fill(NASTY)
    field.press("Enter")
    expect(entries.filter(has_text="0:").locator(".item-title")).to_have_text(NASTY, use_inner_text=False)
    page.locator("#search-conversations").fill("HARBOUR noon")
    expect(entries).to_have_count(1)
    expect(entries.locator(".item-title")).to_have_text(NASTY)
    page.locator("#search-conversations").fill("<b>nowhere</b>")
    expect(page.locator("#history .panel-empty")).to_have_text("No conversation has the words <b>nowhere</b>.")
    page.locator("#search-conversations").fill("")
    expect(entries).to_have_count(2)
    page.reload()
    ready(page)
    expect(entries.filter(has_text="0:").locator(".item-title")).to_have_text(NASTY)
    assert page.evaluate("window.hacked") is None


def test_leaving_the_title_field_keeps_the_title(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.locator(".rename-conversation").click()
    page.locator(".new-title").fill("Something else")
    page.locator(".new-title").press("Escape")
    expect(page.locator(".new-title")).to_have_count(0)
    expect(page.locator(".open-conversation")).to_be_focused()
    expect(page.locator(".conversation-item .item-title")).to_have_text("When does the ferry sail?")


def test_a_conversation_is_printed_and_exported(open_chat, url):
    page = open_chat(url)
    question = f"When does the ferry sail? {HOSTILE[0]} & {HOSTILE[31]}"
    ask(page, question)
    expect(page.locator(".exports a")).to_have_count(8)
    links = {link.inner_text(): link.get_attribute("href") for link in page.locator(".exports a").all()}
    named = ["Brief for printing", "Markdown", "Word", "CSV", "JSONL", "BibTeX", "RIS for Zotero", "Web annotations"]
    assert list(links) == named
    brief = page.context.new_page()
    brief.goto(url.rstrip("/") + links["Brief for printing"])
    expect(brief.locator("h2 .t")).to_have_text(question, use_inner_text=False)
    expect(brief.locator("sup a")).to_have_text("[1]")
    brief.locator("sup a").click()
    expect(brief.locator("#note-1")).to_be_in_viewport()
    expect(brief.locator("#note-1 blockquote")).to_have_text("The ferry sails at noon, said the harbour master.")
    assert brief.evaluate("window.hacked") is None
    brief.emulate_media(media="print")
    assert brief.pdf()[:5] == b"%PDF-"
    brief.close()
    record = page.request.get(url.rstrip("/") + links["JSONL"])
    assert record.headers["content-disposition"].startswith("attachment;")
    assert "The ferry sails at noon, said the harbour master." in record.text()
    assert page.request.get(url.rstrip("/") + links["Word"]).body()[:2] == b"PK"
    assert page.request.get(url.rstrip("/") + links["Markdown"].replace("export.md", "export.exe")).status == 404


def test_nobody_else_can_export_a_conversation(chromium, url):
    with watched(chromium) as one, watched(chromium) as other:
        mine, theirs = open_page(one, url), open_page(other, url)
        ask(mine, "When does the ferry sail?")
        expect(mine.locator(".exports a")).to_have_count(8)
        for address in [link.get_attribute("href") for link in mine.locator(".exports a").all()]:
            assert mine.request.get(url.rstrip("/") + address).status == 200
            stolen = theirs.request.get(url.rstrip("/") + address)
            assert stolen.status == 404
            assert "ferry" not in stolen.text()


def test_an_answer_is_judged_and_the_verdict_stays(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.locator("#chat .judge").click()
    expect(page.locator("#feedback")).to_be_visible()
    page.locator("#feedback").get_by_label("Wrong speaker").check()
    page.locator("#feedback textarea").fill(NASTY)
    page.locator("#feedback [value=keep]").click()
    judged = page.locator("#chat .judged")
    expect(judged).to_contain_text("Your feedback: Wrong speaker")
    expect(judged.locator(".judged-note .t")).to_have_text(NASTY, use_inner_text=False)
    page.reload()
    ready(page)
    expect(judged.locator(".judged-note .t")).to_have_text(NASTY, use_inner_text=False)
    assert page.evaluate("window.hacked") is None
    page.locator("#chat .judge").click()
    expect(page.locator("#feedback").get_by_label("Wrong speaker")).to_be_checked()
    expect(page.locator("#feedback textarea")).to_have_value(NASTY)
    page.keyboard.press("Escape")
    expect(page.locator("#feedback")).to_be_hidden()
    page.locator("#chat .judge").click()
    page.locator("#feedback [value=withdraw]").click()
    expect(judged).to_have_count(0)
