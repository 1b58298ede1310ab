"""Several browsers asking at once, by hand: `python -m tests.browser.load --library DIR [--browsers 8] [--seconds 120]`.

A server of its own process is asked over a copy of the library, so nothing is left behind in it. Each browser asks its own
questions and checks that the answer shown is the answer to its question and that its list holds its own conversation only; in
the middle a file is uploaded. One browser alone comes first, then all of them, each with a report of its own; the same upload
while nobody asks comes before both.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from parley import Assistant
from tests.browser.conftest import CHROMIUM_ARGUMENTS, chromium_path

PARAGRAPHS = 2_000
"""Of the file that is uploaded."""


@dataclass
class Asked:
    """Waiting times in seconds, how long the upload took until it could be asked, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    upload: float | None = None
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
        question = f"{questions[number % len(questions)].rstrip('?')} ({name}, {number})?"
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
    # The list is made anew after the answer.
    await page.locator(".conversation-item").first.wait_for()
    if (entries := await page.locator(".conversation-item").count()) != 1:
        asked.problems.append(f"{name} has {entries} conversations")
    await context.close()


async def upload(browser: Browser, url: str, after: float, paragraphs: int, asked: Asked) -> None:
    """Add a file that the library does not have yet."""
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(600_000)
    await page.goto(url)
    await page.locator("#hover-card").wait_for(state="attached")
    await asyncio.sleep(after)
    name = f"load {time.time_ns()}"
    text = "\n\n".join(f"{name}, paragraph {number}: a lamp was lit by Ann Lee." for number in range(paragraphs))
    started = time.monotonic()
    await page.locator("#upload-input").set_input_files(
        [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": text.encode()}]
    )
    line = page.locator(
        "#upload-list li.is-added, #upload-list li.is-updated, #upload-list li.is-unchanged, #upload-list li.is-refused"
    )
    await line.wait_for()
    asked.upload = time.monotonic() - started
    if "is-added" not in (await line.get_attribute("class") or ""):
        asked.problems.append(f"upload: {await line.text_content()}")
    await context.close()


async def measure(url: str, browsers: int, seconds: float, questions: list[str], paragraphs: int = PARAGRAPHS) -> Asked:
    """So many browsers at once for so long, and an upload after a third of the time; with no browser, the upload alone."""
    asked = Asked()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        asking = [ask_for(browser, url, f"browser {number}", seconds, questions, asked) for number in range(browsers)]
        await asyncio.gather(*asking, upload(browser, url, seconds / 3 if browsers else 0, paragraphs, asked))
        await browser.close()
    return asked


def told(asked: Asked, browsers: int) -> str:
    """One line of figures."""
    added = f"upload added in {asked.upload:.1f} s" if asked.upload is not None else "upload not added"
    if not asked.waits:
        return f"nobody asking: {added}"
    p95 = statistics.quantiles(asked.waits, n=20)[-1] if len(asked.waits) > 1 else max(asked.waits)
    return (
        f"browsers asking: {browsers}; {len(asked.waits)} answers, p50 {statistics.median(asked.waits):.2f} s, p95 {p95:.2f} s, "
        f"longest {max(asked.waits):.2f} s; {added}; {len(asked.problems)} problems"
    )


@contextmanager
def served(library: Path) -> Iterator[str]:
    """`parley serve` over a library, on a free port, in a process of its own; gives its address."""
    command = [sys.executable, "-m", "parley.ui.cli", "serve", "--library", str(library), "--port", "0"]
    with tempfile.NamedTemporaryFile("w") as told_by_server:
        server = subprocess.Popen(command, stderr=told_by_server)
        try:
            while (found := _address(Path(told_by_server.name).read_text(encoding="utf-8"))) is None:
                assert server.poll() is None, "the server did not start"
                time.sleep(0.1)
            yield found
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(text: str) -> str | None:
    return next((word for word in text.split() if word.startswith("http://")), None)


def main() -> int:
    """Measure the upload alone, one browser, then several; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", required=True, type=Path)
    parser.add_argument("--browsers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS, help="of the file that is uploaded")
    arguments = parser.parse_args()
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        library = Path(shutil.copytree(arguments.library, Path(folder) / "library"))
        with Assistant.open(library, create=False) as assistant:
            questions = assistant.suggested_questions(20)
        with served(library) as url:
            for browsers in (0, 1, arguments.browsers):
                asked = asyncio.run(measure(url, browsers, arguments.seconds, questions, arguments.paragraphs))
                load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
                sys.stdout.write(f"{told(asked, browsers)}; load of the machine {load} on {os.cpu_count()} cores\n")
                sys.stdout.flush()
                problems += asked.problems
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
