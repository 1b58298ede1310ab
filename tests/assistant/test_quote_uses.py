"""What a document does with quoted words, and whose they are: words cut out of a denial or an "if" are never merely exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from parley.assistant.evidence.quote_check import QuoteCheck, check_quote
from parley.index.library import Library
from parley.index.types import Document, SearchFilter
from tests.assistant.texts import library_of


class Case(NamedTuple):
    """A line of quote_uses.tsv; `uses` and `words` are empty where the document simply states the words."""

    text: str
    quote: str
    speaker: str | None
    verdict: str
    uses: str
    words: str


def _cases() -> Iterator[Case]:
    for line in Path(__file__).with_name("quote_uses.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, quote, speaker, verdict, uses, words = (cell.replace("↵", "\n") for cell in line.split("\t"))
            yield Case(text, quote, speaker or None, verdict, uses, words)


CASES = tuple(_cases())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    texts = dict.fromkeys(case.text for case in CASES)
    made = [Document.from_text(text, id=f"d{number}", language=_language(text)) for number, text in enumerate(texts)]
    return library_of(tmp_path_factory.mktemp("uses") / "library", made)


def _language(text: str) -> str:
    return "de" if text.startswith("„") else "en"


def _check(library: Library, case: Case) -> QuoteCheck:
    name = next(entry.id for entry in library.entries() if library.document(entry.id).text == case.text)
    return check_quote(library, case.quote, case.speaker, filter=SearchFilter(document_ids=(name,)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.quote[:30]}|{case.speaker}|{case.text[:20]}")
def test_verdict_and_uses(library: Library, case: Case) -> None:
    found = _check(library, case)
    assert found.verdict == case.verdict, found.message
    uses = [use for match in found.matches for use in match.uses if use.kind != "plans"]
    assert case.uses in {use.kind for use in uses} if case.uses else not uses, found.message
    for use in uses:
        assert use.span.end <= found.matches[0].start or use.span.start >= found.matches[0].end or "…" in use.words
    if case.uses:
        assert case.words in {use.words for use in uses}
        assert not found.stands
        assert not found.message.startswith("Yes")
        assert f"“{case.words}”" in found.message


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.verdict == "words_found_speaker_unknown"], ids=lambda case: case.text[:30]
)
def test_a_speaker_who_is_not_known_is_no_other_speaker(library: Library, case: Case) -> None:
    assert "not as" not in _check(library, case).message


def test_the_words_of_somebody_quoted_are_told_with_who_quotes_them(library: Library) -> None:
    found = _check(library, Case("Toll said Ruiz had called Fane “a man of straw”.", "a man of straw", "Ruiz", "", "", ""))
    assert (found.matches[0].speaker, found.matches[0].reported_by) == ("Ruiz", "Toll")
    assert "as quoted by Toll" in found.message
