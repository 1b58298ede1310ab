"""`parley eval`: a question set against a library, or against the library of a corpus.

Cheap to import: what does the work is imported when the command runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.eval.argument_types import positive, seconds, share
from parley.eval.extra import check_extra

if TYPE_CHECKING:
    from rich.console import Console

    from parley.eval.runs.suite import RunSettings
    from parley.eval.sets.corpus import OpenedCorpus
    from parley.eval.sets.question_set import Question

DONE, WORSE = 0, 1


class EvalCommand:
    """The subcommand, as the shell's entry point group `parley.commands` wants it.

    Exit code 0 when the run is done, however good the figures; 1 when a quotation was not exact, which must never be, or when a
    figure is worse than in the report of --against, beyond chance.
    """

    name = "eval"
    help = "ask a fixed set of questions and report how good the answers are (extra eval, as the next three)"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("questions", metavar="QUESTIONS.jsonl", type=Path, help="the questions, one JSON object a line")
        documents = parser.add_mutually_exclusive_group()
        documents.add_argument("--corpus", metavar="CORPUS", type=Path, help="a .jsonl corpus, or a file or folder of documents")
        documents.add_argument("--library", metavar="DIR", type=Path, help="a library (default: $PARLEY_LIBRARY, else ./library)")
        _declare_reports(parser)
        _declare_questions(parser)
        _declare_means(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Evaluate, print the table, and write the files asked for. Raises ParleyError with a message for the user."""
        check_extra(self.name)
        from rich.console import Console

        settings = _settings(arguments)
        questions = settings.read()
        with _bar("documents") as adding:
            opened = settings.open(lambda step: adding(step.done, step.total))
        with opened.assistant:
            if arguments.retrieval_ablation:
                return _compare_engines(settings, opened, questions, arguments, Console())
            return _evaluate(settings, opened, questions, arguments, Console())


command = EvalCommand()


def _settings(arguments: argparse.Namespace) -> RunSettings:
    from parley.eval.runs.engines import EXTRACTIVE, parse_engine
    from parley.eval.runs.suite import RunSettings
    from parley.eval.sets.corpus import Shuffle
    from parley.eval.sets.sampling import Sample

    return RunSettings(
        questions=arguments.questions,
        corpus=arguments.corpus,
        library=arguments.library or Path(os.environ.get("PARLEY_LIBRARY") or "library"),
        model=arguments.model,
        cache=arguments.cache,
        kinds=tuple(arguments.kind),
        limit=arguments.limit,
        depth=arguments.k,
        checks=arguments.checks,
        alone=arguments.alone,
        shuffle=None if arguments.shuffle is None else Shuffle(arguments.shuffle, arguments.seed),
        sample=None if arguments.sample is None else Sample(arguments.sample, arguments.seed),
        second_wording=arguments.wording == "both",
        engines=tuple(parse_engine(text, timeout=arguments.timeout) for text in arguments.engine or [EXTRACTIVE]),
    )


def _evaluate(
    settings: RunSettings, opened: OpenedCorpus, questions: Sequence[Question], arguments: argparse.Namespace, console: Console
) -> int:
    from parley.eval.reports.against import compare_reports, read_report, scores_only
    from parley.eval.reports.change_tables import print_against
    from parley.eval.reports.page import render_page
    from parley.eval.reports.tables import print_report
    from parley.eval.runs.suite import evaluate

    # Read first: the run may be about to write a newer report over it.
    old = read_report(arguments.against) if arguments.against else None
    with _counting(questions, settings) as count:
        report = evaluate(opened, questions, settings, answers=arguments.answers, asked=count)
    told = report.as_json()
    against = compare_reports(old, told) if old is not None else None
    # Files first: a reader of the table that goes away (`| head`) must not cost them.
    if arguments.json:
        _write(arguments.json, _as_json(told | ({"against": against.as_json()} if against else {})))
    if arguments.scores:
        _write(arguments.scores, _as_lines(scores_only(told)))
    if arguments.html:
        _write(arguments.html, render_page(report))
    print_report(report, console)
    if against is not None:
        print_against(against, console)
    return DONE if report.all_quotes_exact and not (against and against.losses) else WORSE


