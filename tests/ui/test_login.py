"""Logging in: what is shut without it, how sessions end, and that nobody gets at another's conversations."""

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from parley import Document, SearchFilter
from parley.ui.access.accounts import AccountError, UserFile
from parley.ui.access.callers import Callers
from parley.ui.access.sessions import COOKIE, IDLE_SECONDS, LONGEST_SECONDS, Sessions
from parley.ui.cli import main
from parley.ui.conversations.store import owner_of
from parley.ui.library.workspace import Workspace
from parley.ui.server.application import build_application
from tests.ui.hostile import HOSTILE
from tests.ui.logging_in import ANNS, BENS, Clock, log_in, users_in
from tests.ui.small_assistant import SmallAssistant


@pytest.fixture(scope="module")
def users(tmp_path_factory):
    return users_in(tmp_path_factory.mktemp("users"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    made = SmallAssistant(tmp_path_factory.mktemp("login") / "library")
    made.add_documents([Document.from_text("The ferry sails at noon, said the harbour master.", id="ferry.txt")])
    return made


@pytest.fixture(scope="module")
def served(assistant, users):
    """One application for the whole module, since making one takes a while."""
    application = build_application(assistant, callers=Callers(users=users))
    with TestClient(application, base_url="http://127.0.0.1:7860", follow_redirects=False) as made:
        yield made


@pytest.fixture
def client(served):
    served.cookies.clear()
    return served


# ---- The file of users ----


def test_the_file_holds_hashes_and_nobody_else_may_read_it(users):
    text = users.path.read_text(encoding="utf-8")
    assert [line.split("\t")[0] for line in text.splitlines()] == ["ann", "ben"]
    assert text.count("$argon2id$") == 2
    assert ANNS not in text
    assert users.path.stat().st_mode & 0o077 == 0


def test_passwords_are_compared_in_one_form_of_their_letters(tmp_path):
    users = UserFile(tmp_path / "users.tsv")
    users.add("zoë", "caf\u00e9 au lait, s'il")
    assert users.verify("zoë", "cafe\u0301 au lait, s'il")
    assert not users.verify("zoë", "cafe au lait, s'il")
    assert not users.verify("zoé", "caf\u00e9 au lait, s'il")


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("ann", ANNS, "There is a user 'ann' already"),
        ("new", "short", "10 to 1000 characters"),
        ("a\tb", ANNS, "cannot be called"),
        ("", ANNS, "cannot be called"),
        ("new", "x" * 1001, "10 to 1000 characters"),
    ],
)
def test_what_cannot_be_a_user_is_refused(users, name, password, told):
    before = users.path.read_bytes()
    with pytest.raises(AccountError, match=re.escape(told)):
        users.add(name, password)
    assert users.path.read_bytes() == before


def test_a_malformed_file_names_its_line(tmp_path):
    path = tmp_path / "users.tsv"
    path.write_text("# those who may\n\nann\tsecret\n", encoding="utf-8")
    with pytest.raises(AccountError, match=r"users\.tsv, line 3"):
        UserFile(path).names()
    with pytest.raises(AccountError, match="parley users add"):
        UserFile(tmp_path / "none.tsv").names()


