"""Passages that are written from right to left keep their direction, in the answer, on the card and in the source."""

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, serving
from tests.ui.small_assistant import SmallAssistant

ARABIC = "قال المندوب إن السفينة (الثانية) ستغادر الميناء في 12 مارس."
HEBREW = "השליח אמר כי הסכר ייבנה בשנת 2031."
ENGLISH = "The envoy said that the ship leaves on 12 March."

_PLACES = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
  const place = (node, offset) => {
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const box = range.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };
  const last = nodes[nodes.length - 1];
  return [place(nodes[0], 0), place(nodes[0], Math.min(8, nodes[0].length - 1)), place(last, last.length - 1)];
}"""
"""Where the first character of an element stands, one a little later, and the last one."""


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    assistant = SmallAssistant(tmp_path_factory.mktemp("directions"))
    texts = {"ar": f"{ENGLISH}\n\n{ARABIC}", "he": f"{HEBREW}\n\n{ENGLISH}"}
    assistant.add_documents([Document.from_text(text, id=name, title=text.split("\n\n")[0]) for name, text in texts.items()])
    with serving(assistant) as address:
        yield address


def is_right_to_left(locator):
    (first, _), (later, _), _ = locator.evaluate(_PLACES)
    return first > later


@pytest.mark.parametrize(("question", "text"), [("السفينة؟", ARABIC), ("הסכר?", HEBREW)])
def test_a_passage_from_right_to_left_reads_so_everywhere(open_chat, url, question, text):
    page = open_chat(url)
    ask(page, question)
    said = page.locator("#chat .said").first
    # The sentence that introduces the quotation is English; the quotation keeps its own direction within it.
    quoted = said.locator(".verbatim")
    expect(quoted).to_have_text(text)
    assert is_right_to_left(quoted)
    assert is_right_to_left(page.locator("#chat .asked .t").first)
    page.locator("#chat a.cite").first.hover()
    card = page.locator("#hover-card .card-quote bdi")
    expect(card).to_have_text(text)
    assert card.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    assert is_right_to_left(card)
    page.locator("#chat a.cite").first.click()
    mark = page.locator("#source mark.quote")
    expect(mark).to_have_text(text)
    expect(mark).to_be_in_viewport()
    assert is_right_to_left(mark)
    block = page.locator("#source .block", has=page.locator("mark.quote"))
    assert block.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    other = page.locator("#source .block", has_text=ENGLISH)
    assert other.evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    # It begins at the right edge of its block, as its neighbour begins at the left one.
    box, (first, *_) = block.bounding_box(), mark.evaluate(_PLACES)
    assert box["x"] + box["width"] - first[0] < 40


@pytest.mark.parametrize("question", ["הסכר?"])
def test_the_marker_follows_the_quotation_it_supports(open_chat, url, question):
    page = open_chat(url)
    ask(page, question)
    said = page.locator("#chat .said").first
    marker = said.locator("a.cite")
    order = said.evaluate(
        "(element) => element.querySelector('.verbatim').compareDocumentPosition(element.querySelector('a.cite'))"
    )
    assert order & 4  # DOCUMENT_POSITION_FOLLOWING
    box = marker.bounding_box()
    line = said.evaluate("(element) => { const all = element.getClientRects(); return all[all.length - 1].bottom; }")
    # On the last line, at the end of the sentence and not in the middle of the foreign words.
    assert line - (box["y"] + box["height"]) < 20
    text = said.locator("> bdi.t").evaluate(
        "(element) => { const all = [...element.getClientRects()]; const last = Math.max(...all.map((one) => one.bottom));"
        " const there = all.filter((one) => one.bottom > last - 4);"
        " return [Math.min(...there.map((one) => one.left)), Math.max(...there.map((one) => one.right))]; }"
    )
    direction = said.evaluate("(element) => getComputedStyle(element).direction")
    assert box["x"] >= text[1] - 2 if direction == "ltr" else box["x"] + box["width"] <= text[0] + 2
