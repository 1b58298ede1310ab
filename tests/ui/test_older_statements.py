"""After an upgrade the list of documents offers to find anew who says what."""

from __future__ import annotations

from pathlib import Path

from parley.assistant import Document
from parley.ui.library.workspace import Workspace
from tests.ui.small_assistant import SmallAssistant


def test_the_list_offers_it_until_it_is_done_and_the_log_tells(tmp_path: Path) -> None:
    assistant = SmallAssistant(tmp_path, has_current_statements=False)
    assistant.add_documents([Document.from_text("Toll said the port is open.", id="note")])
    workspace = Workspace("", assistant)
    try:
        assert "renew-statements" in workspace.documents.list_html()
        done = workspace.documents.renew_statements(who="ana")
        assert "Found anew who says what in 1 document." in done
        assert "renew-statements" not in done
        assert [(change.who, change.action) for change in workspace.changes.latest()] == [("ana", "extracted anew")]
    finally:
        workspace.close()
