"""What each format says besides the quotations, and what it keeps documents from doing."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import (
    Answer,
    AnswerSentence,
    Assistant,
    Citation,
    Conversation,
    Document,
    ParleyError,
    Passage,
    Turn,
    export_answer,
    export_conversation,
    export_statements,
)
from parley.assistant.reports.export.table import guard_cell, unguard_cell
from tests.export.conftest import STRINGS
from tests.export.reading import W, markdown_parts, plain_markdown, read_export, table_rows, word_footnotes

ALL = (".md", ".docx", ".csv", ".jsonl", ".bib")
DIGEST = "ab" * 32
NOTE = Document.from_text("The envoy said no. The minister said yes.", id="note", outlet="Harbour Post", date=date(2031, 3, 2))
PLAIN = Document.from_text("Nobody came.", id="plain")


def _citation(marker: int, document: Document, start: int, end: int) -> Citation:
    passage = Passage(1, document.id, 0, len(document.text), 0)
    quote = document.text[start:end]
    return Citation(marker, document, passage, start, end, quote, None, f"voice {marker}", None, verified=True)


ANSWER = Answer(
    question="And who?",
    standalone_question="And who refused?",
    sentences=(AnswerSentence("Second first.", (2,)), AnswerSentence("Both.", (1, 2))),
    citations=(_citation(1, NOTE, 0, 18), _citation(2, NOTE, 19, 41)),
    status="accounts_differ",
    nearest=(_citation(1, PLAIN, 0, 12),),
    notices=("Searched 2 documents.", "Carried over: refused."),
)


def _text(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("suffix", ALL)
def test_an_export_tells_how_the_answer_came_about(suffix: str, tmp_path: Path) -> None:
    text = _text(export_answer(ANSWER, tmp_path / f"a{suffix}", model_sha256=DIGEST)).replace("\\", "")
    for part in ("And who?", "And who refused?", "accounts_differ", "extractive", *ANSWER.notices, DIGEST, version("parley-qa")):
        assert part in text
    assert "Exported" not in text


@pytest.mark.parametrize("suffix", ALL)
def test_no_clock_is_read(suffix: str, tmp_path: Path) -> None:
    first = export_answer(ANSWER, tmp_path / f"a{suffix}").read_bytes()
    assert export_answer(replace(ANSWER, timings={"total": 9.0}), tmp_path / f"b{suffix}").read_bytes() == first
    dated = export_answer(ANSWER, tmp_path / f"c{suffix}", exported=date(2031, 5, 6))
    assert "2031-05-06" not in first.decode("utf-8", "replace")
    assert "2031-05-06" in _text(dated)


@pytest.mark.parametrize("suffix", ALL[:4])
def test_references_are_numbered_in_order_of_mention(suffix: str, tmp_path: Path) -> None:
    found = read_export(export_answer(ANSWER, tmp_path / f"a{suffix}"))
    assert [(item.number, item.document_id, item.start) for item in found] == [(1, "note", 19), (2, "note", 0), (3, "plain", 0)]


def test_markdown_footnotes(tmp_path: Path) -> None:
    body, notes = markdown_parts(export_answer(ANSWER, tmp_path / "a.md"))
    assert "\n\nSecond first.[^1]\n\nBoth.[^2][^1]\n\nWhat came closest:[^3]\n" in body
    digest = NOTE.sha256[:12]
    assert plain_markdown(notes[1]) == [
        (
            "",
            f"voice 2. {NOTE.title}, Harbour Post, 2031-03-02, document note, characters 19–41, SHA-256 {digest}",
        ),
        ("blockquote", "“The minister said yes.”"),
    ]
    assert ", undated, document plain, characters 0–12" in notes[3]


@pytest.mark.parametrize("text", STRINGS)
def test_text_is_no_markup_anywhere_in_markdown(text: str, tmp_path: Path) -> None:
    answer = replace(ANSWER, question=text, sentences=(AnswerSentence(text),), notices=(text,))
    body, _ = markdown_parts(export_answer(answer, tmp_path / "a.md"))
    blocks = plain_markdown(re.sub(r"(?<!\\)\[\^\d+\]", "", body))
    assert [shown for _, shown in blocks if shown in (f"Asked: {text}", f"Note: {text}", text)] == [
        f"Asked: {text}",
        f"Note: {text}",
        text,
    ]
    assert [shown for kind, shown in blocks if kind == "heading"] == ["Answer", "Question 1"]


def test_word_files_have_real_footnotes(tmp_path: Path) -> None:
    path = export_answer(ANSWER, tmp_path / "a.docx")
    document = docx.Document(str(path))
    body = document.element.body
    assert [int(item.get(f"{W}id")) for item in body.iter(f"{W}footnoteReference")] == [1, 2, 3]
    repeated = [field.get(f"{W}instr").split() for field in body.iter(f"{W}fldSimple")]
    assert repeated == [["NOTEREF", "_Note1", "\\h"]]
    assert {"_Note1", "_Note2", "_Note3"} == {item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")}
    assert word_footnotes(path)[2][1] == "“The envoy said no.”"
    styles = {item.get(f"{W}val") for item in body.iter(f"{W}rStyle")}
    assert styles <= {style.style_id for style in document.styles}
    assert (document.core_properties.author, document.core_properties.created) == (f"Parley {version('parley-qa')}", None)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert b'PartName="/word/footnotes.xml"' in archive.read("[Content_Types].xml")
        assert b"/relationships/footnotes" in archive.read("word/_rels/document.xml.rels")
        assert b'<w:footnotePr><w:footnote w:id="-1"/>' in archive.read("word/settings.xml")


def test_tables_carry_the_statement(assistant: Assistant, tmp_path: Path) -> None:
    items = [item for item in assistant.statements(status="demanded") if item.statement.outlet or item.statement.relay][:3]
    assert items
    rows = table_rows(export_statements(items, tmp_path / "s.jsonl", notices=["Only demands"]))
    for item, row in zip(items, rows, strict=True):
        statement = item.statement
        assert (row["record"], row["speaker"], row["cue"], row["statement_status"], row["relay"], row["said_to"]) == (
            ("statement", statement.speaker, item.cue, "demanded", list(statement.relay), statement.outlet)
        )
        assert (row["notices"], row["verified"], row["question"], row["document_sha256"]) == (
            (["Only demands"], True, None, item.document.sha256)
        )


def test_csv_and_jsonl_say_the_same(hostile_answers: list[Answer], tmp_path: Path) -> None:
    for answer in hostile_answers:
        cells = table_rows(export_answer(answer, tmp_path / "a.csv"))
        values = table_rows(export_answer(answer, tmp_path / "a.jsonl"))
        for row, expected in zip(cells, values, strict=True):
            assert row == {key: _as_cell(value) for key, value in expected.items()}


def _as_cell(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_begins_a_formula_whatever_the_separator(hostile_answers: list[Answer], delimiter: str, tmp_path: Path) -> None:
    for answer in hostile_answers:
        with export_answer(answer, tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file, delimiter=delimiter) for cell in row]
        assert [cell for cell in cells if cell.strip(' \t\r\n"\ufeff')[:1] in ("=", "+", "-", "@", "＝")] == []


@given(st.text() | st.text(st.sampled_from("='+-@;\t\n\r \"\ufeff\u200ba＝")))
def test_the_guard_is_undone_exactly(text: str) -> None:
    guarded = guard_cell(text)
    assert unguard_cell(guarded) == text
    for piece in re.split(r"[;\t\r\n]", guarded):
        assert piece.strip(' "\ufeff\u200b')[:1] not in tuple("=+-@＝")


def test_bibtex_has_what_the_documents_state_and_no_more(tmp_path: Path) -> None:
    text = export_answer(ANSWER, tmp_path / "a.bib").read_text(encoding="utf-8")
    entry = text[text.index("@") :]
    assert entry == (
        "@article{note,\n"
        "  title = {{The envoy said no. The minister said yes.}},\n"
        "  journal = {{Harbour Post}},\n"
        "  year = {2031},\n  month = mar,\n  day = {2},\n"
        f"  note = {{Document note; SHA-256 {NOTE.sha256}}},\n}}\n"
    )


def test_bibtex_of_hostile_documents_is_well_formed(assistant: Assistant, tmp_path: Path) -> None:
    text = export_statements(assistant.statements(), tmp_path / "s.bib", notices=["@misc{x"]).read_text(encoding="utf-8")
    keys = re.findall(r"^@[a-z]+\{([^,]*),$", text, re.MULTILINE)
    assert len(keys) == len({key.lower() for key in keys}) >= len(STRINGS)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", key) for key in keys)
    comments, *entries = re.split(r"^(?=@[a-z])", text, flags=re.MULTILINE)
    assert "@" not in comments
    fields = re.compile(
        r"  (?:(?:author|title|journal|institution|howpublished) = \{\{.+\}\}|(?:year|day|note) = \{.+\}|month = [a-z]{3}),"
    )
    for entry in entries:
        assert _depth(entry) == 0
        assert [line for line in entry.strip().splitlines()[1:-1] if not fields.fullmatch(line) or _depth(line)] == []


def _depth(text: str) -> int:
    """Braces still open, counted as BibTeX does: with or without a backslash; never fewer than none."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    return depth


