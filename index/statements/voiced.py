"""What a turn's own speaker says: one statement a paragraph, its words direct, never firmer than they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from parley.index.language.firmness import found_within, hedges_in, negations_in, stance_in_first_person, status_of
from parley.index.language.lexicon import role_words
from parley.index.language.sentences import sentence_spans
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.pieces import Piece
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span, Statement, Turn

_CONFIDENCE = {"label": 0.95, "title": 0.9, "mail header": 0.95, "signature": 0.85}
_LONGEST_READ = 2000
"""Characters of a paragraph that are read for its status."""

_OWN = frozenset({"i", "we", "you", "me", "us"})
_WRITER = turn_words("writer")


def voiced_statement(document: Document, turn: Turn, piece: Piece) -> Statement:
    """The paragraph as the words of the turn's speaker; a question is asked, and has no status."""
    text = document.text
    told = [span for part in piece.content for span in _telling(text, part)]
    words = " ".join(text[start:end] for start, end in told)[:_LONGEST_READ]
    asked = turn.is_question or not words.strip()
    stance = "ask" if asked else stance_in_first_person(words) or "report"
    known = turn.speaker is not None
    return Statement(
        document_id=document.id,
        content=piece.content,
        cue=None,
        cue_lemma="",
        mode="direct",
        speaker=turn.speaker,
        speaker_span=turn.label if piece.is_first else None,
        speaker_kind=turn.speaker_kind,
        resolved_by=turn.basis or "none",
        role=turn.role,
        party=turn.party,
        addressee=None,
        stance=stance,
        status="none" if asked else status_of(stance, "", words, negated_cue=False),
        hedges=found_within(hedges_in, text, piece.content, None),
        negations=found_within(negations_in, text, piece.content, None),
        confidence=_CONFIDENCE.get(turn.basis, 0.9) if known else 0.5,
        form=turn.form,
        asked=asked,
        date=turn.date,
    )


def _telling(text: str, part: Span) -> list[Span]:
    """The sentences that tell something; what somebody asks is no agreement."""
    return [span for span in sentence_spans(text, *part) if not text[span.start : span.end].rstrip("\"'”’») ").endswith("?")]


def reported_in_turn(tokens: Tokens, found: Sequence[Attribution], turn: Turn) -> list[Attribution]:
    """Those reports in a turn that are others' words: not "I said …", nor "our side accepts", nor what a reporter asks about."""
    return [
        one
        for one in found
        if one.speaker is not None
        and not (one.speaker[1] - one.speaker[0] == 1 and tokens.words[one.speaker[0]] in _OWN)
        and not _is_our_side(tokens, *one.speaker)
        and tokens.words[one.speaker[1] - 1] not in _WRITER
        and not (turn.is_question and is_asked(tokens, one))
    ]


def _is_our_side(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "our" names the speaker's own side ("our Government"); "our engineer" is another, who is only reported."""
    roles = role_words()
    is_one = any(word in roles["office"] | roles["source"] for word in tokens.words[first:last])
    return tokens.words[first] == "our" and not is_one


def is_asked(tokens: Tokens, attribution: Attribution) -> bool:
    """Whether the sentence of an attribution ends with a question mark that is its own, not a quotation's."""
    sentence = attribution.sentence
    last = bisect_right(tokens.sentences, sentence) - 1
    if last < 0 or tokens.sentences[last] != sentence:
        return False
    while last > 0 and tokens.kinds[last] in {"close", "right"}:
        last -= 1
    return tokens.words[last] == "?" and tokens.quotes[last] == attribution.level
