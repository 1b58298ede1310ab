"""The file of those who may log in: name, password hash (Argon2id), role, id and keys, one a line, apart by tabs."""

from __future__ import annotations

import os
import re
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from parley.assistant import ParleyError
from parley.ui.access.passwords import LONGEST_PASSWORD, check_password
from parley.ui.access.roles import ROLES, Role

HASHES_AT_ONCE = 2
"""Each takes 64 MiB and a processor for some tens of milliseconds (the library's defaults, RFC 9106)."""

KEY_PREFIX = "parley_"
"""So that a key is known for one where it should not be, as in a repository."""

_NAME = re.compile(r"[\w.@+-]{1,64}")
_LABEL = re.compile(r"[\w.-]{1,40}")
_NO_HASH = "-"


class AccountError(ParleyError):
    """The file of users cannot be used as it is, or a name or password cannot be taken."""


@dataclass(frozen=True, slots=True)
class Account:
    """One user.

    Attributes:
        hashed: the password's hash; "-" for one who comes through a proxy or with a key only.
        id: given once, so that a user made anew under the same name is another one; "" in files of earlier versions.
        keys: digests of the keys for programs, by their label.
    """

    hashed: str
    role: Role = "editor"
    id: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str:
        """The account as a line of the file."""
        keys = ",".join(f"{label}:{digest}" for label, digest in sorted(self.keys.items()))
        return f"{name}\t{self.hashed}\t{self.role}\t{self.id}\t{keys}".rstrip("\t")


