"""Mails as Outlook keeps them (.msg): turned into a mail as programs send them, and read as one."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.content import Content

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment
    from oxmsg.storage import Storage

_DEEPEST = 5
_NO_YEAR = 1601
"""The year of a day that was not set: Outlook counts from its beginning."""

_INNER_HEADER = 24
"""Bytes before the properties of a mail that is attached to another; the outer one has 32 ([MS-OXMSG] 2.4.1)."""

_INNER_MAIL = "__substg1.0_3701000D"
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OSError, struct.error, LookupError)
"""How a file of another kind, or a damaged one, shows in python-oxmsg and olefile, which check little."""


def read_outlook(data: bytes, name: str) -> Content:
    """Read a .msg file. Raises ReadError if it is damaged, no mail, or has no text."""
    from parley.index.readers.mail.message import read_message

    return read_message(outlook_message(data, name), name)


def outlook_message(data: bytes, name: str) -> EmailMessage:
    """The mail in a .msg file with its headers, its text and what is attached. Raises ReadError if there is none."""
    from olefile import OleFileIO
    from oxmsg import Message
    from oxmsg.storage import Storage

    try:
        with OleFileIO(data) as file:
            root = Storage.from_ole(file)
        return _converted(Message(root), root, name)
    except _BROKEN as error:
        told = str(error) or type(error).__name__
        msg = f"{name} is damaged, or no mail of Outlook ({told}). Save the mail again from Outlook."
        raise ReadError(msg) from error


def _converted(source: Message, storage: Storage, name: str, depth: int = 1) -> EmailMessage:
    from oxmsg.attachment import Attachment

    mail = EmailMessage()
    headers = {key.lower(): value for key, value in source.message_headers.items()}
    sent = source.sent_date if source.sent_date and source.sent_date.year > _NO_YEAR else None
    _add_header(mail, "From", source.sender)
    _add_header(mail, "To", headers.get("to") or ", ".join(f'"{one.name}" <{one.email_address}>' for one in source.recipients))
    _add_header(mail, "Subject", source.subject or headers.get("subject"))
    _add_header(mail, "Date", headers.get("date") or (format_datetime(sent) if sent is not None else None))
    _add_header(mail, "Organization", headers.get("organization"))
    _add_body(mail, source, name)
    for number, inner in enumerate(storage.iter_attachment_storages(), start=1):
        held = next((one for one in inner.storages if one.name == _INNER_MAIL), None)
        if held is None:
            _attach_file(mail, Attachment(inner), number)
        elif depth < _DEEPEST:
            mail.add_attachment(_converted(_inner_message(held), held, name, depth + 1))
    return mail


def _inner_message(storage: Storage) -> Message:
    """A mail that is attached to another."""
    from oxmsg import Message
    from oxmsg.properties import Properties

    class InnerMessage(Message):  # type: ignore[misc,unused-ignore]
        @property
        def properties(self) -> Properties:
            return Properties(storage, properties_header_offset=_INNER_HEADER)

    return InnerMessage(storage)


def _add_header(mail: EmailMessage, header: str, value: str | None) -> None:
    told = " ".join((value or "").split())
    if told:
        mail[header] = told


def _add_body(mail: EmailMessage, source: Message, name: str) -> None:
    """The plain text, or else the page, or else the rich text that Outlook keeps packed."""
    from oxmsg.domain import constants

    if source.body and source.body.strip():
        mail.set_content(_unix(source.body))
    elif source.html_body:
        mail.set_content(_unix(source.html_body), subtype="html")
    elif packed := source.properties.binary_prop_value(constants.PID_RTF_COMPRESSED):
        from compressed_rtf import decompress

        from parley.index.readers.office.rich_text import plain
        from parley.index.readers.office.rich_text_groups import taken_apart

        mail.set_content(plain(taken_apart(decompress(packed).decode("latin-1")).running, name))


def _attach_file(mail: EmailMessage, attachment: Attachment, number: int) -> None:
    from oxmsg.domain import constants

    kind, _, detail = (attachment.mime_type or "").partition("/")
    short = attachment.properties.str_prop_value(constants.PID_ATTACH_FILENAME)
    title = attachment.file_name or short or f"attachment {number}"
    is_plain = kind and detail and kind not in ("multipart", "message")
    types = (kind, detail) if is_plain else ("application", "octet-stream")
    mail.add_attachment(attachment.file_bytes or b"", maintype=types[0], subtype=types[1], filename=title)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
