"""What a group of documents is called after: the phrase that its titles share and others lack."""

from __future__ import annotations

import pytest

from parley.assistant.reports.dossiers.title_names import shared_phrase

NAMES = frozenset({"lune", "dorn", "brandt"})


@pytest.mark.parametrize(
    ("titles", "others", "expected"),
    [
        (["Minutes of the ferry round", "Claim for the ferry round 2031", "Notice"], ["Budget"], "ferry round"),
        (["Talks at the Lune bridge", "LUNE: the second draft", "A weir on the Lune"], [], "Lune"),
        (["Minutes of Monday", "Minutes of May"], [], None),  # one word that is no name
        (["Lune talks end", "Lune talks begin"], ["No Lune talks today"], None),  # others have it too
        (["Toll of 3 May 2031", "Rent of 3 May 2031"], [], None),
        (["Draft on the Lune", "Letter", "Note", "Mail", "Reply", "Claim to the Lune", "Poster"], [], None),  # too few have it
        (["FERRY ROUND OPENS", "Ferry round ends"], [], "Ferry round"),
    ],
)
def test_the_phrase_that_titles_share(titles: list[str], others: list[str], expected: str | None) -> None:
    assert shared_phrase(titles, others, NAMES) == expected
