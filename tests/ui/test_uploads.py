import re

import pytest
from starlette.testclient import TestClient

from parley import Document
from parley.ui.access.guards import BUSY_MESSAGE, FriendlyBusy
from parley.ui.access.identity import COOKIE, owner_from
from parley.ui.library.multipart import ReceivedFile, UploadError, UploadLimits, UploadReader, safe_name
from parley.ui.library.upload_batch import UploadBatch, UploadedFile
from parley.ui.library.uploads import UploadQueue
from parley.ui.library.workspace import Workspace
from parley.ui.server.application import build_application
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import wait_until

TOKEN = "t" * 43
LIMITS = UploadLimits(suffixes=(".txt", ".md"), file_bytes=1000, total_bytes=5000, files=3)


@pytest.fixture
def assistant(tmp_path):
    return SmallAssistant(tmp_path / "library")


@pytest.fixture
def client(assistant):
    application = build_application(assistant, limits=LIMITS)
    with TestClient(application, base_url="http://127.0.0.1:7860", cookies={COOKIE: TOKEN}) as made:
        yield made


def send(client, *files, **options):
    response = client.post("/parley/upload", files=[("files", file) for file in files], **options)
    return response, response.json()


def finish(client, batch):
    def states():
        state = client.get(f"/parley/upload/{batch['id']}").json()
        return state["finished"] and [(file["name"], file["state"]) for file in state["files"]]

    return wait_until(states)


def stored_files(assistant):
    """The names of the files that uploads left, once what was on its way has been cleared away."""
    folder = assistant.folder / "uploads"
    wait_until(lambda: not [path for path in (folder / ".incoming").glob("*") if path.suffix != ".lock"])
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_file_is_added_and_told(client, assistant):
    response, batch = send(client, ("talks.txt", b"The talks go on, said Ann.", "text/plain"))
    assert response.status_code == 202
    assert finish(client, batch) == [("talks.txt", "added")]
    assert assistant.document("talks.txt").text == "The talks go on, said Ann."
    assert stored_files(assistant) == ["talks.txt"]


def settled(client, batch):
    """The state of the only file once it is at its end or somebody is asked about it."""

    def state():
        (file,) = client.get(f"/parley/upload/{batch['id']}").json()["files"]
        return file["state"] in ("asked", "added", "updated", "unchanged", "refused") and file["state"]

    return wait_until(state)


def decide(client, batch, choice):
    return client.post(f"/parley/upload/{batch['id']}/0", params={"choice": choice})


def test_another_text_of_a_known_name_replaces_nothing_unasked(client, assistant):
    finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1])
    _, batch = send(client, ("talks.txt", b"New.", "text/plain"))
    assert settled(client, batch) == "asked"
    assert assistant.document("talks.txt").text == "Old."
    assert [item["id"] for item in client.get("/parley/uploads").json()["uploads"]] == [batch["id"]]
    client.cookies.set(COOKIE, "u" * 43)
    assert client.get("/parley/uploads").json() == {"uploads": []}
    assert decide(client, batch, "replace").status_code == 404
    client.cookies.set(COOKIE, TOKEN)
    assert decide(client, batch, "cancel").status_code == 200
    assert finish(client, batch) == [("talks.txt", "refused")]
    assert decide(client, batch, "replace").status_code == 409
    assert assistant.document("talks.txt").text == "Old."


def test_the_same_text_again_asks_nothing(client):
    finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1])
    assert finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1]) == [("talks.txt", "unchanged")]


def test_both_are_kept_where_that_is_wished(client, assistant):
    finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1])
    _, batch = send(client, ("talks.txt", b"New.", "text/plain"))
    settled(client, batch)
    decide(client, batch, "keep_both")
    assert finish(client, batch) == [("talks (2).txt", "added")]
    assert (assistant.document("talks.txt").text, assistant.document("talks (2).txt").text) == ("Old.", "New.")


