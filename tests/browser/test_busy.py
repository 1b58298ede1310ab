import threading

from playwright.sync_api import expect

from parley import Document
from parley.ui.access.guards import BUSY_MESSAGE
from parley.ui.page.events import ASKING
from tests.browser.conftest import open_page, serving, watched
from tests.ui.small_assistant import SmallAssistant


def test_a_full_queue_is_told_kindly_and_the_rest_is_answered(chromium, tmp_path, monkeypatch):
    monkeypatch.setattr("parley.ui.page.chat.QUESTIONS_AT_ONCE", 1)
    monkeypatch.setitem(ASKING, "concurrency_limit", 1)
    monkeypatch.setattr("parley.ui.page.chat.LONGEST_QUEUE", 1)
    assistant = SmallAssistant(tmp_path, gate=threading.Event())
    assistant.add_documents([Document.from_text("Water rose, said Ann. Water fell, said Ben. Water is water, said Cy.", id="w")])
    with serving(assistant) as url, watched(chromium) as one, watched(chromium) as two, watched(chromium) as three:
        pages = [open_page(context, url) for context in (one, two, three)]
        for page in pages:
            page.locator("#question textarea").fill("What about water?")
            with page.expect_response("**/queue/join*"):
                page.locator("#question textarea").press("Enter")
            # The first is taken out of the queue before the second one waits in it.
            if page is pages[0]:
                expect(page.locator("#chat .asked")).to_be_attached()
        expect(pages[2].locator("body")).to_contain_text(BUSY_MESSAGE)
        expect(pages[2].locator("#question textarea")).to_have_value("What about water?")
        assistant.gate.set()
        for page in pages[:2]:
            expect(page.locator("#chat .actions")).to_be_attached()
            expect(page.locator("#chat .sentence")).to_have_count(3)
