"""Makes training examples of questions about documents, with the passages that a search finds for them.

    python -m parley.eval.fitting.passage_reader.gathering LIBRARY EXAMPLES.jsonl QUESTIONS.jsonl [...] [--without NAMES.txt]

A question has either the fields of the written set (document, turns, and evidence and words as offsets of the file; see
`questions/`) or doc, turns, evidence and words as verbatim stretches. Of a conversation each turn is a question; the reader is
shown those before it with the words that answered them. The library holds the documents under their file names.
Passages that a question's own document has, and those of other documents, are both shown: near misses teach when to refuse.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from parley.assistant import Assistant
from parley.assistant.dialogue.told_before import MOST_WORDS
from parley.assistant.dialogue.understanding import EARLIER
from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage, write_examples
from parley.index.language.sentences import sentence_spans
from parley.index.library import Library
from parley.index.passage_header import day_of, has_own_title, speaker_at
from parley.index.types import Document, Hit, Passage, SearchFilter

FOUND, FOUND_WITHIN = 16, 10
"""Passages taken from a search of the whole library, and of the question's document."""


def examples_of(library: Library, questions: Sequence[dict[str, Any]], files: Path | None) -> Iterator[Example]:
    """One example per question whose evidence stands in the library; `files` is where offsets of files are looked up."""
    by_name = {PurePath(entry.source_path or entry.id).stem: entry.id for entry in library.entries()}
    for question in questions:
        name = PurePath(question.get("document") or question["doc"]).stem
        if name not in by_name:
            continue
        document = library.document(by_name[name])
        stretches = [stretches_of(question, field, files, name) for field in ("evidence", "words")]
        evidence = _places(document.text, stretches[0], [(0, len(document.text))])
        words = _places(document.text, stretches[1], evidence)
        if question["words"] and not words:
            continue
        turns = question["turns"][-1 - EARLIER :]
        found = [(hit.passage, rank) for hit, rank in _hits(library, " ".join(turns), document.id)]
        found += [(passage, 0) for passage in _missed(library, document.id, words, {passage.id for passage, _ in found})]
        passages = [
            _passage(library, passage, rank, evidence if passage.document_id == document.id else [], words)
            for passage, rank in found
        ]
        earlier = _asked_and_told(question, files, name)
        yield Example(question["id"], name, question["turns"][-1], earlier, tuple(passages))


def questions_of(row: dict[str, Any], chance: random.Random | None) -> Iterator[dict[str, Any]]:
    """The questions of a row: itself, or each turn of a conversation with those before it.

    With `chance`, some turns before are told as refused or as answered with other words, as happens in use.
    """
    if isinstance(row["turns"][0], str):
        yield row
        return
    turns = row["turns"]
    for number, turn in enumerate(turns):
        told = [_told(before["words"], turns[0]["words"], chance) for before in turns[:number]]
        asked = [item["question"] for item in turns[: number + 1]]
        yield row | turn | {"id": f"{row['id']}-{number + 1}", "turns": asked, "told": told}


def _told(words: list[Any], other: list[Any], chance: random.Random | None) -> list[Any]:
    drawn = chance.random() if chance else 1.0
    return [] if drawn < _REFUSED else other if drawn < _REFUSED + _WRONG else words


_REFUSED, _WRONG = 0.22, 0.14
"""Share of the turns before that are told as refused, and as answered with the words of the first turn."""


def _asked_and_told(question: dict[str, Any], files: Path | None, name: str) -> tuple[str, ...]:
    """The questions before, each with the words that answer it where the set tells them."""
    asked = question["turns"][:-1][-EARLIER:]
    told = [stretches_of({"words": words}, "words", files, name) for words in question.get("told", [[]] * len(asked))][-EARLIER:]
    cut = [" ".join(" ".join(words).split()[:MOST_WORDS]) for words in told]
    return tuple(f"{turn} {words}".strip() for turn, words in zip(asked, cut, strict=True))


