"""Sets in the form that their authors publish become files that the recipes read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from parley.eval.fitting import public_sets
from parley.eval.sets.claims import read_claims
from parley.eval.sets.corpus import read_corpus
from parley.eval.sets.question_set import read_questions


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *files: object) -> Path:
    """The folder that the program fills from these files: a list is one object a line, anything else one object."""
    paths = []
    for number, content in enumerate(files):
        path = tmp_path / f"{number}.json"
        lines = content if isinstance(content, list) else [content]
        path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
        paths.append(str(path))
    monkeypatch.setattr(sys, "argv", ["public_sets", name, *paths, "--output", str(tmp_path / "out")])
    public_sets.main()
    return tmp_path / "out"


def test_squad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [
        {"id": "a", "question": "Who keeps the weir?", "answers": [{"text": "the miller"}, {"text": "the miller"}]},
        {"id": "b", "question": "Who built the weir?", "answers": [], "is_impossible": True},
    ]
    paragraphs = [{"context": "The weir is kept by the miller.", "qas": asked}]
    folder = written(tmp_path, monkeypatch, "squad", {"data": [{"title": "Old_weir", "paragraphs": paragraphs}]})
    (document,) = read_corpus(folder / "corpus.jsonl")
    first, second = read_questions(folder / "questions.jsonl")
    assert (document.title, document.text) == ("Old weir", "The weir is kept by the miller.")
    assert (first.gold_answers, first.gold_doc_ids, first.answerable) == (("the miller",), (document.id,), True)
    assert (second.gold_doc_ids, second.answerable) == ((), False)


def test_clapnq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = {"title": "Weirs", "text": "A weir raises the water above it .", "sentences": []}
    answerable = {
        "id": "1",
        "input": "what does a weir do",
        "passages": [passage],
        "output": [{"answer": "It raises the water."}],
    }
    other = {"id": "2", "input": "how wide is a weir", "passages": [passage], "output": [{"answer": ""}]}
    folder = written(tmp_path, monkeypatch, "clapnq", [answerable], [other])
    assert [document.title for document in read_corpus(folder / "corpus.jsonl")] == ["Weirs"]
    assert [question.answerable for question in read_questions(folder / "questions.jsonl")] == [True, False]


def test_wice_counts_what_is_partly_supported_as_not_supported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = ("supported", "partially_supported", "not_supported")
    lines = [
        {"label": label, "claim": "It froze.", "evidence": ["It was cold.", "It froze."], "meta": {"id": label}}
        for label in labels
    ]
    claims = read_claims(written(tmp_path, monkeypatch, "wice", lines) / "claims.jsonl")
    assert [claim.supported for claim in claims] == [True, False, False]
    assert claims[0].text == "It was cold.\nIt froze."
