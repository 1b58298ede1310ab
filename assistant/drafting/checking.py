"""All checks of one draft sentence against one source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from parley.assistant.answer import Failure
from parley.assistant.drafting.alignment import coverage_of, ground_of
from parley.assistant.drafting.facts import all_known, missing_facts
from parley.assistant.drafting.firmness_check import check_firmness
from parley.assistant.drafting.quoted_words import find_quotations, with_stored_words
from parley.assistant.drafting.sources import Source, Unit
from parley.assistant.drafting.speaker_check import check_speakers
from parley.index.language.words import content_stems
from parley.index.types import Span

LEAST_COVERAGE = 0.5
"""Share of a sentence's content words that its ground must have, whatever the support score says."""


class SupportScorer(Protocol):
    """Says how surely a text supports a claim."""

    def supports(self, claim: str, text: str) -> bool:
        """Whether `text` supports all of `claim`, at the operating point chosen."""
        ...


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """What checking a sentence against a source found.

    Attributes:
        text: the sentence as it may be shown, quotations as the document has them.
        quoted: where those stand in `text`.
        source, ground: the source, and its sentences that the sentence rests on.
        failures: empty if it may be shown.
    """

    text: str
    quoted: tuple[Span, ...]
    source: Source
    ground: tuple[Unit, ...]
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether the source bears the sentence out."""
        return not self.failures


class SentenceChecker:
    """Checks draft sentences; the support score is the last of the checks."""

    def __init__(self, support: SupportScorer) -> None:
        self._support = support

    def check(self, sentence: str, before: str, source: Source) -> SentenceCheck:
        """Check a sentence, without its markers, against one source; `before` is the answer so far, for pronouns."""
        sentence = _AFTER_QUOTATION.sub(r"\1", sentence)
        found, failures = find_quotations(sentence, source)
        text, quoted = with_stored_words(sentence, found, source)
        stems = content_stems(text)
        ground = ground_of(stems, source, found[0].place.start if found else None)
        if any(unit.instructs for unit in ground):
            failures.append(Failure("instruction", "the source gives orders to machines there"))
        if _breaks_off(text, source):
            failures.append(Failure("unfinished", "it breaks off before the sentence ends"))
        failures += missing_facts(text, source)
        failures += check_speakers(text, before, source, ground)
        failures += check_firmness(text, ground)
        if not failures:
            failures += self._unsupported(text, stems, ground, source)
        return SentenceCheck(text, quoted, source, ground, tuple(failures))

    def _unsupported(self, text: str, stems: frozenset[str], ground: tuple[Unit, ...], source: Source) -> list[Failure]:
        held = frozenset().union(*(unit.stems for unit in ground)) | _particulars(source, ground)
        if not ground or coverage_of(stems, held) < LEAST_COVERAGE or not self._support.supports(text, all_known(source)):
            return [Failure("unsupported", "the source does not say this")]
        return []


_AFTER_QUOTATION = re.compile(r"([\"”»])\s*(?:…|\.{3})\s*$")
"""Dots behind a closed quotation leave nothing out."""

_TRAILING_OFF = re.compile(r"(\w+)\W{0,3}(?:…|\.{3})[\s\"'”’»)\].]*$")


def _breaks_off(text: str, source: Source) -> bool:
    """Whether a sentence ends in dots that the source does not have: the model cut short what it copied."""
    end = _TRAILING_OFF.search(text)
    return end is not None and re.search(rf"\b{re.escape(end[1])}\W{{0,3}}(?:…|\.{{3}}|\. \. \.)", source.text) is None


def _particulars(source: Source, ground: tuple[Unit, ...]) -> frozenset[str]:
    """Stems of who is known to speak in the ground, and of the document's outlet and title."""
    spoken = [unit.statement for unit in ground if unit.statement is not None]
    parts = [part for item in spoken for part in (item.speaker, item.role, item.outlet, item.addressee) if part]
    return content_stems(" ".join([source.document.outlet or "", source.document.title, *parts]))
