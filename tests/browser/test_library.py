import threading

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, open_page, serving, watched
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import PATIENCE


@pytest.fixture
def assistant(tmp_path):
    made = SmallAssistant(tmp_path)
    made.add_documents([Document.from_text("The ferry sails at noon, said the harbour master.", id="ferry.txt", title="Ferry")])
    return made


@pytest.fixture
def url(assistant):
    with serving(assistant) as address:
        yield address


def add(page, *files):
    payloads = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    page.locator("#upload-input").set_input_files(payloads)


def test_an_uploaded_file_can_be_asked_about(open_chat, talks_url, talks_assistant):
    page = open_chat(talks_url)
    text = "Lighthouse talks\n\n“The lamp will be lit again,” said Minister Amalia Thorne on Tuesday."
    add(page, ("lighthouse.txt", text))
    expect(page.locator("#upload-list li")).to_contain_text("Added")
    item = page.locator(".document-item", has_text="Lighthouse talks")
    expect(item).to_be_visible()
    ask(page, "Who said the lamp will be lit again?")
    expect(page.locator("#chat .answer").last).to_contain_text("The lamp will be lit again")
    expect(page.locator("#chat .answer").last).to_contain_text("Amalia Thorne")
    page.locator("#chat .answer").last.locator("a.cite").first.click()
    expect(page.locator("#source .document-title")).to_have_text("Lighthouse talks")
    item.locator(".remove-document").click()
    expect(item).to_have_count(0)
    assert "lighthouse.txt" not in [document.id for document in talks_assistant.documents()]


def test_each_refusal_has_its_reason(open_chat, url):
    page = open_chat(url)
    add(page, ("empty.txt", "  "), ("program.exe", "MZ"), ("good.txt", "A treaty was signed, said Ann."))
    lines = page.locator("#upload-list li")
    expect(lines.filter(has_text="program.exe")).to_contain_text("Files of this type cannot be read")
    expect(lines.filter(has_text="empty.txt").first).to_contain_text("is empty. Add a file with text.")
    expect(page.locator(".document-item")).to_have_count(2)
    lines.filter(has_text="program.exe").locator(".dismiss").click()
    expect(lines.filter(has_text="program.exe")).to_have_count(0)


def test_several_files_are_added_and_the_invitation_counts_them(open_chat, url):
    page = open_chat(url)
    add(page, *[(f"note{number}.txt", f"Note {number} was read, said Ann.") for number in range(3)])
    expect(page.locator(".document-item")).to_have_count(4)
    expect(page.locator("#chat .welcome")).to_contain_text("4 documents")


def test_a_removal_is_taken_back(open_chat, url, assistant):
    page = open_chat(url)
    page.locator(".remove-document").click()
    expect(page.locator(".panel-notice")).to_contain_text("Removed “Ferry”.")
    assert assistant.documents() == []
    page.locator(".undo").click()
    expect(page.locator(".document-item")).to_have_count(1)
    assert [document.title for document in assistant.documents()] == ["Ferry"]


def test_an_answer_loses_the_words_of_a_removed_document_until_that_is_taken_back(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.locator(".remove-document").click()
    expect(page.locator("#chat .answer")).to_contain_text("Words of a document that was removed were taken out here.")
    expect(page.locator("#chat")).not_to_contain_text("sails at noon")
    page.reload()
    expect(page.locator("#chat .answer")).to_contain_text("were taken out here")
    expect(page.locator("#chat a.cite")).to_have_count(0)


def test_a_removal_taken_back_gives_the_answer_its_words_again(open_chat, url):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.locator(".remove-document").click()
    expect(page.locator("#chat .answer")).to_contain_text("were taken out here")
    page.locator(".undo").click()
    expect(page.locator("#chat .answer")).to_contain_text("The ferry sails at noon")
    page.locator("#chat a.cite").click()
    expect(page.locator("#source .document-title")).to_have_text("Ferry")


def test_a_file_whose_name_is_taken_asks_and_a_replacement_is_taken_back(open_chat, url, assistant):
    page = open_chat(url)
    add(page, ("note.txt", "The first note, said Ann."))
    expect(page.locator(".document-item")).to_have_count(2)
    add(page, ("note.txt", "The second note, said Ben."))
    line = page.locator("#upload-list li.is-asked")
    expect(line).to_contain_text("There is a document of this name")
    assert assistant.document("note.txt").text == "The first note, said Ann."
    page.reload()
    page.locator("#upload-list li.is-asked button", has_text="Replace it").click()
    expect(page.locator(".panel-notice")).to_contain_text("Replaced")
    assert assistant.document("note.txt").text == "The second note, said Ben."
    page.locator(".undo").click()
    expect(page.locator(".panel-notice")).to_contain_text("is back")
    assert assistant.document("note.txt").text == "The first note, said Ann."
    add(page, ("note.txt", "The third note, said Cleo."))
    page.locator("#upload-list li.is-asked button", has_text="Keep both").click()
    expect(page.locator(".document-item")).to_have_count(3)


def test_an_upload_does_not_hold_up_answers(open_chat, url, assistant, monkeypatch):
    release = threading.Event()
    real_add = assistant.add

    def slow_add(*paths, **options):
        release.wait(PATIENCE)
        return real_add(*paths, **options)

    monkeypatch.setattr(assistant, "add", slow_add)
    page = open_chat(url)
    add(page, ("note.txt", "A note, said Ann."))
    expect(page.locator("#upload-list li")).to_contain_text("Reading")
    ask(page, "When does the ferry sail?")
    expect(page.locator("#chat a.cite")).to_be_visible()
    expect(page.locator("#upload-list li")).to_contain_text("Reading")
    release.set()
    expect(page.locator("#upload-list li")).to_contain_text("Added")
    expect(page.locator(".document-item")).to_have_count(2)


def test_an_empty_library_invites_to_add_documents(chromium, tmp_path):
    with serving(SmallAssistant(tmp_path)) as address, watched(chromium) as context:
        page = open_page(context, address)
        expect(page.locator("#chat .welcome")).to_contain_text("Add documents to begin")
        add(page, ("note.txt", "A note, said Ann."))
        expect(page.locator("#chat .suggestion")).to_have_count(1)
