"""The pages for positions, ledger and timeline, as HTML."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley import Assistant, Document
from parley.ui.html.downloads import MEDIA_TYPES
from parley.ui.library import library_panel
from parley.ui.library.libraries import Libraries
from parley.ui.views import document_list
from parley.ui.views.view_routes import view_routes
from tests.export.reading import read_export
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in, text_of
from tests.views.corpus import CORPUS, library_of


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return library_of(tmp_path / "library")


@pytest.fixture
def client(assistant: Assistant):
    application = FastAPI()
    libraries = Libraries(assistant)
    application.include_router(view_routes(libraries))
    application.include_router(view_routes(libraries), prefix="/libraries/{library}")
    yield TestClient(application)
    libraries.close()


def body(client: TestClient, address: str, **fields: str) -> str:
    return "<body>" + client.get(address, params=fields or None).text.partition("<body>")[2].removesuffix("</html>")


def cells(html: str) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html, re.DOTALL)]


def test_all_documents_are_found_by_their_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_list, "LISTED", 2)
    monkeypatch.setattr(library_panel, "LISTED", 2)
    titles = ("Ferry talks", "Bridge talks", "Harbour fund", HOSTILE[0], "Ferry toll")
    documents = [Document.from_text(f"Text {n}.", id=f"d/{n}", title=title, outlet="Post") for n, title in enumerate(titles)]
    libraries = Libraries(library_of(tmp_path / "library", documents))
    application = FastAPI()
    application.include_router(view_routes(libraries))
    application.include_router(view_routes(libraries), prefix="/libraries/{library}")
    client = TestClient(application)

    def shown(**fields: str) -> list[str]:
        html = body(client, "/views/documents", **fields)
        return [unescape(title) for title in re.findall(r"<li><a [^>]*><bdi[^>]*>(.*?)</bdi>", html)]

    pages = [shown(page=str(page)) for page in (1, 2, 3)]
    assert [title for page in pages for title in page] == list(titles)
    assert "page=2" in body(client, "/views/documents")
    assert shown(about="TALKS ferry") == ["Ferry talks"]
    assert shown(about="post d/4") == ["Ferry toll"]
    assert "No document has these words" in body(client, "/views/documents", about="lighthouse")
    assert "document?id=d%2F0" in body(client, "/views/documents")
    panel = libraries.workspace("").documents.list_html()
    assert "and 3 more" in text_of(panel)
    (address,) = [attributes["href"] for tag, attributes in tags_of(panel) if tag == "a"]
    assert client.get(address).status_code == 200
    libraries.close()


def test_positions(client: TestClient) -> None:
    html = body(client, "/views/positions")
    assert cells(html) == [
        *("Party", "flow", "truce", "fund"),
        *(
            "Norvia",
            "the flow was agreed in principle[1] agreed in principle",
            "the truce[2] [3] rejected",
            "a compensation fund[4] demanded",
        ),
        *("Tarsia", 'her side "could live with" a lower flow[5]', "Norvia demanded a ceasefire[6] [7] [8]", "none found"),
    ]
    assert "a ceasefire" in text_in(html, "part")
    assert "reported by A Tarsian official" in text_in(html, "mark")
    assert "reports what was said by Norvia" in text_in(html, "mark")


def test_every_quotation_leads_to_its_place(client: TestClient) -> None:
    texts = {document.id: document.text for document in CORPUS}
    followed = 0
    for view in ("positions", "ledger", "timeline"):
        for tag, attributes in tags_of(body(client, f"/views/{view}")):
            if tag == "a" and (attributes.get("href") or "").startswith("document?"):
                address = attributes["href"]
                page = client.get(f"/views/{address}").text
                start, end = map(int, re.search(r"at=(\d+)-(\d+)", address).groups())
                document = re.search(r"id=([^&]+)", address)[1]
                assert unescape(re.search(r'<mark id="quote">(.*?)</mark>', page)[1]) == texts[document][start:end]
                followed += 1
    assert followed > 20


def test_filters_are_applied_and_kept_in_the_form(client: TestClient) -> None:
    html = body(client, "/views/ledger", party="Tarsia; Orlania", status="proposed")
    assert text_in(html, "part") == "a truce"
    values = {attributes.get("name"): attributes.get("value") for tag, attributes in tags_of(html) if tag == "input"}
    assert values["party"] == "Tarsia; Orlania"
    assert '<option value="proposed" selected>' in html
    assert "Orlania" in cells(body(client, "/views/positions", party="Tarsia; Orlania"))


def test_statements_lie_on_pages_that_keep_the_filters(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    said = re.compile(r"<blockquote.*?</blockquote>", re.DOTALL)
    whole = said.findall(body(client, "/views/statements", firsthand="on"))
    for module in ("view_routes", "view_render"):
        monkeypatch.setattr(f"parley.ui.views.{module}.LISTED", 2)
    address, pages = "statements?firsthand=on", []
    while address:
        html = body(client, f"/views/{address}")
        pages.append(said.findall(html))
        address = next((unescape(link) for link in re.findall(r'<a href="([^"]+)">Further ones</a>', html)), "")
    assert [item for page in pages for item in page] == whole
    assert [len(page) for page in pages[:2]] == [2, 2]
    assert f'<a href="statements?firsthand=on&amp;page={len(pages) - 1}">Earlier ones</a>' in html
    assert "There is no page 99" in body(client, "/views/statements?page=99")


def test_mistakes_are_told_on_the_page(client: TestClient) -> None:
    assert client.get("/views/timeline?since=soon").status_code == 400
    assert "is not a day" in text_in(body(client, "/views/timeline?since=soon"), "problem")
    assert client.get("/views/else").status_code == 404
    assert client.get("/views/document", params={"id": "gone"}).status_code == 404
    assert client.get("/views/document", params={"id": "note", "at": "9-1,x,5-999999"}).status_code == 200


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    text = "".join(f"Tarsia's envoy said the truce {hostile} was agreed.\n\n" for hostile in HOSTILE)
    document = Document.from_text(text, id='<img src=x onerror="1">', title=" ".join(HOSTILE))
    application = FastAPI()
    application.include_router(view_routes(Libraries(library_of(tmp_path / "library", [document]))))
    client = TestClient(application)
    assert "<svg/onload=window.hacked=1>" in text_of(body(client, "/views/positions"))
    for address in ("/views/positions", "/views/ledger", "/views/timeline", "/views/positions?party=%3Cscript%3E"):
        html = body(client, address)
        assert {tag for tag, _ in tags_of(html)} & {"script", "img", "iframe", "svg"} == set()
        assert not [name for _, attributes in tags_of(html) for name in attributes if name.startswith("on")]


REFERENCES = {".bib", ".ris", ".csl.json", ".jsonld"}
"""What lists the documents cited, or marks places in them, and tells nothing of the library."""


@pytest.mark.parametrize("view", ["positions", "ledger", "timeline"])
def test_a_view_is_handed_out_as_a_file_with_its_filters(
    client: TestClient, assistant: Assistant, view: str, tmp_path: Path
) -> None:
    address = f"/views/{view}?party=Norvia%3B+Tarsia&firsthand=on"
    links = [given["href"] for tag, given in tags_of(body(client, address)) if tag == "a" and "download" in given]
    assert [link.partition("?")[0] for link in links] == [f"{view}/export{suffix}" for suffix in MEDIA_TYPES]
    texts = {document.id: document.text for document in CORPUS}
    for link in links:
        reply = client.get(f"/views/{link}")
        suffix = link.partition("?")[0].removeprefix(f"{view}/export")
        assert (reply.status_code, reply.headers["content-type"]) == (200, MEDIA_TYPES[suffix])
        assert reply.headers["content-disposition"].startswith("attachment")
        if suffix in REFERENCES:
            assert any(document.title in reply.text or document.sha256 in reply.text for document in CORPUS)
            continue
        assert suffix == ".docx" or assistant.library.manifest.model_sha256 in reply.text
        assert suffix == ".docx" or "Only statements with party: Norvia; Tarsia" in reply.text
        if suffix == ".txt":  # notes in Chicago form, which change the case of titles
            continue
        (tmp_path / f"view{suffix}").write_bytes(reply.content)
        found = read_export(tmp_path / f"view{suffix}")
        assert found
        assert all(texts[item.document_id][item.start : item.end] == item.quote for item in found)


def test_what_is_no_export_of_a_view(client: TestClient) -> None:
    assert client.get("/views/ledger/export.pdf").status_code == 404
    assert client.get("/views/statements/export.md").status_code == 404
    assert client.get("/views/ledger/export.md?since=soon").status_code == 400
    unknown = client.get("/libraries/nowhere/views/ledger/export.md")
    assert (unknown.status_code, "There is no library" in unknown.text) == (404, True)
    assert "download" not in client.get("/views/statements").text
