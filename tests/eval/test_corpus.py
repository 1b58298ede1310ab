from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from parley import Progress, QuestionSetError
from parley.eval.sets.corpus import corpus_digest, default_cache, open_corpus, read_corpus
from parley.index.models.minilm import MiniLMEmbedder

ROWS = [
    {"doc_id": "one", "title": "First", "source": "Bulletin", "date": "2031-03-04", "text": "Lind spoke of the canal."},
    {"doc_id": 2, "title": "", "source": None, "date": "", "text": "Oru answered.", "url": "kept"},
    {"doc_id": "three", "date": "March 2031", "text": "Nobody was named."},
]


def _corpus(folder: Path, *rows: object) -> Path:
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_a_corpus_becomes_documents(tmp_path: Path) -> None:
    found = read_corpus(_corpus(tmp_path, *ROWS))
    assert [(item.id, item.title, item.outlet, item.date) for item in found] == [
        ("one", "First", "Bulletin", date(2031, 3, 4)),
        ("2", "Oru answered.", None, None),
        ("three", "Nobody was named.", None, None),
    ]
    assert [item.text for item in found] == [row["text"] for row in ROWS]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"doc_id": "x", "text": "a"}, {"text": "b"}], r"corpus\.jsonl, line 2: doc_id"),
        ([{"doc_id": "x", "text": None}], r"line 1: text"),
        ([{"doc_id": "x", "text": "a"}, {"doc_id": "x", "text": "b"}], r"line 2: the doc_id 'x' occurs before"),
        ([], "holds no document"),
    ],
)
def test_a_malformed_corpus_is_named(tmp_path: Path, rows: list[object], message: str) -> None:
    with pytest.raises(QuestionSetError, match=message):
        read_corpus(_corpus(tmp_path, *rows))


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="There is no corpus at"):
        open_corpus(tmp_path / "none.jsonl", cache=tmp_path / "cache")


def test_a_second_run_embeds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _corpus(tmp_path, *ROWS)
    steps: list[Progress] = []
    first = open_corpus(path, cache=tmp_path / "cache", progress=steps.append)
    with first.assistant as assistant:
        assert [item.id for item in assistant.documents()] == ["one", "2", "three"]
        assert assistant.document("one").outlet == "Bulletin"
    assert first.index_seconds is not None
    assert steps

    def fail(*_: object) -> None:
        msg = "a cached library was embedded again"
        raise AssertionError(msg)

    monkeypatch.setattr(MiniLMEmbedder, "embed_passages", fail)
    again = open_corpus(path, cache=tmp_path / "cache")
    with again.assistant as assistant:
        assert [item.id for item in assistant.documents()] == ["one", "2", "three"]
    assert (again.index_seconds, again.sha256) == (None, first.sha256)


def test_a_changed_corpus_gets_its_own_library(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    open_corpus(_corpus(tmp_path, *ROWS), cache=cache).assistant.close()
    opened = open_corpus(_corpus(tmp_path, *ROWS[:1]), cache=cache)
    with opened.assistant as assistant:
        assert [item.id for item in assistant.documents()] == ["one"]
    assert len([item for item in cache.iterdir() if not item.name.endswith(".building")]) == 2


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = _corpus(tmp_path, *ROWS), tmp_path / "cache"

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_corpus(path, cache=cache, progress=stop)
    assert [item.name.endswith(".building") for item in cache.iterdir()] == [True]
    with open_corpus(path, cache=cache).assistant as assistant:
        assert len(assistant.documents()) == 3
    assert [item.name.endswith(".building") for item in cache.iterdir()] == [False]


def test_empty_documents_are_told_and_a_corpus_of_them_refused(tmp_path: Path) -> None:
    opened = open_corpus(_corpus(tmp_path, ROWS[0], {"doc_id": "blank", "text": "  "}), cache=tmp_path / "cache")
    opened.assistant.close()
    assert [item.path for item in opened.refused] == ["blank"]
    with pytest.raises(QuestionSetError, match=r"Nothing of .* could be added"):
        open_corpus(_corpus(tmp_path, {"doc_id": "blank", "text": "  "}), cache=tmp_path / "cache")


def test_a_text_file_or_a_folder_is_a_corpus_too(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("Lind spoke of the canal.", "utf-8")
    (folder / "b.txt").write_text("Oru answered.", "utf-8")
    with open_corpus(folder / "a.txt", cache=tmp_path / "cache").assistant as assistant:
        assert [item.text for item in assistant.documents()] == ["Lind spoke of the canal."]
    with open_corpus(folder, cache=tmp_path / "cache").assistant as assistant:
        assert sorted(item.text for item in assistant.documents()) == ["Lind spoke of the canal.", "Oru answered."]


def test_a_folders_digest_covers_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    first = corpus_digest(tmp_path)
    (tmp_path / "a.txt").write_text("two", "utf-8")
    second = corpus_digest(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert len({first, second, corpus_digest(tmp_path)}) == 3


def test_the_cache_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "parley" / "eval"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_cache() == Path.home() / "Library" / "Caches" / "parley" / "eval"
    monkeypatch.setattr("sys.platform", "linux")
    assert default_cache() == Path.home() / ".cache" / "parley" / "eval"
