"""A proxy in front of the server, trusted because it was named at the start: it tells callers' addresses, and who they are."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class TrustedProxy:
    """A proxy that logs people in, as one that speaks OIDC or SAML does, and passes their name on in a header.

    Attributes:
        addresses: where its requests come from. From any other address the header says nothing.
        user_header: such as "X-Remote-User"; the proxy must remove what callers send under that name. "" where it tells none.
    """

    addresses: tuple[str, ...]
    user_header: str = ""

    def user_of(self, scope: Scope) -> str | None:
        """The name that the proxy tells; `None` for what did not come through it, or where it tells none."""
        # Told apart from `client`, which is the caller behind the proxy where that passes addresses on.
        peer = scope.get("state", {}).get("peer") or (scope.get("client") or ("",))[0]
        if not self.user_header or peer not in self.addresses:
            return None
        # Of two names, one is the caller's own.
        names = Headers(scope=scope).getlist(self.user_header)
        return names[0] or None if len(names) == 1 else None


class CallerAddress:
    """Puts the address that the trusted proxy passes on in the place of the proxy's own."""

    def __init__(self, app: ASGIApp, *, proxy: TrustedProxy) -> None:
        self._app = app
        self._proxy = proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        client = scope.get("client")
        if scope["type"] in ("http", "websocket") and client is not None and client[0] in self._proxy.addresses:
            # The proxy's own word comes last, behind a comma or in a line of its own; the caller may have sent what is before it.
            passed_on = _last(scope, "x-forwarded-for")
            scheme = _last(scope, "x-forwarded-proto") or scope["scheme"]
            state = {**scope.get("state", {}), "peer": client[0]}
            scope = {**scope, "client": (passed_on or client[0], client[1]), "state": state}
            if scheme in ("http", "https") and scope["type"] == "http":
                scope["scheme"] = scheme
        await self._app(scope, receive, send)


def _last(scope: Scope, name: str) -> str:
    """The last of the words in all lines of a header; "" where there is none."""
    return ",".join(Headers(scope=scope).getlist(name)).rpartition(",")[2].strip()
