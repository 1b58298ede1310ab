"""Fits the weights by which sentences are ranked and answers are given or refused: `assistant/reading/reading_model.tsv`.

    python -m parley.eval.fitting.reading_model gather QUESTIONS.jsonl LIBRARY OUT.json [--documents NAMES.txt] [--among few]
    python -m parley.eval.fitting.reading_model fit GATHERED.json [GATHERED.json ...] --write assistant/reading/reading_model.tsv

Questions are those that `passage_reader/gathering.py` reads. `gather` asks each of them, after the turns before it, and notes
the figures of every passage found and every candidate sentence, and which hold words that answer. `fit` makes three models:

- passage: which of the passages found are read, by a softmax over those found for each answerable question;
- sentence: which candidate answers, by a softmax over the candidates of each answerable question;
- answerable: whether one of the best three candidates answers, by logistic regression over all questions.

All are held to small weights (`PENALTY`); the figures printed are cross-validated over documents. The trained reader must not
have seen the documents: its scores on what it was trained on are too sure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.assistant import Assistant
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.matching import weigh
from parley.assistant.question.analysis import content_terms
from parley.assistant.reading.answerability import answerable_values
from parley.assistant.reading.asked_speaker import of_asked_speaker
from parley.assistant.reading.linear_model import LinearModel
from parley.assistant.reading.pool import FOUND, passage_figures
from parley.assistant.reading.scoring import Scored
from parley.eval.fitting.asked_questions import Talks, read_questions
from parley.index.types import Document, Passage, SearchFilter

PENALTY = 0.005
"""Share of the squared weights that is added to the loss of a question; .02 and .001 gave the same within .02."""

TOLD = 3
"""Sentences among which one that answers counts as an answer: as many as an answer shows."""

UNANSWERABLE = 0.45
"""How much a question without an answer counts in fitting the probability: so many are near misses, written to teach the reader,
that they outnumber what people ask."""

SIGNS = {
    "reader": 1, "coverage": 1, "context": 1, "missing_names": -1, "missing_numbers": -1, "rank": 1, "dense_gap": -1,
    "speaker": 1, "other_speaker": -1, "quote": 1, "held": 1, "interrogative": -1, "reply": 1, "stray": -1, "together": 1,
    "best_dense": 1, "unheard": -1, "ahead": 1, "title": 1, "first": 1, "behind": -1, "lexical": 1, "with_header": 1,
    "missing": -1, "closely": 1, "document_dense": 1, "document_words": 1, "beside": 1, "short": -1,
}  # fmt: skip
"""Which way a figure can only speak: a weight that comes out with the other sign is noise, and is held at 0."""

BY_HAND: dict[str, dict[str, float]] = {
    "sentence": {"timely": 0.5, "lately": 1.5, "speaker": 2.0, "performs": 1.5, "other_speaker": -1.0},
    "answerable": {"out_of_time": -1.5, "speaker": 0.3, "heard_on_it": 1.5, "unheard": -1.0},
}
"""Weights of figures that too few questions of the fitting sets have: those about "this week", asked on a named day, those
about what somebody said, and those about who proposed or refused something."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question: its candidates' figures by name, which of them answer, and the reader's scores."""

    id: str
    document: str
    answerable: bool
    later: bool
    figures: list[dict[str, float]]
    right: list[bool]
    asked: dict[str, Any]
    found: list[dict[str, float]]
    found_right: list[bool]


FEW = 3
"""Most documents searched beside the question's own, where a small library is meant."""


Among = Literal["all", "few", "others"]
"""Which documents a question is asked of: all, its own and at most `FEW` others, or one to `FEW` others, which do not answer."""


