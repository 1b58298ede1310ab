"""What people did to a Word text, and what stands around it: ten files of the kinds that drafts come in."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from parley.index.readers import read_before_changes
from parley.index.types import Document
from tests.readers.conftest import Read
from tests.readers.test_word import saved, with_body

INSERTED = '<w:ins w:id="1" w:author="Ana Ruiz" w:date="2031-06-04T10:00:00Z"><w:r><w:t>{words}</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="Jon Fane" w:date="2031-06-05T10:00:00Z"><w:r><w:delText>{words}</w:delText></w:r></w:del>'
PLAIN = '<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
STRUCK = '<w:r><w:rPr><w:{kind}{value}/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def told(document: Document) -> dict[str, tuple[str, ...]]:
    return {item.kind: item.details for item in document.warnings}


def test_the_final_text_is_read_and_the_changes_are_told_with_who_and_when(read: Read) -> None:
    body = paragraph(PLAIN.format(words="Guns leave in "), DELETED.format(words="thirty"), INSERTED.format(words="ninety"))
    document = read("a.docx", with_body(body))
    assert document.text == "Guns leave in ninety"
    assert told(document) == {
        "tracked_changes": ("Jon Fane, 2031-06-05: deleted “thirty”", "Ana Ruiz, 2031-06-04: inserted “ninety”")
    }


def test_a_deleted_paragraph_is_told(read: Read) -> None:
    document = read(
        "a.docx", with_body(paragraph(PLAIN.format(words="Stays.")), paragraph(DELETED.format(words="The bank is free.")))
    )
    assert document.text == "Stays."
    assert told(document)["tracked_changes"] == ("Jon Fane, 2031-06-05: deleted “The bank is free.”",)


def test_moved_words_stand_once_and_are_told(read: Read) -> None:
    moved = '<w:move{way} w:id="3" w:author="Ana Ruiz"><w:r><w:t>Fees fall.</w:t></w:r></w:move{way}>'
    document = read("a.docx", with_body(paragraph(moved.format(way="From")), paragraph(moved.format(way="To"))))
    assert document.text == "Fees fall."
    assert told(document)["tracked_changes"] == ("Ana Ruiz: moved away “Fees fall.”", "Ana Ruiz: moved here “Fees fall.”")


@pytest.mark.parametrize("kind", ["strike", "dstrike"])
def test_words_struck_through_are_no_live_text(read: Read, kind: str) -> None:
    body = paragraph(STRUCK.format(kind=kind, value="", words="close the port "), PLAIN.format(words="use the port"))
    document = read("a.docx", with_body(body))
    assert document.text == "use the port"
    assert told(document) == {"struck_through": ("“close the port”",)}


def test_strike_through_that_is_switched_off_is_text(read: Read) -> None:
    document = read("a.docx", with_body(paragraph(STRUCK.format(kind="strike", value=' w:val="0"', words="use the port"))))
    assert (document.text, document.warnings) == ("use the port", ())


def test_brackets_and_alternatives_stay(read: Read) -> None:
    body = paragraph(PLAIN.format(words="Each Party [shall][should] pay [40][60] million [K: a year]."))
    assert read("a.docx", with_body(body)).text == "Each Party [shall][should] pay [40][60] million [K: a year]."


def test_comments_stand_behind_the_text_with_their_author(read: Read) -> None:
    file = docx.Document()
    run = file.add_paragraph("Monitors are sent to the bridge.").runs[0]
    file.add_comment(run, text="We cannot accept monitors.", author="Jon Fane", initials="JF")
    document = read("a.docx", saved(file))
    assert document.text == "Monitors are sent to the bridge.\n\nJon Fane: We cannot accept monitors."
    assert told(document)["comments"][0].endswith(": We cannot accept monitors.")


def test_heads_and_feet_stand_behind_the_text_once(read: Read) -> None:
    file = docx.Document()
    file.add_paragraph("The gate opens.")
    file.sections[0].header.paragraphs[0].text = "RESTRICTED"
    file.sections[0].footer.paragraphs[0].text = "Page 1"
    document = read("a.docx", saved(file))
    assert document.text == "The gate opens.\n\nRESTRICTED"
    assert told(document) == {"headers": ("RESTRICTED",)}


def test_rows_stand_below_their_heads(read: Read) -> None:
    file = docx.Document()
    table = file.add_table(2, 3)
    words = ["Clause", "Norland", "Velmark", "Monitors", "demands 200", "rejects any"]
    for cell, text in zip((cell for row in table.rows for cell in row.cells), words, strict=True):
        cell.text = text
    assert read("a.docx", saved(file)).text == "Clause | Norland | Velmark\nMonitors | demands 200 | rejects any"


def test_a_plain_file_has_no_warnings(read: Read) -> None:
    file = docx.Document()
    file.add_paragraph("The gate opens.")
    assert read("a.docx", saved(file)).warnings == ()


def test_the_text_before_the_changes_is_read_from_the_same_file(tmp_path: Path) -> None:
    moved = '<w:move{way} w:id="3" w:author="Ana Ruiz"><w:r><w:t>Fees fall.</w:t></w:r></w:move{way}>'
    path = tmp_path / "a.docx"
    path.write_bytes(
        with_body(
            paragraph(moved.format(way="From")),
            paragraph(PLAIN.format(words="Guns leave in "), DELETED.format(words="thirty"), INSERTED.format(words="ninety")),
            paragraph(STRUCK.format(kind="strike", value="", words="close the port "), PLAIN.format(words="use the port")),
            paragraph(moved.format(way="To")),
        )
    )
    before = read_before_changes(path, document_id="a")
    assert before is not None
    assert before.text.split("\n\n") == ["Fees fall.", "Guns leave in thirty", "close the port use the port"]


def test_a_file_without_changes_has_no_text_before_them(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_body(paragraph(PLAIN.format(words="Stays."))))
    assert read_before_changes(path, document_id="a") is None
