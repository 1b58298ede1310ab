"""What the page's events have in common: who sends them, at which library, with which data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import gradio as gr
from gradio.events import Dependency

from parley.assistant import ParleyError
from parley.ui.access.identity import Identity
from parley.ui.access.roles import may, refusal
from parley.ui.conversations.payload import PayloadError
from parley.ui.library.libraries import Libraries
from parley.ui.library.workspace import Workspace

QUESTIONS_AT_ONCE = 4
"""Questions answered at the same time; more wait their turn."""


def in_page(call: str) -> str:
    """A call of the page's script, waited for before the event goes on. The script may come later than the event."""
    there = "window.parley ? window.parley." + call + " : new Promise((again) => setTimeout(again, 50)).then(there)"
    return f"(...inputs) => {{ const there = () => {there}; return Promise.resolve(there()).then(() => inputs); }}"


HIDDEN: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
EACH = HIDDEN | {"trigger_mode": "multiple"}
"""Gradio's default drops a click that comes while the one before is answered; its "always_last" sends the older data again."""
DIRECT = EACH | {"queue": False}
"""Outside the queue: must work when it is full, and has nothing to report. The errors of the others are shown."""
QUICK = EACH | {"concurrency_limit": 1}
"""One at a time. The page's script sends them one at a time too, so that what was clicked last is also shown last."""
READING = QUICK | {"concurrency_id": "source"}
"""The same for all that shows something in the source pane."""
FILING = QUICK | {"concurrency_id": "conversations"}
"""The same for all that changes which conversation is open, or their list."""
ASKING = EACH | {
    "concurrency_limit": QUESTIONS_AT_ONCE,
    "concurrency_id": "questions",
    "js": in_page("settled()"),
}
"""For questions. They have a queue of their own, so each waits in the page for what was chosen before it; see `settles`."""
CHANGING = EACH | {"concurrency_limit": 1, "concurrency_id": "library"}

_Value = TypeVar("_Value")


class PageState(NamedTuple):
    """Where a page is: the name of its library, empty for the first one, and the conversation it shows."""

    library: str = ""
    conversation: str = ""


class Desk:
    """The libraries, and who works with them."""

    def __init__(self, libraries: Libraries, identity: Identity) -> None:
        self.libraries = libraries
        self._identity = identity

    def at(self, place: PageState) -> Workspace:
        """The library that a page shows. Raises gr.Error if it has gone."""
        return checked(lambda: self.libraries.workspace(place.library))

    def owner(self, request: gr.Request) -> str:
        """Who sent a request. Raises gr.Error if nobody vouches for it."""
        owner = self._identity.owner(dict(request.cookies))
        if owner is None:
            raise gr.Error("This page has lost its cookie. Reload it.", print_exception=False)
        return owner

    def editor(self, request: gr.Request) -> str:
        """Who sent a request that changes what is in a library. Raises gr.Error if they may not."""
        role = self._identity.role(dict(request.cookies))
        if role is not None and not may(role, "editor"):
            raise gr.Error(refusal(role, "editor"), print_exception=False, title="Not possible")
        return self.owner(request)

    def may_edit(self, request: gr.Request) -> bool:
        """Whether whoever sent a request may change what is in a library, so that they are offered it."""
        return may(self._identity.role(dict(request.cookies)), "editor")

    def role(self, request: gr.Request) -> str:
        """What whoever sent a request may do."""
        return self._identity.role(dict(request.cookies)) or ""

    def user(self, request: gr.Request) -> str:
        """The name of who is logged in; empty without login."""
        return self._identity.user(dict(request.cookies))

    def page(self, owner: str, place: PageState) -> tuple[Any, ...]:
        """Values for the place, the conversation window, the documents and the list of conversations."""
        workspace = self.at(place)
        messages = checked(lambda: workspace.chat.messages(owner, place.conversation))
        return (
            place,
            gr.update(value=messages, placeholder=workspace.documents.welcome()),
            workspace.documents.list_html(),
            workspace.conversations.history_html(owner, place.conversation),
        )


def settles(event: Dependency) -> None:
    """Tell the page's script that a choice has been answered, well or with an error: the next one goes out, or the questions."""
    for follow in (event.success, event.failure):
        follow(None, None, None, js=in_page("chosen()"))


def opens(event: Dependency) -> None:
    """Tell the page's script that the source pane has what was asked for, or that it could not be had."""
    event.success(None, None, None, js=in_page("opened(true)"))
    event.failure(None, None, None, js=in_page("opened(false)"))


def payload(event: gr.EventData) -> object:
    """The data that a page's own event carries; it comes from the browser and is not to be trusted."""
    return event._data  # noqa: SLF001  (the only way to it)


def checked(action: Callable[[], _Value]) -> _Value:
    """The action's value; errors that may be shown are shown."""
    try:
        return action()
    except (PayloadError, ParleyError) as error:
        raise gr.Error(str(error), print_exception=False, title="Not possible") from error
