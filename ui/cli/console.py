"""Opening the library that a command names, and printing answers, tables and progress."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date as Date
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from parley import QuestionError
from parley.ui.cli.command import library_folder
from parley.ui.cli.terminal import STEERING, tell, visible

if TYPE_CHECKING:
    from parley.assistant import Answer, Assistant, ModelSettings, SearchFilter, StatementFilter


_QUOTED = re.compile(r"“[^“”]+”")


def open_assistant(arguments: argparse.Namespace, *, create: bool = False) -> Assistant:
    """The assistant over the library that the arguments name."""
    from parley.assistant import Assistant

    folder = library_folder(arguments)
    model, extractor = getattr(arguments, "model", None), getattr(arguments, "extractor", None)
    assistant = Assistant.open(folder, model=model, extractor=extractor, create=create)
    if not hasattr(arguments, "extractor") and not assistant.library.has_current_statements:
        tell(
            f"The statements in {folder} were extracted by another version of Parley. To extract them anew, add documents or "
            f"run: parley extract --library {folder}"
        )
    return assistant


def notices_of(arguments: argparse.Namespace, assistant: Assistant) -> list[str]:
    """What stands in an export of statements beside them: what was asked for, and what is to be known of all of them."""
    return [*statement_filter(arguments).conditions, *assistant.notices]


def tell_of_damage(assistant: Assistant) -> None:
    """Tell which documents were left out of what was printed, because they are not what was stored."""
    from parley.assistant.evidence.statement_query import damage_notices

    for notice in damage_notices(assistant.library):
        tell(notice)


def open_wording_assistant(
    arguments: argparse.Namespace, settings: ModelSettings | None = None, *, create: bool = False
) -> Assistant:
    """The same, with the language model given, or the one that options, environment or the user's settings name, if any.

    One outside this machine that the user has not permitted is left out, which is told; named by an option, it is refused with
    RemoteModelError. A cross-encoder in the folder `$PARLEY_RERANKER` has a say in which sentence answers best; an extractor in
    the folder `$PARLEY_PASSAGE_READER` takes the place of the reader that comes with Parley.
    """
    from parley.assistant import Assistant
    from parley.ui.cli.model_options import model_settings, withheld_model

    folder = library_folder(arguments)
    wording = settings or model_settings(arguments)
    withheld = None if arguments.llm_url else withheld_model(wording, Path(folder))
    if withheld is not None:
        tell(
            f"The language model {withheld.told} is not asked: you have not permitted it for this library "
            f"(parley model --library {folder} --url {withheld.address} --allow-remote permits it)."
        )
        wording = None
    _tell_of_unsent_key(wording)
    return Assistant.open(
        folder,
        llm=wording,
        reranker=os.environ.get("PARLEY_RERANKER") or None,
        passage_reader=os.environ.get("PARLEY_PASSAGE_READER") or None,
        create=create,
    )


def _tell_of_unsent_key(wording: ModelSettings | None) -> None:
    """A key in the environment without the address that it belongs to goes nowhere."""
    if wording is not None and wording.base_url and not wording.key and os.environ.get("PARLEY_LLM_KEY"):
        tell(
            f"$PARLEY_LLM_KEY is not sent to {wording.base_url}. Set $PARLEY_LLM_URL to the address it belongs to, or keep the "
            "key with `parley model --url URL --key`."
        )


def secret_line(prompt: str) -> str:
    """What is typed without being shown; or the first line of standard input where that is no terminal."""
    return getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def search_filter(arguments: argparse.Namespace, assistant: Assistant) -> SearchFilter:
    """What `--document`, `--outlet`, `--since` and `--until` ask for. Raises an error for what no document has."""
    from parley.assistant import SearchFilter
    from parley.ui.library.document_checks import check_narrowing

    wanted = SearchFilter(
        document_ids=tuple(arguments.document),
        outlets=tuple(arguments.outlet),
        since=parse_day(arguments.since),
        until=parse_day(arguments.until),
    )
    check_narrowing(assistant, wanted)
    return wanted


def statement_filter(arguments: argparse.Namespace) -> StatementFilter:
    """What the options of statements and views ask for; `--party` and `--issue` may have been given once or several times."""
    from parley.assistant import StatementFilter

    return StatementFilter(
        party=_several(arguments.party),
        speaker=arguments.speaker,
        issue=_several(arguments.issue),
        stance=arguments.stance,
        status=arguments.status,
        outlet=arguments.outlet,
        since=parse_day(arguments.since),
        until=parse_day(arguments.until),
        firsthand_only=arguments.firsthand_only,
    )


def write_csv(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """A table as CSV, in which a spreadsheet takes no words of a document for a formula."""
    from parley.assistant.reports.export.table import guard_cell

    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(columns)
    table.writerows([guard_cell(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    write(buffer.getvalue().rstrip("\r\n"))


def parse_day(text: str | None) -> Date | None:
    """A day written YYYY-MM-DD. Raises QuestionError for anything else."""
    if text is None:
        return None
    try:
        return Date.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2025-05-16."
        raise QuestionError(msg) from error


def write(text: str = "", *, bold: Iterable[str] = ()) -> None:
    """One line to standard output; what would steer the terminal is shown, not obeyed.

    Args:
        text: the line.
        bold: the parts of it that stand out on a terminal; in a file or a pipe, and with `$NO_COLOR` (no-color.org), they do not.
    """
    shown = visible(text)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        for part in map(visible, dict.fromkeys(filter(None, bold))):
            shown = shown.replace(part, f"\x1b[1m{part}\x1b[22m")
    sys.stdout.write(shown + "\n")


def write_json(value: object) -> None:
    """A JSON value to standard output, readable, with all letters as they are; control characters as JSON writes them."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def write_json_line(value: object) -> None:
    """A JSON value to standard output on one line, for programs that read one after the other."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    sys.stdout.write(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def write_answer(answer: Answer) -> None:
    """An answer with its sources, for reading in a terminal."""
    if answer.standalone_question != answer.question:
        write(f"Understood as: {answer.standalone_question}\n")
    _write_sentences(answer)
    for citation in answer.citations:
        speaker = citation.statement.speaker if citation.statement else None
        write(f"\n  [{citation.marker}] {citation.attribution}", bold=[speaker or ""])
        write(f"      “{citation.quote}”", bold=[citation.quote])
        write(f"      {source_line(citation.document.title, citation.document.outlet, citation.document.date, citation.page)}")
    if not answer.citations and answer.nearest:
        write("\nNearest passages:")
        for citation in answer.nearest:
            write(f"  - “{citation.quote}” ({citation.document.title})")
    for notice in answer.notices:
        write(f"\nNote: {notice}")


def _write_sentences(answer: Answer) -> None:
    """The sentences; of an overview each on a line of its own below its heading."""
    if not any(sentence.heading for sentence in answer.sentences):
        write(answer.text, bold=_QUOTED.findall(answer.text))
        return
    for sentence in answer.sentences:
        text = " ".join(sentence.text.split()) + "".join(f" [{marker}]" for marker in sentence.markers)
        write(f"\n{text}" if sentence.heading else f"- {text}")


def source_line(title: str, outlet: str | None, day: Date | None, page: str | None) -> str:
    """Title, outlet, date and page as one line; what is not known is said or left out."""
    from parley.assistant.evidence.place_names import page_words

    parts = [title, outlet, day.isoformat() if day else "undated", page_words(page, short=True)]
    return ", ".join(part for part in parts if part)


def _several(given: str | list[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())
