"""Statements are narrowed down where they are stored, and what comes out is what looking at each of them gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest

from parley import Assistant
from parley.index.language.folding import fold_text
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder

TEXTS = (
    (
        "The minister of Tarsia, Zoë Ŝanto, said the talks will resume. “We reject the offer,” Bo Marn told reporters.",
        3,
    ),
    ("Zoe Santo demanded an apology. The envoy Ida Roe said that Santo agreed in principle to the plan.", 9),
    ("Bo Marn insisted on higher wages. “We will sign,” said Ida Roe of Tarsia.", 20),
    ("Ida Roe warned that the deadline may pass.", None),
)
NOTHING = {
    "party": None, "speaker": None, "issue": (), "stance": None, "status": None, "outlet": None, "since": None, "until": None,
    "firsthand_only": False,
}  # fmt: skip
CONDITIONS = [
    {},
    {"speaker": "santo"},
    {"speaker": "SANTO", "since": Date(2031, 2, 5)},
    {"speaker": "Šanto"},
    {"party": "tarsia"},
    {"stance": "demand"},
    {"status": "rejected"},
    {"outlet": "héraut"},
    {"firsthand_only": True},
    {"since": Date(2031, 2, 9)},
    {"until": Date(2031, 2, 9)},
    {"since": Date(2031, 2, 4), "until": Date(2031, 2, 9), "speaker": "roe"},
    {"issue": ("PLAN", "wages")},
    {"speaker": "nobody"},
    {"speaker": "half \ud800 character"},
]


def test_what_is_not_taken_is_not_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = library.document
    monkeypatch.setattr(library, "document", lambda name: read.append(name) or plain(name))
    views = Assistant(library)
    found = views.cited_statements()
    names = ["report-0", "report-1", "report-2", "report-3"]
    assert read == names
    for taken in (1, 3):
        read.clear()
        assert views.cited_statements(offset=taken - 1, limit=1) == found[taken - 1 : taken]
        last = names.index(found[taken - 1].document.id)
        assert read == names[: last + 2]  # and the one that follows, whose beginning ends the last one
    assert [item.statement for item in views.statements(offset=1, limit=2)] == [item.statement for item in found[1:3]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    opened.add_documents(
        Document.from_text(
            text, id=f"report-{number}", date=Date(2031, 2, day) if day else None, outlet=("Le Hèraut", None)[number % 2]
        )
        for number, (text, day) in enumerate(TEXTS)
    )
    yield opened
    opened.close()


def _looked_at_each(library: Library, wanted: dict[str, object]) -> list[tuple[str, str]]:
    """The same by reading everything."""
    found = []
    for entry in library.entries():
        document = library.document(entry.id)
        dated = not (wanted["since"] or wanted["until"]) or (
            entry.date is not None and (wanted["since"] or entry.date) <= entry.date <= (wanted["until"] or entry.date)
        )
        for item in library.statements(entry.id):
            quote = " … ".join(document.text[span.start : span.end] for span in item.content)
            holds = [
                wanted[name] is None or (value is not None and fold_text(str(wanted[name])) in fold_text(value))
                for name, value in (("speaker", item.speaker), ("party", item.party))
            ]
            outlets = [fold_text(name) for name in (entry.outlet, item.outlet) if name]
            holds.append(wanted["outlet"] is None or any(fold_text(str(wanted["outlet"])) in name for name in outlets))
            holds += [wanted["stance"] in (None, item.stance), wanted["status"] in (None, item.status)]
            holds.append(not wanted["issue"] or any(fold_text(term) in fold_text(quote) for term in wanted["issue"]))  # type: ignore[attr-defined]
            holds.append(not (wanted["firsthand_only"] and item.relay))
            if dated and all(holds):
                found.append((entry.id, quote))
    return found


def _selected(library: Library, wanted: dict[str, object]) -> list[tuple[str, str]]:
    return [(item.document.id, item.quote) for item in Assistant(library).statements(**wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize("given", CONDITIONS, ids=str)
def test_what_is_narrowed_down_is_what_looking_at_each_gives(library: Library, given: dict[str, object]) -> None:
    wanted = NOTHING | given
    expected = _looked_at_each(library, wanted)
    assert bool(expected) == (given.get("speaker") not in {"nobody", "half \ud800 character"}), "the condition tells nothing"
    assert _selected(library, wanted) == expected


@pytest.mark.parametrize(
    "given", [{"speaker": "santo"}, {"stance": "demand"}, {"outlet": "héraut"}, {"firsthand_only": True}], ids=str
)
def test_statements_that_an_earlier_version_stored_are_found_as_well(library: Library, given: dict[str, object]) -> None:
    """They have a record and no columns."""
    expected = _looked_at_each(library, NOTHING | given)
    connection = sqlite3.connect(library.path / "catalog.sqlite")
    with connection:
        connection.execute(
            "UPDATE statements SET speaker = NULL, party = NULL, outlet = NULL, stance = NULL, status = NULL, relayed = NULL"
        )
    connection.close()
    assert _selected(library, NOTHING | given) == expected != []


def test_only_the_records_that_may_fit_are_read(library: Library) -> None:
    from parley.index.store.stored_statements import StatementConditions

    read = list(library.statements_narrowed(StatementConditions(speaker="marn", status="rejected")))
    assert {item.speaker for _, item in read} == {"Bo Marn"}
    assert {item.status for _, item in read} == {"rejected"}
