"""A server in a process of its own, and what it takes of memory and handles."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parley.ui.access.accounts import UserFile

_STARTING_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process takes: memory now and at its most in MB, open handles, and threads."""

    memory: int
    most_memory: int
    handles: int
    threads: int


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens: its address, its process, and a key for each of its users."""

    url: str
    process: int
    keys: dict[str, str]

    def taken(self) -> Taken:
        """What it takes now, as Linux tells."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="ascii", errors="replace").splitlines()
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        memory, most = (int(told[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
        return Taken(memory, most, len(list(Path(f"/proc/{self.process}/fd").iterdir())), int(told["Threads"]))


@contextmanager
def served(library: Path, users: Sequence[str]) -> Iterator[Server]:
    """`parley serve` over a library, for users who may all change it; nobody shares another's share of what callers may do."""
    with tempfile.TemporaryDirectory(prefix="parley-soak-") as folder:
        file = UserFile(Path(folder) / "users")
        for name in users:
            file.add(name, None, role="editor")
        keys = {name: file.add_key(name, "soak") for name in users}
        told = Path(folder) / "told"
        command = [sys.executable, "-m", "parley.ui.cli", "serve", "--library", str(library), "--port", "0"]
        with told.open("w", encoding="utf-8") as written:
            process = subprocess.Popen([*command, "--users", str(file.path)], stderr=written)
            try:
                yield Server(_address(process, told), process.pid, keys)
            finally:
                process.terminate()
                process.wait(timeout=60)


def _address(process: subprocess.Popen[bytes], told: Path) -> str:
    end = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < end:
        words = told.read_text(encoding="utf-8").split()
        if (found := next((word for word in words if word.startswith("http://127.")), None)) is not None:
            return found
        assert process.poll() is None, f"the server did not start: {' '.join(words)[-500:]}"
        time.sleep(0.1)
    msg = f"The server did not tell its address within {_STARTING_SECONDS} s."
    raise TimeoutError(msg)
