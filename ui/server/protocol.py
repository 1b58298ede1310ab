"""Bounds on connections: how many there may be, and how long one may take to say what it wants."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from parley.ui.access.known_browsers import network_of

HEADER_SECONDS = 15.0
"""For the first line and the headers of a request. Browsers send them at once; a slow line takes a second or two."""

MOST_CONNECTIONS = 768
"""At once, of everybody: three quarters of the 1,024 files that a process may usually have open."""

MOST_CONNECTIONS_EACH = 512
"""From one address. A page holds two or three, a browser opens up to six; behind a proxy many people share one."""


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 whose connections are cut when there are too many, or when their headers do not come."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or cut it where there are too many."""
        super().connection_made(transport)
        address = _address(self)
        same = sum(1 for other in self.connections if isinstance(other, BoundedProtocol) and _address(other) == address)
        if len(self.connections) > MOST_CONNECTIONS or same > MOST_CONNECTIONS_EACH:
            transport.abort()
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the headers of a request have to be complete in time."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._unwatch()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request, which uvicorn does not do for ever."""
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        # h11 says IDLE until it has read a request's headers whole.
        if self.conn.their_state is not h11.IDLE:
            self._unwatch()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_SECONDS, self._cut)

    def _unwatch(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.abort()


def _address(protocol: H11Protocol) -> str | None:
    return network_of(protocol.client[0]) if protocol.client else None
