"""The view pages in Chromium: reached from the chat, accessible, readable on a phone, leading to the marked words."""

from datetime import date as Date
from io import BytesIO
from itertools import combinations

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from parley.index.language.dates import parse_date
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


def test_the_timeline_is_drawn_in_order_and_each_dot_opens_its_source(open_chat, talks_url):
    page = open_chat(talks_url)
    page.goto(f"{talks_url}views/timeline")
    page.locator(".plot").focus()
    dots = page.locator(".plot svg a")
    drawn = dots.evaluate_all("""(links) => links.map((link) => {
      const dot = link.querySelector('circle').getBoundingClientRect();
      return [link.getAttribute('aria-label'), dot.x + dot.width / 2, dot.y + dot.height / 2, dot.width];
    })""")
    assert len(drawn) > 4
    placed = [(parse_date(label.split(",")[0]) or Date.min, label.split(", ")[1].split(":")[0], *rest) for label, *rest in drawn]
    for (day, row, x, y, _), (next_day, next_row, next_x, next_y, _) in combinations(placed, 2):
        assert (day < next_day, day == next_day) == (x < next_x - 0.5, abs(x - next_x) <= 0.5)
        assert (row == next_row) == (abs(y - next_y) <= 0.5)
    counts = [int(label.split(": ")[1].split()[0]) for label, *_ in drawn]
    most, fewest = (counts.index(choose(counts)) for choose in (max, min))
    assert drawn[most][3] > drawn[fewest][3]
    edges = page.locator(".plot svg").bounding_box()
    assert all(edges["x"] <= x - size / 2 and x + size / 2 <= edges["x"] + edges["width"] for _, x, _, size in drawn)
    page.keyboard.press("Tab")
    expect(dots.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("li:target")).to_be_in_viewport()
    expect(page.locator("li:target .lead")).to_contain_text(drawn[0][0].split(",")[0])
    page.locator("li:target .where a").click()
    expect(page.locator("mark#quote")).to_be_in_viewport()


def test_the_bars_of_the_ledger_are_as_long_as_their_numbers_and_lead_to_their_statements(open_chat, talks_url):
    page = open_chat(talks_url)
    page.goto(f"{talks_url}views/ledger")
    counts = [int(count) for count in page.locator(".bars .bar-count").all_inner_texts()]
    lengths = page.locator(".bars .bar").evaluate_all("(bars) => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert len(counts) > 2
    assert len(set(counts)) > 1
    for count, length in zip(counts, lengths, strict=True):
        assert length / max(lengths) == pytest.approx(count / max(counts), abs=0.02)
    last = page.locator(".bars a").last
    section = page.locator(last.get_attribute("href"))
    last.click()
    expect(section).to_be_in_viewport()
    assert section.evaluate("(heading) => heading.closest('section')?.querySelectorAll('blockquote').length") == counts[-1]


def test_a_view_is_printed_with_its_quotations_and_without_what_is_only_for_clicking(open_chat, talks_url):
    page = open_chat(talks_url)
    page.goto(f"{talks_url}views/positions?issue=prisoner")
    quoted = page.locator("blockquote .part").first.inner_text()
    page.emulate_media(media="print")
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    printed = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    assert "".join(quoted.split()) in "".join(printed.split())


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
