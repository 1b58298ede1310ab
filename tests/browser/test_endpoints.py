"""The HTTP API through gradio_client, and the MCP server through the protocol's own client."""

import asyncio
import json

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from parley import Conversation
from parley.assistant.serialization import answer_json
from tests.waiting import PATIENCE

NAMES = {"/ask", "/search", "/check_quote"}


@pytest.fixture(scope="module")
def client(talks_url):
    made = Client(talks_url, verbose=False)
    yield made
    made.close()


def without_times(answer):
    return {name: value for name, value in answer.items() if name != "timings"}


def test_exactly_three_endpoints_are_public_and_documented(client):
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert set(endpoints) == NAMES
    ask = endpoints["/ask"]
    assert [parameter["parameter_name"] for parameter in ask["parameters"]] == [
        "question",
        "history",
        "documents",
        "since",
        "until",
        "library",
    ]
    assert "verbatim" in ask["description"]


def test_ask_gives_the_same_answer_as_python(client, talks_assistant):
    question = "Who proposed the POW exchange categories?"
    answer = client.predict(question=question, api_name="/ask")
    assert without_times(answer) == without_times(json.loads(json.dumps(answer_json(talks_assistant.ask(question)))))
    for citation in answer["citations"]:
        text = talks_assistant.document(citation["document"]["id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_takes_a_history_and_filters(client, talks_assistant):
    history = [{"role": "user", "text": "What did Hakan Fidan say about the prisoners?"}, {"role": "assistant", "text": "…"}]
    answer = client.predict(question="What did he say about the ceasefire?", history=history, api_name="/ask")
    same = talks_assistant.ask("What did he say about the ceasefire?", conversation=Conversation.from_messages(history))
    assert answer["standalone_question"] == same.standalone_question
    narrowed = client.predict(question="Who proposed the categories?", documents=["port-notice-to-members.txt"], api_name="/ask")
    assert {citation["document"]["id"] for citation in narrowed["citations"]} <= {"port-notice-to-members.txt"}


def test_search_gives_passages_that_slice_back(client, talks_assistant):
    hits = client.predict(query="ceasefire", k=3, api_name="/search")
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    for hit in hits:
        assert talks_assistant.document(hit["document_id"]).text[hit["start"] : hit["end"]] == hit["text"]


def test_check_quote_finds_a_quotation(client):
    found = client.predict(quote="voiced a number of things", speaker="Tykhyi", api_name="/check_quote")
    assert found["verdict"] == "exact"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": ""}, "question is empty"),
        ({"question": "x" * 4001}, "4,?001 characters"),
        ({"question": "Who?", "since": "yesterday"}, "not a date"),
        ({"question": "Who?", "since": "2031-05-01", "until": "2031-04-01"}, "is later than until"),
        ({"question": "Who?", "documents": ["prot"]}, "No document has the id 'prot'"),
        ({"question": "Who?", "history": [{"role": "king", "text": "x"}]}, "Each message"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(client, arguments, message):
    with pytest.raises(AppError, match=message):
        client.predict(**arguments, api_name="/ask")


def test_mcp_offers_the_same_three_tools(talks_url, talks_assistant):
    async def talk():
        async with (
            streamablehttp_client(f"{talks_url}gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            question = {"question": "Who proposed the POW exchange categories?"}
            result = await session.call_tool(next(tool.name for tool in tools if tool.name.endswith("ask")), question)
            return tools, result

    # A loop of its own in a thread of its own: the browser's tests keep one in this thread.
    tools, result = in_thread(lambda: asyncio.run(talk()))
    assert {tool.name.removeprefix("parley_") for tool in tools} == {"ask", "search", "check_quote"}
    assert all(tool.description for tool in tools)
    assert not result.isError
    answer = json.loads(result.content[0].text)
    assert answer["text"] == talks_assistant.ask("Who proposed the POW exchange categories?").text


def in_thread(action):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(action).result(timeout=PATIENCE)
