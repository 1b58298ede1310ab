"""The web application: the chat page, the upload routes, the HTTP API and the MCP server over one assistant."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import ParleyError
from ui.interfaces import ChatAssistant

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from ui.conversations import ConversationStore
    from ui.multipart import UploadLimits
    from ui.uploads import UploadQueue

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Host names under which a server that listens on this machine only may be called."""

_log = logging.getLogger(__name__)


def build_application(
    assistant: ChatAssistant,
    *,
    folder: Path | None = None,
    limits: UploadLimits | None = None,
    host_names: tuple[str, ...] | None = LOOPBACK_NAMES,
) -> FastAPI:
    """The whole web application over an assistant; its `state.closing` is an event that ends the pages' open connections.

    Args:
        assistant: answers the questions and keeps the documents.
        folder: where conversations and uploaded files are kept; the library's own folder by default.
        limits: what may be uploaded.
        host_names: names under which browsers may call this server; `None` for any, when it listens to a network.
    """
    _keep_gradio_silent()
    from fastapi import FastAPI

    from ui.chat import ChatPage
    from ui.conversations import ConversationStore
    from ui.handlers import ChatHandlers
    from ui.multipart import UploadLimits
    from ui.upload_routes import upload_routes
    from ui.uploads import UploadQueue
    from ui.view_routes import view_routes

    place = folder or assistant.library.path
    limits = limits or UploadLimits()
    store = ConversationStore(place / "conversations.sqlite", assistant)
    uploads = UploadQueue(assistant, place / "uploads")
    lifespan = _lifespan(assistant, store, uploads)
    application = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    application.include_router(upload_routes(uploads, limits))
    application.include_router(view_routes(assistant))
    page = ChatPage(ChatHandlers(assistant, store, uploads), assistant, limits).build()
    return _guarded(_mounted(application, page), host_names)


def _mounted(application: FastAPI, page: gr.Blocks) -> FastAPI:
    import gradio as gr
    from starlette.routing import Mount

    from ui.endpoints import answer_in_json
    from ui.theme import head, theme

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


def _guarded(application: FastAPI, host_names: tuple[str, ...] | None) -> FastAPI:
    from ui.guards import CallerCheck, FriendlyBusy, PagePolicy
    from ui.identity import BrowserCookie

    application.add_middleware(FriendlyBusy)
    application.add_middleware(BrowserCookie)
    application.add_middleware(PagePolicy)
    application.add_middleware(CallerCheck, host_names=host_names)
    return application


def _lifespan(
    assistant: ChatAssistant, store: ConversationStore, uploads: UploadQueue
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The page is usable at once; a question asked before this is done waits for it.
        threading.Thread(target=_warm_up, args=(assistant,), name="parley-warm-up", daemon=True).start()
        yield
        uploads.close()
        store.close()

    return lifespan


def _keep_gradio_silent() -> None:
    """Gradio reads these when it is imported: no usage statistics, no version check, no history of runs."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _warm_up(assistant: ChatAssistant) -> None:
    try:
        assistant.warm_up()
    except ParleyError as error:
        # The first question says the same to the person who asks it.
        _log.warning("Could not prepare the library: %s", error)
