"""The reader that lets a language model write the answer, and shows only what the documents bear out.

The extractive reader answers first: its passages are what the model is given, and its answer is what is shown wherever the
model is of no use: it cannot be reached, breaks off, or writes nothing that passes the checks.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator as Steps
from collections.abc import Iterator
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence, Citation, DraftReport
from parley.assistant.answers.reader import Reader
from parley.assistant.dialogue.carried import NOTHING, Carried
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.drafting.bearing import Bearing
from parley.assistant.drafting.checking import SentenceChecker, SupportScorer
from parley.assistant.drafting.drafted_answer import DraftedAnswer
from parley.assistant.drafting.follow_up import complete_by_model
from parley.assistant.drafting.in_progress import DraftInProgress
from parley.assistant.drafting.refusing import REFUSAL
from parley.assistant.drafting.repairing import SentenceSettler
from parley.assistant.drafting.sources import MOST_SOURCES, Source, choose_sources, new_fence, set_out, within_budget
from parley.assistant.drafting.stream_parser import DraftParser
from parley.assistant.drafting.when_to_draft import agrees_on_speaker, bears_on, may_draft
from parley.assistant.events import Drafting, SentenceReady
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.assistant.language_model.connecting import check_connection
from parley.assistant.language_model.generator import Generator, ModelInUse, messages_of
from parley.index.doctor import Check
from parley.index.errors import LanguageModelError
from parley.index.types import SearchFilter
from parley.prompts import RenderedPrompt, load_prompt

_log = logging.getLogger(__name__)

LONGEST_DRAFT = 4_000
"""Characters after which a draft is cut off; a model that does not stop by itself is stopped."""

REPLY_TOKENS = 400
"""Tokens kept free for the reply."""

SURE = 0.5
"""Probability from which quotations that answer stay although the model refused: more likely than not it has overlooked them."""

_MARGIN_TOKENS = 96
"""Tokens kept free for what a server adds around the messages."""


_TELLING_SECONDS = 0.5
"""How often it is told that the model is writing; between two of these a caller that wants to stop has to wait."""


class LanguageModelReader:
    """Answers with a checked draft of a language model, or as the extractive reader does."""

    def __init__(self, evidence: Evidence, generator: Generator, *, extractive: Reader, support: SupportScorer) -> None:
        self._evidence = evidence
        self._generator = generator
        self._extractive = extractive
        self._checker = SentenceChecker(support)

    @property
    def model(self) -> ModelInUse:
        """The model and where its text goes."""
        return ModelInUse(self._generator.name, self._generator.destination)

    def check_model(self) -> Check:
        """Whether the model answers, as a line of the doctor's report."""
        return check_connection(self._generator)

    def complete(self, question: str, conversation: Conversation, carried: Carried) -> Steps[Drafting, None, str]:
        """The question completed from the conversation (see `complete_by_model`)."""
        return complete_by_model(self._generator, question, conversation, carried)

    def answer(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = NO_FILTER,  # noqa: A002  (the public name of the option)
        notices: tuple[str, ...] = (),
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer the question as typed, understood as `standalone`."""
        last = None
        for step in self.steps(question, standalone, filter=filter, notices=notices, carried=carried):
            last = step
        assert isinstance(last, Answer)
        return last

    def steps(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = NO_FILTER,  # noqa: A002
        notices: tuple[str, ...] = (),
        carried: Carried = NOTHING,
    ) -> Iterator[Drafting | SentenceReady | Answer]:
        """Answer in steps: each sentence as soon as it is checked, the answer last (see `SteppingReader.steps`)."""
        base = self._extractive.answer(question, standalone, filter=filter, notices=notices, carried=carried)
        if not base.hits or not may_draft(base, self._evidence):
            yield base
            return
        stop = threading.Event()
        started = time.perf_counter()
        try:
            yield from self._drafted(base, notices, stop, started)
        except LanguageModelError as error:
            _log.warning("Answering without the language model: %s", error)
            yield _with_notices(base, f"{error} This answer is made of quotations only.")
        finally:
            stop.set()

    def _drafted(
        self, base: Answer, notices: tuple[str, ...], stop: threading.Event, started: float
    ) -> Iterator[Drafting | SentenceReady | Answer]:
        sources, prompt = self._request(base)
        if not sources:
            yield _with_notices(base, f"{self._generator.name} reads too little at a time for a single passage.")
            return
        question = base.standalone_question
        bearing = Bearing.on(question, (citation.document.id for citation in base.citations))
        settler = SentenceSettler(self._generator, self._checker, sources, question, bearing, stop)
        made = DraftedAnswer.empty(self._evidence)
        draft = DraftInProgress(settler, made, lambda so_far: not self._objection(base, so_far))
        told = started
        for sentences in self._written(prompt, stop):
            yield from draft.take(sentences)
            if sentences or time.perf_counter() - told >= _TELLING_SECONDS:
                told = time.perf_counter()
                yield Drafting(self._generator.name, told - started, draft.written)
        for ready in draft.complete():
            yield from ready
            yield Drafting(self._generator.name, time.perf_counter() - started, draft.written)
        report = DraftReport(self._generator.name, f"{prompt.name} {prompt.version}", tuple(draft.records))
        timings = dict(base.timings) | {"draft": time.perf_counter() - started}
        yield replace(self._finished(base, draft, report, notices), timings=timings)

    def _request(self, base: Answer) -> tuple[list[Source], RenderedPrompt]:
        """The sources that fit the model, and the prompt that holds them."""
        template = load_prompt("answer")
        chosen = choose_sources(self._evidence, base, most=MOST_SOURCES)
        fence = new_fence(set_out(chosen), base.standalone_question)
        values = {"fence": fence, "question": base.standalone_question, "refusal": REFUSAL}
        bare = template.render(sources="", **values)
        used = self._generator.count_tokens(bare.system + bare.user) + REPLY_TOKENS + _MARGIN_TOKENS
        sources = within_budget(chosen, self._generator.context_tokens - used, self._generator.count_tokens)
        return sources, template.render(sources=set_out(sources), **values)

    def _written(self, prompt: RenderedPrompt, stop: threading.Event) -> Iterator[list[str]]:
        """The draft's sentences as they are completed; an empty list now and then."""
        parser = DraftParser()
        length = 0
        for piece in self._generator.stream(messages_of(prompt), stop=stop):
            yield parser.feed(piece)
            length += len(piece)
            if length > LONGEST_DRAFT:
                # What it was writing when it was cut off is no sentence.
                return
        yield parser.close()

    def _objection(self, base: Answer, made: DraftedAnswer) -> str:
        """Why an answer made of a draft may not stand against the extractive one; "" if it may, and then longer ones may too."""
        if base.abstained and not bears_on(base, made.sentences, made.citations, self._evidence):
            return f"What {self._generator.name} wrote does not bear on the question."
        if not agrees_on_speaker(base, made.citations):
            name = self._generator.name
            return f"{name} named another speaker than the statements found; this answer is made of quotations only."
        return ""

    def _finished(self, base: Answer, draft: DraftInProgress, report: DraftReport, given: tuple[str, ...]) -> Answer:
        if not draft.has_own:
            return self._without_draft(base, report)
        objection = self._objection(base, draft.made)
        if objection:
            return replace(_with_notices(base, objection), draft=report)
        # What was searched in vain is told by the extractive reader only.
        notices = given if base.abstained else base.notices
        checked = (
            f"Written by {report.engine} ({self._generator.destination.told}); every sentence was checked against its source."
        )
        return replace(
            base,
            sentences=draft.made.sentences,
            citations=draft.made.citations,
            status="answered" if base.abstained else base.status,
            nearest=(),
            notices=(*notices, checked, *([report.changed] if report.changed else [])),
            engine=report.engine,
            draft=report,
        )

    def _without_draft(self, base: Answer, report: DraftReport) -> Answer:
        """The model refused, or nothing that it wrote held."""
        refused = bool(report.sentences) and all(item.outcome in {"refused", "dropped"} for item in report.sentences)
        if refused and any(item.outcome == "refused" for item in report.sentences):
            return self._refused(base, report)
        told = f"Nothing that {report.engine} wrote passed the checks; this answer is made of quotations only."
        return replace(_with_notices(base, told, report.changed), draft=report)

    def _refused(self, base: Answer, report: DraftReport) -> Answer:
        if base.abstained:
            return replace(_with_notices(base, f"{report.engine} found no answer either."), draft=report)
        if base.probability is None or base.probability >= SURE:
            told = f"{report.engine} found no answer in the passages; this answer is made of quotations only."
            return replace(_with_notices(base, told), draft=report)
        nearest: tuple[Citation, ...] = base.citations[:3]
        sentences = (AnswerSentence("The documents do not answer this."), AnswerSentence("The closest passages are shown."))
        told = f"{report.engine} ({self._generator.destination.told}) found no answer in the passages."
        return replace(
            base,
            sentences=sentences,
            citations=(),
            nearest=tuple(replace(item, marker=number) for number, item in enumerate(nearest, start=1)),
            status="not_in_documents",
            notices=(*base.notices, told),
            engine=report.engine,
            draft=report,
        )


def _with_notices(answer: Answer, *notices: str) -> Answer:
    return replace(answer, notices=(*answer.notices, *(notice for notice in notices if notice)))
