"""A short piece of what `make torture` does at length."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.index.confined.reading import ConfinedReader
from parley.index.errors import ReadError
from tests.confined.hostile import HOSTILE
from tests.torture.apart import outcome_of
from tests.torture.damage import damaged_libraries
from tests.torture.files import mutated_files
from tests.torture.histories import Histories, Operation, _look, open_library
from tests.torture.mutations import mutated, seeds

SLOWEST_HOSTILE = (
    "coloured.html",
    "empty-paragraphs.docx",
    "many-paragraphs.docx",
    "one-line.txt",
    "packed-stream.pdf",
    "rows.html",
)


@pytest.mark.slow
def test_killed_histories(tmp_path: Path) -> None:
    histories = Histories()
    histories.run(tmp_path / "library", 12, seed=5)
    assert histories.faults == []
    assert histories.counts["cycles"] == 12
    assert histories.counts["operations acknowledged"] > 5


def test_a_history_that_lost_something_is_noticed(tmp_path: Path) -> None:
    operation = Operation("add", (("note-1", "The envoy said no."), ("note-2", "The minister said yes.")))
    outcome_of(lambda: str(open_library(tmp_path / "library").add_documents([])))
    told = outcome_of(partial(_look, tmp_path / "library", [operation.applied({})]))
    assert told.startswith("lost or made up")


@pytest.mark.slow
def test_damaged_libraries(tmp_path: Path) -> None:
    counts, faults = damaged_libraries(tmp_path, 12, seed=5)
    assert faults == []
    assert sum(counts.values()) == 12


@pytest.mark.slow
def test_mutated_files(tmp_path: Path) -> None:
    counts, faults = mutated_files(tmp_path, 40, seed=5)
    assert faults == []
    assert counts["read"] > 5
    assert counts["refused"] > 5


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - set(SLOWEST_HOSTILE)))
def test_hostile_files_are_read_or_refused(reader: ConfinedReader, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    try:
        document = reader.read(path, document_id="d")
    except ReadError as error:
        assert name in str(error)  # noqa: PT017  (either way is right)
    else:
        assert "quota" in document.text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(seeds())), number=st.integers(0, 10**9))
def test_whatever_becomes_of_a_file_it_is_read_or_refused(reader: ConfinedReader, tmp_path: Path, name: str, number: int) -> None:
    path = tmp_path / name
    path.write_bytes(mutated(seeds()[name], random.Random(number)) or b" ")
    if path.suffix == ".mbox":
        assert reader.contents(path) is not None
        return
    try:
        document = reader.read(path, document_id="d")
    except ReadError as error:
        assert name in str(error)  # noqa: PT017
        assert "broke down" not in str(error)  # noqa: PT017
    else:
        assert document.text.strip()
