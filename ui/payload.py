"""Reading what a page sends with an event. It comes from the user's browser, so every value is checked for type and form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

LONGEST_QUESTION = 4_000
LONGEST_NAME = 1_000
LONGEST_WORDS = 1_000
"""Characters of words whose evidence is looked for."""
MOST_DOCUMENTS = 1_000

_LINK = re.compile(r"(?P<kind>cite|near)-(?P<exchange>[1-9]\d{0,14})-(?P<marker>[1-9]\d{0,4})")
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{16,64}")


class PayloadError(ValueError):
    """An event carries something the page would not send; its text may be shown."""


class SourceLink(NamedTuple):
    """What a marker points to: a citation ("cite") or a nearest passage ("near"), counted from 1, of an exchange."""

    kind: Literal["cite", "near"]
    exchange: int
    number: int


class Place(NamedTuple):
    """A half-open character range of a document."""

    document: str
    start: int
    end: int


def source_link(payload: object) -> SourceLink:
    """The target of `{"link": "cite-12-1"}`. Raises PayloadError."""
    match = _LINK.fullmatch(_text(payload, "link", 40))
    if match is None:
        raise PayloadError("That is not a link to a source.")
    kind: Literal["cite", "near"] = "cite" if match["kind"] == "cite" else "near"
    return SourceLink(kind, int(match["exchange"]), int(match["marker"]))


def exchange_id(payload: object) -> int:
    """The number in `{"exchange": "12"}`. Raises PayloadError."""
    return _number(payload, "exchange")


def question_text(payload: object) -> str:
    """The text in `{"question": …}`. Raises PayloadError if it is missing or too long."""
    return _text(payload, "question", LONGEST_QUESTION)


def words_sought(payload: object) -> tuple[int | None, str]:
    """The exchange, if any, and the words in `{"exchange": "12", "words": …}`, empty to ask for some. Raises PayloadError."""
    exchange = exchange_id(payload) if field(payload, "exchange") else None
    return exchange, _text(payload, "words", LONGEST_WORDS) if field(payload, "words") else ""


def place_in_document(payload: object) -> Place:
    """The place in `{"document": …, "start": "12", "end": "40"}`. Raises PayloadError."""
    start, end = (_number(payload, name) for name in ("start", "end"))
    return Place(document_id(payload), start, end)


def document_id(payload: object) -> str:
    """The id in `{"document": …}`. Raises PayloadError."""
    return _text(payload, "document", LONGEST_NAME)


def document_ids(payload: object) -> tuple[str, ...]:
    """The ids in `{"documents": […]}`, empty for all documents. Raises PayloadError."""
    value = field(payload, "documents")
    if not isinstance(value, list) or len(value) > MOST_DOCUMENTS:
        raise PayloadError("That is not a list of documents.")
    if not all(isinstance(item, str) and len(item) <= LONGEST_NAME for item in value):
        raise PayloadError("That is not a list of documents.")
    return tuple(value)


def conversation_id(value: object) -> str:
    """A conversation's id as the page or its address gives it. Raises PayloadError."""
    if not isinstance(value, str) or _CONVERSATION.fullmatch(value) is None:
        raise PayloadError("That is not a conversation.")
    return value


def field(payload: object, name: str) -> object:
    """A field of an event's payload, `None` if there is no such field."""
    return payload.get(name) if isinstance(payload, Mapping) else None


def _number(payload: object, name: str) -> int:
    value = _text(payload, name, 15)
    if not value.isascii() or not value.isdigit():
        raise PayloadError(f"The {name} is not a number.")
    return int(value)


def _text(payload: object, name: str, longest: int) -> str:
    value = field(payload, name)
    if not isinstance(value, str) or not value.strip():
        raise PayloadError(f"The event has no {name}.")
    if len(value) > longest:
        raise PayloadError(f"The {name} has {len(value)} characters, the most is {longest}.")
    return value
