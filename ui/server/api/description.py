"""`/openapi.json` and `/docs`: the API described under our own name, with a page that loads nothing from elsewhere."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from parley.ui.server.api.described_answers import with_answers

_ABOUT = (
    "Ask negotiation documents, and read who said what in their own words. Offsets are half-open character positions in a "
    'document\'s text. Errors are `{"error": {"type": …, "message": …}}` with a status of 4xx or 5xx.'
)
_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon.png": "image/png"}


def description_routes(described: list[BaseRoute]) -> APIRouter:
    """The description of these routes, and the page to read it and try them."""
    router = APIRouter(include_in_schema=False)
    told = with_answers(get_openapi(title="Parley", version=version("parley-qa"), description=_ABOUT, routes=described))

    @router.get("/openapi.json")
    def openapi() -> JSONResponse:
        return JSONResponse(told)

    @router.get("/docs")
    def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title="Parley: HTTP API",
            swagger_js_url="docs/swagger-ui-bundle.js",
            swagger_css_url="docs/swagger-ui.css",
            swagger_favicon_url="docs/favicon.png",
        )

    @router.get("/docs/{name}")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            return Response("There is nothing here.", 404)
        # Brought along by a package, as the page must work without the network.
        return Response((files("fastapi_offline") / "static" / name).read_bytes(), media_type=_ASSETS[name])

    return router
