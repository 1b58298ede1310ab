"""What is denied, conditional or only asked is nobody's position and settles nothing, in any view."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley import Document
from tests.views.corpus import library_of

TEXT = """Norvia's envoy Pavel Imre denied that the fund had been agreed.

Tarsia's minister Ana Dorr said the flow was agreed.

If Tarsia lowered the toll, Norvia would accept the flow in principle, the envoy said.

A reporter asked whether Tarsia had rejected the truce.
"""


@pytest.fixture
def views(tmp_path: Path):
    return library_of(tmp_path / "library", [Document.from_text(TEXT, id="d", date=date(2031, 5, 1), language="en")])


def test_the_ledger_has_only_what_the_text_tells_as_done(views) -> None:
    assert [(entry.status, entry.item) for entry in views.ledger().entries if entry.status.startswith("agreed")] == [
        ("agreed", "the flow was agreed")
    ]


def test_what_is_asked_is_nobodys_position(views) -> None:
    table = views.positions()
    said = [item.quote for cell in table.cells for item in cell.statements] + [item.quote for item in table.unfiled]
    assert "the flow was agreed" in said
    assert not any("rejected the truce" in quote for quote in said)


def test_a_denial_says_so_beside_its_words(views) -> None:
    denied = next(item for item in views.cited_statements() if item.statement.standing == "denied")
    assert ("denied in the text", "“denied that”") in denied.remarks
    assert not denied.is_stated
