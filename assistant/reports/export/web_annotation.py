"""W3C Web Annotations: each quotation by its words with those around them, and by its place in the document's text.

Each thing has an id, which is the same whenever the same is exported: programs that take in an export twice know it again.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote as percent_encoded
from uuid import NAMESPACE_URL, uuid5

from parley.assistant.reports.export.record import Record, Reference
from parley.index.types import Document, Span

_AROUND = 32
"""Characters before and after the quotation that tell it from the same words elsewhere; as many as most programs write."""


def to_web_annotations(record: Record) -> bytes:
    """A collection with an annotation for each reference; a quotation of several parts has a target for each. UTF-8, JSON-LD."""
    items = [_annotation(reference) for reference in record.references]
    whole = _id(record.title, *(item["id"] for item in items))
    particulars = [(label, value) for label, value in record.particulars if label != "Offsets"]
    told = [*particulars, *(pair for entry in record.entries for pair in entry.particulars)]
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"dcterms": "http://purl.org/dc/terms/"}],
        "id": whole,
        "type": "AnnotationCollection",
        "label": record.title,
        "dcterms:description": [f"{label}: {value}" for label, value in told],
        "total": len(items),
        "first": {"id": _id(whole, "first page"), "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _annotation(reference: Reference) -> dict[str, Any]:
    targets = [_target(reference.document, span) for span in reference.spans]
    places = [f"{span.start}-{span.end}" for span in reference.spans]
    return {
        "id": _id(_address(reference.document), reference.document.id, *places, str(reference.number), reference.attribution),
        "type": "Annotation",
        "motivation": "identifying" if reference.kind == "nearest" else "describing",
        "body": {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": f"{reference.attribution}. {reference.source}",
        },
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _id(*parts: str) -> str:
    """A name made of what tells a thing from all others (RFC 9562, version 5)."""
    return uuid5(NAMESPACE_URL, "\n".join(parts).encode("utf-8", "backslashreplace").decode("utf-8")).urn


def _target(document: Document, span: Span) -> dict[str, Any]:
    text = document.text
    quotation = {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "source": _address(document),
        "dcterms:title": document.title,
        "dcterms:identifier": document.id,
        "selector": [quotation, place],
    }


def _address(document: Document) -> str:
    """The bytes that the document was made from, by their digest (RFC 6920); without one, the document's id."""
    if not document.sha256:
        return f"urn:parley:document:{percent_encoded(document.id, safe='')}"
    digest = urlsafe_b64encode(bytes.fromhex(document.sha256)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{digest}"
