"""Several browsers asking at once, by hand: `python -m tests.browser.load --library DIR [--browsers 8] [--seconds 120]`.

Each browser asks its own questions and checks that the answer shown is the answer to its question and that its list holds
its own conversation only; in the middle a file is uploaded. The waiting time of one browser alone is told beside that of all.
Files and conversations go into the library named; use a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from dataclasses import dataclass, field

from playwright.async_api import Browser, async_playwright

from assistant import Assistant
from tests.browser.conftest import CHROMIUM_ARGUMENTS, chromium_path, serving


@dataclass
class Asked:
    """Waiting times in seconds, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


async def ask_for(browser: Browser, url: str, name: str, seconds: float, questions: list[str], asked: Asked) -> None:
    """One browser that asks until the time is up."""
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(120_000)
    await page.goto(url)
    await page.locator("#library .panel-title").wait_for()
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        question = f"{questions[number % len(questions)]} ({name}, {number})"
        number += 1
        await page.locator("#question textarea").fill(question)
        started = time.monotonic()
        await page.locator("#question textarea").press("Enter")
        await page.locator("#chat .answer .actions").nth(number - 1).wait_for(state="attached")
        asked.waits.append(time.monotonic() - started)
        shown = await page.locator("#chat .asked").all_text_contents()
        if len(shown) != number or any(f"({name}, {place})" not in text for place, text in enumerate(shown)):
            asked.problems.append(f"{name} sees {shown}")
        if await page.locator("#chat .failed").count():
            asked.problems.append(f"{name}: {await page.locator('#chat .failed').last.text_content()}")
    if (entries := await page.locator(".conversation-item").count()) != 1:
        asked.problems.append(f"{name} has {entries} conversations")
    await context.close()


async def upload(browser: Browser, url: str, after: float, asked: Asked) -> None:
    """Add a file in the middle of the asking."""
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(120_000)
    await page.goto(url)
    await page.locator("#hover-card").wait_for(state="attached")
    await asyncio.sleep(after)
    text = "\n\n".join(f"Paragraph {number}: a lamp was lit by Ann Lee." for number in range(200))
    await page.locator("#upload-input").set_input_files([{"name": "load.txt", "mimeType": "text/plain", "buffer": text.encode()}])
    line = page.locator(
        "#upload-list li.is-added, #upload-list li.is-updated, #upload-list li.is-unchanged, #upload-list li.is-refused"
    )
    await line.wait_for()
    if "is-refused" in (await line.get_attribute("class") or ""):
        asked.problems.append(f"upload: {await line.text_content()}")
    await context.close()


async def measure(url: str, browsers: int, seconds: float, questions: list[str]) -> Asked:
    """So many browsers at once for so long."""
    asked = Asked()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        asking = [ask_for(browser, url, f"browser {number}", seconds, questions, asked) for number in range(browsers)]
        await asyncio.gather(*asking, upload(browser, url, seconds / 3, asked))
        await browser.close()
    return asked


def told(asked: Asked, browsers: int) -> str:
    """One line of figures."""
    p95 = statistics.quantiles(asked.waits, n=20)[-1] if len(asked.waits) > 1 else max(asked.waits)
    median = statistics.median(asked.waits)
    return f"{browsers} browsers: {len(asked.waits)} answers, p50 {median:.2f} s, p95 {p95:.2f} s, {len(asked.problems)} problems"


def main() -> int:
    """Measure one browser, then several; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", required=True)
    parser.add_argument("--browsers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=120)
    arguments = parser.parse_args()
    problems: list[str] = []
    with Assistant.open(arguments.library, create=False) as assistant, serving(assistant) as url:
        questions = assistant.suggested_questions(20)
        for browsers in (1, arguments.browsers):
            asked = asyncio.run(measure(url, browsers, arguments.seconds, questions))
            sys.stdout.write(told(asked, browsers) + "\n")
            problems += asked.problems
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