@dataclass
class UserFile:
    """Users by name. The file is read again whenever it has changed. Safe to use from several threads."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hashing: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(HASHES_AT_ONCE))
    _hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _accounts: dict[str, Account] = field(default_factory=dict)
    _state: tuple[int, int, int] | None = None

    def names(self) -> list[str]:
        """All names, sorted. Raises AccountError if the file cannot be read."""
        return sorted(self._current())

    def account(self, name: str) -> Account | None:
        """The user of that name."""
        return self._current().get(name)

    def fingerprint(self, name: str) -> str | None:
        """Something that changes with the user's password, and with the user; `None` for an unknown name."""
        account = self._current().get(name)
        return f"{account.hashed} {account.id}" if account is not None else None

    def verify(self, name: str, password: str) -> bool:
        """Whether that is the user's password; takes as long for a name that does not exist."""
        account = self._current().get(name)
        stored = account.hashed if account is not None and account.hashed != _NO_HASH else None
        with self._hashing:
            try:
                self._hasher.verify(stored or self._decoy, _normal(password)[:LONGEST_PASSWORD])
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    def add(self, name: str, password: str | None, *, replace: bool = False, role: Role | None = None) -> None:
        """Store a user; with `replace`, give one of that name this password. Raises AccountError.

        The password is `None` for a user who comes through a proxy or with a key only. The role is by default "administrator"
        for the first user of a file, "editor" for others.
        """
        if not _NAME.fullmatch(name):
            raise AccountError(f"A user cannot be called {name!r}. Use 1 to 64 letters, digits and . @ + - _")
        if password is not None and (problem := check_password(_normal(password), name)):
            raise AccountError(problem)
        accounts = dict(self._current()) if self.path.exists() else {}
        earlier = accounts.get(name)
        if earlier is not None and not replace:
            raise AccountError(f"There is a user {name!r} already. Add `--replace` to give them this password.")
        hashed = self._hasher.hash(_normal(password)) if password is not None else _NO_HASH
        first = "editor" if accounts else "administrator"
        given: Role = role or (earlier.role if earlier is not None else first)  # type: ignore[assignment]
        if earlier is not None:
            accounts[name] = _changed(earlier, hashed=hashed, role=given)
        else:
            accounts[name] = Account(hashed, given, secrets.token_hex(8))
        self._write(accounts)

    def set_role(self, name: str, role: Role) -> None:
        """Give a user another role, which holds at once. Raises AccountError if there is none of that name."""
        self._change(name, role=role)

    def add_key(self, name: str, label: str) -> str:
        """A new key for the programs of a user, in place of one of that label; only its digest is kept. Raises AccountError."""
        if not _LABEL.fullmatch(label):
            raise AccountError(f"A key cannot be labelled {label!r}. Use 1 to 40 letters, digits and . - _")
        key = KEY_PREFIX + secrets.token_urlsafe(32)
        self._change(name, keys={**self._existing(name).keys, label: _digest(key)})
        return key

    def remove_key(self, name: str, label: str) -> None:
        """Take a key back, which holds at once. Raises AccountError if there is none of that label."""
        keys = dict(self._existing(name).keys)
        if keys.pop(label, None) is None:
            raise AccountError(f"{name} has no key labelled {label!r}. These are: {', '.join(sorted(keys)) or 'none'}.")
        self._change(name, keys=keys)

    def name_of_key(self, key: str) -> str | None:
        """Whose key that is."""
        if not key.startswith(KEY_PREFIX):
            return None
        wanted = _digest(key)
        for name, account in self._current().items():
            if any(secrets.compare_digest(digest, wanted) for digest in account.keys.values()):
                return name
        return None

    def remove(self, name: str) -> None:
        """Forget a user. Raises AccountError if there is none of that name."""
        self._existing(name)
        self._write({known: account for known, account in self._current().items() if known != name})

    @cached_property
    def _decoy(self) -> str:
        """The hash that a password for an unknown name is compared with."""
        return self._hasher.hash(os.urandom(16).hex())

    def _existing(self, name: str) -> Account:
        account = self._current().get(name)
        if account is None:
            raise AccountError(f"There is no user {name!r} in {self.path}.")
        return account

    def _change(self, name: str, **fields: object) -> None:
        self._write({**self._current(), name: _changed(self._existing(name), **fields)})

    def _current(self) -> dict[str, Account]:
        with self._lock:
            try:
                status = self.path.stat()
                state = (status.st_mtime_ns, status.st_size, status.st_ino)
                if state != self._state:
                    self._accounts = _parsed(self.path)
                    self._state = state
            except OSError as error:
                reason = error.strerror or error
                msg = f"The file of users {self.path} cannot be read ({reason}). `parley users add NAME` makes one."
                raise AccountError(msg) from error
            return self._accounts

    def _write(self, accounts: Mapping[str, Account]) -> None:
        temporary = self.path.with_name(self.path.name + ".new")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.writelines(f"{account.line(name)}\n" for name, account in sorted(accounts.items()))
            temporary.replace(self.path)
        except OSError as error:
            msg = f"The file of users {self.path} cannot be written ({error.strerror or error}). Name a folder you may write to."
            raise AccountError(msg) from error


def _changed(account: Account, **fields: object) -> Account:
    return replace(account, **fields)  # type: ignore[arg-type]


def _parsed(path: Path) -> dict[str, Account]:
    accounts: dict[str, Account] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *fields = line.split("\t")
        account = _account(fields)
        if not _NAME.fullmatch(name) or account is None or name in accounts:
            raise AccountError(
                f"{path}, line {number}: not `name<TAB>hash<TAB>role<TAB>id<TAB>keys`, or a name for the second time. "
                "Mend or remove it."
            )
        accounts[name] = account
    return accounts


def _account(fields: list[str]) -> Account | None:
    """The account in a line's fields behind the name; `None` where they are none."""
    hashed, role, identifier, keys = [*(field.strip() for field in fields), *[""] * 4][:4]
    if not (hashed.startswith("$argon2") or hashed == _NO_HASH) or len(fields) > 4 or role not in {"", *ROLES}:
        return None
    pairs = [pair.partition(":") for pair in keys.split(",") if pair]
    return Account(hashed, role or "editor", identifier, {label: digest for label, _, digest in pairs})  # type: ignore[arg-type]


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8")).hexdigest()


def _normal(password: str) -> str:
    """One form for what keyboards write in several."""
    return unicodedata.normalize("NFKC", password)
