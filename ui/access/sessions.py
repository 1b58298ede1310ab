"""Who is logged in: unguessable tokens, of which the server keeps only the digest, in memory."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from parley.ui.access.accounts import Account, AccountError, UserFile
from parley.ui.access.roles import Role
from parley.ui.conversations.store import owner_of

COOKIE = "parley_session"
IDLE_SECONDS, LONGEST_SECONDS = 12 * 3600.0, 7 * 24 * 3600.0
"""A session ends after so long without a request, and after so long at any rate."""

_SESSIONS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    fingerprint: str
    begun: float
    seen: float


class Sessions:
    """Sessions of the users of a file; one whose user is removed or gets another password ends at once."""

    def __init__(self, users: UserFile, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}
        self._standing: dict[tuple[str, str], str] = {}

    def begin(self, name: str) -> str:
        """A new session of a user whose password was right; returns its token."""
        token, now = secrets.token_urlsafe(32), self._clock()
        session = _Session(name, self._users.fingerprint(name) or "", now, now)
        with self._lock:
            self._sessions = {key: kept for key, kept in self._sessions.items() if not _is_over(kept, now)}
            while len(self._sessions) >= _SESSIONS_KEPT:
                del self._sessions[next(iter(self._sessions))]
            self._sessions[_digest(token)] = session
        return token

    def standing(self, name: str, proof: str) -> str:
        """The token of the session of a program or of a proxy's user, which vouch for themselves with every request anew.

        `proof` is what they vouch with; another one has another session.
        """
        key = (name, _digest(proof))
        with self._lock:
            token = self._standing.get(key, "")
        if self.name({COOKIE: token}) != name:
            token = self.begin(name)
            with self._lock:
                if len(self._standing) >= _SESSIONS_KEPT:
                    self._standing.clear()
                self._standing[key] = token
        return token

    def account(self, cookies: Mapping[str, str]) -> Account | None:
        """The user who is logged in with these cookies."""
        name = self.name(cookies)
        return self._users.account(name) if name is not None else None

    def end(self, cookies: Mapping[str, str]) -> None:
        """End the session of these cookies, if there is one."""
        with self._lock:
            self._sessions.pop(_digest(cookies.get(COOKIE, "")), None)

    def name(self, cookies: Mapping[str, str]) -> str | None:
        """Who is logged in with these cookies; nobody while the file of users cannot be read, which ends no session."""
        key, now = _digest(cookies.get(COOKIE, "")), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            try:
                fingerprint = self._users.fingerprint(session.name)
            except AccountError:
                return None
            if _is_over(session, now) or fingerprint != session.fingerprint:
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, seen=now)
            return session.name


class UserIdentity:
    """Everybody who is logged in is themselves, in whatever browser."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def owner(self, cookies: Mapping[str, str]) -> str | None:
        """The name that belongs to the user."""
        name, account = self._sessions.name(cookies), self._sessions.account(cookies)
        if name is None or account is None:
            return None
        # A browser's token has no colon, so the two kinds of owner never meet.
        return owner_of(f"user:{name}:{account.id}" if account.id else f"user:{name}")

    def user(self, cookies: Mapping[str, str]) -> str:
        """The user's own name, for showing it."""
        return self._sessions.name(cookies) or ""

    def role(self, cookies: Mapping[str, str]) -> Role | None:
        """The user's role as the file has it now."""
        account = self._sessions.account(cookies)
        return account.role if account is not None else None


def _is_over(session: _Session, now: float) -> bool:
    return now - session.seen > IDLE_SECONDS or now - session.begun > LONGEST_SECONDS


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
