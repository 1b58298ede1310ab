"""How firm a thing is must be kept: status, hedges and negations are neither upgraded nor dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answer import Failure
from parley.assistant.drafting.sources import Unit
from parley.index.language.firmness import hedges_in, negations_in, status_of
from parley.index.language.lexicon import single_words
from parley.index.language.words import content_stems, is_content, words_of
from parley.index.types import Span, Status

_FIRM: frozenset[Status] = frozenset({"agreed", "agreed_in_principle", "rejected", "withdrawn", "demanded"})
"""Grades that a sentence may state only where its source has the same."""

_REACH = 4
"""Content words on either side of a hedge or negation that it is taken to bear on."""

_NEGATIVE_WORDS = re.compile(
    r"\b(?:fail|refus|reject|den(?:y|ied|ies)|declin|oppos|lack|unable|unwilling|unclear|unknown|absent|stop|halt|rule[sd]?\s+out|un\w+ed)\w*",
    re.IGNORECASE,
)
_WEAK = single_words("hedges", frozenset({"modal"})) | {"if", "unless", "would"}
"""Hedges that grammar often brings along; only the others must be kept word for word."""


def check_firmness(sentence: str, units: Sequence[Unit]) -> list[Failure]:
    """Failures where the sentence is firmer or weaker than the sentences of the source that it rests on."""
    ground = " ".join(unit.text for unit in units)
    return [*_status(sentence, ground, units), *_hedges(sentence, ground), *_negations(sentence, ground)]


def _status(sentence: str, ground: str, units: Sequence[Unit]) -> list[Failure]:
    stated = _grade(sentence)
    if stated not in _FIRM:
        return []
    held = {_grade(ground), *(_grade(unit.text) for unit in units), *(unit.statement.status for unit in units if unit.statement)}
    if stated in held:
        return []
    return [Failure("firmness", f"it says “{stated.replace('_', ' ')}”, which the source does not")]


_AGREED = re.compile(
    r"\b(?:agreed|accepted|ratified|signed|approved|concluded|endorsed)\b|\breached\s+(?:an?\s+)?(?:agreement|deal|accord)\b"
    r"|\bagreements?\s+(?:to|on)\b",
    re.IGNORECASE,
)
_REJECTED = re.compile(r"\b(?:rejected|refused|ruled\s+out|turned\s+down|vetoed)\b", re.IGNORECASE)
_WITHDRAWN = re.compile(r"\b(?:withdrew|withdrawn|retracted)\b", re.IGNORECASE)
_DEMANDED = re.compile(r"\bdemand(?:ed|s|ing)\b", re.IGNORECASE)
_STATED: tuple[tuple[re.Pattern[str], Status], ...] = (
    (_AGREED, "agreed"),
    (_REJECTED, "rejected"),
    (_WITHDRAWN, "withdrawn"),
    (_DEMANDED, "demanded"),
)


def _grade(text: str) -> Status:
    """The grade of a sentence: as the extractor grades reported words, else by the verb it uses."""
    graded = status_of("", "", text, negated_cue=False)
    if graded in {"agreed_in_principle", "open", "bracketed"}:
        return graded
    for pattern, status in _STATED:
        match = pattern.search(text)
        if match is not None and not negations_in(text, max(0, match.start() - 25), match.start()):
            return status
    return graded


def _hedges(sentence: str, ground: str) -> list[Failure]:
    kept = {sentence[span.start : span.end].lower() for span in hedges_in(sentence, 0, len(sentence))}
    said = content_stems(sentence)
    for span in hedges_in(ground, 0, len(ground)):
        hedge = ground[span.start : span.end].lower()
        if ground[span.start : span.end] == "May":  # the month
            continue
        if hedge in _WEAK and kept & _WEAK:
            continue
        if hedge not in kept and _bears_on(ground, span, said) and not (hedge in _WEAK and _is_reported_future(sentence, hedge)):
            return [Failure("firmness", f"the source says “{hedge}”, which is left out")]
    held = {ground[span.start : span.end].lower() for span in hedges_in(ground, 0, len(ground))}
    added = next((hedge for hedge in sorted(kept - held - _WEAK) if " " in hedge or hedge.endswith("ly")), None)
    return [Failure("firmness", f"it says “{added}”, which the source does not")] if added else []


def _is_reported_future(sentence: str, hedge: str) -> bool:
    """Whether "would" was only told in another tense: "will" or an infinitive."""
    return hedge == "would" and re.search(r"\b(?:will|to|plans?|planned|intends?)\b", sentence) is not None


def _negations(sentence: str, ground: str) -> list[Failure]:
    said, held = content_stems(sentence), content_stems(ground)
    here, there = negations_in(sentence, 0, len(sentence)), negations_in(ground, 0, len(ground))
    if not here and not _NEGATIVE_WORDS.search(sentence):
        for span in there:
            if _bears_on(ground, span, said):
                return [Failure("firmness", f"the source says “{ground[span.start : span.end]}”, which is left out")]
    negated = {stem for span in there for stem in _near(ground, span)}
    for span in here:
        near = _near(sentence, span)
        if _bears_on(sentence, span, held) and not negated & set(near) and not _NEGATIVE_WORDS.search(ground):
            return [Failure("firmness", f"it says “{sentence[span.start : span.end]}”, which the source does not")]
    return []


def _bears_on(text: str, span: Span, words: frozenset[str]) -> bool:
    """Whether most of the content words next to `span` are among `words`."""
    near = _near(text, span)
    return bool(near) and 2 * sum(stem in words for stem in near) >= len(near)


def _near(text: str, span: Span) -> list[str]:
    """The stems of the content words behind `span` in its clause, or before it where none follows."""
    clause_end = re.search(r"[;:.!?](?=\s|$)", text[span.end :])
    behind = words_of(text, span.end, span.end + clause_end.start() if clause_end else None)
    after = [word.stem for word in behind if is_content(word.folded)]
    before = [word.stem for word in words_of(text, 0, span.start) if is_content(word.folded)]
    return after[:_REACH] or before[-_REACH:]
