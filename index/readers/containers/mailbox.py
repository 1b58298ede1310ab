"""Mailboxes (.mbox): each mail as a file of its own."""

from __future__ import annotations

import mailbox
import re
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePath

from parley.index.errors import ReadError

BORDER = b"From "
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
"""How a line that begins like the border between two mails is kept from being one."""


def mails_of(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """A file name such as "talks-12.eml" and the bytes of each mail. Raises ReadError if the file is no mailbox."""
    if not data.startswith(BORDER):
        msg = f"{name} is no mailbox: it does not begin with “From ”. Give it the ending that fits it, or export it anew."
        raise ReadError(msg)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mailbox"
        path.write_bytes(data)
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.keys(), start=1):
                yield f"{PurePath(name).stem}-{number}.eml", _QUOTED_FROM.sub(rb"\1", box.get_bytes(key))
        finally:
            box.close()


def first_mail(data: bytes, name: str) -> bytes:
    """The bytes of a mail; where they are several after the manner of mailboxes, those of the first."""
    return next((content for _, content in mails_of(data, name)), data) if data.startswith(BORDER) else data


def further_mails(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The mails behind the first, where there are several."""
    if data.startswith(BORDER):
        yield from islice(mails_of(data, name), 1, None)
