"""PDF files: paragraphs as they were before they were printed, pages where they were."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod

from parley.index.errors import ReadError
from parley.index.types import Document
from tests.readers.conftest import Read

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
MADE = datetime(2025, 6, 1, 12, tzinfo=UTC)
PARAGRAPH = (
    "The delegations met for the third round in the morning and went through the list of open points. The head of the first "
    "delegation said that the exchange of prisoners could be agreed upon within a week, provided that both sides confirmed the "
    "lists. The other side asked for guarantees and proposed a joint commission."
)


class Minutes(FPDF):
    """Pages with a running header and a page number, in points."""

    def __init__(self, *, running: bool = True, align: str = "J") -> None:
        super().__init__(unit="pt")
        self.running = running
        self.align = align
        self.creation_date = MADE

    def header(self) -> None:
        if self.running:
            self.set_font("helvetica", size=8)
            self.cell(0, 20, f"Minutes of round {self.page_no()} - confidential", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        if self.running:
            self.set_y(-40)
            self.set_font("helvetica", size=8)
            self.cell(0, 20, f"Page {self.page_no()} of {{nb}}", align="C")

    def write_block(self, text: str, size: float = 11, style: str = "", gap: float = 8) -> None:
        self.set_font("helvetica", style, size)
        self.multi_cell(0, size * 1.3, text, new_x="LMARGIN", new_y="NEXT", align=self.align)
        self.ln(gap)

    def made(self) -> bytes:
        return bytes(self.output())


def pages_of(document: Document) -> list[tuple[str, str]]:
    return [(page.label, document.text[page.start : page.end]) for page in document.pages]


def headings_of(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings]


def lines_pdf(lines: list[str], *, height: float = 14, left: float = 60, font: str = "helvetica") -> bytes:
    """A page with exactly these printed lines."""
    pdf = FPDF(unit="pt")
    pdf.creation_date = MADE
    pdf.add_page()
    pdf.set_font(font, size=11)
    for number, line in enumerate(lines):
        if line:
            pdf.text(left, 80 + number * height, line)
    return bytes(pdf.output())


@pytest.mark.parametrize("align", ["J", "L"])
def test_paragraphs_headings_and_pages_of_a_long_document(read: Read, align: str) -> None:
    pdf = Minutes(align=align)
    pdf.set_title("Third round")
    pdf.set_author("Secretariat")
    pdf.add_page()
    pdf.write_block("Third round of talks", 20, "B")
    written = ["Third round of talks"]
    for number in range(1, 43):
        if number % 6 == 1:
            written.append(f"{number // 6 + 1}. Item on the agenda")
            pdf.write_block(written[-1], 14, "B")
        written.append(f"Point {number}. {PARAGRAPH}")
        pdf.write_block(written[-1])
    document = read("minutes.pdf", pdf.made())
    assert document.text.split("\n\n") == written
    assert headings_of(document) == [
        (1, "Third round of talks"),
        (2, "1. Item on the agenda"),
        (2, "2. Item on the agenda"),
        (2, "3. Item on the agenda"),
        (2, "4. Item on the agenda"),
        (2, "5. Item on the agenda"),
        (2, "6. Item on the agenda"),
        (2, "7. Item on the agenda"),
    ]
    assert [label for label, _ in pages_of(document)] == ["1", "2", "3", "4"]
    assert all("Point" in text for _, text in pages_of(document))
    assert "confidential" not in document.text
    assert "Page" not in document.text
    assert (document.title, document.author) == ("Third round", "Secretariat")
    assert (document.basis_of("title"), document.basis_of("author")) == ("PDF property Title", "PDF property Author")


def test_a_paragraph_goes_on_over_the_page_break(read: Read) -> None:
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=11)
    for lines in (
        ["The head of the delegation said that the lists", "would be exchanged before the end of the"],
        ["month, and left. Nobody objected."],
    ):
        pdf.add_page()
        for number, line in enumerate(lines):
            pdf.text(60, 700 + number * 14, line)
    document = read("minutes.pdf", bytes(pdf.output()))
    assert pages_of(document) == [
        ("1", "The head of the delegation said that the lists would be exchanged before the end of the "),
        ("2", "month, and left. Nobody objected."),
    ]
    assert document.page_at(document.text.index("month")) == "2"


def test_words_divided_at_line_ends_are_closed_up_with_care(read: Read) -> None:
    lines = [
        "The negotia-",
        "tors spoke of a cease-fire and the self-",
        "determination of the region; the cease-",
        "fire, a well-",
        "known idea of the Ankara-",
        "Kyiv group, would hold for 30-",
        "60 days, the presi-",
        "dent said.",
    ]
    document = read("minutes.pdf", lines_pdf(lines))
    assert document.text == (
        "The negotiators spoke of a cease-fire and the self-determination of the region; the cease-fire, a well-known idea of "
        "the Ankara-Kyiv group, would hold for 30-60 days, the president said."
    )


def test_first_line_indents_begin_paragraphs(read: Read) -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    lines = [
        (80, "The first side asked for a pause and said that"),
        (60, "the lists were ready, complete and final by now."),
        (80, "The second side did not answer the question and"),
        (60, "left the hall at noon, which nobody expected it"),
    ]
    for number, (left, line) in enumerate(lines):
        pdf.text(left, 80 + number * 14, line)
    assert read("minutes.pdf", bytes(pdf.output())).text == (
        "The first side asked for a pause and said that the lists were ready, complete and final by now.\n\n"
        "The second side did not answer the question and left the hall at noon, which nobody expected it"
    )


def test_list_items_are_paragraphs_of_their_own(read: Read) -> None:
    lines = [
        "They agreed on three points:",
        "(a) an exchange of all the wounded before the end",
        "of the month;",
        "(b) a hotline;",
        "- a second round.",
    ]
    assert read("minutes.pdf", lines_pdf(lines)).text == (
        "They agreed on three points:\n\n(a) an exchange of all the wounded before the end of the month;\n\n(b) a hotline;\n\n"
        "- a second round."
    )


def test_two_columns_are_read_one_after_the_other(read: Read) -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    with pdf.text_columns(ncols=2, gutter=20, text_align="J") as columns:
        columns.write(" ".join([PARAGRAPH] * 12))
    assert read("paper.pdf", bytes(pdf.output())).text == " ".join([PARAGRAPH] * 12)


def test_page_labels_are_the_printed_ones(read: Read) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for style, text in (("r", "Preface of the report"), ("r", "More of the preface"), ("D", "The body of the report")):
        pdf.add_page(label_style=style, label_start=1 if text.startswith(("Preface", "The")) else None)
        pdf.multi_cell(0, 6, text + ".")
    pdf.add_page()
    assert pages_of(read("report.pdf", bytes(pdf.output()))) == [
        ("i", "Preface of the report.\n\n"),
        ("ii", "More of the preface.\n\n"),
        ("1", "The body of the report."),
        ("2", ""),
    ]


def test_pages_that_lie_on_their_side_read_like_upright_ones(read: Read) -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    lines = ["The first side asked for a pause and said that", "the lists were ready.", "", "The second side left the hall."]
    for number, line in enumerate(lines):
        with pdf.rotation(90, 100 + number * 14, 700):
            pdf.text(100 + number * 14, 700, line)
    turned = bytes(pdf.output()).replace(b"/Type /Page\n", b"/Type /Page /Rotate 90\n")
    expected = "The first side asked for a pause and said that the lists were ready.\n\nThe second side left the hall."
    assert read("minutes.pdf", turned).text == expected


def test_letters_beyond_ascii(read: Read) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("DejaVu", fname=FONT)
    pdf.set_font("DejaVu", size=11)
    text = "Делегация заявила: «Мы готовы». Türkiye’nin önerisi – “evet”. We agreed on 1 000 people."
    pdf.multi_cell(0, 6, text)
    assert read("note.pdf", bytes(pdf.output())).text == text


@pytest.mark.parametrize(
    ("opening", "when", "basis"),
    [
        ("The talks went on.", None, None),
        ("16 May 2025", date(2025, 5, 16), "date line"),
        ("GENEVA, 16 May 2025 (Newsline) - The talks went on.", date(2025, 5, 16), "dateline"),
    ],
)
def test_the_day_the_file_was_made_is_never_the_documents(read: Read, opening: str, when: date | None, basis: str | None) -> None:
    document = read("note.pdf", lines_pdf([opening]))
    assert (document.date, document.basis_of("date")) == (when, basis)


def test_titles_that_programs_put_in_are_not_titles(read: Read) -> None:
    for title in ("Microsoft Word - draft3.docx", "untitled", "Document1", "notes.pdf"):
        pdf = Minutes(running=False)
        pdf.set_title(title)
        pdf.add_page()
        pdf.write_block("Draft protocol", 18)
        pdf.write_block(PARAGRAPH)
        document = read("draft.pdf", pdf.made())
        assert (document.title, document.basis_of("title")) == ("Draft protocol", "first heading")


def test_xmp_metadata_and_language(read: Read) -> None:
    pdf = Minutes(running=False)
    pdf.set_lang("fr-FR")
    pdf.set_xmp_metadata(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        "<dc:title><rdf:Alt><rdf:li>Third round</rdf:li></rdf:Alt></dc:title>"
        "<dc:publisher><rdf:Bag><rdf:li>Newsline</rdf:li></rdf:Bag></dc:publisher>"
        "<dc:creator><rdf:Seq><rdf:li>Jane Roe</rdf:li><rdf:li>Ali Can</rdf:li></rdf:Seq></dc:creator>"
        "<prism:publicationDate>2025-05-16</prism:publicationDate></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    pdf.add_page()
    pdf.write_block("Oui.")
    document = read("note.pdf", pdf.made())
    assert (document.title, document.outlet, document.author) == ("Third round", "Newsline", "Jane Roe, Ali Can")
    assert (document.date, document.language) == (date(2025, 5, 16), "fr")
    assert dict(document.basis) == {
        "title": "XMP dc:title",
        "outlet": "XMP dc:publisher",
        "author": "XMP dc:creator",
        "date": "XMP prism:publicationDate",
        "language": "PDF property Lang",
    }


def test_a_scan_is_refused_with_the_way_out(read: Read) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    with pytest.raises(ReadError, match=r"scan\.pdf has 1 pages but no text: probably a scan.*ocrmypdf"):
        read("scan.pdf", bytes(pdf.output()))


def test_a_password_is_asked_for_only_where_one_is_needed(read: Read) -> None:
    for user_password in ("secret", ""):
        pdf = Minutes(running=False)
        pdf.set_encryption("owner", user_password, EncryptionMethod.AES_256, permissions=AccessPermission.none())
        pdf.add_page()
        pdf.write_block(PARAGRAPH)
        if user_password:
            with pytest.raises(ReadError, match=r"closed\.pdf is protected by a password.*Save a copy"):
                read("closed.pdf", pdf.made())
        else:
            assert read("open.pdf", pdf.made()).text == PARAGRAPH


def test_a_cut_off_or_damaged_file_is_refused(read: Read) -> None:
    pdf = Minutes()
    pdf.add_page()
    for _ in range(30):
        pdf.write_block(PARAGRAPH)
    whole = pdf.made()
    with pytest.raises(ReadError, match=r"cut\.pdf is cut off.*Get the file again"):
        read("cut.pdf", whole[: len(whole) // 2])
    with pytest.raises(ReadError, match=r"junk\.pdf is damaged"):
        read("junk.pdf", b"%PDF-1.7\n" + b"junk " * 100 + b"%%EOF\n")
    with pytest.raises(ReadError, match=r"not\.pdf is not a PDF"):
        read("not.pdf", b"The talks went on.")


def test_several_threads_read_at_once(read: Read) -> None:
    pdf = Minutes()
    for _ in range(4):
        pdf.add_page()
        pdf.write_block(PARAGRAPH)
    data = pdf.made()
    texts: list[str] = []
    threads = [threading.Thread(target=lambda n=n: texts.append(read(f"{n}.pdf", data).text)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["\n\n".join([PARAGRAPH] * 4)] * 6