def gather(
    questions: Sequence[dict[str, Any]], library: Path, only: frozenset[str] | None, *, among: Among = "all"
) -> Iterator[Gathered]:
    """Ask the questions about the named documents and note what was found."""
    assistant = Assistant.open(library, create=False)
    reader, talks = ExtractiveReader(assistant.library), Talks(assistant)
    by_name = {PurePath(entry.source_path or entry.id).stem: entry.id for entry in assistant.entries()}
    wanted = None if only is None else {PurePath(name).stem for name in only}
    for item in questions:
        name = PurePath(item["doc"]).stem
        if name not in by_name or (wanted is not None and name not in wanted):
            continue
        document = assistant.document(by_name[name])
        answerable = item["answerable"] and among != "others"
        places = [] if not answerable else _places(document, item["evidence"], item["words"])
        if answerable and not places:
            continue
        asked, later = item["turns"][-1], len(item["turns"]) > 1
        searched = _searched(among, document.id, sorted(by_name.values()), random.Random(item["turns"][0]))
        carried = talks.carried(item["turns"], searched)
        inquiry = reader.inquire(asked, searched, carried)
        scored = of_asked_speaker(inquiry.scored, inquiry.question.speaker)
        query = carried.query or asked
        hits = assistant.library.search(query, k=FOUND, filter=searched)
        terms = weigh(content_terms(query), assistant.library)
        yield Gathered(
            item["id"],
            item["doc"],
            answerable,
            later,
            [one.features.values() | {"raw": one.reading.score} for one in scored],
            [_holds(one, document, places) for one in scored],
            answerable_values(scored, inquiry.question, later=later) if scored else {},
            passage_figures(hits, terms, assistant.library),
            [_overlaps(hit.passage, document, places) for hit in hits],
        )


def _searched(among: Among, document_id: str, names: Sequence[str], chance: random.Random) -> SearchFilter:
    """What is searched for a question about the document; of few, it stands alone in two cases of five."""
    if among == "all":
        return SearchFilter()
    own, counts = ((document_id,), (0, 0, 1, 2, FEW)) if among == "few" else ((), (1, 1, 2, FEW))
    return SearchFilter(
        document_ids=(*own, *chance.sample([name for name in names if name != document_id], chance.choice(counts)))
    )


def _places(document: Document, evidence: Sequence[str], words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words that answer stand, inside the evidence; white space and Markdown's marks do not matter."""
    found = []
    for stretch in evidence:
        for start, end in _find(document.text, stretch, 0, len(document.text))[:1]:
            found += [place for word in words for place in _find(document.text, word, start, end)[:1]]
    return found


def _find(text: str, stretch: str, start: int, end: int) -> list[tuple[int, int]]:
    for shown in (stretch, re.sub(r"\\([\[\]().*_#-])", r"\1", stretch.replace("*", ""))):
        pattern = re.compile(r"\s+".join(re.escape(word) for word in shown.split()))
        if places := [(match.start(), match.end()) for match in pattern.finditer(text, start, end)]:
            return places
    return []


def _holds(item: Scored, document: Document, places: Sequence[tuple[int, int]]) -> bool:
    span = item.candidate.span
    return item.candidate.document.id == document.id and any(start < span.end and end > span.start for start, end in places)


def _overlaps(passage: Passage, document: Document, places: Sequence[tuple[int, int]]) -> bool:
    return passage.document_id == document.id and any(start < passage.end and end > passage.start for start, end in places)


def fit_sentence(items: Sequence[Gathered], names: Sequence[str]) -> LinearModel:
    """Weights that make the sentences that answer the likeliest of each question's candidates."""
    return _fit_choice([(item.figures, item.right) for item in items if item.answerable], names)


def fit_passage(items: Sequence[Gathered], names: Sequence[str]) -> LinearModel:
    """Weights that make the passages that answer the likeliest of those found for a question."""
    return _fit_choice([(item.found, item.found_right) for item in items if item.answerable], names)


def _fit_choice(
    choices: Sequence[tuple[Sequence[dict[str, float]], Sequence[bool]]], names: Sequence[str], penalty: float = PENALTY
) -> LinearModel:
    groups = [
        (_matrix(figures, names), np.array(right, dtype=bool)) for figures, right in choices if any(right) and not all(right)
    ]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for matrix, right in groups:
            scores = matrix @ weights
            every, own = _softmax(scores), _softmax(np.where(right, scores, -np.inf))
            total += _log_sum(scores) - _log_sum(scores[right])
            slope += matrix.T @ (every - own)
        return total / len(groups) + penalty * float(weights @ weights), slope / len(groups) + 2 * penalty * weights

    return LinearModel(dict(zip(names, _minimum(loss, names), strict=True)))


def fit_answerable(items: Sequence[Gathered], names: Sequence[str], penalty: float = PENALTY) -> LinearModel:
    """Weights of the probability that one of the best candidates answers."""
    every = ["intercept", *names]
    matrix = np.array([[1.0, *(item.asked.get(name, 0.0) for name in names)] for item in items])
    right = np.array([item.answerable and any(item.right[:TOLD]) for item in items], dtype=np.float64)
    counts = np.array([1.0 if item.answerable else UNANSWERABLE for item in items])
    counts /= counts.sum()
    held = np.array([0.0, *[1.0] * len(names)])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        chance = 1 / (1 + np.exp(-scores))
        total = float(counts @ (np.logaddexp(0, scores) - right * scores)) + penalty * 0.1 * float((held * weights) @ weights)
        return total, matrix.T @ (counts * (chance - right)) + 0.2 * penalty * held * weights

    weights = dict(zip(every, _minimum(loss, every), strict=True))
    return LinearModel({name: weights[name] for name in names}, weights["intercept"])


def _minimum(loss: Any, names: Sequence[str]) -> NDArray[np.float64]:  # noqa: ANN401  (a function of scipy's kind)
    from scipy.optimize import minimize

    bounds = [
        (0.0, None) if SIGNS.get(name, 0) > 0 else (None, 0.0) if SIGNS.get(name, 0) < 0 else (None, None) for name in names
    ]
    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x)


