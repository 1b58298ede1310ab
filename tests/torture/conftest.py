"""One confined reader for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley.index.confined.reading import ConfinedReader


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    confined = ConfinedReader()
    yield confined
    confined.close()
