"""Two versions compared in the shell, on a page, in exports, and before and after a Word file's tracked changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley.assistant import Assistant, ReadError, export_comparison
from parley.ui.cli import main
from parley.ui.library.libraries import Libraries
from parley.ui.views.view_routes import view_routes
from tests.export.reading import read_export
from tests.fakes import HashingEmbedder
from tests.readers.test_word import with_body
from tests.readers.test_word_revisions import DELETED, INSERTED, PLAIN, paragraph
from tests.versions.ferry import SECOND, THIRD, ferry_library

OLD_FARES = "1. Fares are fixed by the Commission for periods of not less than [N: two] [S: five] years."
NEW_FARES = "1. Fares are fixed by the Commission for periods of not less than five years."
MAIL = "Each vessel carries the mail of both Parties free of charge."


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    ferry_library(tmp_path / "library").close()
    opened = Assistant.open
    monkeypatch.setattr("parley.assistant.Assistant.open", lambda folder, **_: opened(folder, embedding=HashingEmbedder()))
    monkeypatch.setenv("PARLEY_LIBRARY", str(tmp_path / "library"))

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


def test_the_shell_shows_both_paragraphs_and_the_words_that_differ(run) -> None:
    code, out, _ = run("compare", "second", "third")
    lines = out.splitlines()
    at = lines.index("Article 2, paragraph 1: changed")
    assert lines[at + 1 : at + 5] == [
        f"  - {OLD_FARES}",
        f"  + {NEW_FARES}",
        "      “[N: two] [S:” → nothing",
        "      “]” → nothing",
    ]
    assert code == 0


def test_the_same_text_twice_is_said_to_be_the_same(run) -> None:
    code, out, _ = run("compare", "second", "second")
    assert (code, out.splitlines()[-1]) == (1, "The two texts are the same, word for word.")


def test_files_need_not_be_in_the_library(run, tmp_path: Path) -> None:
    for name, text in (("a.txt", SECOND), ("b.txt", THIRD)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, out, _ = run("compare", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--json")
    added = [item["new"]["text"] for item in json.loads(out)["changes"] if item["kind"] == "added"]
    assert added == ["Article 4. Mail", MAIL]


def test_a_document_that_is_not_there_is_named(run) -> None:
    code, _, told = run("compare", "second", "fourth")
    assert code == 3
    assert "fourth" in told


@pytest.mark.parametrize("suffix", [".md", ".docx", ".html", ".csv", ".jsonl"])
def test_every_export_has_the_words_of_both_at_their_places(tmp_path: Path, suffix: str) -> None:
    with ferry_library(tmp_path / "library") as assistant:
        comparison = assistant.compare("second", "third")
        found = read_export(export_comparison(comparison, tmp_path / f"changes{suffix}"))
        texts = {name: assistant.document(name).text for name in ("second", "third")}
    assert {(item.document_id, item.quote) for item in found} >= {("second", OLD_FARES), ("third", NEW_FARES), ("third", MAIL)}
    assert all(texts[item.document_id][item.start : item.end] == item.quote for item in found)


def test_markdown_tells_what_became_of_brackets(run) -> None:
    _, out, _ = run("compare", "second", "third", "--format", "markdown")
    plain = out.replace("\\", "")
    assert "bracketed words that are gone: “[N: two]”; no longer in brackets: “[S: five]”" in plain


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    application = FastAPI()
    libraries = Libraries(ferry_library(tmp_path / "library"))
    application.include_router(view_routes(libraries))
    yield TestClient(application)
    libraries.close()


def _marked(html: str, tag: str) -> list[str]:
    return [unescape(words) for words in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)]


def test_the_page_marks_words_that_are_gone_and_words_that_are_new(client: TestClient) -> None:
    html = client.get("/views/compare", params={"old": "second", "new": "third"}).text
    assert _marked(html, "del") == ["Second", "2 May", "[N: two] [S:", "]", "except in an emergency", "4"]
    assert _marked(html, "ins") == ["Third", "9 June", "Article 4. Mail", MAIL, "5"]
    assert "document?id=third&amp;at=" in html


def test_the_page_offers_the_versions_it_finds(client: TestClient) -> None:
    html = client.get("/views/compare").text
    assert "compare?old=second&amp;new=third" in html
    assert "old=note" not in html


def test_a_visitor_cannot_have_files_of_the_server_opened(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The secret annex.", encoding="utf-8")
    answer = client.get("/views/compare", params={"old": "second", "new": str(tmp_path / "secret.txt")})
    assert answer.status_code == 404
    assert "secret annex" not in answer.text


def test_the_page_exports_what_it_shows(client: TestClient) -> None:
    answer = client.get("/views/compare/export.md", params={"old": "second", "new": "third"})
    assert MAIL in answer.text
    assert client.get("/views/compare/export.exe", params={"old": "second", "new": "third"}).status_code == 404


def test_tracked_changes_are_a_version(tmp_path: Path) -> None:
    path = tmp_path / "contract.docx"
    words = (PLAIN.format(words="The guns leave within "), DELETED.format(words="thirty"), INSERTED.format(words="ninety"))
    path.write_bytes(with_body(paragraph(*words, PLAIN.format(words=" days."))))
    with ferry_library(tmp_path / "library") as assistant:
        assistant.add(path)
        (change,) = (comparison := assistant.compare(assistant.entries()[-1].id)).changes
        assert [(comparison.old_words(edit.old), comparison.new_words(edit.new)) for edit in change.edits] == [
            ("thirty", "ninety")
        ]
        with pytest.raises(ReadError, match="gone"):
            assistant.compare("second")
        path.write_bytes(with_body(paragraph(PLAIN.format(words="Other words."))))
        with pytest.raises(ReadError, match="not what it was"):
            assistant.compare(assistant.entries()[-1].id)
