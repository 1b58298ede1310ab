"""A PDF report of 300 pages opens at the citation."""

import random

import pytest
from fpdf import FPDF
from playwright.sync_api import expect

from parley import Assistant
from tests.browser.conftest import ask, open_page, serving, watched
from tests.fakes import HashingEmbedder

PAGES = 300
SAID_ON = 281
SAID = "The zeppelin was returned to the harbour, said Minister Oren."


def pages():
    generator = random.Random(7)
    words = ("river", "treaty", "delegate", "clause", "meeting", "annex", "council", "border", "paper", "draft")
    for number in range(1, PAGES + 1):
        paragraphs = [" ".join(generator.choices(words, k=60)).capitalize() + "." for _ in range(5)]
        yield "\n\n".join([*paragraphs, *([SAID] if number == SAID_ON else [])])


@pytest.fixture
def pdf(tmp_path):
    report = FPDF()
    report.set_title("Report")
    report.set_font("Helvetica", size=10)
    for text in pages():
        report.add_page()
        report.multi_cell(0, 5, text)
    report.output(str(tmp_path / "report.pdf"))
    return tmp_path / "report.pdf"


def test_a_report_of_300_pages_opens_at_the_quotation(chromium, tmp_path, pdf):
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        assistant.add(pdf)
        assert len(assistant.documents()[0].pages) == PAGES
        with serving(assistant) as url, watched(chromium) as context:
            page = open_page(context, url)
            ask(page, "Who said that the zeppelin was returned?")
            for _ in range(2):
                page.locator("#chat a.cite").first.click()
                expect(page.locator("#source mark.quote").first).to_be_in_viewport()
                marked = "".join(page.locator("#source mark.quote").all_text_contents())
                assert " ".join(marked.split()) in SAID
                assert "zeppelin" in marked
                page.locator("#close-source").click()
                expect(page.locator("#source-pane")).to_be_hidden()
            expect(page.locator("#source .facts")).to_contain_text(f"page {SAID_ON}")
