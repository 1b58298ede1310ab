"""Mails as Outlook keeps them: read as the mail they are."""

from __future__ import annotations

from datetime import date

import pytest

from parley.index.errors import ReadError
from parley.index.readers.containers.members import members_of
from tests.readers.conftest import Read
from tests.readers.outlook_file import mail, outlook_file

SUBJECT, BODY, SENDER, ADDRESS, HEADERS = 0x0037, 0x1000, 0x0C1A, 0x0C1F, 0x007D
TEXTS = {
    SUBJECT: "Draft of 3 March",
    BODY: "Dear all,\r\n\r\nwe will not sign before June.\r\n",
    SENDER: "Petra Nowak",
    ADDRESS: "nowak@tarsia.example",
    HEADERS: "Date: Tue, 4 Mar 2031 10:00:00 +0000\r\nTo: Otto Brandl <brandl@osk.example>\r\n\r\n",
}


def test_who_wrote_when_to_whom(read: Read) -> None:
    document = read("draft.msg", outlook_file(mail(TEXTS)))
    assert document.text == "Dear all,\n\nwe will not sign before June.\n"
    assert (document.title, document.author, document.date) == ("Draft of 3 March", "Petra Nowak", date(2031, 3, 4))
    assert document.addressees == "Otto Brandl"


def test_a_mail_that_is_attached_is_read_with_its_headers(read: Read) -> None:
    inner = mail(
        {SUBJECT: "The gate", BODY: "We open the gate on Monday.", SENDER: "Jon Fane", ADDRESS: "fane@osk.example"}, inner=True
    )
    document = read("draft.msg", outlook_file(mail(TEXTS, mails=(inner,))))
    assert document.text.endswith("From: Jon Fane <fane@osk.example>\nSubject: The gate\n\nWe open the gate on Monday.")


def test_attached_files_are_found() -> None:
    data = outlook_file(mail(TEXTS, files={"annex.txt": b"Annex: thirty days.", "map.png": b"\x89PNG"}))
    assert [(item.path, item.data) for item in members_of(data, "draft.msg")] == [("annex.txt", b"Annex: thirty days.")]


def test_what_is_no_mail_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="no mail of Outlook"):
        read("draft.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
