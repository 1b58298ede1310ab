"""What goes to a terminal beside the answers: messages, the log and the bar of progress, none of which may steer it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.assistant import Progress

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""All of Unicode's control characters but tab and line feed, and those that set the direction of writing."""


def tell(message: str) -> None:
    """A message to standard error, where it does not mix with what is printed; without keys, and steering nothing."""
    from parley.assistant.language_model.secrecy import hidden
    from parley.assistant.language_model.settings import known_keys

    sys.stderr.write(f"parley: {visible(hidden(message, *known_keys()))}\n")


class VisibleFormatter(logging.Formatter):
    """Lines of the log in which what would steer the terminal is shown: they name files, and quote what callers sent."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the traceback below it if there is one."""
        return visible(super().format(record))


def visible(text: str) -> str:
    """The text with control characters, and those that turn the direction of writing, as their numbers.

    File names and documents are written by others: an escape sequence in one could rewrite what stands on the screen.
    """
    return STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}", text)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar on standard error while files are added; silent where that is not a terminal or `quiet` holds."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def show(step: Progress) -> None:
            # Brackets in a name are no markup of the bar's.
            name = escape(visible(step.path.rsplit("/", 1)[-1])[:40])
            bar.update(task, total=step.total, completed=step.done, description=f"{step.stage} {name}")

        yield show
