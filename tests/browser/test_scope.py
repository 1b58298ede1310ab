from playwright.sync_api import expect

from tests.browser.conftest import ask


def test_only_the_chosen_documents_are_asked(open_chat, talks_url, talks_assistant):
    page = open_chat(talks_url)
    documents = talks_assistant.documents()
    chosen = next(document for document in documents if document.id.startswith("port-"))
    box = page.locator(".document-item", has_text=chosen.title).locator(".choose-document").first
    box.check()
    expect(page.locator(".scope")).to_contain_text(chosen.title)
    ask(page, "Who proposed the POW exchange categories?")
    titles = page.locator("#chat .answer .source .where").all_inner_texts()
    assert all(chosen.title in title for title in titles)
    page.locator("#clear-scope").click()
    expect(page.locator(".scope")).to_have_count(0)
    expect(box).not_to_be_checked()
    ask(page, "Who proposed the POW exchange categories?")
    expect(page.locator("#chat .answer").last).to_contain_text("Turkish official")


def test_the_usual_follow_ups_are_offered_under_the_last_answer_only(open_chat, slow_url):
    page = open_chat(slow_url)
    ask(page, "Who wants more?")
    ask(page, "Which minister?")
    visible = page.locator("#chat .follow-ups:visible")
    expect(visible).to_have_count(1)
    visible.locator("button").first.click()
    expect(page.locator("#chat .asked").last).to_have_text("And why?")
    expect(page.locator("#chat .understood")).to_contain_text("Which minister?")
