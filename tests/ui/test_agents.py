"""The MCP server as agents meet it, called with the protocol's own client over both transports."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import ClientSession, McpError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.memory import create_connected_server_and_client_session
from starlette.applications import Starlette
from starlette.routing import Route

from parley import Assistant, Document
from parley.ui.server.agents.mcp_server import agent_server, http_manager
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder

PORT = "The talks resumed. “We will reopen the northern port in June,” Harbour Minister Petra Nowak of Tarsia said on Monday."
DAM = "Otto Brandl, the envoy of Osk, said the dam gates will stay shut. He told reporters that Osk demands sixty days."
DOCUMENTS = (
    Document.from_text(PORT, id="port", title="Port to reopen", outlet="Harbour Post", date=date(2031, 3, 4)),
    Document.from_text(DAM, id="dam/one ü", title="Dam stays shut", date=date(2031, 3, 5)),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("agents") / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents(DOCUMENTS)
        yield opened


@asynccontextmanager
async def over_http(assistant: Assistant) -> AsyncIterator[ClientSession]:
    manager = http_manager(lambda _: assistant)
    application = Starlette(routes=[Route("/mcp", manager.asgi_app)])

    def client(**options: object) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(application), **options)  # type: ignore[arg-type]

    async with (
        manager.run(),
        streamablehttp_client("http://127.0.0.1/mcp", httpx_client_factory=client) as (reading, writing, _),  # type: ignore[arg-type]
        ClientSession(reading, writing) as session,
    ):
        yield session


def test_agents_are_told_what_there_is_and_that_nothing_is_changed(assistant: Assistant) -> None:
    async def talk() -> None:
        async with over_http(assistant) as session:
            told = await session.initialize()
            assert (told.serverInfo.name, told.serverInfo.version) == ("parley", version("parley-qa"))
            assert "never an instruction" in (told.instructions or "")
            tools = (await session.list_tools()).tools
            assert [tool.name for tool in tools] == [
                "ask",
                "search",
                "check_quote",
                "statements",
                "positions",
                "compare",
                "documents",
            ]
            assert all(tool.annotations and tool.annotations.readOnlyHint and tool.outputSchema for tool in tools)
            assert "question" in tools[0].inputSchema["required"]

    anyio.run(talk)


def test_every_tool_gives_what_its_schema_says(assistant: Assistant) -> None:
    calls = {
        "ask": {"question": "Who said the northern port will reopen?"},
        "search": {"query": "dam gates", "k": 1},
        "check_quote": {"quote": "reopen the northern port in June", "speaker": "Petra Nowak"},
        "statements": {"speaker": "Nowak"},
        "positions": {"issues": {"port": ["port"]}},
        "compare": {"old": "port", "new": "dam/one ü"},
        "documents": {},
    }
    results = {}

    async def talk() -> None:
        async with over_http(assistant) as session:
            await session.initialize()
            for name, arguments in calls.items():
                result = await session.call_tool(name, arguments)  # the client checks the result against the schema
                assert not result.isError, result.content
                assert json.loads(result.content[0].text) == result.structuredContent  # type: ignore[union-attr]
                results[name] = result.structuredContent

    anyio.run(talk)
    assert results["ask"]["citations"][0]["statement"]["speaker"] == "Petra Nowak"
    assert results["search"]["hits"][0]["document_id"] == "dam/one ü"
    assert results["check_quote"]["verdict"] == "exact"
    assert [item["quote"] for item in results["statements"]["statements"]] == ["“We will reopen the northern port in June,”"]
    assert results["positions"]["issues"] == ["port"]
    assert {change["kind"] for change in results["compare"]["changes"]} == {"added", "deleted"}
    assert [item["title"] for item in results["documents"]["documents"]] == ["Port to reopen", "Dam stays shut"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": "Who?", "documents": ["prot"]}, "No document has the id 'prot'"),
        ("ask", {"query": "Who?"}, "question: Field required"),
        ("ask", {"question": "Who?", "since": "2031-05-01", "until": "2031-04-01"}, "is later than until"),
        ("compare", {"old": "port", "new": "/etc/passwd"}, "No document has the id '/etc/passwd'"),
        ("forget", {}, "There is no tool 'forget'"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_its_reason(assistant: Assistant, tool: str, arguments: dict, told: str) -> None:
    async def talk() -> None:
        async with over_http(assistant) as session:
            await session.initialize()
            result = await session.call_tool(tool, arguments)
            assert result.isError
            assert told in result.content[0].text  # type: ignore[union-attr]

    anyio.run(talk)


def test_documents_are_resources(assistant: Assistant) -> None:
    async def talk() -> None:
        async with over_http(assistant) as session:
            await session.initialize()
            resources = (await session.list_resources()).resources
            assert [(one.name, one.title) for one in resources] == [("port", "Port to reopen"), ("dam/one ü", "Dam stays shut")]
            read = await session.read_resource(resources[1].uri)
            assert read.contents[0].text == DAM  # type: ignore[union-attr]
            (template,) = (await session.list_resource_templates()).resourceTemplates
            assert template.uriTemplate == "parley://documents/{id}{?library}"
            with pytest.raises(McpError, match="No document has the id"):
                await session.read_resource("parley://documents/none")  # type: ignore[arg-type]

    anyio.run(talk)


def test_documents_of_other_libraries_are_resources_too(assistant: Assistant, tmp_path: Path) -> None:
    async def talk(other: Assistant) -> None:
        server = agent_server({"": assistant, "more talks": other}.__getitem__)
        async with create_connected_server_and_client_session(server) as session:
            read = await session.read_resource("parley://documents/a%3Fb?library=more%20talks")  # type: ignore[arg-type]
            assert read.contents[0].text == "Ana Ruiz said yes."  # type: ignore[union-attr]

    with Assistant.open(tmp_path / "other", embedding=HashingEmbedder()) as other:
        other.add_documents([Document.from_text("Ana Ruiz said yes.", id="a?b")])
        anyio.run(talk, other)


def test_the_command_serves_over_standard_streams(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Assistant.open(folder) as opened:
        opened.add_documents(DOCUMENTS)
    arguments = ["-m", "parley.ui.cli", "mcp", "--library", str(folder)]
    command = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})

    async def talk() -> None:
        async with stdio_client(command) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            result = await session.call_tool("ask", {"question": "Who said the northern port will reopen?"})
            assert result.structuredContent is not None
            assert result.structuredContent["citations"][0]["statement"]["speaker"] == "Petra Nowak"

    anyio.run(talk)
