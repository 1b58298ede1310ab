"""Titles: which lines are a form's furniture and no title, and the publisher that a page's title ends with."""

from __future__ import annotations

import html
import re
from functools import cache

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import outlets, read_rows, word_set

_BODIES = (
    r"(?:the )?(?:united nations|general assembly|security council|economic and social council|human rights"
    r" council|european union|european commission"
    r"|council of the european union|world trade organization|international court of justice|parliament"
    r"|house of (?:commons|lords|representatives)|senate)"
)
_FURNITURE = re.compile(
    rf"(?:{_BODIES}\s*)*(?:distr\.?\s*:.*|original\s*:.*|agenda item.*|(?:advance|unedited|provisional|draft"
    rf"|final|certified)[\w, ]*(?:version|copy|text)"
    r"|(?:un)?classified|(?:top |most )?secret.*|confidential.*|restricted.*|limited|page \d.*|\d+|[A-Z]{1,5}"
    r"(?:/[\w.-]+)+|[IVXL]+-\d+ ?[A-Z]{0,4}|[A-Z.]+(?:\+[A-Z.]+)+"
    r"|agreement between|between|and|preamble|pre[áa]mbulo|pr[ée]ambule|english|french|spanish|contents|table of contents"
    r"|(?:[\w-]+ ){1,3}session|.*[|_—]|[—_|].*|print|home|menu"
    r"|skip to .*|share.*|advertisement)?\s*",
    re.IGNORECASE,
)
_BODY_AND_NUMBER = re.compile(rf"(?P<body>{_BODIES})\s+[A-Z]{{1,5}}(?:/[\w.]+)+\Z", re.IGNORECASE)
_PART = re.compile(
    r"(?:part|parte|partie|chapter|cap[íi]tulo|chapitre|section|article|art[íi]culo|annex)\s+[\dIVXLC]+\b", re.IGNORECASE
)
_ENDS_WITH = re.compile(r"(?P<title>.{8,}?)\s+(?:[-–—|•·]|::)\s+(?P<outlet>[^-–—|•·]{2,40})\Z", re.DOTALL)
_DAY_BEHIND = re.compile(r"[\s,]+\(?\d{4}-\d{2}-\d{2}\)?\Z")
_OUTLET_WORDS = word_set(
    "post times news courier gazette journal herald tribune press agency daily observer telegraph guardian"
    " review bulletin chronicle standard star radio tv"
    " television broadcasting wire today monitor independent globe mirror examiner reporter newspaper magazine weekly hansard"
)


def is_furniture(line: str, *, as_heading: bool = False) -> bool:
    """Whether a line belongs to a form ("Distr.: General"), names only the body that issues it, or is no words at all.

    With `as_heading`, also the heading of a part ("Part I General provisions") or the end of a longer one, which is not the
    whole's title.
    """
    flat = " ".join(line.split())
    if as_heading and (flat[:1].islower() or _PART.match(flat)):
        return True
    is_body = re.fullmatch(_BODIES, flat, re.IGNORECASE) is not None
    return is_body or _FURNITURE.fullmatch(flat) is not None or 2 * sum(one.isalpha() for one in flat) < len(flat)


def issuing_body(line: str) -> str | None:
    """The body that a first line names beside its document's number: "United Nations A/RES/78/272"."""
    match = _BODY_AND_NUMBER.match(" ".join(line.split()))
    return match["body"] if match is not None else None


def is_outlet(name: str) -> bool:
    """Whether a name is a known medium's, or has the word of one ("Harbour Post")."""
    words = name.lower().split()
    folded = " ".join(words)
    if not words or folded in outlets() or folded in _publishers():
        return bool(words)
    return words[-1] in _OUTLET_WORDS and len(words) <= 5 and name[:1].isupper()


@cache
def _publishers() -> frozenset[str]:
    return frozenset(publisher.lower() for _, publisher in read_rows("hosts.tsv"))


def split_title(title: str, *, heading: str | None = None) -> tuple[str, str | None]:
    """The title without the publisher behind a dash or bar, and that publisher, where it is one or the page's heading says so."""
    flat = " ".join(html.unescape(title).split())
    match = _ENDS_WITH.match(_DAY_BEHIND.sub("", flat))
    if match is None:
        return flat, None
    alone = heading is not None and " ".join(heading.split()).lower() == match["title"].strip().lower()
    if is_outlet(match["outlet"]) or (alone and match["outlet"][:1].isupper() and not find_dates(match["outlet"])):
        return match["title"].strip(), match["outlet"].strip()
    return flat, None
