"""One open library with all that the chat keeps beside it: conversations, feedback, uploads, and the handlers over them."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from parley.assistant import Document, ParleyError
from parley.assistant.forgetting import CONVERSATIONS_FILE
from parley.ui.conversations.conversation_handlers import ConversationHandlers
from parley.ui.conversations.database import Database
from parley.ui.conversations.feedback import FeedbackStore
from parley.ui.conversations.handlers import ChatHandlers
from parley.ui.conversations.store import ConversationStore
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.change_log import ChangeLog
from parley.ui.library.document_handlers import DocumentHandlers
from parley.ui.library.upload_batch import UploadBatch, UploadedFile
from parley.ui.library.uploads import UploadQueue

_log = logging.getLogger(__name__)

MOST_WAITED = 30
"""Seconds that closing waits for what is still being loaded; loading takes one or two."""


class Workspace:
    """A library as the chat uses it. Closing it leaves the assistant open, which whoever opened it closes."""

    def __init__(self, name: str, assistant: ChatAssistant) -> None:
        folder: Path = assistant.library.path
        self.name = name
        self.assistant = assistant
        self._database = Database(folder / CONVERSATIONS_FILE)
        self.store = ConversationStore(self._database, assistant)
        self.uploads = UploadQueue(assistant, folder / "uploads", told=self._told_of_upload)
        self._warm = threading.Event()
        self._warm.set()
        self.chat = ChatHandlers(assistant, self.store, is_ready=self._warm.is_set)
        self.conversations = ConversationHandlers(
            self.store, FeedbackStore(self._database), library=name, model_sha256=assistant.library.manifest.model_sha256
        )
        self.changes = ChangeLog(self._database)
        self.documents = DocumentHandlers(assistant, self.uploads, self.store, self.changes, library=name)
        self.uploads.start()

    @property
    def is_warm(self) -> bool:
        """Whether the first question would not have to wait."""
        return self._warm.is_set()

    def warm_up(self) -> None:
        """Load in the background what the first question would wait for."""
        self._warm.clear()
        threading.Thread(target=self._warm_up, name="parley-warm-up", daemon=True).start()

    def rest(self) -> bool:
        """Give back files and memory until the next use takes them again; returns false, and does little, while it is in use."""
        return self.is_warm and self.uploads.is_idle and self.assistant.rest() and self._database.rest()

    def close(self) -> None:
        """Stop adding uploaded files and close the conversations.

        What is still being loaded is waited for: a process that ends while the models' own threads begin is aborted.
        """
        self._warm.wait(MOST_WAITED)
        self.uploads.close()
        self._database.close()

    def _told_of_upload(self, batch: UploadBatch, item: UploadedFile, replaced: Document | None, file: bytes | None) -> None:
        if item.state in ("added", "updated"):
            self.changes.note(batch.who, "replaced" if item.state == "updated" else "added", item.name)
        if replaced is not None and item.state == "updated":
            self.documents.replaced(batch.owner, replaced, file)

    def _warm_up(self) -> None:
        try:
            self.assistant.warm_up()
        except ParleyError as error:
            # The first question says the same to the person who asks it.
            _log.warning("Could not prepare the library %s: %s", self.name, error)
        finally:
            self._warm.set()
