"""Word files: what a reader of the file sees on the page, in order."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parley.index.errors import ReadError
from parley.index.types import Document
from tests.readers.conftest import Read


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(*blocks: str) -> bytes:
    """A file whose body is exactly this WordprocessingML."""
    document = docx.Document()
    for number, block in enumerate(blocks):
        document.element.body.insert(number, parse_xml(block.replace(">", f" {nsdecls('w')}>", 1)))
    return saved(document)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return buffer.getvalue()


def headings_of(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings]


def test_paragraphs_headings_lists_and_tables_in_order(read: Read) -> None:
    document = docx.Document()
    document.add_heading("Draft agreement", 0)
    document.add_heading("Article 1", 1)
    paragraph = document.add_paragraph("The parties shall ")
    paragraph.add_run("ex").bold = True
    paragraph.add_run("change prisoners.")
    document.add_paragraph("the wounded", "List Bullet")
    document.add_paragraph("the young", "List Bullet")
    document.add_heading("Numbers", 2)
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ["Side", "Number", "A", "12"], strict=True):
        cell.text = text
    document.add_paragraph("first", "List Number")
    document.add_paragraph("second", "List Number")
    document.add_paragraph("")
    document.add_paragraph("End.\nReally.")
    read_back = read("draft.docx", saved(document))
    assert read_back.text == (
        "Draft agreement\n\nArticle 1\n\nThe parties shall exchange prisoners.\n\n- the wounded\n- the young\n\nNumbers\n\n"
        "Side | Number\nA | 12\n\n1. first\n2. second\n\nEnd.\nReally."
    )
    assert headings_of(read_back) == [(1, "Draft agreement"), (1, "Article 1"), (2, "Numbers")]
    assert (read_back.title, read_back.basis_of("title")) == ("Draft agreement", "first heading")


def test_tracked_changes_are_read_as_accepted(read: Read) -> None:
    data = with_body(
        "<w:p><w:r><w:t xml:space='preserve'>A truce of </w:t></w:r><w:del><w:r><w:delText>thirty</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>sixty</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        "<w:r><w:t xml:space='preserve'> days.</w:t></w:r></w:p>"
    )
    assert read("draft.docx", data).text == "A truce of sixty days."


def test_hidden_text_and_field_codes_are_left_out(read: Read) -> None:
    data = with_body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>See </w:t></w:r>"
        "<w:r><w:instrText>REF _1</w:instrText></w:r><w:r><w:t>Article</w:t><w:noBreakHyphen/><w:t>2</w:t>"
        "<w:tab/><w:t>here\u00a0now</w:t></w:r></w:p>"
    )
    assert read("draft.docx", data).text == "See Article-2\there now"


def test_content_controls_and_links_are_read(read: Read) -> None:
    data = with_body(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:hyperlink w:anchor='x'><w:r><w:t>A link.</w:t></w:r></w:hyperlink></w:p>",
    )
    assert read("draft.docx", data).text == "In a control.\n\nA link."


NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_that_word_shows_are_part_of_the_text(read: Read) -> None:
    def numbered(text: str, list_id: int, level: int) -> str:
        properties = f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr></w:pPr>"
        return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"

    items = [("Exchange", 1, 0), ("the wounded", 1, 1), ("the young", 1, 1), ("detail", 1, 2), ("Ceasefire", 1, 0),
             ("at sea", 1, 1), ("Annex", 2, 0), ("not numbered", 0, 0)]  # fmt: skip
    data = with_part(with_body(*(numbered(*item) for item in items)), "word/numbering.xml", NUMBERING.encode())
    assert read("draft.docx", data).text == (
        "Article 1 Exchange\n\n  (a) the wounded\n  (b) the young\n\n1.i detail\n\nArticle 2 Ceasefire\n\n  (a) at sea\n\n"
        "Article 9 Annex\n\nnot numbered"
    )


def test_footnotes_stand_at_the_end(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("The parties met.")
    data = saved(document)
    notes = f"""<w:footnotes {nsdecls("w")}>
    <w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-----</w:t></w:r></w:p></w:footnote>
    <w:footnote w:id="1"><w:p><w:r><w:t>In Geneva.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        types = package.read("[Content_Types].xml").decode()
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        ' Target="footnotes.xml"/></Relationships>'
    )
    kind = (
        '<Override PartName="/word/footnotes.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    data = with_part(data, "word/_rels/document.xml.rels", relations.replace("</Relationships>", relation).encode())
    data = with_part(data, "[Content_Types].xml", types.replace("</Types>", kind).encode())
    data = with_part(data, "word/footnotes.xml", notes.encode())
    assert read("draft.docx", data).text == "The parties met.\n\nIn Geneva."


def test_core_properties_and_their_basis(read: Read) -> None:
    document = docx.Document()
    document.core_properties.title = "Draft agreement"
    document.core_properties.author = "Legal Service"
    document.core_properties.created = datetime(2025, 3, 3, 10, 0)  # noqa: DTZ001
    document.core_properties.language = "en-GB"
    document.add_paragraph("Ok.")
    read_back = read("draft.docx", saved(document))
    assert (read_back.title, read_back.author) == ("Draft agreement", "Legal Service")
    assert (read_back.date, read_back.language) == (None, "en")
    assert dict(read_back.basis) == {
        "title": "Word property title",
        "author": "Word property author",
        "language": "Word property language",
    }


def test_a_dateline_overrules_the_day_the_file_was_made(read: Read) -> None:
    document = docx.Document()
    document.core_properties.created = datetime(2025, 3, 3, 10, 0)  # noqa: DTZ001
    document.add_paragraph("GENEVA, 16 May 2025 (Newsline) — The parties met.")
    read_back = read("draft.docx", saved(document))
    assert (read_back.date, read_back.basis_of("date"), read_back.outlet) == (date(2025, 5, 16), "dateline", "Newsline")


def test_what_a_program_left_in_the_properties_is_no_metadata(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("The parties met.")
    read_back = read("round two.docx", saved(document))
    assert (read_back.title, read_back.author, read_back.date) == ("round two", None, None)


def test_damaged_files_are_refused(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("The parties met. " * 500)
    whole = saved(document)
    with pytest.raises(ReadError, match=r"cut\.docx is damaged or cut off.*Get it again"):
        read("cut.docx", whole[: len(whole) // 2])
    with pytest.raises(ReadError, match=r"text\.docx is damaged or cut off"):
        read("text.docx", b"The parties met.")
    with pytest.raises(ReadError, match=r"odd\.docx is damaged"):
        read("odd.docx", with_part(whole, "word/document.xml", b"<w:document>"))
    with pytest.raises(ReadError, match=r"closed\.docx is protected by a password or is of an old format"):
        read("closed.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("a.txt", "The parties met.")
    with pytest.raises(ReadError, match=r"zip\.docx is a zip archive but not a Word file"):
        read("zip.docx", archive.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read: Read) -> None:
    bomb = with_part(saved(docx.Document()), "word/media/image1.png", b"\0" * (64 * 1024 * 1024))
    with pytest.raises(ReadError, match=r"bomb\.docx would unpack to 64 MB .* times its size"):
        read("bomb.docx", bomb)


def with_entities(declarations: str, reference: str) -> bytes:
    runs = f"<w:r><w:t>{reference}</w:t></w:r><w:r><w:t>We met.</w:t></w:r>"
    body = f"<w:document {nsdecls('w')}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    return with_part(saved(docx.Document()), "word/document.xml", f"<!DOCTYPE w [{declarations}]>{body}".encode())


def test_external_entities_are_not_read(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("root:secret")
    assert read("draft.docx", with_entities(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;")).text == "We met."


def test_an_entity_bomb_does_not_go_off(read: Read) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(ReadError, match=r"draft\.docx is damaged"):
        read("draft.docx", with_entities(f'<!ENTITY e0 "boom">{bomb}', "&e11;"))
