"""Takes the pictures of the chat for the documentation: `python -m tests.browser.screenshots [FOLDER]`.

It serves the sample documents with the real model and asks them a few questions in Chromium. Look at what comes out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from assistant import Assistant
from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, ask, open_page, serving
from tests.conftest import ROOT

ASKED = "Who proposed the POW exchange categories?"
DIFFERING = "Did the Russian delegation have the authority to decide?"
UNANSWERED = "Who won the football world cup in 1998?"


def main(folder: Path) -> None:
    """Take all pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("PARLEY_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        with Assistant.open(Path(temporary) / "library") as assistant:
            assistant.add(ROOT / "examples" / "talks")
            with serving(assistant) as url:
                for scheme in ("light", "dark"):
                    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
                    _take_wide(open_page(context, url), folder, "" if scheme == "light" else "-dark")
                    context.close()
                context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
                _take_phone(open_page(context, url), folder)
                context.close()
        browser.close()


def _take_wide(page: Page, folder: Path, suffix: str) -> None:
    _picture(page, folder, f"welcome{suffix}")
    ask(page, ASKED)
    _open_source(page)
    _picture(page, folder, f"chat{suffix}")
    page.locator("#chat a.cite").last.hover()
    _picture(page, folder, f"card{suffix}")
    page.locator("#close-source").click()
    for name, question in (("accounts", DIFFERING), ("refusal", UNANSWERED)):
        page.locator("#new-conversation").click()
        expect(page.locator("#chat .asked")).to_have_count(0)
        ask(page, question)
        _picture(page, folder, f"{name}{suffix}")
    page.locator(".open-document").first.click()
    expect(page.locator("#source .particulars")).to_be_visible()
    page.locator("#source .statements summary").click()
    _picture(page, folder, f"document{suffix}")


def _take_phone(page: Page, folder: Path) -> None:
    _picture(page, folder, "phone-welcome")
    ask(page, ASKED)
    _picture(page, folder, "phone")
    _open_source(page)
    _picture(page, folder, "phone-source")


def _open_source(page: Page) -> None:
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source mark.quote").first).to_be_in_viewport()
    page.locator("#masthead h1").hover()


def _picture(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(600)
    page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
