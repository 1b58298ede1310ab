"""What happens on the events of the list of documents: open, correct, remove, take a removal back, choose for asking."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from parley.assistant import Document, MetadataChanges
from parley.ui.conversations.store import ConversationStore
from parley.ui.html.welcome import welcome_html
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.change_log import ChangeLog
from parley.ui.library.library_panel import documents_html

_UNDOS_KEPT = 20
"""In memory: a restart ends them."""

_EXAMPLES = 4


class UploadFiles(Protocol):
    """The uploaded files that documents were made from."""

    def file_content(self, document: Document) -> bytes | None:
        """The document's uploaded file; `None` if it was not uploaded."""
        ...

    def forget_file(self, document: Document) -> None:
        """Delete that file."""
        ...

    def restore_file(self, document: Document, content: bytes | None) -> None:
        """Put that file back."""
        ...


@dataclass(frozen=True, slots=True)
class _Undoable:
    """What takes a removal or a replacement back: the document as it was, its file, and the answers that quoted it."""

    verb: str
    document: Document
    answers: Mapping[int, str] = field(default_factory=dict)
    file: bytes | None = None


class DocumentHandlers:
    """The documents of one library, which everybody who uses it shares. Safe to use from several threads."""

    def __init__(
        self,
        assistant: ChatAssistant,
        uploads: UploadFiles,
        conversations: ConversationStore,
        changes: ChangeLog,
        *,
        library: str = "",
    ) -> None:
        self._library = library
        self._assistant = assistant
        self._uploads = uploads
        self._conversations = conversations
        self._changes = changes
        self._lock = threading.Lock()
        self._undoable: OrderedDict[tuple[str, str], _Undoable] = OrderedDict()

    def list_html(self, *, notice: str = "", undo: str = "") -> str:
        """The list of documents."""
        older = not self._assistant.has_current_statements
        entries, library = self._assistant.entries(), self._library
        return documents_html(entries, notice=notice, undo=undo, has_older_statements=older, library=library)

    def renew_statements(self, *, who: str = "") -> str:
        """Find anew who says what in all documents, and return the list. Raises ParleyError."""
        count = self._assistant.renew_statements()
        self._changes.note(who, "extracted anew", "", f"{count} documents")
        return self.list_html(notice=f"Found anew who says what in {count} document{'' if count == 1 else 's'}.")

    def list_for(self, owner: str) -> str:
        """The list of documents, which offers to take back what this owner replaced last."""
        last = self._last(owner)
        if last is None or last[1].verb != "Replaced":
            return self.list_html()
        return self.list_html(notice=f"Replaced “{last[1].document.title}”.", undo=last[0])

    def welcome(self) -> str:
        """What an empty conversation shows."""
        return welcome_html(self._assistant.suggested_questions(_EXAMPLES), len(self._assistant.entries()))

    def correct(self, identifier: str, changes: MetadataChanges, *, who: str = "") -> None:
        """Correct what is known about a document; `who` is for the log of changes. Raises ParleyError."""
        self._assistant.edit_metadata(identifier, **changes)
        self._changes.note(
            who, "corrected", identifier, "; ".join(f"{name}: {value or 'none'}" for name, value in changes.items())
        )

    def remove(self, owner: str, identifier: str, *, who: str = "") -> str:
        """Remove a document and return the new list, which offers to undo it. Raises ParleyError."""
        before = self._assistant.document(identifier)
        answers, file = self._conversations.resting_on(before.id), self._uploads.file_content(before)
        document = self._assistant.remove(identifier)
        self._uploads.forget_file(document)
        self._changes.note(who, "removed", document.id)
        token = self._keep(owner, _Undoable("Removed", document, answers, file))
        return self.list_html(notice=f"Removed “{document.title}”.", undo=token)

    def replaced(self, owner: str, document: Document, file: bytes | None) -> None:
        """Remember what an upload of this owner's took the place of."""
        self._keep(owner, _Undoable("Replaced", document, {}, file))

    def undo_removal(self, owner: str, token: object, *, who: str = "") -> str:
        """Take a removal or a replacement back and return the new list. Raises ParleyError."""
        with self._lock:
            kept = self._undoable.pop((owner, token), None) if isinstance(token, str) else None
        if kept is None:
            return self.list_html(notice="That cannot be taken back any more. Add the file again.")
        self._uploads.restore_file(kept.document, kept.file)
        self._assistant.add_documents([kept.document])
        self._conversations.put_back(kept.answers)
        self._changes.note(who, "brought back", kept.document.id)
        notice = f"“{kept.document.title}” is back."
        before = self._last(owner)
        if before is None:
            return self.list_html(notice=notice)
        told = f"{notice} Before it, “{before[1].document.title}” was {before[1].verb.lower()}."
        return self.list_html(notice=told, undo=before[0])

    def _keep(self, owner: str, undoable: _Undoable) -> str:
        token = secrets.token_urlsafe(9)
        with self._lock:
            self._undoable[owner, token] = undoable
            while len(self._undoable) > _UNDOS_KEPT:
                self._undoable.popitem(last=False)
        return token

    def _last(self, owner: str) -> tuple[str, _Undoable] | None:
        """What this owner did that can be taken back next."""
        with self._lock:
            return next(((token, kept) for (who, token), kept in reversed(self._undoable.items()) if who == owner), None)