def _matrix(figures: Sequence[dict[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row.get(name, 0.0) for name in names] for row in figures], dtype=np.float64)


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = np.exp(scores - scores.max())
    return np.asarray(shifted / shifted.sum())


def _log_sum(scores: NDArray[np.float64]) -> float:
    return float(np.log(np.exp(scores - scores.max()).sum()) + scores.max())


def ranked(item: Gathered, model: LinearModel) -> Gathered:
    """The question with its candidates in the model's order, and the figures that depend on the order made anew."""
    scores = [model.score(row) for row in item.figures]
    order = sorted(range(len(scores)), key=lambda number: (-round(scores[number], 6), number))
    best = item.figures[order[0]]
    own = {name: best[name] for name in _OF_THE_BEST if name in best}
    ahead = scores[order[0]] - scores[order[1]] if len(order) > 1 else 0.0
    asked = item.asked | own | {"score": scores[order[0]], "ahead": min(3.0, ahead)}
    figures = [item.figures[number] for number in order]
    return replace(item, figures=figures, right=[item.right[number] for number in order], asked=asked)


_OF_THE_BEST = ("reader", "coverage", "context", "missing_names", "missing_numbers", "title", "document", "rank", "speaker")


def figures_of(items: Sequence[Gathered], answerable: LinearModel, threshold: float) -> dict[str, float]:
    """Right sentence first and among three, area under the curve, and what a threshold makes of both kinds of questions."""
    chances = np.array([answerable.probability(item.asked) for item in items])
    can = np.array([item.answerable for item in items])
    first = np.array([item.right[0] for item in items])
    third = np.array([any(item.right[:3]) for item in items])
    given = chances >= threshold
    order = chances[can][:, None] > chances[~can][None, :]
    ties = chances[can][:, None] == chances[~can][None, :]
    return {
        "first": float(first[can].mean()),
        "pool": float(np.mean([any(item.right) for item in items if item.answerable])),
        "three": float(third[can].mean()),
        "auroc": float((order + 0.5 * ties).mean()) if (~can).any() else float("nan"),
        "given, in three": float((third & given)[can].mean()),
        "refused, answerable": float((~given)[can].mean()),
        "refused, not": float((~given)[~can].mean()) if (~can).any() else float("nan"),
    }


def cross_validated(
    items: Sequence[Gathered], sentence: Sequence[str], answer: Sequence[str], threshold: float
) -> dict[str, float]:
    """The figures where each document's questions are judged by models fitted on the others, five parts."""
    documents = sorted({item.document for item in items})
    judged: list[tuple[Gathered, LinearModel]] = []
    for part in range(5):
        out = set(documents[part::5])
        rest = [item for item in items if item.document not in out]
        model = fit_sentence(rest, sentence)
        answerable = fit_answerable([ranked(item, model) for item in rest], answer)
        judged += [(ranked(item, model), answerable) for item in items if item.document in out]
    chances = [replace_asked(item, model) for item, model in judged]
    return figures_of(chances, LinearModel({"chance": 1.0}), threshold)


