"""Text that tries to be something else stays text: in answers, cards, sources, lists, questions and titles."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask
from tests.ui.hostile import HOSTILE


@pytest.fixture
def page(open_chat, hostile_url):
    opened = open_chat(hostile_url)
    yield opened
    assert opened.evaluate("window.hacked") is None
    assert opened.url.partition("?")[0] == hostile_url
    # Nothing that belongs to a document has become an element that loads, runs or sends something.
    places = opened.locator("#chat .message-content, #source, #library, #history, #hover-card")
    assert places.locator("img, script, iframe, form, svg, base, meta, math, style").count() == 0


def test_every_string_is_shown_as_it_is_in_the_list_of_documents(page):
    titles = page.locator(".document-item .item-title .t").evaluate_all("(items) => items.map((item) => item.textContent)")
    assert titles == list(HOSTILE)


@pytest.mark.parametrize("group", range(4))
def test_every_string_is_inert_and_verbatim_in_answer_card_and_source(page, group):
    for number in range(group, len(HOSTILE), 4):
        text = HOSTILE[number]
        ask(page, f"number{number:03}?")
        answer = page.locator("#chat .answer").last
        quoted = answer.locator(".verbatim").evaluate_all("(items) => items.map((item) => item.textContent).join('')")
        assert quoted.startswith(f"number{number:03}")
        # Besides citations only our own exports are linked.
        assert all(link.get_attribute("href").startswith(("#cite-", "/")) for link in answer.locator("a").all())
        links = answer.locator("a[href^='#cite-']")
        links.first.hover()
        expect(page.locator("#hover-card")).to_be_visible()
        links.first.click()
        link = links.first.get_attribute("href").removeprefix("#")
        expect(page.locator(f'#source article[data-link="{link}"]')).to_be_attached()
        body = page.locator("#source .document-text").evaluate("(element) => element.textContent")
        assert body == f"number{number:03} {text}"
        mark = "".join(page.locator("#source mark.quote").all_text_contents())
        assert quoted.startswith(mark)
        assert page.locator("#source .document-title").evaluate("(element) => element.textContent") == text


@pytest.mark.parametrize("group", range(4))
def test_every_string_is_inert_and_verbatim_as_a_question(page, group):
    for text in HOSTILE[group::4]:
        ask(page, text)
        assert page.locator("#chat .asked").last.evaluate("(element) => element.textContent") == text
    page.reload()
    expect(page.locator("#chat .asked")).to_have_count(len(HOSTILE[group::4]))
    asked = page.locator("#chat .asked").evaluate_all("(items) => items.map((item) => item.textContent)")
    assert asked == list(HOSTILE[group::4])
