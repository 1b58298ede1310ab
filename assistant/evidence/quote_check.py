"""Whether documents hold a quotation word for word, whether the person it is put to said it, and how the document means it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.assistant.answer import Citation
from parley.assistant.evidence.citing import cite, statement_span, whole_sentences
from parley.assistant.evidence.quote_tokens import WordChange, segments_of
from parley.assistant.evidence.quotes.asked_of import Agreement, agreement
from parley.assistant.evidence.quotes.nearest import nearest_place
from parley.assistant.evidence.quotes.places import Found, Place, find_quote
from parley.assistant.evidence.quotes.telling import altered_message, apart_message, found_message
from parley.assistant.evidence.quotes.uses import Use, turns_words, uses_at
from parley.assistant.evidence.quotes.voices import Voice, voice_at
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.index.language.quoted_words import tokens_of
from parley.index.types import Hit, SearchFilter, Span

Verdict = Literal["exact", "same_words", "altered", "other_speaker", "words_found_speaker_unknown", "not_found"]

MOST_CITATIONS = 5
MOST_PLACES = 12
"""Places of the words that are looked at; a phrase that stands in more is nobody's in particular."""

FEW_WORDS = 2
"""Words that many say: whether one of them said so is asked of the passages on the matter alone."""

_OUTER_MARKS = "\"“”„«»‹›‘’'` \t\r\n"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """One place where the words stand.

    Attributes:
        marker: of the citation that shows it.
        document_id, start, end: where the words stand.
        speaker: whose words they are, as far as the document says.
        reported_by: who reports them as the speaker's, where somebody in the document does.
        uses: what the document does with them besides; empty where it simply states them.
    """

    marker: int
    document_id: str
    start: int
    end: int
    speaker: str | None
    reported_by: str | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What checking a quotation found.

    Attributes:
        quote, speaker: as asked.
        verdict: "exact" character for character; "same_words" up to marks, case, spaces, accents, line ends and bracketed
            insertions; "altered" other words, or pieces of sentences joined over others; "other_speaker" the right words, said
            by somebody else; "words_found_speaker_unknown" the right words, and nothing says whose; "not_found".
        citations: where the words stand, or for "altered" and "not_found" what comes closest.
        difference: for "altered", the words of document and quotation side by side; else empty.
        message: the finding in a sentence or two.
        matches: the places where the words stand with what the document does with them there, in the order of the citations.
    """

    quote: str
    speaker: str | None
    verdict: Verdict
    citations: tuple[Citation, ...]
    difference: tuple[WordChange, ...]
    message: str
    matches: tuple[QuoteMatch, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the words stand there as asked and nothing beside them turns what they say."""
        return self.verdict in {"exact", "same_words"} and not (self.matches and turns_words(self.matches[0].uses))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A place with whose words stand there, what is done with them, and whether they are those of the asked speaker."""

    place: Place
    voice: Voice
    uses: tuple[Use, ...]
    agreement: Agreement


def check_quote(evidence: Evidence, quote: str, speaker: str | None = None, *, filter: SearchFilter = NO_FILTER) -> QuoteCheck:  # noqa: A002
    """Look for a quotation in all documents (those that `filter` lets through).

    Args:
        evidence: the library.
        quote: the words, with or without quotation marks; "…" stands for up to 80 omitted words.
        speaker: who is supposed to have said them; a name, role or side.
        filter: restricts the documents.
    """
    return judge_quote(evidence, quote, find_words(evidence, quote, filter), speaker)


def find_words(evidence: Evidence, quote: str, filter: SearchFilter = NO_FILTER) -> Found:  # noqa: A002
    """Where the words of a quotation stand, whoever said them."""
    return find_quote(evidence, quote.strip(_OUTER_MARKS), filter)


def judge_quote(evidence: Evidence, quote: str, found: Found, speaker: str | None, *, near: Sequence[Hit] = ()) -> QuoteCheck:
    """The check of a quotation whose places are found already.

    Of words too few to be anybody's in particular, only places in the passages of `near`, where it is given, count: those found
    for what the words are said to be about.
    """
    if not segments_of(found.words):
        return QuoteCheck(quote, speaker, "not_found", (), (), "The quotation has no words to look for.")
    places = _bearing(found, near) if near else found.places
    if not places:
        return _nearest(evidence, quote, speaker, found, near)
    judged = sorted(_judged(evidence, quote, speaker, places[:MOST_PLACES]), key=_rank)
    best = judged[0]
    kept = [item for item in judged if item.agreement == best.agreement and item.place.apart == best.place.apart]
    citations, matches = _shown(evidence, kept)
    if best.place.apart:
        return QuoteCheck(quote, speaker, "altered", citations, (), apart_message(best.place, best.voice), matches)
    verdict = _verdict(best)
    message = found_message(speaker, best.place, best.voice, best.uses, best.agreement, len(places))
    return QuoteCheck(quote, speaker, verdict, citations, (), message, matches)


def _bearing(found: Found, near: Sequence[Hit]) -> tuple[Place, ...]:
    """The places in the passages found for the question, the best passage first; of longer words also all others, behind them."""
    ranks = {place: next((number for number, hit in enumerate(near) if _is_in(place, hit)), len(near)) for place in found.places}
    ordered = tuple(sorted(found.places, key=ranks.__getitem__))
    if len(tokens_of(found.words)) > FEW_WORDS:
        return ordered
    return tuple(place for place in ordered if ranks[place] < len(near))


def _is_in(place: Place, hit: Hit) -> bool:
    passage = hit.passage
    return place.document.id == passage.document_id and passage.start <= place.span.start < passage.end


def _judged(evidence: Evidence, quote: str, speaker: str | None, places: Sequence[Place]) -> Iterator[_Judged]:
    asks = quote.strip().rstrip(_OUTER_MARKS).endswith("?")
    for place in places:
        voice = voice_at(place, evidence.statements(place.document.id))
        fits: Agreement = "same" if speaker is None else agreement(place.document, voice, speaker, place.span.start)
        yield _Judged(place, voice, uses_at(place, voice, is_question=asks), fits)


def _rank(item: _Judged) -> tuple[int, bool, bool, bool]:
    """Words of the asked speaker first, then those that stand together, that nothing turns, and that are exact."""
    order: dict[Agreement, int] = {"same": 0, "unknown": 1, "other": 2}
    return order[item.agreement], item.place.apart, turns_words(item.uses), not item.place.exact


def _verdict(best: _Judged) -> Verdict:
    if best.agreement == "other":
        return "other_speaker"
    if best.agreement == "unknown":
        return "words_found_speaker_unknown"
    return "exact" if best.place.exact else "same_words"


def _shown(evidence: Evidence, judged: Sequence[_Judged]) -> tuple[tuple[Citation, ...], tuple[QuoteMatch, ...]]:
    """Citations of whole sentences, and the matches that they show."""
    chosen: dict[tuple[str, int], Citation] = {}
    matches: list[QuoteMatch] = []
    for item in judged:
        place, speaking = item.place, item.voice.spoken
        span = _shown_span(place, item.voice)
        key = (place.document.id, span.start)
        if key not in chosen:
            if len(chosen) == MOST_CITATIONS:
                continue
            chosen[key] = cite(evidence, place.document, span, item.voice.spoken, marker=len(chosen) + 1)
        through = item.voice.statement if item.voice.is_quoted else None
        matches.append(
            QuoteMatch(
                chosen[key].marker,
                place.document.id,
                *place.span,
                speaking.speaker if speaking else None,
                through.speaker if through else None,
                item.uses,
            )
        )
    return tuple(chosen.values()), tuple(matches)


def _shown_span(place: Place, voice: Voice) -> Span:
    """The whole sentences of the words and of the clause that says whose they are."""
    span = whole_sentences(place.document.text, place.span.start, place.span.end)
    if voice.statement is None:
        return span
    whole = statement_span(place.document.text, voice.statement, place.span)
    return Span(min(span.start, whole.start), max(span.end, whole.end))


def _nearest(evidence: Evidence, quote: str, speaker: str | None, found: Found, near: Sequence[Hit]) -> QuoteCheck:
    nearest = nearest_place(evidence, found.words, found.documents, near)
    if nearest is None:
        return QuoteCheck(quote, speaker, "not_found", (), (), "No document holds these words or anything near them.")
    voice = Voice(nearest.place.statement)
    fits: Agreement = "same" if speaker is None else agreement(nearest.place.document, voice, speaker, nearest.place.span.start)
    citations, _ = _shown(evidence, [_Judged(nearest.place, voice, (), fits)])
    if not nearest.is_altered:
        where = "No document holds these words" if not found.places else "No passage on this holds these words"
        return QuoteCheck(quote, speaker, "not_found", citations, (), f"{where}. The closest passage is shown.")
    return QuoteCheck(quote, speaker, "altered", citations, nearest.changes, altered_message(speaker, nearest, fits))
