"""Every route of the server: who may use it, how large its body may be, and how much work one request of it is.

The table is the one door: a route that is not in it is shut to everybody. A test holds the table against the routes there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.ui.access.roles import Role

Work = Literal["asset", "page", "question", "change"]
"""What a request costs: a file of the page; showing something; reading the documents to answer; changing the library."""

KILOBYTE, MEGABYTE = 2**10, 2**20


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for the requests whose method and path fit.

    Attributes:
        methods: apart by spaces.
        path: a regular expression for the whole path.
        role: the least that may use it; `None` is for everybody, logged in or not.
        body: most bytes of a request's body.
    """

    methods: str
    path: str
    role: Role | None
    work: Work = "page"
    body: int = 64 * KILOBYTE


_QUESTION_BODY = 1 * MEGABYTE
"""Bytes of a question with its history, or of a quotation; ten times what their lengths in characters allow."""

UPLOAD_BODY = 501 * MEGABYTE
"""Bytes; the upload's own limits are told in its own words before this one is reached."""

RULES: tuple[Rule, ...] = (
    Rule("GET HEAD POST", r"/login", None, body=8 * KILOBYTE),
    Rule("POST", r"/logout", None),
    Rule("GET HEAD", r"/", "reader"),
    Rule("POST", r"(/libraries/[^/]+)?/views/lists", "editor", "change", 2 * MEGABYTE),
    Rule("GET HEAD", r"(/libraries/[^/]+)?/views/[^/]+(/export\.[\w.]+)?", "reader", "question"),
    Rule("GET HEAD", r"/libraries/[^/]+/", "reader"),
    Rule("POST", r"/parley/libraries", "editor", "change"),
    Rule("GET HEAD", r"/parley/conversations/[^/]+/(brief|export\.[\w.]+)", "reader"),
    Rule("GET HEAD", r"/parley/answers/\d+/export\.[\w.]+", "reader"),
    Rule("POST", r"/parley/upload", "editor", "change", UPLOAD_BODY),
    Rule("POST", r"/parley/upload/[^/]+/\d+", "editor", "change"),
    Rule("GET HEAD", r"/parley/upload(s|/[^/]+)", "editor"),
    Rule("GET HEAD", r"/parley/changes", "administrator"),
    # Programs: reading and asking here, changing what is in a library with PUT, PATCH and DELETE or below documents.
    Rule("POST", r"/api/v\d+/documents/files", "editor", "change", UPLOAD_BODY),
    Rule("POST PUT PATCH DELETE", r"/api/v\d+/(.*/)?(documents|libraries)(/.*)?", "editor", "change", 32 * MEGABYTE),
    Rule("GET HEAD", r"/api/v\d+/.*", "reader"),
    Rule("POST", r"/(api/)?v\d+/.*", "reader", "question", _QUESTION_BODY),
    Rule("GET HEAD", r"/v\d+/.*", "reader"),
    Rule("GET POST DELETE HEAD", r"/mcp", "reader", "question", _QUESTION_BODY),
    Rule("GET HEAD", r"/health", None),
    Rule("GET HEAD", r"/(ready|openapi\.json|docs(/.*)?)", "reader"),
    Rule("GET HEAD", r"/metrics", "administrator"),
    # Gradio's own, as far as the page, the HTTP API and the MCP server use them; what changes the library is checked by the
    # event's own handler, since all events come through one route.
    Rule("POST", r"/(gradio_api/)?(queue/join|(run|api|call)/.*)", "reader", "question", _QUESTION_BODY),
    Rule("GET POST DELETE HEAD", r"/gradio_api/mcp(/.*)?", "reader", "question", _QUESTION_BODY),
    Rule("POST", r"/(gradio_api/)?(cancel|reset|queue/.*)/?", "reader"),
    Rule("GET HEAD", r"/(gradio_api/)?(queue/.*|call/.*|heartbeat/.*|info|openapi\.json|startup-events|app_id)/?", "reader"),
    Rule(
        "GET HEAD",
        r"/(gradio_api/)?(config|theme\.css|login_check|user|token|robots\.txt|favicon\.ico|manifest\.json)/?",
        "reader",
    ),
    Rule("GET HEAD", r"/(static|assets|custom_component|_app)/.*", "reader", "asset"),
)


def rule_for(method: str, path: str) -> Rule | None:
    """The first rule that fits a request; `None` where the door is shut."""
    return next((rule for rule in RULES if method in rule.methods.split() and _pattern(rule.path).fullmatch(path)), None)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(path, re.DOTALL)