def test_a_replaced_version_can_be_taken_back(client, assistant):
    workspace = Workspace("w", assistant)
    finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1])
    workspace.close()
    queue = Workspace("w", assistant)
    folder = queue.uploads.incoming_folder()
    (folder / "1").write_bytes(b"New.")
    batch = queue.uploads.submit("bob", [ReceivedFile("talks.txt", folder / "1")], folder, choice="replace")
    wait_until(lambda: batch.finished)
    assert (batch.files[0].state, assistant.document("talks.txt").text) == ("updated", "New.")
    assert "Replaced" not in queue.documents.list_for("carol")
    told = queue.documents.list_for("bob")
    token = re.search(r'data-undo="([^"]+)"', told).group(1)
    assert "is back" in queue.documents.undo_removal("bob", token)
    assert assistant.document("talks.txt").text == "Old."
    assert (assistant.folder / "uploads" / "talks.txt").read_text() == "Old."
    queue.close()


def test_what_was_accepted_is_taken_up_after_a_restart(assistant):
    stopped = UploadQueue(assistant, assistant.folder / "uploads")
    accepted = stopped.incoming_folder()
    (accepted / "1").write_bytes(b"Accepted.")
    half = stopped.incoming_folder()
    (half / "1").write_bytes(b"Never arrived who")
    # As when the server is killed between its answer and its work.
    UploadBatch("b1", "ann", accepted, [UploadedFile("talks.txt", accepted / "1")]).write()
    stopped.close()
    again = UploadQueue(assistant, assistant.folder / "uploads")
    again.start()
    batch = again.batch("b1", "ann")
    wait_until(lambda: batch.finished)
    assert (batch.files[0].state, assistant.document("talks.txt").text) == ("added", "Accepted.")
    wait_until(lambda: not accepted.exists())
    assert stored_files(assistant) == ["talks.txt"]
    again.close()


def test_what_another_server_has_in_hand_is_left_to_it(assistant):
    living = UploadQueue(assistant, assistant.folder / "uploads")
    arriving = living.incoming_folder()
    (arriving / "1").write_bytes(b"Half of")
    accepted = living.incoming_folder()
    (accepted / "1").write_bytes(b"Accepted.")
    UploadBatch("b1", "ann", accepted, [UploadedFile("talks.txt", accepted / "1")]).write()
    other = UploadQueue(assistant, assistant.folder / "uploads")
    other.start()
    assert other.batch("b1", "ann") is None
    assert (arriving / "1").read_bytes() == b"Half of"
    other.close()
    living.close()
    third = UploadQueue(assistant, assistant.folder / "uploads")
    third.start()
    wait_until(lambda: third.batch("b1", "ann").finished)
    assert not arriving.exists()
    assert stored_files(assistant) == ["talks.txt"]
    third.close()
    assert list((assistant.folder / "uploads" / ".incoming").iterdir()) == []


def test_what_was_refused_while_nobody_looked_is_told_and_logged(assistant, caplog):
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    folder = queue.incoming_folder()
    (folder / "1").write_bytes(b" ")
    UploadBatch("b1", "ann", folder, [UploadedFile("empty.txt", folder / "1")]).write()
    queue.start()
    wait_until(lambda: queue.batch("b1", "ann").finished)
    assert queue.untold("ben") == []
    (batch,) = queue.untold("ann")
    assert batch.shown()["files"][0]["state"] == "refused"
    assert queue.untold("ann") == []
    assert "The uploaded file empty.txt was not added" in caplog.text
    queue.close()


def test_a_file_moved_by_a_killed_server_is_added_by_the_next(assistant):
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    folder = queue.incoming_folder()
    (assistant.folder / "uploads" / "talks.txt").write_bytes(b"Moved.")
    UploadBatch("b1", "ann", folder, [UploadedFile("talks.txt", folder / "1", "reading")]).write()
    queue.start()
    wait_until(lambda: queue.batch("b1", "ann").finished)
    assert assistant.document("talks.txt").text == "Moved."
    queue.close()


def test_a_file_that_fails_in_an_unforeseen_way_ends_and_the_next_goes_on(assistant, monkeypatch):
    add = assistant.add

    def failing(path, **options):
        if path.name == "poison.txt":
            raise OverflowError("date value out of range")
        return add(path, **options)

    monkeypatch.setattr(assistant, "add", failing)
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    folder = queue.incoming_folder()
    files = []
    for name in ("poison.txt", "good.txt"):
        (folder / name).write_bytes(b"Text.")
        files.append(ReceivedFile(name, folder / name))
    batch = queue.submit("ann", files, folder)
    wait_until(lambda: batch.finished)
    assert [item.state for item in batch.files] == ["refused", "added"]
    assert "fault of its own" in batch.files[0].reason
    assert stored_files(assistant) == ["good.txt"]
    queue.close()


