"""Libraries are made and chosen in the page, and a login stands before all of it."""

from playwright.sync_api import expect

from parley import Document
from parley.ui.access.accounts import UserFile
from parley.ui.access.callers import Callers
from parley.ui.library.libraries import LibraryFolders
from tests.browser.conftest import ask, ready, serving, watched
from tests.ui.small_assistant import SmallAssistant


def opened(path):
    path.mkdir(parents=True, exist_ok=True)
    (path / "catalog.sqlite").touch()
    return SmallAssistant(path)


def logged_in(context, url, name):
    """A page of somebody who mistypes the password first."""
    page = context.new_page()
    page.goto(url)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("something else")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(f"the password of {name}")
    page.get_by_role("button", name="Log in").click()
    ready(page)
    expect(page.locator(".logged-in")).to_contain_text(f"Logged in as {name}")
    return page


def test_a_library_is_made_chosen_and_kept_apart_behind_a_login(chromium, tmp_path):
    first = opened(tmp_path / "first")
    first.add_documents([Document.from_text("The ferry sails at noon, said the harbour master.", id="ferry.txt")])
    users = UserFile(tmp_path / "users.tsv")
    for name in ("ann", "ben"):
        users.add(name, f"the password of {name}")
    others = LibraryFolders(tmp_path / "shelf", opened)
    with serving(first, others=others, callers=Callers(users=users)) as url, watched(chromium) as one, watched(chromium) as other:
        ann, ben = logged_in(one, url, "ann"), logged_in(other, url, "ben")
        ask(ann, "When does the ferry sail?")
        ben.reload()
        ready(ben)
        expect(ben.locator(".conversation-item")).to_have_count(0)
        expect(ben.locator(".document-item")).to_have_count(1)
        ann.get_by_label("New library").fill("River talks")
        ann.get_by_role("button", name="Make").click()
        ready(ann)
        expect(ann.locator(".libraries a[aria-current]")).to_have_text("River talks")
        expect(ann.locator(".document-item")).to_have_count(0)
        expect(ann.locator("#chat .asked")).to_have_count(0)
        note = {"name": "river.txt", "mimeType": "text/plain", "buffer": b"The river rose, said Cy."}
        ann.locator("#upload-input").set_input_files([note])
        expect(ann.locator(".document-item")).to_have_count(1)
        ask(ann, "What of the river?")
        expect(ann.locator("#chat .answer").last).to_contain_text("The river rose")
        assert [entry.id for entry in first.entries()] == ["ferry.txt"]
        ann.reload()
        ready(ann)
        expect(ann.locator("#chat .asked")).to_have_text("What of the river?")
        ann.locator(".libraries a", has_text="first").click()
        ready(ann)
        expect(ann.locator("#chat .asked")).to_have_text("When does the ferry sail?")
        ann.get_by_role("button", name="Log out").click()
        expect(ann.get_by_role("button", name="Log in")).to_be_visible()
        ann.goto(url)
        expect(ann.get_by_role("button", name="Log in")).to_be_visible()
