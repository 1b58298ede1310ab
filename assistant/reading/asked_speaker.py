"""Whose words may answer a question about somebody's words.

"What did Lund say about the ferry?" is answered by Lund's words first. What a document tells of Lund may answer too, and what the
writer of a letter or a speaker in a debate tells of Lund. Whom a report quotes speaks for himself: his words are no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.evidence.speaker_matching import side_stems, speaker_match
from parley.assistant.question.analysis import PRONOUNS
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import stems_of, words_of


def of_asked_speaker(scored: Sequence[Scored], asked: str | None) -> list[Scored]:
    """The candidates that may answer what `asked` said, in their order; all of them where nobody is asked for."""
    if asked is None or asked.lower() in PRONOUNS:
        return list(scored)
    named, heard = _named(asked), any(_is_own(item) for item in scored)
    return [
        _as_said_by(item, asked) if _is_own(item) else item
        for item in scored
        if _is_own(item) or _is_told_of_them(item, named, heard=heard)
    ]


def _named(asked: str) -> frozenset[str]:
    """The stems of the side or of the names in the asked speaker: none in "the villagers", who may be called anything."""
    if side_stems(asked):
        return frozenset(side_stems(asked))
    return stems_of(" ".join(word.surface for word in words_of(asked) if word.surface[:1].isupper()))


def _is_own(item: Scored) -> bool:
    return item.features.speaker >= FITTING_SPEAKER


def _is_told_of_them(item: Scored, named: frozenset[str], *, heard: bool) -> bool:
    """Whether somebody who tells of others, or the document itself, tells of the one asked for.

    A letter or a speech tells of many people over whole paragraphs; whom a report quotes speaks for himself. Where the asked
    one is `heard` himself, what a report adds about him is not what he said.
    """
    candidate = item.candidate
    near = candidate.stems | candidate.before
    if candidate.statement is None:
        return not heard and named <= near
    if not candidate.statement.form or candidate.statement.asked:
        return False
    return named <= near | candidate.around


def _as_said_by(item: Scored, asked: str) -> Scored:
    """The candidate under the attribution to the asked speaker, where a sentence holds several."""
    candidate = item.candidate
    best = max(candidate.voices, key=lambda voice: speaker_match(voice, asked, candidate.document))
    return replace(item, candidate=replace(candidate, statement=best))