def test_two_ids_never_share_a_key(tmp_path: Path) -> None:
    documents = [Document.from_text("Yes.", id=name) for name in ("a b", "A/B", "a-b-2", "…", "дом", "a b 2")]
    citations = tuple(_citation(marker, document, 0, 4) for marker, document in enumerate(documents, start=1))
    text = export_answer(replace(ANSWER, citations=citations), tmp_path / "a.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@misc\{([^,]*),", text, re.MULTILINE)
    # The order is that of first mention: the sentences name 2, then 1.
    assert keys == ["A-B", "a-b-2", "a-b-2-2", "document", "document-2", "a-b-2-3"]


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.md.text"])
def test_an_unknown_suffix_is_refused_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match=re.escape(f"{name!r}") + r".*\.md, \.html, \.docx, \.csv, \.jsonl, \.bib"):
        export_answer(ANSWER, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match=r"could not be written .*No such file"):
        export_answer(ANSWER, tmp_path / "missing" / "a.md")


def test_a_citation_that_is_not_at_its_offsets_is_not_exported(tmp_path: Path) -> None:
    wrong = replace(ANSWER.citations[0], quote="The envoy said yes")
    with pytest.raises(ParleyError, match=r"Citation \[1\] does not stand at characters 0 to 18 of note"):
        export_answer(replace(ANSWER, citations=(wrong,)), tmp_path / "a.md")
    assert list(tmp_path.iterdir()) == []


def test_turns_without_evidence_say_so(tmp_path: Path) -> None:
    conversation = Conversation((Turn("Who?", "Who?", None, "An envoy."),)).with_answer(ANSWER)
    body, notes = markdown_parts(export_conversation(conversation, tmp_path / "c.md"))
    assert "its evidence was not kept" in body
    assert "\n\nAn envoy.\n" in body
    assert list(notes) == [1, 2, 3]