@contextmanager
def _counting(questions: Sequence[Question], settings: RunSettings) -> Iterator[Callable[[object], None]]:
    """A progress bar that counts what is asked: every question of every engine, and the second wordings."""
    reworded = sum(1 for question in questions if question.second_wording) if settings.second_wording else 0
    total, asked = len(questions) * len(settings.engines) + reworded, 0
    with _bar("questions") as show:

        def count(_: object) -> None:
            nonlocal asked
            asked += 1
            show(asked, total)

        yield count


def _compare_engines(
    settings: RunSettings, opened: OpenedCorpus, questions: Sequence[Question], arguments: argparse.Namespace, console: Console
) -> int:
    from parley.eval.runs.suite import ablate, describe
    from parley.eval.studies.tables import print_ablation

    found = ablate(opened, questions, settings)
    if arguments.json:
        _write(arguments.json, _as_json(found.as_json() | {"settings": describe(settings, opened)}))
    print_ablation(found, console)
    return DONE


def _as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_lines(scores: Mapping[str, Any]) -> str:
    """The settings, then a line for each question, so that a change of one question changes one line."""
    items = ",\n".join(json.dumps(item, ensure_ascii=False) for item in scores["items"])
    return f'{{"settings": {json.dumps(scores["settings"], ensure_ascii=False, indent=1)},\n"items": [\n{items}\n]}}\n'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, where that is a terminal; takes what is done and how much there is."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, quiet=not sys.stderr.isatty()), transient=True) as bar:
        task = bar.add_task(name, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


def _declare_reports(parser: argparse.ArgumentParser) -> None:
    """What is written, and what it is compared with."""
    parser.add_argument("--json", metavar="REPORT", type=Path, help="write the report as JSON")
    parser.add_argument("--html", metavar="REPORT", type=Path, help="write the report as one HTML page")
    parser.add_argument("--answers", metavar="ANSWERS.jsonl", type=Path, help="write the answers, one JSON object a line")
    parser.add_argument(
        "--against",
        metavar="OLD.json",
        type=Path,
        help="compare with a report of --json or --scores, question by question; a figure that is worse beyond chance fails",
    )
    parser.add_argument("--scores", metavar="SCORES.json", type=Path, help="write only what --against needs of the report")


def _declare_questions(parser: argparse.ArgumentParser) -> None:
    """Which questions are asked, and how."""
    parser.add_argument(
        "--wording",
        choices=("both", "first"),
        default="both",
        help="ask the questions also in their second wording, where the set has one (%(default)s)",
    )
    parser.add_argument("--limit", metavar="N", type=positive, help="ask only the first N questions")
    parser.add_argument("--sample", metavar="N", type=positive, help="ask only N questions, drawn at random by --seed")
    parser.add_argument("--k", metavar="K", type=positive, default=50, help="passages searched to rank documents (%(default)s)")
    parser.add_argument("--kind", metavar="KIND", action="append", default=[], help="only this kind (may be repeated)")
    parser.add_argument("--checks", metavar="CHECKS.jsonl", type=Path, help="further fields of the questions, joined by id")
    parser.add_argument("--alone", action="store_true", help="ask each question as if nothing had been asked before")
    parser.add_argument(
        "--shuffle", metavar="SHARE", type=share, help="add this share of the corpus's documents in another order"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="what --sample and --shuffle draw (%(default)s)")


def _declare_means(parser: argparse.ArgumentParser) -> None:
    """What answers them."""
    parser.add_argument("--model", metavar="NAME", help="embedding model, by folder or cached name")
    parser.add_argument(
        "--engine",
        metavar="ENGINE",
        action="append",
        default=[],
        help="what words the answers: extractive (the default), or MODEL@URL of a language model server; "
        "several are compared with the first",
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=seconds,
        default=180.0,
        help="for a whole reply of a language model (%(default)g)",
    )
    parser.add_argument("--cache", metavar="DIR", type=Path, help="where libraries made from a corpus are kept")
    parser.add_argument(
        "--retrieval-ablation",
        action="store_true",
        help="only compare search by vectors, by full text and by both (without --html and --answers)",
    )
