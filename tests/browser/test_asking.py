from playwright.sync_api import Page, expect

from tests.browser.conftest import ask, open_page, ready, watched


def sentences(page: Page) -> int:
    return page.locator("#chat .answer").last.locator(".sentence").count()


def test_an_example_question_is_asked_by_a_click(open_chat, talks_url):
    page = open_chat(talks_url)
    example = page.locator("#chat .suggestion").first
    question = example.inner_text()
    example.click()
    expect(page.locator("#chat .asked")).to_have_text(question)
    expect(page.locator("#chat .answer .actions")).to_be_attached()
    expect(page.locator("#chat a.cite").first).to_be_visible()


def test_an_answer_has_markers_a_checked_line_and_who_said_it(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Who proposed the POW exchange categories?")
    answer = page.locator("#chat .answer")
    expect(answer.locator("a.cite").first).to_be_visible()
    expect(answer.locator(".checked")).to_contain_text("verified")
    expect(answer).to_contain_text("we suggested the POW exchange")


_WATCH = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const answer = [...document.querySelectorAll('#chat .answer')].at(-1);
    if (!answer) return;
    const broken = [...answer.querySelectorAll('.sentence')].filter((item) => !item.querySelector('a[href^="#cite-"]'));
    window.seen.push([answer.querySelectorAll('.sentence').length, broken.length]);
  }).observe(document.querySelector('#chat'), { childList: true, subtree: true, characterData: true });
}"""


def test_sentences_arrive_one_by_one_with_whole_markers(open_chat, long_url):
    page = open_chat(long_url)
    page.evaluate(_WATCH)
    ask(page, "What about the water?", wait=False)
    expect(page.locator("#stop")).to_be_visible()
    page.wait_for_function("new Set(window.seen.map(([count]) => count)).size >= 4")
    seen = page.evaluate("window.seen")
    counts = [count for count, _ in seen]
    assert counts == sorted(counts)
    # No sentence is ever shown without its whole marker.
    assert {broken for _, broken in seen} == {0}
    page.locator("#stop").click()
    expect(page.locator("#chat .answer .working")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("#stop")).to_be_hidden()


def test_a_source_can_be_opened_while_the_answer_is_being_written(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "What about the water?", wait=False)
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote")).to_have_text("We want more water, said the envoy of Tarsia.")
    expect(page.locator("#chat .answer .sentence")).to_have_count(6)


def test_stop_ends_the_answer_and_keeps_what_has_arrived(open_chat, long_url):
    page = open_chat(long_url)
    ask(page, "What about the water?", wait=False)
    expect(page.locator("#chat .answer .sentence").nth(1)).to_be_visible()
    page.locator("#stop").click()
    expect(page.locator("#chat .answer .outcome")).to_have_text("Stopped. What is above is not the whole answer.")
    expect(page.locator("#send")).to_be_visible()
    kept = sentences(page)
    assert 2 <= kept < 240
    page.wait_for_timeout(1500)
    assert sentences(page) == kept
    page.reload()
    ready(page)
    expect(page.locator("#chat .answer .sentence")).to_have_count(kept)
    ask(page, "Where is the moon?")
    expect(page.locator("#chat .answer")).to_have_count(2)


def test_a_follow_up_shows_what_it_took_from_before_and_lets_it_be_taken_off(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "What did Hakan Fidan say about the prisoners?")
    ask(page, "What did he say about the ceasefire?")
    understood = page.locator("#chat .answer").last.locator(".understood")
    expect(understood).to_contain_text("Taken from before:")
    expect(understood).to_contain_text("Fidan")
    expect(page.locator("#chat .understood")).to_have_count(1)
    understood.locator("button").click()
    expect(page.locator("#chat .understood")).to_have_count(0)
    expect(page.locator("#chat .asked").last).to_have_text("What did he say about the ceasefire?")


def test_a_question_that_is_too_long_is_refused_with_the_reason(open_chat, slow_url):
    page = open_chat(slow_url)
    field = page.locator("#question textarea")
    field.fill("Who wants more? " * 300)
    page.locator("#send").click()
    expect(page.get_by_text("the most is 4,000")).to_be_visible()
    expect(page.locator("#chat .asked")).to_have_count(0)
    assert len(field.input_value()) > 4_000


def test_ask_again_replaces_the_last_answer(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    first = page.locator("#chat .asked").get_attribute("id")
    page.locator("#chat .retry").click()
    expect(page.locator(f"#{first}")).to_have_count(0)
    expect(page.locator("#chat .actions")).to_be_attached()
    expect(page.locator("#chat .asked")).to_have_text("Who wants more?")


def test_the_answer_is_copied_with_its_sources(chromium, slow_url):
    with watched(chromium, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = open_page(context, slow_url)
        ask(page, "Who wants more?")
        page.locator("#chat .copy").click()
        expect(page.locator("#chat .copy")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Who wants more?\n\n")
    assert "[1] “We want more water, said the envoy of Tarsia.” — the envoy of Tarsia: direct quotation. Courier" in copied


def test_a_question_that_is_not_answered_says_so_and_shows_the_nearest(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Who won the football world cup in 1998?")
    answer = page.locator("#chat .answer")
    expect(answer.locator(".verdict")).to_be_visible()
    expect(answer.locator(".notices")).to_contain_text("Searched")
    nearest = answer.locator(".nearest li").first
    shown = nearest.locator(".near-quote").inner_text()
    nearest.locator("a").click()
    expect(page.locator("#source mark.quote").first).to_be_visible()
    assert "".join(page.locator("#source mark.quote").all_text_contents()) == shown


def test_the_keyboard_alone_suffices(open_chat, talks_url):
    page = open_chat(talks_url)
    page.locator("body").press("Tab")
    for _ in range(200):
        if page.evaluate("document.activeElement.closest('#question') !== null"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Who proposed the POW exchange categories?")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .actions")).to_be_attached()
    for _ in range(200):
        if page.evaluate("document.activeElement.matches('#chat a.cite')"):
            break
        page.keyboard.press("Shift+Tab")
    expect(page.locator("#hover-card")).to_be_visible()
    link = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#source-pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.getAttribute('href')") == link


def test_an_empty_question_is_not_asked(open_chat, slow_url):
    page = open_chat(slow_url)
    page.locator("#question textarea").fill("   ")
    page.locator("#send").click()
    page.wait_for_timeout(500)
    expect(page.locator("#chat .asked")).to_have_count(0)
