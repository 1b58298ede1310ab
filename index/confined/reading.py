"""Who reads a file: a process with limits of its own (`ConfinedReader`), or this one (`DirectReader`)."""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
import weakref
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import IO, Literal, Protocol

from parley.index.confined.limits import ReadingLimits, usual_limits
from parley.index.confined.messages import ENDED_IDLE, LENGTH, LONGEST, Answer, Request, encode
from parley.index.confined.unpacking import Contents, FoundMember, Unpacker
from parley.index.errors import ReadError
from parley.index.readers import read_document
from parley.index.store.records import document_of
from parley.index.types import Document

Task = Literal["read", "contents", "member"]

_logger = logging.getLogger(__name__)

_START = (
    "import sys; sys.path[:] = sys.argv[3:]; "
    "from parley.index.confined.child import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)
_DEFAULT_LIMITS = usual_limits()
_READ_AT_ONCE = 1024**2


@cache
def common_reader() -> FileReader:
    """The reader that the libraries of this process share, so that few processes are started; confined where that can be."""
    if can_confine():
        return ConfinedReader()
    _logger.warning(_UNCONFINED)
    return DirectReader()


def can_confine() -> bool:
    """Whether this system lets a process limit itself (Windows does not)."""
    return os.name == "posix" and find_spec("resource") is not None


_UNCONFINED = (
    "This system cannot limit what reading a file costs: files are read in this process, which a hostile one may end. "
    "Add only files that you trust, or use Parley under Linux (on Windows: in WSL)."
)


class FileReader(Protocol):
    """Turns files into documents."""

    def read(self, path: Path, *, document_id: str) -> Document:
        """The document in a file. Raises ReadError for whatever reason it cannot be read."""
        ...

    def contents(self, path: Path) -> Contents:
        """The files inside a file. Raises ReadError where the file ends whoever unpacks it."""
        ...

    def read_member(self, path: Path, number: int, *, document_id: str, source: str) -> Document:
        """The document in one of the files inside a file, by its number; `source` is kept as its path. Raises ReadError."""
        ...


class DirectReader:
    """Reads in this process: for programs that confine it themselves. Only the size of files and of texts is limited."""

    def __init__(self, limits: ReadingLimits = _DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._unpacker = Unpacker(limits.largest_file)

    def read(self, path: Path, *, document_id: str) -> Document:
        """The document in a file. Raises ReadError."""
        return read_document(path, document_id=document_id, max_bytes=self._limits.largest_file)

    def contents(self, path: Path) -> Contents:
        """The files inside a file."""
        return self._unpacker.contents(path)

    def read_member(self, path: Path, number: int, *, document_id: str, source: str) -> Document:
        """The document in one of the files inside a file. Raises ReadError."""
        return self._unpacker.read(path, number, document_id=document_id, source=source)


class ConfinedReader:
    """Reads in a process with limits, which is used for many files and started anew after one that kills it.

    Safe to use from several threads, which wait for one another.
    """

    def __init__(self, limits: ReadingLimits = _DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._last_wishes: weakref.finalize[..., ConfinedReader] | None = None
        self._owner = os.getpid()

    def read(self, path: Path, *, document_id: str) -> Document:
        """The document in a file. Raises ReadError, also where the file ends the process that reads it."""
        return _document(self._done("read", path, document_id=document_id))

    def contents(self, path: Path) -> Contents:
        """The files inside a file. Raises ReadError where it ends the process that unpacks it."""
        answer = self._done("contents", path)
        return Contents(tuple(FoundMember(*member) for member in answer["members"]), answer["refused"])

    def read_member(self, path: Path, number: int, *, document_id: str, source: str) -> Document:
        """The document in one of the files inside a file. Raises ReadError as `read` does."""
        return _document(self._done("member", path, number, document_id, source))

    def _done(self, task: Task, path: Path, number: int = 0, document_id: str = "", source: str = "") -> Answer:
        """The answer to a request. Raises ReadError where there is none, or it is a refusal."""
        size = _size(path)
        seconds = self._limits.clock_time(size)
        request: Request = {
            "task": task,
            "path": str(path.absolute()),
            "number": number,
            "document_id": document_id,
            "source": source,
            "processor_seconds": self._limits.processor_time(size),
        }
        name = PurePath(source).name or path.name
        with self._lock:
            try:
                answer, status = self._ask(encode(request), seconds)
            except _TooLateError as error:
                msg = f"{name} was not read within {seconds:.0f} seconds. {_HARMFUL} {_WAY_OUT}"
                raise ReadError(msg) from error
        if answer is None:
            raise ReadError(f"{name} {self._how_it_ended(status, size)}. {_HARMFUL} {_WAY_OUT}")
        if answer.get("out_of_memory"):
            msg = f"{name} takes more than {self._limits.memory // 1024**2} MB of memory to read. {_WAY_OUT}"
            raise ReadError(msg)
        if "refused" in answer and "members" not in answer:
            raise ReadError(answer["refused"])
        return answer

    def close(self) -> None:
        """End the process; the next file starts another one."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes, seconds: float) -> tuple[Answer | None, int | None]:
        """The answer to a request; `None` where the process ended instead, with its exit status."""
        status = None
        for _ in range(2):
            try:
                answer = _exchange(self._running(), request, seconds)
            except BaseException:  # also Ctrl-C: an answer left in the pipe would be taken for the next file's
                self._end()
                raise
            if answer is not None and not answer.get("last"):
                return answer, None
            status = self._end()
            if answer is not None:
                return answer, None
            if status not in (ENDED_IDLE, -signal.SIGKILL):  # what the system or a person killed is asked once more
                break
        _logger.warning("A file ended the process that read it (%s).", _name_of(status))
        return None, status

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # This process is a fork of the one that started the reader: two must not talk to it at once.
            if self._last_wishes is not None:
                self._last_wishes.detach()
            self._process, self._last_wishes, self._owner = None, None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _start(self._code(), self._limits)
            self._last_wishes = weakref.finalize(self, _stop, self._process)
        return self._process

    @property
    def process_id(self) -> int | None:
        """The number of the process that reads; `None` where there is none now."""
        return self._process.pid if self._process is not None else None

    def _code(self) -> str:
        """What the process runs; tests put a reader that misbehaves before it."""
        return _START

    def _end(self) -> int | None:
        """End the process if there is one; returns how it ended."""
        if self._last_wishes is not None:
            self._last_wishes()
        status = self._process.returncode if self._process is not None else None
        self._process, self._last_wishes = None, None
        return status

    def _how_it_ended(self, status: int | None, size: int) -> str:
        if status == -signal.SIGXCPU:
            return f"took more than {self._limits.processor_time(size):.0f} seconds of processor time to read"
        return f"broke down the program that reads it ({_name_of(status)})"


def _document(answer: Answer) -> Document:
    return document_of((0, *answer["document"]))


_HARMFUL = "It is damaged, or made to do harm."
_WAY_OUT = "Split it into parts, or open it in the program it was made with and save it as text."


class _TooLateError(Exception):
    """No answer came in time."""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # the reader tells what is wrong


def _name_of(status: int | None) -> str:
    if status is None or status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _start(code: str, limits: ReadingLimits) -> subprocess.Popen[bytes]:
    """A process that imports the same Parley as this one, and nothing from the folder that happens to be the current one."""
    home = str(Path(str(sys.modules["parley"].__file__)).absolute().parent.parent)
    places = [home, *(place for place in sys.path if place and place != home)]
    command = [sys.executable, "-P", "-B", "-c", code, str(limits.memory), str(limits.largest_file), *places]
    # Threads of numerical packages would each take address space, and none of them is needed to read a file.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        return subprocess.Popen(  # noqa: S603  (our own code, by this very interpreter)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0
        )
    except OSError as error:
        msg = f"The process that reads files cannot be started ({error.strerror or error}). Close other programs, then try again."
        raise ReadError(msg) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, soon if it is idle or ending already, else at once."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _exchange(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> Answer | None:
    """Send a request and wait for its answer; `None` where the process ends. Raises _TooLateError after so many seconds."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
    except BrokenPipeError:
        return None
    payload = _message(process.stdout, time.monotonic() + seconds)
    if payload is None:
        return None
    answer: Answer = json.loads(payload)
    return answer


def _message(stream: IO[bytes], deadline: float) -> bytes | None:
    """One message; `None` where the stream ends before, or its length is absurd."""
    head = _exactly(stream, LENGTH.size, deadline)
    if head is None or LENGTH.unpack(head)[0] > LONGEST:
        return None
    return _exactly(stream, LENGTH.unpack(head)[0], deadline)


def _exactly(stream: IO[bytes], length: int, deadline: float) -> bytes | None:
    parts = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while len(parts) < length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _TooLateError
            part = os.read(stream.fileno(), min(_READ_AT_ONCE, length - len(parts)))
            if not part:
                return None
            parts += part
    return bytes(parts)
