"""Takes the pictures of the chat for the documentation: `python -m tests.browser.screenshots [FOLDER]`.

It serves the sample documents with the real model and asks them a few questions in Chromium. All pictures go into the folder,
those that README and docs show also into docs/images. Look at what comes out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from parley import Assistant
from parley.ui.access.accounts import UserFile
from parley.ui.access.callers import Callers
from parley.ui.library.libraries import LibraryFolders
from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, ask, new_conversation, ready, serving
from tests.conftest import ROOT

ASKED = "Who proposed the POW exchange categories?"
DIFFERING = "How long did Tuesday's session in Brenn last?"
UNANSWERED = "Who won the football world cup in 1998?"
ISSUES = "minimum+release;data+exchange;compensation+fund"
IN_DOCUMENTATION = ("source", "accounts", "timeline", "source-dark", "phone-source")
"""Pictures that README and docs show."""

PATIENCE = 120_000
"""Milliseconds; the model is loaded while the first question waits."""


def main(folder: Path) -> None:
    """Take all pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    path = os.environ.get("PARLEY_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        with Assistant.open(Path(temporary) / "library") as assistant:
            assistant.add(ROOT / "examples" / "talks")
            for name in ("issues.tsv", "aliases.tsv"):
                shutil.copy(ROOT / "examples" / name, assistant.library.path)
            with serving(assistant) as url:
                _take(browser, url, folder, _chat)
                _take(browser, url, folder, _views)
                _take(browser, url, folder, _chat, scheme="dark")
                _take(browser, url, folder, _views, scheme="dark")
                _take(browser, url, folder, _phone, width=390, height=844, scale=2)
            _take_people(browser, assistant, folder, Path(temporary))
        browser.close()
    for name in IN_DOCUMENTATION:
        shutil.copy(folder / f"{name}.png", ROOT / "docs" / "images")


def _take_people(browser: Browser, assistant: Assistant, folder: Path, temporary: Path) -> None:
    """Pictures of what is there only where several people use a server: logging in, and choosing a library."""
    users = UserFile(temporary / "users.tsv")
    users.add("ann", "the password of ann")
    for name in ("Fisheries", "Water of the Oru"):
        Assistant.open(temporary / "shelf" / name).close()
    others = LibraryFolders(temporary / "shelf", Assistant.open)
    with serving(assistant, others=others, callers=Callers(users=users)) as url:
        _take(browser, url, folder, _people)
        _take(browser, url, folder, _people, scheme="dark")


def _take(
    browser: Browser,
    url: str,
    folder: Path,
    states: Callable[[Page, str, Callable[[str], None]], None],
    *,
    scheme: str = "light",
    width: int = 1280,
    height: int = 800,
    scale: int = 1,
) -> None:
    """Open the chat in a browser of its own and take the pictures of some states."""
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, device_scale_factor=scale)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)

    def picture(name: str) -> None:
        page.wait_for_timeout(600)
        page.screenshot(path=folder / f"{name}{'-dark' if scheme == 'dark' else ''}.png")

    states(page, url, picture)
    context.close()


def _chat(page: Page, _url: str, picture: Callable[[str], None]) -> None:
    ready(page)
    picture("welcome")
    ask(page, ASKED)
    picture("answer")
    page.locator("#chat .judge").last.click()
    page.get_by_label("Wrong speaker").check()
    picture("feedback")
    page.keyboard.press("Escape")
    _open_source(page)
    picture("source")
    page.locator("#chat a.cite").last.hover()
    picture("card")
    page.locator("#close-source").click()
    for name, question in (("accounts", DIFFERING), ("refusal", UNANSWERED)):
        new_conversation(page)
        ask(page, question)
        page.locator("#chat .asked").scroll_into_view_if_needed()
        picture(name)
    page.locator("#open-scope").click()
    expect(page.locator("#scope-panel .scope-choice").first).to_be_visible()
    picture("scope")
    page.keyboard.press("Escape")
    page.locator(".open-document").first.click()
    expect(page.locator("#source .particulars")).to_be_visible()
    picture("document")
    page.locator("#close-source").click()
    page.locator("#upload-input").set_input_files(
        [
            {"name": "late-note.txt", "mimeType": "text/plain", "buffer": b"The talks go on, said the mediator."},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    expect(page.locator("#upload-list .is-refused")).to_be_visible()
    expect(page.locator("#upload-list .is-added")).to_be_visible()
    picture("upload")
    page.locator(".document-item", has_text="late-note").locator(".remove-document").click()
    expect(page.locator(".panel-notice .undo")).to_be_visible()


def _views(page: Page, url: str, picture: Callable[[str], None]) -> None:
    for name, query in (("positions", f"?issue={ISSUES}"), ("ledger", ""), ("timeline", ""), ("statements", "?party=Karvelia")):
        page.goto(f"{url}views/{name}{query}")
        picture(name)


def _phone(page: Page, url: str, picture: Callable[[str], None]) -> None:
    ready(page)
    picture("phone-welcome")
    ask(page, ASKED)
    picture("phone")
    page.locator("#open-scope").click()
    expect(page.locator("#scope-panel .scope-choice").first).to_be_visible()
    picture("phone-scope")
    page.keyboard.press("Escape")
    _open_source(page)
    picture("phone-source")
    page.goto(f"{url}views/timeline")
    picture("phone-timeline")


def _people(page: Page, _url: str, picture: Callable[[str], None]) -> None:
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("something else")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    picture("login")
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("the password of ann")
    page.keyboard.press("Enter")
    ready(page)
    picture("libraries")


def _open_source(page: Page) -> None:
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()
    page.locator("#masthead h1").hover()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".parley" / "pictures")
