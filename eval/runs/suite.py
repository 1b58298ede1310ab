"""A whole evaluation: open the documents, ask the questions, score, and say what was run."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from parley import Assistant, Progress
from parley.eval.reports.answer_file import keeping_answers
from parley.eval.reports.comparison import compare
from parley.eval.reports.report import Report, build_report
from parley.eval.reports.wordings import gaps
from parley.eval.runs.engines import EXTRACTIVE, Engine
from parley.eval.runs.provenance import made_with
from parley.eval.runs.runner import AnsweringAssistant, run_questions
from parley.eval.scorers.metrics import score_all
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.quotes import inexact
from parley.eval.scorers.retrieval import SEARCH_DEPTH
from parley.eval.sets.corpus import OpenedCorpus, Shuffle, open_corpus
from parley.eval.sets.gold import GoldResolver
from parley.eval.sets.question_set import Question, read_questions
from parley.eval.sets.sampling import Sample
from parley.eval.studies.ablation import Ablation, run_ablation
from parley.index.errors import QuestionSetError
from parley.prompts import load_prompt, prompt_names

PACKAGES = ("parley-qa", "sentence-transformers", "transformers", "torch", "faiss-cpu", "tantivy", "numpy", "ir-measures")


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What to evaluate.

    Attributes:
        questions: the question set.
        corpus: a corpus file, or a file or folder of documents; or `None`, then `library` is asked.
        library: folder of a library that exists.
        model: embedding model; `None` for the default, or the library's own.
        cache: folder of cached libraries; `None` for the platform's.
        kinds: only these kinds of question; empty for all.
        limit: at most so many questions, the first ones; `None` for all.
        sample: so many of the questions, drawn at random; `None` for all.
        depth: passages searched per question to rank documents.
        checks: a file of further fields, joined to the questions by id.
        alone: ask each question as if nothing had been asked before.
        shuffle: add a share of the corpus's documents in another order.
        engines: what words the answers; several are compared with the first.
        second_wording: also ask the questions in their second wording, where the set gives one.
    """

    questions: Path
    corpus: Path | None = None
    library: Path | None = None
    model: str | None = None
    cache: Path | None = None
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    sample: Sample | None = None
    depth: int = SEARCH_DEPTH
    checks: Path | None = None
    alone: bool = False
    shuffle: Shuffle | None = None
    engines: tuple[Engine, ...] = (Engine(EXTRACTIVE),)
    second_wording: bool = True

    def open(self, progress: Callable[[Progress], None] | None = None) -> OpenedCorpus:
        """The library to ask. Raises LibraryError where there is none, QuestionSetError for a malformed corpus."""
        if self.corpus is not None:
            return open_corpus(self.corpus, cache=self.cache, model=self.model, shuffle=self.shuffle, progress=progress)
        if self.shuffle is not None:
            msg = "Only the documents of a corpus can be added in another order. Name one with --corpus."
            raise QuestionSetError(msg)
        return OpenedCorpus(Assistant.open(self.library or "library", model=self.model, create=False))

    def read(self) -> list[Question]:
        """The questions to ask, in order. Raises QuestionSetError where none is left."""
        questions = read_questions(self.questions, checks=self.checks)
        if self.alone:
            questions = [question.alone for question in questions]
        chosen = [question for question in questions if not self.kinds or question.kind in self.kinds][: self.limit]
        if self.sample is not None:
            chosen = self.sample.draw(chosen)
        if not chosen:
            kinds = sorted({question.kind for question in questions if question.kind})
            msg = f"No question of {self.questions} is left to ask. Its kinds are: {', '.join(kinds) or 'none'}."
            raise QuestionSetError(msg)
        return chosen


def evaluate(
    opened: OpenedCorpus,
    questions: Sequence[Question],
    settings: RunSettings,
    *,
    answers: Path | None = None,
    asked: Callable[[Outcome], None] | None = None,
) -> Report:
    """Ask the questions and report.

    Args:
        opened: the library, from `RunSettings.open`.
        questions: from `RunSettings.read`.
        settings: told in the report.
        answers: where to write the answers, if anywhere, each as soon as it is there; those of further engines go beside it.
        asked: called after each question.
    """
    assistant = opened.assistant
    notices = _notices(opened, GoldResolver(assistant.documents()).check(questions))
    assistant.warm_up()
    runs = {engine.name: _run(engine, assistant, questions, settings, answers, asked) for engine in settings.engines}
    outcomes = next(iter(runs.values()))
    report = assess(assistant, outcomes, settings=describe(settings, opened), notices=notices)
    if settings.second_wording and any(question.second_wording for question in questions):
        report = _with_second_wording(report, outcomes, assistant, settings, answers, asked)
    if len(runs) == 1 and settings.engines[0].settings is None:
        return report

    def text_of(document_id: str) -> str:
        return assistant.document(document_id).text

    return replace(report, comparison=compare({name: (found, score_all(found, text_of)) for name, found in runs.items()}))


