"""How mails are parsed: as the standard library does by default, but no header of any part costs more than a long one does."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Policy = EmailPolicy[EmailMessage]
else:
    _Policy = EmailPolicy

LONGEST_HEADER = 8_000
"""Characters: some 200 recipients. The standard library takes time by the square of a header's length, and much memory."""


class BoundedPolicy(_Policy):
    """The default policy for headers up to `LONGEST_HEADER`; what is beyond is left out."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= LONGEST_HEADER else value[:LONGEST_HEADER].rsplit(maxsplit=1)[0]
