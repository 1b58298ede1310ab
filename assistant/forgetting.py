"""Taking the words of a removed document out of the conversations that quote it.

Conversations are kept in the library's folder, with the answers as `answer_json` has them. A document is removed from there
too, by whatever surface it is removed: its quotations, and every sentence that rests on it, give way to a note. An answer that
was damaged on the disk may quote anything, and nobody can be shown it: it is blanked whole.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from parley.index.doctor import Check
from parley.index.errors import LibraryError
from parley.index.files import make_private_file

CONVERSATIONS_FILE = "conversations.sqlite"
"""In the library's folder: a table `exchange` with an `id`, the `answer` as JSON text, its `state` and a `message`."""

DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading an answer's JSON raises in which something has changed by itself."""

TAKEN_OUT = "[Words of a document that was removed were taken out here.]"
BLANKED = "This answer was damaged on the disk. It was taken out when a document was removed that it may have quoted. Ask again."
NOTE = "A document that this answer rested on was removed from the library. What it quoted was taken out."

_WAIT_SECONDS = 10.0


def forget_in_conversations(library: Path, document_ids: Collection[str]) -> int:
    """Take the words of these documents out of the conversations kept in a library's folder; returns how many answers changed.

    Raises LibraryError if the file of conversations cannot be read or written.
    """
    path = library / CONVERSATIONS_FILE
    if not document_ids or not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)) as connection:
            # What is overwritten has to leave the file's free pages as well.
            connection.execute("PRAGMA secure_delete = ON")
            # Bytes that are no text are one damaged answer, not a damaged file.
            connection.text_factory = _text_of
            changed = _rewritten(connection, document_ids)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        msg = (
            f"The document is removed, but the conversations in {path} could not be searched for its words ({error}). Mend or "
            "delete that file."
        )
        raise LibraryError(msg) from error
    return changed


def make_conversations_file(path: Path) -> None:
    """Make the file for a library's conversations, for its owner alone to read; where it cannot be made, who opens it tells."""
    with suppress(OSError):
        make_private_file(path)


def check_conversations(library: Path) -> tuple[Check, ...]:
    """Whether the conversations kept in a library's folder can be read; nothing where none are kept."""
    path = library / CONVERSATIONS_FILE
    aside = sorted(item.name for item in library.glob(f"{path.stem}.damaged-*{path.suffix}"))
    told = f"; set aside as damaged before: {', '.join(aside)}" if aside else ""
    if not path.is_file():
        return (Check("conversations", ok=True, detail=f"none{told}"),) if aside else ()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        found = str(error)
    if found == "ok":
        return (Check("conversations", ok=True, detail=f"can be read{told}"),)
    advice = "The server sets the file aside when it is started, and begins with none; or restore it from a backup"
    return (Check("conversations", ok=False, detail=f"damaged: {found}. {advice}{told}."),)


def rests_on(answer: str | None, document_ids: Collection[str]) -> bool:
    """Whether an answer, as JSON text, quotes one of the documents; of a damaged one that is not known, and false."""
    try:
        return bool(_quoted(answer) & set(document_ids))
    except DAMAGED:
        return False


def without_documents(answer: str | None, document_ids: Collection[str]) -> str | None:
    """An answer, as JSON text, without the words of the documents: their quotations, and each sentence that rests on one.

    `None`, which is no answer, in place of one that is damaged.
    """
    try:
        return _without_documents(answer, set(document_ids))
    except DAMAGED:
        return None


def _without_documents(answer: str | None, gone: set[str]) -> str | None:
    if answer is None or not _quoted(answer) & gone:
        return answer
    fields: dict[str, Any] = json.loads(answer)
    fields["citations"], dropped = _kept(fields["citations"], gone)
    fields["nearest"], _ = _kept(fields["nearest"], gone)
    markers = {citation["marker"] for citation in dropped}
    fields["sentences"] = [_without(sentence, markers) for sentence in fields["sentences"]]
    fields["text"] = " ".join(sentence["text"] for sentence in fields["sentences"])
    # Notices and drafts repeat titles, names and words of the sources.
    fields["notices"], fields["draft"] = [NOTE], None
    return json.dumps(fields, ensure_ascii=True)


_BLANK = "UPDATE exchange SET answer = NULL, standalone = question, state = 'failed', message = ? WHERE id = ?"


def _text_of(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _rewritten(connection: sqlite3.Connection, document_ids: Collection[str]) -> int:
    changed = 0
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'exchange'").fetchone() is None:
            return 0
        for identifier, answer in connection.execute("SELECT id, answer FROM exchange WHERE answer IS NOT NULL").fetchall():
            redacted = without_documents(answer, document_ids)
            if redacted is None:
                connection.execute(_BLANK, (BLANKED, identifier))
                changed += 1
            elif redacted != answer:
                # A question as understood may have taken words over from the answer before it.
                connection.execute("UPDATE exchange SET answer = ?, standalone = question WHERE id = ?", (redacted, identifier))
                changed += 1
    return changed


def _quoted(answer: str | None) -> set[str]:
    if answer is None:
        return set()
    fields: dict[str, Any] = json.loads(answer)
    return {str(citation["document"]["id"]) for citation in (*fields["citations"], *fields["nearest"])}


def _kept(citations: list[dict[str, Any]], gone: set[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dropped = [citation for citation in citations if citation["document"]["id"] in gone]
    return [citation for citation in citations if citation not in dropped], dropped


def _without(sentence: dict[str, Any], markers: set[int]) -> dict[str, Any]:
    """The sentence if it rests on other documents; one that names no source may repeat anything."""
    if sentence["markers"] and not markers & set(sentence["markers"]):
        return sentence
    return sentence | {"text": TAKEN_OUT, "markers": [], "quoted": [], "marked": []}