def _with_second_wording(
    report: Report,
    outcomes: Sequence[Outcome],
    assistant: Assistant,
    settings: RunSettings,
    answers: Path | None,
    asked: Callable[[Outcome], None] | None,
) -> Report:
    """The report with that of the second wordings, and the gap between the two over the questions that have both."""

    def text_of(document_id: str) -> str:
        return assistant.document(document_id).text

    first = [outcome for outcome in outcomes if outcome.question.second_wording]
    reworded = [outcome.question.reworded for outcome in first]
    beside = answers.with_stem(f"{answers.stem}-second") if answers else None
    second = _run(settings.engines[0], assistant, reworded, settings, beside, asked)
    found = gaps(first, score_all(first, text_of), score_all(second, text_of))
    return replace(report, second=assess(assistant, second, settings={}), gaps=found)


def _run(
    engine: Engine,
    assistant: Assistant,
    questions: Sequence[Question],
    settings: RunSettings,
    answers: Path | None,
    asked: Callable[[Outcome], None] | None,
) -> list[Outcome]:
    """One engine's outcomes, its answers written as they come."""
    if answers is not None and engine is not settings.engines[0]:
        answers = answers.with_stem(f"{answers.stem}-{_file_name(engine.name)}")
    with keeping_answers(answers) as keep:

        def done(outcome: Outcome) -> None:
            keep(outcome)
            if asked is not None:
                asked(outcome)

        return run_questions(engine.over(assistant), questions, depth=settings.depth, asked=done)


def _file_name(engine: str) -> str:
    return re.sub(r"[^\w.-]+", "_", engine)


def assess(
    assistant: AnsweringAssistant, outcomes: Sequence[Outcome], *, settings: dict[str, Any], notices: Sequence[str] = ()
) -> Report:
    """Score what became of the questions, against the texts that the assistant's library holds."""

    def text_of(document_id: str) -> str:
        return assistant.document(document_id).text

    shown = [item for outcome in outcomes if outcome.answer for item in (*outcome.answer.citations, *outcome.answer.nearest)]
    counts = {"shown": len(shown), "exact": len(shown) - len(inexact(shown, text_of))}
    report = build_report(outcomes, score_all(outcomes, text_of), settings=settings, citations=counts, notices=notices)
    wrong = counts["shown"] - counts["exact"]
    return report if not wrong else replace(report, notices=(*report.notices, f"{wrong} quotations are not exact"))


def ablate(opened: OpenedCorpus, questions: Sequence[Question], settings: RunSettings) -> Ablation:
    """Compare the search engines on the questions."""
    GoldResolver(opened.assistant.documents()).check(questions)
    return run_ablation(opened.assistant.library, questions, depth=settings.depth)


def describe(settings: RunSettings, opened: OpenedCorpus) -> dict[str, Any]:
    """Everything that the figures depend on, as plain values."""
    library = opened.assistant.library
    manifest = library.manifest
    documents = opened.assistant.documents()
    return {
        "made_with": made_with(questions=settings.questions, checks=settings.checks, documents=documents),
        "questions": settings.questions.name,
        "corpus": settings.corpus.name if settings.corpus else None,
        "corpus_sha256": opened.sha256,
        "library": str(settings.library) if settings.library and not settings.corpus else None,
        "documents": library.document_count,
        "passages": library.passage_count,
        "index_seconds": opened.index_seconds,
        "model": manifest.model,
        "model_sha256": manifest.model_sha256,
        "format": manifest.format,
        "splitter": manifest.splitter,
        "search_depth": settings.depth,
        "kinds": list(settings.kinds),
        "limit": settings.limit,
        "sample": None if settings.sample is None else {"questions": settings.sample.count, "seed": settings.sample.seed},
        "checks": settings.checks.name if settings.checks else None,
        "alone": settings.alone,
        "shuffle": None if settings.shuffle is None else {"share": settings.shuffle.share, "seed": settings.shuffle.seed},
        "engines": [engine.name for engine in settings.engines],
        "prompts": {name: load_prompt(name).version for name in prompt_names()},
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed as a package"
    return found


def _notices(opened: OpenedCorpus, unknown: Sequence[str]) -> list[str]:
    notices = []
    if opened.refused:
        first = opened.refused[0]
        notices.append(f"{len(opened.refused)} documents were not added, the first {first.path}: {first.reason}")
    if unknown:
        notices.append(f"{len(unknown)} gold documents are not in the library and count as not found, the first: {unknown[0]}")
    return notices
