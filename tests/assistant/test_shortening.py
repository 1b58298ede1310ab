"""Long sentences are cut at clauses, never inside, and never by losing a word that limits or negates."""

from __future__ import annotations

import pytest

from parley.assistant.answers.shortening import shortened
from parley.assistant.evidence.matching import WeightedTerm
from parley.assistant.question.analysis import Term
from parley.index.language.lexicon import phrases
from parley.index.types import Document, Span

LONG = (
    "After three days of talks in the old customs house, which was opened for the purpose, the delegations fixed the toll at "
    "four crowns, and the ministers left for their capitals on the evening ferry."
)


def terms(*words: str) -> tuple[WeightedTerm, ...]:
    return tuple(WeightedTerm(Term(word, word), 1 / len(words), 1) for word in words)


def shown(text: str, *words: str, limit: int = 14, keep: Span | None = None) -> str | None:
    document = Document.from_text(text, id="d", language="en")
    span = shortened(document, Span(0, len(text)), terms(*words), limit, keep)
    return None if span is None else document.text[span.start : span.end]


def test_the_clause_with_the_asked_words_stays() -> None:
    assert shown(LONG, "toll", "crown", limit=10) == "the delegations fixed the toll at four crowns,"


def test_a_short_sentence_stays_whole() -> None:
    assert shown("The toll is four crowns, all told.", "toll") == "The toll is four crowns, all told."


def test_what_must_be_kept_is_kept() -> None:
    ferry = LONG.index("evening ferry")
    kept = shown(LONG, "toll", limit=24, keep=Span(ferry, ferry + 13))
    assert kept is not None
    assert "evening ferry" in kept


WRITTEN_LIMITS = [
    " ".join(max(words - {"n't"}, key=len) for words in phrase.words)
    for table in ("hedges", "negations", "conditions")
    for phrase in phrases(table)
    if phrase.kind not in {"idiom", "belief", "concession"} and phrase.words[0] != {"n't"} and "only" not in phrase.words[-1]
]


@pytest.mark.parametrize("limiting", WRITTEN_LIMITS)
def test_no_limiting_word_is_cut_off(limiting: str) -> None:
    text = LONG.replace("on the evening ferry", f"{limiting} on the evening ferry of the state line")
    assert shown(text, "toll", "crown") is None


def test_the_condition_on_which_somebody_speaks_may_be_cut_off() -> None:
    text = LONG.replace("on the evening ferry", "on the evening ferry, an aide said on condition of anonymity")
    assert shown(text, "toll", "crown", limit=10) == "the delegations fixed the toll at four crowns,"


def test_no_quotation_is_cut_in_two() -> None:
    text = LONG.replace("which was opened for the purpose", 'which one of them called "a fine cold room"')
    assert shown(text, "toll", "crown") is None
