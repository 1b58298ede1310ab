"""Histories of adding, replacing, correcting and removing, killed at random moments and compared with a model."""

from __future__ import annotations

import random
import resource
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from parley import Assistant, Document
from parley.index.errors import LibraryError
from parley.index.library import Library
from tests.fakes import HashingEmbedder
from tests.torture.apart import kill_after, outcome_of

NAMES = tuple(f"note-{number}" for number in range(14))
State = dict[str, tuple[str, str]]
"""Text and title by document id."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change: ids and their new texts, "" for a removal, or a new title for the first of them."""

    kind: str
    texts: tuple[tuple[str, str], ...]

    def applied(self, state: State, *, only: int | None = None) -> State:
        """The state afterwards, or after the first `only` of its documents."""
        after = dict(state)
        for name, text in self.texts[:only]:
            if self.kind == "remove":
                after.pop(name, None)
            elif self.kind == "edit":
                after[name] = (after[name][0], text)
            else:
                # A title that somebody corrected outlives adding the document again.
                after[name] = (text, after[name][1] if name in after else name)
        return after


def operations(seed: int, state: State) -> Iterator[Operation]:
    """An endless history that fits a state; the same seed and state give the same one."""
    moments = random.Random(seed)
    while True:
        kind = moments.choice(("add", "add", "edit", "remove"))
        if kind == "add":
            names = moments.sample(NAMES, moments.randint(1, 4))
            operation = Operation("add", tuple((name, _text(name, moments.randrange(1000))) for name in names))
        elif state:
            name = moments.choice(sorted(state))
            operation = Operation(kind, ((name, f"Title {moments.randrange(1000)}"),))
        else:
            continue
        yield operation
        state = operation.applied(state)


def _text(name: str, number: int) -> str:
    return (
        f"The envoy of {name} said that quota {number} was rejected.\n\n" * 3
        + f"Minister Venn told the Post that gate {number} opens."
    )


def open_library(folder: Path) -> Library:
    return Library.open(folder, embedder=HashingEmbedder(dimension=16))


def _work(folder: Path, seed: int, state: State, largest: int | None, pipe: Connection) -> None:
    """Do the history, telling of each operation that is done; with `largest`, no file can grow beyond so many bytes."""
    library = open_library(folder)
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    pipe.send("open")
    for operation in operations(seed, state):
        try:
            _do(library, operation)
        except LibraryError:
            return  # the disk is full: told, and nothing is acknowledged
        pipe.send("done")


def _do(library: Library, operation: Operation) -> None:
    name, text = operation.texts[0]
    if operation.kind == "add":
        library.add_documents([Document.from_text(text, id=name, title=name) for name, text in operation.texts])
    elif operation.kind == "edit":
        library.edit_metadata(name, {"title": text})
    else:
        library.remove(name)


@dataclass(slots=True)
class Histories:
    """What came of killing them."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def run(self, folder: Path, cycles: int, seed: int) -> None:
        """Kill one library's writer so many times; each cycle goes on from what the one before left."""
        moments = random.Random(seed)
        state: State = {}
        for cycle in range(cycles):
            is_limited = cycle % 4 == 3
            size = (folder / "catalog.sqlite").stat().st_size if cycle else 0
            largest = size + moments.randrange(200_000) if is_limited and cycle else None
            history = seed * 100_000 + cycle
            work = partial(_work, folder, history, state, largest)
            sent = kill_after(work, lines=moments.randint(1, 5), seconds=moments.uniform(0, 0.08))
            done = sent.count("done")
            self.counts["cycles"] += 1
            self.counts["of them with a full disk"] += largest is not None
            self.counts["operations acknowledged"] += done
            following = operations(history, state)
            for _ in range(done):
                state = next(following).applied(state)
            state = self._checked(folder, state, next(following), f"seed {seed} cycle {cycle}")

    def _checked(self, folder: Path, state: State, pending: Operation, place: str) -> State:
        """The state that the library is in, which must be the model's, or that with the operation that was cut short."""
        possible = [state, *(pending.applied(state, only=count) for count in range(1, len(pending.texts) + 1))]
        told = outcome_of(partial(_look, folder, possible))
        if not told.startswith("state "):
            self.faults.append(f"{place}: {told}")
            return state
        number, citations = map(int, told.removeprefix("state ").split())
        self.counts["citations checked"] += citations
        self.counts["operations found done though not acknowledged"] += number == len(possible) - 1
        return possible[number]


def _look(folder: Path, possible: list[State]) -> str:
    """Which of the states the library is in, and how many citations were checked; no doctor is called before."""
    checked = 0
    with Assistant.open(folder, embedding=HashingEmbedder(dimension=16)) as assistant:
        found = {document.id: (document.text, document.title) for document in assistant.documents()}
        if found not in possible:
            return f"lost or made up: {sorted(found.items())[:20]!r} is none of {len(possible)} states"
        for name, (text, _) in found.items():
            passages = assistant.library.passages(name)
            if "".join(text.split()) != "".join("".join(text[item.start : item.end].split()) for item in passages):
                return f"passages of {name} do not make up its text"
        for name in sorted(found)[:3]:
            answer = assistant.ask(f"What did the envoy of {name} say about the quota?")
            for citation in (*answer.citations, *answer.nearest):
                text = found.get(citation.document.id, ("", ""))[0]
                if text[citation.start : citation.end] != citation.quote:
                    return f"wrong citation of {citation.document.id}"
                checked += 1
        report = assistant.doctor(mend=False)
        if not report.ok:
            return "needs a hand: " + "; ".join(f"{item.name}: {item.detail}" for item in report.checks if not item.ok)
    return f"state {possible.index(found)} {checked}"
