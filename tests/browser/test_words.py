"""Selecting words of an answer offers their evidence; typed words are looked for as well."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import ask
from tests.ui.hostile import HOSTILE

_SELECT = """([selector, start, end]) => {
  const text = [...document.querySelectorAll(selector)].at(-1).firstChild;
  const range = document.createRange();
  range.setStart(text, start);
  range.setEnd(text, end);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


def select(page: Page, selector: str, start: int, end: int) -> None:
    page.evaluate(_SELECT, [selector, start, end])


def marked(page: Page) -> str:
    return "".join(page.locator("#source mark.quote").all_text_contents())


def test_selected_words_lead_to_themselves_in_the_document(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Who proposed the POW exchange categories?")
    quoted = page.locator("#chat .verbatim").last.text_content()
    select(page, "#chat .verbatim", 3, 20)
    page.locator("#offer-evidence").click()
    expect(page.locator("#source .ground-quoted")).to_be_visible()
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()
    assert marked(page) == quoted[3:20].strip()
    expect(page.locator("#offer-evidence")).to_be_hidden()
    expect(page.locator("#evidence-words")).to_have_value(quoted[3:20].strip())


def test_the_answers_own_words_and_words_that_stand_nowhere_are_told_apart(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "What did Hakan Fidan say about the prisoners?")
    page.locator("#chat .find-evidence").focus()
    page.keyboard.press("Enter")
    field = page.locator("#evidence-words")
    expect(field).to_be_visible()
    field.fill("the two sides agreed to exchange 3,000 prisoners in buses")
    page.locator("#find-words").click()
    expect(page.locator("#source .ground-near")).to_contain_text("No passage has these words.")
    expect(page.locator("#source .words-shared").first).to_be_in_viewport()
    assert marked(page) == ""
    field.fill("zyxomma quixotry")
    field.press("Enter")
    expect(page.locator("#source .ground-nothing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source-pane")).to_be_hidden()
    expect(page.locator("#chat .find-evidence")).to_be_focused()


def test_a_selection_outside_answers_offers_nothing(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    select(page, "#chat .asked .t", 0, 8)
    page.wait_for_timeout(200)
    expect(page.locator("#offer-evidence")).to_be_hidden()


def test_hostile_words_are_inert_and_verbatim(open_chat, hostile_url):
    page = open_chat(hostile_url)
    ask(page, "number000?")
    page.locator("#chat .find-evidence").click()
    for text in HOSTILE[::4]:
        page.locator("#source .finding").evaluate("(finding) => finding.classList.add('earlier')")
        page.locator("#evidence-words").fill(text)
        page.locator("#find-words").click()
        expect(page.locator("#source .finding:not(.earlier)")).to_be_visible()
        expect(page.locator("#evidence-words")).to_have_value(text.strip())
    assert page.evaluate("window.hacked") is None
    assert page.locator("#source").locator("img, script, iframe, form, svg, base, meta, math, style").count() == 0
