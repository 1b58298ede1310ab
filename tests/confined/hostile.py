"""Small files that cost their readers far more than they weigh, made here."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

from parley.index.confined.limits import ReadingLimits

TIGHT = ReadingLimits(memory=800 * 1024**2, processor_seconds=10, processor_seconds_per_megabyte=0.5, patience=12)
"""Limits that the sample documents keep to, so that tests of hostile ones do not take long."""


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    body = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
    return bytes(body) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object with further entries in its dictionary."""
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def self_drawing_pdf() -> bytes:
    """A form that draws itself twice."""
    resources = b"/Resources << /XObject << /A 4 0 R >> /Font << /F 5 0 R >> >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] %b" % resources
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] %b /Contents 6 0 R >>" % resources,
        stream(b"BT /F 9 Tf (quota) Tj ET /A Do /A Do", form),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(b"/A Do"),
    )


def packed_stream_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of text commands."""
    packed = zlib.compress(b"BT /F 9 Tf (quota) Tj ET\n" * (megabytes * 1024**2 // 25), 9)
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(packed, b"/Filter /FlateDecode"),
    )


def shared_pages_pdf(levels: int) -> bytes:
    """Ten to the power of `levels` pages, from a tree whose nodes each hold the next one ten times."""
    nodes = [
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b"%d 0 R " % (3 + level) * 10, 10 ** (levels - level))
        for level in range(levels)
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F %d 0 R >> >> /Contents %d 0 R >>"
    last = 2 + levels
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        *nodes,
        page % (last + 1, last + 2),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(b"BT /F 9 Tf (The envoy said that the quota was rejected.) Tj ET"),
    )


def word(paragraphs: int, inside: str = "") -> bytes:
    """A Word file of so many paragraphs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body>{f'<w:p>{inside}</w:p>' * paragraphs}</w:body></w:document>"
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", kinds)
        package.writestr("_rels/.rels", relations)
        package.writestr("word/document.xml", body)
    return buffer.getvalue()


def nested_html(tag: str, depth: int) -> bytes:
    """A page whose one sentence lies so deep."""
    sentence = "The envoy said that the quota was rejected."
    return f"<html><body>{f'<{tag}>' * depth}{sentence}{f'</{tag}>' * depth}</body></html>".encode()


def ruled_html(rules: int, paragraphs: int) -> bytes:
    """A page with so many style rules that hold for none or all of its paragraphs."""
    sheet = "".join(f".c{number} {{ color: #123456 }} p.d{number} {{ display: none }}\n" for number in range(rules // 2))
    shown = "".join(
        f"<p class='c{number % 97}'>The envoy said that quota {number} was rejected.</p>" for number in range(paragraphs)
    )
    return f"<html><head><style>{sheet}</style></head><body>{shown}</body></html>".encode()


def coloured_html(words: int) -> bytes:
    """A page with so many words of a colour of their own, every other one in that of the paper."""
    spans = "".join(f"<span style='color:{('red', 'white')[number % 2]}'>word{number}</span> " for number in range(words))
    return f"<html><body><p>{spans}</p></body></html>".encode()


def table_html(rows: int) -> bytes:
    """A page that is one table."""
    cells = "".join(f"<tr><td>Quota {number}</td><td>rejected</td></tr>" for number in range(rows))
    return f"<html><body><table>{cells}</table></body></html>".encode()


def mail(*headers: tuple[str, str], body: str = "The envoy said that the quota was rejected.") -> bytes:
    """A mail with these headers, as they are given, and a plain body."""
    message = EmailMessage()
    message["From"] = "ana@example.org"
    message.set_content(body)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers).encode()
    return lines + message.as_bytes()


def nested_mail(depth: int) -> bytes:
    """A mail of parts within parts."""
    heads = "".join(f"--b{number}\r\nContent-Type: multipart/mixed; boundary=b{number + 1}\r\n\r\n" for number in range(depth))
    start = "From: ana@example.org\r\nSubject: Quota\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
    return (start + heads + f"--b{depth}\r\n\r\nThe quota was rejected.\r\n").encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "self-drawing.pdf": self_drawing_pdf,
    "packed-stream.pdf": lambda: packed_stream_pdf(120),
    "shared-pages.pdf": lambda: shared_pages_pdf(6),
    "empty-paragraphs.docx": lambda: word(8_000_000),
    "many-paragraphs.docx": lambda: word(60_000, "<w:r><w:t>The envoy said that the quota was rejected.</w:t></w:r>"),
    "nested-b.html": lambda: nested_html("b", 8_000),
    "nested-div.html": lambda: nested_html("div", 20_000),
    "rules.html": lambda: ruled_html(2_000, 5_000),
    "coloured.html": lambda: coloured_html(60_000),
    "rows.html": lambda: table_html(200_000),
    "encoded-words.eml": lambda: mail(("Subject", "=?utf-8?q?quota?= " * 20_000)),
    "parameters.eml": lambda: mail(("Content-Type", "text/plain" + "".join(f"; p{number}=quota" for number in range(20_000)))),
    "date.eml": lambda: mail(("Date", "Mon, 3 Mar 99999999999999999999 10:00:00 +0000")),
    "brackets.eml": lambda: mail(("From", "(" * 20_000)),
    "nested.eml": lambda: nested_mail(3_000),
    "one-line.txt": lambda: b"The envoy said that the quota was rejected. " * 1_200_000,
}
"""Every kind by file name, in sizes at which a reader without bounds takes minutes or gigabytes; each is made when called."""
