"""What the tools give back, as JSON schemas: the fields that agents rely on; there may be more."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
_OFFSET: Schema = {"type": "integer", "minimum": 0}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_NOTICES: Schema = {**_list(_TEXT), "description": "What is to be known beside it. Pass it on."}


DOCUMENT = _object(
    {
        "id": _TEXT,
        "title": _TEXT,
        "outlet": _TEXT_OR_NONE,
        "author": _TEXT_OR_NONE,
        "date": _TEXT_OR_NONE,
        "language": _TEXT_OR_NONE,
    }
)

CITATION = _object(
    {
        "marker": {"type": "integer"},
        "document": DOCUMENT,
        "start": _OFFSET,
        "end": _OFFSET,
        "quote": {**_TEXT, "description": "Verbatim: the characters from start to end of the document."},
        "page": _TEXT_OR_NONE,
        "attribution": {**_TEXT, "description": "Who said it and how, in a line for people."},
        "statement": {
            "type": ["object", "null"],
            "description": "Speaker, role, relay, standing …; null is the document's own voice.",
        },
        "verified": {"type": "boolean"},
    }
)

ANSWER = _object(
    {
        "schema_version": {"type": "integer"},
        "question": _TEXT,
        "standalone_question": _TEXT,
        "text": {**_TEXT, "description": "The answer; [1] points to the citation with that marker."},
        "status": {
            "enum": [
                *("answered", "partly", "accounts_differ", "premise_not_found"),
                *("not_in_documents", "out_of_scope", "conversational"),
            ]
        },
        "abstained": {"type": "boolean", "description": "Whether the documents do not answer. Then say so; do not fill in."},
        "citations": _list(CITATION),
        "nearest": _list(CITATION),
        "notices": _NOTICES,
    }
)

HITS = _object(
    {
        "schema_version": {"type": "integer"},
        "query": _TEXT,
        "hits": _list(
            _object(
                {
                    "rank": {"type": "integer"},
                    "similarity": {"type": ["number", "null"]},
                    "document_id": _TEXT,
                    "title": _TEXT,
                    "start": _OFFSET,
                    "end": _OFFSET,
                    "page": _TEXT_OR_NONE,
                    "text": _TEXT,
                }
            )
        ),
    }
)

QUOTE_CHECK = _object(
    {
        "schema_version": {"type": "integer"},
        "quote": _TEXT,
        "speaker": _TEXT_OR_NONE,
        "verdict": {
            **_TEXT,
            "description": "exact, same_words, altered, other_speaker, words_found_speaker_unknown or not_found.",
        },
        "message": _TEXT,
        "citations": _list(CITATION),
        "notices": _NOTICES,
    }
)

_STATEMENT = _object(
    {
        "quote": _TEXT,
        "attribution": _TEXT,
        "speaker": _TEXT_OR_NONE,
        "party": _TEXT_OR_NONE,
        "status": _TEXT,
        "document_id": _TEXT,
        "title": _TEXT,
        "date": _TEXT_OR_NONE,
    }
)

STATEMENTS = _object(
    {
        "schema_version": {"type": "integer"},
        "statements": _list(_STATEMENT),
        "left_out": {"type": "integer"},
        "notices": _NOTICES,
    }
)

POSITIONS = _object(
    {
        "schema_version": {"type": "integer"},
        "issues": _list(_TEXT),
        "rows": _list(
            _object({"party": _TEXT, "cells": _list(_object({"issue": _TEXT, "statements": _list(_STATEMENT)}))}),
        ),
        "notices": _NOTICES,
    }
)

COMPARISON = _object(
    {
        "schema_version": {"type": "integer"},
        "old": {"type": "object"},
        "new": {"type": "object"},
        "kept": {"type": "number", "description": "Share of the shorter version's words that stand in the other one, 0 to 1."},
        "changes": _list(
            _object({"kind": {"enum": ["changed", "renumbered", "moved", "added", "deleted"]}, "provision": _TEXT}),
        ),
    }
)

DOCUMENTS = _object(
    {
        "schema_version": {"type": "integer"},
        "documents": _list(DOCUMENT),
        "has_current_statements": {
            "type": "boolean",
            "description": "False where another version of Parley found who says what.",
        },
    }
)
