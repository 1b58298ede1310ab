"""Reading what a page sends with an event. It comes from the user's browser, so every value is checked for type and form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from typing import Literal, NamedTuple, cast

from parley.assistant import Genre, MetadataChanges
from parley.ui.conversations.feedback import LONGEST_NOTE, VERDICTS, Feedback
from parley.ui.conversations.scope import ScopeChoice

LONGEST_QUESTION = 4_000
LONGEST_NAME = 1_000
LONGEST_WORDS = 1_000
"""Characters of words whose evidence is looked for."""
MOST_DOCUMENTS = 1_000
LONGEST_TITLE = 200
LONGEST_SEARCH = 200

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


def asked_alone(payload: object) -> bool:
    """Whether `{"alone": true}` asks a question as if nothing had been asked before."""
    return isinstance(payload, dict) and payload.get("alone") is True


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
    return _names(payload, "documents")


def scope_choice(payload: object) -> ScopeChoice:
    """The choice in `{"documents": […], "outlets": […], "parties": […], "since": "2024-03-01", …}`. Raises PayloadError."""
    return ScopeChoice(
        documents=document_ids(payload),
        outlets=_names(payload, "outlets"),
        parties=_names(payload, "parties"),
        since=_day(_optional(payload, "since")),
        until=_day(_optional(payload, "until")),
        dossiers=_names(payload, "dossiers") if isinstance(payload, dict) and "dossiers" in payload else (),
    )


def conversation_id(value: object) -> str:
    """A conversation's id as the page or its address gives it. Raises PayloadError."""
    if not isinstance(value, str) or _CONVERSATION.fullmatch(value) is None:
        raise PayloadError("That is not a conversation.")
    return value


def conversation_title(payload: object) -> str:
    """The title in `{"title": …}`, in one line. Raises PayloadError if it is empty or too long."""
    return " ".join(_text(payload, "title", LONGEST_TITLE).split())


def search_words(payload: object) -> str:
    """The words in `{"words": …}`, empty for all conversations. Raises PayloadError."""
    value = field(payload, "words")
    if not isinstance(value, str) or len(value) > LONGEST_SEARCH:
        raise PayloadError("Those are no words to search for.")
    return value


def feedback(payload: object) -> Feedback | None:
    """What is said of an answer in `{"verdict": "wrong_source", "note": …}`; `None` if it is taken back. Raises PayloadError."""
    verdict, note = field(payload, "verdict"), field(payload, "note")
    if verdict == "":
        return None
    found = next((known for known in VERDICTS if known == verdict), None)
    if found is None or not isinstance(note, str):
        raise PayloadError("That is no feedback on an answer.")
    if len(note) > LONGEST_NOTE:
        raise PayloadError(f"The note has {len(note)} characters, the most is {LONGEST_NOTE}.")
    return Feedback(found, note.strip())


def document_changes(payload: object) -> MetadataChanges:
    """The corrections in `{"changes": {"outlet": …, "date": "2031-03-02"}}`. Raises PayloadError."""
    given = field(payload, "changes")
    if not isinstance(given, Mapping) or not all(isinstance(value, str) for value in given.values()):
        raise PayloadError("Those are no corrections of a document.")
    changes: MetadataChanges = {}
    for name in ("outlet", "author", "language"):
        if name in given:
            changes[name] = given[name]
    if "genre" in given:
        changes["genre"] = cast("Genre | None", given["genre"] or None)
    if "title" in given:
        changes["title"] = given["title"]
    if "date" in given:
        changes["date"] = _day(given["date"])
    return changes


def _day(text: str) -> Date | None:
    try:
        return Date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PayloadError(f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2025-05-16.") from error


def field(payload: object, name: str) -> object:
    """A field of an event's payload, `None` if there is no such field."""
    return payload.get(name) if isinstance(payload, Mapping) else None


def _names(payload: object, part: str) -> tuple[str, ...]:
    value = field(payload, part)
    if not isinstance(value, list) or len(value) > MOST_DOCUMENTS:
        raise PayloadError(f"That is not a list of {part}.")
    if not all(isinstance(item, str) and len(item) <= LONGEST_NAME for item in value):
        raise PayloadError(f"That is not a list of {part}.")
    return tuple(value)


def _optional(payload: object, name: str) -> str:
    """The text of a field that may be missing or empty."""
    return _text(payload, name, LONGEST_NAME) if field(payload, name) else ""


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
