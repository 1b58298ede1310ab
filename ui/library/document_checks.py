"""Whether the documents that a program names are there."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant import DocumentNotFoundError
from parley.ui.interfaces import ChatAssistant


def check_documents(assistant: ChatAssistant, documents: Sequence[str]) -> None:
    """Raises DocumentNotFoundError for ids that are not in the library: a typing mistake is not "no evidence"."""
    known = {entry.id for entry in assistant.entries()} if documents else set()
    missing = [name for name in documents if name not in known]
    if missing:
        names = ", ".join(map(repr, missing))
        raise DocumentNotFoundError(f"No document has the id {names}. GET /api/v1/documents lists the ids.")
