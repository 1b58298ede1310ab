"""Minutes, where what somebody said goes on: sentences set back in time after "Mr Toll said that …" are still Mr Toll's.

"Mr Toll said that the port was closed. It would open in May. The Council had been told." Only minutes are written so throughout;
`surmised.py` has what goes on elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.index.language.lexicon import alternatives, lexicon, titles, word_kind
from parley.index.language.sentences import sentence_spans
from parley.index.statements.pieces import Piece
from parley.index.structure.voices.naming import read_named
from parley.index.structure.voices.present import Holder, holders_of
from parley.index.types import Document, Span, Statement

_CONFIDENCE = 0.6
"""Of a sentence that goes on without words that name its speaker."""
_SUBJECT = 8
"""Words of a sentence in which its subject and verb stand."""
_BEFORE_SOMEBODY = titles("polite") | {"the"}
_OPENING = 60
"""Characters from a sentence's start in which the one who opens it is named."""

_SUMMARY = re.compile(
    r"\b(?:summary|main points|substance|gist)\b.{0,60}?\b(?P<who>[A-Z][^:;()]{2,60}?)[’']s? (?P<piece>\w+)\b"
    r"[^.]{0,60}:[\s–—-]*\Z",
    re.DOTALL,
)
"""What announces the points of one who spoke: "The following is a summary of the main points of Admiral Toll's statement:-"."""
_NUMBER = re.compile(r"\s*\d{1,3}(?:[.)]|(?:\.\d{1,3})+)\s")
"""What opens a numbered paragraph, in which somebody speaks anew or the meeting does."""


@dataclass(frozen=True, slots=True)
class _Speaking:
    """Who speaks on; `in_list` while the points of a summary last, which need not be set back in time."""

    statement: Statement
    in_list: bool = False


def with_continued(document: Document, pieces: Sequence[Piece], statements: Sequence[Statement]) -> list[Statement]:
    """The statements of minutes, with those that go on in sentences without a speaker of their own; others as they are.

    What somebody said goes on over paragraphs, until somebody else speaks or a number opens a new item.
    """
    if document.genre != "minutes":
        return list(statements)
    found = list(statements)
    places = Places(statements)
    holders = holders_of(document)
    speaking: _Speaking | None = None
    for piece in pieces:
        if piece.turn is not None or (speaking is not None and _NUMBER.match(document.text, *piece.span)):
            speaking = None
        if piece.turn is not None:
            continue
        for number, sentence in enumerate(sentence_spans(document.text, *piece.span)):
            text = document.text[slice(*sentence)]
            if speaking is not None and (_is_act_of_another(text, holders, speaking.statement) or _tells_a_deed(text)):
                speaking = None
            speaking = _read(document, sentence, found, speaking, here=places.within(sentence), goes_on=number > 0)
    return found


def _read(
    document: Document,
    sentence: Span,
    found: list[Statement],
    speaking: _Speaking | None,
    *,
    here: Sequence[int],
    goes_on: bool,
) -> _Speaking | None:
    """Who speaks on behind a sentence, which `goes_on` in a paragraph; what is found in it is added or completed in place.

    `here` are the positions in `found` of what begins in the sentence.
    """
    text = document.text[slice(*sentence)]
    if (announced := _announced(document, sentence)) is not None:
        return announced
    opening = opening_of([found[number] for number in here], document, sentence)
    if opening is not None and not (speaking is not None and _stands_back(_clause(opening, document))):
        if _is_he(opening, document) and speaking is not None:
            at = next(number for number in here if found[number] is opening)
            opening = found[at] = _as_said_by(opening, speaking.statement)
        return _Speaking(opening) if opening.speaker is not None else None
    if speaking is None or not (speaking.in_list or _is_spoken_on(text, goes_on=goes_on)):
        return None
    for number in here:
        is_he = _is_he(found[number], document)
        found[number] = (_as_said_by if is_he else _relayed)(found[number], speaking.statement)
    if not here and is_whole(text):
        found.append(going_on(document, sentence, speaking.statement, _CONFIDENCE))
    return speaking


