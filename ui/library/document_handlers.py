"""What happens on the events of the list of documents: open, correct, remove, take a removal back, choose for asking."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

from parley.assistant import Document, MetadataChanges
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.library_panel import documents_html
from parley.ui.library.uploads import UploadQueue
from parley.ui.html.welcome import welcome_html

_UNDOS_KEPT = 20
_EXAMPLES = 4


class DocumentHandlers:
    """The documents of one library, which everybody who uses it shares. Safe to use from several threads."""

    def __init__(self, assistant: ChatAssistant, uploads: UploadQueue) -> None:
        self._assistant = assistant
        self._uploads = uploads
        self._lock = threading.Lock()
        self._removed: OrderedDict[tuple[str, str], Document] = OrderedDict()

    def list_html(self, *, notice: str = "", undo: str = "") -> str:
        """The list of documents."""
        return documents_html(self._assistant.entries(), notice=notice, undo=undo)

    def welcome(self) -> str:
        """What an empty conversation shows."""
        return welcome_html(self._assistant.suggested_questions(_EXAMPLES), len(self._assistant.entries()))

    def correct(self, identifier: str, changes: MetadataChanges) -> None:
        """Correct what is known about a document. Raises ParleyError."""
        self._assistant.edit_metadata(identifier, **changes)

    def remove(self, owner: str, identifier: str) -> str:
        """Remove a document and return the new list, which offers to undo it. Raises ParleyError."""
        document = self._assistant.remove(identifier)
        self._uploads.forget_file(document)
        token = secrets.token_urlsafe(9)
        with self._lock:
            self._removed[owner, token] = document
            while len(self._removed) > _UNDOS_KEPT:
                self._removed.popitem(last=False)
        return self.list_html(notice=f"Removed “{document.title}”.", undo=token)

    def undo_removal(self, owner: str, token: object) -> str:
        """Take a removal back and return the new list. Raises ParleyError."""
        with self._lock:
            document = self._removed.pop((owner, token), None) if isinstance(token, str) else None
        if document is None:
            return self.list_html(notice="That removal cannot be taken back any more. Add the file again.")
        self._assistant.add_documents([document])
        notice = f"“{document.title}” is back."
        before = self._last_removed(owner)
        if before is None:
            return self.list_html(notice=notice)
        return self.list_html(notice=f"{notice} Before it, “{before[1].title}” was removed.", undo=before[0])

    def _last_removed(self, owner: str) -> tuple[str, Document] | None:
        """The removal of this owner's that can be taken back next, and what was removed."""
        with self._lock:
            return next(((token, document) for (who, token), document in reversed(self._removed.items()) if who == owner), None)
