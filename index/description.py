"""Correcting what is known about a document, and keeping corrections when its file is read again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Date
from datetime import datetime
from typing import Any, get_args, get_type_hints

from parley.index.errors import MetadataError
from parley.index.types import USER_BASIS, Document, Genre, MetadataChanges

FIELDS = tuple(get_type_hints(MetadataChanges))
LONGEST_VALUE = 500
"""Characters of a title, outlet or author; longer ones are text pasted into the wrong field."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def corrected(document: Document, changes: MetadataChanges) -> Document:
    """The document with the changes and their basis. What is given as it was keeps the basis it had.

    Raises MetadataError if a value cannot be what it is given as.
    """
    checked = {name: _checked(name, value) for name, value in changes.items()}
    differing: dict[str, Any] = {name: value for name, value in checked.items() if value != getattr(document, name)}
    basis = dict(document.basis) | dict.fromkeys(differing, USER_BASIS)
    return replace(document, basis=tuple(basis.items()), **differing)


def with_corrections(document: Document, earlier: Document | None) -> Document:
    """A document read anew, with what a person had corrected in its earlier version; its own corrections come first."""
    own = {name for name, where in document.basis if where == USER_BASIS}
    kept = [name for name, where in (earlier.basis if earlier else ()) if where == USER_BASIS and name not in own]
    if not kept:
        return document
    basis = dict(document.basis) | dict.fromkeys(kept, USER_BASIS)
    values: dict[str, Any] = {name: getattr(earlier, name) for name in kept if name in FIELDS}
    return replace(document, basis=tuple(basis.items()), **values)


def _checked(name: str, value: object) -> str | Date | None:
    if name not in FIELDS:
        raise MetadataError(f"A document has no {name!r} that could be corrected. These can be: {', '.join(FIELDS)}.")
    if name == "date":
        if value is not None and (not isinstance(value, Date) or isinstance(value, datetime)):
            raise MetadataError(f"The date {value!r} is not a day. Give a datetime.date, or None for an undated document.")
        return value
    text = _text(name, value)
    if name == "title" and text is None:
        raise MetadataError("A document needs a title. Give one, or leave the title as it is.")
    if name == "genre" and text is not None and text not in get_args(Genre):
        raise MetadataError(f"{text!r} is no kind of document. Name one of: {', '.join(get_args(Genre))}.")
    if name == "language" and text is not None and not _LANGUAGE.fullmatch(text):
        raise MetadataError(f"{text!r} is not a language code. Write it as ISO 639 has it, for example en, fr or uk.")
    return text


def _text(name: str, value: object) -> str | None:
    """The value without line breaks and surrounding spaces; empty is not known."""
    if value is None:
        return None
    if not isinstance(value, str) or _HALF_CHARACTER.search(value) or "\0" in value:
        raise MetadataError(f"The {name} {value!r} is not text. Type it again.")
    text = " ".join(value.split())
    if len(text) > LONGEST_VALUE:
        raise MetadataError(f"The {name} has {len(text)} characters, the most is {LONGEST_VALUE}. Shorten it.")
    return text or None
