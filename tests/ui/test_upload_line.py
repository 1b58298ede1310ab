"""Nobody fills the line of uploads: people take turns, and each may have so much waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley import AddReport
from parley.ui.access.identity import COOKIE
from parley.ui.library import upload_line
from parley.ui.library.multipart import ReceivedFile
from parley.ui.library.upload_batch import UploadBatch
from parley.ui.library.upload_line import UploadsFullError
from parley.ui.library.uploads import UploadQueue
from parley.ui.server.application import build_application
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import wait_until


class SlowAssistant(SmallAssistant):
    """Adds nothing until it is let go, and remembers in which order files came."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.let_go, self.order = threading.Event(), list[str]()

    def add(self, *paths: str | Path, **options: object) -> AddReport:
        self.let_go.wait(30)
        self.order += [Path(path).name for path in paths]
        return super().add(*paths, **options)  # type: ignore[arg-type]


@pytest.fixture
def assistant(tmp_path: Path) -> SlowAssistant:
    return SlowAssistant(tmp_path / "library")


@pytest.fixture
def queue(assistant: SlowAssistant) -> Iterator[UploadQueue]:
    made = UploadQueue(assistant, assistant.folder / "uploads")
    yield made
    assistant.let_go.set()
    made.close()


def received(queue: UploadQueue, person: str, *names: str) -> tuple[list[ReceivedFile], Path]:
    folder = queue.admit(person, 10 * len(names))
    for number, name in enumerate(names):
        (folder / str(number)).write_text(f"Words of {name}.", encoding="utf-8")
    queue.arrived(folder)
    return [ReceivedFile(name, folder / str(number)) for number, name in enumerate(names)], folder


def sent(queue: UploadQueue, person: str, *names: str, who: str = "") -> UploadBatch:
    files, folder = received(queue, person, *names)
    return queue.submit(person, files, folder, who=who)


def test_people_take_turns_however_much_one_of_them_sent(queue: UploadQueue, assistant: SlowAssistant) -> None:
    first = sent(queue, "ann", "a1.txt", "a2.txt", "a3.txt")
    second = sent(queue, "ann", "a4.txt")
    other = sent(queue, "ben", "b1.txt", "b2.txt")
    files, folder = received(queue, "", "p1.txt")
    promised = queue.add_now(files, folder)
    assistant.let_go.set()
    assert promised.result(timeout=30) == [{"name": "p1.txt", "state": "added", "reason": ""}]
    wait_until(lambda: first.finished and second.finished and other.finished)
    order = assistant.order
    assert max(order.index("b1.txt"), order.index("p1.txt")) < order.index("a3.txt")
    assert order.index("b2.txt") < order.index("a4.txt")
    assert [name for name in order if name.startswith("a")] == ["a1.txt", "a2.txt", "a3.txt", "a4.txt"]


def test_a_user_is_one_person_in_the_browser_and_as_a_program(queue: UploadQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_line, "MOST_WAITING_EACH", 2)
    sent(queue, "cookie of ann", "a1.txt", "a2.txt", who="ann")
    with pytest.raises(UploadsFullError, match="2 files of yours"):
        queue.admit("ann", 1)
    queue.admit("ben", 1)


def test_what_is_on_its_way_counts_and_what_broke_off_does_not(queue: UploadQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_line, "MOST_BYTES_EACH", 100)
    monkeypatch.setattr(upload_line, "MOST_BYTES", 150)
    folder = queue.admit("ann", 60)
    with pytest.raises(UploadsFullError, match="files of yours"):
        queue.admit("ann", 60)
    queue.admit("ben", 60)
    with pytest.raises(UploadsFullError, match="Many files are waiting"):
        queue.admit("cleo", 60)
    queue.arrived(folder)
    queue.admit("cleo", 60)


def test_the_server_tells_who_has_too_much_waiting(assistant: SlowAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_line, "MOST_BYTES_EACH", 600)
    files = [("files", ("a.txt", b"x" * 10, "text/plain"))]
    two = [*files, ("files", ("c.txt", b"x" * 590, "text/plain"))]
    with TestClient(build_application(assistant), base_url="http://127.0.0.1:7860", cookies={COOKIE: "t" * 43}) as client:
        monkeypatch.setattr(upload_line, "MOST_BYTES_EACH", 1_000)
        assert client.post("/parley/upload", files=two).status_code == 202
        monkeypatch.setattr(upload_line, "MOST_BYTES_EACH", 600)
        refused = client.post("/parley/upload", files=files)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
        assert "files of yours" in refused.json()["error"]
        many = [("files", ("b.txt", b"x" * 900, "text/plain"))]
        by_program = client.post("/api/v1/documents/files", files=many)
        assert (by_program.status_code, by_program.json()["error"]["type"]) == (429, "too_many_requests")
        client.cookies.set(COOKIE, "u" * 43)
        assert client.post("/parley/upload", files=files).status_code == 202
        assistant.let_go.set()


def test_a_program_that_waits_is_told_when_the_server_stops(assistant: SlowAssistant) -> None:
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    sent(queue, "ann", "a1.txt")
    files, folder = received(queue, "", "p1.txt")
    promised = queue.add_now(files, folder)
    closing = threading.Thread(target=queue.close)
    closing.start()
    assistant.let_go.set()
    closing.join(30)
    with pytest.raises(CancelledError):
        promised.result(timeout=5)
