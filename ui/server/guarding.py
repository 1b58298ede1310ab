"""The guards around the application, in the order in which a request meets them."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
from fastapi import FastAPI
from starlette.types import Scope

from parley.ui.access.callers import Callers
from parley.ui.access.door import Door, Pending
from parley.ui.access.guards import CallerCheck, ClosedRoutes, FriendlyBusy, PagePolicy
from parley.ui.access.identity import BrowserCookie, Identity
from parley.ui.access.login_gate import LoginGate
from parley.ui.access.proxy import CallerAddress
from parley.ui.access.sessions import Sessions
from parley.ui.access.start_token import TokenGate
from parley.ui.server.api.state import CallCounter, Figures
from parley.ui.server.event_stream import StreamHandover


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What stands around the application.

    Attributes:
        callers: who may call.
        identity: tells who a caller is.
        sessions: of those who are logged in; `None` where there are no users.
        figures: count the calls of programs.
    """

    callers: Callers
    identity: Identity
    sessions: Sessions | None = None
    figures: Figures | None = None

    def around(self, application: FastAPI, pending: Pending) -> FastAPI:
        """The application within its guards; the one added last sees a request first."""
        callers = self.callers
        if self.figures is not None:
            application.add_middleware(CallCounter, figures=self.figures)
        application.add_middleware(StreamHandover)
        application.add_middleware(FriendlyBusy)
        application.add_middleware(Door, identity=self.identity, pending=pending)
        application.add_middleware(ClosedRoutes)
        if self.sessions is not None and callers.users is not None:
            application.add_middleware(LoginGate, sessions=self.sessions, users=callers.users, proxy=callers.proxy)
        else:
            application.add_middleware(BrowserCookie)
            if callers.token:
                application.add_middleware(TokenGate, token=callers.token, ticket=callers.ticket)
        application.add_middleware(PagePolicy)
        application.add_middleware(CallerCheck, host_names=callers.host_names, any_address=callers.any_address)
        if callers.proxy is not None:
            application.add_middleware(CallerAddress, proxy=callers.proxy)
        return application


def pending_of(page: gr.Blocks) -> Pending:
    """The requests whose events wait in the page's queue."""

    def pending() -> list[Scope]:
        return [event.request.scope for queue in page._queue.event_queue_per_concurrency_id.values() for event in queue.queue]  # noqa: SLF001

    return pending
