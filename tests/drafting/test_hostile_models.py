"""A language model that lies, obeys documents, babbles, stalls or dies: nothing of it reaches the user as grounded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.drafting.reader import LanguageModelReader
from parley.assistant.drafting.support.judging import WordSupport
from parley.index.library import Library
from tests.conftest import ROOT
from tests.drafting.talks import library_of, reader_with, server_generator
from tests.language_model.scripted_server import Reply, serving

CASES = [json.loads(line) for line in (ROOT / "tests/drafting/hostile.jsonl").read_text(encoding="utf-8").splitlines()]
QUESTION = "What did Ana Ortiz tell the Gazette about the union's claim?"


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = library_of(tmp_path_factory.mktemp("hostile"))
    yield opened
    opened.close()


def reply_of(case: dict[str, Any]) -> Reply:
    if "bytes" in case:
        return Reply(garbage=case["bytes"].encode())
    text = case["draft"] * case.get("times", 1)
    pieces = [text[at : at + 9] for at in range(0, len(text), 9)]
    return Reply(pieces, stall=case.get("stall", 0), dies=case.get("dies", False), status=case.get("status", 200))


def answer_to(library: Library, case: dict[str, Any]) -> Answer:
    with serving([reply_of(case)]) as server:
        reader = reader_with(library, server_generator(server.url))
        question = case.get("question", QUESTION)
        return reader.answer(question, question)


def test_there_are_forty_cases_of_many_kinds() -> None:
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert len({case["kind"] for case in CASES}) >= 8


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_nothing_invented_is_shown_as_grounded(talks: Library, case: dict[str, Any]) -> None:
    answer = answer_to(talks, case)
    for forbidden in case["never"]:
        assert forbidden.lower() not in answer.text.lower()
    assert_grounded(answer, talks)


def assert_grounded(answer: Answer, library: Library) -> None:
    """Every citation is a slice of its document, every quotation too, every marker has a citation, every claim a marker."""
    known = {citation.marker for citation in answer.citations}
    for citation in answer.citations:
        assert library.document(citation.document.id).text[citation.start : citation.end] == citation.quote
    for sentence in answer.sentences:
        assert set(sentence.markers) <= known
        texts = [citation.document.text for citation in answer.citations if citation.marker in sentence.markers]
        for span in sentence.quoted:
            assert any(sentence.text[span.start : span.end] in text for text in texts)
        if not answer.abstained:
            assert sentence.markers, sentence
        assert not re.search(r"[\[【]\s*S?\d", sentence.text)
    assert sorted(known) == list(range(1, len(known) + 1))


def test_a_right_draft_is_shown_as_written(talks: Library) -> None:
    draft = 'Ana Ortiz told the Gazette that the union "probably will drop" its claim for 30 extra days of leave. [S{n}]'
    with serving(lambda messages: Reply.text(draft.format(n=_number_of("Gazette, Ferry talks end", messages)))) as server:
        answer = reader_with(talks, server_generator(server.url)).answer(QUESTION, QUESTION)
    assert answer.engine == "scripted"
    assert answer.text == (
        "Ana Ortiz told the Gazette that the union “probably will drop” its claim for 30 extra days of leave. [1]"
    )
    assert [item.outcome for item in answer.draft.sentences] == ["kept"]  # type: ignore[union-attr]
    assert answer.citations[0].statement is not None
    assert answer.citations[0].statement.speaker == "Ana Ortiz"
    assert_grounded(answer, talks)


def test_a_failing_sentence_is_rewritten_once(talks: Library) -> None:
    def script(messages: list[dict[str, str]]) -> Reply:
        number = _number_of("Gazette, Ferry talks end", messages)
        if messages[0]["content"].startswith("You correct"):
            assert "probably" in messages[1]["content"]
            return Reply.text(f"Ana Ortiz said the union probably will drop its claim. [S{number}]")
        return Reply.text(f"Ana Ortiz said the union will certainly drop its claim. [S{number}]")

    with serving(script) as server:
        answer = reader_with(talks, server_generator(server.url)).answer(QUESTION, QUESTION)
    assert answer.sentences[0].text == "Ana Ortiz said the union probably will drop its claim."
    assert any("was rewritten" in notice for notice in answer.notices)
    assert len(server.requests) == 2


def test_a_model_that_repeats_its_failing_sentence_is_asked_only_once(talks: Library) -> None:
    wrong = ["Ana Ortiz said the union will certainly drop its claim. [S1]", "Piet Vos said both sides signed a treaty. [S1]"]

    def script(messages: list[dict[str, str]]) -> Reply:
        return Reply.text(wrong[0] if messages[0]["content"].startswith("You correct") else " ".join(wrong))

    with serving(script) as server:
        answer = reader_with(talks, server_generator(server.url)).answer(QUESTION, QUESTION)
    assert len(server.requests) == 2
    assert "certainly" not in answer.text
    assert "treaty" not in answer.text


def test_a_failing_sentence_gives_way_to_the_documents_words(talks: Library) -> None:
    def script(messages: list[dict[str, str]]) -> Reply:
        number = _number_of("Gazette, Ferry talks end", messages)
        if messages[0]["content"].startswith("You correct"):
            return Reply.text("The sources do not answer this.")
        said = f"Ana Ortiz said the union probably will drop its claim. [S{number}]"
        return Reply.text(f"{said} Both sides agreed to meet again on 4 May. [S{number}]")

    with serving(script) as server:
        answer = reader_with(talks, server_generator(server.url)).answer(QUESTION, QUESTION)
    assert [item.outcome for item in answer.draft.sentences] == ["kept", "replaced"]  # type: ignore[union-attr]
    assert "agreed in principle to meet again on 4 May" in answer.sentences[1].text
    assert "Piet Vos" in answer.sentences[1].text
    assert any("replaced by the document's own words" in notice for notice in answer.notices)
    assert_grounded(answer, talks)


class AsSure:
    """The extractive reader, made as sure of its answers as a test wants."""

    def __init__(self, library: Library, probability: float | None) -> None:
        self._reader, self._probability = ExtractiveReader(library), probability

    def answer(self, question: str, standalone: str, **options: Any) -> Answer:
        return replace(self._reader.answer(question, standalone, **options), probability=self._probability)


def refused(library: Library, probability: float | None) -> Answer:
    with serving([Reply.text("The sources do not answer this.")]) as server:
        generator = server_generator(server.url)
        reader = LanguageModelReader(library, generator, extractive=AsSure(library, probability), support=WordSupport())
        return reader.answer(QUESTION, QUESTION)


def test_a_refusal_stands_where_the_quotations_found_are_not_likely_to_answer(talks: Library) -> None:
    answer = refused(talks, 0.49)
    assert (answer.status, answer.citations, answer.engine) == ("not_in_documents", (), "scripted")
    assert answer.nearest


@pytest.mark.parametrize("probability", [0.5, None])
def test_quotations_that_answer_stay_when_the_model_refuses_and_it_is_told(talks: Library, probability: float | None) -> None:
    answer, plain = refused(talks, probability), ExtractiveReader(talks).answer(QUESTION, QUESTION)
    assert (answer.status, answer.engine, answer.sentences) == ("answered", "extractive", plain.sentences)
    assert answer.notices[-1] == "scripted found no answer in the passages; this answer is made of quotations only."
    assert [item.outcome for item in answer.draft.sentences] == ["refused"]  # type: ignore[union-attr]


def test_what_refers_to_a_sentence_that_is_not_shown_is_left_out(talks: Library) -> None:
    def script(messages: list[dict[str, str]]) -> Reply:
        number = _number_of("Gazette, Ferry talks end", messages)
        if messages[0]["content"].startswith("You correct"):
            return Reply.text("The sources do not answer this.")
        said = f"Ana Ortiz said the union probably will drop its claim. [S{number}]"
        failing = f"Both sides agreed to meet again on 4 May. [S{number}]"
        return Reply.text(f"{said} {failing} Those talks in Orsk ended on Tuesday. [S{number}]")

    with serving(script) as server:
        answer = reader_with(talks, server_generator(server.url)).answer(QUESTION, QUESTION)
    assert [item.outcome for item in answer.draft.sentences] == ["kept", "replaced", "dropped"]  # type: ignore[union-attr]
    assert [failure.kind for failure in answer.draft.sentences[2].failures] == ["reference"]  # type: ignore[union-attr]
    assert "Those talks" not in answer.text
    assert any("refers to what is not shown" in notice for notice in answer.notices)
    assert_grounded(answer, talks)


def test_the_model_is_sent_the_documents_as_material_between_fences(talks: Library) -> None:
    with serving([Reply.text("The sources do not answer this.")]) as server:
        reader = reader_with(talks, server_generator(server.url))
        for _ in range(2):
            reader.answer(QUESTION, QUESTION)
    users = [request["messages"][1]["content"] for request in server.requests]
    fences = [re.findall(r"<<<[0-9a-f]{8}>>>", user) for user in users]
    assert all(len(found) == 2 and len(set(found)) == 1 for found in fences)
    assert fences[0] != fences[1]
    assert all("(Harbour minister Ana Ortiz told the Gazette:" in user for user in users)


def _number_of(title: str, messages: list[dict[str, str]]) -> int:
    """The number that the prompt gives the first source of that title."""
    match = re.search(rf"\[S(\d+)\] {re.escape(title)}", messages[1]["content"])
    assert match is not None
    return int(match.group(1))
