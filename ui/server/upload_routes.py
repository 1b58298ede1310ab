"""The HTTP routes for adding files: our own, because files sent through Gradio's can be read by any other visitor."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from parley.ui.access.identity import Identity
from parley.ui.library.libraries import Libraries
from parley.ui.library.multipart import MEGABYTE, ReceivedFile, UploadError, UploadLimits, UploadReader

BUSY = "Many files are waiting to be added just now. Add this one again in a minute."


def upload_routes(libraries: Libraries, identity: Identity, limits: UploadLimits) -> APIRouter:
    """`POST /parley/upload?library=NAME` takes files, `GET /parley/upload/{batch}?library=NAME` tells how far they are."""
    router = APIRouter(prefix="/parley")

    @router.post("/upload")
    async def upload(request: Request, library: str = "") -> JSONResponse:
        owner = identity.owner(request.cookies)
        if owner is None:
            return JSONResponse({"error": "Open the chat page first, then add files there."}, 403)
        refusal = refusal_by_length(request.headers.get("content-length"), limits)
        if refusal is not None:
            return JSONResponse({"error": refusal.reason}, refusal.status_code)
        queue = (await run_in_threadpool(libraries.workspace, library)).uploads
        if queue.is_full:
            return JSONResponse({"error": BUSY}, 429, headers={"retry-after": "30"})
        folder = queue.incoming_folder()
        try:
            received = await received_files(request, folder, limits)
        except UploadError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(queue.submit(owner, received, folder).as_json(), 202)

    @router.get("/upload/{batch}")
    async def upload_state(batch: str, request: Request, library: str = "") -> JSONResponse:
        owner = identity.owner(request.cookies)
        queue = (await run_in_threadpool(libraries.workspace, library)).uploads
        found = queue.batch(batch, owner) if owner is not None else None
        if found is None:
            return JSONResponse({"error": "There is no such upload."}, 404)
        return JSONResponse(found.as_json())

    return router


async def received_files(request: Request, folder: Path, limits: UploadLimits) -> list[ReceivedFile]:
    """The files of a request, stored in the folder, which is removed again if they do not all arrive."""
    reader = None
    complete = False
    try:
        reader = UploadReader(request.headers.get("content-type", ""), folder, limits)
        async for piece in request.stream():
            await run_in_threadpool(reader.write, piece)
        complete = True
    finally:
        if reader is not None:
            reader.close()
        # Also where the browser went away in the middle: nothing of a partial upload is kept.
        if not complete:
            shutil.rmtree(folder, ignore_errors=True)
    return reader.files


@dataclass(frozen=True, slots=True)
class LengthRefusal:
    """Why a request is refused before anything of it is read."""

    status_code: int
    reason: str


def refusal_by_length(length: str | None, limits: UploadLimits) -> LengthRefusal | None:
    """The refusal of an upload that is too long or does not say how long it is."""
    if length is None or not length.isdigit():
        return LengthRefusal(411, "The request does not say how long it is.")
    if int(length) > limits.total_bytes:
        return LengthRefusal(413, f"The upload is larger than {limits.total_bytes // MEGABYTE} MB. Add fewer files at a time.")
    return None
