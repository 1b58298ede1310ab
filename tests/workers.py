"""How the tests are shared out where pytest-xdist runs them in several processes, as `make test` does."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

_TAKE_LONG = (
    "tests/browser",
    "tests/eval/test_gate.py",
    "tests/test_packaging.py",
    "tests/language_model/test_llama_cpp.py",
    "tests/export",
    "tests/assistant",
    "tests/drafting",
)
"""Begun first, so that no process works alone on one of them in the end."""


class ByModule(LoadScopeScheduling):
    """The tests of a module stay together, since they share what it makes.

    So do all tests in the browser: a second Chromium would take the time that their limits are made for.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", maxsplit=1)[0]
        return "tests/browser" if module.startswith("tests/browser/") else module


def longest_first(items: list[pytest.Item]) -> None:
    """Put the modules that take long before the others."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """The number of the first name in `_TAKE_LONG` that the test's begins with; all others come last."""
    return next((place for place, name in enumerate(_TAKE_LONG) if item.nodeid.startswith(name)), len(_TAKE_LONG))
