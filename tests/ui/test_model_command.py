"""`parley model`, and the options that name a language model, as a user runs them."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from parley import Assistant, Destination, Document, ModelError, ModelSettings, NotTrustedError
from parley.assistant.language_model.secrecy import HidingFilter, hidden, hidden_in_stream
from parley.assistant.language_model.settings import keep_key, key_for, known_keys
from parley.ui.cli import main
from parley.ui.cli.model_options import permitted_model, withheld_model
from tests.language_model.scripted_server import Reply, serving

TEXT = "Envoy Anna Lind told the Canal Bulletin that the harbour fee was agreed in principle."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add_documents([Document.from_text(TEXT, id="bulletin", language="en")])
    return tmp_path / "library"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_settings_are_shown_set_and_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("model", "--library", folder) == 0
    assert "nothing leaves this machine" in capsys.readouterr().out
    assert run("model", "--library", folder, "--url", "https://api.example.org/v1", "--name", "big") == 0
    assert "It is not used" in capsys.readouterr().out
    assert run("model", "--library", folder, "--allow-remote") == 0
    assert "are sent there" in capsys.readouterr().out
    assert run("model", "--library", folder, "--off", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"base_url": "", "model": "", "allow_remote": False}


def test_a_wrong_address_is_refused_and_not_stored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("model", "--library", folder, "--url", "127.0.0.1:8080") == 3
    assert "is not the address" in capsys.readouterr().err
    assert run("model", "--library", folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["base_url"] == ""


def test_a_remote_model_is_refused_until_permitted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--library", folder, "--llm-url", "https://api.example.org/v1", "Who said the fee was agreed?") == 3
    assert "--allow-remote" in capsys.readouterr().err


def test_a_remote_model_that_is_set_but_not_permitted_is_not_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("model", "--library", folder, "--url", "https://api.example.org/v1") == 0
    capsys.readouterr()
    assert run("ask", "--library", folder, "--json", "Who said the harbour fee was agreed?") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["engine"] == "extractive"
    assert "https://api.example.org/v1, outside this machine is not asked" in told.err
    assert run("doctor", "--library", folder) == 0
    told = capsys.readouterr()
    assert "is not asked" in told.err
    assert "ok       embedding model" in told.out


def test_the_model_words_the_answer_and_doctor_tries_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "What did Anna Lind say about the harbour fee?"
    written = "Anna Lind told the Canal Bulletin that the harbour fee was agreed in principle. [S1]"
    with serving([Reply.text(written)]) as server:
        run("model", "--library", folder, "--url", server.url)
        capsys.readouterr()
        assert run("ask", "--library", folder, "--json", question) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["engine"], told["sentences"][0]["text"]) == ("scripted", written.removesuffix(" [S1]"))
        assert [item["outcome"] for item in told["draft"]["sentences"]] == ["kept"]
        assert run("ask", "--library", folder, "--json", "--no-llm", question) == 0
        assert json.loads(capsys.readouterr().out)["engine"] == "extractive"
        assert run("doctor", "--library", folder) == 0
        assert "ok       language model: scripted" in capsys.readouterr().out
    assert run("doctor", "--library", folder) == 1
    assert "PROBLEM  language model" in capsys.readouterr().out
    assert run("ask", "--library", folder, question) == 0
    out = capsys.readouterr().out
    assert "This answer is made of quotations only." in out


def test_what_is_no_model_file_is_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"PK")
    assert run("serve", "--library", folder, "--model", file) == 3
    assert "not a GGUF" in capsys.readouterr().err


def test_a_servers_library_gets_a_remote_model_only_with_its_own_permission(folder: Path, tmp_path: Path) -> None:
    remote = ModelSettings("https://api.example.org/v1", "big", allow_remote=True)
    assert permitted_model(remote, folder) is None
    assert withheld_model(remote, folder) == Destination("https://api.example.org/v1", is_local=False)
    remote.store(folder)
    assert permitted_model(replace(remote, allow_remote=False), folder) == remote
    assert withheld_model(remote, folder) is None
    local = ModelSettings("http://127.0.0.1:1/v1", allow_remote=True)
    assert permitted_model(local, tmp_path / "new") == replace(local, allow_remote=False)
    for none in (None, ModelSettings()):
        assert permitted_model(none, folder) is None
        assert withheld_model(none, folder) is None


def test_a_library_brings_neither_an_address_nor_a_permission(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving([Reply.text("Stolen. [S1]")]) as server:
        planted = {"base_url": server.url, "model": "m", "allow_remote": True, "context_tokens": 0, "timeout_seconds": 9}
        (folder / "language-model.json").write_text(json.dumps(planted), encoding="utf-8")
        assert run("ask", "--library", folder, "--json", "Who said the harbour fee was agreed?") == 0
        assert json.loads(capsys.readouterr().out)["engine"] == "extractive"
        assert server.requests == []
    assert run("model", "--library", folder) == 0
    assert f"names a language model at {server.url}. It is not used" in capsys.readouterr().out


def test_a_permission_holds_for_one_library_and_one_address(folder: Path, tmp_path: Path) -> None:
    assert run("model", "--library", folder, "--url", "https://api.example.org/v1", "--allow-remote") == 0
    assert ModelSettings.stored(folder).allow_remote
    assert not ModelSettings.stored(tmp_path / "other").allow_remote
    assert not ModelSettings.stored(folder).with_environment({"PARLEY_LLM_URL": "https://other.example.org/v1"}).allow_remote
    assert run("model", "--library", folder, "--url", "https://other.example.org/v1") == 0
    assert not ModelSettings.stored(folder).allow_remote
    assert run("model", "--library", folder, "--url", "https://api.example.org/v1") == 0
    assert not ModelSettings.stored(folder).allow_remote


@pytest.mark.parametrize("address", ["http://ann:hunter22@example.org/v1", "https://example.org/v1?api_key=hunter22"])
def test_an_address_with_a_password_is_refused_and_not_repeated(
    folder: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert run("model", "--library", folder, "--url", address) == 3
    told = capsys.readouterr().err
    assert "holds a name, a password or a key" in told
    assert "hunter22" not in told
    assert ModelSettings.stored(folder).base_url == ""


def test_a_key_goes_only_to_the_server_it_was_given_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("sesame-123\n"))
    assert run("model", "--library", folder, "--url", "http://127.0.0.1:9/v1", "--key") == 0
    assert key_for("http://127.0.0.1:9/v1", {}) == "sesame-123"
    for other in ("http://127.0.0.1:10/v1", "https://127.0.0.1:9/v1", "http://127.0.0.2:9/v1"):
        assert key_for(other, {"PARLEY_LLM_KEY": "other"}) == ""
    beside = {"PARLEY_LLM_KEY": "other", "PARLEY_LLM_URL": "https://api.example.org/v1"}
    assert key_for("https://API.example.org:443/v2", beside) == "other"
    assert key_for("https://api.example.org.evil.example/v1", beside) == ""


def test_a_key_that_a_server_repeats_is_shown_nowhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_key("http://127.0.0.1:9/v1", "sesame-123")
    pieces = ["The key is ses", "ame-1", "23. It is sesame", ", the key."]
    assert "".join(hidden_in_stream(iter(pieces), "sesame-123")) == "The key is [hidden]. It is sesame, the key."
    told = hidden("Bearer sesame-123 at http://ann:pw@x.org/?api_key=abc&k=1", *known_keys({}))
    assert told == "Bearer [hidden] at http://[hidden]@x.org/?api_key=[hidden]&k=1"
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "sent %s", ("sesame-123",), None)
    assert HidingFilter(lambda: known_keys({})).filter(record)
    assert record.getMessage() == "sent [hidden]"


def test_a_received_library_loads_no_model_that_its_user_did_not_name(tmp_path: Path, folder: Path) -> None:
    with sqlite3.connect(folder / "catalog.sqlite") as catalog:
        manifest = json.loads(catalog.execute("SELECT value FROM meta WHERE key = 'manifest'").fetchone()[0])
        manifest["model"] = str(tmp_path / "planted")
        catalog.execute("UPDATE meta SET value = ? WHERE key = 'manifest'", (json.dumps(manifest),))
    catalog.close()
    with pytest.raises(NotTrustedError, match="parley trust"):
        Assistant.open(folder)
    assert run("trust", "--library", folder, tmp_path / "planted") == 0
    with Assistant.open(folder) as opened, pytest.raises(ModelError, match="planted"):
        opened.search("harbour fee")
