"""`parley model`, and the options that name a language model, as a user runs them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from parley import Assistant, Destination, Document, ModelSettings
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
    assert not (folder / "language-model.json").exists()


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
