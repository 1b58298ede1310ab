"""Whether documents hold a quotation word for word, and whether the person it is put to said it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from parley.assistant.answer import Citation
from parley.assistant.evidence.citing import cite, covering_statement, statement_span, whole_sentences
from parley.assistant.evidence.quote_tokens import (
    Alignment,
    Token,
    WordChange,
    align,
    find_parts,
    holds_longest,
    segments_of,
    tokens_of,
    word_changes,
)
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.evidence.speakers import display_name
from parley.index.language.words import is_content
from parley.index.types import Document, DocumentEntry, SearchFilter, Span, Statement

Verdict = Literal["exact", "same_words", "altered", "other_speaker", "not_found"]

SEARCHED_PASSAGES = 20
MOST_CITATIONS = 5
SAME_SPEAKER = 0.5
"""`speaker_match` from which two mentions count as one person."""

NEAR_ENOUGH = 0.6
"""Share of the quotation's words that must agree, in order, for a passage to be called an altered form of it."""

_OUTER_MARKS = "\"“”„«»‹›‘’'` \t\r\n"


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What checking a quotation found.

    Attributes:
        quote, speaker: as asked.
        verdict: "exact" character for character; "same_words" up to marks, case, spaces, accents and bracketed insertions;
            "altered" other words; "other_speaker" the right words, not said by that speaker; "not_found".
        citations: where the words stand, or for "altered" and "not_found" what comes closest.
        difference: for "altered", the words of document and quotation side by side; else empty.
        message: the finding in a sentence or two.
    """

    quote: str
    speaker: str | None
    verdict: Verdict
    citations: tuple[Citation, ...]
    difference: tuple[WordChange, ...]
    message: str


@dataclass(frozen=True, slots=True)
class _Place:
    document: Document
    span: Span
    exact: bool
    statement: Statement | None
    voiced: Statement | None = None

    def said_by(self, speaker: str | None) -> bool:
        if speaker is None:
            return True
        # In a turn, what its speaker reports in indirect speech is literally the speaker's too.
        own = [self.statement, self.voiced if self.statement is None or self.statement.mode == "indirect" else None]
        return any(one is not None and speaker_match(one, speaker, self.document) >= SAME_SPEAKER for one in own)


def check_quote(evidence: Evidence, quote: str, speaker: str | None = None, *, filter: SearchFilter = NO_FILTER) -> QuoteCheck:  # noqa: A002
    """Look for a quotation in all documents (those that `filter` lets through).

    Args:
        evidence: the library.
        quote: the words, with or without quotation marks; "…" stands for up to 80 omitted words.
        speaker: who is supposed to have said them; a name, role or side.
        filter: restricts the documents.
    """
    words = quote.strip(_OUTER_MARKS)
    parts = segments_of(words)
    if not parts:
        return QuoteCheck(quote, speaker, "not_found", (), (), "The quotation has no words to look for.")
    hits = evidence.search(words, k=SEARCHED_PASSAGES, filter=filter)
    hit_documents = list(dict.fromkeys(hit.passage.document_id for hit in hits))
    folded = [token.folded for part in parts for token in tokens_of(part)]
    likely = (document for name in hit_documents if holds_longest((document := evidence.document(name)).text, folded))
    places = [place for document in likely for place in _places(evidence, document, words, parts)]
    if not places:
        seen = set(hit_documents)
        rest = (entry for entry in evidence.entries() if entry.id not in seen and _passes(entry, filter))
        texts = (document for entry in rest if _may_hold(document := evidence.document(entry.id), parts))
        places = [place for document in texts for place in _places(evidence, document, words, parts)]
    if places:
        return _found(evidence, quote, speaker, places)
    return _nearest(evidence, quote, words, speaker, hit_documents)


def _passes(document: DocumentEntry, filter: SearchFilter) -> bool:  # noqa: A002
    dated = filter.since is None and filter.until is None
    in_time = document.date is not None and (filter.since or document.date) <= document.date <= (filter.until or document.date)
    return (
        (not filter.document_ids or document.id in filter.document_ids)
        and (not filter.outlets or document.outlet in filter.outlets)
        and (not filter.languages or document.language in filter.languages)
        and (dated or in_time)
    )


def _may_hold(document: Document, parts: Sequence[str]) -> bool:
    """A quick look without offsets: whether the longest plain words of the quotation occur at all."""
    lowered = document.text.lower()
    longest = sorted((word for part in parts for word in re.findall(r"[a-z]{4,}", part.lower())), key=len)[-4:]
    return all(word in lowered for word in longest)


def _places(evidence: Evidence, document: Document, words: str, parts: Sequence[str]) -> Iterator[_Place]:
    """Where the words stand one after another, or, failing that, where one speaker says them around the speaker clause."""
    statements = evidence.statements(document.id)
    tokens = tokens_of(document.text)
    wanted = [[token.folded for token in tokens_of(part)] for part in parts]
    begin, found = 0, False
    while (run := find_parts(tokens, wanted, begin)) is not None:
        begin = run[1]
        span = Span(tokens[run[0]].start, tokens[run[1] - 1].end)
        if len(wanted) == 1 or _is_of_one_speaker(statements, tokens[run[0]], tokens[run[1] - 1]):
            found = True
            statement = covering_statement(statements, span.start, span.end)
            yield _Place(document, span, _is_exact(document.text, span, words), statement, _voiced(statements, span))
    if not found:
        yield from _spoken_places(document, statements, wanted)


def _voiced(statements: Sequence[Statement], span: Span) -> Statement | None:
    """What the speaker of the turn says there, whomever it is about."""
    return covering_statement([item for item in statements if item.form], span.start, span.end)


def _spoken_places(document: Document, statements: Sequence[Statement], wanted: Sequence[Sequence[str]]) -> Iterator[_Place]:
    """As in "“We will sign,” she said. “But not today.”" for the quotation "We will sign. But not today."."""
    tokens = tokens_of(document.text)
    starts = [token.start for token in tokens]
    for statement in statements:
        if len(statement.content) > 1:
            runs = [range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in statement.content]
            spoken = [tokens[number] for number in sorted(set(chain(*runs)))]
            run = find_parts(spoken, wanted, 0)
            if run is not None:
                yield _Place(document, Span(spoken[run[0]].start, spoken[run[1] - 1].end), exact=False, statement=statement)


def _is_of_one_speaker(statements: Sequence[Statement], first: Token, last: Token) -> bool:
    """Whether the two ends of words with an omission between them are put to the same speaker, or both to nobody."""
    ends = [covering_statement(statements, token.start, token.end) for token in (first, last)]
    return ends[0] is ends[1] or (ends[0] is not None and ends[1] is not None and ends[0].speaker == ends[1].speaker)


def _is_exact(text: str, span: Span, words: str) -> bool:
    """Whether the text around `span` is the quotation character for character, but for a mark at its end."""
    bare = words.rstrip(".,;:!?…")
    offset = bare.find(text[span.start : span.end][:1])
    start = span.start - max(0, offset)
    return text[start : start + len(bare)] == bare


def _found(evidence: Evidence, quote: str, speaker: str | None, places: list[_Place]) -> QuoteCheck:
    right = [place for place in places if place.said_by(speaker)]
    kept = sorted(right or places, key=lambda place: not place.exact)
    best = kept[0]
    verdict: Verdict = "other_speaker" if not right else "exact" if best.exact else "same_words"
    citations = _citations(evidence, kept)
    return QuoteCheck(quote, speaker, verdict, citations, (), _found_message(verdict, speaker, best, len(places)))


def _citations(evidence: Evidence, places: Sequence[_Place]) -> tuple[Citation, ...]:
    chosen: dict[tuple[str, int], Citation] = {}
    for place in places:
        span = whole_sentences(place.document.text, place.span.start, place.span.end)
        if place.statement is not None:
            whole = statement_span(place.document.text, place.statement, place.span)
            span = Span(min(span.start, whole.start), max(span.end, whole.end))
        key = (place.document.id, span.start)
        if key not in chosen and len(chosen) < MOST_CITATIONS:
            chosen[key] = cite(evidence, place.document, span, place.statement, marker=len(chosen) + 1)
    return tuple(chosen.values())


def _found_message(verdict: Verdict, speaker: str | None, best: _Place, count: int) -> str:
    teller = _teller(best)
    others = f" The words stand in {count} places." if count > 1 else ""
    if verdict == "other_speaker":
        return f"These words are in the documents, but not as said by {speaker}: they stand {teller}.{others}"
    how = "word for word" if verdict == "exact" else "in the same words, up to marks, case, spacing or a bracketed insertion"
    return f"Yes, {how}; {teller}.{others}"


def _teller(place: _Place) -> str:
    if place.statement is None:
        return "in the document's own voice"
    to = (
        f", to {place.statement.outlet or place.statement.addressee}"
        if place.statement.outlet or place.statement.addressee
        else ""
    )
    return f"as words of {display_name(place.statement)}{to}"


def _nearest(evidence: Evidence, quote: str, words: str, speaker: str | None, documents: Sequence[str]) -> QuoteCheck:
    wanted = [token.folded for token in tokens_of(words)]
    best: tuple[int, Document, tuple[Token, ...], Alignment] | None = None
    for name in documents[:10]:
        document = evidence.document(name)
        found = _align_document(evidence, document, words, wanted)
        if found is not None and (best is None or found[1].matches > best[0]):
            best = (found[1].matches, document, *found)
    if best is None:
        return QuoteCheck(quote, speaker, "not_found", (), (), "No document holds these words or anything near them.")
    return _judge(evidence, quote, words, speaker, wanted, best[1:])


def _align_document(
    evidence: Evidence, document: Document, words: str, wanted: Sequence[str]
) -> tuple[tuple[Token, ...], Alignment] | None:
    """Align with the stretches of the document found for the quotation, not with all of it."""
    tokens = tokens_of(document.text)
    best: Alignment | None = None
    for hit in evidence.search(words, k=3, filter=SearchFilter(document_ids=(document.id,))):
        inside = [number for number, token in enumerate(tokens) if hit.passage.start - 200 <= token.start < hit.passage.end + 200]
        if not inside:
            continue
        offset = inside[0]
        found = align(tokens[offset : inside[-1] + 1], wanted)
        if found is not None and (best is None or found.matches > best.matches):
            steps = tuple((left + offset if left is not None else None, right) for left, right in found.steps)
            best = Alignment(found.first + offset, found.after + offset, found.matches, steps)
    return (tokens, best) if best is not None else None


def _judge(
    evidence: Evidence,
    quote: str,
    words: str,
    speaker: str | None,
    wanted: Sequence[str],
    found: tuple[Document, tuple[Token, ...], Alignment],
) -> QuoteCheck:
    document, tokens, alignment = found
    span = Span(tokens[alignment.first].start, tokens[alignment.after - 1].end)
    statement = covering_statement(evidence.statements(document.id), span.start, span.end)
    place = _Place(document, span, exact=False, statement=statement)
    citations = _citations(evidence, [place])
    agreeing = {
        right
        for left, right in alignment.steps
        if left is not None and right is not None and tokens[left].folded == wanted[right]
    }
    contentful = [index for index, word in enumerate(wanted) if is_content(word)]
    of_content = sum(1 for index in contentful if index in agreeing)
    near = (
        len(agreeing) >= NEAR_ENOUGH * max(len(wanted), alignment.after - alignment.first)
        and of_content >= min(2, len(contentful))
        and len(wanted) > 2
    )
    if not near or of_content < 0.5 * len(contentful):
        return QuoteCheck(
            quote, speaker, "not_found", citations, (), "No document holds these words. The closest passage is shown."
        )
    changes = word_changes(document.text, tokens, words, alignment)
    held = document.text[span.start : span.end]
    other = "" if place.said_by(speaker) else f" It is not put to {speaker} there: it stands {_teller(place)}."
    message = f"Not in these words: the document has “{held}”{_spelled_out(changes)}.{other}"
    return QuoteCheck(quote, speaker, "altered", citations, changes, message)


def _spelled_out(changes: Sequence[WordChange]) -> str:
    only_document = "; ".join(change.words for change in changes if change.kind == "document_only")
    only_quotation = "; ".join(change.words for change in changes if change.kind == "quotation_only")
    if only_document and only_quotation:
        return f", with “{only_document}” where the quotation has “{only_quotation}”"
    return f", with “{only_document}”, which the quotation leaves out" if only_document else f", without “{only_quotation}”"
