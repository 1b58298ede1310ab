from playwright.sync_api import expect

from tests.browser.conftest import ask
from tests.browser.test_accessibility import serious_findings


def test_only_the_chosen_documents_are_asked(open_chat, talks_url, talks_assistant):
    page = open_chat(talks_url)
    documents = talks_assistant.documents()
    chosen = next(document for document in documents if document.id.startswith("port-"))
    box = page.locator(".document-item", has_text=chosen.title).locator(".choose-document").first
    box.check()
    expect(page.locator(".scope")).to_contain_text(chosen.title)
    ask(page, "What does the company reject?")
    titles = page.locator("#chat .answer .source .where").all_inner_texts()
    assert titles
    assert all(chosen.title in title for title in titles)
    ask(page, "Who proposed the POW exchange categories?")
    expect(page.locator("#chat .answer").last).not_to_contain_text("Turkish official")
    page.locator("#clear-scope").click()
    expect(page.locator(".scope.all")).to_be_attached()
    expect(box).not_to_be_checked()
    ask(page, "Who proposed the POW exchange categories?")
    expect(page.locator("#chat .answer").last).to_contain_text("Turkish official")


def test_outlets_dates_and_parties_narrow_what_is_asked(open_chat, talks_url):
    page = open_chat(talks_url)
    expect(page.locator(".scope.all")).to_contain_text("Asking all documents.")
    page.locator("#open-scope").click()
    panel = page.locator("#scope-panel")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("group", name="Documents that quote")).to_contain_text("Whoever else speaks in them may answer too.")
    expect(page.locator("#open-scope")).to_have_attribute("aria-expanded", "true")
    assert serious_findings(page) == []
    panel.get_by_label("Tavrin Courier").check()
    expect(page.locator(".scope")).to_contain_text("Tavrin Courier")
    ask(page, "What did Deresh say?")
    where = page.locator("#chat .answer .source .where").all_inner_texts()
    assert where
    assert all("Tavrin Courier" in line for line in where)
    page.locator("#clear-scope").click()
    expect(page.locator(".scope.all")).to_be_attached()
    expect(panel.get_by_label("Tavrin Courier")).not_to_be_checked()
    panel.get_by_label("To", exact=True).fill("2024-03-14")
    panel.locator(".scope-choice[value=Karvelian]").check()
    expect(page.locator(".scope")).to_contain_text("to 14 March 2024 · documents quoting Karvelian")
    ask(page, "Who proposed the POW exchange categories?")
    expect(page.locator("#chat .answer").last.locator(".notices")).to_contain_text("that the selection lets through")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_choices_made_faster_than_the_server_answers_are_all_kept(open_chat, talks_url):
    page = open_chat(talks_url)
    page.locator("#open-scope").click()
    panel = page.locator("#scope-panel")
    parties = panel.locator(".scope-choice[data-part=parties]")
    expect(parties.nth(3)).to_be_visible()
    names = [parties.nth(number).get_attribute("value") for number in range(4)]
    page.evaluate("document.querySelectorAll('.scope-choice[data-part=parties]').forEach((box, at) => at < 4 && box.click())")
    expect(page.locator(".scope")).to_contain_text("quoting " + ", ".join(names), use_inner_text=True)
    page.evaluate("document.querySelectorAll('.scope-choice[data-part=parties]').forEach((box, at) => at < 3 && box.click())")
    expect(page.locator(".scope")).to_contain_text("quoting " + names[3], use_inner_text=True)


def test_the_usual_follow_ups_are_offered_under_the_last_answer_only(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    ask(page, "Which minister?")
    visible = page.locator("#chat .follow-ups:visible")
    expect(visible).to_have_count(1)
    visible.locator("button").first.click()
    expect(page.locator("#chat .asked").last).to_have_text("And why?")
    expect(page.locator("#chat .understood")).to_contain_text("Which minister?")
