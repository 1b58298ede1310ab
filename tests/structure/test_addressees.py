"""Who wrote a letter and to whom, in the layouts that letters have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.index.structure.reading import read_structure
from parley.index.types import Document

TYPED = """Harbour Board of Kessin
12 Quay Street, Kessin

14 March 2032

Ms Dora Velin
Deputy Minister for Shipping

Dear Ms Velin,

The pilotage talks have been put off three times, and we ask for a date.

Yours sincerely,

Tomas Arlen
Chairman of the Harbour Board
"""

OFFICE = """Union of Dock Workers, Local 9

To the Managing Director, Essen Lines

Sir,

The company has broken clause 12, and two men were dismissed without a hearing.

I am, Sir, your obedient servant,
J. P. Marsh
Secretary

Essen, 4 November 1926
"""

SIGNED = """April 17, 2029

The Honorable Lena Ostrov
Speaker of the Assembly

Re: Water compact

Dear Madam Speaker:

I am returning the compact without my signature, and I ask for talks by June.

Respectfully,

/s/ Pavel Hruby
Governor
"""

WIRE = """TELEGRAM

FROM: Norland Legation, Port Essen
TO: Ministry of Foreign Affairs, Brenn
DATE: 3 October 1931

Saw the Premier this morning. He refuses the customs truce and will not see me again.

HOLM
"""

RELAYED = """Cable 212
Sarn, 5 February 1952, 11.45 a.m.

Following for the Minister from Ambassador Kell:

The President received me for an hour and said that he would not attend the conference.
"""

NOTE = """Aide-mémoire

The Embassy of Norland presents its compliments to the Ministry of Foreign Affairs of Velmark and has the honour to state that
the overflight of 7 July was not authorised.

Brenn, 9 July 2031
"""

CALLED = """Hi Marta,

the other side has dropped the notice period, but they still want the audit clause.

Regards,
Jonas Weil
"""


@pytest.mark.parametrize(
    ("text", "genre", "author", "addressees"),
    [
        (TYPED, "letter", "Tomas Arlen", "Ms Dora Velin"),
        (OFFICE, "letter", "J. P. Marsh", "the Managing Director, Essen Lines"),
        (SIGNED, "letter", "Pavel Hruby", "The Honorable Lena Ostrov"),
        (WIRE, "telegram", "Norland Legation", "Ministry of Foreign Affairs, Brenn"),
        (RELAYED, "telegram", "Ambassador Kell", "the Minister"),
        (NOTE, "letter", "The Embassy of Norland", "the Ministry of Foreign Affairs of Velmark"),
        (CALLED, "letter", "Jonas Weil", "Marta"),
    ],
)
def test_a_letter_tells_who_wrote_it_and_to_whom(text: str, genre: str, author: str, addressees: str) -> None:
    document = read_structure(Document.from_text(text, id="letter", title="Letter", language="en")).document
    assert (document.genre, document.author, document.addressees) == (genre, author, addressees)


def test_the_address_and_the_day_below_are_not_what_a_letter_says() -> None:
    (turn,) = read_structure(Document.from_text(OFFICE, id="letter", title="Letter", language="en")).turns
    said = " ".join(OFFICE[start:end] for start, end in turn.said)
    assert said == "The company has broken clause 12, and two men were dismissed without a hearing."


def test_a_signature_is_the_name_without_the_mark_before_it() -> None:
    (turn,) = read_structure(Document.from_text(SIGNED, id="letter", title="Letter", language="en")).turns
    assert turn.label is not None
    assert SIGNED[slice(*turn.label)] == "Pavel Hruby"


PAGE = """County agreements, an index page

This page mirrors what the county publishes. It is kept for reading only and is not the official record of the county;
whoever needs that record asks the clerk's office for it. What follows was copied from the county's own file on the day
given above, and nothing in it was changed by whoever keeps this page.

Memorandum

Date: 22 June 2031
From: Susan Dahl, Personnel Director
Re: Summary of changes in the agreement

The agreement ends the premium for new hires as of 1 August. Leave for bereavement was added.
"""


def test_a_memo_inside_a_page_is_its_senders() -> None:
    (turn,) = read_structure(Document.from_text(PAGE, id="page", title="Agreement on wages", language="en")).turns
    assert (turn.speaker, turn.form, turn.role) == ("Susan Dahl", "memorandum", "Personnel Director")
    assert " ".join(PAGE[start:end] for start, end in turn.said).startswith("The agreement ends the premium")


def test_whoever_typed_a_resolution_is_not_its_author() -> None:
    text = (
        "Resolution 4\n\nThe Council,\n\nRecalling its decision of May,\n\n1. Decides to open the port;\n\n2. Requests a report."
    )
    made = Document.from_text(text, id="resolution", title="Resolution 4 of the Council", author="j.smith", language="en")
    typed = replace(made, basis=(("author", "PDF property Author"),))
    assert read_structure(typed).document.author is None
    assert read_structure(made).document.author == "j.smith"
