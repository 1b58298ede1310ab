"""The sample set and its questions: labels, formats, gold that stands in the documents, files that can be made again."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import docx
import pypdf
import pypdfium2
import pytest

from parley.index.readers import read_document

ROOT = Path(__file__).resolve().parents[1]
TALKS = ROOT / "examples" / "talks"
SOURCES = ROOT / "examples" / "talks_sources"
DOCUMENTS = sorted(path.name for path in TALKS.iterdir())
LABEL = "Fictional example written for Parley."
MADE = sorted(path.stem for path in SOURCES.iterdir())
KINDS = {
    "attribution", "relay", "fact", "number", "date", "list", "status", "comparison", "accounts_differ", "quote_check",
    "follow_up", "false_premise", "unanswerable", "out_of_scope", "reason", "hedge",
}  # fmt: skip
NOT_IN_THE_SET = {"truce", "cease fire", "captive", "summit"}
"""Issue terms listed because other documents on these matters use them."""
ABSTAINING = {"premise_not_found", "not_in_documents", "out_of_scope"}
QUESTIONS = [json.loads(line) for line in (ROOT / "eval/questions/talks.jsonl").read_text(encoding="utf-8").splitlines()]


def _spans(item: dict) -> list[dict]:
    given = item.get("gold_span", [])
    return given if isinstance(given, list) else [given]


SPANS = [pytest.param(span, id=f"{item['id']}-{number}") for item in QUESTIONS for number, span in enumerate(_spans(item))]


@cache
def text_of(name: str) -> str:
    return read_document(TALKS / name, document_id=name).text


def one_line(text: str) -> str:
    """White space as single blanks: lines of a printed page end where the paper does."""
    return " ".join(text.split())


def words(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " "


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    specification = importlib.util.spec_from_file_location("make_talks", ROOT / "examples" / "make_talks.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    # dataclasses look their module up by name while the class is made.
    sys.modules["make_talks"] = module
    specification.loader.exec_module(module)
    return module


def test_the_set_covers_all_formats() -> None:
    formats = Counter(Path(name).suffix for name in DOCUMENTS)
    assert set(formats) == {".txt", ".md", ".html", ".pdf", ".docx"}
    least = {".txt": 3, ".md": 3, ".html": 3, ".pdf": 2, ".docx": 3}
    assert {suffix: formats[suffix] for suffix in least if formats[suffix] < least[suffix]} == {}
    assert {name.split("-")[0] for name in DOCUMENTS} == {"istanbul", "river", "port"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_say_what_they_are(name: str) -> None:
    text = one_line(text_of(name))
    expected = "Example written for Parley from public reports" if name.startswith("istanbul") else LABEL
    assert expected in text
    assert 250 <= len(text.split()) <= 900


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("istanbul-briefing.md", "2025-05-17"),
        ("istanbul-chronology.html", "2025-05-18"),
        ("river-session-harbour-post.html", "2024-03-13"),
        ("river-session-tavrin-courier.html", "2024-03-13"),
        ("river-relayed-offer.md", "2024-03-15"),
        ("port-gazette-report.html", "2024-11-07"),
        ("port-mediator-note.md", "2024-10-29"),
        ("river-joint-communique.txt", "2024-03-13"),
        ("river-session-transcript.pdf", "2024-03-12"),
        ("river-draft-treaty.docx", "2024-03-08"),
        ("port-union-claim.docx", "2024-09-09"),
        ("port-minutes-first-meeting.txt", "2024-09-17"),
        ("port-employer-offer.docx", "2024-09-27"),
        ("port-minutes-third-meeting.pdf", "2024-10-15"),
        ("port-notice-to-members.txt", "2024-11-06"),
        ("istanbul-desk-note.txt", None),
        ("river-former-minister-interview.md", None),
    ],
)
def test_dates_are_those_of_the_documents(name: str, date: str | None) -> None:
    found = read_document(TALKS / name, document_id=name).date
    assert (found.isoformat() if found else None) == date


def test_question_ids_are_unique_and_kinds_complete() -> None:
    assert len(QUESTIONS) >= 80
    assert [name for name, count in Counter(item["id"] for item in QUESTIONS).items() if count > 1] == []
    kinds = Counter(item["kind"] for item in QUESTIONS)
    assert set(kinds) == KINDS
    assert kinds["false_premise"] + kinds["unanswerable"] + kinds["out_of_scope"] >= 22


def test_gold_documents_exist_and_all_documents_are_asked_about() -> None:
    named = {name for item in QUESTIONS for name in [*item["gold_doc_ids"], *item.get("also_doc_ids", [])]}
    assert named - set(DOCUMENTS) == set()
    assert set(DOCUMENTS) - named == set()


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item["id"])
def test_question_fields_agree(item: dict) -> None:
    status = item["expected_status"]
    statuses = {status} if isinstance(status, str) else set(status)
    assert item["answerable"] == (not statuses & ABSTAINING)
    if item.get("turns"):
        assert item["turns"][-1] == item["question"]
    if item["kind"] == "follow_up":
        assert item.get("turns") or item.get("history")
    if item["answerable"]:
        holders = " ".join(words(text_of(name)) for name in [*item["gold_doc_ids"], *item.get("also_doc_ids", [])])
        missing = [gold for gold in item["gold_answers"] if words(gold) not in holders]
        assert item["gold_answers"]
        assert missing == []
        unmet = [options for options in item.get("must_contain", []) if not any(words(option) in holders for option in options)]
        assert unmet == []


@pytest.mark.parametrize("span", SPANS)
def test_gold_evidence_stands_in_its_document(span: dict) -> None:
    assert one_line(span["quote"]) in one_line(text_of(span["doc_id"]))


@pytest.mark.parametrize("span", [param for param in SPANS if param.values[0]["doc_id"].endswith(".txt")])
def test_offsets_slice_back_to_the_evidence(span: dict) -> None:
    raw = (TALKS / span["doc_id"]).read_text(encoding="utf-8")
    assert raw[span["start"] : span["end"]] == span["quote"]
    assert text_of(span["doc_id"]) == raw


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".pdf")])
def test_made_pdf_files_have_the_committed_text_and_metadata(name: str, maker: ModuleType, tmp_path: Path) -> None:
    maker.make(tmp_path)
    made, committed = (_pdf_content(folder / name) for folder in (tmp_path, TALKS))
    assert made == committed
    assert len(committed[0]) >= 3


def _pdf_content(path: Path) -> tuple[list[str], dict[str, str], list[str]]:
    with pypdfium2.PdfDocument(path) as opened:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
    reader = pypdf.PdfReader(path)
    return pages, {key: str(value) for key, value in (reader.metadata or {}).items()}, reader.page_labels


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".docx")])
def test_made_word_files_have_the_committed_content(name: str, maker: ModuleType, tmp_path: Path) -> None:
    maker.make(tmp_path)
    assert _docx_content(tmp_path / name) == _docx_content(TALKS / name)
    with zipfile.ZipFile(tmp_path / name) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _docx_content(path: Path) -> tuple[object, ...]:
    document = docx.Document(str(path))
    properties = document.core_properties
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return paragraphs, tables, properties.title, properties.author, properties.created, properties.modified


def test_making_twice_gives_the_same_bytes(maker: ModuleType, tmp_path: Path) -> None:
    first, second = maker.make(tmp_path / "first"), maker.make(tmp_path / "second")
    assert [path.name for path in first] == MADE
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_transcript_pages_carry_their_printed_numbers() -> None:
    document = read_document(TALKS / "river-session-transcript.pdf", document_id="transcript")
    assert [page.label for page in document.pages] == ["41", "42", "43", "44"]
    assert document.page_at(document.text.index("pas de vague")) == "44"


def test_alias_and_issue_lists_fit_the_documents() -> None:
    everything = " ".join(words(text_of(name)) for name in DOCUMENTS)
    aliases, issues = _rows("aliases.tsv"), _rows("issues.tsv")
    assert {len(row) for row in aliases} == {3}
    assert {row[2] for row in aliases} == {"person", "party", "place"}
    assert [row[0] for row in aliases if words(row[0]) not in everything] == []
    assert {len(row) for row in issues} == {2}
    assert [
        row[1] for row in issues if words(row[1]).rstrip() not in everything and words(row[1]).strip() not in NOT_IN_THE_SET
    ] == []


def _rows(name: str) -> list[list[str]]:
    lines = (ROOT / "examples" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
