"""What is done with a draft sentence that fails: another source, one rewriting, the document's own words, or nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.answer import DraftedSentence, Failure
from parley.assistant.drafting.alignment import coverage_of, ground_of
from parley.assistant.drafting.bearing import Bearing
from parley.assistant.drafting.checking import SentenceCheck, SentenceChecker
from parley.assistant.drafting.markers import MarkedSentence, read_markers
from parley.assistant.drafting.references import lost_reference
from parley.assistant.drafting.refusing import REFUSAL, is_refusal
from parley.assistant.drafting.sources import Source, Unit, new_fence
from parley.assistant.drafting.stream_parser import DraftParser
from parley.assistant.language_model.generator import Generator, whole_reply
from parley.index.errors import LanguageModelError
from parley.index.language.words import content_stems
from parley.prompts import load_prompt

MOST_REWRITINGS = 2
"""Rewritings asked for in one answer; each is a request of its own."""

ENOUGH_TO_REPLACE = 0.55
"""Share of a failed sentence's content words that a sentence of the documents must have to stand in for it."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A sentence of a source that is shown in place of a draft sentence."""

    source: Source
    unit: Unit


@dataclass(frozen=True, slots=True)
class Settled:
    """What is shown for a draft sentence (a check that passed, the document's words, or nothing), and the record of it."""

    shown: SentenceCheck | Verbatim | None
    record: DraftedSentence


class SentenceSettler:
    """Settles the sentences of one draft, one after the other."""

    def __init__(
        self,
        generator: Generator,
        checker: SentenceChecker,
        sources: Sequence[Source],
        question: str,
        bearing: Bearing,
        stop: threading.Event,
    ) -> None:
        self._generator = generator
        self._checker = checker
        self._sources = sources
        self._question = question
        self._bearing = bearing
        self._stop = stop
        self._rewritings = 0
        self._gap = False

    def settle(self, written: str, before: str) -> Settled:
        """Settle one sentence as written, with its markers; `before` is what is shown so far. The model may be asked again."""
        settled = self.settle_as_written(written, before)
        return settled or self._noted(self._mended(read_markers(written, len(self._sources)), written, before))

    def settle_as_written(self, written: str, before: str) -> Settled | None:
        """Settle a sentence that passes by the source it gives or another, that refuses, or that is beside the question.

        `None` if it has to be mended.
        """
        settled = self._as_written(written, before)
        return settled and self._noted(settled)

    def _noted(self, settled: Settled) -> Settled:
        """Keep in mind whether the next sentence follows one that is not shown in the model's words."""
        self._gap = settled.record.outcome in {"replaced", "dropped"}
        return settled

    def _as_written(self, written: str, before: str) -> Settled | None:
        marked = read_markers(written, len(self._sources))
        if not marked.sources and is_refusal(marked.text):
            return Settled(None, DraftedSentence(written, "refused"))
        if marked.wrong:
            return None
        check, failures = self._best(marked, before, self._pointed_to(marked))
        if check is not None and check.passed:
            return self._passed(check, DraftedSentence(written, "kept"))
        others = [source for source in self._sources if source.number not in marked.sources]
        elsewhere, _ = self._best(marked, before, others)
        if elsewhere is not None and elsewhere.passed:
            return self._passed(elsewhere, DraftedSentence(written, "recited", failures))
        return None

    def _passed(self, check: SentenceCheck, record: DraftedSentence) -> Settled:
        objection = self._bearing.objection(check) or (lost_reference(check.text) if self._gap else None)
        if objection is None:
            return Settled(check, record)
        return Settled(None, DraftedSentence(record.text, "dropped", (objection, *record.failures)))

    def _mended(self, marked: MarkedSentence, written: str, before: str) -> Settled:
        _, failures = self._best(marked, before, self._pointed_to(marked))
        rewritten = self._rewritten(marked, failures, before)
        if rewritten is not None:
            return Settled(rewritten, DraftedSentence(written, "rewritten", failures))
        verbatim = self._verbatim(marked)
        return Settled(verbatim, DraftedSentence(written, "replaced" if verbatim else "dropped", failures))

    def _pointed_to(self, marked: MarkedSentence) -> list[Source]:
        return [self._sources[number - 1] for number in marked.sources]

    def _best(
        self, marked: MarkedSentence, before: str, sources: Sequence[Source]
    ) -> tuple[SentenceCheck | None, tuple[Failure, ...]]:
        """The check that passed, or failed least: each source must bear the sentence out alone, as no two accounts are merged."""
        checks = [self._checker.check(marked.text, before, source) for source in sources]
        wrong = tuple(Failure("unknown_source", f"{marker} is no source") for marker in marked.wrong)
        if not checks:
            return None, wrong or (Failure("uncited", "no source is given"),)
        best = min(checks, key=lambda check: len(check.failures))
        return best, (*wrong, *best.failures)

    def _rewritten(self, marked: MarkedSentence, failures: Sequence[Failure], before: str) -> SentenceCheck | None:
        """The model's second attempt, if it passes; one attempt a sentence, few an answer."""
        source = self._nearest(marked)
        if source is None or self._rewritings >= MOST_REWRITINGS or self._stop.is_set():
            return None
        self._rewritings += 1
        told = source.told
        problem = "; ".join(failure.detail for failure in failures[:3])
        prompt = load_prompt("repair").render(
            fence=new_fence(told), source=told, question=self._question, sentence=marked.text, problem=problem, refusal=REFUSAL
        )
        try:
            reply = whole_reply(self._generator, prompt, stop=self._stop, longest=600)
        except LanguageModelError:
            # The draft itself is there; the sentence is settled without the model.
            return None
        parser = DraftParser()
        sentence = next(iter([*parser.feed(reply), *parser.close()]), "")
        again = read_markers(sentence, len(self._sources))
        if again.text == marked.text:
            # A model that repeats itself does not heed what is told; asking it again would only cost time.
            self._rewritings = MOST_REWRITINGS
            return None
        if not again.text or again.wrong or again.sources != (source.number,):
            return None
        check = self._checker.check(again.text, before, source)
        return check if check.passed and self._bearing.objection(check) is None else None

    def _nearest(self, marked: MarkedSentence) -> Source | None:
        """The source to rewrite by: of those pointed to, else of all, the one with most of the sentence's words."""
        stems = content_stems(marked.text)
        among = self._pointed_to(marked) or list(self._sources)
        scored = [(coverage_of(stems, content_stems(source.text)), source) for source in among]
        score, source = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return source if score >= ENOUGH_TO_REPLACE / 2 else None

    def _verbatim(self, marked: MarkedSentence) -> Verbatim | None:
        """The sentence of the documents that has most of the failed sentence's words, if it has enough of them."""
        stems = content_stems(marked.text)
        found = [
            (coverage_of(stems, unit.stems), Verbatim(source, unit))
            for source in self._pointed_to(marked) or self._sources
            for unit in ground_of(stems, source)
            if not unit.instructs
        ]
        score, verbatim = max(found, key=lambda pair: pair[0], default=(0.0, None))
        return verbatim if score >= ENOUGH_TO_REPLACE else None
