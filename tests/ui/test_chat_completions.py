"""Parley behind OpenAI's protocol, called with OpenAI's own client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import openai
import pytest
from fastapi import FastAPI
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from parley import Assistant, Document
from parley.ui.library.libraries import Libraries
from parley.ui.server.api.chat_completions import completion_routes
from tests.fakes import HashingEmbedder

PORT = "The talks resumed. “We will reopen the northern port in June,” Harbour Minister Petra Nowak of Tarsia said on Monday."
DAM = "Otto Brandl, the envoy of Osk, said the dam gates will stay shut. He told reporters that Osk demands sixty days."
QUESTION = "Who said the northern port will reopen?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[openai.OpenAI]:
    with Assistant.open(tmp_path_factory.mktemp("chat") / "library", embedding=HashingEmbedder()) as assistant:
        day = date(2031, 3, 4)
        assistant.add_documents([Document.from_text(PORT, id="port a", title="Port to reopen", date=day)])
        assistant.add_documents([Document.from_text(DAM, id="dam", title="Dam stays shut", date=day)])
        libraries = Libraries(assistant)
        application = FastAPI()
        application.include_router(completion_routes(libraries))
        with TestClient(application, base_url="http://127.0.0.1:7860") as inner:
            yield openai.OpenAI(base_url="http://127.0.0.1:7860/v1", api_key="none", http_client=inner, max_retries=0)
        libraries.close()


def test_models_are_the_libraries(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["parley"]
    assert client.models.retrieve("parley").owned_by == "parley"


def test_an_answer_with_its_sources(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="parley", messages=[{"role": "user", "content": QUESTION}], temperature=0)
    message = done.choices[0].message
    text, _, sources = (message.content or "").partition("\n\n**Sources**\n")
    assert "Petra Nowak" in text
    assert sources.startswith("- [1] “")
    assert "*Port to reopen, 2031-03-04*" in sources
    cited = (message.annotations or [])[0].url_citation
    assert text[cited.start_index : cited.end_index] == "[1]"
    address, _, place = cited.url.partition("#char=")
    assert address == "http://127.0.0.1:7860/api/v1/documents/port%20a"
    start, end = map(int, place.split(","))
    assert PORT[start:end] in sources


def test_a_stream_says_the_same(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}]
    whole = client.chat.completions.create(model="parley", messages=messages).choices[0].message.content
    parts = list(client.chat.completions.create(model="parley", messages=messages, stream=True))
    assert "".join(part.choices[0].delta.content or "" for part in parts) == whole
    assert parts[-1].choices[0].finish_reason == "stop"


def test_a_follow_up_is_understood_and_the_sources_before_it_are_no_text(client: openai.OpenAI) -> None:
    messages = [{"role": "system", "content": "Answer in verse."}, {"role": "user", "content": "What did Petra Nowak say?"}]
    first = client.chat.completions.create(model="parley", messages=messages).choices[0].message.content
    messages += [{"role": "assistant", "content": first}, {"role": "user", "content": "And what did Brandl say?"}]
    done = client.chat.completions.create(model="parley", messages=messages)
    assert "dam gates will stay shut" in (done.choices[0].message.content or "")
    assert "Sources" not in done.model_extra["parley"]["standalone_question"]


def test_a_question_without_an_answer_is_told_without_sources(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "Who won the chess championship of 1972?"}]
    done = client.chat.completions.create(model="parley", messages=messages)
    assert done.model_extra["parley"]["abstained"]
    assert "Sources" not in (done.choices[0].message.content or "")


HOSTILE = (
    "“No ![p](http://evil.example/p.png) and [here](http://evil.example) and <img src=x> will come,” said Ida Roe of Brenn.\n"
)


@pytest.mark.parametrize("stream", [False, True])
def test_words_of_a_document_load_no_picture_and_make_no_link(tmp_path_factory: pytest.TempPathFactory, stream: bool) -> None:
    with Assistant.open(tmp_path_factory.mktemp("hostile") / "library", embedding=HashingEmbedder()) as assistant:
        title = "![t](http://evil.example/t.png) *bold*"
        assistant.add_documents([Document.from_text(HOSTILE, id="a", title=title, outlet="<b>Post</b>")])
        application = FastAPI()
        application.include_router(completion_routes(Libraries(assistant)))
        body = {"stream": stream, "messages": [{"role": "user", "content": "What did Ida Roe say will come?"}]}
        with TestClient(application) as inner:
            told = inner.post("/v1/chat/completions", json=body)
    if stream:
        parts = [json.loads(line[6:]) for line in told.text.split("\n\n") if line.startswith("data: {")]
        content = "".join(part["choices"][0]["delta"].get("content", "") for part in parts)
    else:
        content = told.json()["choices"][0]["message"]["content"]
    assert "evil.example" in content
    page = MarkdownIt("commonmark").render(content)
    assert not re.search(r"<(img|a|b|script)\b", page), page


def test_half_characters_are_refused(client: openai.OpenAI) -> None:
    body = b'{"stream": true, "messages": [{"role": "user", "content": "Who \\ud800?"}]}'
    response = client._client.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422


def test_errors_are_those_that_the_client_knows(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "Who?"}]
    with pytest.raises(openai.NotFoundError, match="There is no model 'gpt-4' here"):
        client.chat.completions.create(model="gpt-4", messages=messages)
    with pytest.raises(openai.UnprocessableEntityError, match="no message of the user"):
        client.chat.completions.create(model="parley", messages=[{"role": "system", "content": "Hello."}])