def test_users_are_kept_from_the_shell(tmp_path, capsys, monkeypatch):
    import io

    path = str(tmp_path / "users.tsv")
    for typed, arguments, code in (
        (f"{ANNS}\n", ("add", "ann"), 0),
        (f"{BENS}\n", ("add", "ann"), 3),
        (f"{BENS}\n", ("add", "ann", "--replace"), 0),
        ("short\n", ("add", "ben"), 3),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert main(["users", *arguments, "--file", path]) == code
    assert UserFile(tmp_path / "users.tsv").verify("ann", BENS)
    capsys.readouterr()
    assert main(["users", "list", "--file", path]) == 0
    assert capsys.readouterr().out == "ann\tadministrator\n"
    assert main(["users", "remove", "ann", "--file", path]) == 0
    assert UserFile(tmp_path / "users.tsv").names() == []


# ---- Sessions ----


def test_sessions_end_after_a_while_and_with_the_password(tmp_path):
    users, clock = UserFile(tmp_path / "users.tsv"), Clock()
    users.add("ann", ANNS)
    sessions = Sessions(users, clock=clock)
    cookies = {COOKIE: sessions.begin("ann")}
    clock.now += IDLE_SECONDS - 1
    assert sessions.name(cookies) == "ann"
    clock.now += IDLE_SECONDS + 1
    assert sessions.name(cookies) is None
    cookies = {COOKIE: sessions.begin("ann")}
    for _ in range(int(LONGEST_SECONDS // IDLE_SECONDS) + 1):
        clock.now += IDLE_SECONDS - 1
        name = sessions.name(cookies)
    assert name is None
    cookies = {COOKIE: sessions.begin("ann")}
    users.add("ann", BENS, replace=True)
    assert sessions.name(cookies) is None
    cookies = {COOKIE: sessions.begin("ann")}
    users.remove("ann")
    assert sessions.name(cookies) is None
    assert sessions.name({}) is sessions.name({COOKIE: "\ud800 forged"}) is None


# ---- What is shut ----


def test_nobody_comes_in_while_the_file_of_users_cannot_be_read(client, users, caplog):
    log_in(client, "ann", ANNS)
    content = users.path.read_bytes()
    try:
        for spoilt in (None, b"ann\tno hash\n"):
            users.path.unlink()
            if spoilt is not None:
                users.path.write_bytes(spoilt)
            for path in ("/config", "/login", "/views/positions"):
                response = client.get(path, headers={"accept": "*/*"})
                assert response.status_code == 503
                assert "the file of users cannot be read" in response.json()["error"]
                assert str(users.path.parent) not in response.text
            assert client.get("/api/v1/documents").json()["error"]["type"] == "no_users"
            page = client.get("/", headers={"accept": "text/html"})
            assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
            assert client.get("/health").status_code == 200
            users.path.write_bytes(content)
            assert client.get("/config").status_code == 200
    finally:
        users.path.write_bytes(content)
    told = [record.getMessage() for record in caplog.records if record.name == "parley.ui.access.login_gate"]
    assert [str(users.path) in message for message in told] == [True, True]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config"),
        ("GET", "/views/positions"),
        ("GET", "/views/document?id=ferry.txt"),
        ("GET", "/gradio_api/info"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data?session_hash=x"),
        ("POST", "/gradio_api/call/ask"),
        ("POST", "/gradio_api/run/ask"),
        ("POST", "/gradio_api/mcp/"),
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("POST", "/parley/upload"),
        ("GET", "/parley/upload/x"),
        ("GET", "/parley/conversations/xxxxxxxxxxxxxxxxxxxx/brief"),
        ("GET", "/assets/x.js"),
        ("GET", "/openapi.json"),
        ("GET", "/login/"),
        ("GET", "//login"),
        ("GET", "/login/../config"),
    ],
)
def test_without_a_session_nothing_is_told(client, method, path):
    response = client.request(method, path, headers={"accept": "*/*"})
    assert response.status_code == 401
    assert "ferry" not in response.text


def test_a_page_leads_to_the_login_and_from_there_back(client):
    response = client.get("/views/positions?party=A%20B", headers={"accept": "text/html"})
    assert (response.status_code, response.headers["location"]) == (303, "/login?next=%2Fviews%2Fpositions%3Fparty%3DA%2520B")
    page = client.get(response.headers["location"])
    assert 'name="next" value="/views/positions?party=A%20B"' in page.text
    answer = log_in(client, "ann", ANNS, next="/views/positions?party=A%20B")
    assert (answer.status_code, answer.headers["location"]) == (303, "/views/positions?party=A%20B")
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("parley_session=", "HttpOnly", "SameSite=lax", "Path=/"))
    assert client.get("/", headers={"accept": "text/html"}).status_code == 200
    assert client.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "goal", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a\r\nset-cookie: x=1", "x"]
)
def test_the_way_back_stays_on_this_server(client, goal):
    assert log_in(client, "ann", ANNS, next=goal).headers["location"] == "/"
    assert f'value="{goal}"' not in client.get(f"/login?next={quote(goal)}").text


def test_logging_out_ends_the_session(client):
    log_in(client, "ann", ANNS)
    token = client.cookies[COOKIE]
    assert client.get("/config").status_code == 200
    assert client.post("/logout").headers["location"] == "/login"
    assert COOKIE not in client.cookies
    assert client.get("/config", cookies={COOKIE: token}).status_code == 401


