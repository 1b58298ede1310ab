"""Which texts are versions of one: those that share much, and those whose titles say so though much of them is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Assistant, Document
from parley.assistant.evidence.versions.pairing import named_as_versions
from parley.index.types import SearchFilter
from tests.fakes import HashingEmbedder

FIRST = """Article 1
The lease of the quay begins on 1 May 2031 and ends on 30 April 2041.

Article 2
The port shall pay [A: four] [B: six] crowns a metre each year.

Article 3
Disputes are settled by the court in Dorn.
"""
SECOND = """Article 1
The lease of the quay begins on 1 June 2031, unless the port gives notice a year before, and lasts fifteen years from then on.

Article 2
Five crowns a metre fall due in March and in September of each year.

Article 3
Whoever is named by both parties as their arbitrator settles disputes.
"""


def assistant_with(folder: Path, first: str, second: str) -> Assistant:
    opened = Assistant.open(folder / "library", embedding=HashingEmbedder())
    opened.add_documents(
        [
            Document.from_text(f"{first}\n\n{FIRST}", id="one", title=first),
            Document.from_text(f"{second}\n\n{SECOND}", id="two", title=second),
            Document.from_text("Mayor Ivo Brandt said the quay stays open at night.", id="note", title="Note"),
        ]
    )
    return opened


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[Assistant]:
    with assistant_with(tmp_path, "Harbour Lease, first draft", "Harbour Lease, second draft") as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    ["What changed between the drafts?", "Compare the two drafts", "Did the second draft change the disputes clause?"],
)
def test_drafts_that_differ_much_are_versions_by_their_titles(drafts: Assistant, question: str) -> None:
    answer = drafts.ask(question)
    assert "“Disputes are settled by the court in Dorn.”" in answer.text
    assert "“Whoever is named by both parties as their arbitrator settles disputes.”" in answer.text
    assert answer.notices[0] == "Compared: “Harbour Lease, first draft” with “Harbour Lease, second draft”."


def test_the_titles_of_two_versions_are_no_change(drafts: Assistant) -> None:
    assert "“Harbour Lease, first draft” became" not in drafts.ask("What changed between the drafts?").text


def test_two_documents_that_the_user_chose_need_share_less(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        same = "Ships of the town may use the quay at night without any fee."
        opened.add_documents(
            [
                Document.from_text(f"{same} {FIRST}", id="one", title="Lease of Dorn"),
                Document.from_text(f"{same} {SECOND}", id="two", title="Lease of Hask"),
            ]
        )
        question = "What changed between the two texts?"
        assert "became" not in opened.ask(question).text
        assert "became" in opened.ask(question, filter=SearchFilter(document_ids=("one", "two"))).text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Harbour Lease, first draft", "Harbour Lease, second draft", True),
        ("Harbour Lease (tentative)", "Harbour Lease (final)", True),
        ("Minutes of the first meeting", "Minutes of the third meeting", False),
        ("First draft", "Second draft", False),  # of what?
        ("Harbour Lease, first draft", "Ferry Lease, second draft", False),
        ("Harbour Lease, first draft", "Harbour Lease, first draft", False),
    ],
)
def test_titles_that_differ_in_the_version_alone(one: str, other: str, *, expected: bool) -> None:
    assert named_as_versions(one, other) is expected
