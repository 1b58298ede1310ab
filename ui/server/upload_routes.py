"""The HTTP routes for adding files: our own, because files sent through Gradio's can be read by any other visitor."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from parley.ui.access.identity import Identity
from parley.ui.library.libraries import Libraries
from parley.ui.library.multipart import MEGABYTE, ReceivedFile, UploadError, UploadLimits, UploadReader
from parley.ui.library.upload_batch import Choice, UploadBatch
from parley.ui.library.upload_line import UploadsFullError
from parley.ui.library.uploads import UploadQueue

Answered = Literal["replace", "keep_both", "cancel"]
"""What becomes of a file whose name is taken."""

Beforehand = Literal["ask", "replace", "keep_both"]

_Library = Annotated[str, Query(max_length=200)]


def upload_routes(libraries: Libraries, identity: Identity, limits: UploadLimits) -> APIRouter:
    """`POST /parley/upload?library=NAME` takes files, `GET /parley/upload/{batch}?library=NAME` tells how far they are.

    A file whose name is taken comes to the state "asked", and `POST /parley/upload/{batch}/{number}?choice=…` says what becomes
    of it: replace, keep_both or cancel. `if_exists=replace` or `keep_both` with the upload says so beforehand.
    `GET /parley/uploads` lists the caller's uploads that are not at their end, and those whose end was not sent yet.
    """
    router = APIRouter(prefix="/parley")
    desk = _UploadDesk(libraries, identity, limits)

    @router.post("/upload")
    async def upload(request: Request, library: _Library = "", if_exists: Beforehand = "ask") -> JSONResponse:
        return await desk.take(request, library, if_exists)

    @router.get("/uploads")
    def uploads(request: Request, library: _Library = "") -> JSONResponse:
        owner = identity.owner(request.cookies)
        found = libraries.workspace(library).uploads.untold(owner) if owner is not None else []
        return JSONResponse({"uploads": [batch.shown() for batch in found]})

    @router.get("/upload/{batch}")
    def upload_state(batch: str, request: Request, library: _Library = "") -> JSONResponse:
        _, found = desk.find(request, library, batch)
        return JSONResponse(found.shown()) if found is not None else _no_such_upload()

    @router.post("/upload/{batch}/{number}")
    def decide(batch: str, number: int, request: Request, choice: Answered, library: _Library = "") -> JSONResponse:
        queue, found = desk.find(request, library, batch)
        if found is None:
            return _no_such_upload()
        done = queue.refuse(found, number) if choice == "cancel" else queue.decide(found, number, choice)
        return JSONResponse(found.shown()) if done else JSONResponse({"error": "Nothing is asked about that file."}, 409)

    return router


class _UploadDesk:
    """Takes uploads, and finds those of the caller."""

    def __init__(self, libraries: Libraries, identity: Identity, limits: UploadLimits) -> None:
        self._libraries = libraries
        self._identity = identity
        self._limits = limits

    def find(self, request: Request, library: str, batch: str) -> tuple[UploadQueue, UploadBatch | None]:
        """The queue of a library, and the upload of that id if it is the caller's."""
        owner = self._identity.owner(request.cookies)
        queue = self._libraries.workspace(library).uploads
        return queue, queue.batch(batch, owner) if owner is not None else None

    async def take(self, request: Request, library: str, if_exists: Beforehand) -> JSONResponse:
        """Store the files of a request and have them added."""
        owner = self._identity.owner(request.cookies)
        if owner is None:
            return JSONResponse({"error": "Open the chat page first, then add files there."}, 403)
        refusal = refusal_by_length(request.headers.get("content-length"), self._limits)
        if refusal is not None:
            return JSONResponse({"error": refusal.reason}, refusal.status_code)
        queue = (await run_in_threadpool(self._libraries.workspace, library)).uploads
        choice: Choice = "" if if_exists == "ask" else if_exists
        who = self._identity.user(request.cookies)
        folder = None
        try:
            folder = await run_in_threadpool(queue.admit, who or owner, announced(request))
            received = await received_files(request, folder, self._limits)
            batch = await run_in_threadpool(partial(queue.submit, owner, received, folder, choice=choice, who=who))
        except UploadsFullError as error:
            return JSONResponse({"error": str(error)}, 429, headers={"retry-after": "30"})
        except UploadError as error:
            return JSONResponse({"error": str(error)}, 400)
        except OSError as error:
            return JSONResponse({"error": not_stored(error)}, 507)
        finally:
            if folder is not None:
                queue.arrived(folder)
        return JSONResponse(batch.as_json(), 202)


def announced(request: Request) -> int:
    """Bytes that a request says it brings, once `refusal_by_length` has found that it does."""
    return int(request.headers["content-length"])


def not_stored(error: OSError) -> str:
    """What is told where the disk takes no upload."""
    return f"The upload cannot be stored ({error.strerror or error}). Make room on the server's disk, then send it again."


def _no_such_upload() -> JSONResponse:
    return JSONResponse({"error": "There is no such upload."}, 404)


async def received_files(request: Request, folder: Path, limits: UploadLimits) -> list[ReceivedFile]:
    """The files of a request, stored in the folder, which is removed again if they do not all arrive."""
    reader = None
    complete = False
    try:
        reader = UploadReader(request.headers.get("content-type", ""), folder, limits)
        async for piece in request.stream():
            await run_in_threadpool(reader.write, piece)
        reader.finish()
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