class Places:
    """Where statements begin, so that those of a sentence are found without looking at all; a turn's own are left out."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._order = sorted((one.start, number) for number, one in enumerate(statements) if not one.form)

    def within(self, span: Span) -> list[int]:
        """The positions of those that begin in the span, in order."""
        first = bisect_left(self._order, (span.start, -1))
        last = bisect_left(self._order, (span.end, -1))
        return [number for _, number in self._order[first:last]]


def is_whole(text: str) -> bool:
    """Whether a sentence is one, and no heading or scrap."""
    return text.rstrip().endswith((".", "?", ";", ":", "-")) and len(text.split()) > 2


def opening_of(here: Sequence[Statement], document: Document, sentence: Span) -> Statement | None:
    """The statement whose speaker opens the sentence."""
    opening = [
        one
        for one in here
        if one.speaker_span is not None
        and one.speaker_span.start - sentence.start < _OPENING
        and one.mode != "direct"
        and one.cue is not None
        and (one.speaker_span.start < one.cue.start or one.cue_lemma == "according to")
    ]
    first = min(opening, key=lambda one: one.cue.start if one.cue else 0, default=None)
    if first is None or first.speaker_span is None:
        return None
    before = document.text[sentence.start : first.speaker_span.start]
    if before.strip() and document.text.startswith(("'s", "’s"), first.speaker_span.end):
        return None  # "Ms Olin presented [the union's claim]": the sentence is hers
    return first if not re.search(r"\b(?:that|which|who)\b", before) else None


def _clause(statement: Statement, document: Document) -> str:
    """From the speaker to the cue: "The Belgian Government had intimated"."""
    assert statement.cue is not None
    assert statement.speaker_span is not None
    return document.text[statement.speaker_span.end : statement.cue.end]


def _is_he(statement: Statement, document: Document) -> bool:
    """Whether "he" or "she" opens the sentence, who in minutes is the one who speaks."""
    return statement.speaker_span is not None and document.text[slice(*statement.speaker_span)].lower() in _HE


_HE = frozenset({"he", "she"})


def _is_told_by_others(text: str) -> bool:
    """Whether the writer of the minutes speaks: "I", "we", or what the meeting as a whole did."""
    return _BY_THE_MEETING.match(text) is not None


_ACTS = alternatives(word_kind("meeting_act"))
_BY_THE_MEETING = re.compile(rf"\W*(?:(?:I|We)\b|(?:It|This|That) was (?:then |so )?(?:{_ACTS})\b|(?:The|This) [Mm]eeting\b)")


def _is_spoken_on(text: str, *, goes_on: bool) -> bool:
    """Whether a sentence without a speaker of its own is still the last one's, rather than the writer's."""
    words = _words(text)
    is_back = not words.isdisjoint(word_kind("set_back")) or (goes_on and words.isdisjoint(word_kind("set_now")))
    return is_back and not _is_told_by_others(text)


def _is_act_of_another(text: str, holders: Sequence[Holder], speaker: Statement) -> bool:
    """Whether a sentence tells what somebody else present did ("The Norland side reserved its position"), not was or had done."""
    words = [word.lower() for word in re.findall(r"[\w’'-]+", text)[:_SUBJECT]]
    others = frozenset().union(*(one.called for one in holders if one.person.name != speaker.speaker))
    if not words or words[0] not in _BEFORE_SOMEBODY or len(words) < 2 or words[1] not in others:
        return False
    behind = next((word for word in words[1:] if word not in others | word_kind("side")), "")
    return behind not in word_kind("set_back") and "past" in lexicon().forms.get(behind, ())


def _tells_a_deed(text: str) -> bool:
    """Whether a sentence tells what somebody by title and name did ("Ms Olin accepted"), or is a note ("RESOLVED: …")."""
    match = _TITLED.match(text)
    return _NOTED.match(text) is not None or (match is not None and match["verb"] not in word_kind("set_back"))


_NOTED = re.compile(r"\W*[A-Z]{4,}\b[^.:]{0,20}:")
_TITLED = re.compile(
    rf"\W*(?:(?i:{alternatives(titles('polite'))}))\.?\s+(?:[A-Z][\w’'-]*\.?\s+)*?(?P<name>[A-Z][\w’'-]+)\s+(?P<verb>[a-z]+)"
)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+(?:n't)?", text.replace("’", "'")))


def _stands_back(text: str) -> bool:
    """Whether a verb is set back in time, as in what somebody is reported to have said."""
    return not _words(text).isdisjoint(word_kind("set_back"))


def _announced(document: Document, sentence: Span) -> _Speaking | None:
    match = _SUMMARY.search(document.text[slice(*sentence)])
    if match is None or match["piece"] not in word_kind("spoken_piece"):
        return None
    named = read_named(match["who"])
    if named is None or named.kind not in {"person", "office", "side"}:
        return None
    start = sentence.start + match.start("who")
    span = Span(start, start + len(match["who"]))
    announced = Statement(
        document.id, (sentence,), None, "", "indirect", named.shown, span, "named", role=named.role, party=named.party
    )
    return _Speaking(announced, in_list=True)


def _as_said_by(statement: Statement, speaker: Statement) -> Statement:
    return replace(
        statement,
        speaker=speaker.speaker,
        speaker_kind=speaker.speaker_kind,
        resolved_by="pronoun",
        role=speaker.role,
        party=speaker.party,
        former=speaker.former,
        relay=tuple(link for link in statement.relay if link != speaker.speaker),
    )


def _relayed(statement: Statement, speaker: Statement) -> Statement:
    """What somebody else says within it comes by way of the one who speaks on."""
    if speaker.speaker is None or statement.speaker == speaker.speaker or speaker.speaker in statement.relay:
        return statement
    return replace(statement, relay=(*statement.relay, speaker.speaker))


def going_on(document: Document, sentence: Span, speaker: Statement, confidence: float) -> Statement:
    """The sentence as one more statement of whoever made the last one."""
    asked = document.text[slice(*sentence)].rstrip().endswith("?")
    return Statement(
        document.id,
        (sentence,),
        None,
        "",
        "indirect",
        speaker.speaker,
        None,
        speaker.speaker_kind,
        resolved_by="continued",
        role=speaker.role,
        former=speaker.former,
        party=speaker.party,
        relay=speaker.relay,
        stance="ask" if asked else None,
        confidence=confidence,
        asked=asked,
    )
