"""`make soak`: many programs asking one server, with its memory and handles, and with a hostile caller beside them.

`python -m tests.soak --library DIR [--clients 32] [--questions 2000]`. The library is copied, so nothing is left behind in it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from parley import Assistant
from tests.soak.clients import Soaked, soak
from tests.soak.server import Server, served

MOST_GROWTH = 1.1
"""Of memory between the second quarter and the last; caches fill in the first."""

MOST_HANDLES = 20
"""More at the end than at the start: what is kept open for the next caller."""

MOST_SLOWER = 3.0
"""How much longer one in twenty may wait beside a hostile caller."""


def main() -> int:
    """Run it and print the figures; 1 if anything is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--library", required=True, type=Path)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--questions", type=int, default=2_000, help="in all; a quarter as many follow beside the hostile caller")
    given = parser.parse_args()
    clients = [f"client{number}" for number in range(given.clients)]
    with tempfile.TemporaryDirectory() as folder:
        library = Path(shutil.copytree(given.library, Path(folder) / "library"))
        with Assistant.open(library, create=False) as assistant:
            questions = assistant.suggested_questions(20)
        with served(library, [*clients, "writer", "hostile"]) as server:
            faults = _run(server, questions, given.questions, clients)
    for fault in faults:
        _say(f"FAULT {fault}")
    return 1 if faults else 0


def _run(server: Server, questions: list[str], count: int, clients: list[str]) -> list[str]:
    one = asyncio.run(soak(server, questions, max(10, count // 50), clients[:1]))
    _say(f"one client: {_waits(one)}")
    start = server.taken()
    long = asyncio.run(soak(server, questions, count, clients, writer="writer"))
    _say(f"{len(clients)} clients, {long.changes} documents added or removed: {_waits(long)}; {_memory(long)}")
    end = server.taken()
    _say(f"handles before and after {start.handles}, {end.handles}; threads {start.threads}, {end.threads}")
    beside = asyncio.run(soak(server, questions, max(20, count // 4), clients, hostile="hostile"))
    answered = ", ".join(f"{number} times {status}" for status, number in sorted(beside.hostile.items()))
    _say(f"beside a hostile caller, who was answered {answered}: {_waits(beside)}; {_memory(beside)}")
    faults = [*one.faults, *long.faults, *beside.faults]
    if _growth(long) > MOST_GROWTH:
        faults.append(f"memory grew to {_growth(long):.2f} of what it was")
    if end.handles > start.handles + MOST_HANDLES:
        faults.append(f"{end.handles - start.handles} handles more than at the start")
    if _slowest(beside) > MOST_SLOWER * _slowest(long):
        faults.append(f"beside a hostile caller, p95 is {_slowest(beside) / _slowest(long):.1f} times what it was")
    return faults


def _waits(soaked: Soaked) -> str:
    waits = soaked.waits or [0.0]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{len(soaked.waits)} answers, p50 {statistics.median(waits):.2f} s, p95 {_slowest(soaked):.2f} s, longest "
        f"{max(waits):.2f} s, {soaked.other_than_alone} citing otherwise than when asked alone; load of the machine {load} on "
        f"{os.cpu_count()} cores"
    )


def _slowest(soaked: Soaked) -> float:
    """What one in twenty waited longer than."""
    return statistics.quantiles(soaked.waits, n=20)[-1] if len(soaked.waits) > 1 else max(soaked.waits, default=0.0)


def _memory(soaked: Soaked) -> str:
    first, last = soaked.taken[0], soaked.taken[-1]
    return f"memory of the server {first.memory} to {last.memory} MB, at most {last.most_memory} MB"


def _growth(soaked: Soaked) -> float:
    quarter = max(1, len(soaked.taken) // 4)
    early = statistics.mean(one.memory for one in soaked.taken[quarter : 2 * quarter] or soaked.taken[:1])
    return statistics.mean(one.memory for one in soaked.taken[-quarter:]) / early


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
