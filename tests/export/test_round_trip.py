"""Every exported quotation, read back from each format, stands at its offsets in the stored document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley import (
    Answer,
    Assistant,
    AttributedStatement,
    Citation,
    Conversation,
    Document,
    Passage,
    Span,
    Statement,
    export_answer,
    export_conversation,
    export_statements,
)
from tests.export.conftest import STRINGS
from tests.export.reading import Found, read_export

FORMATS = (".md", ".docx", ".csv", ".jsonl")


def _expected(citations: Sequence[Citation]) -> set[tuple[str, int, int, str]]:
    return {(item.document.id, item.start, item.end, item.quote) for item in citations}


def _key(found: Found) -> tuple[str, int, int, str]:
    return found.document_id, found.start, found.end, found.quote


@pytest.mark.parametrize("suffix", FORMATS)
def test_answers_about_the_sample_documents(assistant: Assistant, answers: list[Answer], suffix: str, tmp_path: Path) -> None:
    quoting = [answer for answer in answers if answer.citations]
    assert len(quoting) >= 20
    for answer in answers:
        found = read_export(export_answer(answer, tmp_path / f"answer{suffix}"))
        assert [item.number for item in found] == list(range(1, len(found) + 1))
        assert {_key(item) for item in found} == _expected((*answer.citations, *answer.nearest))
        for item in found:
            assert assistant.document(item.document_id).text[item.start : item.end] == item.quote


@pytest.mark.parametrize("suffix", FORMATS)
def test_answers_that_quote_hostile_documents(
    assistant: Assistant, hostile_answers: list[Answer], suffix: str, tmp_path: Path
) -> None:
    shown = set()
    for answer in hostile_answers:
        for item in read_export(export_answer(answer, tmp_path / f"answer{suffix}")):
            assert assistant.document(item.document_id).text[item.start : item.end] == item.quote
            shown |= {text for text in STRINGS if text in item.quote}
    assert len(shown) >= 0.8 * len(STRINGS)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_conversation_is_numbered_through(answers: list[Answer], suffix: str, tmp_path: Path) -> None:
    conversation = Conversation()
    for answer in answers[:8]:
        conversation = conversation.with_answer(answer)
    found = read_export(export_conversation(conversation, tmp_path / f"conversation{suffix}"))
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    expected = [_expected((*answer.citations, *answer.nearest)) for answer in answers[:8]]
    sizes = [len(answer.citations) + len(answer.nearest) for answer in answers[:8]]
    for size, wanted in zip(sizes, expected, strict=True):
        assert {_key(item) for item in found[:size]} == wanted
        found = found[size:]
    assert found == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_statements(assistant: Assistant, suffix: str, tmp_path: Path) -> None:
    items = assistant.statements()
    assert len(items) > 100
    assert any(len(item.statement.content) > 1 for item in items)
    found = read_export(export_statements(items, tmp_path / f"statements{suffix}"))
    wanted = [
        (number, item.document.id, span.start, span.end)
        for number, item in enumerate(items, start=1)
        for span in item.statement.content
    ]
    assert [(item.number, item.document_id, item.start, item.end) for item in found] == wanted
    for item in found:
        assert assistant.document(item.document_id).text[item.start : item.end] == item.quote


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40) | st.sampled_from(STRINGS))
def test_any_text_comes_back(text: str, suffix: str, tmp_path: Path) -> None:
    document = Document.from_text(text, id="any", title=text, outlet=text)
    middle = len(text) // 2
    spans = tuple(span for span in (Span(0, middle), Span(middle, len(text))) if span.end > span.start)
    statement = Statement("any", spans, None, "", "direct", text, None, "named")
    citation = Citation(1, document, Passage(1, "any", 0, len(text), 0), 0, len(text), text, None, text, None, verified=True)
    answer = Answer(text, text, (), (citation,), "answered", notices=(text,))
    (found,) = read_export(export_answer(answer, tmp_path / f"answer{suffix}"))
    assert found.quote == _carried(text, suffix)
    parts = read_export(export_statements([AttributedStatement(document, statement)], tmp_path / f"statement{suffix}"))
    assert [(item.start, item.end, item.quote) for item in parts] == [
        (span.start, span.end, _carried(text[span.start : span.end], suffix)) for span in spans
    ]


def _carried(text: str, suffix: str) -> str:
    """What a format can hold of the text, as docs/export.md says."""
    if suffix == ".md":
        return text.replace("\x00", "\u2400")
    if suffix == ".docx":
        pictures = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\r\t"}
        return text.translate(pictures | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
    return text
