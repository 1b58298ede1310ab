"""Several libraries on one server: made, opened, and kept apart with their conversations and uploads."""

import time

import pytest
from starlette.testclient import TestClient

from parley import Document, LibraryError, SearchFilter
from parley.ui.access.identity import COOKIE
from parley.ui.conversations.store import owner_of
from parley.ui.library.libraries import Libraries, LibraryFolders
from parley.ui.library.library_switcher import switcher_html
from parley.ui.server.application import build_application
from tests.ui.hostile import HOSTILE
from tests.ui.page import text_of
from tests.ui.small_assistant import SmallAssistant

ANN = owner_of("a" * 43)


def opened(path):
    path.mkdir(parents=True, exist_ok=True)
    (path / "catalog.sqlite").touch()
    return SmallAssistant(path)


@pytest.fixture
def others(tmp_path):
    opened(tmp_path / "shelf" / "old talks")
    (tmp_path / "shelf" / "no library").mkdir()
    return LibraryFolders(tmp_path / "shelf", opened)


@pytest.fixture
def libraries(tmp_path, others):
    made = Libraries(opened(tmp_path / "first"), others)
    yield made
    made.close()


def test_libraries_are_found_made_and_opened(libraries, tmp_path):
    assert libraries.names() == ["first", "old talks"]
    assert libraries.create("  Річка  2031 ") == "Річка 2031"
    assert libraries.names() == ["first", "old talks", "Річка 2031"]
    assert (tmp_path / "shelf" / "Річка 2031" / "catalog.sqlite").exists()
    assert libraries.workspace().name == "first"
    assert libraries.workspace("old talks") is libraries.workspace("old talks")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../first", "a/b", "a\\b", ".hidden", "a" * 61, "old talks", "OLD TALKS", "no library", "x\0"]
)
def test_names_that_cannot_be_are_refused(libraries, tmp_path, name):
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(LibraryError):
        libraries.create(name)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["nowhere", "../shelf/old talks", "no library", "/etc"])
def test_only_libraries_of_the_folder_are_opened(libraries, name):
    with pytest.raises(LibraryError, match="These are: first, old talks"):
        libraries.workspace(name)


def test_each_conversation_belongs_to_one_library(libraries):
    first, other = libraries.workspace(), libraries.workspace("old talks")
    first.assistant.add_documents([Document.from_text("The ferry sails at noon, said Ann.", id="ferry.txt")])
    conversation = first.conversations.begin(ANN)
    list(first.chat.ask(ANN, conversation, "When does the ferry sail?", filter=SearchFilter()))
    assert [entry.title for entry in first.store.entries(ANN)] == ["When does the ferry sail?"]
    assert other.store.entries(ANN) == []
    assert not other.store.owns(ANN, conversation)
    assert other.assistant.entries() == []


def test_one_library_shows_no_switcher_and_makes_no_other(tmp_path):
    alone = Libraries(opened(tmp_path / "first"))
    assert switcher_html(alone, "", "") == ""
    with pytest.raises(LibraryError, match="--libraries DIR"):
        alone.create("second")
    alone.close()


def test_names_are_shown_as_they_are(libraries):
    assert [text_of(switcher_html(libraries, "", text)).count(text) for text in HOSTILE] == [1] * len(HOSTILE)
    html = switcher_html(libraries, "old talks", "")
    assert '<a href="/?library=old%20talks" aria-current="page">' in html


def test_routes_name_their_library(tmp_path, others):
    application = build_application(opened(tmp_path / "first"), others=others)
    with TestClient(application, base_url="http://127.0.0.1:7860", cookies={COOKIE: "t" * 43}, follow_redirects=False) as client:
        made = client.post("/parley/libraries", data={"name": "New one"})
        assert (made.status_code, made.headers["location"]) == (303, "/?library=New%20one")
        assert client.post("/parley/libraries", data={"name": "New one"}).status_code == 400
        foreign = client.post("/parley/libraries", data={"name": "Other"}, headers={"origin": "http://evil.example"})
        assert foreign.status_code == 403
        files = [("files", ("a.txt", b"Text, said Ann.", "text/plain"))]
        assert client.post("/parley/upload?library=nowhere", files=files).status_code == 404
        batch = client.post("/parley/upload?library=New%20one", files=files).json()
        assert client.get(f"/parley/upload/{batch['id']}").status_code == 404
        assert client.get(f"/parley/upload/{batch['id']}?library=New%20one").status_code == 200
        for _ in range(200):
            if client.get(f"/parley/upload/{batch['id']}?library=New%20one").json()["finished"]:
                break
            time.sleep(0.02)
        assert (tmp_path / "shelf" / "New one" / "uploads" / "a.txt").exists()
        assert not (tmp_path / "first" / "uploads" / "a.txt").exists()
        other = client.get("/libraries/New%20one/views/document?id=a.txt")
        assert (other.status_code, "Text, said Ann." in other.text) == (200, True)
        assert 'href="positions"' in other.text
        assert client.get("/views/document?id=a.txt").status_code == 404
        assert client.get("/libraries/nowhere/views/document?id=a.txt").status_code == 404
        assert client.get("/libraries/New%20one/").headers["location"] == "/?library=New%20one"


def test_only_the_libraries_asked_last_keep_what_they_hold(tmp_path):
    rested: list[str] = []

    class Sleeper(SmallAssistant):
        def rest(self):
            rested.append(self.folder.name)
            return True

    def opening(path):
        (path / "catalog.sqlite").touch()
        return Sleeper(path)

    for name in ("first", "shelf/a", "shelf/b", "shelf/c"):
        (tmp_path / name).mkdir(parents=True)
        opening(tmp_path / name)
    libraries = Libraries(opening(tmp_path / "first"), LibraryFolders(tmp_path / "shelf", opening), most_awake=2)
    for name in ("", "a", "", "a"):
        libraries.workspace(name)
    assert rested == []
    libraries.workspace("b")
    assert (rested, [name for name, _ in libraries.awake()]) == (["first"], ["a", "b"])
    libraries.workspace("c")
    assert (rested[1:], [name for name, _ in libraries.awake()]) == (["first", "a"], ["b", "c"])
    assert libraries.workspace("a").store.entries(ANN) == [], "a library that rested is not asked again"
    libraries.close()
