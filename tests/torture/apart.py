"""Running a piece of work in a process of its own, forked with everything imported, so that it may be killed or die.

A fork has none of the threads that OpenMP started before; FAISS, told of one thread, does not look for them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection

import faiss

from tests.waiting import PATIENCE

_FORK = multiprocessing.get_context("fork")


def outcome_of(work: Callable[[], str], *, seconds: float = PATIENCE) -> str:
    """What `work` returns; "died: …" where its process ends without, "hung" where it does not end in time."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_report, args=(work, ours, theirs))
    process.start()
    theirs.close()
    try:
        told = str(ours.recv()) if ours.poll(seconds) else "hung"
    except EOFError:
        told = ""
    if told == "hung" and process.is_alive():
        process.kill()
    process.join()
    return told or f"died: {_name_of(process.exitcode)}"


def _report(work: Callable[[], str], theirs: Connection, pipe: Connection) -> None:
    theirs.close()
    faiss.omp_set_num_threads(1)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  (for the rest of this process)
    try:
        told = work()
    except BaseException:  # noqa: BLE001  (whatever it is, it is to be counted)
        told = "traceback: " + traceback.format_exc()
    pipe.send(told)


def kill_after(work: Callable[[Connection], None], *, lines: int, seconds: float) -> list[str]:
    """The lines that `work` sent before it was killed: once it has sent so many and so many seconds more have gone by."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_go_on, args=(work, ours, theirs))
    process.start()
    theirs.close()
    sent: list[str] = []
    try:
        while len(sent) < lines and ours.poll(PATIENCE):
            sent.append(str(ours.recv()))
        process.join(seconds)
        process.kill()
        while ours.poll(0.05):
            sent.append(str(ours.recv()))
    except EOFError:
        pass
    process.kill()
    process.join()
    return sent


def _go_on(work: Callable[[Connection], None], theirs: Connection, pipe: Connection) -> None:
    theirs.close()  # else this process would not notice that the other one has ended
    faiss.omp_set_num_threads(1)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    work(pipe)


def _name_of(status: int | None) -> str:
    return signal.Signals(-status).name if status is not None and status < 0 else f"exit status {status}"
