from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from parley import LanguageModelError, ParleyError, RemoteModelError
from parley.assistant.language_model.connecting import check_connection, connect
from parley.assistant.language_model.generator import Destination, Message
from parley.assistant.language_model.llamaindex import Limits
from parley.assistant.language_model.server import USUAL_CONTEXT, ServerGenerator
from parley.assistant.language_model.settings import FILE, ModelSettings, destination_of
from parley.index.user_settings import UserFile
from tests.language_model.scripted_server import Reply, serving
from tests.waiting import PATIENCE, wait_until

QUESTION = [Message("system", "Be brief."), Message("user", "Who said it?")]
PATIENT = Limits(total=PATIENCE, silence=PATIENCE, attempts=3, back_off=0.01)
SILENCE = 5.0
"""Seconds of silence that end a request; two pieces of a server that sends at once come closer on the busiest machine."""
FOR_EVER = 3600.0
"""Seconds that a server stalls: longer than any test waits."""


def generator(url: str, *, limits: Limits = PATIENT, **settings: object) -> ServerGenerator:
    return ServerGenerator(ModelSettings(base_url=url, **settings), limits=limits)  # type: ignore[arg-type]


def reply_of(made: ServerGenerator) -> str:
    return "".join(made.stream(QUESTION, stop=threading.Event()))


def test_a_reply_arrives_whole_and_the_request_is_as_asked() -> None:
    with serving([Reply.text("Ms Orla said it. [S1]")]) as server:
        made = generator(server.url)
        assert reply_of(made) == "Ms Orla said it. [S1]"
        assert (made.name, made.context_tokens) == ("scripted", 4096)
    (request,) = server.requests
    assert [(message["role"], message["content"]) for message in request["messages"]] == [
        ("system", "Be brief."),
        ("user", "Who said it?"),
    ]
    assert (request["model"], request["temperature"], request["stream"]) == ("scripted", 0.0, True)


def test_the_context_is_as_set_else_as_told_else_the_usual() -> None:
    with serving([Reply.text("x")], context=None) as server:
        assert generator(server.url).context_tokens == USUAL_CONTEXT
        assert generator(server.url, context_tokens=1000).context_tokens == 1000
    with serving([Reply.text("x")], context=32768) as server:
        assert generator(server.url).context_tokens == 32768


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    with serving([Reply(status=status), Reply(status=status), Reply.text("At last.")]) as server:
        assert reply_of(generator(server.url)) == "At last."
    assert len(server.requests) == 3


def test_it_gives_up_after_its_attempts() -> None:
    with serving([Reply(status=503)]) as server, pytest.raises(LanguageModelError, match=r"did not answer: .*scripted refusal"):
        reply_of(generator(server.url))
    assert len(server.requests) == 3


def test_a_refusal_for_good_is_not_repeated() -> None:
    with serving([Reply(status=401)]) as server, pytest.raises(LanguageModelError, match="scripted refusal"):
        reply_of(generator(server.url))
    assert len(server.requests) == 1


def test_silence_ends_the_request() -> None:
    with serving([Reply(["The "], stall=FOR_EVER)]) as server:
        with pytest.raises(LanguageModelError, match="fell silent"):
            # Silence counts once the first piece has come, and here no other comes: it may be short.
            reply_of(generator(server.url, limits=replace(PATIENT, silence=0.5)))
        assert server.hung_up.wait(PATIENCE)
    assert len(server.requests) == 1


def test_the_whole_reply_has_a_time_limit() -> None:
    made_limits = Limits(total=0.7, silence=60, attempts=1)
    with serving([Reply(["word "] * 200, pause=0.05)]) as server:
        made = ServerGenerator(ModelSettings(base_url=server.url), limits=made_limits)
        with pytest.raises(LanguageModelError, match="too long"):
            reply_of(made)
        assert server.hung_up.wait(PATIENCE)


def test_stopping_closes_the_connection_even_while_nothing_comes() -> None:
    stop = threading.Event()
    with serving([Reply([], stall=FOR_EVER)]) as server:
        pieces = generator(server.url).stream(QUESTION, stop=stop)
        assert next(pieces) == ""
        # Before it is there, a request that is stopped may never reach the server, which then sees nothing close.
        wait_until(lambda: len(server.requests) == 1)
        stop.set()
        assert list(pieces) == []
        assert server.hung_up.wait(PATIENCE)


def test_leaving_the_iterator_closes_the_connection() -> None:
    with serving([Reply(["a ", "b "], stall=FOR_EVER)]) as server:
        pieces = generator(server.url).stream(QUESTION, stop=threading.Event())
        while next(pieces) == "":
            pass
        pieces.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(PATIENCE)


def test_a_reader_that_was_away_for_long_gets_what_has_arrived_meanwhile() -> None:
    with serving([Reply(["a ", "b ", "c"])]) as server:
        text = ""
        made = generator(server.url, limits=replace(PATIENT, silence=SILENCE))
        for piece in made.stream(QUESTION, stop=threading.Event()):
            text += piece
            # Once, for longer than the silence that would end the request.
            time.sleep(SILENCE + 0.2 if text == "a " and piece else 0)
        assert text == "a b c"


