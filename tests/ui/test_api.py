"""The HTTP API as programs call it: one obvious call, errors with a status and a reason, and a description of all of it."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley import Assistant, Document
from parley.ui.library.multipart import UploadLimits
from parley.ui.server.agents.tools import TOOLS
from parley.ui.server.application import build_application
from tests.fakes import HashingEmbedder

PORT = "The talks resumed. “We will reopen the northern port in June,” Harbour Minister Petra Nowak of Tarsia said on Monday."
DAM = "Otto Brandl, the envoy of Osk, said the dam gates will stay shut. He told reporters that Osk demands sixty days."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("api") / "library"
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        documents = [
            Document.from_text(PORT, id="port", title="Port to reopen", outlet="Harbour Post", date=date(2031, 3, 4)),
            Document.from_text(DAM, id="dam/one", title="Dam stays shut", date=date(2031, 3, 5)),
        ]
        assistant.add_documents(documents)
        application = build_application(assistant, limits=UploadLimits(total_bytes=20_000))
        with TestClient(application, base_url="http://127.0.0.1:7860") as made:
            yield made


def post(client: TestClient, path: str, expected: int = 200, **body: object) -> dict:
    response = client.post(f"/api/v1/{path}", json=body)
    assert response.status_code == expected, response.text
    return response.json()


def test_the_obvious_call_answers(client: TestClient) -> None:
    answer = post(client, "ask", question="Who said the northern port will reopen?")
    assert (answer["schema_version"], answer["status"]) == (1, "answered")
    citation = answer["citations"][0]
    assert citation["statement"]["speaker"] == "Petra Nowak"
    assert PORT[citation["start"] : citation["end"]] == citation["quote"]


def test_a_stream_ends_with_the_answer_that_the_call_gives(client: TestClient) -> None:
    question = "Who said the northern port will reopen?"
    with client.stream("POST", "/api/v1/ask", json={"question": question, "stream": True}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = "".join(response.iter_text()).strip().split("\n\n")
    events = [(block.split("\n")[0].removeprefix("event: "), json.loads(block.split("\n")[1][6:])) for block in blocks]
    assert [events[0][0], events[1][0], events[-1][0]] == ["searching", "sentence", "answer"]
    whole = post(client, "ask", question=question)
    assert events[-1][1]["text"] == whole["text"]
    assert " ".join(data["text"] for name, data in events if name == "sentence") == whole["text"].replace(" [1]", "")


def test_searches_tell_how_alike_a_passage_is(client: TestClient) -> None:
    hits = post(client, "search", query="dam gates shut", k=1)["hits"]
    assert hits[0]["document_id"] == "dam/one"
    assert 0 < hits[0]["similarity"] <= 1
    assert post(client, "search", query="dam gates shut", documents=["port"])["hits"][0]["document_id"] == "port"


def test_quotations_are_checked(client: TestClient) -> None:
    told = post(client, "check-quote", quote="reopen the northern port in June", speaker="Petra Nowak")
    assert (told["schema_version"], told["verdict"]) == (1, "exact")
    assert (
        post(client, "check-quote", quote="reopen the northern port in June", speaker="Otto Brandl")["verdict"] == "other_speaker"
    )


def test_statements_and_positions(client: TestClient) -> None:
    found = post(client, "statements", speaker="Nowak")["statements"]
    assert [item["quote"] for item in found] == ["“We will reopen the northern port in June,”"]
    assert post(client, "statements", until="2031-03-01")["statements"] == []
    table = post(client, "positions", issues={"port": ["port"], "dam": ["dam"]})
    assert table["issues"] == ["port", "dam"]
    assert post(client, "positions", 422)["error"]["type"] == "no_issues"


def test_statements_come_in_parts(client: TestClient) -> None:
    every = post(client, "statements")
    assert every["next_offset"] is None
    parts, offset = [], 0
    while offset is not None:
        part = post(client, "statements", offset=offset, limit=1)
        parts, offset = [*parts, *part["statements"]], part["next_offset"]
    assert parts == every["statements"]
    assert len(parts) > 1
    assert post(client, "statements", offset=len(parts))["statements"] == []
    assert post(client, "statements", 422, limit=0)["error"]["type"] == "invalid_request"


def test_versions_are_compared_by_their_ids_and_files_of_the_server_are_not_read(client: TestClient) -> None:
    texts = {"v1": "Osk shall pay within thirty days.", "v2": "Osk shall pay within ninety days."}
    post(client, "documents", documents=[{"id": name, "text": text} for name, text in texts.items()])
    (change,) = post(client, "compare", old="v1", new="v2")["changes"]
    assert change["kind"] == "changed"
    assert [(edit["old"], edit["new"]) for edit in change["edits"]] == [("thirty", "ninety")]
    assert post(client, "compare", 404, old="v1", new=__file__)["error"]["type"] == "unknown_document"
    for name in texts:
        client.delete(f"/api/v1/documents/{name}")


@pytest.mark.parametrize(
    ("path", "body", "status", "kind", "told"),
    [
        ("ask", {"question": "Who?", "documents": ["prot"]}, 404, "unknown_document", "'prot'"),
        (
            "ask",
            {"question": "Who?", "since": "2031-05-01", "until": "2031-04-01"},
            422,
            "invalid_request",
            "is later than until",
        ),
        ("ask", {"question": "Who?", "document": ["port"]}, 422, "invalid_request", "document: "),
        ("ask", {"question": ""}, 422, "invalid_request", "question: "),
        ("ask", {"question": "   "}, 422, "invalid_request", ""),
        ("ask", {"question": "Who?", "library": "none"}, 404, "unknown_library", "'none'"),
        ("search", {"query": "dam", "k": -3}, 422, "invalid_request", "k: "),
        ("statements", {"since": "yesterday"}, 422, "invalid_request", "since: "),
        ("ask", {"question": "Who?", "outlets": ["Harbor Post"]}, 422, "invalid_request", "Close to it: 'Harbour Post'"),
        ("search", {"query": "dam", "languages": ["english"]}, 422, "invalid_request", "'english'"),
        ("statements", {"status": "agred"}, 422, "invalid_request", "agreed_in_principle"),
        ("positions", {"stance": "demnad", "issues": {"port": ["port"]}}, 422, "invalid_request", "demand"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_its_reason(client: TestClient, path, body, status, kind, told) -> None:
    error = post(client, path, status, **body)["error"]
    assert error["type"] == kind
    assert told in error["message"]
    assert " at 0x" not in error["message"]


def test_documents_are_listed_read_added_and_removed(client: TestClient) -> None:
    added = post(client, "documents", documents=[{"id": "new", "text": "Ann said no.", "date": "2031-04-01"}])
    assert added["added"] == ["new"]
    listed = client.get("/api/v1/documents").json()["documents"]
    assert [(item["id"], item["date"]) for item in listed][-1] == ("new", "2031-04-01")
    assert client.get("/api/v1/documents/dam/one").json()["text"] == DAM
    assert client.delete("/api/v1/documents/new").json()["removed"] == "new"
    gone = client.get("/api/v1/documents/new")
    assert (gone.status_code, gone.json()["error"]["type"]) == (404, "unknown_document")


def test_another_text_of_a_known_id_replaces_nothing_unasked(client: TestClient) -> None:
    first, other = {"id": "kept", "text": "Ann said no."}, {"id": "kept", "text": "Ann said yes."}
    post(client, "documents", documents=[first])
    told = post(client, "documents", documents=[other, {"id": "beside", "text": "Ben said so."}])
    assert (told["added"], told["updated"]) == (["beside"], [])
    assert [(item["path"], "if_exists=replace" in item["reason"]) for item in told["refused"]] == [("kept", True)]
    assert client.get("/api/v1/documents/kept").json()["text"] == "Ann said no."
    assert post(client, "documents", documents=[first | {"title": "The same text"}])["refused"] == []
    assert post(client, "documents", documents=[other], if_exists="replace")["updated"] == ["kept"]
    assert client.get("/api/v1/documents/kept").json()["text"] == "Ann said yes."
    for name in ("kept", "beside"):
        client.delete(f"/api/v1/documents/{name}")


def test_files_are_added_and_the_rest_is_refused(client: TestClient) -> None:
    files = [("files", ("said.csv", b"Speaker,Words\nAnn,No.")), ("files", ("map.png", b"\x89PNG"))]
    told = client.post("/api/v1/documents/files", files=files).json()["files"]
    assert [(item["name"], item["state"]) for item in told] == [("said.csv", "added"), ("map.png", "refused")]
    assert client.get("/api/v1/documents/said.csv").json()["text"] == "Speaker | Words\nAnn | No."
    assert client.delete("/api/v1/documents/said.csv").status_code == 200
    large = client.post("/api/v1/documents/files", files=[("files", ("big.txt", b"x" * 30_000))])
    assert (large.status_code, large.json()["error"]["type"]) == (413, "too_large")


def test_both_of_several_files_are_kept_where_that_is_wished(client: TestClient) -> None:
    for words, kept in ((b"No.", ["one.csv", "two.csv"]), (b"Yes.", ["one (2).csv", "two (2).csv"])):
        files = [("files", (name, b"Speaker,Words\nAnn," + words)) for name in ("one.csv", "two.csv")]
        told = client.post("/api/v1/documents/files?if_exists=keep_both", files=files).json()["files"]
        assert [(item["name"], item["state"]) for item in told] == [(name, "added") for name in kept]
    for name in ("one.csv", "two.csv", "one (2).csv", "two (2).csv"):
        assert client.delete(f"/api/v1/documents/{name}").status_code == 200


def test_files_are_received_in_the_folder_of_the_library(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")  # from another disk a file could not be moved in one step
    told = client.post("/api/v1/documents/files", files=[("files", ("said.csv", b"Speaker,Words\nAnn,No."))]).json()["files"]
    assert [item["state"] for item in told] == ["added"]
    client.delete("/api/v1/documents/said.csv")


HALF = "\ud800"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", {"question": f"Who {HALF}?"}),
        ("ask", {"question": "Who?", "history": [{"role": "user", "text": HALF}]}),
        ("ask", {"question": "Who?", "library": HALF}),
        ("positions", {"issues": {HALF: ["port"]}}),
        ("positions", {"issues": {"port": [HALF]}}),
        ("positions", {"issues": {"port": [""]}}),
        ("positions", {"issues": {" ": ["port"]}}),
        ("ask", {"question": "Who?", "history": [{"role": "user", "text": "x" * 30_000}]}),
        ("documents", {"documents": [{"id": "two\nlines", "text": "Ann said no."}]}),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_done(client: TestClient, path: str, body: dict) -> None:
    response = client.post(f"/api/v1/{path}", content=json.dumps(body), headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.json()["error"]["message"]


@pytest.mark.parametrize(
    "body", [b'{"question": "\xff"}', b'{"question":' + b"[" * 100_000, b'{"question":' + b"9" * 5_000 + b"}"]
)
def test_bodies_that_are_no_json_are_told_as_all_errors_are(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["error"]["type"] == "invalid_request"


def test_numbers_and_forms_beyond_measure_are_no_fault_of_the_server(client: TestClient) -> None:
    assert client.get(f"/parley/answers/{10**30}/export.md").status_code in (404, 422)
    many = "&".join(f"f{number}=x" for number in range(50))
    assert client.post("/parley/libraries", content=many, headers={"cookie": f"parley_browser={'t' * 43}"}).status_code == 400


def test_answers_have_the_form_that_the_description_tells(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    bodies: dict[str, dict] = {
        "ask": {"question": "Who said the northern port will reopen?"},
        "search": {"query": "dam"},
        "check-quote": {"quote": "reopen the northern port"},
        "statements": {"limit": 1},
        "positions": {"issues": {"port": ["port"]}},
        "compare": {"old": "port", "new": "dam/one"},
    }
    answers = {("post", path): post(client, path, **body) for path, body in bodies.items()}
    answers["get", "documents"] = client.get("/api/v1/documents").json()
    for (method, path), answer in answers.items():
        response = told["paths"][f"/api/v1/{path}"][method]["responses"]["200"]
        form = response["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert set(told["components"]["schemas"][form]["required"]) <= answer.keys(), path


def test_the_description_has_our_name_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert (told["info"]["title"], told["info"]["version"]) == ("Parley", version("parley-qa"))
    assert {"/api/v1/ask", "/api/v1/documents/files", "/metrics"} <= told["paths"].keys()
    assert "HTTPValidationError" not in json.dumps(told)
    assert told["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert told["paths"]["/health"]["get"]["security"] == []
    asked = told["paths"]["/api/v1/ask"]["post"]["responses"]
    assert asked["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Answer"}
    assert {"401", "403", "404", "422", "429", "502", "503"} < asked.keys()
    page = client.get("/docs")
    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f'"docs/{name}"' in page.text
        assert client.get(f"/docs/{name}").status_code == 200
    assert client.get("/docs/core.py").status_code == 404


def test_those_who_run_the_server_see_how_it_does(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": version("parley-qa")}
    ready = client.get("/ready")
    assert ready.status_code in (200, 503)
    before = client.get("/metrics").text
    post(client, "search", query="dam")
    post(client, "search", 422, query="")
    after = client.get("/metrics").text

    def count(text: str, status: str) -> float:
        mark = f'parley_requests_total{{method="POST",route="/api/v1/search",status="{status}"}} '
        return next((float(line.removeprefix(mark)) for line in text.splitlines() if line.startswith(mark)), 0)

    assert [count(after, status) - count(before, status) for status in ("200", "422")] == [1, 1]
    assert 'parley_documents{library="library"} 2.0' in after


def test_statements_of_another_version_are_told_and_found_anew(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        assistant.add_documents([Document.from_text(PORT, id="port")])
    with closing(sqlite3.connect(tmp_path / "library" / "catalog.sqlite")) as catalog, catalog:
        catalog.execute("UPDATE meta SET value = json_set(value, '$.statements', 'rules of old') WHERE json_valid(value)")
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        application = build_application(assistant, limits=UploadLimits(total_bytes=20_000))
        with TestClient(application, base_url="http://127.0.0.1:7860") as client:
            assert client.get("/api/v1/documents").json()["has_current_statements"] is False
            assert all("another version of Parley" in " ".join(told) for told in _notices(client, assistant))
            assert post(client, "documents/extract")["documents"] == 1
            assert client.get("/api/v1/documents").json()["has_current_statements"] is True
            assert not any("another version of Parley" in " ".join(told) for told in _notices(client, assistant))
        assert assistant.has_current_statements


def _notices(client: TestClient, assistant: Assistant) -> list[list[str]]:
    """What each surface tells beside something that was made of the statements."""
    question = "What did Petra Nowak say about the port?"
    issues = {"port": ["port"]}
    asked = {
        "ask": {"question": question},
        "check-quote": {"quote": "We will reopen the northern port in June"},
        "statements": {},
        "positions": {"issues": issues},
    }
    by_http = [post(client, path, **body)["notices"] for path, body in asked.items()]
    find = {tool.name: tool for tool in TOOLS}
    by_agents = [find[path.replace("-", "_")].call(lambda _: assistant, body)["notices"] for path, body in asked.items()]
    pages = [[client.get(f"/views/{view}").text] for view in ("statements", "ledger", "timeline", "overview", "ledger/export.md")]
    return [*by_http, *by_agents, *pages, list(assistant.ask(question).notices), list(assistant.brief().notices)]


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/v1/ask", 405, "wrong_method"),
        ("POST", "/api/v1/documents/port", 405, "wrong_method"),
        ("DELETE", "/api/v1/documents", 405, "wrong_method"),
        ("POST", "/api/v1/aks", 404, "unknown_call"),
        ("GET", "/v1/completions", 404, "unknown_call"),
        ("GET", "/v1/chat/completions", 405, "wrong_method"),
        ("PUT", "/api/v1/ask", 404, "unknown_call"),
    ],
)
def test_calls_that_there_are_not_are_told_as_all_errors_are(client: TestClient, method, path, status, kind) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.json()["error"]["type"]) == (status, kind)
    assert ("allow" in response.headers) == (status == 405)
