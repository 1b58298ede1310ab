"""Where the words of a quotation stand in the documents, in order and by one speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from parley.assistant.evidence.citing import covering_statement
from parley.assistant.evidence.quote_tokens import find_parts, find_sequence, holds_longest, plain_text, segments_of
from parley.assistant.evidence.source import Evidence
from parley.index.language.quoted_words import Token, tokens_of
from parley.index.language.sentences import sentence_spans
from parley.index.types import Document, DocumentEntry, SearchFilter, Span, Statement

SEARCHED_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand.

    Attributes:
        span: from the first word to the last.
        exact: whether they stand there character for character.
        statement: the statement that the document makes of them, `None` where it puts them to nobody.
        apart: whether the quotation joins pieces of sentences with whole sentences, or a border of two, between them.
    """

    document: Document
    span: Span
    exact: bool
    statement: Statement | None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a quotation, and the documents found for its words whether or not they hold them."""

    words: str
    places: tuple[Place, ...]
    documents: tuple[str, ...]


def find_quote(evidence: Evidence, words: str, filter: SearchFilter) -> Found:  # noqa: A002
    """Look for words, first in the documents that search finds for them, then in all that `filter` lets through."""
    parts = segments_of(words)
    if not parts:
        return Found(words, (), ())
    hits = evidence.search(words, k=SEARCHED_PASSAGES, filter=filter)
    names = tuple(dict.fromkeys(hit.passage.document_id for hit in hits))
    wanted = [[token.folded for token in tokens_of(part)] for part in parts]
    folded = list(chain.from_iterable(wanted))
    likely = (document for name in names if holds_longest((document := evidence.document(name)).text, folded))
    places = [place for document in likely for place in _places(evidence, document, words, parts)]
    if not places:
        seen = set(names)
        rest = (entry for entry in evidence.documents_quoting(wanted) if entry.id not in seen and passes(entry, filter))
        texts = (document for entry in rest if _may_hold(document := evidence.document(entry.id), parts))
        places = [place for document in texts for place in _places(evidence, document, words, parts)]
    return Found(words, tuple(places), names)


def passes(document: DocumentEntry, filter: SearchFilter) -> bool:  # noqa: A002
    """Whether a filter lets a document through."""
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
    plain = plain_text(document.text)
    longest = sorted((word for part in parts for word in re.findall(r"[a-z]{4,}", part.lower())), key=len)[-4:]
    return all(word in plain for word in longest)


def _places(evidence: Evidence, document: Document, words: str, parts: Sequence[str]) -> Iterator[Place]:
    """Where the words stand one after another, or, failing that, where one speaker says them around the speaker clause."""
    statements = evidence.statements(document.id)
    tokens = tokens_of(document.text)
    wanted = [[token.folded for token in tokens_of(part)] for part in parts]
    begin, found = 0, False
    while (run := find_parts(tokens, wanted, begin)) is not None:
        first, after = run
        begin = after
        if len(wanted) == 1 or _is_of_one_speaker(statements, tokens[first], tokens[after - 1]):
            found = True
            span = Span(tokens[first].start, tokens[after - 1].end)
            apart = len(wanted) > 1 and _stand_apart(document.text, tokens[first:after], wanted)
            statement = spoken_statement(statements, span)
            yield Place(document, span, _is_exact(document.text, span, words), statement, apart)
    if not found:
        yield from _spoken_places(document, statements, wanted)


def spoken_statement(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement whose content the words are; one whose cue stands among them is told of in these words, not said in them."""
    outside = [item for item in statements if item.cue is None or item.cue.end <= span.start or item.cue.start >= span.end]
    return covering_statement(outside, *span)


def _spoken_places(document: Document, statements: Sequence[Statement], wanted: Sequence[Sequence[str]]) -> Iterator[Place]:
    """As in "“We will sign,” she said. “But not today.”" for the quotation "We will sign. But not today."."""
    tokens = tokens_of(document.text)
    starts = [token.start for token in tokens]
    for statement in statements:
        if len(statement.content) > 1:
            runs = [range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in statement.content]
            spoken = [tokens[number] for number in sorted(set(chain(*runs)))]
            run = find_parts(spoken, wanted, 0)
            if run is not None:
                span = Span(spoken[run[0]].start, spoken[run[1] - 1].end)
                apart = len(wanted) > 1 and _stand_apart(document.text, spoken[run[0] : run[1]], wanted)
                yield Place(document, span, exact=False, statement=statement, apart=apart)


def _is_of_one_speaker(statements: Sequence[Statement], first: Token, last: Token) -> bool:
    """Whether the two ends of words with an omission between them are put to the same speaker, or both to nobody."""
    ends = [covering_statement(statements, token.start, token.end) for token in (first, last)]
    return ends[0] is ends[1] or (ends[0] is not None and ends[1] is not None and ends[0].speaker == ends[1].speaker)


def _stand_apart(text: str, tokens: Sequence[Token], wanted: Sequence[Sequence[str]]) -> bool:
    """Whether an omission makes one sentence of pieces of several.

    It does where a whole sentence lies between two parts, and where the border of two lies between them although the first
    part does not end its sentence and the second does not begin one.
    """
    after = 0
    left: int | None = None
    for words in wanted:
        run = find_sequence(tokens, words, after)
        if run is None:
            return True
        right, after = tokens[run[0]].start, run[1]
        if left is not None:
            borders = [sentence.start for sentence in sentence_spans(text, *_lines(text, left, right))]
            between = [border for border in borders if left < border <= right]
            if len(between) > 1 or (between and _has_words(text, left, between[0]) and _has_words(text, between[0], right)):
                return True
        left = tokens[after - 1].end
    return False


def _lines(text: str, start: int, end: int) -> Span:
    """The paragraphs that hold `text[start:end]`."""
    last = text.find("\n\n", end)
    return Span(text.rfind("\n\n", 0, start) + 1, len(text) if last < 0 else last)


def _has_words(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _is_exact(text: str, span: Span, words: str) -> bool:
    """Whether the text around `span` is the quotation character for character, but for a mark at its end."""
    bare = words.rstrip(".,;:!?…")
    offset = bare.find(text[span.start : span.end][:1])
    start = span.start - max(0, offset)
    return text[start : start + len(bare)] == bare