def replace_asked(item: Gathered, model: LinearModel) -> Gathered:
    """The question with the log-odds of its probability as the only figure, so that questions of several models compare."""
    return replace(item, asked={"chance": model.score(item.asked)})


def write_models(path: Path, models: dict[str, LinearModel], note: str) -> None:
    """Write the models as `parley.assistant.reading.linear_model` reads them."""
    lines = [f"# {line}" for line in note.splitlines()]
    for name, model in models.items():
        lines += [f"{name}\tintercept\t{model.intercept:.4f}"]
        lines += [f"{name}\t{figure}\t{weight:.4f}" for figure, weight in model.weights.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


PASSAGE = (
    "first", "dense", "no_dense", "behind", "lexical", "no_lexical", "words", "with_header", "missing", "missing_names",
    "document_dense", "document_words", "beside", "short",
)  # fmt: skip
SENTENCE = (
    "reader", "closely", "passage", "coverage", "context", "missing_names", "missing_numbers", "rank", "dense", "dense_gap",
    "title", "document", "speaker", "other_speaker", "quote", "held", "interrogative", "reply", "stray",
)  # fmt: skip
ANSWERABLE = (
    "score", "reader", "together", "ahead", "best_dense", "coverage", "context", "missing_names", "missing_numbers", "title",
    "document", "rank", "speaker", "unheard", "later",
)  # fmt: skip

NOTE = """Weights by which passages are chosen to be read ("passage"), sentences ranked ("sentence") and answers given or refused
("answerable").
Fitted by eval/fitting/reading_model.py on questions that people wrote about telegrams, briefings, statements and contracts,
over documents that the reader was not trained on. Columns: model, figure, weight."""


def main() -> None:
    """Gather or fit, as the command line says."""
    parser = argparse.ArgumentParser(description="Fit the weights that rank sentences and decide on refusals.")
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("gather")
    for name in ("questions", "library", "output"):
        first.add_argument(name, type=Path)
    first.add_argument("--files", type=Path, help="folder of the documents' files, for questions with offsets")
    first.add_argument("--documents", type=Path, help="names of the documents whose questions are asked, one a line")
    second = commands.add_parser("fit")
    second.add_argument("gathered", type=Path, nargs="+")
    second.add_argument("--judge", type=Path, nargs="*", default=[], help="gathered questions to print figures of, not fitted on")
    second.add_argument("--write", type=Path)
    second.add_argument("--threshold", type=float, default=0.0, help="log-odds from which an answer is given")
    first.add_argument("--among", choices=get_args(Among), default="all", help="which documents a question is asked of")
    options = parser.parse_args()
    if options.command == "gather":
        only = frozenset(options.documents.read_text(encoding="utf-8").split()) if options.documents else None
        with options.output.open("w", encoding="utf-8") as file:
            for item in gather(read_questions(options.questions, options.files), options.library, only, among=options.among):
                file.write(json.dumps({name: getattr(item, name) for name in Gathered.__slots__}) + "\n")
        return
    _fit(options)


def _fit(options: argparse.Namespace) -> None:
    items = [item for path in options.gathered for item in _read(path)]
    print("cross-validated", _shown(cross_validated(items, SENTENCE, ANSWERABLE, 0.5)))  # noqa: T201
    sentence = fit_sentence(items, SENTENCE)
    answerable = fit_answerable([ranked(item, sentence) for item in items], ANSWERABLE)
    for path in options.judge:
        judged = [ranked(item, sentence) for item in _read(path)]
        print(path.name, _shown(figures_of(judged, answerable, 0.5)))  # noqa: T201
    sentence, answerable = (
        replace(model, weights=dict(model.weights) | BY_HAND[name])
        for name, model in (("sentence", sentence), ("answerable", answerable))
    )
    passage = fit_passage(items, PASSAGE)
    for model in (passage, sentence, answerable):
        print(f"intercept {model.intercept:.3f}  {_shown(dict(model.weights))}")  # noqa: T201
    if options.write:
        write_models(options.write, {"passage": passage, "sentence": sentence, "answerable": answerable}, NOTE)


def _read(path: Path) -> list[Gathered]:
    items = [Gathered(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return [item for item in items if item.figures]


def _shown(figures: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in figures.items())


if __name__ == "__main__":
    main()
