"""E-mails (.eml): subject, sender and date from the headers; the plain text part, or else the HTML part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.language.dates import parse_date
from parley.index.language.words import word_set
from parley.index.readers.content import Block, Content, Findings, join_blocks
from parley.index.readers.encoding import decode_text
from parley.index.readers.text import unify_line_ends
from parley.index.readers.titles import is_outlet
from parley.index.types import Heading, Metadata, ReadingWarning

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

    from bs4 import Tag

_OFFICES = word_set("office department ministry newsroom desk secretariat service agency commission council committee union")
_DEEPEST = 5
"""How many mails attached to one another are read."""


def read_email(data: bytes, name: str) -> Content:
    """Read a .eml file, with the mails attached to it. Raises ReadError if it is no e-mail or has no text.

    Other attachments are documents of their own where they can be read (`parley.index.readers.containers`); a warning tells of
    the rest.
    """
    return read_message(parse_message(data, name), name)


def read_message(message: EmailMessage, name: str) -> Content:
    """Read a mail as `read_email` does."""
    mails = [inner for part in _attachments(message) if (inner := _attached_mail(part)) is not None]
    others = [title_of(part) for part in _attachments(message) if _attached_mail(part) is None]
    body = message.get_body(("plain", "html"))
    text, headings = _body_text(body, name) if body is not None else ("", ())
    text = "\n\n".join(filter(None, [text.rstrip() if mails else text, *(_as_layer(mail, name) for mail in mails)]))
    if not text.strip():
        advice = f" but attachments ({', '.join(others)}). Those that can be read are documents of their own." if others else ""
        msg = f"{name} is an e-mail without text{advice or '. Leave it out.'}"
        raise ReadError(msg)
    return Content(text, _headers(message), headings, warnings=tuple(_warnings(others)))


def attached_files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file attached to a mail, and to the mails attached to it."""
    for part in _attachments(message):
        inner = _attached_mail(part)
        if inner is not None:
            yield from attached_files(inner)
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield title_of(part), payload


def title_of(part: EmailMessage | MIMEPart) -> str:
    """The name of an attached file, or else its type."""
    return part.get_filename() or part.get_content_type()


def _attachments(message: EmailMessage) -> list[EmailMessage | MIMEPart]:
    return list(message.iter_attachments()) if message.is_multipart() else []


def _warnings(others: list[str]) -> Iterator[ReadingWarning]:
    from parley.index.readers.formats import is_supported

    unread = tuple(name for name in others if not is_supported(name))
    if unread:
        yield ReadingWarning(
            "attachments", f"{len(unread)} attachments were not read, as they are of no format that can be.", unread
        )


def _attached_mail(part: EmailMessage | MIMEPart) -> EmailMessage | None:
    """The mail that an attachment is, if it is one."""
    if part.get_content_type() != "message/rfc822":
        return None
    inner = part.get_payload()
    return inner[0] if isinstance(inner, list) and inner else None  # type: ignore[return-value]


def _as_layer(message: EmailMessage, name: str, depth: int = 1) -> str:
    """An attached mail with its headers above it, as programs write forwarded mails, and the mails attached to it."""
    headers = [f"{header}: {value}" for header in ("From", "Date", "To", "Subject") if (value := _header(message, header))]
    body = message.get_body(("plain", "html"))
    text = _body_text(body, name)[0].strip() if body is not None else ""
    parts = message.iter_attachments() if message.is_multipart() and depth < _DEEPEST else ()
    inner = [_as_layer(mail, name, depth + 1) for part in parts if (mail := _attached_mail(part)) is not None]
    return "\n\n".join(filter(None, ["\n".join(headers), text, *inner]))


def parse_message(data: bytes, name: str) -> EmailMessage:
    """The mail in the bytes of a .eml file. Raises ReadError if it has none of the headers that every mail has."""
    from email import message_from_bytes

    from parley.index.readers.containers.mailbox import first_mail
    from parley.index.readers.mail.policy import BoundedPolicy

    try:
        message: EmailMessage = message_from_bytes(first_mail(data, name), policy=BoundedPolicy())
    except RecursionError as error:
        msg = f"{name} has parts within parts without end. Leave it out, or save the text of the mail as a file."
        raise ReadError(msg) from error
    if not any(_header(message, header) for header in ("From", "Date", "Subject", "Message-ID")):
        msg = f"{name} is not an e-mail: it has none of the headers From, Date and Subject. Give it the ending that fits it."
        raise ReadError(msg)
    return message


