"""E-mails: who wrote it, when, about what, and the text."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from parley.index.errors import ReadError
from tests.readers.conftest import Read


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("sender", "José Marín <jm@example.org>")
    made["Subject"] = "Обмен: next steps"
    made["Date"] = "Fri, 16 May 2025 23:30:00 -0500"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


def test_headers_and_plain_part(read: Read) -> None:
    mail = message(Organization="Field Office")
    mail.set_content("Dear all,\n\nthe first side said: “We agreed.”\n\n> What did they say?\n")
    mail.add_alternative("<p>html part</p>", subtype="html")
    document = read("note.eml", mail.as_bytes())
    assert document.text == "Dear all,\n\nthe first side said: “We agreed.”\n\n> What did they say?\n"
    assert (document.title, document.author, document.outlet) == ("Обмен: next steps", "José Marín", "Field Office")
    assert document.date == date(2025, 5, 16)
    assert [document.basis_of(name) for name in ("title", "author", "outlet", "date", "language")] == [
        "e-mail header Subject",
        "e-mail header From",
        "e-mail header Organization",
        "e-mail header Date",
        "detected from the text",
    ]


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ("Harbour Press Office <no-reply@example.org>", "Harbour Press Office"),
        ("Daily Observer <news@example.org>", "Daily Observer"),
        ("Ana Ruiz <ar@example.org>", None),
        ("desk@example.org", None),
    ],
)
def test_a_sender_that_is_no_person_publishes(read: Read, sender: str, outlet: str | None) -> None:
    mail = message(sender=sender)
    mail.set_content("The talks went on.")
    assert read("note.eml", mail.as_bytes()).outlet == outlet


def test_an_address_without_a_name_is_the_author(read: Read) -> None:
    mail = message(sender="press@example.org")
    mail.set_content("The talks went on.")
    assert read("note.eml", mail.as_bytes()).author == "press@example.org"


def test_the_html_part_where_there_is_no_other(read: Read) -> None:
    mail = message()
    mail.set_content("<h2>Next</h2><p>We <b>agreed</b>.</p><p style='display:none'>secret</p><style>p{}</style>", subtype="html")
    document = read("note.eml", mail.as_bytes())
    assert document.text == "Next\n\nWe agreed."
    assert [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings] == [(2, "Next")]


def test_every_line_of_a_quoted_mail_is_marked(read: Read) -> None:
    mail = message()
    mail.set_content("<p>See below.</p><blockquote>Toll wrote:<br>We demand trucks.</blockquote>", subtype="html")
    assert read("mail.eml", mail.as_bytes()).text == "See below.\n\n> Toll wrote:\n> We demand trucks."


def test_attachments_are_not_part_of_the_mail(read: Read) -> None:
    mail = message()
    mail.set_content("See the list.")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="list.pdf")
    mail.add_attachment("attached words", filename="words.txt")
    document = read("note.eml", mail.as_bytes())
    assert document.text == "See the list.\n"
    assert document.warnings == (), "these are documents of their own"


def test_attachments_that_cannot_be_read_are_named(read: Read) -> None:
    mail = message()
    mail.set_content("See the picture.")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    mail.add_attachment("attached words", filename="words.txt")
    document = read("note.eml", mail.as_bytes())
    assert [(item.kind, item.details) for item in document.warnings] == [("attachments", ("map.png",))]


def test_an_attached_mail_is_read_with_its_headers(read: Read) -> None:
    inner = message()
    inner.replace_header("From", "Jon Fane <fane@osk.example>")
    inner.replace_header("Subject", "The gate")
    inner.set_content("We will open the gate on Monday.")
    outer = message()
    outer.set_content("Please see below.")
    outer.add_attachment(inner)
    document = read("note.eml", outer.as_bytes())
    assert document.text.startswith("Please see below.\n\nFrom: Jon Fane <fane@osk.example>\n")
    assert document.text.endswith("Subject: The gate\n\nWe will open the gate on Monday.")
    assert document.warnings == ()


def test_a_mail_with_attachments_only_is_refused(read: Read) -> None:
    mail = message()
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="list.pdf")
    with pytest.raises(
        ReadError,
        match=r"note\.eml is an e-mail without text but attachments \(list\.pdf\)\. Those that can be read are documents",
    ):
        read("note.eml", mail.as_bytes())


@pytest.mark.parametrize("declared", ["; charset=windows-1251", "; charset=nonsense", ""])
def test_cyrillic_bodies(read: Read, declared: str) -> None:
    body = "Стороны договорились о встрече.".encode("cp1251")
    head = f"From: a@b.example\r\nContent-Type: text/plain{declared}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert read("note.eml", head.encode() + body).text == "Стороны договорились о встрече."


def test_flowed_lines_are_joined(read: Read) -> None:
    body = "We agreed \nto meet.\nThen we left.\n> they \n> said\n-- \nJane\n"
    head = "From: a@b.example\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    assert read("note.eml", (head + body).encode()).text == "We agreed to meet.\nThen we left.\n> they said\n--\nJane\n"


def test_bad_dates_stay_missing(read: Read) -> None:
    assert read("note.eml", b"From: a@b.example\nDate: last Friday\n\nThe talks went on.").date is None
    assert read("note.eml", b"From: a@b.example\n\nThe talks went on.").date is None


def test_what_is_no_mail_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match=r"note\.eml is not an e-mail"):
        read("note.eml", b"The talks went on.\n\nThey ended.")
    with pytest.raises(ReadError, match=r"note\.eml is an e-mail without text"):
        read("note.eml", b"From: a@b.example\nSubject: x\n\n   \n")
