"""Who speaks in documents of many forms: the study counts what the line of attribution tells, and its set does not get worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.eval.studies.who_speaks import marked_sentences, share
from parley.index.errors import QuestionSetError

FEWEST_RIGHT = {"all": 415, "not looked at": 86}
"""Of 768 marked sentences, and of the 192 in documents that nobody looked at while the rules were written: what is reached, less
a hundredth for changes that gain elsewhere. A change that gains raises them."""

DOCUMENT = """Harbour news

Ana Ruiz said that the port was full. It would open in May.

The port has two gates."""


def folder_with(folder: Path, rows: list[dict[str, object]]) -> Path:
    (folder / "documents").mkdir()
    (folder / "documents" / "news.txt").write_text(DOCUMENT, encoding="utf-8")
    lines = [json.dumps({"document": "news.txt", "how": "reported", "looked_at": True, **row}) for row in rows]
    (folder / "marked.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_sentence_is_right_where_its_line_names_the_speaker(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"sentence": "Ana Ruiz said that the port was full.", "speaker": "Ana Ruiz, the harbour master"},
        {"sentence": "It would open in May.", "speaker": "Otto Rask"},
        {"sentence": "The port has two gates.", "speaker": "the document"},
        {"sentence": "The port has two gates.", "speaker": "Ana Ruiz"},
    ]
    found = list(marked_sentences(folder_with(tmp_path, rows)))
    assert [row.is_right for row in found] == [True, False, True, False]
    assert share(found) == (2, 4)


def test_a_sentence_that_is_not_there_is_named(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"sentence": "The port is empty.", "speaker": "Ana Ruiz"}]
    with pytest.raises(QuestionSetError, match=r"news\.txt does not hold"):
        list(marked_sentences(folder_with(tmp_path, rows)))


def test_who_speaks_is_told_as_often_as_before() -> None:
    rows = list(marked_sentences())
    unseen = [row for row in rows if not row.looked_at]
    assert (len(rows), len(unseen)) == (768, 192)
    right, unseen_right = share(rows)[0], share(unseen)[0]
    assert right >= FEWEST_RIGHT["all"]
    assert unseen_right >= FEWEST_RIGHT["not looked at"]
