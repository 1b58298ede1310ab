from __future__ import annotations

from dataclasses import replace

import pytest

from parley import Document, QuestionSetError, Span
from parley.eval.sets.gold import Evidence, GoldResolver, place
from parley.eval.sets.question_set import GoldSpan
from tests.eval.build import BULLETIN, GAZETTE, question, span_of

RESOLVER = GoldResolver([BULLETIN, GAZETTE])


def test_offsets_lie_in_the_gold_document() -> None:
    gold = RESOLVER.resolve(question(gold_doc_ids=["bulletin"], gold_span=[4, 15]))
    assert gold.documents == ("bulletin",)
    assert gold.evidence == (Evidence("bulletin", (Span(4, 15),)),)


def test_offsets_beyond_the_text_are_missing_not_wrong() -> None:
    gold = RESOLVER.resolve(question(gold_doc_ids=["gazette"], gold_span=[4, 5000]))
    assert gold.evidence == ()
    assert "stands in none of 1 documents" in gold.missing


def test_a_quotation_finds_its_own_document() -> None:
    quote = "No fee was discussed."
    gold = RESOLVER.resolve(question(gold_span={"quote": quote}))
    assert gold.evidence == (Evidence("gazette", (span_of(GAZETTE, quote),)),)
    assert gold.documents == ("gazette",)


def test_a_quotation_is_found_whatever_its_quotation_marks_and_line_ends() -> None:
    gold = RESOLVER.resolve(question(gold_doc_ids=["gazette"], gold_span={"quote": 'wrote:\n"No fee'}))
    [evidence] = gold.evidence
    assert GAZETTE.text[slice(*evidence.ranges[0])] == "wrote: “No fee"


def test_offsets_that_disagree_with_their_quotation_give_way_to_it() -> None:
    quote = "agreed in principle"
    assert place(GoldSpan(ranges=((0, 19),), quote=quote), BULLETIN) == Evidence("bulletin", (span_of(BULLETIN, quote),))
    assert place(GoldSpan(ranges=((0, 19),), quote="nowhere"), BULLETIN) is None


def test_the_gold_passage_stands_in_for_a_span_of_an_answerable_question() -> None:
    passage = "Envoy Lind said the fee was agreed in principle."
    fields = {"gold_doc_ids": ["bulletin"], "gold_passage": passage}
    assert RESOLVER.resolve(question(**fields)).evidence == (Evidence("bulletin", (span_of(BULLETIN, passage),)),)
    assert RESOLVER.resolve(question(**fields, answerable=False)).evidence == ()


def test_a_document_can_be_named_by_the_end_of_its_path() -> None:
    stored = replace(BULLETIN, id="bulletin.txt", source_path="talks/2031/bulletin.txt")
    other = replace(BULLETIN, id="2032/bulletin.txt", source_path="talks/2032/bulletin.txt")
    resolver = GoldResolver([stored, other])
    assert resolver.resolve(question(gold_doc_ids=["2031/bulletin.txt"])).documents == ("bulletin.txt",)
    assert resolver.resolve(question(gold_doc_ids=["talks/2032/bulletin.txt"])).documents == ("2032/bulletin.txt",)
    assert resolver.resolve(question(gold_doc_ids=["letin.txt"])).documents == ("letin.txt",)


def test_a_library_without_any_gold_document_is_the_wrong_one() -> None:
    questions = [question(gold_doc_ids=["bulletin"]), question(gold_doc_ids=["elsewhere"])]
    assert RESOLVER.check(questions) == ["elsewhere"]
    with pytest.raises(QuestionSetError, match="None of the 2 gold documents"):
        GoldResolver([Document.from_text("x", id="x")]).check(questions)
    assert GoldResolver([]).check([question()]) == []
