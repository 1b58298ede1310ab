"""The HTTP routes for adding files: our own, because files sent through Gradio's can be read by any other visitor."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from ui.identity import owner_from
from ui.multipart import MEGABYTE, UploadError, UploadLimits, UploadReader
from ui.uploads import UploadQueue


def upload_routes(queue: UploadQueue, limits: UploadLimits) -> APIRouter:
    """`POST /parley/upload` takes files, `GET /parley/upload/{batch}` tells how far they are."""
    router = APIRouter(prefix="/parley")

    @router.post("/upload")
    async def upload(request: Request) -> JSONResponse:
        owner = owner_from(request.cookies)
        if owner is None:
            return JSONResponse({"error": "Open the chat page first, then add files there."}, 403)
        refusal = _refusal_by_length(request.headers.get("content-length"), limits)
        if refusal is not None:
            return refusal
        folder = queue.incoming_folder()
        complete = False
        try:
            reader = UploadReader(request.headers.get("content-type", ""), folder, limits)
            try:
                async for piece in request.stream():
                    await run_in_threadpool(reader.write, piece)
                complete = True
            finally:
                reader.close()
        except UploadError as error:
            complete = False
            return JSONResponse({"error": str(error)}, 400)
        finally:
            # Also where the browser went away in the middle: nothing of a partial upload is kept.
            if not complete:
                shutil.rmtree(folder, ignore_errors=True)
        return JSONResponse(queue.submit(owner, reader.files, folder).as_json(), 202)

    @router.get("/upload/{batch}")
    async def upload_state(batch: str, request: Request) -> JSONResponse:
        owner = owner_from(request.cookies)
        found = queue.batch(batch, owner) if owner is not None else None
        if found is None:
            return JSONResponse({"error": "There is no such upload."}, 404)
        return JSONResponse(found.as_json())

    return router


def _refusal_by_length(length: str | None, limits: UploadLimits) -> JSONResponse | None:
    if length is None or not length.isdigit():
        return JSONResponse({"error": "The request does not say how long it is."}, 411)
    if int(length) > limits.total_bytes:
        return JSONResponse(
            {"error": f"The upload is larger than {limits.total_bytes // MEGABYTE} MB. Add fewer files at a time."}, 413
        )
    return None
