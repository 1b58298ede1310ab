"""Quotations made from a library's own: true ones, altered ones, and what is right for each."""

from __future__ import annotations

import pytest

from parley import Assistant, Document
from parley.eval.studies.quotes import KINDS, make_cases, true_quotes
from parley.eval.studies.quotes_report import JudgedCase, QuoteReport, judge
from parley.index.library import Library
from tests.fakes import HashingEmbedder

SPEECHES = """"We will not close the northern harbour before 1,200 drivers have signed," Ana Ruiz said.

"Nobody crosses a bridge merely to admire the painted barrier," Paul Oduya told reporters. "They didn't pay the toll in April."

Marta Lind said: "The union has never asked for three holidays, and it never will ask for them."

"Seven ships are waiting outside because the pilots were not called," said Boris Kral.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = Library.open(tmp_path_factory.mktemp("quotes") / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(SPEECHES, id="speeches", language="en")])
    return Assistant(library)


def test_true_quotations_stand_in_the_document(assistant: Assistant) -> None:
    found = true_quotes(assistant)
    assert {one.speaker for one in found} == {"Ana Ruiz", "Paul Oduya", "Marta Lind", "Boris Kral"}
    assert all(one.words in SPEECHES for one in found)


def test_every_kind_is_made_and_altered_words_stand_nowhere(assistant: Assistant) -> None:
    cases = make_cases(assistant, count=40, seed=3)
    assert {case.kind for case in cases} == set(KINDS)
    for case in cases:
        assert case.expected == KINDS[case.kind][1]
        assert (case.quote in SPEECHES) == (case.expected in {"exact", "other_speaker"})
    assert cases == make_cases(assistant, count=40, seed=3)
    assert cases != make_cases(assistant, count=40, seed=4)


def test_no_altered_quotation_is_approved_and_true_ones_are(assistant: Assistant) -> None:
    cases = make_cases(assistant, count=40)
    report = judge(cases, lambda quote, speaker: assistant.check_quote(quote, speaker=speaker).verdict)
    assert report.false_approvals == ()
    assert (report.recall("exact"), report.recall("same_words"), report.recall("other_speaker")) == (1.0, 1.0, 1.0)


def test_precision_and_recall_by_hand(assistant: Assistant) -> None:
    altered = next(case for case in make_cases(assistant, count=40) if case.expected == "altered")
    true = next(case for case in make_cases(assistant, count=40) if case.expected == "exact")
    report = QuoteReport((JudgedCase(altered, "exact"), JudgedCase(true, "exact"), JudgedCase(altered, "altered")))
    assert (report.precision("exact"), report.recall("exact")) == (0.5, 1.0)
    assert (report.precision("altered"), report.recall("altered")) == (1.0, 0.5)
    assert (report.precision("not_found"), report.recall("not_found")) == (None, None)
    assert [one.case for one in report.false_approvals] == [altered]
