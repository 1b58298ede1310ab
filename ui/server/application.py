"""The web application: the chat page, the upload routes, the HTTP API and the MCP server over one assistant."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from parley.assistant import ParleyError
from parley.ui.html.where_text_goes import WithheldModel, none_withheld
from parley.ui.interfaces import ChatAssistant

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from starlette.requests import Request
    from starlette.responses import Response

    from parley.ui.access.accounts import UserFile
    from parley.ui.access.callers import Callers
    from parley.ui.access.identity import Identity
    from parley.ui.access.sessions import Sessions
    from parley.ui.library.libraries import Libraries, LibraryFolders
    from parley.ui.library.multipart import UploadLimits
    from parley.ui.server.api.state import Figures


def build_application(
    assistant: ChatAssistant,
    *,
    callers: Callers | None = None,
    others: LibraryFolders | None = None,
    withheld: WithheldModel = none_withheld,
    limits: UploadLimits | None = None,
) -> FastAPI:
    """The whole web application; its `state.closing` is an event that ends the pages' open connections.

    Args:
        assistant: answers the questions and keeps the documents of the library that is shown first.
        callers: who may call the server; whoever is on this machine, if it is left out.
        others: where further libraries lie.
        withheld: which language model the library in a folder does not permit to be asked; the page tells it.
        limits: what may be uploaded.
    """
    _keep_gradio_silent()
    from parley.ui.access.callers import Callers
    from parley.ui.access.identity import BrowserIdentity
    from parley.ui.access.sessions import Sessions, UserIdentity
    from parley.ui.library.libraries import Libraries
    from parley.ui.library.multipart import UploadLimits
    from parley.ui.page.chat import ChatPage
    from parley.ui.page.events import Desk
    from parley.ui.server.guarding import Guards, pending_of

    callers, limits = callers or Callers(), limits or UploadLimits()
    libraries = Libraries(assistant, others, withheld)
    sessions = Sessions(callers.users) if callers.users is not None else None
    identity = UserIdentity(sessions) if sessions is not None else BrowserIdentity()
    application = _with_agents(libraries)
    _add_routes(application, libraries, identity, limits)
    if callers.users is not None and sessions is not None:
        _add_login(application, callers.users, sessions)
    figures = _add_api(application, libraries, limits)
    page = ChatPage(Desk(libraries, identity), limits).build()
    guards = Guards(callers=callers, identity=identity, sessions=sessions, figures=figures)
    return guards.around(_mounted(application, page), pending_of(page))


def _with_agents(libraries: Libraries) -> FastAPI:
    """An application that has nothing yet but the MCP server, and answers errors that may be shown."""
    from fastapi import FastAPI
    from starlette.routing import Route

    from parley.ui.server.agents.mcp_server import http_manager

    agents = http_manager(lambda name: libraries.workspace(name).assistant)
    application = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan(libraries, agents))
    application.add_exception_handler(ParleyError, _told)
    application.router.routes.append(Route("/mcp", agents.asgi_app))
    return application


def _add_login(application: FastAPI, users: UserFile, sessions: Sessions) -> None:
    from parley.ui.access.login_routes import login_routes

    application.include_router(login_routes(users, sessions))


def _add_routes(application: FastAPI, libraries: Libraries, identity: Identity, limits: UploadLimits) -> None:
    """Our own routes beside the page's; those of the views also under the name of a library."""
    from parley.ui.server.change_routes import change_routes
    from parley.ui.server.conversation_routes import conversation_routes
    from parley.ui.server.library_routes import library_routes
    from parley.ui.server.upload_routes import upload_routes
    from parley.ui.views.view_routes import view_routes

    application.include_router(upload_routes(libraries, identity, limits))
    application.include_router(change_routes(libraries))
    application.include_router(library_routes(libraries, identity))
    application.include_router(conversation_routes(libraries, identity))
    application.include_router(view_routes(libraries))
    application.include_router(view_routes(libraries), prefix="/libraries/{library}")


def _add_api(application: FastAPI, libraries: Libraries, limits: UploadLimits) -> Figures:
    """The routes for programs, their description, and the figures that count them."""
    from parley.ui.server.api.chat_completions import completion_routes
    from parley.ui.server.api.description import description_routes
    from parley.ui.server.api.routes import api_routes
    from parley.ui.server.api.state import Figures, state_routes
    from parley.ui.server.api.unknown_calls import unknown_call_routes

    figures = Figures()
    routers = [api_routes(libraries, limits), completion_routes(libraries), state_routes(libraries, figures)]
    for router in routers:
        application.include_router(router)
    described = [route for router in routers for route in router.routes]
    application.include_router(description_routes(described))
    application.include_router(unknown_call_routes(described))
    return figures


def _told(_: Request, error: Exception) -> Response:
    """What a route of our own answers where an error that may be shown leaves it."""
    from starlette.responses import JSONResponse

    return JSONResponse({"error": str(error)}, 404)


def _mounted(application: FastAPI, page: gr.Blocks) -> FastAPI:
    import gradio as gr
    from starlette.routing import Mount

    from parley.ui.html.theme import head, theme
    from parley.ui.page.endpoints import answer_in_json

    mounted: FastAPI = gr.mount_gradio_app(
        application,
        page,
        path="/",
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        show_error=True,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        mcp_server=True,
        # Files come through our own route; Gradio's would keep them where any visitor may read them.
        max_file_size=1,
        allowed_paths=[],
    )
    (inner,) = [route.app for route in mounted.routes if isinstance(route, Mount) and isinstance(route.app, gr.routes.App)]
    mounted.state.closing = inner.stop_event
    answer_in_json(page.mcp_server_obj)
    return mounted


def _lifespan(
    libraries: Libraries, agents: StreamableHTTPSessionManager
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The page is usable at once; a question asked before this is done waits for it.
        libraries.workspace().warm_up()
        async with agents.run():
            yield
        libraries.close()

    return lifespan


def _keep_gradio_silent() -> None:
    """Gradio reads these when it is imported or a page is made: no usage statistics, no version check, no history of runs."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    # It sums up the times of all events after each of them, for a page that this application does not have.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