def test_several_stopped_requests_do_not_hinder_the_next() -> None:
    with serving(lambda messages: Reply([], stall=FOR_EVER) if "slow" in messages[-1]["content"] else Reply.text("ok")) as server:
        made = generator(server.url)
        for _ in range(5):
            stop = threading.Event()
            pieces = made.stream([Message("user", "slow")], stop=stop)
            next(pieces)
            stop.set()
            assert list(pieces) == []
        # One that had to wait for those before it would wait for ever.
        assert reply_of(made) == "ok"


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(
        LanguageModelError, match=r"http://127\.0\.0\.1:9/v1, on this machine, did not answer|did not answer as expected"
    ):
        reply_of(generator("http://127.0.0.1:9/v1"))


def test_a_stream_that_is_no_protocol_is_an_error_not_an_answer() -> None:
    with serving([Reply(garbage=b"data: {not json\n\n")]) as server, pytest.raises(LanguageModelError):
        reply_of(generator(server.url))


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://192.168.1.5:8080/v1", False),
        ("https://api.example.org/v1", False),
    ],
)
def test_only_this_machine_counts_as_local(url: str, local: bool) -> None:
    assert destination_of(url).is_local is local


@pytest.mark.parametrize("url", ["", "127.0.0.1:8080", "ftp://127.0.0.1/", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(LanguageModelError, match="is not the address"):
        destination_of(url)


def test_text_leaves_the_machine_only_where_the_library_permits_it(tmp_path: Path) -> None:
    outside = ModelSettings(base_url="https://api.example.org/v1", model="m")
    with pytest.raises(RemoteModelError, match=r"parley model --url https://api\.example\.org/v1 --allow-remote"):
        connect(outside, tmp_path)
    permitted = connect(ModelSettings(base_url="https://api.example.org/v1", model="m", allow_remote=True), tmp_path)
    assert permitted is not None
    assert permitted.destination == Destination("https://api.example.org/v1", is_local=False)


def test_settings_are_kept_without_the_key(tmp_path: Path) -> None:
    settings = ModelSettings(
        "http://127.0.0.1:1/v1", "m", allow_remote=True, context_tokens=2048, timeout_seconds=9.0, key="secret"
    )
    settings.store(tmp_path)
    assert "secret" not in UserFile(FILE).path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []
    assert ModelSettings.stored(tmp_path) == ModelSettings("http://127.0.0.1:1/v1", "m", True, 2048, 9.0)
    assert ModelSettings.stored(tmp_path / "elsewhere") == ModelSettings()


@pytest.mark.parametrize("entry", ["{", "[]", {"base_url": "x"}])
def test_settings_that_cannot_be_read_name_the_file(tmp_path: Path, entry: object) -> None:
    text = entry if isinstance(entry, str) else json.dumps({str(tmp_path): entry})
    UserFile(FILE).path.write_text(text, encoding="utf-8")
    with pytest.raises(ParleyError, match=FILE):
        ModelSettings.stored(tmp_path)


def test_the_environment_comes_before_the_library_but_gives_no_permission() -> None:
    environment = {"PARLEY_LLM_URL": "https://api.example.org/v1", "PARLEY_LLM": "big", "PARLEY_LLM_KEY": "k"}
    found = ModelSettings("http://127.0.0.1:1/v1", "small").with_environment(environment)
    assert (found.base_url, found.model, found.allow_remote) == ("https://api.example.org/v1", "big", False)
    assert found.with_key(environment).key == "k"


def test_a_local_request_ignores_proxies_and_redirects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://203.0.113.1:3128")
    monkeypatch.setenv("http_proxy", "http://203.0.113.1:3128")
    with serving([Reply.text("Here.")]) as server:
        assert reply_of(generator(server.url)) == "Here."


def test_any_llamaindex_llm_can_be_connected(tmp_path: Path) -> None:
    from llama_index.core.llms import MockLLM

    made = connect(MockLLM(), tmp_path)
    assert made is not None
    assert made.destination == Destination(None, is_local=True)
    assert "Who said it?" in "".join(made.stream(QUESTION, stop=threading.Event()))


def test_a_llamaindex_llm_outside_this_machine_needs_permission(tmp_path: Path) -> None:
    from llama_index.llms.openai_like import OpenAILike

    outside = OpenAILike(model="m", api_base="https://api.example.org/v1", api_key="k", is_chat_model=True)
    with pytest.raises(RemoteModelError):
        connect(outside, tmp_path)
    assert connect(outside, tmp_path, allow_remote=True) is not None
    ModelSettings("https://api.example.org/v1", allow_remote=True).store(tmp_path)
    assert connect(outside, tmp_path) is not None


def test_the_connection_can_be_tested() -> None:
    with serving([Reply.text("yes")]) as server:
        check = check_connection(generator(server.url))
        assert check.ok
        assert "scripted" in check.detail
    with serving([Reply(status=401)]) as server:
        check = check_connection(generator(server.url))
        assert not check.ok
        assert "quotations only" in check.detail
    with serving([Reply([])]) as server:
        assert not check_connection(generator(server.url)).ok
