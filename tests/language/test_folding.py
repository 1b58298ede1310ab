"""One folding: a name, a word of a question, a word of a quotation and a side of the user's list are compared alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parley import Assistant
from parley.assistant.evidence.quote_tokens import plain_text
from parley.assistant.reports.views.term_lists import fold_name, fold_with_offsets
from parley.index.language.folding import fold_text
from parley.index.language.quoted_words import strict_fold
from parley.index.language.stemmer import english_analyzer
from parley.index.language.words import fold
from parley.index.library import Library
from parley.index.types import Document
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder

NAMES = {
    "Kılıç": "kilic",
    "KILIÇ": "kilic",
    "İstanbul": "istanbul",
    "Søren": "soren",
    "Łódź": "lodz",
    "Đorđe": "dorde",
    "Guðrún": "gudrun",
    "Ærø": "aero",
    "Þór": "thor",
    "Weiß": "weiss",
    "ﬁnance": "finance",
    "O’Brien": "o'brien",
    "Peña": "pena",
}


@pytest.mark.parametrize(("name", "folded"), NAMES.items())
def test_every_folding_has_the_same_letters(name: str, folded: str) -> None:
    found = {one(name) for one in (fold_text, fold, strict_fold, plain_text, fold_name)}
    assert found == {folded}
    assert fold_with_offsets(name)[0] == folded


@pytest.mark.parametrize("name", [name for name in NAMES if name.isalpha()])
def test_the_full_text_has_them_as_well(name: str) -> None:
    """What is found by words is compared by words afterwards. The stem of both is the same where their letters are."""
    assert english_analyzer().analyze(name) == english_analyzer().analyze(fold_text(name))


@pytest.mark.parametrize("text", [*NAMES, "™ K ſ ẞ ǅ", "Ελλάδα", "Київ", "I\u0307"])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


def test_no_other_module_takes_letters_apart() -> None:
    """An identifier of BibTeX is made of ASCII letters and compared with nothing."""
    paths = [path for room in ("assistant", "index") for path in (ROOT / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in paths if re.search("NFKD", path.read_text(encoding="utf-8"))}
    assert found == {"index/language/folding.py", "assistant/reports/export/bibtex.py"}


@pytest.mark.parametrize(
    ("asked", "count"), [("Kılıç", 1), ("Kilic", 1), ("KILIÇ", 1), ("Soren Holm", 1), ("Søren", 1), ("Kalic", 0)]
)
def test_statements_are_found_by_the_name_in_any_spelling(tmp_path: Path, asked: str, count: int) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    text = "Kemal Kılıç said the port should stay open. Søren Holm said it must close."
    library.add_documents([Document.from_text(text, id="port")])
    assert len(list(Assistant(library).statements(speaker=asked))) == count
    library.close()
