"""Two drafts of one convention and a note, written for the tests of versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from parley.assistant import Assistant, Document
from tests.fakes import HashingEmbedder

SECOND = """\
Draft Convention on the Ferry Lines of the Sound

Second draft, 2 May 2031. Text in square brackets is not agreed. [N] marks a proposal of Norland, [S] one of Sudland.

Article 1. Lines

The ferry lines between Ister and Dorn are open to the vessels of both Parties on equal terms throughout the year.

Article 2. Fares

1. Fares are fixed by the Commission for periods of not less than [N: two] [S: five] years.

2. Residents of the islands pay half the fare on every line.

Article 3. Night crossings

No vessel crosses the Sound between midnight and five in the morning except in an emergency.

Article 4. Disputes

Option A [N]: A dispute about fares goes to a court of arbitration chosen by lot.

Option B [S]: A dispute about fares goes to the two ministers of transport.
"""

THIRD = (
    SECOND.replace("Second draft, 2 May 2031", "Third draft, 9 June 2031")
    .replace("[N: two] [S: five] years", "five years")
    .replace(
        "Article 4. Disputes",
        "Article 4. Mail\n\nEach vessel carries the mail of both Parties free of charge.\n\nArticle 5. Disputes",
    )
    .replace(" except in an emergency", "")
)
NOTE = "The ministers met in Ister on 4 May 2031. Norland's minister said fares had changed too often in the past ten years."


def ferry_library(folder: Path) -> Assistant:
    """A library with the drafts, the newer one added first, and the note."""
    assistant = Assistant.open(folder, embedding=HashingEmbedder())
    assistant.add_documents(
        [
            Document.from_text(THIRD, id="third", title="Ferry convention, third draft", date=date(2031, 6, 9)),
            Document.from_text(SECOND, id="second", title="Ferry convention, second draft", date=date(2031, 5, 2)),
            Document.from_text(NOTE, id="note", title="Desk note", date=date(2031, 5, 4)),
        ]
    )
    return assistant
