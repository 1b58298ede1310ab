"""What a file says of itself in front matter, by whichever of the usual keys it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date as Date
from datetime import datetime
from functools import cache
from urllib.parse import urlparse

from parley.index.language.dates import parse_date
from parley.index.language.lexicon import read_rows
from parley.index.readers.content import Findings
from parley.index.types import Metadata

_PREFIXES = ("", "doc_", "document_", "post_", "article_", "page_", "dc_", "og_")
_KEYS = {
    "title": ("title", "headline", "name"),
    "outlet": (
        "outlet",
        "publisher",
        "publication",
        "site_name",
        "site",
        "newspaper",
        "source",
        "issuing_body",
        "issuer",
        "organization",
        "organisation",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "by", "from", "sender"),
    "language": ("language", "lang"),
    "place": ("place", "location", "city", "dateline", "venue"),
    "addressees": ("to", "addressee", "addressees", "recipient", "recipients"),
    "symbol": ("symbol", "document_symbol", "doc_symbol", "document_number", "doc_number", "reference", "ref", "signature"),
}
_DATES = (
    "date",
    "published",
    "published_at",
    "published_on",
    "published_time",
    "publication_date",
    "date_published",
    "datepublished",
    "pubdate",
    "issued",
    "issue_date",
    "date_issued",
    "sent",
    "date_sent",
    "released",
    "release_date",
    "effective_date",
    "created",
    "date_created",
    "updated",
    "last_updated",
)
_LINKS = ("source_url", "url", "canonical_url", "permalink", "link", "original_link", "source", "web")
_NO_AUTHOR = re.compile(
    r"(?:staff(?: writer| reporter)?s?|admin(?:istrator)?|editors?|unknown|none|n/a|web ?master|anonymous)\Z", re.IGNORECASE
)


def read_front_matter(fields: Mapping[str, object]) -> Metadata:
    """The fields of a document that front matter gives; keys are in small letters.

    A publisher is also told by the address of the source, so far as the publisher's own site is known.
    """
    findings = Findings()
    for field, names in _KEYS.items():
        for key, value in _values(fields, names):
            text = _as_text(value)
            if re.match(r"https?://", text) or (field == "author" and _NO_AUTHOR.match(text)):
                continue
            findings.add(field, text[:2].lower() if field == "language" else text, f"front matter: {key}")
    for key, value in _values(fields, _DATES):
        findings.add_date(_as_date(value), f"front matter: {key}")
    for key, value in sorted(_values(fields, _LINKS), key=lambda pair: "original" not in pair[0] and "canonical" not in pair[0]):
        findings.add("outlet", publisher_of(_as_text(value).strip()) or "", f"front matter: {key}")
    return findings.metadata()


def publisher_of(address: str) -> str | None:
    """The publisher whose site a web address is on, `None` where the address does not tell."""
    host = urlparse(address.split(maxsplit=1)[0]).hostname if address.startswith("http") else None
    if not host:
        return None
    words = host.lower().removeprefix("www.").split(".")
    known = _publishers()
    return known.get(".".join(words[-2:])) or next((known[word] for word in words[:-1] if word in known), None)


@cache
def _publishers() -> dict[str, str]:
    return dict(read_rows("hosts.tsv"))


def _values(fields: Mapping[str, object], names: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """The values of the keys, the plain key before the same one with a prefix."""
    flat = {key.replace("-", "_").replace(":", "_").replace(" ", "_"): (key, value) for key, value in fields.items()}
    for name in names:
        for prefix in _PREFIXES:
            if prefix + name in flat:
                yield flat[prefix + name]


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value[:20] if isinstance(item, str))
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _as_date(value: object) -> Date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    return parse_date(value) if isinstance(value, str) else None
