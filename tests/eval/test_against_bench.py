"""Our figures against those of an independent scorer, on the same answers and the same questions."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from parley import Answer, AnswerSentence, Citation, Document, Passage
from parley.eval.reports.answer_file import write_answers
from parley.eval.reports.statistics import estimate
from parley.eval.scorers.metrics import score_all
from parley.eval.scorers.outcome import Outcome
from parley.eval.sets.corpus import read_corpus
from parley.eval.sets.gold import GoldResolver
from parley.eval.sets.question_set import Question, read_questions

pytestmark = pytest.mark.bench_data

NAMES = {
    "answer contains a gold": "contains_gold",
    "cites a gold document": "cites_gold_document",
    "share of citations gold": "citations_gold_share",
    "abstained (unanswerable)": "abstention_recall",
}


@pytest.mark.parametrize("name", ["polnear", "rtqa2026", "squad2_500", "mtrag"])
def test_answer_figures_agree(shared: Path, tmp_path: Path, name: str) -> None:
    """Answers made by a simple rule, right and wrong ones, abstentions among them; both scorers must see the same."""
    folder = shared / "bench" / name
    if not (folder / "questions_dev.jsonl").exists():
        pytest.skip(f"needs {folder}")
    documents = read_corpus(folder / "corpus.jsonl")
    questions = read_questions(folder / "questions_dev.jsonl")
    outcomes = [_answered(number, question, documents) for number, question in enumerate(questions)]
    write_answers(tmp_path / "answers.jsonl", outcomes)
    command = [sys.executable, "evaluate.py", "answers", str(folder / "questions_dev.jsonl"), str(tmp_path / "answers.jsonl")]
    told = subprocess.run(command, cwd=shared / "bench", capture_output=True, text=True, check=True).stdout.split("-- kind")[0]
    theirs = {match[1].strip(): (float(match[2]), int(match[3])) for match in re.finditer(r"  (.+?)  +([\d.]+)  .*n=(\d+)", told)}
    texts = {document.id: document.text for document in documents}
    scores = score_all(outcomes, texts.__getitem__)
    compared = 0
    for label, metric in NAMES.items():
        if label in theirs:
            ours = estimate([score.value for score in scores[metric]], range(len(outcomes)))
            assert (label, ours.value, ours.n) == (label, pytest.approx(theirs[label][0], abs=0.0051), theirs[label][1])
            compared += 1
    assert compared == len(NAMES)
    precision = re.search(r"abstention precision ([\d.]+)", told)
    assert precision is not None
    ours = estimate([score.value for score in scores["abstention_precision"]], range(len(outcomes)))
    assert ours.value == pytest.approx(float(precision[1]), abs=0.0006)


def test_retrieval_figures_agree(shared: Path, tmp_path: Path) -> None:
    """The other scorer's own BM25 ranking is not needed: any ranking will do, here one that is right now and then."""
    folder = shared / "bench" / "multihoprag_evidence"
    if not (folder / "questions_dev.jsonl").exists():
        pytest.skip(f"needs {folder}")
    documents = read_corpus(folder / "corpus.jsonl")
    questions = read_questions(folder / "questions_dev.jsonl")
    outcomes = [_answered(number, question, documents) for number, question in enumerate(questions)]
    run = tmp_path / "run.jsonl"
    run.write_text(
        "".join(f'{{"id": "{item.question.id}", "doc_ids": {list(item.ranking)}}}\n'.replace("'", '"') for item in outcomes)
    )
    command = [
        sys.executable,
        "evaluate.py",
        "retrieval",
        str(folder / "corpus.jsonl"),
        str(folder / "questions_dev.jsonl"),
        str(run),
    ]
    told = subprocess.run(command, cwd=shared / "bench", capture_output=True, text=True, check=True).stdout.split("  kind")[0]
    theirs = {match[1].lower(): float(match[2]) for match in re.finditer(r"  (\S+)  +([\d.]+)  ", told)}
    scores = score_all(outcomes, {document.id: document.text for document in documents}.__getitem__)
    for name in ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"):
        ours = estimate([score.value for score in scores[name]], range(len(outcomes)))
        assert (name, ours.value) == (name, pytest.approx(theirs[name], abs=0.0006))


def _answered(number: int, question: Question, documents: list[Document]) -> Outcome:
    """Every fifth question is abstained from; the others get the start of a document, a gold one every second time."""
    gold = GoldResolver(documents).resolve(question)
    by_id = {document.id: document for document in documents}
    other = documents[number * 7 % len(documents)]
    chosen = by_id[gold.documents[0]] if gold.documents and number % 2 else other
    cited = [
        _citation(document, marker) for marker, document in enumerate(dict.fromkeys([chosen, other][: 1 + number % 3]), start=1)
    ]
    words = " ".join(chosen.text.split()[:60]) + (
        f" {question.gold_answers[0]}." if question.gold_answers and number % 4 == 1 else ""
    )
    status = "not_in_documents" if number % 5 == 0 else "answered"
    answer = Answer(
        question.text, question.text, (AnswerSentence(words, (1,)),), tuple(cited) if status == "answered" else (), status
    )  # type: ignore[arg-type]
    ranking = [documents[(number + step) % len(documents)].id for step in range(8)]
    ranking[number % 8 : number % 8] = gold.documents[number % 3 :]
    return Outcome(question, gold, answer, tuple(dict.fromkeys(ranking)), 0.1)


def _citation(document: Document, marker: int) -> Citation:
    end = min(80, len(document.text))
    return Citation(
        marker, document, Passage(1, document.id, 0, end, 0), 0, end, document.text[:end], None, "", None, verified=True
    )
