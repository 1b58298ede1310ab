"""The head of every page: the nameplate, the ways to the chat and the views, and what can be done here."""

from __future__ import annotations

from collections.abc import Callable

_PAGES = (
    ("/", "Ask"),
    ("/views/overview", "Overview"),
    ("/views/positions", "Positions"),
    ("/views/ledger", "Ledger"),
    ("/views/timeline", "Timeline"),
    ("/views/statements", "Statements"),
    ("/views/compare", "Compare"),
    ("/views/documents", "Documents"),
)

_CHAT_MENU = (
    '<button type="button" class="icon" id="toggle-library" aria-expanded="true" aria-controls="library-pane" '
    'aria-label="Documents and conversations">☰</button>'
)

_CHAT_ACTIONS = (
    '<div class="masthead-actions"><a class="quiet" id="views" href="/views/overview">Views</a>'
    '<button type="button" class="quiet" id="new-conversation">New <span class="wide-only">conversation</span></button>'
    '<button type="button" class="icon" id="show-keys" aria-haspopup="dialog" aria-label="Keys">?</button>'
    '<button type="button" class="icon" id="toggle-dark" aria-label="Dark or light">◐</button></div>'
)


def chat_masthead() -> str:
    """The head of the chat, with the buttons that its script wires."""
    return f'<header class="masthead">{_CHAT_MENU}<h1 class="nameplate">Parley</h1>{_ways("/")}{_CHAT_ACTIONS}</header>'


def view_masthead(current: str) -> str:
    """The head of a page that is no chat; `current` is its address.

    The links are relative, so that they stay within the library of the page's own address.
    """
    return f'<header class="masthead"><p class="nameplate">Parley</p>{_ways(current, _relative)}</header>'


def _ways(current: str, written: Callable[[str], str] = str) -> str:
    links = "".join(
        f'<a href="{written(address)}"{_CURRENT if address == current else ""}>{name}</a>' for address, name in _PAGES
    )
    return f'<nav aria-label="Pages">{links}</nav>'


def _relative(address: str) -> str:
    """As seen from a page below /views/."""
    return address.removeprefix("/views/") if address.startswith("/views/") else "../"


_CURRENT = ' aria-current="page"'
