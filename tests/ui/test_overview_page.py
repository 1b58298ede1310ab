"""The pages of the overview and of the lists, as HTML, and the brief that is handed out."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley import Assistant
from parley.ui.html.downloads import MEDIA_TYPES
from parley.ui.library.libraries import Libraries
from parley.ui.views.view_routes import view_routes
from tests.assistant.test_overview import documents
from tests.fakes import HashingEmbedder


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    opened = Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
    opened.add_documents(documents())
    return opened


@pytest.fixture
def client(assistant: Assistant):
    application = FastAPI()
    libraries = Libraries(assistant)
    application.include_router(view_routes(libraries))
    yield TestClient(application)
    libraries.close()


LISTS = {
    "issues": "toll: bridge toll\nclosure: night closure; closure",
    "document": ["communique", "report", "claim"],
    "dossier": ["Bridge", "Bridge", "Glass"],
}


def test_the_overview_quotes_and_numbers_its_sources(client: TestClient, assistant: Assistant) -> None:
    page = client.get("/views/overview", params={"about": "bridge"}).text
    assert "An extract, not a summary" in page
    quoted = [unescape(part) for part in re.findall(r'<span class="part">(.*?)</span>', page, re.DOTALL)]
    texts = [assistant.document(name).text for name in ("communique", "report", "claim")]
    assert len(quoted) > 4
    assert all(any(part in text for text in texts) for part in quoted)
    numbers = set(re.findall(r'href="#source-(\d+)"', page))
    assert numbers == set(re.findall(r'id="source-(\d+)"', page))


def test_lists_are_kept_and_a_dossier_then_narrows_every_view(client: TestClient, assistant: Assistant) -> None:
    kept = client.post("/views/lists", data=LISTS)
    assert kept.status_code == 200
    assert "Kept." in kept.text
    assert [(one.name, one.documents) for one in assistant.dossiers()] == [
        ("Bridge", ("communique", "report")),
        ("Glass", ("claim",)),
    ]
    assert [(one.name, one.terms) for one in assistant.issues().issues] == [
        ("toll", ("bridge toll",)),
        ("closure", ("night closure", "closure")),
    ]
    for view in ("overview", "positions", "ledger", "timeline", "statements"):
        page = client.get(f"/views/{view}", params={"dossier": "Bridge"}).text
        assert "six per cent" not in page
        assert '<option value="Bridge" selected>' in page
    assert "six per cent" in client.get("/views/ledger", params={"dossier": "Glass"}).text
    assert "There is no dossier called" in client.get("/views/ledger", params={"dossier": "Ferry"}).text


def test_what_cannot_be_kept_is_refused_and_nothing_is_written(client: TestClient, assistant: Assistant) -> None:
    refused = client.post("/views/lists", data={"issues": "no words"})
    assert refused.status_code == 400
    assert "lacks a name or words" in refused.text
    assert not (assistant.library.path / "issues.tsv").exists()
    assert not (assistant.library.path / "dossiers.tsv").exists()


@pytest.mark.parametrize("suffix", sorted(MEDIA_TYPES))
def test_a_brief_is_handed_out_in_every_format(client: TestClient, suffix: str) -> None:
    answer = client.get(f"/views/overview/export{suffix}", params={"about": "bridge"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[suffix]


def test_the_word_brief_has_headings_and_a_footnote_for_each_source(client: TestClient) -> None:
    content = client.get("/views/overview/export.docx", params={"about": "bridge"}).content
    document = WordDocument(BytesIO(content))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert "What Tarsia wants" in headings
    assert "What is told as agreed" in headings
    body = document.element.xml
    notes = next(part for part in document.part.package.iter_parts() if part.partname.endswith("footnotes.xml")).blob.decode()
    assert body.count("w:footnoteReference ") >= notes.count("<w:footnote ") - 2 > 4
    assert "The parties agreed to reopen the Lune bridge for lorries." in notes


def test_the_markdown_brief_says_what_it_is(client: TestClient) -> None:
    text = client.get("/views/overview/export.md", params={"about": "bridge"}).text
    assert text.startswith("# Brief: ")
    assert "An extract, not a summary" in text
    assert re.search(r"^## What is told as agreed$", text, re.MULTILINE)
    assert "[^1]:" in text
