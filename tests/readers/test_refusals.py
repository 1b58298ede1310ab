"""What cannot be read is refused in one line that says what is wrong and what to do."""

from __future__ import annotations

import os
import re
import tracemalloc
from pathlib import Path

import pytest

from parley.index import readers
from parley.index.errors import ReadError
from parley.index.readers import SUPPORTED_SUFFIXES, hash_file, read_document
from tests.readers.conftest import Read


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(path, document_id="d")
    message = str(caught.value)
    assert message.startswith(path.name)
    assert "\n" not in message
    assert message.endswith((".", ")"))
    return message


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
@pytest.mark.parametrize("data", [b"", b" \n\t \r\n", b"\xef\xbb\xbf"])
def test_empty_and_blank_files(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"note{suffix}"
    path.write_bytes(data)
    message = refusal(path)
    if not data:
        assert message == f"note{suffix} is empty (0 bytes). Leave it out, or check that it was saved completely."


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
def test_noise_is_refused_in_every_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"note{suffix}"
    path.write_bytes(bytes(range(256)) * 40)
    refusal(path)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04", "a Word file or another zip archive"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        (b"\0\1\2\3", "binary data"),
    ],
)
def test_a_binary_named_txt(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(start + b"abc def " * 20)
    assert (
        refusal(path)
        == f"note.txt is not text: its content is {kind}. Give it the ending that fits its content, or save it as text."
    )


def test_a_large_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.touch()
    os.truncate(path, 300 * 1024 * 1024)
    tracemalloc.start()
    told = refusal(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == "long.txt has 300 MB; at most 100 MB are read. Split it into parts, or raise the limit."
    assert most < 10 * 1024 * 1024


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"x" * 11)
    assert read_document(path, document_id="d", max_bytes=11).text == "x" * 11
    with pytest.raises(ReadError, match=r"note\.txt has"):
        read_document(path, document_id="d", max_bytes=10)


@pytest.mark.parametrize(("name", "line"), [("sums.csv", "1,2\n"), ("words.txt", "no\n")])
def test_a_file_of_all_too_many_lines_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, line: str) -> None:
    monkeypatch.setattr(readers, "MOST_LINES", 20)
    path = tmp_path / name
    path.write_text(line * 20, encoding="utf-8")
    assert read_document(path, document_id="d").text
    path.write_text(line * 22, encoding="utf-8")
    assert "lines or rows; at most 20 are read" in refusal(path)


def test_unsupported_endings_name_the_supported_ones(tmp_path: Path) -> None:
    for name in ("slides.ppt", "old.doc", "README"):
        path = tmp_path / name
        path.write_text("words")
        assert re.search(r"Supported are \.txt, .*, \.zip and \.mbox; convert it to one of these\.", refusal(path))


def test_capital_endings_are_read(read: Read) -> None:
    assert read("NOTE.TXT", b"The talks went on.").text == "The talks went on."


def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path / "gone.txt") == "gone.txt cannot be opened: No such file or directory. Check the path."
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert "is a folder or a device" in refusal(folder)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "is a folder or a device" in refusal(pipe)
    with pytest.raises(ReadError, match=r"gone\.txt cannot be opened"):
        hash_file(tmp_path / "gone.txt")
    closed = tmp_path / "closed.txt"
    closed.write_text("words")

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    assert refusal(closed) == "closed.txt cannot be opened: Permission denied. Give yourself the right to read it."


def test_the_hash_needs_no_parsing(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"abc")
    assert hash_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
