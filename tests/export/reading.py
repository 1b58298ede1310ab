"""Exports read back as an auditor would, by other means than those that wrote them."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html
from markdown_it import MarkdownIt

from parley.assistant.reports.export import unguard_cell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SOURCE = re.compile(r".*, document (.*), characters ((?:\d+–\d+(?: and )?)+)(?:, SHA-256 ([0-9a-f]{12}))?", re.DOTALL)
_PLAIN = {"text", "text_special"}


@dataclass(frozen=True)
class Found:
    """A quotation as an export gives it."""

    number: int
    document_id: str
    start: int
    end: int
    quote: str


def read_export(path: Path) -> list[Found]:
    return {".md": _markdown, ".docx": _word, ".html": _html, ".csv": _csv, ".jsonl": _jsonl}[path.suffix](path)


def table_rows(path: Path) -> list[dict]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: unguard_cell(value) for key, value in row.items()} for row in csv.DictReader(file, strict=True)]


def plain_markdown(text: str) -> list[tuple[str, str]]:
    """Kind of block and its text; fails on any inline markup, link, picture or HTML."""
    blocks, opened = [], ""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.type.split("_")[0] in {"heading", "bullet", "list", "paragraph", "blockquote", "inline"}, token
        opened = token.type if token.type.endswith("_open") and token.type != "paragraph_open" else opened
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= _PLAIN, [child.type for child in children]
            blocks.append((opened.removesuffix("_open"), "".join(child.content for child in children)))
    return blocks


def markdown_parts(path: Path) -> tuple[str, dict[int, str]]:
    """The body, and the footnotes by number."""
    body, *notes = re.split(r"^\[\^(\d+)\]: ", path.read_bytes().decode(), flags=re.MULTILINE)
    texts = [re.sub(r"^ {4}", "", text, flags=re.MULTILINE) for text in notes[1::2]]
    return body, dict(zip(map(int, notes[::2]), texts, strict=True))


def word_paragraphs(path: Path) -> list[tuple[str, str]]:
    """The style and the text of each paragraph of the body."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    styles = {item: item.find(f"{W}pPr/{W}pStyle") for item in body.iter(f"{W}p")}
    return [("" if style is None else style.get(f"{W}val"), _word_text(item)) for item, style in styles.items()]


def page_paragraphs(path: Path) -> list[tuple[str, str]]:
    """The kind of heading, or nothing, and the text of each paragraph before the notes; marks left out."""
    page = html.document_fromstring(path.read_bytes().decode("utf-8"))
    shown = []
    for item in page.find(".//main").iter("h1", "h2", "h3", "p", "dt"):
        if item.tag == "dt":
            shown.append(("", f"{item.text_content()}: {item.getnext().text_content()}"))
        else:
            shown.append((item.tag.removeprefix("p"), item.find("bdi").text_content()))
    return shown


def word_footnotes(path: Path) -> dict[int, list[str]]:
    """The paragraphs of each footnote by its number, separators left out."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    notes = {int(note.get(f"{W}id")): note for note in root.iter(f"{W}footnote")}
    assert {number: note.get(f"{W}type") for number, note in notes.items() if number < 1} == {
        -1: "separator",
        0: "continuationSeparator",
    }
    return {number: [_word_text(item) for item in note.iter(f"{W}p")] for number, note in notes.items() if number > 0}


def _word_text(paragraph: etree._Element) -> str:
    marks = {f"{W}br": "\n", f"{W}cr": "\r", f"{W}tab": "\t"}
    return "".join(marks.get(item.tag, item.text or "") for item in paragraph.iter(f"{W}t", *marks))


def _from_source(number: int, source: str, quotes: list[str]) -> list[Found]:
    name, ranges = _from_source_line(source)
    unmarked = [quote[1:-1] for quote in quotes if (quote[0], quote[-1]) == ("“", "”")]
    return [Found(number, name, start, end, quote) for (start, end), quote in zip(ranges, unmarked, strict=True)]


def _from_source_line(source: str) -> tuple[str, list[tuple[int, int]]]:
    """The document's id and the ranges."""
    match = _SOURCE.fullmatch(source)
    assert match, source
    return match[1], [(int(start), int(end)) for start, end in re.findall(r"(\d+)–(\d+)", match[2])]


def _markdown(path: Path) -> list[Found]:
    found = []
    for number, note in markdown_parts(path)[1].items():
        (_, source), *quotes = plain_markdown(note)
        assert {kind for kind, _ in quotes} == {"blockquote"}
        found += _from_source(number, source, [quote for _, quote in quotes])
    return found


def _word(path: Path) -> list[Found]:
    return [item for number, (source, *quotes) in word_footnotes(path).items() for item in _from_source(number, source, quotes)]


def _html(path: Path) -> list[Found]:
    page = html.document_fromstring(path.read_bytes().decode("utf-8"))
    found = []
    for note in page.iterfind(".//ol[@class='notes']/li"):
        name, ranges = _from_source_line(note.find("bdi").text_content())
        quotes = [quote.text_content() for quote in note.iterfind("blockquote")]
        found += [Found(int(note.get("value")), name, *pair, quote) for pair, quote in zip(ranges, quotes, strict=True)]
    return found


def _rows(path: Path) -> list[Found]:
    return [
        Found(int(row["number"]), row["document_id"], int(row["start"]), int(row["end"]), row["quote"])
        for row in table_rows(path)
        if row["record"] != "answer"
    ]


_csv = _jsonl = _rows
