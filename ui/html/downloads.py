"""Exports as HTTP responses, whatever is exported: conversations, answers, views."""

from __future__ import annotations

from urllib.parse import quote as percent_encoded

from fastapi import Response
from fastapi.responses import PlainTextResponse

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


def export_response(title: str, content: bytes, suffix: str, *, download: bool) -> Response:
    """The file, under its title when it is downloaded; no cache keeps it."""
    headers = {"cache-control": "no-store"}
    if download:
        name = percent_encoded(title[:80] + suffix, safe="")
        headers["content-disposition"] = f"attachment; filename=\"parley{suffix}\"; filename*=UTF-8''{name}"
    return Response(content, media_type=MEDIA_TYPES[suffix], headers=headers)


def unknown_format(suffix: str) -> Response:
    """What answers where there is no such format."""
    return PlainTextResponse(f"There is no export as {suffix}. There is: {' '.join(MEDIA_TYPES)}", 404)