def test_a_refused_new_version_leaves_the_earlier_file(client, assistant):
    finish(client, send(client, ("talks.txt", b"Old.", "text/plain"))[1])
    response = client.post("/parley/upload?if_exists=replace", files=[("files", ("talks.txt", b"  ", "text/plain"))])
    batch = response.json()
    assert finish(client, batch) == [("talks.txt", "refused")]
    (file,) = client.get(f"/parley/upload/{batch['id']}").json()["files"]
    assert file["reason"] == "talks.txt is empty. Add a file with text. The earlier version stays in the library."
    assert (assistant.folder / "uploads" / "talks.txt").read_text() == "Old."
    assert assistant.document("talks.txt").text == "Old."


def test_wrong_types_and_sizes_are_refused_one_by_one_and_never_stored(client, assistant):
    files = [("run.exe", b"MZ", "text/plain"), ("big.txt", b"x" * 1001, "text/plain"), ("good.txt", b"Good.", "text/plain")]
    _, batch = send(client, *files)
    assert finish(client, batch) == [("run.exe", "refused"), ("big.txt", "refused"), ("good.txt", "added")]
    assert stored_files(assistant) == ["good.txt"]
    reasons = [file["reason"] for file in client.get(f"/parley/upload/{batch['id']}").json()["files"]]
    assert reasons[0] == "Files of this type cannot be read. Save it as one of .txt .md and add that."
    assert "larger than" in reasons[1]


def test_too_many_files_or_too_much_is_refused_whole(client, assistant):
    response, answer = send(client, *[(f"{number}.txt", b"x", "text/plain") for number in range(4)])
    assert (response.status_code, answer["error"]) == (400, "More than 3 files. Add fewer files at a time.")
    response, answer = send(client, ("a.txt", b"x" * 6000, "text/plain"))
    assert response.status_code == 413
    assert stored_files(assistant) == []


def test_a_body_longer_than_it_claims_is_stopped(tmp_path):
    reader = UploadReader("multipart/form-data; boundary=b", tmp_path, LIMITS)
    reader.write(b'--b\r\ncontent-disposition: form-data; name="f"; filename="a.txt"\r\n\r\n')
    for _ in range(5):
        reader.write(b"x" * 900)
    with pytest.raises(UploadError, match="larger than"):
        reader.write(b"x" * 900)
    reader.close()


def test_a_malformed_body_is_refused(client, assistant):
    headers = {"content-type": "multipart/form-data; boundary=b"}
    response = client.post("/parley/upload", content=b"not multipart at all", headers=headers)
    assert (response.status_code, response.json()["error"]) == (400, "The upload is malformed. Choose the files again.")
    assert client.post("/parley/upload", json={}).status_code == 400
    assert stored_files(assistant) == []


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\me\\talks.txt", "talks.txt"),
        ("a\0b\u202etxt.exe.txt", "abtxt.exe.txt"),
        ("what? <b>.md", "what_ _b_.md"),
        ("..", ""),
        (" . ", ""),
        ("протокол встречи.pdf", "протокол встречи.pdf"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_file_names_lose_what_could_do_harm(given, safe):
    assert safe_name(given) == safe


def test_long_names_keep_their_suffix():
    assert safe_name("ü" * 300 + ".docx").endswith("ü.docx")
    assert len(safe_name("ü" * 300 + ".docx").encode()) <= 120


def test_only_the_sender_sees_an_upload(client):
    _, batch = send(client, ("talks.txt", b"Text.", "text/plain"))
    finish(client, batch)
    client.cookies.set(COOKIE, "u" * 43)
    assert client.get(f"/parley/upload/{batch['id']}").status_code == 404


def test_without_a_cookie_nothing_is_taken(client, assistant):
    client.cookies.clear()
    response, _ = send(client, ("talks.txt", b"Text.", "text/plain"))
    assert response.status_code == 403
    assert stored_files(assistant) == []


def test_other_sites_and_other_host_names_are_refused(client):
    foreign = client.post("/parley/upload", files={"files": ("a.txt", b"x")}, headers={"origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert client.get("/", headers={"host": "evil.example"}).status_code == 403
    assert client.get("/", headers={"host": "localhost:7860"}).status_code == 200


def test_removing_a_document_deletes_its_uploaded_file_and_no_other(client, assistant, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("Mine.")
    queue = UploadQueue(assistant, assistant.folder / "uploads")
    finish(client, send(client, ("talks.txt", b"Text.", "text/plain"))[1])
    for source in ("outside.txt", "../outside.txt", str(outside), "library/uploads/../../outside.txt"):
        document = Document("d", "Text.", "T", source_path=source)
        queue.forget_file(document)
    assert outside.exists()
    queue.forget_file(Document("d", "Text.", "T", source_path="library/uploads/talks.txt"))
    assert stored_files(assistant) == []
    queue.close()


def test_the_page_sets_a_cookie_scripts_cannot_read_and_confines_itself(client):
    client.cookies.clear()
    response = client.get("/")
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert owner_from({COOKIE: response.cookies[COOKIE]}) is not None
    assert "connect-src 'self'" in response.headers["content-security-policy"]
    assert "set-cookie" not in client.get("/").headers
    assert "fonts.googleapis.com" not in response.text
    assert "fonts.gstatic.com" not in response.text


@pytest.mark.parametrize("token", ["", "short", "x" * 44, "x" * 42 + "\u00e9", "x" * 42 + ";"])
def test_other_cookies_are_nobody(token):
    assert owner_from({COOKIE: token}) is None


def test_a_full_queue_is_told_in_plain_words():
    async def full(scope, receive, send):
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b'{"detail": "Queue is full. Max size is 64."}'})

    response = TestClient(FriendlyBusy(full)).post("/gradio_api/queue/join")
    assert (response.status_code, response.json()) == (429, {"detail": BUSY_MESSAGE})
    assert response.headers["retry-after"] == "5"


def test_gradios_own_upload_takes_nothing(client):
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"some text")})
    assert response.status_code == 404


