"""Two versions side by side in Chromium: found, chosen, readable on a phone, leading to their documents."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page, serving, watched
from tests.browser.test_accessibility import serious_findings
from tests.versions.ferry import ferry_library


@pytest.fixture(scope="module")
def ferry_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ferry_library(tmp_path_factory.mktemp("ferry") / "library") as assistant, serving(assistant) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_chat_to_both_texts_and_into_a_document(chromium, ferry_url, scheme):
    with watched(chromium, color_scheme=scheme) as context:
        page = open_page(context, ferry_url)
        page.locator("#masthead nav").get_by_text("Compare").click()
        page.get_by_role("link", name="Ferry convention, second draft, 2 May 2031 →").click()
        row = page.locator("li.changed").filter(has_text="Fares are fixed")
        expect(row.locator("del").first).to_have_text("[N: two] [S:")
        old, new = (row.locator(".version").nth(number).bounding_box() for number in (0, 1))
        assert old["y"] == new["y"]
        assert old["x"] + old["width"] <= new["x"]
        assert serious_findings(page) == []
        page.get_by_text("paragraphs unchanged").first.click()
        row.get_by_role("link", name="Newer version").click()
        expect(page.locator("mark#quote")).to_have_text(
            "1. Fares are fixed by the Commission for periods of not less than five years."
        )


def test_on_a_phone_the_older_text_stands_above_the_newer_one(chromium, ferry_url):
    with watched(chromium) as context:
        page = open_page(context, ferry_url)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{ferry_url}views/compare?old=second&new=third")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        row = page.locator("li.changed").filter(has_text="Fares are fixed")
        old, new = (row.locator(".version").nth(number).bounding_box() for number in (0, 1))
        assert old["y"] + old["height"] <= new["y"]
        assert serious_findings(page) == []