def _header(message: EmailMessage | MIMEPart, header: str) -> str:
    """A header's text; "" where it is missing or malformed beyond what the standard library can parse."""
    try:
        value = message[header]
    except Exception:  # noqa: BLE001  (what the standard library raises on headers that break its rules is of many kinds)
        return ""
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")


def _headers(message: EmailMessage) -> Metadata:
    from email.utils import getaddresses, parseaddr

    findings = Findings()
    findings.add("title", _header(message, "Subject"), "e-mail header Subject")
    findings.add("outlet", _header(message, "Organization"), "e-mail header Organization")
    display_name, address = parseaddr(_header(message, "From"))
    findings.add("outlet", display_name if _is_office(display_name) else "", "e-mail header From")
    findings.add("author", display_name or address, "e-mail header From")
    findings.add_date(parse_date(_header(message, "Date")), "e-mail header Date")
    recipients = [display or address for display, address in getaddresses([_header(message, "To")])]
    findings.add("addressees", ", ".join(filter(None, recipients)), "e-mail header To")
    language = _header(message, "Content-Language")
    if re.match(r"[A-Za-z]{2}(?:[-_,]|$)", language):
        findings.add("language", language[:2].lower(), "e-mail header Content-Language")
    return findings.metadata()


def _is_office(display_name: str) -> bool:
    """Whether a sender is no person: "Harbour Press Office"."""
    words = display_name.lower().split()
    return len(words) > 1 and (words[-1] in _OFFICES or is_outlet(display_name))


def _body_text(body: MIMEPart, name: str) -> tuple[str, tuple[Heading, ...]]:
    from parley.index.readers.web.reading import declared_charset

    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = body.get_param("charset")
    charset = declared if isinstance(declared, str) else None
    if body.get_content_subtype() != "html":
        text = unify_line_ends(decode_text(data, name=name, declared=charset)) if data else ""
        return (_unflow(text, body) if body.get_param("format") == "flowed" else text), ()
    return _html_text(decode_text(data, name=name, declared=charset or declared_charset(data)) if data else "", name)


def _html_text(source: str, name: str) -> tuple[str, tuple[Heading, ...]]:
    from parley.index.readers.web.blocks import parse_html, read_blocks
    from parley.index.readers.web.visibility import remove_unseen

    soup = parse_html(source, name)
    remove_unseen(soup)
    blocks = [_marked(block.block, _depth(block.element)) for block in read_blocks(soup)]
    return join_blocks(blocks)


def _depth(element: Tag) -> int:
    """How many quotations of earlier mails hold an element."""
    return len(element.find_parents("blockquote")) + (element.name == "blockquote")


def _marked(block: Block, depth: int) -> Block:
    """The block with the marks that a plain mail has before each quoted line."""
    lines = block.text.split("\n")
    return replace(block, text="\n".join(">" * depth + " " + line for line in lines)) if depth else block


def _unflow(text: str, body: MIMEPart) -> str:
    """Join the soft line ends of format=flowed (RFC 3676): lines that end in a space, at one depth of quotation."""
    deletes_space = str(body.get_param("delsp")).lower() == "yes"
    lines: list[str] = []
    previous_depth = -1
    for raw in text.split("\n"):
        quote = re.match(r">*", raw)
        depth = quote.end() if quote else 0
        line = raw[depth:].removeprefix(" ")
        flows = bool(lines) and lines[-1].endswith(" ") and depth == previous_depth and not lines[-1].endswith("-- ")
        if flows:
            lines[-1] = (lines[-1][:-1] if deletes_space else lines[-1]) + line
        else:
            lines.append((">" * depth + " " if depth else "") + line)
        previous_depth = depth
    return "\n".join(line.rstrip(" ") for line in lines)
