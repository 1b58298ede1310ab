"""The day of signing, as the last clause of a treaty or contract gives it."""

from __future__ import annotations

from datetime import date

import pytest

from parley.index.readers.signing import signing_day


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("Done at Brenn on 4 June 2031, in two originals.", date(2031, 6, 4)),
        ("Done in the city of Sarn, on this the 25th day of January 2004, in two originals.", date(2004, 1, 25)),
        ("DONE AT BRENN, this tenth day of December, one thousand nine hundred and eighty-two.", date(1982, 12, 10)),
        ("DONE in duplicate at Sarn this twenty-eighth day of March One thousand nine hundred and ninety.", date(1990, 3, 28)),
        ("Done at Orla this first day of May two thousand and four in two originals.", date(2004, 5, 1)),
        ("IN WITNESS WHEREOF, the parties have signed this Agreement on 9 May 2031.", date(2031, 5, 9)),
    ],
)
def test_the_clause_gives_the_day(clause: str, day: date) -> None:
    assert signing_day(f"Article 9\n\nThe ferries stay open.\n\n{clause}\n\nFor Norland: For Velmark:") == day


@pytest.mark.parametrize(
    "text",
    [
        "The Protocol done at Sarn on 31 August 1965 ends.",
        "Done at Sarn.\n\nThe port opened on the same day.",
        "Done at Sarn on 1 May 2004.\n\nAnnex\n\nDone at Orla on 2 May 2005.",
        "Done at Sarn this umpteenth day of May two thousand and four.",
    ],
)
def test_what_gives_no_one_day_is_none(text: str) -> None:
    assert signing_day(text) is None
