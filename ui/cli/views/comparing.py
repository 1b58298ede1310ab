"""`parley compare`: what changed between two versions of a text."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_assistant, source_line, write, write_json
from parley.ui.cli.exporting import add_export_options, check_export, export_details

if TYPE_CHECKING:
    from parley.assistant import Comparison


class CompareCommand:
    """`parley compare OLD NEW`."""

    name = "compare"
    help = "show what was added, deleted, changed or moved between two versions of a text, in the words of both"
    example = "parley compare draft-2.docx draft-3.docx"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("old", metavar="OLD", help="the older version: a document's id, or a file")
        parser.add_argument(
            "new", metavar="NEW", nargs="?", help="the newer version; without it, the changes tracked in OLD, a Word file"
        )
        parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to print (default: text)")
        parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
        add_export_options(parser, "the changes")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the changes; 1 if there are none."""
        from parley.assistant import export_comparison, render_comparison

        check_export(arguments)
        with open_assistant(arguments) as assistant:
            comparison = assistant.compare(arguments.old, arguments.new)
            details = export_details(arguments, assistant)
        if arguments.export:
            export_comparison(comparison, arguments.export, **details)
        if arguments.format == "json":
            write_json(comparison.to_dict())
        elif arguments.format == "markdown":
            write(render_comparison(comparison, ".md", **details).decode("utf-8"))
        else:
            for line in _lines(comparison):
                write(line)
        return 0 if comparison.changes else 1


def _lines(comparison: Comparison) -> Iterator[str]:
    """The changes for reading in a terminal: "-" before words that are gone, "+" before new ones."""
    for sign, document in (("-", comparison.old), ("+", comparison.new)):
        yield f"{sign} {source_line(document.title, document.outlet, document.date, None)} ({document.id})"
    if not comparison.changes:
        yield "\nThe two texts are the same, word for word."
    for item in comparison.changes:
        came = f" from {item.old.provision}" if item.kind == "moved" and item.old and item.old.provision else ""
        yield f"\n{f'{item.provision}: ' if item.provision else ''}{item.kind}{came}"
        if item.old is not None and item.kind != "renumbered":
            yield f"  - {_plain(comparison.old_words(item.old.span))}"
        if item.new is not None and item.kind != "renumbered":
            yield f"  + {_plain(comparison.new_words(item.new.span))}"
        for edit in item.edits if item.old and item.new else ():
            old, new = _plain(comparison.old_words(edit.old)), _plain(comparison.new_words(edit.new))
            yield f"      {f'“{old}”' if old else 'nothing'} → {f'“{new}”' if new else 'nothing'}"


def _plain(text: str) -> str:
    return " ".join(text.split())
