"""What comes closest to a quotation that no document holds, and how the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.evidence.citing import covering_statement
from parley.assistant.evidence.quote_tokens import Alignment, WordChange, align, word_changes
from parley.assistant.evidence.quotes.places import Place
from parley.assistant.evidence.source import Evidence
from parley.index.language.quoted_words import Token, tokens_of
from parley.index.language.words import is_content
from parley.index.types import Document, Hit, SearchFilter, Span

NEAR_ENOUGH = 0.6
"""Share of the quotation's words that must agree, in order, for a passage to be called an altered form of it."""

_PASSAGES = 4
"""Passages on the matter that are compared with the quotation."""

_DOCUMENTS = 10
"""Documents compared with the quotation."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The stretch of a document that is nearest to a quotation.

    Attributes:
        changes: the words of document and quotation side by side.
        is_altered: whether they are near enough for the quotation to be an altered form of these words.
    """

    place: Place
    changes: tuple[WordChange, ...]
    is_altered: bool


def nearest_place(evidence: Evidence, words: str, documents: Sequence[str], near: Sequence[Hit] = ()) -> Nearest | None:
    """The stretch that shares most words with the quotation, in order; `None` if none shares any.

    `near` are passages found for what the words are said to be about, best first; of stretches that share as many words those
    in the first of them are taken, and fewer shared words make an altered quotation there.
    """
    wanted = [token.folded for token in tokens_of(words)]
    on_matter = near[:_PASSAGES]
    best: tuple[Document, tuple[Token, ...], Alignment] | None = None
    for name in dict.fromkeys([*(hit.passage.document_id for hit in on_matter), *documents[:_DOCUMENTS]]):
        document = evidence.document(name)
        hits = [hit for hit in on_matter if hit.passage.document_id == name]
        hits += evidence.search(words, k=3, filter=SearchFilter(document_ids=(name,)))
        found = _align_document(document, hits, wanted)
        if found is not None and (best is None or found[1].matches > best[2].matches):
            best = (document, *found)
    if best is None:
        return None
    document, tokens, alignment = best
    span = Span(tokens[alignment.first].start, tokens[alignment.after - 1].end)
    statement = covering_statement(evidence.statements(document.id), span.start, span.end)
    changes = word_changes(document.text, tokens, words, alignment)
    place = Place(document, span, exact=False, statement=statement)
    is_on_matter = any(
        hit.passage.document_id == document.id and hit.passage.start <= span.start < hit.passage.end for hit in on_matter
    )
    return Nearest(place, changes, _is_altered(tokens, alignment, wanted, is_on_matter=is_on_matter))


def _align_document(document: Document, hits: Sequence[Hit], wanted: Sequence[str]) -> tuple[tuple[Token, ...], Alignment] | None:
    """Align with the stretches of the document found for the quotation, not with all of it."""
    tokens = tokens_of(document.text)
    best: Alignment | None = None
    for hit in hits:
        inside = [number for number, token in enumerate(tokens) if hit.passage.start - 200 <= token.start < hit.passage.end + 200]
        if not inside:
            continue
        offset = inside[0]
        found = align(tokens[offset : inside[-1] + 1], wanted)
        if found is not None and (best is None or found.matches > best.matches):
            steps = tuple((left + offset if left is not None else None, right) for left, right in found.steps)
            best = Alignment(found.first + offset, found.after + offset, found.matches, steps)
    return (tokens, best) if best is not None else None


def _is_altered(tokens: Sequence[Token], alignment: Alignment, wanted: Sequence[str], *, is_on_matter: bool) -> bool:
    """Whether most words agree, and at least half of those with a meaning of their own, two of them if not on the matter."""
    agreeing = {
        right
        for left, right in alignment.steps
        if left is not None and right is not None and tokens[left].folded == wanted[right]
    }
    contentful = [index for index, word in enumerate(wanted) if is_content(word)]
    of_content = sum(1 for index in contentful if index in agreeing)
    near = (
        len(agreeing) >= NEAR_ENOUGH * max(len(wanted), alignment.after - alignment.first)
        and of_content >= min(1 if is_on_matter else 2, len(contentful))
        and len(wanted) > 2
    )
    return near and of_content >= 0.5 * len(contentful)
