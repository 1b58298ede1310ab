"""Parley as a LlamaIndex user meets it: real base classes, nodes with offsets, async methods, any embedding."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.chat_engine.types import BaseChatEngine
from llama_index.core.embeddings import MockEmbedding

from parley import Assistant, Document, LibraryMismatchError, SearchFilter
from tests.fakes import HashingEmbedder

REPORT = (
    "The river commission met in Velm on Tuesday. The envoy of Tarsia told the Harbour Post that the dam gates will stay open. "
    "Velmark's minister rejected the offer of a second pipeline.\n\n"
    "Fishing rights were not discussed. The next session is planned for May."
)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        report = Document.from_text(REPORT, id="report", title="River talks", outlet="Tavrin Courier", date=date(2031, 3, 2))
        opened.add_documents([report, Document.from_text("The union met on the quay.", id="quay", title="Quay")])
        yield opened


def test_the_retriever_gives_exact_slices(assistant: Assistant) -> None:
    retriever = assistant.as_retriever(k=3)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("Who rejected the second pipeline?")
    best = nodes[0].node
    assert REPORT[best.start_char_idx : best.end_char_idx] == best.get_content()
    assert (best.metadata["document_id"], best.metadata["outlet"], best.metadata["date"]) == (
        "report",
        "Tavrin Courier",
        "2031-03-02",
    )
    assert best.ref_doc_id == "report"
    scores = [node.score for node in nodes]
    assert scores == sorted(scores, reverse=True)
    again = asyncio.run(retriever.aretrieve("Who rejected the second pipeline?"))
    assert [node.node_id for node in again] == [node.node_id for node in nodes]


def test_the_query_engine_cites(assistant: Assistant) -> None:
    engine = assistant.as_query_engine()
    assert isinstance(engine, BaseQueryEngine)
    response = engine.query("Who said the dam gates will stay open?")
    asked = assistant.ask("Who said the dam gates will stay open?")
    assert str(response) == asked.text
    assert response.metadata is not None
    assert response.metadata["status"] == "answered"
    node = response.source_nodes[0].node
    assert node.get_content() == asked.citations[0].quote == REPORT[node.start_char_idx : node.end_char_idx]
    assert (node.metadata["marker"], node.metadata["speaker"]) == (1, "The envoy of Tarsia")
    embedder = assistant.library.embedder
    similarity = embedder.embed_query("Who said the dam gates will stay open?") @ embedder.embed_passages([node.get_content()]).T
    assert response.source_nodes[0].score == pytest.approx(float(similarity[0, 0]), abs=1e-5)
    assert str(asyncio.run(engine.aquery("Who said the dam gates will stay open?"))) == asked.text


def test_the_chat_engine_remembers_and_forgets(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    assert isinstance(engine, BaseChatEngine)
    first = engine.chat("What did the envoy of Tarsia say?")
    assert "the dam gates will stay open" in str(first)
    assert [message.role for message in engine.chat_history] == [MessageRole.USER, MessageRole.ASSISTANT]
    second = engine.chat("To which outlet?")
    assert second.metadata is not None
    assert "Tarsia" in second.metadata["standalone_question"]
    engine.reset()
    assert engine.chat_history == []


def test_the_chat_engine_keeps_to_the_documents_of_its_filter(assistant: Assistant) -> None:
    nothing = assistant.as_chat_engine(filter=SearchFilter(document_ids=("none",)))
    assert nothing.chat("Who said the dam gates will stay open?").source_nodes == []
    assert list(nothing.stream_chat("Who said the dam gates will stay open?").response_gen)
    assert nothing.stream_chat("Who said the dam gates will stay open?").source_nodes == []


def test_the_chat_engine_takes_a_history(assistant: Assistant) -> None:
    history = [
        ChatMessage(role=MessageRole.USER, content="What did the envoy of Tarsia say?"),
        ChatMessage(role=MessageRole.ASSISTANT, content="The envoy said the gates will stay open."),
    ]
    response = assistant.as_chat_engine().chat("To which outlet?", chat_history=history)
    assert response.metadata is not None
    assert "Tarsia" in response.metadata["standalone_question"]


def test_streams_whole_markers_only(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    response = engine.stream_chat("Who said the dam gates will stay open?")
    parts = list(response.response_gen)
    asked = assistant.ask("Who said the dam gates will stay open?")
    assert "".join(parts) == asked.text
    assert all(part.count("[") == part.count("]") for part in parts)
    assert response.source_nodes[0].node.metadata["marker"] == 1
    assert response.source_nodes[0].score is not None

    async def read() -> str:
        streamed = await engine.astream_chat("Who said the dam gates will stay open?")
        return "".join([part async for part in streamed.async_response_gen()])

    assert asyncio.run(read()) == asked.text


def test_any_llamaindex_embedding_can_be_used(tmp_path: Path) -> None:
    embedding = MockEmbedding(embed_dim=8)
    with Assistant.open(tmp_path / "library", embedding=embedding) as assistant:
        assistant.add_documents([Document.from_text(REPORT, id="report")])
        assert assistant.library.manifest.dimension == 8
        assert assistant.search("second pipeline")[0].passage.document_id == "report"
    with pytest.raises(LibraryMismatchError, match="made with the embedding model llama-index:"):
        Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
