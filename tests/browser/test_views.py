"""The view pages in Chromium: reached from the chat, accessible, readable on a phone, leading to the marked words."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page, watched
from tests.browser.test_accessibility import serious_findings


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_chat_to_the_marked_words(chromium, talks_url, scheme):
    with watched(chromium, color_scheme=scheme) as context:
        page = open_page(context, talks_url)
        page.locator("#masthead nav").get_by_text("Positions").click()
        expect(page.locator("nav a[aria-current]")).to_have_text("Positions")
        page.get_by_label("Issue or term").fill("prisoner")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("td a").first).to_be_visible()
        assert serious_findings(page) == []
        quoted = page.locator("blockquote .part").first.inner_text()
        page.locator("li .where a").first.click()
        expect(page.locator("mark#quote")).to_be_in_viewport()
        assert page.locator("mark").first.inner_text() == quoted
        assert serious_findings(page) == []


def test_nothing_runs_off_a_phone(chromium, talks_url):
    with watched(chromium) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": 390, "height": 844})
        name, link = (page.locator(place).bounding_box() for place in ("#masthead h1", "#views"))
        assert name["x"] + name["width"] <= link["x"]
        for view in ("positions?issue=prisoner;ceasefire;water;crane", "ledger", "timeline", "statements"):
            page.goto(f"{talks_url}views/{view}")
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert serious_findings(page) == []
