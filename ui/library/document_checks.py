"""Whether the documents, outlets and languages that a program or a person names are there."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from parley.assistant import DocumentNotFoundError, QuestionError, SearchFilter
from parley.ui.interfaces import ChatAssistant

_NAMED = 10
"""Names that a message lists, where none is close to what was written."""


def check_narrowing(assistant: ChatAssistant, wanted: SearchFilter) -> None:
    """Raises an error for what no document has: a typing mistake is not "no evidence".

    Raises:
        DocumentNotFoundError: an id is not in the library.
        QuestionError: no document has an outlet or a language that is named.
    """
    check_documents(assistant, wanted.document_ids)
    entries = assistant.entries() if wanted.outlets or wanted.languages else []
    _check_names("outlet", wanted.outlets, {entry.outlet for entry in entries if entry.outlet})
    _check_names("language", wanted.languages, {entry.language for entry in entries if entry.language})


def check_documents(assistant: ChatAssistant, documents: Sequence[str]) -> None:
    """Raises DocumentNotFoundError for ids that are not in the library."""
    known = {entry.id for entry in assistant.entries()} if documents else set()
    missing = [name for name in documents if name not in known]
    if missing:
        names = ", ".join(map(repr, missing))
        raise DocumentNotFoundError(f"No document has the id {names}. GET /api/v1/documents, and parley list, list the ids.")


def _check_names(field: str, named: Sequence[str], known: set[str]) -> None:
    missing = [name for name in named if name not in known]
    if not missing:
        return
    folded = {name.casefold(): name for name in sorted(known)}
    close = [folded[one] for name in missing for one in get_close_matches(name.casefold(), folded)]
    there = close or sorted(known)
    more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
    listed = f"{', '.join(map(repr, there[:_NAMED]))}{more}" if there else f"no document has any {field}"
    names = ", ".join(map(repr, missing))
    raise QuestionError(f"No document has the {field} {names}. {'Close to it' if close else 'There are'}: {listed}.")
