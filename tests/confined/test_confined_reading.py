"""A file that goes beyond its limits, or ends the process that reads it, is refused with the reason; the others go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.index.confined import reading
from parley.index.confined.limits import ReadingLimits
from parley.index.confined.reading import ConfinedReader, DirectReader, FileReader
from parley.index.errors import ReadError
from parley.index.library import Library
from tests.confined.hostile import TIGHT, self_drawing_pdf
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    confined = ConfinedReader(TIGHT)
    yield confined
    confined.close()


def note(folder: Path, name: str = "note.txt") -> Path:
    path = folder / name
    path.write_text("The envoy of Brenn said that the quota was rejected.\n\n“Never”, she added.", encoding="utf-8")
    return path


def refusal(reader: FileReader, path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(path, document_id="d")
    return str(caught.value)


def test_a_confined_document_is_what_a_direct_one_is(reader: ConfinedReader, talks: Path) -> None:
    for path in sorted(talks.iterdir()):
        assert reader.read(path, document_id=path.name) == DirectReader().read(path, document_id=path.name)


def test_refusals_are_told_in_the_readers_own_words(reader: ConfinedReader, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert refusal(reader, empty) == refusal(DirectReader(), empty)
    assert refusal(reader, tmp_path / "gone.txt") == "gone.txt cannot be opened: No such file or directory. Check the path."


def test_where_a_process_cannot_limit_itself_files_are_read_here_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "can_confine", lambda: False)
    for name in ("O_NONBLOCK", "O_CLOEXEC"):
        monkeypatch.delattr(os, name)
    chosen = reading.common_reader.__wrapped__()
    assert isinstance(chosen, DirectReader)
    assert "Add only files that you trust" in caplog.text
    assert chosen.read(note(tmp_path), document_id="d").text.startswith("The envoy")


def test_a_pdf_that_draws_itself_ends_its_reader_and_nothing_else(reader: ConfinedReader, tmp_path: Path) -> None:
    hostile = tmp_path / "form.pdf"
    hostile.write_bytes(self_drawing_pdf())
    told = refusal(reader, hostile)
    assert told.startswith(("form.pdf broke down the program that reads it", "form.pdf took more than"))
    assert reader.read(note(tmp_path), document_id="d").text.startswith("The envoy")


def test_the_rest_of_a_job_is_added(reader: ConfinedReader, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "b.pdf").write_bytes(self_drawing_pdf())
    note(folder, "a.txt")
    note(folder, "c.txt")
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder(), file_reader=reader)
    report = library.add([folder])
    assert sorted(report.added) == ["a.txt", "c.txt"]
    assert [Path(item.path).name for item in report.refused] == ["b.pdf"]
    library.close()


class _Misbehaving(ConfinedReader):
    """Starts its process with a reader of text files that does something else."""

    def __init__(self, behaviour: str, limits: ReadingLimits) -> None:
        super().__init__(limits)
        self.behaviour = behaviour

    def _code(self) -> str:
        lines = (
            "import os, sys, time",
            "sys.path[:] = sys.argv[3:]",
            "import parley.index.readers.text as texts",
            "def read_text(data, name):",
            f"    {self.behaviour}",
            "texts.read_text = read_text",
        )
        return "\n".join(lines) + "\n" + super()._code()


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        ("os.abort()", "broke down the program that reads it (SIGABRT)"),
        ("os._exit(3)", "broke down the program that reads it (exit status 3)"),
        ("os._exit(0)", "broke down the program that reads it (exit status 0)"),
        ("while True: pass", "took more than 3 seconds of processor time to read"),
        ("return bytearray(2 * 1024**3)", "takes more than 600 MB of memory to read"),
        ("raise KeyError(name)", "is damaged, or made in a way that its reader does not know (KeyError)"),
        ("return read_text(data, name)", "is damaged, or made in a way that its reader does not know (RecursionError)"),
    ],
)
def test_a_reader_that_misbehaves(tmp_path: Path, behaviour: str, told: str) -> None:
    limits = ReadingLimits(memory=600 * 1024**2, processor_seconds=3, processor_seconds_per_megabyte=0, patience=20)
    hostile = _Misbehaving(behaviour, limits)
    assert told in refusal(hostile, note(tmp_path))
    (tmp_path / "page.md").write_text("The quota was rejected.", encoding="utf-8")
    hostile.behaviour = "raise KeyError(name)"
    # The limit on processor time holds for one file, not for all that a process reads.
    assert hostile.read(tmp_path / "page.md", document_id="d").text == "The quota was rejected."
    hostile.close()


def test_a_reader_that_waits_for_ever(tmp_path: Path) -> None:
    limits = ReadingLimits(processor_seconds=1, processor_seconds_per_megabyte=0, patience=2)
    waiting = _Misbehaving("time.sleep(600)", limits)
    assert "was not read within 2 seconds" in refusal(waiting, note(tmp_path))
    assert waiting.process_id is None


def test_a_process_reads_many_files_and_ends_with_its_reader(tmp_path: Path) -> None:
    reader = ConfinedReader(TIGHT)
    ballast = b"\1" * 500 * 1024**2  # what this process holds is no reason to start another one
    reader.read(note(tmp_path), document_id="d")
    first = reader.process_id
    assert len(ballast) > 0
    assert first is not None
    reader.read(note(tmp_path, "other.txt"), document_id="d")
    assert reader.process_id == first
    os.kill(first, signal.SIGKILL)
    assert reader.read(note(tmp_path), document_id="d").id == "d", "whoever ended it, the next file starts another one"
    second = reader.process_id
    reader.close()
    assert second is not None
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def has_ended(process_id: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_process_ends_where_its_starter_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from parley.index.confined.reading import ConfinedReader\n"
        "reader = ConfinedReader(); reader.read(Path(sys.argv[1]), document_id='d'); print(reader.process_id, flush=True)\n"
        "sys.stdin.read()"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(note(tmp_path))]
    starter = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    assert starter.stdout is not None
    assert starter.stdin is not None
    process_id = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    starter.stdin.close()
    wait_until(lambda: has_ended(process_id))


def test_the_reading_process_loads_no_model(tmp_path: Path) -> None:
    code = (
        "import sys, parley.index.confined.child; "
        "print(sorted({'torch', 'onnxruntime', 'transformers', 'faiss', 'tantivy', 'bs4', 'lxml', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
