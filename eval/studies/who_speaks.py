"""How often the line of attribution tells who speaks, in documents whose forms all differ.

    python -m parley.eval.studies.who_speaks [--show]

48 invented documents (minutes, interviews, hearings, mails, diaries, cables, news, treaties) have 16 marked sentences each: who
says it, and how that is told ("label", "continued", "reported", "quoted", "author", "document", "question"). Half of the
sentences were chosen because they are hard. Twelve documents were not looked at while the rules were written; their figures are
printed apart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.citing import covering_statement
from parley.eval.reports.statistics import wilson
from parley.eval.scorers.people import is_named_in
from parley.index.errors import QuestionSetError
from parley.index.readers import read_document
from parley.index.statements import extract_statements
from parley.index.structure.reading import read_structure
from parley.index.types import Document, Span, Statement

MARKED = Path(__file__).parents[1] / "questions" / "speakers"
"""Where the documents and the marked sentences lie; in the repository only."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with who says it.

    Attributes:
        document: file name.
        how: by what it is told who speaks.
        looked_at: whether the rules were written with this document at hand.
        told: the line of attribution.
    """

    document: str
    sentence: str
    speaker: str
    how: str
    looked_at: bool
    told: str

    @property
    def is_right(self) -> bool:
        """Whether the line names the speaker."""
        return is_named_in(self.speaker, self.told)


def marked_sentences(folder: Path = MARKED) -> Iterator[Marked]:
    """Every marked sentence with what is told of it. Raises QuestionSetError where a sentence is not in its document."""
    read: dict[str, tuple[Document, Sequence[Statement]]] = {}
    for line in (folder / "marked.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row["document"]
        if name not in read:
            read[name] = _read(folder / "documents" / name)
        document, statements = read[name]
        span = _place(document.text, row["sentence"], name)
        statement = covering_statement(statements, span.start, span.end)
        yield Marked(**row, told=attribution_line(document, statement, span))


def _read(path: Path) -> tuple[Document, Sequence[Statement]]:
    structure = read_structure(read_document(path, document_id=path.name))
    return structure.document, extract_statements(structure.document, structure.turns)


def _place(text: str, sentence: str, name: str) -> Span:
    """Where the sentence stands, whatever its lines and marks."""
    words = re.sub(r"^[\W_]+|[\W_]+$", "", sentence).replace("*", "").split()
    match = re.search(r"[\s>*_|]+".join(map(re.escape, words)), text)
    if match is None:
        msg = f"{name} does not hold the marked sentence {sentence[:60]!r}. Mark sentences that stand in their document."
        raise QuestionSetError(msg)
    return Span(*match.span())


def share(marked: Iterable[Marked]) -> tuple[int, int]:
    """How many are right, and of how many."""
    rows = list(marked)
    return sum(row.is_right for row in rows), len(rows)


def _figures(rows: Sequence[Marked]) -> Iterator[str]:
    groups = {"all": rows, "not looked at": [row for row in rows if not row.looked_at]}
    groups |= {how: [row for row in rows if row.how == how] for how in sorted({row.how for row in rows})}
    for name, group in groups.items():
        right, count = share(group)
        low, high = wilson(right, count)
        yield f"{name:14} {right:3} of {count:3} = {right / count:.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Print the figures and, where asked for, what is told wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print each sentence whose speaker is not told")
    rows = list(marked_sentences())
    if parser.parse_args().show:
        for row in rows:
            if not row.is_right:
                sys.stdout.write(f"{row.document} | {row.how} | {row.speaker} | {row.told} | {row.sentence}\n")
    sys.stdout.write("\n".join(_figures(rows)) + "\n")


if __name__ == "__main__":
    main()
