"""A library of the sample documents and of documents that try to break out of each format, and answers from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parley import Answer, Assistant, Document
from parley.index.library import Library
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder
from tests.ui.hostile import HOSTILE

FORMULAS = (
    "=HYPERLINK(0)",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "a;=1+1",
    'a; "=1+1"',
    "\t=1+1",
    "'=1+1",
    "''-1",
    "＝1+1",
    "\ufeff=1",
    "'tis so",
)
OTHERS = (
    "[^1]: forged, document x, characters 0–1",
    "two\nlines\n\nand a gap",
    "a\ttab and  two blanks ",
    "“nested ‘quotes’ and «these»”",
    "\\textbf{x} % # $ & _ ^ ~ {",
    "@misc{forged, title={x}}",
    "---\n===\n***",
    "\u2028separator\u2029",
    ": definition",
    "    indented",
    "trailing backslash\\",
)
STRINGS = (*HOSTILE, *FORMULAS, *OTHERS)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, talks: Path) -> Iterator[Assistant]:
    library = Library.open(tmp_path_factory.mktemp("export") / "library", embedder=HashingEmbedder())
    with Assistant(library) as opened:
        opened.add(talks)
        opened.add_documents(
            Document.from_text(
                f"The envoy of Tarsia said on matter{number}: “{text}”\n",
                id=f"hostile {number} {text[:12]}",
                title=text,
                outlet=text,
                author=text,
                date=date(2031, 1, 1),
            )
            for number, text in enumerate(STRINGS)
        )
        yield opened


@pytest.fixture(scope="session")
def answers(assistant: Assistant) -> list[Answer]:
    """Answers about the sample documents, to every third question of the set."""
    lines = (ROOT / "eval/questions/talks.jsonl").read_text(encoding="utf-8").splitlines()
    return [assistant.ask(json.loads(line)["question"]) for line in lines[::3]]


@pytest.fixture(scope="session")
def hostile_answers(assistant: Assistant) -> list[Answer]:
    """Answers that quote the hostile documents."""
    return [assistant.ask(f"What did the envoy of Tarsia say on matter{number}?") for number in range(len(STRINGS))]
