"""Checking quotations: verdicts, offsets, and never calling changed words exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.assistant.evidence.quote_check import QuoteCheck, check_quote
from parley.assistant.evidence.quote_tokens import find_sequence, segments_of
from parley.index.language.quoted_words import tokens_of
from parley.index.library import Library
from parley.index.types import Document
from tests.assistant.texts import documents, library_of, reader_of
from tests.fakes import HashingEmbedder

ALTERATIONS = """"We will sign the treaty," Ruiz said on Monday. "But not before the spring."
Ruiz said the union "will not, in her view, give way". "They (perhaps) know it," she said. "Growth was -5 per cent," Lind said.
Lind said: "We never asked for a truce. We asked for time." Oduya said: "We want the port."
"It costs 1.500 crowns," Lind added.
"""
SPEECHES = """Amsel said: "The İstanbul road will not be closed before 1,000 drivers have signed."
Brandt told reporters that his side "probably has (a) limited budget… but no shortage of paper."
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("quotes") / "library"
    return library_of(
        folder, [*documents(), *(Document.from_text(text, id=text[:9], language="en") for text in (SPEECHES, ALTERATIONS))]
    )


def checked(library: Library, quote: str, speaker: str | None = None) -> QuoteCheck:
    found = check_quote(library, quote, speaker)
    for citation in found.citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote
        assert citation.verified
    return found


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("Nobody crosses a bridge to admire the barrier.", "exact"),
        ("“Nobody crosses a bridge to admire the barrier”", "exact"),
        ("nobody crosses a bridge, to admire the barrier", "same_words"),
        ("The Istanbul road will not be closed before 1000 drivers have signed", "same_words"),
        ("probably has limited budget", "same_words"),
        ("probably has … no shortage of paper", "same_words"),
        ("Nobody crosses a bridge to admire the gate.", "altered"),
        ("The İstanbul road will be closed before 1,000 drivers have signed", "altered"),
        ("The İstanbul road will not be closed before 2,000 drivers have signed", "altered"),
        ("We will sign the treaty. But not before the spring.", "same_words"),
        ("will … give way", "altered"),
        ("will not … give way", "same_words"),
        ("They know it about the union", "not_found"),
        ("Growth was 5 per cent", "altered"),
        ("We never asked for a truce … We want the port", "altered"),
        ("It costs 1,500 crowns", "altered"),
        ("the toll is a tax on the poor and shall be abolished", "not_found"),
        ("...", "not_found"),
    ],
)
def test_verdicts(library: Library, quote: str, verdict: str) -> None:
    assert checked(library, quote).verdict == verdict


def test_the_difference_names_both_wordings(library: Library) -> None:
    found = checked(library, "Nobody crosses a bridge to admire the gate.", "Amsel")
    assert [(change.kind, change.words) for change in found.difference if change.kind != "same"] == [
        ("document_only", "barrier"),
        ("quotation_only", "gate"),
    ]
    assert "“barrier”" in found.message
    assert "“gate”" in found.message


def test_right_words_of_another_speaker(library: Library) -> None:
    found = checked(library, "Nobody crosses a bridge to admire the barrier.", "Brandt")
    assert found.verdict == "other_speaker"
    assert "Amsel" in found.message
    assert checked(library, "Nobody crosses a bridge to admire the barrier.", "Amsel").verdict == "exact"


def test_the_citation_holds_the_words_and_the_speaker(library: Library) -> None:
    citation = checked(library, "Nobody crosses a bridge to admire the barrier.").citations[0]
    assert citation.document.id == "courier"
    assert "Nobody crosses a bridge to admire the barrier." in citation.quote
    assert citation.statement is not None
    assert "Amsel" in citation.attribution


WORDS = st.lists(
    st.sampled_from(["we", "not", "pay", "İstanbul", "1,000", "toll’s", "ﬁnal", "a", "bridge", "Élan"]), min_size=4, max_size=12
)


@given(WORDS, st.integers(0, 11), st.sampled_from(["never", "2,000", "lights"]))
def test_a_changed_word_is_never_found(words: list[str], position: int, other: str) -> None:
    text = " ".join(words)
    changed = list(words)
    changed[position % len(words)] = other
    tokens = tokens_of(text)
    assert find_sequence(tokens, [token.folded for token in tokens]) == (0, len(tokens))
    assert find_sequence(tokens, [token.folded for token in tokens_of(" ".join(changed))]) is None


@given(st.text(max_size=200))
def test_tokens_slice_back(text: str) -> None:
    tokens = tokens_of(text)
    assert all(text[token.start : token.end] for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


def test_ellipses_part_a_quotation() -> None:
    assert segments_of("we pay … for it [...] all") == ("we pay", "for it", "all")


def test_the_same_words_in_an_empty_library(tmp_path: Path) -> None:
    empty = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    assert check_quote(empty, "anything at all").verdict == "not_found"


def test_a_number_with_marks_does_not_hide_the_words_around_it(tmp_path: Path) -> None:
    text = "The sign at the gate reads as follows. We lent 1,000,000,000 to it all."
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="gate", language="en")])
    asked = 'Who said "We lent 1,000,000,000 to it all"?'
    assert "names no speaker" in reader.answer(asked, asked).text


def test_words_that_only_seem_to_be_somebodys_confirm_nobody(tmp_path: Path) -> None:
    text = "Halvik talks\n\nAna Toll said that the port was closed. Everyone would suffer in the end."
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="news", title="Halvik talks", language="en")])
    for name in ("Ana Toll", "Jon Ruiz"):
        question = f"Did {name} say “Everyone would suffer in the end”?"
        told = reader.answer(question, question)
        assert "Yes" not in told.text
        assert "words of Jon Ruiz" not in told.text
        assert any("it seems" in citation.attribution for citation in told.citations)
