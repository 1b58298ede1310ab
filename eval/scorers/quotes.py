"""Verbatim or silent: is every quotation a slice of the stored document, byte for byte?

The text is fetched from the library by id for this; neither the citation's own copy nor its `verified` mark is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parley import Citation
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score

DocumentText = Callable[[str], str]


def quotes_exact(text_of: DocumentText) -> Callable[[Outcome], Score]:
    """A scorer: 1 if every citation of the answer (and every nearest passage) is exact. `text_of` gives the text of an id."""

    def score(outcome: Outcome) -> Score:
        if outcome.answer is None:
            return Score.none(f"not asked: {outcome.error}")
        shown = [*outcome.answer.citations, *outcome.answer.nearest]
        if not shown:
            return Score.none("nothing is quoted")
        wrong = inexact(shown, text_of)
        return Score.of(not wrong, _explain(wrong, len(shown)))

    return score


def quoted_words_exact(outcome: Outcome) -> Score:
    """1 if every range that a sentence marks as verbatim stands in a document that the sentence cites."""
    if outcome.answer is None:
        return Score.none(f"not asked: {outcome.error}")
    texts = {citation.marker: citation.document.text for citation in outcome.answer.citations}
    quoted = [
        (sentence.text[span.start : span.end], [texts[marker] for marker in sentence.markers if marker in texts])
        for sentence in outcome.answer.sentences
        for span in sentence.quoted
    ]
    if not quoted:
        return Score.none("no sentence quotes")
    strange = [words for words, sources in quoted if not any(words in source for source in sources)]
    return Score.of(
        not strange, f"{len(quoted) - len(strange)} of {len(quoted)} verbatim" + "".join(f"; not: {words!r}" for words in strange)
    )


def inexact(citations: Iterable[Citation], text_of: DocumentText) -> list[Citation]:
    """Those whose quotation differs from the stored text between their offsets, or is empty."""
    return [
        item
        for item in citations
        if not item.quote or _encoded(text_of(item.document.id)[item.start : item.end]) != _encoded(item.quote)
    ]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _explain(wrong: list[Citation], total: int) -> str:
    places = "".join(f"; not exact: {item.document.id}[{item.start}:{item.end}]" for item in wrong)
    return f"{total - len(wrong)} of {total} exact{places}"
