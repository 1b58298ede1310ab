"""E-mails (.eml): subject, sender and date from the headers; the plain text part, or else the HTML part."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.language.dates import parse_date
from parley.index.readers.content import Content, Findings, join_blocks
from parley.index.readers.encoding import decode_text
from parley.index.readers.text import unify_line_ends
from parley.index.types import Heading, Metadata

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

_log = logging.getLogger(__name__)


def read_email(data: bytes, name: str) -> Content:
    """Read a .eml file. Raises ReadError if it is no e-mail or has no text. Attachments are named in the log, not read."""
    message = _parse(data, name)
    parts = message.iter_attachments() if message.is_multipart() else ()
    attachments = [part.get_filename() or part.get_content_type() for part in parts]
    if attachments:
        _log.warning("%s: attachments not read: %s. Save them as files and add those.", name, ", ".join(attachments))
    body = message.get_body(("plain", "html"))
    text, headings = _body_text(body, name) if body is not None else ("", ())
    if not text.strip():
        advice = (
            f" but attachments ({', '.join(attachments)}). Save these as files and add them."
            if attachments
            else ". Leave it out."
        )
        msg = f"{name} is an e-mail without text{advice}"
        raise ReadError(msg)
    return Content(text, _headers(message), headings)


def _parse(data: bytes, name: str) -> EmailMessage:
    from email import message_from_bytes, policy

    message: EmailMessage = message_from_bytes(data, policy=policy.default)
    if not any(_header(message, header) for header in ("From", "Date", "Subject", "Message-ID")):
        msg = f"{name} is not an e-mail: it has none of the headers From, Date and Subject. Give it the ending that fits it."
        raise ReadError(msg)
    return message


def _header(message: EmailMessage, header: str) -> str:
    """A header's text; "" where it is missing or malformed beyond what the standard library can parse."""
    try:
        value = message[header]
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")


def _headers(message: EmailMessage) -> Metadata:
    from email.utils import parseaddr

    findings = Findings()
    findings.add("title", _header(message, "Subject"), "e-mail header Subject")
    findings.add("outlet", _header(message, "Organization"), "e-mail header Organization")
    display_name, address = parseaddr(_header(message, "From"))
    findings.add("author", display_name or address, "e-mail header From")
    findings.add_date(parse_date(_header(message, "Date")), "e-mail header Date")
    language = _header(message, "Content-Language")
    if re.match(r"[A-Za-z]{2}(?:[-_,]|$)", language):
        findings.add("language", language[:2].lower(), "e-mail header Content-Language")
    return findings.metadata()


def _body_text(body: MIMEPart, name: str) -> tuple[str, tuple[Heading, ...]]:
    from parley.index.readers.html import declared_charset

    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = body.get_param("charset")
    charset = declared if isinstance(declared, str) else None
    if body.get_content_subtype() != "html":
        text = unify_line_ends(decode_text(data, name=name, declared=charset)) if data else ""
        return (_unflow(text, body) if body.get_param("format") == "flowed" else text), ()
    return _html_text(decode_text(data, name=name, declared=charset or declared_charset(data)) if data else "")


def _html_text(source: str) -> tuple[str, tuple[Heading, ...]]:
    from parley.index.readers.html_blocks import parse_html, read_blocks
    from parley.index.readers.visibility import remove_unseen

    soup = parse_html(source)
    remove_unseen(soup)
    return join_blocks(block.block for block in read_blocks(soup))


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
