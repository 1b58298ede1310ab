"""Rich text (.rtf): the text as it is shown, then notes, comments, heads and feet of pages; title and author from its head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.index.errors import ReadError
from parley.index.readers.content import HOLLOW_TITLES, Content, Findings, drop_invisible, tidy
from parley.index.readers.office.cells import row_text
from parley.index.readers.office.rich_text_groups import taken_apart
from parley.index.types import Metadata, ReadingWarning, WarningKind

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_INFO = re.compile(r"\{\\(title|author)\s+((?:[^{}\\]|\\.[^{}\\]*)*)\}", re.DOTALL)
_TABLE_ROW = re.compile(r"[^\n]*\|[^\n]*\|\s*")
_LEFT_OUT = re.compile(r"\{[^{}]*\\(deleted|strike|striked1|v)\b(?! *0)[^{}]*\}")
"""Runs that a reader does not see as live text: deleted in a tracked change, struck through, hidden."""

_CONTROL = re.compile(r"\\[a-z]+-?\d* ?|[{}]")
_KINDS: dict[str, tuple[WarningKind, str]] = {
    "deleted": ("tracked_changes", "passages that were deleted in tracked changes were left out of the text."),
    "strike": ("struck_through", "passages that are struck through were left out of the text."),
    "v": ("hidden", "hidden passages were left out of the text."),
}


def read_rich_text(data: bytes, name: str) -> Content:
    """Read a .rtf file. Raises ReadError if it is none."""
    if not data.lstrip().startswith(b"{\\rtf"):
        msg = f"{name} is not rich text: it does not begin with {{\\rtf. Give it the ending that fits, or save it anew."
        raise ReadError(msg)
    found = _CODE_PAGE.search(data)
    encoding = f"cp{found[1].decode('ascii')}" if found else "cp1252"
    source = data.decode("latin-1")
    metadata = _metadata(source, encoding)
    apart = taken_apart(source)

    def shown(part: str) -> str:
        return _tables(drop_invisible(plain(_LEFT_OUT.sub("", part), name, encoding)))

    comments = [(author, tidy(shown(words))) for author, words in apart.comments]
    around = list(dict.fromkeys(filter(None, (tidy(shown(part)) for part in apart.around))))
    told = [f"{author}: {words}" if author else words for author, words in comments if words]
    text = "\n\n".join(part for part in (shown(apart.running), *map(shown, apart.notes), *told, *around) if part)
    warnings = (*_warnings(source, name, encoding), *_warnings_of_asides(told, around))
    return Content(text, metadata, warnings=warnings)


def _warnings(source: str, name: str, encoding: str) -> Iterator[ReadingWarning]:
    """What was left out, by kind."""
    found: dict[str, list[str]] = {}
    for run in _LEFT_OUT.finditer(source):
        words = plain(f"{{\\rtf1 {_CONTROL.sub('', run[0])}}}", name, encoding)
        if words:
            found.setdefault(run[1].removesuffix("d1"), []).append(f"“{words}”")
    for kind, words_left_out in found.items():
        named, told = _KINDS[kind]
        yield ReadingWarning(named, f"{len(words_left_out)} {told}", tuple(words_left_out))


def _warnings_of_asides(comments: list[str], around: list[str]) -> Iterator[ReadingWarning]:
    """What stands at the end of the text and not in its course."""
    if comments:
        told = f"{len(comments)} comments stand at the end of the text, each behind its author's name."
        yield ReadingWarning("comments", told, tuple(comments))
    if around:
        yield ReadingWarning("headers", f"{len(around)} heads and feet of pages stand at the end of the text.", tuple(around))


def plain(source: str, name: str, encoding: str = "cp1252") -> str:
    """The text of rich text that was decoded as Latin-1. Raises ReadError if it cannot be read."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(
            source,  # type: ignore[no-untyped-call]
            encoding=_known(encoding),
            errors="replace",
        )
    except (ValueError, IndexError, KeyError, LookupError, RecursionError) as error:
        msg = f"{name} is damaged: its rich text cannot be read. Open and save it in a word processor, or get it again."
        raise ReadError(msg) from error
    # What stands for one line break of the file is a paragraph's end.
    return re.sub(r"\n{3,}", "\n\n", text.replace("\xa0", " ").replace("\n", "\n\n")).strip()


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _tables(text: str) -> str:
    """The text with the rows of tables as other readers write them, one under the other."""
    lines: list[str] = []
    for line in text.split("\n\n"):
        if _TABLE_ROW.fullmatch(line):
            row = row_text(line.rstrip().removesuffix("|").split("|"))
            if lines and " | " in lines[-1].rsplit("\n", 1)[-1]:
                lines[-1] += f"\n{row}"
                continue
            line = row  # noqa: PLW2901  (the same line as it is shown)
        lines.append(line)
    return "\n\n".join(line for line in lines if line.strip())


def _metadata(source: str, encoding: str) -> Metadata:
    findings = Findings()
    for field, words in _INFO.findall(source[:100_000]):
        told = plain(f"{{\\rtf1 {words}}}", "", encoding) if words.strip() else ""
        if field == "author" or not HOLLOW_TITLES.fullmatch(told or "untitled"):
            findings.add(field, told, f"rich text property {field}")
    return findings.metadata()
