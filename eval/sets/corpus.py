"""Corpus files: the documents that a question set is about, and the library made from them.

A corpus is either one JSON object a line (`doc_id`, `title`, `source`, `date`, `text`) or any file or folder that can
be added to a library. Its library is kept in a cache folder under a name that covers the corpus, the embedding model
and the code that made it, so that a second run embeds nothing and a changed corpus or program is never mistaken for
the old one.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from parley import AddReport, Assistant, Document, Progress, Refusal
from parley.eval.sets.jsonl import read_jsonl
from parley.index.errors import QuestionSetError
from parley.index.models.embedder import embedder_named
from parley.index.models.minilm import DEFAULT_MODEL
from parley.index.opening import FORMAT
from parley.index.types import Embedder

ProgressCallback = Callable[[Progress], None]


def _text_or_empty(value: object) -> object:
    return "" if value is None else value


_Text = Annotated[str, BeforeValidator(_text_or_empty)]


class CorpusEntry(BaseModel):
    """One document of a corpus file; fields that are not known here are ignored."""

    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True)

    doc_id: str = Field(validation_alias=AliasChoices("doc_id", "doc"))
    text: str
    title: _Text = ""
    source: _Text = Field("", validation_alias=AliasChoices("source", "outlet"))
    author: _Text = ""
    language: _Text = ""
    date: _Text = ""

    def document(self) -> Document:
        """The entry as a document; a date that is not `YYYY-MM-DD` is none."""
        return Document.from_text(
            self.text,
            id=self.doc_id,
            title=self.title or None,
            outlet=self.source or None,
            author=self.author or None,
            language=self.language or None,
            date=_iso_date(self.date),
        )


@dataclass(frozen=True, slots=True)
class OpenedCorpus:
    """A library ready to be asked.

    Attributes:
        assistant: over that library.
        sha256: of the corpus, `None` for a library that was given.
        refused: documents of the corpus that could not be added.
        index_seconds: what making the library took; `None` where it was there already.
    """

    assistant: Assistant
    sha256: str | None = None
    refused: tuple[Refusal, ...] = ()
    index_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Shuffle:
    """A library built in another order, to see whether answers depend on it.

    Attributes:
        share: of the documents that change places among each other, above 0 and up to 1.
        seed: which of the possible orders is drawn.
    """

    share: float
    seed: int = 1

    def order(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with a drawn share of them permuted; always the same for one seed."""
        draw = random.Random(self.seed)
        places = sorted(draw.sample(range(len(documents)), round(self.share * len(documents))))
        moved = draw.sample(places, len(places))
        ordered = list(documents)
        for place, source in zip(places, moved, strict=True):
            ordered[place] = documents[source]
        return ordered


def read_corpus(path: str | Path) -> list[Document]:
    """The documents of a corpus file.

    Raises:
        QuestionSetError: the file cannot be read, is empty, repeats a `doc_id`, or a line is malformed.
    """
    source = Path(path)
    documents: dict[str, Document] = {}
    for number, entry in read_jsonl(source, CorpusEntry):
        if entry.doc_id in documents:
            msg = f"{source}, line {number}: the doc_id {entry.doc_id!r} occurs before. Give each document its own."
            raise QuestionSetError(msg)
        documents[entry.doc_id] = entry.document()
    if not documents:
        msg = f"{source} holds no document. Each line must be one JSON object with doc_id and text."
        raise QuestionSetError(msg)
    return list(documents.values())


def open_corpus(
    path: str | Path,
    *,
    cache: Path | None = None,
    model: str | None = None,
    shuffle: Shuffle | None = None,
    progress: ProgressCallback | None = None,
) -> OpenedCorpus:
    """Open the library of a corpus, made first where the cache does not hold it.

    A build that is interrupted goes on where it stopped, since it keeps its own folder until it is complete.

    Args:
        path: a corpus file (`.jsonl`), or a file or folder of documents.
        cache: folder of the cached libraries, `default_cache()` if not given.
        model: embedding model, the default one if not given.
        shuffle: build the library in another order.
        progress: called with each step of making the library.

    Raises:
        QuestionSetError: the corpus is missing or malformed, or nothing in it could be read.
        LibraryError: another process is making the same library, or the model cannot be used.
    """
    source = Path(path)
    digest = corpus_digest(source)
    name = _library_name(source, digest, embedder_named(model or DEFAULT_MODEL))
    if shuffle is not None:
        name += f"-shuffled-{shuffle.share:g}-{shuffle.seed}"
    ready = (cache or default_cache()) / name
    if ready.exists():
        return OpenedCorpus(Assistant.open(ready, model=model, create=False), digest)
    building = ready.with_name(f"{name}.building")
    building.parent.mkdir(parents=True, exist_ok=True)
    with Assistant.open(building, model=model) as assistant:
        report = _add(assistant, source, shuffle, progress)
        _check_filled(assistant, source, report)
    building.replace(ready)
    return OpenedCorpus(Assistant.open(ready, model=model, create=False), digest, report.refused, report.seconds)


def _check_filled(assistant: Assistant, source: Path, report: AddReport) -> None:
    if assistant.documents():
        return
    reason = report.refused[0].reason if report.refused else "it holds no file that can be read"
    msg = f"Nothing of {source} could be added: {reason}"
    raise QuestionSetError(msg)


def _add(assistant: Assistant, source: Path, shuffle: Shuffle | None, progress: ProgressCallback | None) -> AddReport:
    if source.suffix == ".jsonl":
        documents = read_corpus(source)
        return assistant.add_documents(shuffle.order(documents) if shuffle else documents, progress=progress)
    if shuffle is None:
        return assistant.add(source, progress=progress)
    # Documents keep their ids and metadata: they are read into a library of their own and moved over in the other order.
    with TemporaryDirectory() as folder, Assistant.open(Path(folder) / "read", embedding=assistant.library.embedder) as read:
        report = read.add(source)
        assistant.add_documents(shuffle.order(read.documents()), progress=progress)
        return report


def corpus_digest(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the relative paths and digests of its files. Raises QuestionSetError."""
    if not path.exists():
        msg = f"There is no corpus at {path}. Give a .jsonl file, or a file or folder of documents."
        raise QuestionSetError(msg)
    return _file_sha256(path) if path.is_file() else _folder_sha256(path)


def default_cache() -> Path:
    """Where the platform keeps what can be made again: `$XDG_CACHE_HOME`, `~/Library/Caches` or `%LOCALAPPDATA%`."""
    if os.environ.get("XDG_CACHE_HOME"):
        base = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path.home() / ".cache"
    return base / "parley" / "eval"


def _library_name(source: Path, digest: str, embedder: Embedder) -> str:
    """Readable start, then what decides the library's content: corpus, weights, format, and the code that made it."""
    from parley import index

    code = _folder_sha256(Path(next(iter(index.__path__))), patterns=("*.py", "*.tsv", "*.txt", "*.json"))
    readable = "".join(letter if letter.isalnum() else "-" for letter in source.stem)[:40]
    return f"{readable}-{digest[:16]}-{embedder.sha256[:8]}-{FORMAT}-{code[:8]}"


def _folder_sha256(folder: Path, patterns: tuple[str, ...] = ("*",)) -> str:
    total = sha256()
    files = {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    for path in sorted(files):
        total.update(f"{path.relative_to(folder).as_posix()}\0{_file_sha256(path)}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _iso_date(text: str) -> Date | None:
    try:
        return Date.fromisoformat(text) if len(text) == len("2025-05-16") else None
    except ValueError:
        return None
