"""Overviews in Chromium: asked for in the chat, as a page, as a brief, and of one dossier; readable on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask, new_conversation, open_page, watched
from tests.browser.test_accessibility import serious_findings


def test_an_overview_in_the_chat_has_headings_and_sources(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Summarise the port wage round")
    answer = page.locator("#chat .answer").last
    headings = answer.locator(".part-heading").all_inner_texts()
    assert any(heading.startswith("What is told as agreed") for heading in headings)
    assert any(heading.startswith("What the union wants") for heading in headings)
    expect(answer).to_contain_text("An extract, not a summary")
    assert answer.locator("a.cite").count() > 5
    where = " ".join(answer.locator(".source .where").all_inner_texts())
    assert "Wage round 2025" in where
    assert not any(other in where for other in ("Istanbul", "Yelva"))
    assert serious_findings(page) == []


def test_each_suggestion_of_the_first_page_is_answered(open_chat, talks_url):
    page = open_chat(talks_url)
    suggested = page.locator("#chat .suggestions .suggestion").all_inner_texts()
    assert len(suggested) == 4
    for question in suggested:
        new_conversation(page)
        ask(page, question)
        assert page.locator("#chat .answer a.cite").count() > 0, question


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_leads_to_the_marked_words_and_fits(chromium, talks_url, width):
    with watched(chromium) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{talks_url}views/overview?about=Yelva")
        expect(page.locator("h2").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert serious_findings(page) == []
        page.locator(".told sup a").first.click()
        page.locator(".sources li:target a").click()
        expect(page.locator("mark#quote")).to_be_in_viewport()


def test_a_dossier_is_chosen_and_a_brief_handed_out(open_chat, talks_url):
    page = open_chat(talks_url)
    page.locator("#masthead nav").get_by_text("Overview").click()
    names = [name for name in page.locator("select[name=dossier] option").all_inner_texts() if name != "all"]
    assert len(names) == 3
    page.get_by_label("Dossier").select_option(names[0])
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".note").first).to_contain_text(names[0])
    with page.expect_download() as handed:
        page.locator(".export a", has_text=".docx").click()
    assert handed.value.suggested_filename.endswith(".docx")


def test_the_chat_asks_one_dossier_alone(open_chat, talks_url):
    page = open_chat(talks_url)
    page.locator("#open-scope").click()
    group = page.locator("#scope-panel").get_by_role("group", name="Dossiers")
    box = group.locator("label", has_text="Yelva").locator("input")
    box.check()
    expect(page.locator(".scope")).to_contain_text("Yelva")
    ask(page, "What is agreed?")
    where = page.locator("#chat .answer .source .where").all_inner_texts()
    assert where
    assert not any("ort" in one and "wage" in one for one in where)
