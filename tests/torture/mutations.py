"""Sample files of every format, changed at random."""

from __future__ import annotations

import random
from pathlib import Path

from tests.confined.hostile import mail, table_html, word
from tests.conftest import ROOT

_LINES = b"The envoy said that the quota was rejected.\n"
_INTERESTING = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b">>",
    b"=?utf-8?b?",
    b"--",
    b"99999999999999999999",
    b"\\u0000",
    b"endobj",
    b"{\\rtf",
    b"PK\x03\x04",
)


def seeds() -> dict[str, bytes]:
    """Whole files by name."""
    talks = {path.name: path.read_bytes() for path in sorted((ROOT / "examples" / "talks").iterdir()) if path.is_file()}
    made = {
        "mail.eml": mail(
            ("Subject", "=?utf-8?q?The_quota?="), ("Date", "Mon, 3 Mar 2031 10:00:00 +0000"), ("To", "Ana <a@b.example>")
        ),
        "table.html": table_html(12),
        "letter.docx": word(6, "<w:r><w:t>The quota was rejected.</w:t></w:r>"),
        "session.vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ana>Rejected.\n\n00:00:09.000 --> 00:00:11.000\nNever.\n",
        "session.srt": b"1\n00:00:01,000 --> 00:00:04,000\nANA: The quota was rejected.\n",
        "letter.rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 The quota was \\b rejected\\b0 .\\par Never.\\par}",
        "rows.csv": b"speaker,words\nAna,The quota was rejected\nVenn,Never\n",
        "talk.json": b'{"text": "The quota was rejected.", "segments": [{"start": 0.0, "end": 2.5, "text": "Rejected."}]}',
        "talks.mbox": b"From a@b Mon Mar  3 10:00:00 2031\nFrom: a@b\nSubject: Quota\n\nRejected.\n\n" * 2,
        "front.md": b"---\ntitle: Quota\ndate: 2031-03-03\n---\n# Gates\n\n" + _LINES * 4,
    }
    return talks | made


def mutated(content: bytes, moments: random.Random) -> bytes:
    """The content with one to six changes: bits, bytes, blocks cut out, doubled, moved or put in."""
    data = bytearray(content)
    for _ in range(moments.randint(1, 6)):
        if not data:
            break
        at = moments.randrange(len(data))
        length = moments.choice((1, 2, 7, 40, 300))
        kind = moments.randrange(6)
        if kind == 0:
            data[at] ^= 1 << moments.randrange(8)
        elif kind == 1:
            data[at : at + length] = moments.randbytes(length)
        elif kind == 2:
            del data[at : at + length]
        elif kind == 3:
            data[at:at] = data[at : at + length] * moments.randint(1, 60)
        elif kind == 4:
            data[at:at] = moments.choice(_INTERESTING) * moments.choice((1, 1, 3, 200))
        else:
            del data[at:]
    return bytes(data)


def write_mutation(folder: Path, number: int, seed: int) -> Path:
    """The file of that number."""
    moments = random.Random(f"{seed} {number}")
    name, content = moments.choice(sorted(seeds().items()))
    path = folder / f"{number}-{name}"
    path.write_bytes(mutated(content, moments))
    return path
