"""`/api/v1`: ask, search, check-quote, statements, positions and documents, with the same answers as everywhere else."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import asdict, replace
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from parley.assistant import AddReport
from parley.assistant.particulars import SCHEMA_VERSION, document_json
from parley.assistant.serialization import (
    answer_json,
    cited_statement_json,
    entry_json,
    hits_json,
    position_table_json,
    quote_check_json,
)
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.libraries import Libraries
from parley.ui.library.multipart import UploadError, UploadLimits
from parley.ui.library.upload_batch import Choice
from parley.ui.library.upload_line import UploadsFullError
from parley.ui.server.api.failures import ReportingRoute, failure
from parley.ui.server.api.requests import (
    AddRequest,
    AskRequest,
    CheckQuoteRequest,
    CompareRequest,
    PositionsRequest,
    SearchRequest,
    StatementPageRequest,
)
from parley.ui.server.api.streaming import event_stream
from parley.ui.server.upload_routes import announced, not_stored, received_files, refusal_by_length

Json = dict[str, Any]


def api_routes(libraries: Libraries, limits: UploadLimits) -> APIRouter:
    """All routes; their docstrings are what the description of the API tells."""
    router = APIRouter(prefix="/api/v1", route_class=ReportingRoute)
    _add_questions(router, libraries)
    _add_statements(router, libraries)
    _add_reading(router, libraries)
    _add_keeping(router, libraries)
    _add_files(router, libraries, limits)
    return router


def _add_questions(router: APIRouter, libraries: Libraries) -> None:
    @router.post("/ask", tags=["questions"], response_model=None)
    def ask(asked: AskRequest) -> Json | StreamingResponse:
        """Answer a question with verbatim, attributed and verified quotations.

        `status` tells how far the documents answer. With `stream`, the events are `searching`, `sentence` (each once it is
        checked), `drafting` and `withdrawn` where a language model writes, and at the end `answer`, or `error`.
        """
        assistant = _assistant(libraries, asked.library)
        narrowed, before = asked.filter(assistant), asked.conversation()
        if asked.stream:
            return event_stream(assistant.stream(asked.question, conversation=before, filter=narrowed))
        return answer_json(assistant.ask(asked.question, conversation=before, filter=narrowed))

    @router.post("/search", tags=["questions"])
    def search(wanted: SearchRequest) -> Json:
        """Find the passages that fit best, best first, without answering. `similarity` is the cosine, from -1 to 1."""
        assistant = _assistant(libraries, wanted.library)
        hits = assistant.search(wanted.query, k=wanted.k, filter=wanted.filter(assistant))
        told = hits_json(hits, assistant.document)
        return {"schema_version": SCHEMA_VERSION, "query": wanted.query, "hits": told}

    @router.post("/check-quote", tags=["questions"])
    def check_quote(checked: CheckQuoteRequest) -> Json:
        """Tell whether the documents hold a quotation word for word, and whether that speaker said it."""
        assistant = _assistant(libraries, checked.library)
        found = quote_check_json(assistant.check_quote(checked.quote, speaker=checked.speaker or None))
        return found | {"notices": list(assistant.notices)}


def _add_statements(router: APIRouter, libraries: Libraries) -> None:
    @router.post("/statements", tags=["statements"])
    def statements(wanted: StatementPageRequest) -> Json:
        """List who said what, in order of document and position.

        With `limit` only so many are read and told; `next_offset` is where the rest begins, and null where there is none.
        """
        limit, assistant = wanted.limit, _assistant(libraries, wanted.library)
        found = assistant.cited_statements(filter=wanted.filter(), offset=wanted.offset, limit=limit + 1 if limit else None)
        return {
            "schema_version": SCHEMA_VERSION,
            "statements": [cited_statement_json(item) for item in found[:limit]],
            "next_offset": wanted.offset + limit if limit and len(found) > limit else None,
            "notices": list(assistant.notices),
        }

    @router.post("/positions", tags=["statements"])
    def positions(wanted: PositionsRequest) -> Json:
        """Set out what each party is reported to have said on each issue; a cell without a statement is empty."""
        assistant = _assistant(libraries, wanted.library)
        table = assistant.positions(filter=wanted.filter(), issues=wanted.issues)
        return {"schema_version": SCHEMA_VERSION, **position_table_json(table), "notices": list(assistant.notices)}

    @router.post("/compare", tags=["statements"])
    def compare(wanted: CompareRequest) -> Json:
        """Set two versions of a text beside each other: what was added, deleted, changed or moved, in the words of both."""
        return wanted.compared(_assistant(libraries, wanted.library))


def _add_reading(router: APIRouter, libraries: Libraries) -> None:
    @router.get("/documents", tags=["documents"])
    def documents(library: str = "") -> Json:
        """List the documents without their texts, in the order in which they were added.

        `has_current_statements` is false where another version of Parley found who says what: `POST /documents/extract` finds it
        anew.
        """
        assistant = _assistant(libraries, library)
        listed = [entry_json(entry) for entry in assistant.entries()]
        return {
            "schema_version": SCHEMA_VERSION,
            "documents": listed,
            "has_current_statements": assistant.has_current_statements,
        }

    @router.get("/documents/{document_id:path}", tags=["documents"])
    def document(document_id: str, library: str = "") -> Json:
        """One document with its text, to which all offsets refer."""
        found = _assistant(libraries, library).document(document_id)
        return {"schema_version": SCHEMA_VERSION, **document_json(found), "text": found.text}


def _add_keeping(router: APIRouter, libraries: Libraries) -> None:
    @router.post("/documents", tags=["documents"])
    def add(given: AddRequest, request: Request) -> Json:
        """Add documents given as text. One whose id another text has is refused, unless `if_exists` is `replace`."""
        workspace = libraries.workspace(given.library)
        wanted, refused = given.split(workspace.assistant)
        report = workspace.assistant.add_documents(wanted)
        report = replace(report, refused=(*report.refused, *refused))
        for name in report.added:
            workspace.changes.note(_who(request), "added", name)
        for name in report.updated:
            workspace.changes.note(_who(request), "replaced", name)
        return _report_json(report)

    @router.post("/documents/extract", tags=["documents"])
    def extract(request: Request, library: str = "") -> Json:
        """Find anew who says what in all documents, as after an upgrade; returns how many documents there are."""
        workspace = libraries.workspace(library)
        count = workspace.assistant.renew_statements()
        workspace.changes.note(_who(request), "extracted anew", "", f"{count} documents")
        return {"schema_version": SCHEMA_VERSION, "documents": count}

    @router.delete("/documents/{document_id:path}", tags=["documents"])
    def remove(document_id: str, request: Request, library: str = "") -> Json:
        """Forget a document: its text, passages, statements and vectors leave the disk."""
        workspace = libraries.workspace(library)
        removed = workspace.assistant.remove(document_id)
        workspace.uploads.forget_file(removed)
        workspace.changes.note(_who(request), "removed", removed.id)
        return {"schema_version": SCHEMA_VERSION, "removed": removed.id}


def _add_files(router: APIRouter, libraries: Libraries, limits: UploadLimits) -> None:
    @router.post("/documents/files", tags=["documents"], openapi_extra=_FILES)
    async def add_files(
        request: Request, library: str = "", if_exists: Literal["refuse", "replace", "keep_both"] = "refuse"
    ) -> JSONResponse:
        """Add files of any format that Parley reads, sent as a form; they are kept in the library's folder.

        A file whose name is taken is refused, unless `if_exists` says that it replaces that one, or that both are kept.
        """
        refusal = refusal_by_length(request.headers.get("content-length"), limits)
        if refusal is not None:
            return failure(refusal.status_code, "too_large", refusal.reason)
        queue = (await run_in_threadpool(libraries.workspace, library)).uploads
        choice: Choice = "" if if_exists == "refuse" else if_exists
        folder = None
        try:
            # In the library's folder, from where a file can be moved to its place in one step.
            folder = await run_in_threadpool(queue.admit, _who(request), announced(request))
            received = await received_files(request, folder, limits)
            # Not in a thread of the pool, of which those who wait would leave none for questions.
            told = await asyncio.wrap_future(queue.add_now(received, folder, choice=choice, who=_who(request)))
        except UploadsFullError as error:
            return failure(429, "too_many_requests", str(error), {"retry-after": "30"})
        except UploadError as error:
            return failure(400, "invalid_request", str(error))
        except OSError as error:
            return failure(507, "not_stored", not_stored(error))
        finally:
            if folder is not None:
                queue.arrived(folder)
                await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
        return JSONResponse({"schema_version": SCHEMA_VERSION, "files": told})


_FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


def _assistant(libraries: Libraries, library: str) -> ChatAssistant:
    return libraries.workspace(library).assistant


def _who(request: Request) -> str:
    """The user's name, as the door told it; "" on a server without users."""
    return str(getattr(request.state, "user", ""))


def _report_json(report: AddReport) -> Json:
    return {"schema_version": SCHEMA_VERSION, **asdict(report)}
