"""Exports for programs that keep references and annotations: RIS, CSL-JSON, notes in Chicago form, W3C Web Annotations."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from parley import Answer, AnswerSentence, Citation, Document, Passage, export_answer
from parley.assistant.evidence.versions.comparison import compare_documents
from parley.assistant.reports.export import export_comparison
from tests.export.conftest import STRINGS

TEXT = "They met at noon. The envoy said no. The minister said yes. The envoy said no again."
NEWS = replace(
    Document.from_text(
        TEXT, id="a b.txt", title="No at the dam", outlet="Harbour Post", author="Ana Ruiz", date=date(2031, 3, 4)
    ),
    genre="news",
    language="en",
)
LETTER = replace(
    Document.from_text("Dear colleague, we refuse.", id="letter", title="Our refusal", author="Jon Fane", date=date(2030, 12, 1)),
    genre="letter",
    addressees="Petra Nowak",
    place="Tarsia",
)
PAGED = replace(Document.from_text("Nothing is known.", id="bare", title="Annex"), genre="treaty", symbol="A/77/1")


def citation(marker: int, document: Document, words: str, page: str | None = None) -> Citation:
    start = document.text.index(words)
    passage = Passage(1, document.id, 0, len(document.text), 0)
    return Citation(marker, document, passage, start, start + len(words), words, None, f"voice {marker}", page, verified=True)


ANSWER = Answer(
    question="Who refused?",
    standalone_question="Who refused?",
    sentences=(AnswerSentence("The envoy.", (1, 2)), AnswerSentence("Others.", (3,))),
    citations=(
        citation(1, NEWS, "The envoy said no."),
        citation(2, LETTER, "we refuse"),
        citation(3, PAGED, "Nothing is known."),
    ),
    status="answered",
)


def test_ris_has_the_type_and_what_the_document_states(tmp_path: Path) -> None:
    data = export_answer(ANSWER, tmp_path / "a.ris").read_bytes()
    entries = [entry.split("\r\n") for entry in data.decode().split("\r\nER  - \r\n\r\n")]
    fields = [[line.split("  - ", 1) for line in entry] for entry in entries]
    assert fields[0] == [
        ["TY", "NEWS"],
        ["ID", "a b.txt"],
        ["TI", "No at the dam"],
        ["AU", "Ana Ruiz"],
        ["T2", "Harbour Post"],
        ["PY", "2031"],
        ["DA", "2031/03/04"],
        ["LA", "en"],
        ["N1", "voice 1: “The envoy said no.”"],
        ["N1", f"SHA-256 {NEWS.sha256}"],
    ]
    assert fields[1][0] == ["TY", "PCOMM"]
    assert ["CY", "Tarsia"] in fields[1]
    assert dict(fields[2][:4]) == {"TY": "GOVDOC", "ID": "bare", "TI": "Annex", "M1": "A/77/1"}


def test_bibtex_entries_have_the_type_of_their_document(tmp_path: Path) -> None:
    report = replace(Document.from_text("It rained.", id="r", title="Rain", outlet="Met Office"), genre="report")
    cited = (*ANSWER.citations, citation(4, report, "It rained."))
    cited += (citation(5, replace(NEWS, id="n", outlet=None), "The envoy said no."),)
    text = export_answer(replace(ANSWER, citations=cited), tmp_path / "a.bib").read_text(encoding="utf-8")
    entries = dict(re.findall(r"^@([a-z]+)\{(.*?)^\}", text, re.MULTILINE | re.DOTALL))
    types = re.findall(r"^@([a-z]+)\{([^,]*),", text, re.MULTILINE)
    assert types == [("article", "a-b.txt"), ("unpublished", "letter"), ("misc", "bare"), ("techreport", "r"), ("misc", "n")]
    assert "journal = {{Harbour Post}}" in entries["article"]
    assert "institution = {{Met Office}}" in entries["techreport"]


def test_a_title_begins_no_entry_of_bibtex(tmp_path: Path) -> None:
    old, new = (
        Document.from_text(f"It shall rain for {days} days.", id=days, title="@misc{x,\n@book{y,") for days in ("ten", "two")
    )
    text = export_comparison(compare_documents(old, new), tmp_path / "c.bib").read_text(encoding="utf-8")
    assert re.findall(r"@\w+\{\w+", text.partition("\n\n")[0]) == []


def test_csl_json(tmp_path: Path) -> None:
    items = json.loads(export_answer(ANSWER, tmp_path / "a.csl.json").read_text(encoding="utf-8"))
    assert items[0] == {
        "id": "a b.txt",
        "type": "article-newspaper",
        "title": "No at the dam",
        "author": [{"literal": "Ana Ruiz"}],
        "container-title": "Harbour Post",
        "issued": {"date-parts": [[2031, 3, 4]]},
        "language": "en",
        "note": f"SHA-256 {NEWS.sha256}",
    }
    assert [item["type"] for item in items] == ["article-newspaper", "personal_communication", "treaty"]
    assert items[1]["recipient"] == [{"literal": "Petra Nowak"}]
    assert "issued" not in items[2]


def test_notes_in_chicago_form(tmp_path: Path) -> None:
    text = export_answer(ANSWER, tmp_path / "a.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    note = next(line for line in lines if line.startswith("1. "))
    for part in ("Ana Ruiz", "“No at the dam,”", "Harbour Post", "March 4, 2031"):
        assert part.lower() in note.lower()
    assert "edition" not in note.lower()
    assert lines[lines.index(note) + 1] == "   voice 1: “The envoy said no.”"
    assert "The envoy. [1] [2]" in lines
    assert [line[:3] for line in lines if line[:3] in ("1. ", "2. ", "3. ")] == ["1. ", "2. ", "3. "]


def test_annotations_find_the_words_by_what_is_around_them_and_by_place(tmp_path: Path) -> None:
    told = json.loads(export_answer(ANSWER, tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert told["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (told["type"], told["total"], told["first"]["type"]) == ("AnnotationCollection", 3, "AnnotationPage")
    assert "Asked: Who refused?" in told["dcterms:description"]
    ids = [told["id"], told["first"]["id"], *(item["id"] for item in told["first"]["items"])]
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(set(ids)) == 5
    again = json.loads(export_answer(ANSWER, tmp_path / "b.jsonld").read_text(encoding="utf-8"))
    assert [item["id"] for item in again["first"]["items"]] == ids[2:]
    first = told["first"]["items"][0]
    words, place = first["target"]["selector"]
    assert (words["prefix"], words["exact"], words["suffix"]) == ("They met at noon. ", "The envoy said no.", TEXT[36:68])
    assert TEXT[place["start"] : place["end"]] == words["exact"]
    scheme, _, digest = first["target"]["source"].rpartition(";")
    assert scheme == "ni:///sha-256"
    assert base64.urlsafe_b64decode(digest + "=") == sha256(TEXT.encode()).digest()


@pytest.mark.parametrize("text", STRINGS)
def test_text_never_makes_a_field_of_its_own(text: str, tmp_path: Path) -> None:
    document = replace(NEWS, title=f"{text}\r\nER  - \r\nTY  - BOOK", author=text, outlet=text)
    answer = replace(ANSWER, citations=(citation(1, document, "The envoy said no."),), sentences=(AnswerSentence(text, (1,)),))
    entry = export_answer(answer, tmp_path / "a.ris").read_bytes().decode()
    assert [line[:6] for line in entry.split("\r\n") if line.startswith(("TY", "ER"))] == ["TY  - ", "ER  - "]
    items = json.loads(export_answer(answer, tmp_path / "a.csl.json").read_text(encoding="utf-8"))
    assert len(items) == 1
    told = json.loads(export_answer(answer, tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert told["first"]["items"][0]["target"]["dcterms:title"] == document.title
