"""Every route there is, for every role: what the table of routes says is what the server does."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import anyio
import gradio as gr
import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from parley import Document
from parley.ui.access.accounts import UserFile
from parley.ui.access.callers import Callers
from parley.ui.access.guards import _is_closed as is_closed
from parley.ui.access.identity import BrowserIdentity
from parley.ui.access.measure import BURST, CALLERS_AT_AN_ADDRESS, PER_SECOND, WORKED_ON
from parley.ui.access.proxy import CallerAddress, TrustedProxy
from parley.ui.access.roles import ROLES, may
from parley.ui.access.route_table import RULES, rule_for
from parley.ui.access.sessions import COOKIE, Sessions, UserIdentity
from parley.ui.access.start_token import Ticket
from parley.ui.library.libraries import Libraries
from parley.ui.page.document_events import DocumentEvents
from parley.ui.page.events import Desk, PageState
from parley.ui.server.application import build_application
from parley.ui.server.guarding import Guards
from parley.ui.views.view_routes import view_routes
from tests.ui.small_assistant import SmallAssistant

HOST = "http://127.0.0.1:7860"
Routes = list[tuple[str, str]]


def routes_below(routes: Iterable[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route, with something in the place of each parameter."""
    for route in routes:
        path = before + getattr(route, "path", "")
        for method in getattr(route, "methods", None) or ():
            yield method, re.sub(r"\{[^}]+\}", "1", path) or "/"
        yield from routes_below(getattr(route, "routes", None) or (), path)
        if hasattr(route, "effective_candidates"):
            # An included router, whose paths have its prefix already.
            yield from routes_below(route.effective_candidates(), before)


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Routes:
    """Those of the whole server, Gradio's own included."""
    application = build_application(SmallAssistant(tmp_path_factory.mktemp("routes") / "library"))
    found = sorted({(method, path) for method, path in routes_below(application.routes) if method != "OPTIONS"})
    assert {("POST", "/parley/upload"), ("POST", "/gradio_api/queue/join")} <= set(found)
    return found


@pytest.fixture
def users(tmp_path: Path) -> UserFile:
    made = UserFile(tmp_path / "users.tsv")
    for role in ROLES:
        made.add(role, None, role=role)
    return made


def guarded(**guards: Any) -> TestClient:
    """The guards around an application that answers everything with who is asking."""
    application, identity = FastAPI(openapi_url=None, docs_url=None), guards["identity"]

    @application.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    async def there(request: Request) -> JSONResponse:
        size, cookies = len(await request.body()), request.cookies
        return JSONResponse({"user": identity.user(cookies), "owner": identity.owner(cookies), "size": size})

    made = Guards(**guards).around(application, tuple)
    return TestClient(made, base_url=HOST, follow_redirects=False)


def client_for(users: UserFile, proxy: TrustedProxy | None = None) -> TestClient:
    sessions = Sessions(users)
    return guarded(identity=UserIdentity(sessions), callers=Callers(users=users, proxy=proxy), sessions=sessions)


