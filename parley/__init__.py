"""Parley: ask negotiation documents a question, and read who said what, in their own words.

    >>> from parley import Assistant, Document

Every public name is imported from here. Importing `parley` loads nothing else; a name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.assistant import *  # noqa: F403 - the names are listed there, once
    from parley.assistant import __all__ as __all__
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        assistant = import_module("parley.assistant")
        if name == "__all__" or name in assistant.__all__:
            return getattr(assistant, name)
        msg = f"module 'parley' has no attribute {name!r}"
        raise AttributeError(msg)

    def __dir__() -> list[str]:
        from parley import assistant

        return sorted([*globals(), *assistant.__all__])
