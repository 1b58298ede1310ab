"""Telling callers apart before they are logged in: by the network of their address, and by a cookie of who came in before."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from hashlib import sha256

KNOWN_COOKIE = "parley_known"
KNOWN_SECONDS = 180 * 24 * 3600
"""How long a browser is known by its cookie; longer than anybody is on leave."""

_NETWORK = 64
"""Bits of an IPv6 address that a provider gives to one household or machine, which chooses the rest at will."""


def network_of(address: str) -> str:
    """The address by which a caller is counted: an IPv6 address stands for its whole network, anything else for itself."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return address
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, _NETWORK), strict=False))


def known_mark(name: str, fingerprint: str) -> str:
    """What the cookie of a browser holds in which this user came in.

    It is made of the user's secret, so that it outlives a restart, ends with the password, and is nothing to log in with.
    """
    return hmac.new(fingerprint.encode(), f"came in before\0{name}".encode(), sha256).hexdigest()


def came_in_before(cookies: Mapping[str, str], name: str, fingerprint: str | None) -> bool:
    """Whether the caller's browser is one in which that user came in; of a name that does not exist never."""
    given = cookies.get(KNOWN_COOKIE, "")
    return bool(fingerprint) and hmac.compare_digest(given.encode(), known_mark(name, fingerprint or "").encode())
