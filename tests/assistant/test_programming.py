"""What programs do with an assistant: keep answers, wait for them in an event loop, and join it with LlamaIndex."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters

from parley import Answer, Assistant, Document, Finished, MetadataError, QuestionError, Searching, SentenceReady
from tests.fakes import HashingEmbedder

PORT = "The talks resumed. “We will reopen the northern port in June,” Harbour Minister Petra Nowak of Tarsia said on Monday."
DAM = "Otto Brandl, the envoy of Osk, said the dam gates will stay shut. He told reporters that Osk demands sixty days."
QUESTION = "Who said the northern port will reopen?"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents(
            [
                Document.from_text(PORT, id="port", title="Port", outlet="Harbour Post", date=date(2031, 3, 4)),
                Document.from_text(DAM, id="dam", title="Dam", outlet="Quay Gazette", date=date(2031, 3, 9)),
            ]
        )
        yield opened


def test_an_answer_outlives_the_process(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    stored = json.loads(json.dumps(answer.to_dict()))
    again = Answer.from_dict(stored, assistant)
    assert again.to_dict() == stored
    assert again.citations[0].statement == answer.citations[0].statement
    assert again.citations[0].verified
    assistant.add_documents([Document.from_text("Petra Nowak resigned.", id="port", title="Port")])
    assert not Answer.from_dict(stored, assistant).citations[0].verified, "the words are not there any more"
    alone = Answer.from_dict(stored)
    assert (alone.text, alone.citations[0].quote, alone.citations[0].verified) == (answer.text, answer.citations[0].quote, False)


def test_answers_can_be_awaited(assistant: Assistant) -> None:
    async def both() -> tuple[Answer, list[object]]:
        return await assistant.aask(QUESTION), [event async for event in assistant.astream(QUESTION)]

    answer, events = asyncio.run(both())
    assert answer == assistant.ask(QUESTION)
    assert isinstance(events[0], Searching)
    assert [event.sentence for event in events if isinstance(event, SentenceReady)] == list(answer.sentences)
    assert events[-1] == Finished(answer)


def test_documents_of_llamaindex_are_added_with_what_is_known(assistant: Assistant) -> None:
    known = {"document_id": "note", "title": "A note", "outlet": "Dawn", "date": "2031-04-01", "other": 3}
    assert assistant.add_documents([LlamaDocument(text="Ann said no.", metadata=known)]).added == ("note",)
    document = assistant.document("note")
    assert (document.text, document.title, document.outlet, document.date) == ("Ann said no.", "A note", "Dawn", date(2031, 4, 1))
    with pytest.raises(MetadataError, match="yesterday"):
        assistant.add_documents([LlamaDocument(text="Ann said no.", metadata={"date": "yesterday"})])


def test_scores_are_similarities_that_can_be_cut_at(assistant: Assistant) -> None:
    nodes = assistant.as_retriever(k=2).retrieve("the dam gates will stay shut")
    scores = {node.node.metadata["document_id"]: node.score for node in nodes}
    assert scores["dam"] > 0.5 > scores["port"] > -1
    cut = SimilarityPostprocessor(similarity_cutoff=0.5).postprocess_nodes(nodes)
    assert [node.node.metadata["document_id"] for node in cut] == ["dam"]


def test_filters_of_llamaindex_narrow_retriever_and_query_engine(assistant: Assistant) -> None:
    late = MetadataFilters(filters=[MetadataFilter(key="date", value="2031-03-05", operator=FilterOperator.GTE)])
    assert [node.node.metadata["document_id"] for node in assistant.as_retriever(filter=late).retrieve(QUESTION)] == ["dam"]
    assert {node.node.metadata["document_id"] for node in assistant.as_query_engine().query(QUESTION).source_nodes} == {"port"}
    narrowed = assistant.as_query_engine(filter=late).query(QUESTION)
    assert {node.node.metadata["document_id"] for node in narrowed.source_nodes} <= {"dam"}
    other = MetadataFilters(filters=[MetadataFilter(key="author", value="Ann")])
    with pytest.raises(QuestionError, match="There is no filter author =="):
        assistant.as_retriever(filter=other)


def test_a_chat_streams_while_it_answers(assistant: Assistant) -> None:
    engine = assistant.as_chat_engine()
    response = engine.stream_chat(QUESTION)
    said = "".join(response.response_gen)
    assert said == assistant.ask(QUESTION).text
    assert [node.node.metadata["speaker"] for node in response.source_nodes] == ["Petra Nowak"]
    assert [message.content for message in engine.chat_history] == [QUESTION, said]
