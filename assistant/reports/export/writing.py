"""Writing an export to a file whose suffix says the format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date as Date
from pathlib import Path

from parley.assistant.answer import Answer
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.evidence.statement_query import AttributedStatement
from parley.assistant.evidence.versions.comparison import Comparison
from parley.assistant.reports.export.bibtex import to_bibtex
from parley.assistant.reports.export.comparison_entry import comparison_entry, comparison_title
from parley.assistant.reports.export.csl import to_chicago_notes, to_csl
from parley.assistant.reports.export.markdown import to_markdown
from parley.assistant.reports.export.page import to_html
from parley.assistant.reports.export.record import (
    Entry,
    Record,
    answer_entry,
    brief_entry,
    conversation_entries,
    statements_entry,
)
from parley.assistant.reports.export.ris import to_ris
from parley.assistant.reports.export.table import to_csv, to_jsonl
from parley.assistant.reports.export.view_entry import View, view_entry, view_title
from parley.assistant.reports.export.web_annotation import to_web_annotations
from parley.assistant.reports.export.word import to_word
from parley.index.errors import ParleyError

_FORMATS: dict[str, Callable[[Record], bytes]] = {
    ".md": to_markdown,
    ".html": to_html,
    ".docx": to_word,
    ".csv": to_csv,
    ".jsonl": to_jsonl,
    ".bib": to_bibtex,
    ".ris": to_ris,
    ".csl.json": to_csl,
    ".jsonld": to_web_annotations,
    ".txt": to_chicago_notes,
}


def check_suffix(path: str | Path) -> str:
    """The suffix of an export's file name, in lower case. Raises ParleyError if it stands for no format."""
    name = Path(path).name.lower()
    suffix = next((known for known in _FORMATS if name.endswith(known)), None)
    if suffix is None:
        msg = f"{Path(path).name!r} does not say in which format to export. Give it one of the suffixes {', '.join(_FORMATS)}."
        raise ParleyError(msg)
    return suffix


def export_answer(answer: Answer, path: str | Path, *, model_sha256: str | None = None, exported: Date | None = None) -> Path:
    """Write an answer with its evidence to a file; the suffix says the format.

    Args:
        answer: what `ask` came back with.
        path: .md (footnotes), .html (notes, for printing), .docx (footnotes), .csv, .jsonl, .jsonld (W3C Web Annotations), .txt
            (notes in Chicago form), or, of the cited documents only, .bib, .ris or .csl.json. A file there is replaced.
        model_sha256: digest of the library's embedding model, `library.manifest.model_sha256`.
        exported: the day to state; none is stated otherwise, so that the same answer gives the same bytes.

    Returns:
        The path written.

    Raises:
        ParleyError: the suffix stands for no format, the file cannot be written, or a quotation is not at its offsets.
    """
    return _write("Answer", (answer_entry(answer),), path, model_sha256, exported)


def export_conversation(
    conversation: Conversation, path: str | Path, *, model_sha256: str | None = None, exported: Date | None = None
) -> Path:
    """Write all turns with their evidence, numbered through, as `export_answer` does."""
    return _write("Conversation", conversation_entries(conversation.turns), path, model_sha256, exported)


def render_conversation(
    conversation: Conversation, suffix: str, *, title: str, model_sha256: str | None = None, exported: Date | None = None
) -> bytes:
    """What `export_conversation` would write to a file with that suffix (such as ".md"), under a title of one's own."""
    return _rendered(title, conversation_entries(conversation.turns), suffix, model_sha256, exported)


def export_statements(
    items: Iterable[AttributedStatement],
    path: str | Path,
    *,
    notices: Sequence[str] = (),
    model_sha256: str | None = None,
    exported: Date | None = None,
) -> Path:
    """Write statements in the order given, as `export_answer` does; `notices` tell how they were selected."""
    return _write("Statements", (statements_entry(items, notices),), path, model_sha256, exported)


def export_view(
    view: View,
    path: str | Path,
    *,
    notices: Sequence[str] = (),
    model_sha256: str | None = None,
    exported: Date | None = None,
) -> Path:
    """Write a position table, ledger or timeline as `export_statements` does, each statement with its place in the view.

    Documents (.md, .html, .docx) have the view's headings and say where no statement was found; the tables have a row for each
    quoted span that was.
    """
    return _write(view_title(view), (view_entry(view, notices),), path, model_sha256, exported)


def render_view(
    view: View,
    suffix: str,
    *,
    notices: Sequence[str] = (),
    model_sha256: str | None = None,
    exported: Date | None = None,
) -> bytes:
    """What `export_view` would write to a file with that suffix (such as ".md")."""
    return _rendered(view_title(view), (view_entry(view, notices),), suffix, model_sha256, exported)


def export_comparison(
    comparison: Comparison, path: str | Path, *, model_sha256: str | None = None, exported: Date | None = None
) -> Path:
    """Write what changed between two versions as `export_answer` does: every change with the paragraphs of both."""
    return _write(comparison_title(comparison), (comparison_entry(comparison),), path, model_sha256, exported)


def render_comparison(
    comparison: Comparison, suffix: str, *, model_sha256: str | None = None, exported: Date | None = None
) -> bytes:
    """What `export_comparison` would write to a file with that suffix (such as ".md")."""
    return _rendered(comparison_title(comparison), (comparison_entry(comparison),), suffix, model_sha256, exported)


def export_brief(told: Answer, path: str | Path, *, model_sha256: str | None = None, exported: Date | None = None) -> Path:
    """Write what `Assistant.brief` tells, of one to three pages: headings, verbatim sentences, a footnote for each source.

    Takes and raises what `export_answer` does; .docx has real footnotes, .html is for printing.
    """
    return _write(brief_title(told), (brief_entry(told),), path, model_sha256, exported)


def render_brief(told: Answer, suffix: str, *, model_sha256: str | None = None, exported: Date | None = None) -> bytes:
    """What `export_brief` would write to a file with that suffix (such as ".docx")."""
    return _rendered(brief_title(told), (brief_entry(told),), suffix, model_sha256, exported)


def brief_title(told: Answer) -> str:
    """What a brief is called: by what its overview is of."""
    return f"Brief: {told.question}"


def _rendered(title: str, entries: tuple[Entry, ...], suffix: str, digest: str | None, exported: Date | None) -> bytes:
    from importlib.metadata import version

    return _FORMATS[suffix](Record(title, entries, version("parley-qa"), digest, exported))


def _write(title: str, entries: tuple[Entry, ...], path: str | Path, digest: str | None, exported: Date | None) -> Path:
    content = _rendered(title, entries, check_suffix(path), digest, exported)
    target = Path(path)
    try:
        target.write_bytes(content)
    except OSError as error:
        msg = f"The export could not be written to {target}: {error.strerror}. Choose a folder that exists and can be written to."
        raise ParleyError(msg) from error
    return target
