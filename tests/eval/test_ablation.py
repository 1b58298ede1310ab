from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from parley import Document
from parley.eval.studies.ablation import run_ablation, standalone_query
from parley.eval.studies.tables import print_ablation
from parley.index.library import Library
from tests.eval.build import question

DOCUMENTS = [
    Document.from_text("The delegations discussed the ferry timetable and the harbour fee.", id="ferry"),
    Document.from_text("Nothing was said about grain. The minister left early.", id="grain"),
    Document.from_text("The harbour was closed for a week because of ice.", id="ice"),
]


def test_each_engine_is_measured_alone_and_both_together(library: Library) -> None:
    library.add_documents(DOCUMENTS)
    questions = [
        question(id="1", question="Who discussed the ferry timetable?", gold_doc_ids=["ferry"]),
        question(id="2", question="When did the minister leave?", gold_doc_ids=["grain"]),
        question(id="3", question="Was anything signed?"),
        question(id="4", question="And why?", history=[{"role": "user", "text": "Who left?"}], gold_doc_ids=["grain"]),
        question(
            id="5",
            question="And why?",
            turns=["Who left?", "And why?"],
            standalone="Why was the harbour closed?",
            gold_doc_ids=["ice"],
        ),
    ]
    found = run_ablation(library, questions)
    assert list(found.estimates) == ["dense", "BM25", "fused"]
    assert found.skipped == 1
    for by_measure in found.estimates.values():
        # Three documents in all: each engine's five best hold every gold document it can find at all.
        assert (by_measure["recall@5"].n, by_measure["recall@5"].unscored) == (3, 1)
    assert found.estimates["BM25"]["mrr@10"].value == 1.0
    assert found.estimates["fused"]["recall@5"].value == 1.0


def test_differences_are_fused_minus_the_other(library: Library) -> None:
    library.add_documents(DOCUMENTS)
    found = run_ablation(library, [question(question="Who discussed the ferry timetable?", gold_doc_ids=["ferry"])])
    for name in ("dense", "BM25"):
        fused, other = found.estimates["fused"]["mrr@10"].value, found.estimates[name]["mrr@10"].value
        assert fused is not None
        assert other is not None
        assert found.differences[name]["mrr@10"].value == pytest.approx(fused - other)
    text = StringIO()
    print_ablation(found, Console(width=200, file=text))
    assert "fused − BM25" in text.getvalue()
    assert found.as_json()["engines"]["BM25"]["recall@1"]["value"] == 1.0


def test_a_follow_up_is_searched_in_its_standalone_form_or_not_at_all() -> None:
    assert standalone_query(question(question="Who?")) == "Who?"
    assert standalone_query(question(turns=["Who?", "Why?"])) is None
    assert standalone_query(question(turns=["Who?", "Why?"], standalone="Why did Lind leave?")) == "Why did Lind leave?"
