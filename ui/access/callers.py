"""Who may call the server, and by which names."""

from __future__ import annotations

from dataclasses import dataclass

from parley.ui.access.accounts import UserFile
from parley.ui.access.proxy import TrustedProxy
from parley.ui.access.start_token import Ticket

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Host names under which a server that listens on this machine only may be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """Who may call the server, and by which names.

    Attributes:
        users: who may log in; without it there is no login, and each browser is somebody of its own.
        token: what callers must bring where there are no users; "" asks for none.
        ticket: what lets in once in its place, for the browser that is opened at the start.
        host_names: names under which browsers may call this server.
        any_address: whether they may call it by any numeric address too, when it listens to a network.
        proxy: a proxy in front that tells callers' addresses, and perhaps who they are.
    """

    users: UserFile | None = None
    token: str = ""
    ticket: Ticket | None = None
    host_names: tuple[str, ...] = LOOPBACK_NAMES
    any_address: bool = False
    proxy: TrustedProxy | None = None
