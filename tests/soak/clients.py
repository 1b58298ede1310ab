"""Programs that ask a server at once: readers, one that adds and removes, and a hostile one beside them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from tests.soak.server import Server, Taken

Places = tuple[tuple[str, int, int], ...]
"""Document, start and end of what an answer cites."""

_HOSTILE_AT_ONCE = 24
_LONG_QUOTE = "the council said that it would not accept the terms " * 380
_PATIENCE = httpx.Timeout(300)
_WATCHED_EVERY = 1.0


@dataclass
class Soaked:
    """Waiting times in seconds, what the server took meanwhile, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    changes: int = 0
    other_than_alone: int = 0
    taken: list[Taken] = field(default_factory=list)
    hostile: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


async def soak(
    server: Server, questions: Sequence[str], count: int, clients: Sequence[str], *, writer: str = "", hostile: str = ""
) -> Soaked:
    """Have the clients ask so many questions in all, while a writer adds and removes, and a hostile caller does its worst."""
    soaked, alone = Soaked(), await _answers_alone(server, clients[0], questions)
    left = iter(range(count))
    asking = [asyncio.create_task(_ask(server, name, questions, left, alone, soaked)) for name in clients]

    def is_over() -> bool:
        return all(task.done() for task in asking)

    beside = [asyncio.create_task(_watch(server, soaked, is_over))]
    if writer:
        beside.append(asyncio.create_task(_add_and_remove(server, writer, soaked, is_over)))
    if hostile:
        beside += [asyncio.create_task(_attack(server, hostile, soaked, is_over)) for _ in range(_HOSTILE_AT_ONCE)]
    await asyncio.gather(*asking)
    await asyncio.gather(*beside)
    return soaked


def _client(server: Server, name: str) -> httpx.AsyncClient:
    headers = {"authorization": f"Bearer {server.keys[name]}"}
    return httpx.AsyncClient(base_url=server.url, headers=headers, timeout=_PATIENCE)


async def _answer(client: httpx.AsyncClient, question: str) -> tuple[str, Places]:
    """The question that was answered, and what the answer cites; one who asks too fast waits as told."""
    while True:
        response = await client.post("/api/v1/ask", json={"question": question})
        if response.status_code != 429:
            break
        await asyncio.sleep(float(response.headers["retry-after"]))
    response.raise_for_status()
    answer = response.json()
    return answer["question"], tuple((item["document"]["id"], item["start"], item["end"]) for item in answer["citations"])


async def _answers_alone(server: Server, name: str, questions: Sequence[str]) -> dict[str, Places]:
    async with _client(server, name) as client:
        return {question: (await _answer(client, question))[1] for question in questions}


async def _ask(
    server: Server, name: str, questions: Sequence[str], left: Iterator[int], alone: dict[str, Places], soaked: Soaked
) -> None:
    async with _client(server, name) as client:
        for number in left:
            question = questions[number % len(questions)]
            started = time.monotonic()
            try:
                answered, places = await _answer(client, question)
            except (httpx.HTTPError, KeyError, ValueError) as error:
                soaked.faults.append(f"{name}, question {number}: {error!r}")
                continue
            soaked.waits.append(time.monotonic() - started)
            if answered != question:
                soaked.faults.append(f"{name} asked {question!r} and was answered {answered!r}")
            soaked.other_than_alone += places != alone[question]


async def _add_and_remove(server: Server, name: str, soaked: Soaked, is_over: Callable[[], bool]) -> None:
    """Add a document, find it, remove it, and find it no more, again and again."""
    number = 0
    async with _client(server, name) as client:
        while not is_over():
            number += 1
            document = {"id": f"soak/{number}", "text": f"Ana Zorvik{number} said that lamp {number} was lit at the quay."}
            question = f"What did Ana Zorvik{number} say?"
            try:
                (await client.post("/api/v1/documents", json={"documents": [document]})).raise_for_status()
                if not any(place[0] == document["id"] for place in (await _answer(client, question))[1]):
                    soaked.faults.append(f"{document['id']} was added and is not found")
                (await client.delete(f"/api/v1/documents/{document['id']}")).raise_for_status()
                if any(place[0] == document["id"] for place in (await _answer(client, question))[1]):
                    soaked.faults.append(f"{document['id']} was removed and is still cited")
            except httpx.HTTPError as error:
                soaked.faults.append(f"change {number}: {error!r}")
            soaked.changes += 2
            await asyncio.sleep(0.5)


async def _attack(server: Server, name: str, soaked: Soaked, is_over: Callable[[], bool]) -> None:
    """Ask for what costs most, without heeding what is told."""
    async with _client(server, name) as client:
        while not is_over():
            try:
                response = await client.post("/api/v1/check-quote", json={"quote": _LONG_QUOTE})
                soaked.hostile[response.status_code] += 1
            except httpx.HTTPError:
                soaked.hostile[0] += 1
            # So that this process has time for the others.
            await asyncio.sleep(0.02)


async def _watch(server: Server, soaked: Soaked, is_over: Callable[[], bool]) -> None:
    while not is_over():
        soaked.taken.append(server.taken())
        await asyncio.sleep(_WATCHED_EVERY)
    soaked.taken.append(server.taken())
