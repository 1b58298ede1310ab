"""Composing answers: verbatim words in quotation marks, the attribution before them, markers behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.assistant.answer import AnswerSentence, Citation
from parley.assistant.evidence.attribution_line import attribution_frame
from parley.assistant.evidence.citing import cite, overlap, sentences_around, statement_span, whole_sentences
from parley.assistant.evidence.matching import WeightedTerm, coverage
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.speakers import display_name, speaker_words
from parley.index.language.firmness import limits_in
from parley.index.language.paragraphs import joined, merged
from parley.index.language.sentences import sentence_spans
from parley.index.language.words import fold, stems_of, words_of
from parley.index.types import Document, Passage, Span, Statement

MOST_WORDS = 60
"""An answer's target length in words; a single quotation may exceed it rather than be cut within a sentence."""

_MARKS = '"“”„«»‹›'


@dataclass(slots=True)
class AnswerDraft:
    """An answer being put together: sentences and the citations they point to, numbered in order of appearance."""

    evidence: Evidence
    sentences: list[AnswerSentence]
    citations: list[Citation]

    @classmethod
    def empty(cls, evidence: Evidence) -> AnswerDraft:
        """A draft with nothing in it."""
        return cls(evidence, [], [])

    def marker(self, citation: Citation) -> int:
        """The number of this piece of evidence; the same span of the same document always has one number."""
        for known in self.citations:
            if (known.document.id, known.start, known.end) == (citation.document.id, citation.start, citation.end):
                return known.marker
        self.citations.append(replace(citation, marker=len(self.citations) + 1))
        return len(self.citations)

    def cites(self, document: Document, span: Span) -> bool:
        """Whether this very span is cited already."""
        return any((item.document.id, item.start, item.end) == (document.id, span.start, span.end) for item in self.citations)

    def holds(self, document: Document, span: Span) -> bool:
        """Whether a citation holds the words at this span already."""
        return any(
            item.document.id == document.id and item.start <= span.start and span.end <= item.end for item in self.citations
        )

    def say(self, pieces: Sequence[str | Verbatim], *citations: Citation, marks: Sequence[Span] = ()) -> None:
        """Add a sentence of our own words (strings) and quoted slices; `marks` are the words of the document that answer."""
        text, quoted, marked = "", [], []
        for piece in pieces:
            if isinstance(piece, Verbatim):
                begin = len(text) + 1 - piece.span.start
                quoted.append(Span(len(text) + 1, len(text) + 1 + len(piece.text)))
                marked += [
                    Span(begin + max(mark.start, piece.span.start), begin + min(mark.end, piece.span.end))
                    for mark in (*marks, *piece.marks)
                    if mark.start < mark.end and mark.start < piece.span.end and mark.end > piece.span.start
                ]
                text += f"“{piece.text}”"
            else:
                text += piece
        if self._said_again(text, marked):
            return
        covering = self._covering([piece for piece in pieces if isinstance(piece, Verbatim)], list(citations))
        markers = tuple(dict.fromkeys(self.marker(citation) for citation in covering))
        self.sentences.append(AnswerSentence(text, markers, tuple(quoted), merged(marked)))

    def _said_again(self, text: str, marked: Sequence[Span]) -> bool:
        """Whether the very sentence stands there; the words that answer are then marked in it too."""
        for number, known in enumerate(self.sentences):
            if known.text == text:
                self.sentences[number] = replace(known, marked=merged([*known.marked, *marked]))
                return True
        return False

    def _covering(self, shown: Sequence[Verbatim], citations: list[Citation]) -> list[Citation]:
        """The citations, widened to whole sentences where they leave out something shown."""
        for piece in shown:
            beside = [number for number, item in enumerate(citations) if item.document.id == piece.document.id]
            if any(citations[number].start <= piece.span.start and piece.span.end <= citations[number].end for number in beside):
                continue
            known = citations[beside[0]] if beside else None
            start, end = (min(known.start, piece.span.start), max(known.end, piece.span.end)) if known else piece.span
            span = whole_sentences(piece.document.text, start, end)
            wide = cite(
                self.evidence, piece.document, span, known.statement if known else None, passage=known.passage if known else None
            )
            if beside:
                citations[beside[0]] = wide
            else:
                citations.append(wide)
        return citations

    @property
    def words(self) -> int:
        """Words said so far."""
        return sum(len(sentence.text.split()) for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A slice of a document, to be shown in quotation marks; `marks` are spans of the document in it that matter."""

    document: Document
    span: Span
    marks: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return self.document.text[self.span.start : self.span.end]


def cited(citation: Citation) -> Verbatim:
    """All the words of a citation."""
    return Verbatim(citation.document, Span(citation.start, citation.end))


def slice_of(document: Document, span: Span) -> Verbatim:
    """The words of a span without the quotation marks that enclose them, and without a comma at the end.

    Marks inside stay, so that the speaker's own words within a reporter's sentence remain told apart.
    """
    start, end = span.start, span.end
    text = document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    if end - start > 1 and text[start] in _MARKS and sum(text[start:end].count(mark) for mark in _MARKS) <= 2:
        start += 1
        end -= text[end - 1] in _MARKS
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return Verbatim(document, Span(start, end))


def cite_statement(
    evidence: Evidence, document: Document, statement: Statement, focus: Span | None = None, passage: Passage | None = None
) -> Citation:
    """A citation of the whole sentences of a statement."""
    return cite(evidence, document, statement_span(document.text, statement, focus), statement, passage=passage)


def statement_pieces(
    document: Document,
    statement: Statement,
    terms: Sequence[WeightedTerm] = (),
    *,
    focus: Span | None = None,
    limit: int = MOST_WORDS,
    with_role: bool = True,
) -> list[str | Verbatim]:
    """The frame and what was said, shortened to whole sentences if it is long: “Lopez told the Courier: “…” … “…”."""
    spans = _content(document, statement, terms, focus, limit)
    pieces: list[str | Verbatim] = [attribution_frame(document, statement, with_role=with_role) + " "]
    for number, span in enumerate(spans):
        shown = slice_of(document, span)
        if not shown.text:
            continue
        if number and len(pieces) > 1:
            pieces.append(" … ")
        pieces.append(shown)
    return pieces


def _content(
    document: Document, statement: Statement, terms: Sequence[WeightedTerm], focus: Span | None, limit: int
) -> list[Span]:
    """The content spans; if they have more words than `limit`, the sentences among them that bear most on the terms.

    Of what somebody says in a turn or writes in a letter, which has no frame of a reporter's, the sentence in `focus` alone.
    """
    spans = list(statement.content)
    if statement.form and focus is not None:
        told = [Span(max(span.start, focus.start), min(span.end, focus.end)) for span in spans]
        if own := [span for span in told if span.start < span.end]:
            return own
    if sum(len(words_of(document.text, span.start, span.end)) for span in spans) <= limit:
        return spans
    parts = [part for span in spans for part in sentence_spans(document.text, span.start, span.end)]
    ranked = sorted(parts, key=lambda part: (-_bearing(document, part, terms, focus), part.start))
    kept: list[Span] = []
    words = 0
    for part in ranked:
        size = len(words_of(document.text, part.start, part.end))
        if not kept or words + size <= limit:
            kept.append(part)
            words += size
    return joined(document.text, sorted(kept))


def _bearing(document: Document, part: Span, terms: Sequence[WeightedTerm], focus: Span | None) -> float:
    inside = focus is not None and part.start < focus.end and part.end > focus.start
    return coverage(terms, stems_of(document.text[part.start : part.end])) + (2.0 if inside else 0.0)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 document", "1,200 documents"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


SHORTEST_CONTENT = 3
"""Words of a statement below which its whole sentence is shown instead."""


def spoken_pieces(
    document: Document,
    statement: Statement,
    terms: Sequence[WeightedTerm] = (),
    *,
    focus: Span | None = None,
    limit: int = MOST_WORDS,
    with_role: bool = True,
) -> list[str | Verbatim]:
    """A statement behind its frame; its whole sentence where words outside limit the content, or the content is a mere scrap.

    Also where the verb says what something is called: of "Lopez called it a first step", "it a first step" tells nothing.
    """
    words = sum(len(words_of(document.text, span.start, span.end)) for span in statement.content)
    identified = statement.speaker is not None and statement.speaker_kind != "unidentified"
    tells = words >= SHORTEST_CONTENT and statement.stance != "describe"
    if identified and tells and not qualified_outside(document, statement):
        return statement_pieces(document, statement, terms, focus=focus, limit=limit, with_role=with_role)
    anchor = statement.cue or statement.speaker_span or statement.content[0]
    whole = whole_sentences(
        document.text, min(anchor.start, statement.content[0].start), max(anchor.end, statement.content[-1].end)
    )
    if len(words_of(document.text, whole.start, whole.end)) > MOST_WORDS:
        return statement_pieces(document, statement, terms, focus=focus, limit=limit, with_role=with_role)
    note = speaker_note(document, statement, whole) if identified else ["Speaker not identified: "]
    return [*note, Verbatim(document, whole)]


def sentence_pieces(
    document: Document, span: Span, statement: Statement | None, terms: Sequence[WeightedTerm] = ()
) -> list[str | Verbatim]:
    """A sentence with who said it: behind a frame, whole where the attribution stands inside, or in the document's own voice."""
    if statement is None:
        return [attribution_frame(document, None, span=span) + " ", Verbatim(document, span)]
    if shows_whole(document, span, statement, terms):
        return [*speaker_note(document, statement, span), Verbatim(document, span)]
    return spoken_pieces(document, statement, terms, focus=span)


def shows_whole(document: Document, span: Span, statement: Statement, terms: Sequence[WeightedTerm]) -> bool:
    """Whether to show the sentence as it stands: it names its speaker, and says more than the statement that matters here."""
    clause = statement.speaker_span
    if clause is None or not (span.start <= clause.start and clause.end <= span.end):
        return False
    if qualified_outside(document, statement):
        return True
    inside = overlap(statement, span.start, span.end)
    own = " ".join(document.text[part.start : part.end] for part in statement.content)
    loses = coverage(terms, stems_of(document.text[span.start : span.end])) - coverage(terms, stems_of(own)) > 0.15
    return loses or inside < 0.3 * (span.end - span.start)


def qualified_outside(document: Document, statement: Statement) -> bool:
    """Whether limiting words ("in principle", "reportedly", "did not") stand in the sentence but outside the content."""
    if any(not overlap(statement, *words) for words in statement.standing_words if words != statement.cue):
        return True
    anchor = statement.cue or statement.speaker_span or statement.content[0]
    sentences = [item for item in sentences_around(document.text, *anchor) if item.start < anchor.end and item.end > anchor.start]
    for sentence in sentences:
        for word in limits_in(document.text, sentence.start, sentence.end):
            if not overlap(statement, word.start, word.end):
                return True
    return False


def speaker_note(document: Document, statement: Statement, shown: Span) -> list[str | Verbatim]:
    """Whom the speaker clause means, where what is shown does not say: `(“he”: Maria Lopez) `."""
    words = speaker_words(document, statement)
    if statement.speaker is None or not words or fold(statement.speaker) in fold(document.text[shown.start : shown.end]):
        return []
    return [f"(“{words}”: {display_name(statement)}) "]


def clause_outside(document: Document, statement: Statement) -> Span | None:
    """The speaker clause with what belongs to it ("… told the Courier in Oslo"): the sentence around the cue, without content."""
    if statement.cue is None:
        return None
    anchor = min(statement.cue.start, statement.speaker_span.start if statement.speaker_span else statement.cue.start)
    last = max(statement.cue.end, statement.speaker_span.end if statement.speaker_span else 0)
    text = document.text
    before = [span.end for span in statement.content if span.end <= anchor]
    after = [span.start for span in statement.content if span.start >= last]
    sentence = statement_span(text, statement, Span(anchor, last))
    start = max([sentence.start, *before])
    end = min([sentence.end, *after])
    shown = text[start:end]
    first = len(shown) - len(shown.lstrip(' ,.—–-"“”'))
    trimmed = shown.rstrip(' .,:;—–"“”')
    cut = re.search(r"[.!?][\"”]?\s", trimmed[first:])
    length = first + cut.start() if cut and start + first + cut.start() >= last else len(trimmed)
    return Span(start + first, start + length) if length > first else None
