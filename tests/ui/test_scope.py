"""Choosing a part of the library: the offer, the filter and the line that tells it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley import Assistant, Document, SearchFilter
from parley.ui.conversations.scope import NO_DOCUMENT, ScopeChoice, scope_line, scope_offer, scope_panel, search_filter
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in, text_of
from tests.views.corpus import NOTE, POST, library_of


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return library_of(tmp_path / "library")


def test_the_offer_counts_documents(assistant: Assistant) -> None:
    offer = scope_offer(assistant)
    assert offer.outlets == (("Harbour Post", 1),)
    assert offer.parties == (("Tarsia", 2), ("Norvia", 1))
    assert (offer.first, offer.last) == (date(2031, 5, 10), date(2031, 5, 10))


def test_the_filter_lets_through_what_every_part_allows(assistant: Assistant) -> None:
    assert search_filter(ScopeChoice(), assistant) == SearchFilter()
    assert search_filter(ScopeChoice(parties=("Norvia",)), assistant).document_ids == (POST.id,)
    assert search_filter(ScopeChoice(parties=("Tarsia",)), assistant).document_ids == (NOTE.id, POST.id)
    assert search_filter(ScopeChoice((NOTE.id, "gone"), parties=("Tarsia",)), assistant).document_ids == (NOTE.id,)
    days = search_filter(ScopeChoice(outlets=("Harbour Post",), since=date(2031, 5, 1)), assistant)
    assert days == SearchFilter(outlets=("Harbour Post",), since=date(2031, 5, 1))


def test_a_choice_that_nothing_meets_is_not_taken_for_everything(assistant: Assistant) -> None:
    narrowed = search_filter(ScopeChoice((NOTE.id,), parties=("Norvia",)), assistant)
    assert narrowed.document_ids == NO_DOCUMENT
    assert assistant.ask("What did Norvia's envoy say?", filter=narrowed).status == "not_in_documents"


def test_the_line_tells_every_part(assistant: Assistant) -> None:
    assert text_in(scope_line(ScopeChoice(), assistant.entries()), "scope").startswith("Asking all documents.")
    choice = ScopeChoice((NOTE.id,), ("Harbour Post",), ("Tarsia", "Norvia"), date(2031, 5, 1), date(2031, 6, 1))
    line = text_in(scope_line(choice, assistant.entries()), "scope")
    assert "A note · Harbour Post · from 1 May 2031 to 1 June 2031 · documents quoting Tarsia, Norvia" in line


def test_the_panel_shows_what_is_chosen(assistant: Assistant) -> None:
    html = scope_panel(scope_offer(assistant), ScopeChoice(outlets=("Harbour Post",), since=date(2031, 5, 1)))
    boxes = {attributes.get("value"): "checked" in attributes for tag, attributes in tags_of(html) if tag == "input"}
    assert boxes == {"2031-05-01": False, "": False, "Harbour Post": True, "Tarsia": False, "Norvia": False}


def test_what_is_not_seen_at_once_unfolds(tmp_path: Path) -> None:
    documents = [Document.from_text(f"Text {n}.", id=str(n), outlet=f"Post {n:03}") for n in range(65)]
    offer = scope_offer(library_of(tmp_path / "library", documents))
    assert len(offer.outlets) == 65
    folded = scope_panel(offer, ScopeChoice())
    assert {f"Post {n:03}" for n in range(65)} <= {attributes.get("value") for _, attributes in tags_of(folded)}
    assert "5 more" in text_of(folded)
    assert ("details", {}) in tags_of(folded)
    opened = scope_panel(offer, ScopeChoice(outlets=("Post 064",)))
    assert ("details", {"open": None}) in tags_of(opened)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    documents = [Document.from_text(f"Text {n}.", id=str(n), title=text, outlet=text) for n, text in enumerate(HOSTILE)]
    assistant = library_of(tmp_path / "library", documents)
    panel = scope_panel(scope_offer(assistant), ScopeChoice())
    assert {tag for tag, _ in tags_of(panel)} == {"div", "fieldset", "legend", "label", "input", "bdi", "span"}
    assert all(text in text_of(panel) for text in HOSTILE)
    line = scope_line(ScopeChoice(("0",), HOSTILE), assistant.entries())
    assert {tag for tag, _ in tags_of(line)} == {"p", "span", "bdi", "button"}