def key_of(users: UserFile, name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {users.add_key(name, 'test')}"}


def nothing() -> dict[str, str]:
    return {}


def test_every_route_is_in_the_table_or_shut(routes: Routes, users: UserFile) -> None:
    client, headers = client_for(users), key_of(users, "administrator")
    unlisted = [(method, path) for method, path in routes if not is_closed(path) and rule_for(method, path) is None]
    for method, path in unlisted:
        assert client.request(method, path, headers=headers).status_code == 404, (method, path)
    assert [path for _, path in unlisted if path.startswith(("/parley", "/views", "/libraries", "/login", "/api"))] == []


def test_every_route_answers_each_role_as_the_table_says(routes: Routes, users: UserFile) -> None:
    client = client_for(users)
    rules = {(method, path): rule_for(method, path) for method, path in routes if not is_closed(path)}
    listed = {route: rule for route, rule in rules.items() if rule is not None}
    assert len(listed) > 20
    for role in (None, *ROLES):
        headers = key_of(users, role) if role else {}
        for (method, path), rule in listed.items():
            allowed = rule.role is None or may(role, rule.role)
            expected = 200 if allowed else 401 if role is None else 403
            assert client.request(method, path, headers=headers).status_code == expected, (role, method, path)


def test_what_changes_a_library_needs_an_editor_and_the_log_an_administrator() -> None:
    needed = {
        ("POST", "/parley/upload"): "editor",
        ("POST", "/parley/upload/x/0"): "editor",
        ("POST", "/parley/libraries"): "editor",
        ("POST", "/views/lists"): "editor",
        ("POST", "/libraries/a/views/lists"): "editor",
        ("POST", "/api/v1/documents/extract"): "editor",
        ("DELETE", "/api/v1/documents/b"): "editor",
        ("GET", "/parley/changes"): "administrator",
        ("POST", "/api/v1/ask"): "reader",
    }
    assert {route: getattr(rule_for(*route), "role", "shut") for route in needed} == needed
    assert rule_for("POST", "/somewhere/else") is None
    assert [rule.path for rule in RULES if rule.role is None] == [r"/login", r"/logout", r"/health"]


def test_what_the_page_changes_in_a_library_needs_an_editor(tmp_path: Path, users: UserFile) -> None:
    """All events of the page come through one route, so that each that changes something asks for itself."""
    sessions = Sessions(users)
    desk = Desk(Libraries(SmallAssistant(tmp_path / "library")), UserIdentity(sessions))
    wired = WiredEvents()
    DocumentEvents(desk).wire(wired, here=None, chat=None, library=None, source=None)
    changing = {name: handler for name, (handler, options) in wired.events.items() if options.get("concurrency_id") == "library"}
    assert len(changing) >= 4
    given = {
        "here": PageState(),
        "request": gr.Request(cookies={COOKIE: sessions.begin("reader")}),
        "event": gr.EventData(None, {"document": "a", "changes": {"title": "b"}, "token": "c"}),
    }
    for handler in changing.values():
        with pytest.raises(gr.Error, match="needs the role “editor”"):
            handler(**{taken: given[taken] for taken in inspect.signature(handler).parameters})


class WiredEvents:
    """Stands in for the element that the page's events come from, and keeps what is to be called for each."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[Any, dict[str, Any]]] = {}

    def __getattr__(self, name: str) -> Any:
        def wire(handler: Any, *_: Any, **options: Any) -> WiredEvents:
            if name not in ("success", "failure"):
                self.events[name] = (handler, options)
            return self

        return wire


def test_nobody_is_offered_what_they_may_not_do(tmp_path: Path, users: UserFile) -> None:
    sessions = Sessions(users)
    assistant = SmallAssistant(tmp_path / "library")
    assistant.add_documents([Document.from_text("Toll said the port is open.", id="note")])
    libraries = Libraries(assistant)
    events = DocumentEvents(Desk(libraries, UserIdentity(sessions)))
    opened = gr.EventData(None, {"document": "note"})
    views = FastAPI()
    views.include_router(view_routes(libraries))
    guards = Guards(identity=UserIdentity(sessions), callers=Callers(users=users), sessions=sessions)
    client = TestClient(guards.around(views, tuple), base_url=HOST)
    offered = {}
    for role in ROLES:
        request = gr.Request(cookies={COOKIE: sessions.begin(role)})
        lists = client.get("/views/lists", headers=key_of(users, role))
        assert lists.status_code == 200
        offered[role] = ("metadata-form" in events._on_open(PageState(), opened, request), 'method="post"' in lists.text)
    assert offered == {"reader": (False, False), "editor": (True, True), "administrator": (True, True)}
    libraries.close()


def test_a_key_taken_back_and_a_role_changed_hold_at_once(users: UserFile) -> None:
    key = users.add_key("editor", "script")
    client, headers = client_for(users), {"authorization": f"Bearer {key}"}
    assert key not in users.path.read_text(encoding="utf-8")
    assert client.post("/parley/upload", headers=headers).json()["user"] == "editor"
    users.set_role("editor", "reader")
    assert client.post("/parley/upload", headers=headers).status_code == 403
    assert client.get("/", headers=headers).status_code == 200
    users.remove_key("editor", "script")
    assert client.get("/", headers=headers).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer parley_guessed"}).status_code == 401


def test_a_user_made_anew_is_another_user(users: UserFile) -> None:
    client = client_for(users)
    first = client.get("/", headers=key_of(users, "reader")).json()["owner"]
    users.add("reader", "staple of the harbour", replace=True)
    same = client.get("/", headers=key_of(users, "reader")).json()["owner"]
    users.remove("reader")
    users.add("reader", None)
    other = client.get("/", headers=key_of(users, "reader")).json()["owner"]
    assert first == same
    assert first != other


def test_a_name_in_a_header_is_believed_of_the_named_proxy_only(users: UserFile) -> None:
    client = client_for(users, proxy=TrustedProxy(("testclient",), "X-Remote-User"))
    assert client.get("/", headers={"x-remote-user": "editor"}).json()["user"] == "editor"
    assert client.get("/", headers={"x-remote-user": "nobody"}).status_code == 401
    # The caller behind the proxy is not the proxy.
    assert client.get("/", headers={"x-remote-user": "editor", "x-forwarded-for": "10.0.0.9"}).json()["user"] == "editor"
    stranger = client_for(users, proxy=TrustedProxy(("10.0.0.1",), "X-Remote-User"))
    assert stranger.get("/", headers={"x-remote-user": "editor"}).status_code == 401
    assert stranger.get("/", headers={"x-remote-user": "editor", "x-forwarded-for": "10.0.0.1"}).status_code == 401


def test_what_a_caller_sends_before_the_proxys_own_word_is_not_believed(users: UserFile) -> None:
    seen: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])
        await PlainTextResponse("Here.")(scope, receive, send)

    proxy = TrustedProxy(("testclient",), "X-Remote-User")
    client = TestClient(CallerAddress(application, proxy=proxy))
    # Some proxies add their word behind a comma, some in a line of its own.
    client.get("/", headers=[("x-forwarded-for", "192.0.2.66, 10.0.0.9")])
    client.get("/", headers=[("x-forwarded-for", "192.0.2.66"), ("x-forwarded-for", "10.0.0.9")])
    assert seen == ["10.0.0.9", "10.0.0.9"]
    two_names = [("x-remote-user", "administrator"), ("x-remote-user", "reader")]
    assert client_for(users, proxy=proxy).get("/", headers=two_names).status_code == 401


def test_without_users_the_token_of_the_address_lets_in() -> None:
    client = guarded(identity=BrowserIdentity(), callers=Callers(token="the-token"))
    for path in ("/", "/parley/upload/x", "/gradio_api/info", "/?token=wrong"):
        assert client.get(path).status_code == 401
    for path in ("/api/v1/documents", "/v1/models"):
        told = client.get(path, headers={"authorization": "Bearer wrong"}).json()["error"]
        assert (told["type"], "ends in a token" in told["message"]) == ("not_logged_in", True)
    answer = client.get("/?library=a&token=the-token")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?library=a")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.cookies.clear()
    headers = {"authorization": "Bearer the-token"}
    owners = [client.get("/", headers=headers).json()["owner"] for _ in range(2)]
    assert owners[0] == owners[1]
    assert owners[0] is not None
    assert client.get(f"{HOST}//evil.example/?token=the-token").headers["location"] == "/evil.example/"


def test_the_address_that_the_browser_is_started_with_lets_in_once(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever lists the processes of the machine reads it there, after the browser has used it."""
    ticket = Ticket()
    client = guarded(identity=BrowserIdentity(), callers=Callers(token="the-token", ticket=ticket))
    assert client.get(f"/?token={ticket.text}x").status_code == 401
    answer = client.get(f"/?library=a&token={ticket.text}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?library=a")
    assert client.get("/").status_code == 200
    client.cookies.clear()
    assert client.get(f"/?token={ticket.text}").status_code == 401
    assert "came a second time" in caplog.text
    assert client.get("/", headers={"authorization": f"Bearer {ticket.text}"}).status_code == 401
    assert client.get("/?token=the-token").status_code == 303


def test_no_more_of_a_body_is_taken_than_its_route_needs(users: UserFile) -> None:
    client, headers = client_for(users), key_of(users, "editor")
    for body in (b"x" * 2_000_000, iter([b"x" * 500_000] * 4)):
        assert client.post("/gradio_api/queue/join", content=body, headers=headers).status_code == 413
    assert client.post("/gradio_api/queue/join", content=b"x" * 500_000, headers=headers).json()["size"] == 500_000


def test_one_caller_is_slowed_down_and_the_others_are_not(users: UserFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BURST, "question", 5)
    monkeypatch.setitem(PER_SECOND, "question", 0.001)
    client, busy, calm = client_for(users), key_of(users, "editor"), key_of(users, "reader")
    answers = [client.post("/gradio_api/queue/join", headers=busy) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 1
    assert client.post("/gradio_api/queue/join", headers=calm).status_code == 200
    assert client.get("/", headers=busy).status_code == 200


def test_browsers_are_told_apart_and_all_of_an_address_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for values, value in ((BURST, 2), (PER_SECOND, 0.001)):
        monkeypatch.setitem(values, "question", value)
    client = guarded(identity=BrowserIdentity(), callers=Callers())

    def statuses(browser: int, times: int) -> list[int]:
        client.cookies.set("parley_browser", f"{browser:043}")
        return [client.post("/gradio_api/queue/join").status_code for _ in range(times)]

    assert statuses(1, 3) == [200, 200, 429]
    assert statuses(2, 3) == [200, 200, 429]
    # Cookies are easily made up: 6 of the 2 * 20 requests of the address are used by now.
    made_up = [status for number in range(3, 43) for status in statuses(number, 1)]
    assert made_up == [200] * (2 * CALLERS_AT_AN_ADDRESS - 6) + [429] * 6


def test_what_waits_of_one_caller_is_bounded(users: UserFile) -> None:
    sessions, application = Sessions(users), FastAPI()
    for path in ("/gradio_api/queue/join", "/gradio_api/call/check_quote"):
        application.add_api_route(path, nothing, methods=["POST"])
    made = Guards(callers=Callers(users=users), identity=UserIdentity(sessions), sessions=sessions)
    waiting = {"type": "http", "headers": [(b"cookie", f"{COOKIE}={sessions.begin('editor')}".encode())], "client": ("here", 1)}
    client = TestClient(made.around(application, lambda: [waiting] * 16), base_url=HOST)
    for name, status in (("editor", 429), ("reader", 200)):
        for path in ("/gradio_api/queue/join", "/gradio_api/call/check_quote"):
            assert client.post(path, headers=key_of(users, name)).status_code == status


def test_no_more_than_some_questions_of_one_caller_are_worked_on_at_once(users: UserFile) -> None:
    at_work: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def work(request: Request) -> PlainTextResponse:
        name = request.state.user
        at_work[name] += 1
        most[name] = max(most[name], at_work[name])
        await anyio.sleep(0.02)
        at_work[name] -= 1
        return PlainTextResponse("done")

    application = FastAPI()
    for path in ("/api/v1/check-quote", "/mcp"):
        application.add_api_route(path, work, methods=["POST", "GET"])
    sessions = Sessions(users)
    guards = Guards(identity=UserIdentity(sessions), callers=Callers(users=users), sessions=sessions)
    made = guards.around(application, tuple)
    keys = {name: key_of(users, name) for name in ("reader", "editor")}

    async def ask(method: str, path: str, *names: str) -> list[int]:
        transport = httpx.ASGITransport(made)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            asked = [client.request(method, path, headers=keys[name]) for name in names]
            return [response.status_code for response in await asyncio.gather(*asked)]

    statuses = asyncio.run(ask("POST", "/api/v1/check-quote", *["editor"] * 12, *["reader"] * 3))
    assert statuses == [200] * 15
    assert most == {"editor": WORKED_ON, "reader": 3}
    most.clear()
    # What an agent reads from stays open, and keeps none of its calls waiting.
    asyncio.run(ask("GET", "/mcp", *["editor"] * 6))
    assert most == {"editor": 6}


@pytest.mark.parametrize(("host", "status"), [("evil.example", 403), ("192.0.2.7:7860", 200), ("[::1]:7860", 200), ("desk", 200)])
def test_a_server_on_the_network_checks_its_name_too(host: str, status: int) -> None:
    application = FastAPI()
    application.add_api_route("/", nothing)
    callers = Callers(host_names=("desk",), any_address=True)
    made = Guards(identity=BrowserIdentity(), callers=callers).around(application, tuple)
    assert TestClient(made).get("/", headers={"host": host}).status_code == status


def test_another_ports_page_may_not_read(users: UserFile) -> None:
    client, headers = client_for(users), key_of(users, "reader")
    assert client.get("/config", headers={**headers, "origin": "http://127.0.0.1:9999"}).status_code == 403
    assert client.get("/config", headers={**headers, "origin": HOST}).status_code == 200


def test_our_own_pages_may_run_no_script(users: UserFile) -> None:
    policy = client_for(users).get("/views/ledger", headers=key_of(users, "reader")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe-eval" not in policy
