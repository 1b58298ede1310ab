"""Documents are corrected in the browser, and folders are added with all they hold."""

import pytest
from playwright.sync_api import expect

from parley import Document
from tests.browser.conftest import ask, ready, serving
from tests.ui.hostile import HOSTILE
from tests.ui.small_assistant import SmallAssistant


@pytest.fixture
def assistant(tmp_path):
    made = SmallAssistant(tmp_path)
    made.add_documents([Document.from_text("The ferry sails at noon, said the harbour master.", id="ferry.txt", outlet="Post")])
    return made


@pytest.fixture
def url(assistant):
    with serving(assistant) as address:
        yield address


def test_a_document_is_corrected_and_its_answers_say_so(open_chat, url, assistant):
    page = open_chat(url)
    ask(page, "When does the ferry sail?")
    page.locator(".open-document").click()
    page.locator(".metadata summary").click()
    expect(page.locator("#basis-outlet")).to_have_text("from given")
    page.get_by_label("Outlet").fill(HOSTILE[1])
    page.get_by_label("Date").fill("2031-04-05")
    page.locator(".metadata-form button").click()
    expect(page.locator("#source .facts")).to_contain_text("5 April 2031")
    expect(page.locator("#source .document-title")).to_be_focused()
    expect(page.locator("#library .item-facts")).to_have_text(f"{HOSTILE[1]} · 5 April 2031")
    expect(page.locator("#chat .source .where")).to_contain_text(HOSTILE[1])
    page.locator(".metadata summary").click()
    expect(page.locator("#basis-outlet")).to_have_text("from user")
    expect(page.locator("#basis-title")).not_to_have_text("from user")
    document = assistant.document("ferry.txt")
    assert (document.outlet, document.date.isoformat()) == (HOSTILE[1], "2031-04-05")
    page.reload()
    ready(page)
    expect(page.locator("#chat .source .where")).to_contain_text(HOSTILE[1])
    assert page.evaluate("window.hacked") is None


def test_the_statements_of_a_document_are_listed(open_chat, url):
    page = open_chat(url)
    page.locator(".open-document").click()
    page.locator(".statements summary").click()
    expect(page.locator(".statements li")).to_contain_text("the harbour master")
    expect(page.locator(".statements li")).to_contain_text("The ferry sails at noon")


def test_a_folder_is_added_with_all_it_holds(open_chat, url, assistant, tmp_path):
    folder = tmp_path / "harbour"
    for name, text in {
        "note.txt": "The gate is open, said Ann.",
        "second/note.txt": "The gate is shut, said Ben.",
        "second/picture.exe": "MZ",
        "second/.hidden.txt": "No one sees this, said Cy.",
        "third/empty.txt": " ",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    page = open_chat(url)
    page.locator("#upload-folder").set_input_files(folder)
    lines = page.locator("#upload-list li")
    expect(page.locator("#upload-total")).to_have_text("4 of 4 files done, 2 not added")
    expect(lines.filter(has_text="picture.exe")).to_contain_text("Files of this type cannot be read")
    expect(lines.filter(has_text="third/empty.txt")).to_contain_text("is empty. Add a file with text.")
    expect(page.locator(".document-item")).to_have_count(3)
    stored = [path.relative_to(tmp_path / "uploads").as_posix() for path in (tmp_path / "uploads").rglob("*.txt")]
    assert sorted(stored) == ["harbour/note.txt", "harbour/second/note.txt"]
