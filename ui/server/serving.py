"""Serving the web application: on this machine only, unless another address is asked for."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import uvicorn
from fastapi import FastAPI

from parley.assistant import ParleyError
from parley.ui.access.callers import Callers
from parley.ui.access.start_token import Ticket
from parley.ui.html.where_text_goes import WithheldModel, none_withheld
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.libraries import LibraryFolders
from parley.ui.server.application import build_application
from parley.ui.server.protocol import BoundedProtocol

_log = logging.getLogger(__name__)

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


_OPEN_TO_ALL = (
    "NO LOGIN, AND OPEN TO THE NETWORK: listening on %s, anyone who can reach this address can read, add and remove documents. "
    "Start with --users FILE to ask for a password, or leave out --host to serve this machine only."
)
_UNENCRYPTED = (
    "Listening on %s: passwords and documents cross the network unencrypted. Put a proxy that speaks HTTPS in front, or leave "
    "out --host to serve this machine only."
)


class PortInUseError(ParleyError):
    """The address cannot be listened on."""


class PageServer(uvicorn.Server):
    """A server that ends the connections which open pages hold before it waits for them to end."""

    def __init__(self, application: FastAPI) -> None:
        # Forwarded addresses are believed of a proxy that was named, and by our own middleware: of no other caller.
        config = uvicorn.Config(
            application,
            http=BoundedProtocol,
            proxy_headers=False,
            log_level="warning",
            # uvicorn's own handlers would write past the filter that takes keys out of our log.
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=3,
        )
        super().__init__(config)
        self._closing = application.state.closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving; what a page still has open is cut off on purpose, which uvicorn would report as an error."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._closing.set()
        await super().shutdown(sockets)


def serve(
    assistant: ChatAssistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    callers: Callers | None = None,
    others: LibraryFolders | None = None,
    withheld: WithheldModel = none_withheld,
) -> None:
    """Serve until interrupted. The page's address is written to standard error once it is ready.

    Args:
        assistant: what answers.
        host: address to listen on; anything but a loopback address makes the library readable to the network.
        port: port to listen on; 0 takes a free one.
        open_browser: whether to open the page in the browser once it is ready.
        callers: who may call the server. The token that they must bring is in the address of the page.
        others: where further libraries lie.
        withheld: which language model the library in a folder does not permit to be asked.

    Raises:
        PortInUseError: the address is in use or may not be listened on.
        AccountError: the file of users cannot be read.
    """
    callers = _known_at(host, callers or Callers())
    listening = _listen(host, port)
    if host not in _LOOPBACK:
        _log.warning(_UNENCRYPTED if callers.users is not None or callers.token else _OPEN_TO_ALL, host)
    address = f"http://{_url_host(host)}:{listening.getsockname()[1]}/"
    if open_browser and callers.token:
        callers = replace(callers, ticket=Ticket())
    server = PageServer(build_application(assistant, callers=callers, others=others, withheld=withheld))
    entry = _with_token(address, callers.ticket.text if callers.ticket is not None else "")
    opening = partial(webbrowser.open, entry) if open_browser else None
    told = _with_token(address, callers.token)
    threading.Thread(target=_when_ready, args=(server, told, opening), daemon=True).start()
    server.run(sockets=[listening])


def _known_at(host: str, callers: Callers) -> Callers:
    """The callers with the names of this machine, where it listens to a network. Who has users needs no token."""
    if callers.users is not None:
        callers.users.names()
        callers = replace(callers, token="")
    if host in _LOOPBACK:
        return callers
    names = (*callers.host_names, socket.gethostname(), socket.getfqdn(), host)
    return replace(callers, host_names=names, any_address=True)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        msg = f"Cannot listen on {host} port {port}: {error.strerror}. Name another port, or 0 for a free one."
        raise PortInUseError(msg) from error
    return listening


def _url_host(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104  (compared with, not bound to)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _with_token(address: str, token: str) -> str:
    return f"{address}?token={token}" if token else address


def _when_ready(server: uvicorn.Server, url: str, open_page: Callable[[], bool] | None) -> None:
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    _announce(url)
    if open_page is not None:
        open_page()


def _announce(url: str) -> None:
    sys.stderr.write(f"Parley is open at {url} (stop with Ctrl-C)\n")
    sys.stderr.flush()


__all__ = ["PortInUseError", "build_application", "serve"]
