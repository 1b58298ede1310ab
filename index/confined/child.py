"""The process that reads: it takes one request after the other, and gives itself limits.

Started by `parley.index.confined.reading`; not for use by hand.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import resource
import select
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from parley.index.confined.messages import ENDED_IDLE, LENGTH, Answer, Request, encode
from parley.index.confined.unpacking import Unpacker
from parley.index.errors import ReadError
from parley.index.readers import read_document
from parley.index.store.records import document_values

_IDLE_SECONDS = 60.0
"""After that long without a request the process ends; the next file starts another one."""

_LARGEST_SCRATCH = 256 * 1024**2
"""Bytes of a file that is written: the guesser of languages unpacks its model, of some 70 MB, beside the temporary files."""

_LARGE = 400 * 1024**2
"""Bytes, beside what is unpacked. A process that once held as much ends after its answer: the next file has it all to itself."""


def main(memory: int, largest_file: int) -> None:
    """Serve requests from standard input until it is closed, or none comes for a while.

    Args:
        memory: address space in bytes.
        largest_file: bytes of a file that is read.
    """
    requests, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    _silence()
    _confine(memory)
    unpacker = Unpacker(largest_file)
    while select.select([requests], [], [], _IDLE_SECONDS)[0]:
        request = _receive(requests)
        if request is None:
            return
        _bound_processor_time(request["processor_seconds"])
        answer = _answer(request, unpacker, largest_file)
        answer["last"] = _most_memory() > _LARGE + unpacker.size
        _send(answers, answer)
        if answer["last"]:
            return
    sys.exit(ENDED_IDLE)


def _answer(request: Request, unpacker: Unpacker, largest_file: int) -> Answer:
    path, document_id = Path(request["path"]), request["document_id"]
    try:
        if request["task"] == "contents":
            contents = unpacker.contents(path)
            members = [(member.path, member.sha256, member.refusal) for member in contents.members]
            return {"members": members, "refused": contents.refusal}
        if request["task"] == "member":
            document = unpacker.read(path, request["number"], document_id=document_id, source=request["source"])
        else:
            document = read_document(path, document_id=document_id, max_bytes=largest_file)
    except ReadError as error:
        return {"refused": str(error), "out_of_memory": isinstance(error.__cause__, MemoryError)}
    return {"document": list(document_values(document))}


def _most_memory() -> int:
    """The most bytes that this process has held at a time."""
    try:
        # The figure of getrusage is, on Linux, also that of the process which this one was started by.
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes on macOS


def _silence() -> None:
    """Leave nothing connected that a parser could read from or write to."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def _confine(memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    # Where the machine's memory runs out all the same, this process is to go first (Linux).
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_SCRATCH)


def _lower(kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    wanted = value if most == resource.RLIM_INFINITY else min(value, most)
    with contextlib.suppress(OSError, ValueError):  # some systems do not know or enforce every limit
        resource.setrlimit(kind, (wanted, most))


def _bound_processor_time(seconds: float) -> None:
    """The system ends this process once it has used that many seconds more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))


def _receive(stream: BinaryIO) -> Request | None:
    head = _exactly(stream, LENGTH.size)
    if head is None:
        return None
    payload = _exactly(stream, LENGTH.unpack(head)[0])
    request: Request | None = json.loads(payload) if payload is not None else None
    return request


def _exactly(stream: BinaryIO, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = stream.read(length - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _send(stream: BinaryIO, message: Answer) -> None:
    left = memoryview(encode(message))
    while left:
        left = left[stream.write(left) :]