def test_a_new_login_takes_the_old_token_away(client):
    log_in(client, "ann", ANNS)
    old = client.cookies[COOKIE]
    log_in(client, "ann", ANNS)
    assert client.cookies[COOKIE] != old
    client.cookies.clear()
    assert client.get("/config", cookies={COOKIE: old}).status_code == 401


def test_other_sites_cannot_log_anybody_in_or_out(client):
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert client.post("/login", data={"name": "ann", "password": ANNS}, headers=headers).status_code == 403
        assert client.post("/logout", headers=headers).status_code == 403


# ---- Guessing ----


def test_gradios_client_logs_in_with_its_own_form(client):
    answer = client.post("/login", data={"username": "ann", "password": ANNS})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert client.get("/config").status_code == 200
    client.cookies.clear()
    assert client.post("/login", data={"username": "ann", "password": BENS}).status_code == 401


def test_an_endless_form_is_not_read(client):
    assert client.post("/login", content=b"name=ann&password=" + b"x" * 100_000).status_code == 413


@pytest.mark.parametrize("text", HOSTILE[:12])
def test_the_login_page_shows_nothing_of_what_was_typed_as_markup(client, text):
    response = log_in(client, text, text, next=f"/{text}")
    assert text not in response.text


# ---- Other people's conversations ----


def test_nobody_gets_at_anothers_conversation_by_its_id(assistant, client, users):
    owner = owner_of(f"user:ann:{users.account('ann').id}")
    workspace = Workspace("library", assistant)
    conversation = workspace.conversations.begin(owner)
    list(workspace.chat.ask(owner, conversation, "When does the ferry sail?", filter=SearchFilter()))
    workspace.close()
    brief = f"/parley/conversations/{conversation}/brief"
    log_in(client, "ben", BENS)
    for address in (brief, brief.replace("brief", "export.md"), brief.replace("brief", "export.jsonl")):
        response = client.get(address)
        assert (response.status_code, "ferry" in response.text) == (404, False)
    client.post("/logout")
    log_in(client, "ann", ANNS)
    assert "The ferry sails at noon" in client.get(brief).text


def test_uploads_are_only_told_to_whoever_sent_them(client):
    log_in(client, "ann", ANNS)
    batch = client.post("/parley/upload", files=[("files", ("a.txt", b"Text, said Ann.", "text/plain"))]).json()
    assert client.get(f"/parley/upload/{batch['id']}").status_code == 200
    client.post("/logout")
    log_in(client, "ben", BENS)
    assert client.get(f"/parley/upload/{batch['id']}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
        ("GET", "/gradio_api/deep_link"),
        ("POST", "/gradio_api/component_server"),
        ("GET", "/gradio_api/stream/a/1/2/playlist-file"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/gradio_api/vibe-code"),
        ("POST", "/gradio_api/process_recording"),
        ("GET", "/gradio_api/profiling/traces"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/monitoring"),
        ("GET", "/monitoring/summary"),
        ("POST", "/login/"),
    ],
)
def test_gradios_other_routes_are_shut_for_users_too(client, method, path):
    log_in(client, "ann", ANNS)
    response = client.request(method, path)
    assert (response.status_code, response.text) == (404, "There is nothing here.")


def test_serving_a_network_without_login_warns_loudly(assistant, users, monkeypatch, caplog):
    from parley.ui.server import serving as server

    monkeypatch.setattr(server.PageServer, "run", lambda *_, **__: None)
    server.serve(assistant, host="0.0.0.0", port=0)
    assert "NO LOGIN, AND OPEN TO THE NETWORK: listening on 0.0.0.0" in caplog.text
    caplog.clear()
    server.serve(assistant, host="0.0.0.0", port=0, callers=Callers(token="t"))
    assert "NO LOGIN" not in caplog.text
    caplog.clear()
    server.serve(assistant, host="0.0.0.0", port=0, callers=Callers(users=users))
    assert "cross the network unencrypted" in caplog.text
    caplog.clear()
    server.serve(assistant, port=0)
    assert caplog.text == ""


def test_wrong_names_and_wrong_passwords_are_not_told_apart(client):
    one, other = log_in(client, "ann", BENS), log_in(client, "nobody", BENS)
    assert (one.status_code, one.text) == (other.status_code, other.text)
    assert one.status_code == 401
    assert COOKIE not in client.cookies
