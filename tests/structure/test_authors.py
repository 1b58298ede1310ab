"""Who says "I" in letters, telegrams, statements and mails of many forms, and whom they are for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.index.statements import extract_statements
from parley.index.structure.reading import Structure, read_structure
from parley.index.types import Document

BODY = "I propose that we open the locks on Monday. We have told the harbour board that the dues will rise."


def structure_of(text: str, *, title: str | None = None) -> Structure:
    return read_structure(Document.from_text(text, id="letter", title=title))


WRITTEN = [
    ("Letter From Marchetti to Dunmore", f"Arle, 3 May 1952\n\n{BODY}\n\nMARCHETTI", "letter", "Marchetti", "Dunmore"),
    (
        "Letter from Ms Petra Nowak to the Harbour Board",
        f"3 May 2031\n\nDear colleagues,\n\n{BODY}\n\nPetra Nowak",
        "letter",
        "Petra Nowak",
        "the Harbour Board",
    ),
    (
        "Cablegram from Sorensen to Department of Trade",
        f"Cablegram 77 OSTMARK, 4 June 1949, 9.15 p.m.\n\nSECRET\n\n{BODY}",
        "telegram",
        "Sorensen",
        "Department of Trade",
    ),
    (
        "Telegram from the Embassy in Lithmark",
        f"TELEGRAM 12\n\nLithmark, 5 June 1961\n\n{BODY}\n\nOYELARAN",
        "telegram",
        "the Embassy",
        None,
    ),
    ("Sorensen to Adair and Pryce", f"Cablegram E 12 ARLE, 4 June 1949\n\n{BODY}", "telegram", "Sorensen", "Adair and Pryce"),
    (
        "Mr R. T. Sorensen, Trade Commissioner in Arle, to Mr P. Adair, Prime Minister",
        f"Letter ARLE, 4 June 1939\n\nPERSONAL\n\n{BODY}\n\nR. T. SORENSEN",
        "letter",
        "R. T. Sorensen",
        "Mr P. Adair, Prime Minister",
    ),
    (
        "CABLEGRAM FROM GOVERNMENT OF LITHMARK TO BRANDMOOR GOVERNMENT",
        f"Arle, 29 March 1951\n\n{BODY}",
        "telegram",
        "GOVERNMENT OF LITHMARK",
        "BRANDMOOR GOVERNMENT",
    ),
    ("Telegram to Ostmark", f"ARLE, 17 August 1975\n\n{BODY}\n\nQUILLER", "telegram", "QUILLER", "Ostmark"),
    ("Telegram to Ostmark", f"ARLE, 17 August 1975\n\nFor Minister from Quiller\n\n{BODY}", "telegram", "Quiller", "Ostmark"),
    (
        "Tuesday, 6th March 1928",
        f"6th March, 1928\n\nMy dear Adair,\n\n{BODY}\n\nI am, Yours sincerely, T. L. QUILLER\n\n_1 See Letter 145.",
        "letter",
        "T. L. QUILLER",
        "Adair",
    ),
    ("Message From Adair to Pryce", f"14 March 1951\n\nTOP SECRET\n\n{BODY}", "letter", "Adair", "Pryce"),
    (
        "Note by Mr T. Reeve, High Commissioner in Arle, of Conversation with Mr Adair",
        f"ARLE, 8 May 1939\n\n{BODY}",
        "letter",
        "T. Reeve",
        None,
    ),
    (
        "The locks",
        f"3 May 2031\n\nDear Mr Dunmore,\n\n{BODY}\n\nYours sincerely,\n\nPetra Nowak\nHarbour Master",
        "letter",
        "Petra Nowak",
        "Mr Dunmore",
    ),
    (
        "The locks",
        f"Dear Prime Minister,\n\n{BODY}\n\nWith kind regards,\nHugo van der Meer",
        "letter",
        "Hugo van der Meer",
        "Prime Minister",
    ),
    (
        "Memorandum",
        f"Memorandum\n\nDate: June 22, 2031\n\nFrom: Petra Nowak, HR Director\n\nTo: All staff\n\nRe: The locks\n\n{BODY}",
        "letter",
        "Petra Nowak",
        "All staff",
    ),
    ("Statement by President Ilves on the Locks", BODY, "statement", "President Ilves", None),
    ("Statement from Prime Minister Ana Ilves on the Harbour Agreement", BODY, "statement", "Ana Ilves", None),
    ("Remarks as Prepared for Delivery by Trade Secretary Otto Brandl at the Harbour Forum", BODY, "speech", "Otto Brandl", None),
    ("Speech by Commissioner Nowak at the Harbour Forum", BODY, "speech", "Commissioner Nowak", None),
    (
        "Dispatch from Quiller to the Foreign Office",
        f"Arle, 2 May 1938\n\nSir,\n\n{BODY}\n\nI have the honour to be,\n\nQUILLER",
        "telegram",
        "Quiller",
        "the Foreign Office",
    ),
    ("The locks", f"{BODY}\n\n/s/ Petra Nowak", None, None, None),
    (
        "Open letter",
        f"Letter\n\nArle, 3 May 2031\n\nTo whom it may concern:\n\n{BODY}\n\n— Petra Nowak",
        "letter",
        "Petra Nowak",
        "To whom it may concern",
    ),
]


@pytest.mark.parametrize(("title", "text", "genre", "author", "addressees"), WRITTEN, ids=[one[0][:40] for one in WRITTEN])
def test_the_author_of_a_written_text_is_known(
    title: str, text: str, genre: str | None, author: str | None, addressees: str | None
):
    structure = structure_of(f"{title}\n\n{text}", title=title)
    known = structure.document
    assert (known.genre, known.author, known.addressees) == (genre, author, addressees)
    if author is None:
        return
    assert {turn.speaker for turn in structure.turns} == {author}
    said = " ".join(known.text[start:end] for turn in structure.turns for start, end in turn.said)
    assert said == BODY


def test_what_a_letter_says_is_its_authors_and_what_it_reports_is_not():
    text = (
        f"Letter From Marchetti to Dunmore\n\nArle, 3 May 1952\n\n{BODY}\n\nThe envoy of Lithmark told me that"
        f" the locks were shut.\n\nMARCHETTI"
    )
    found = extract_statements(Document.from_text(text, id="letter"))
    own = [text[one.content[0].start : one.content[0].end] for one in found if one.speaker == "Marchetti"]
    assert own[0] == BODY
    assert any(one.speaker and "envoy" in one.speaker and not one.form for one in found)
    assert all(one.form == "letter" for one in found if one.speaker == "Marchetti")


def test_a_telegram_that_nobody_signs_is_its_places_and_ends_is_no_name():
    text = f"Telegram to Ostmark\n\nPlease pass on this message from Mr Quiller.\n\nBegins.\n\n{BODY}\n\nEnds."
    document = Document.from_text(text, id="telegram", title="Telegram to Ostmark")
    structure = read_structure(replace(document, place="Arle"))
    assert structure.document.author == "Arle"
    said = {turn.speaker: text[turn.said[0].start : turn.said[-1].end] for turn in structure.turns}
    assert (set(said), said["Mr Quiller"]) == ({"Arle", "Mr Quiller"}, BODY)
    assert read_structure(document).document.author is None


def test_notes_below_a_letter_are_not_its_authors():
    text = (
        f"Letter From Marchetti to Dunmore\n\nArle, 3 May 1952\n\n{BODY}[1] The rest is as before.[2]\n\nMARCHETTI\n\n"
        "1 Document 12.\n\n2 The harbour board met on 2 May."
    )
    structure = structure_of(text)
    assert all(
        text[end - 1 : end] != "2" and "Document 12" not in text[start:end]
        for turn in structure.turns
        for start, end in turn.said
    )


def test_a_title_of_news_is_no_letter():
    text = "Envoy to Lithmark resigns\n\nHarbour Post, 3 May 2031\n\nThe envoy said that he was tired. Nobody else said anything."
    assert structure_of(text).turns == ()


THREADS = [
    (
        (
            "See below.\n\n-----Original Message-----\nFrom: Otto Brandl <otto@brandmoor.example>\nSent: 4 June 2031 22:41\n"
            "To: Ana Ilves\nSubject: Locks\n\nWe accept the dues."
        ),
        [("Ana Ilves", "See below."), ("Otto Brandl", "We accept the dues.")],
    ),
    (
        (
            "No.\n\nOn Wed, Jun 4, 2031 at 10:41 PM Otto Brandl <otto@brandmoor.example> wrote:\n> We accept"
            " the dues.\n> All of them.\n\nAna"
        ),
        [("Ana Ilves", "No."), ("Otto Brandl", "We accept the dues. All of them."), ("Ana Ilves", "Ana")],
    ),
    (
        "> We accept the dues.\n\nNot for us.\n\n> The locks stay shut.\n\nThey must open.",
        [
            (None, "We accept the dues."),
            ("Ana Ilves", "Not for us."),
            (None, "The locks stay shut."),
            ("Ana Ilves", "They must open."),
        ],
    ),
    (
        (
            "FYI\n\nBegin forwarded message:\n\nFrom: Otto Brandl <otto@brandmoor.example>\nDate: 4 June 2031\nTo:"
            " ana\n\nWe accept.\n\n"
            "From: Petra Nowak\nSent: 3 June 2031\nTo: Otto Brandl\n\nDo you accept?"
        ),
        [("Ana Ilves", "FYI"), ("Otto Brandl", "We accept."), ("Petra Nowak", "Do you accept?")],
    ),
    (
        "Danke.\n\nAm 4. Juni 2031 um 22:41 schrieb Otto Brandl:\n> Wir nehmen an.",
        [("Ana Ilves", "Danke."), ("Otto Brandl", "Wir nehmen an.")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), THREADS, ids=range(len(THREADS)))
def test_every_mail_of_a_thread_has_its_own_sender(text: str, expected: list[tuple[str | None, str]]):
    basis = (("author", "e-mail header From"),)
    document = Document("mail", text, "Locks", author="Ana Ilves", basis=basis)
    structure = read_structure(document)
    said = [(turn.speaker, " ".join(text[start:end] for start, end in turn.said)) for turn in structure.turns]
    assert said == expected
    assert structure.document.genre == "mail thread"


def test_a_text_quoted_in_a_cable_is_its_own_authors():
    text = (
        "Cablegram From Sorensen to Adair\n\nArle, 12 July 1951\n\nI send you what was said today.\n\n"
        "Pryce's statement [Begins.] We shall sign in May. Ends.\n\nI do not believe him."
    )
    said = {
        text[one.content[0].start : one.content[0].end]: one.speaker
        for one in extract_statements(Document.from_text(text, id="c"))
    }
    assert said["We shall sign in May."] == "Pryce"
    assert said["I do not believe him."] == "Sorensen"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("Journal of T. J. Houtmeer\n\nEnvoy to the court, kept at Imrat.", "T. J. Houtmeer"),
        ("Note for the file - Ana Toll\n\nHotel Astoria, Brenn, Thursday 9 March", "Ana Toll"),
        ("Pocket diary, second series\n\nAurel Weyl, mediator under the Protocol. Copied fair.", "Aurel Weyl"),
        ("The week at Tarnvik\n\nAnsgerd Holm-Varaquy", "Ansgerd Holm-Varaquy"),
        ("The week at Tarnvik\n\nHotel Astoria, Brenn, Thursday 9 March", None),
        ("Otto Brodd\n\nA life in the service of the lakes.", None),
    ],
)
def test_a_text_that_says_i_is_whose_name_its_head_gives(head: str, author: str | None) -> None:
    text = f"{head}\n\nI met him in 1980. He told me that I should go home, and I did so on my own.\n"
    assert read_structure(Document.from_text(text, id="own")).document.author == author
