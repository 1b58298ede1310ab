"""Logging in and out: `GET` and `POST /login`, `POST /logout`."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from parley.ui.access.accounts import UserFile
from parley.ui.access.attempts import AttemptLimit
from parley.ui.access.known_browsers import KNOWN_COOKIE, KNOWN_SECONDS, came_in_before, known_mark, network_of
from parley.ui.access.login_page import login_page
from parley.ui.access.sessions import COOKIE, LONGEST_SECONDS, Sessions

WINDOW_SECONDS = 900.0
ATTEMPTS_BY_NAME, ATTEMPTS_BY_ADDRESS = 10, 50
"""In `WINDOW_SECONDS`, for a name from one address, and from one address for all names: several people may share one."""

ATTEMPTS_BY_NAME_EVERYWHERE = 100
"""For a name from all addresses and browsers in which its user never came in."""

_WELCOME_KEPT = 10_000

_LONGEST_BODY = 8_192
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]{0,1000}")
"""A path of this server: printable ASCII without backslashes, which browsers take for slashes."""

_WRONG = "That name and that password do not belong together."


def login_routes(users: UserFile, sessions: Sessions) -> APIRouter:
    """The routes; a wrong name and a wrong password are told apart neither in words nor in time."""
    router = APIRouter()
    desk = LoginDesk(users, sessions)

    @router.get("/login")
    def show(next: str = "/") -> HTMLResponse:  # noqa: A002  (the name in the address)
        return _page("", _local(next))

    @router.post("/login")
    async def log_in(request: Request) -> Response:
        return await desk.log_in(request)

    @router.post("/logout")
    def log_out(request: Request) -> Response:
        return desk.log_out(request)

    return router


class LoginDesk:
    """Begins and ends sessions, and counts the attempts that fail."""

    def __init__(self, users: UserFile, sessions: Sessions) -> None:
        self._users = users
        self._sessions = sessions
        self._by_pair = AttemptLimit(ATTEMPTS_BY_NAME, WINDOW_SECONDS)
        self._by_name = AttemptLimit(ATTEMPTS_BY_NAME_EVERYWHERE, WINDOW_SECONDS)
        self._welcome: OrderedDict[str, None] = OrderedDict()
        self._by_address = AttemptLimit(ATTEMPTS_BY_ADDRESS, WINDOW_SECONDS)

    async def log_in(self, request: Request) -> Response:
        """Go on with a session to the address in the form, or show the page again with what is wrong."""
        form = await _form(request)
        # "username" is what Gradio's client for Python sends.
        is_program = "username" in form
        name, goal = (form.get("name") or form.get("username", "")).strip(), _local(form.get("next", "/"))
        address = network_of(request.client.host) if request.client else ""
        # A blocked address counts against no name, and a name is blocked for an address: nobody locks another one out.
        pair = f"{name}\0{address}"
        wait = self._by_address.wait(address) or self._by_pair.wait(pair)
        if not wait and pair not in self._welcome and not came_in_before(request.cookies, name, self._users.fingerprint(name)):
            # Guessing from many addresses; who came in from theirs or in this browser before is not held up by it.
            wait = self._by_name.wait(name)
        if wait:
            return _too_many(wait, goal)
        if not await run_in_threadpool(self._users.verify, name, form.get("password", "")):
            return _page(_WRONG, goal, 401)
        self._by_pair.forget(pair)
        self._by_name.take_back(name)
        self._by_address.take_back(address)
        self._remember(pair)
        self._sessions.end(request.cookies)
        response = JSONResponse({"success": True}) if is_program else RedirectResponse(goal, 303)
        return self._welcomed(response, name, secure=request.url.scheme == "https")

    def log_out(self, request: Request) -> Response:
        """End the session and go to the page for logging in."""
        self._sessions.end(request.cookies)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return response

    def _remember(self, pair: str) -> None:
        self._welcome[pair] = None
        self._welcome.move_to_end(pair)
        while len(self._welcome) > _WELCOME_KEPT:
            self._welcome.popitem(last=False)

    def _welcomed(self, response: Response, name: str, *, secure: bool) -> Response:
        token, seconds = self._sessions.begin(name), int(LONGEST_SECONDS)
        response.set_cookie(COOKIE, token, max_age=seconds, httponly=True, samesite="lax", secure=secure)
        mark = known_mark(name, self._users.fingerprint(name) or "")
        response.set_cookie(KNOWN_COOKIE, mark, max_age=KNOWN_SECONDS, httponly=True, samesite="lax", secure=secure)
        return response


def _too_many(wait: float, goal: str) -> Response:
    minutes = math.ceil(wait / 60)
    told = f"Too many attempts. Try again in {minutes} minute{'' if minutes == 1 else 's'}."
    return _page(told, goal, 429, {"retry-after": str(math.ceil(wait))})


def _page(problem: str, goal: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(login_page(problem, goal), status, {"cache-control": "no-store", **(headers or {})})


def _local(goal: str) -> str:
    """The address to go on to, as long as it is one of this server's."""
    return goal if _LOCAL.fullmatch(goal) else "/"


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            return {}
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:  # more fields than our form has
        return {}
    return {name: values[0] for name, values in fields.items()}
