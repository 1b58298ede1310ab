"""What the description of the API tells of answers: the form of each, how errors look, and that a token or key is needed.

The forms are those that agents are told; a client that is made from the description so knows the fields it may rely on.
"""

from __future__ import annotations

from typing import Any

from parley.ui.server.agents import schemas

Json = dict[str, Any]

_ERROR: Json = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {"type": {"type": "string"}, "message": {"type": "string"}},
            "required": ["type", "message"],
        }
    },
    "required": ["error"],
}
_PAGE_OF_STATEMENTS: Json = {
    "type": "object",
    "properties": {
        **{name: form for name, form in schemas.STATEMENTS["properties"].items() if name != "left_out"},
        "next_offset": {"type": ["integer", "null"], "description": "Where the rest begins; null where there is none."},
    },
    "required": ["schema_version", "statements", "next_offset", "notices"],
}
_FORMS: Json = {
    "Error": _ERROR,
    "Answer": schemas.ANSWER,
    "Hits": schemas.HITS,
    "QuoteCheck": schemas.QUOTE_CHECK,
    "Statements": _PAGE_OF_STATEMENTS,
    "Positions": schemas.POSITIONS,
    "Comparison": schemas.COMPARISON,
    "Documents": schemas.DOCUMENTS,
}
_ANSWERS = {
    ("post", "/api/v1/ask"): "Answer",
    ("post", "/api/v1/search"): "Hits",
    ("post", "/api/v1/check-quote"): "QuoteCheck",
    ("post", "/api/v1/statements"): "Statements",
    ("post", "/api/v1/positions"): "Positions",
    ("post", "/api/v1/compare"): "Comparison",
    ("get", "/api/v1/documents"): "Documents",
}
_ERRORS = {
    "401": "No token or key.",
    "403": "A role that may not.",
    "404": "Something of that id or name does not exist.",
    "422": "A field is missing, unknown or out of range.",
    "429": "Too much at once: try again after Retry-After.",
    "503": "The models are still being loaded, or the file of users cannot be read.",
}
_ERRORS_OF_CHANGES = {"409": "Another process is writing.", "413": "An upload above the limit."}
_ERRORS_OF_ASKING = {"502": "The language model did not answer."}
_OPEN = "/health"
_NOT_OURS = ("HTTPValidationError", "ValidationError")
"""FastAPI's forms of errors, in place of which ours come."""


def with_answers(told: Json) -> Json:
    """The description with the forms of answers and errors, and with the way in."""
    told = {**told, "security": [{"bearer": []}]}
    parts = told.setdefault("components", {})
    parts["schemas"] = {name: form for name, form in parts.get("schemas", {}).items() if name not in _NOT_OURS} | _FORMS
    parts["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "The token of the server's address, or a key of a user's."}
    }
    for path, calls in told["paths"].items():
        for method, call in calls.items():
            _describe(call, method, path)
    return told


def _describe(call: Json, method: str, path: str) -> None:
    if path == _OPEN:
        call["security"] = []
        return
    responses = call.setdefault("responses", {})
    form = _ANSWERS.get((method, path))
    if form is not None:
        responses["200"] = _response(responses.get("200", {}).get("description", "Successful Response"), form)
    if path == "/api/v1/ask":
        responses["200"]["content"]["text/event-stream"] = {"schema": {"type": "string"}}
    errors = _ERRORS | (_ERRORS_OF_ASKING if path.endswith(("/ask", "/completions")) else {})
    if "/documents" in path and method != "get":
        errors |= _ERRORS_OF_CHANGES
    responses |= {status: _response(told, "Error") for status, told in sorted(errors.items())}


def _response(told: str, form: str) -> Json:
    return {"description": told, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{form}"}}}}
