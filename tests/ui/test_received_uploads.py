"""Uploads that a library from somebody else says are on their way: nothing is written to or taken from another place."""

import json

import pytest

from parley.ui.library.multipart import ReceivedFile
from parley.ui.library.uploads import UploadQueue
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import wait_until


@pytest.fixture
def assistant(tmp_path):
    return SmallAssistant(tmp_path / "library")


def begun(library, name, path, content=b"Text."):
    """An upload that a server left in a library, its record as it is given here."""
    folder = library / "uploads" / ".incoming" / "left"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "x.txt").write_bytes(content)
    item = {"name": name, "path": path, "state": "waiting", "reason": "", "choice": "replace"}
    (folder / "batch.json").write_text(json.dumps({"id": "b1", "owner": "ann", "who": "", "files": [item]}))
    return folder


@pytest.mark.parametrize("name", ["../../mine.txt", "{}/mine.txt", "a/../../../mine.txt", ""])
def test_a_record_in_a_received_library_puts_no_file_elsewhere(assistant, tmp_path, name):
    mine = tmp_path / "mine.txt"
    mine.write_text("Mine.")
    folder = begun(assistant.folder, name.format(tmp_path), "1/x.txt")
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    queue.start()
    queue.close()
    assert mine.read_text() == "Mine."
    assert (folder / "1" / "x.txt").exists()
    assert assistant.entries() == []


@pytest.mark.parametrize("path", ["{}/mine.txt", "../../../../mine.txt", "1/link.txt"])
def test_a_record_in_a_received_library_takes_no_file_from_elsewhere(assistant, tmp_path, path):
    mine = tmp_path / "mine.txt"
    mine.write_text("Mine.")
    folder = begun(assistant.folder, "x.txt", path.format(tmp_path))
    (folder / "1" / "link.txt").symlink_to(mine)
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    queue.start()
    queue.close()
    assert mine.read_text() == "Mine."
    assert assistant.entries() == []


def test_a_folder_of_uploads_that_is_a_link_to_another_place_is_left_alone(assistant, tmp_path):
    (tmp_path / "home" / "photographs").mkdir(parents=True)
    (assistant.folder / "uploads").mkdir(parents=True)
    (assistant.folder / "uploads" / ".incoming").symlink_to(tmp_path / "home")
    (assistant.folder / "uploads" / "deep").symlink_to(tmp_path / "home")
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    queue.start()
    assert (tmp_path / "home" / "photographs").is_dir()
    folder = tmp_path / "arrived"
    folder.mkdir()
    (folder / "1").write_bytes(b"Text.")
    batch = queue.submit("ann", [ReceivedFile("deep/talks.txt", folder / "1")], folder)
    wait_until(lambda: batch.finished)
    queue.close()
    assert (batch.files[0].state, "leads out of the library" in batch.files[0].reason) == ("refused", True)
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["photographs"]
