"""Iterators whose steps take time, from within an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator
from typing import TypeVar

_Value = TypeVar("_Value")
_END = object()


async def in_threads(steps: Iterator[_Value]) -> AsyncGenerator[_Value, None]:
    """The values of an iterator, each step in a thread; closing this closes the iterator where that can be closed."""
    try:
        while (value := await asyncio.to_thread(next, steps, _END)) is not _END:
            yield value  # type: ignore[misc]
    finally:
        if isinstance(steps, Generator):
            await asyncio.to_thread(steps.close)