def test_who_changed_what_is_kept_in_order(assistant):
    workspace = Workspace("w", assistant)

    def upload(text, choice):
        folder = workspace.uploads.incoming_folder()
        (folder / "1").write_bytes(text)
        batch = workspace.uploads.submit("o", [ReceivedFile("talks.txt", folder / "1")], folder, choice=choice, who="ann")
        wait_until(lambda: batch.finished)

    upload(b"Old.", "")
    upload(b"New.", "replace")
    upload(b"New.", "replace")
    workspace.documents.correct("talks.txt", {"title": "Talks"}, who="ben")
    told = workspace.documents.remove("o", "talks.txt", who="cleo")
    workspace.documents.undo_removal("o", re.search(r'data-undo="([^"]+)"', told).group(1), who="cleo")
    found = [(change.who, change.action, change.document, change.detail) for change in reversed(workspace.changes.latest())]
    workspace.close()
    assert found == [
        ("ann", "added", "talks.txt", ""),
        ("ann", "replaced", "talks.txt", ""),
        ("ben", "corrected", "talks.txt", "title: Talks"),
        ("cleo", "removed", "talks.txt", ""),
        ("cleo", "brought back", "talks.txt", ""),
    ]


def test_an_upload_that_breaks_off_is_refused_whole(client, assistant):
    body = b'--b\r\ncontent-disposition: form-data; name="f"; filename="a.txt"\r\n\r\nThe first half of'
    response = client.post("/parley/upload", content=body, headers={"content-type": "multipart/form-data; boundary=b"})
    assert (response.status_code, response.json()["error"]) == (400, "The upload is cut off. Add the files again.")
    assert stored_files(assistant) == []
    assert assistant.entries() == []


def test_a_file_that_is_called_like_a_folder_is_refused_with_the_reason(client, assistant):
    finish(client, send(client, ("talks.txt/first.txt", b"Text.", "text/plain"))[1])
    _, batch = send(client, ("talks.txt", b"Other.", "text/plain"))
    assert finish(client, batch) == [("talks.txt", "refused")]
    (file,) = client.get(f"/parley/upload/{batch['id']}").json()["files"]
    assert file["reason"] == "There is a folder of this name. Rename the file."


def test_a_disk_that_takes_no_upload_is_told(client, assistant):
    assistant.folder.joinpath("uploads").write_text("A file where the folder should be.")
    response, answer = send(client, ("talks.txt", b"Text.", "text/plain"))
    assert response.status_code == 507
    assert answer["error"].startswith("The upload cannot be stored (")
