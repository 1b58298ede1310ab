"""One sentence of an answer rests on one source, and where sources differ both stand."""

from __future__ import annotations

import pytest

from parley import Answer, Assistant
from tests.promises.documents import QUESTIONS


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_source_of_a_sentence_holds_all_that_it_quotes(answers: dict[str, Answer], question: str) -> None:
    answer = answers[question]
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    for sentence in answer.sentences:
        for span in sentence.quoted:
            words = sentence.text[span.start : span.end]
            assert all(words in quotes[marker] for marker in sentence.markers), (words, sentence.markers)


def test_two_accounts_of_one_figure_both_stand(lake: Assistant) -> None:
    answer = lake.ask("How many tonnes does Orla Brandt want to catch?")
    assert answer.status == "accounts_differ"
    holding = {figure: [item for item in answer.citations if figure in item.quote] for figure in ("4,200", "4,900")}
    assert all(holding.values())
    assert {item.document.id for item in holding["4,200"]} != {item.document.id for item in holding["4,900"]}
    for sentence in answer.sentences:
        assert not ("4,200" in sentence.text and "4,900" in sentence.text), "one sentence tells both accounts as one"
