"""What goes between this process and the one that reads: JSON behind its length, nothing that could carry code."""

from __future__ import annotations

import json
import struct
from typing import Literal, TypedDict

LENGTH = struct.Struct(">Q")
ENDED_IDLE = 75
"""Exit status of a process that was not needed for a while (EX_TEMPFAIL): what was asked of it is to be asked again."""

LONGEST = 1024**3
"""Bytes of one message: the text of the largest file that is read, in JSON, is below it."""


class Request(TypedDict):
    """What is to be done with a file, and what it may cost.

    Attributes:
        task: "read" for the document that it is, "contents" for a list of what is inside it, "member" for one of these.
        path: the file's absolute path.
        number: of the file inside it, from 0.
        document_id: the id of the document that is to be made.
        source: what is remembered as its path.
        processor_seconds: how much processor time may be used.
    """

    task: Literal["read", "contents", "member"]
    path: str
    number: int
    document_id: str
    source: str
    processor_seconds: float


class Answer(TypedDict, total=False):
    """What came of it: the row of a document, a list of what is inside a file, or why it was refused.

    Attributes:
        document: columns as `document_values` gives them.
        members: path, SHA-256 and reason for refusing of each file inside; `refused` may come with it.
        refused: the reason, as a user may be shown it.
        out_of_memory: whether the reason is that the memory allowed was used up.
        last: whether the process ends after this answer.
    """

    document: list[object]
    members: list[tuple[str, str, str]]
    refused: str
    out_of_memory: bool
    last: bool


def encode(message: Request | Answer) -> bytes:
    """The bytes of a message. ASCII only, so that half characters (lone surrogates) come through."""
    payload = json.dumps(message).encode("ascii")
    return LENGTH.pack(len(payload)) + payload