def stretches_of(question: dict[str, Any], field: str, files: Path | None, name: str) -> list[str]:
    """The verbatim stretches of a question, looked up in the file where they are given as offsets."""
    values = question[field]
    if not values or isinstance(values[0], str):
        return list(values)
    assert files is not None, "Questions with offsets need --files, the folder of the documents' files."
    text = next(files.glob(f"{name}.*")).read_text(encoding="utf-8")
    return [text[start:end] for start, end in values]


def _places(text: str, stretches: Sequence[str], within: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the stretches stand first; white space and Markdown's marks do not matter."""
    found = []
    for stretch in stretches:
        for shown in (stretch, re.sub(r"\\([\[\]().*_#-])", r"\1", stretch.replace("*", ""))):
            pattern = re.compile(r"\s+".join(re.escape(word) for word in shown.split()))
            places = [match.span() for start, end in within for match in pattern.finditer(text, start, end)]
            if places:
                found.append(places[0])
                break
    return found


def _hits(library: Library, query: str, document_id: str) -> list[tuple[Hit, int]]:
    """What the whole library and the document have for the question, with the rank in the former, 0 where it is not there."""
    everywhere = library.search(query, k=FOUND)
    within = library.search(query, k=FOUND_WITHIN, filter=SearchFilter(document_ids=(document_id,)))
    known = {hit.passage.id for hit in everywhere}
    return [(hit, hit.rank) for hit in everywhere] + [(hit, 0) for hit in within if hit.passage.id not in known]


def _missed(library: Library, document_id: str, words: Sequence[tuple[int, int]], found: set[int]) -> list[Passage]:
    """The passages with words that answer which no search found: those whose question says it in words quite other."""
    return [
        passage
        for passage in library.passages(document_id)
        if passage.id not in found and any(start < passage.end and end > passage.start for start, end in words)
    ]


def _passage(
    library: Library,
    passage: Passage,
    rank: int,
    evidence: Sequence[tuple[int, int]],
    words: Sequence[tuple[int, int]],
) -> ExamplePassage:
    document: Document = library.document(passage.document_id)
    spans = sentence_spans(document.text, passage.start, passage.end)
    inside = [(start, end) for start, end in words if evidence and start < passage.end and end > passage.start]
    right = [number for number, span in enumerate(spans) if any(start < span.end and end > span.start for start, end in inside)]
    return ExamplePassage(
        text=document.text[passage.start : passage.end],
        sentences=tuple((span.start - passage.start, span.end - passage.start) for span in spans),
        title=document.title if has_own_title(document) else "",
        headings=passage.headings,
        date=day_of(document),
        speaker=speaker_at(library.turns(document.id), passage.start) or "",
        right=tuple(right),
        words=tuple((max(start, passage.start) - passage.start, min(end, passage.end) - passage.start) for start, end in inside),
        near=any(start < passage.end and end > passage.start for start, end in evidence),
        rank=rank,
    )


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Make training examples of questions about documents.")
    parser.add_argument("library", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--files", type=Path, help="folder of the documents' files, for questions with offsets")
    parser.add_argument("--without", type=Path, help="names of documents, one a line, whose questions are left out")
    parser.add_argument("--rightly-told", action="store_true", help="tell every turn of a conversation as rightly answered")
    options = parser.parse_args()
    left_out = set(options.without.read_text(encoding="utf-8").split()) if options.without else set()
    rows = [json.loads(line) for path in options.questions for line in path.read_text(encoding="utf-8").splitlines() if line]
    chance = None if options.rightly_told else random.Random(3)
    wanted = [row for row in rows if PurePath(row.get("document") or row["doc"]).stem not in left_out]
    kept = [question for row in wanted for question in questions_of(row, chance)]
    with Assistant.open(options.library, create=False) as assistant:
        count = write_examples(options.output, examples_of(assistant.library, kept, options.files))
    print(f"{count} of {len(kept)} questions")  # noqa: T201


if __name__ == "__main__":
    main()
