"""`make torture`: kills, damage and mutated files, with their counts; `--long` for a night, without it some minutes."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.damage import damaged_libraries
from tests.torture.files import hostile_ones, mutated_files
from tests.torture.histories import Histories

SHORT = (150, 120, 500)
LONG = (1_000, 500, 5_000)
_CYCLES_OF_A_LIBRARY = 50


def main() -> int:
    """Run it; 1 if anything is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help=f"{LONG} instead of {SHORT} kills, damaged libraries and mutated files"
    )
    parser.add_argument("--counts", type=int, nargs=3, metavar=("KILLS", "LIBRARIES", "FILES"), help="these instead")
    parser.add_argument("--seed", type=int, default=1, help="another number gives another run")
    parser.add_argument("--only", choices=["kills", "damage", "files", "hostile"], help="only this part")
    given = parser.parse_args()
    kills, libraries, files = given.counts or (LONG if given.long else SHORT)
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="parley-torture-") as scratch:
        folder = Path(scratch)
        if given.only in (None, "kills"):
            faults += _kills(folder / "kills", kills, given.seed)
        if given.only in (None, "damage"):
            counts, found = damaged_libraries(folder / "damage", libraries, given.seed)
            faults += _tell(f"{libraries} damaged libraries", counts, found)
        if given.only in (None, "files"):
            counts, found = mutated_files(folder / "files", files, given.seed)
            faults += _tell(f"{files} mutated files", counts, found)
        if given.only in (None, "hostile"):
            for name, told, processor, clock in hostile_ones(folder / "hostile"):
                _say(f"hostile {name}: {processor:.1f} s of processor, {clock:.1f} s: {told[:110]}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _say(f"most memory of this process: {own} MB; processor time in all: {_processor():.0f} s; {len(faults)} faults")
    for fault in faults:
        _say(f"FAULT {fault}")
    return 1 if faults else 0


def _kills(folder: Path, kills: int, seed: int) -> list[str]:
    histories = Histories()
    for number, start in enumerate(range(0, kills, _CYCLES_OF_A_LIBRARY)):
        histories.run(folder / str(number), min(_CYCLES_OF_A_LIBRARY, kills - start), seed + number)
    return _tell(f"{kills} kills", histories.counts, histories.faults)


def _tell(what: str, counts: dict[str, int], faults: list[str]) -> list[str]:
    told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    _say(f"{what}: {told}; {len(faults)} faults")
    return faults


def _processor() -> float:
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
