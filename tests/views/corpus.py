"""A small corpus on invented talks, and a library of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from parley import Assistant, Document
from tests.fakes import HashingEmbedder

ISSUES = "# what it is about\nflow\tlower flow\nflow\tflow\ntruce\ttruce\ntruce\tceasefire\nfund\tcompensation fund\n"
ALIASES = "Tarsia\tTarsian\tparty\nTarsia\tBelmor\tparty\nNorvia\tNorvian\tparty\nAna Dorr\tAnna Dorr\tperson\n"

POST = Document.from_text(
    'Tarsia\'s minister Ana Dorr told the Harbour Post on Friday that her side "could live with" a lower flow. '
    "Norvia's spokesman Pavel Imre rejected the truce.\n\n"
    "A source familiar with the talks said Norvia demanded a compensation fund.\n\n"
    "On 3 May 2031, Norvia's envoy said that the flow was agreed in principle.\n\n"
    "A Tarsian official told reporters that Norvia demanded a ceasefire.\n",
    id="post-1",
    title="Talks on the river",
    outlet="Harbour Post",
    date=date(2031, 5, 10),
    language="en",
)
NOTE = Document.from_text(
    "Tarsia's minister Anna Dorr proposed a truce.\n\n"
    "A Tarsian official said the truce was possible. A former minister of Norvia, Edo Brask, called the truce a mistake.\n",
    id="note",
    title="A note",
    language="en",
)
CORPUS = (POST, NOTE)


def library_of(
    folder: Path,
    documents: Sequence[Document] = CORPUS,
    *,
    issues: str | None = ISSUES,
    aliases: str | None = ALIASES,
    changed: Callable[[str], str] = lambda text: text,
) -> Assistant:
    """An assistant over these documents with lists beside them; `changed` is applied to every text, name and list."""
    assistant = Assistant.open(folder, embedding=HashingEmbedder())
    assistant.add_documents(
        Document.from_text(
            changed(item.text), id=item.id, title=changed(item.title), outlet=item.outlet, date=item.date, language="en"
        )
        for item in documents
    )
    for name, text in (("issues.tsv", issues), ("aliases.tsv", aliases)):
        if text is not None:
            (folder / name).write_text(changed(text), encoding="utf-8")
    return assistant
