"""Several browsers at once for a short while: no error, no mixing, an upload among them; `tests.browser.load` does it longer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from parley import Document
from tests.browser.conftest import serving
from tests.browser.load import measure
from tests.ui.small_assistant import SmallAssistant


def test_browsers_that_ask_at_once_are_answered_each_for_itself(chromium, tmp_path):
    assistant = SmallAssistant(tmp_path, pause=0.05)
    text = "The ferry sails at noon, said the harbour master. The bridge stays shut, said an official."
    assistant.add_documents([Document.from_text(text, id="ferry.txt")])
    questions = ["When does the ferry sail?", "Who speaks of the bridge?"]
    with serving(assistant) as url, ThreadPoolExecutor(1) as elsewhere:
        # In a thread without the event loop of the other browser tests.
        asked = elsewhere.submit(lambda: asyncio.run(measure(url, 4, 3, questions, paragraphs=20))).result()
    assert asked.problems == []
    assert len(asked.waits) >= 4
    assert [entry.id for entry in assistant.entries() if entry.id.startswith("load ")]
