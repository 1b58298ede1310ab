"""The file of those who may log in: names and password hashes (Argon2id), one a line, apart by a tab."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from parley.assistant import ParleyError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 1_000
"""Characters. Length is what makes a password hard to guess; a bound keeps hashing it cheap for the server."""

HASHES_AT_ONCE = 2
"""Each takes 64 MiB and a processor for some tens of milliseconds (the library's defaults, RFC 9106)."""

_NAME = re.compile(r"[\w.@+-]{1,64}")


class AccountError(ParleyError):
    """The file of users cannot be used as it is, or a name or password cannot be taken."""


@dataclass
class UserFile:
    """Users by name. The file is read again whenever it has changed. Safe to use from several threads."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hashing: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(HASHES_AT_ONCE))
    _hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _hashes: dict[str, str] = field(default_factory=dict)
    _state: tuple[int, int, int] | None = None

    def names(self) -> list[str]:
        """All names, sorted. Raises AccountError if the file cannot be read."""
        return sorted(self._current())

    def fingerprint(self, name: str) -> str | None:
        """Something that changes with the user's password; `None` for an unknown name."""
        return self._current().get(name)

    def verify(self, name: str, password: str) -> bool:
        """Whether that is the user's password; takes as long for a name that does not exist."""
        stored = self._current().get(name)
        with self._hashing:
            try:
                self._hasher.verify(stored or self._decoy, _normal(password)[:LONGEST_PASSWORD])
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    def add(self, name: str, password: str, *, replace: bool = False) -> None:
        """Store a user; with `replace` in place of one of that name. Raises AccountError."""
        if not _NAME.fullmatch(name):
            raise AccountError(f"A user cannot be called {name!r}. Use 1 to 64 letters, digits and . @ + - _")
        if not SHORTEST_PASSWORD <= len(_normal(password)) <= LONGEST_PASSWORD:
            raise AccountError(f"A password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Choose another.")
        hashes = dict(self._current()) if self.path.exists() else {}
        if name in hashes and not replace:
            raise AccountError(f"There is a user {name!r} already. Add `--replace` to give them this password.")
        hashes[name] = self._hasher.hash(_normal(password))
        self._write(hashes)

    def remove(self, name: str) -> None:
        """Forget a user. Raises AccountError if there is none of that name."""
        hashes = dict(self._current())
        if name not in hashes:
            raise AccountError(f"There is no user {name!r} in {self.path}.")
        del hashes[name]
        self._write(hashes)

    @cached_property
    def _decoy(self) -> str:
        """The hash that a password for an unknown name is compared with."""
        return self._hasher.hash(os.urandom(16).hex())

    def _current(self) -> dict[str, str]:
        with self._lock:
            try:
                status = self.path.stat()
                state = (status.st_mtime_ns, status.st_size, status.st_ino)
                if state != self._state:
                    self._hashes = _parsed(self.path)
                    self._state = state
            except OSError as error:
                reason = error.strerror or error
                msg = f"The file of users {self.path} cannot be read ({reason}). `parley users add NAME` makes one."
                raise AccountError(msg) from error
            return self._hashes

    def _write(self, hashes: dict[str, str]) -> None:
        temporary = self.path.with_name(self.path.name + ".new")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.writelines(f"{name}\t{hashed}\n" for name, hashed in sorted(hashes.items()))
            temporary.replace(self.path)
        except OSError as error:
            msg = f"The file of users {self.path} cannot be written ({error.strerror or error}). Name a folder you may write to."
            raise AccountError(msg) from error


def _parsed(path: Path) -> dict[str, str]:
    hashes: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hashed = line.partition("\t")
        if not _NAME.fullmatch(name) or not hashed.startswith("$argon2") or name in hashes:
            raise AccountError(f"{path}, line {number}: not `name<TAB>hash`, or a name for the second time. Mend or remove it.")
        hashes[name] = hashed.strip()
    return hashes


def _normal(password: str) -> str:
    """One form for what keyboards write in several."""
    return unicodedata.normalize("NFKC", password)
