"""Above the documents: which library is open, the others, a field for making one, and who is logged in."""

from __future__ import annotations

from urllib.parse import quote as percent_encoded

from parley.ui.html.markup import isolated, text_html
from parley.ui.library.libraries import LONGEST_NAME, Libraries


def switcher_html(libraries: Libraries, current: str, user: str, role: str = "") -> str:
    """Links and forms that work without a script; empty for one library without login.

    The style sheet leaves out of the page what a reader may not do, by the role named here; the server refuses it anyway.
    """
    return _libraries(libraries, current) + _user(user, role)


def library_address(name: str) -> str:
    """The address of the page that shows a library."""
    return f"/?library={percent_encoded(name, safe='')}"


def _libraries(libraries: Libraries, current: str) -> str:
    if not libraries.several:
        return ""
    names = libraries.names()
    items = "".join(_library(name, is_current=name == (current or names[0])) for name in names)
    return (
        f'<h2 class="panel-title">Libraries <span class="count">{len(names)}</span></h2>'
        f'<nav aria-label="Libraries"><ul class="libraries">{items}</ul></nav>'
        '<form method="post" action="/parley/libraries" class="new-library">'
        '<label class="aside" for="new-library">New library</label>'
        f'<input id="new-library" name="name" maxlength="{LONGEST_NAME}" required placeholder="Name of a new library" '
        'autocomplete="off"><button class="quiet">Make</button></form>'
    )


def _library(name: str, *, is_current: bool) -> str:
    return f'<li><a href="{text_html(library_address(name))}"{_CURRENT if is_current else ""}>{isolated(name)}</a></li>'


def _user(user: str, role: str) -> str:
    if not user:
        return ""
    changes = '<p class="changes"><a href="/parley/changes">Who changed what</a></p>' if role == "administrator" else ""
    return (
        f'<form method="post" action="/logout" class="logged-in" data-role="{text_html(role)}">Logged in as {isolated(user)} '
        f'<button class="quiet">Log out</button></form>{changes}'
    )


_CURRENT = ' aria-current="page"'
