"""What people may do: readers ask and read, editors change what is in a library, administrators see who changed what."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["reader", "editor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""


def may(role: Role | None, needed: Role) -> bool:
    """Whether a role is enough; `None` is nobody's."""
    return role is not None and ROLES.index(role) >= ROLES.index(needed)


def refusal(role: Role, needed: Role) -> str:
    """What somebody is told whose role is not enough."""
    return (
        f"That needs the role “{needed}”, and yours is “{role}”. Whoever keeps the users can change it: parley users role NAME."
    )
