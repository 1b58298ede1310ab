"""Where provisions begin: headings such as "Article 5" and the numbers in front of paragraphs, with their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.index.structure.provision_names import FORMS, kind_of
from parley.index.structure.provision_numbers import NUMBER, Address, address_of
from parley.index.types import Span

_NAMED = re.compile(
    rf"[ \t>]*(?:#{{1,6}}[ \t]*)?(?:\*\*|__|\[)?[ \t]*(?P<label>(?P<kind>(?i:{FORMS}))(?:[ \t]+|(?<=[.§¶])[ \t]*)(?:No\.?[ \t]*)?"
    rf"(?P<number>{NUMBER}))(?P<rest>[^\n]*)"
)
_NUMBERED = re.compile(
    r"[ \t>]*(?:#{1,6}[ \t]*)?(?:\*\*|__|\[)?[ \t]*(?P<label>"
    r"(?P<dotted>(?:\d{1,3}|[A-Z])(?:[.:]\d{1,3}|\.[A-Z](?![A-Za-z]))+[A-Za-z]?)(?P<dotclose>[.):]?)"
    r"|(?P<open>\(?)(?P<plain>\d{1,3}[A-Za-z]?|[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6})(?P<close>[.)]\)?)"
    r")(?:\*\*|__)?(?P<rest>(?:[ \t]+|(?=\[))[^\n]+|[ \t]*)(?=\n|$)"
)
_INLINE = re.compile(
    rf"(?:(?<=[.;:!?)”\"] )(?:\d{{1,3}} )?|(?<= )#{{1,6}} )(?P<label>(?P<kind>Article|ARTICLE|Section|SECTION|Clause|CLAUSE)\s+"
    rf"(?P<number>{NUMBER}))(?P<rest>\s*[.:–—-][.:–—\s-]*(?=[A-Z“\"(\[])[^\n]*)"
)
_INLINE_DOTTED = re.compile(
    r"(?<=[.;:!?)”\"\w] )(?P<label>(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.)(?P<rest> (?=[A-Z“\"(\[])[^\n]*)"
)
_INLINE_NUMBER = re.compile(r"(?<=[.;:] )(?P<label>(?P<number>\d{1,2}|[a-z])\.)(?P<rest> (?=[A-Z“\"(\[])[^\n]*)")
_LINE = re.compile(r"[^\n]+")
_SEPARATOR = re.compile(r"(?:\*\*|__)?[ \t]*(?:[.:][ \t]*)?(?:[–—-]+[ \t]*)?")
_DASHES = re.compile(r"[*_ \t–—-]*")
_HANGING = re.compile(
    r"(?:\b(?:of|under|with|in|to|and|or|by|see|from|per|this|that|the|for|article|articles|section|sections|paragraph|paragraphs"
    r"|annex|part|clause|through|is|are|than)|[,(–—-])$",
    re.IGNORECASE,
)
_BETWEEN_ITEMS = re.compile(r"(?:[;:,.)] ?(?:and|or|and/or)|,)$")
_ENDS = re.compile(r"[.;:!?…\])”\"’*_|]$|\b(?:and|or)$")
_FINITE = re.compile(
    r"\b(?:shall|is|are|may|will|must|be|has|have|was|were|can|agrees?|agreed|provides?|applies|does|do|decides?)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"(?P<title>[A-Z“\"][^\n]{2,90}?)(?:\.[ \t]*[–—-]+|[.:]|[ \t][–—-]+)[ \t]+(?=[A-Z“\"(\[\d]|[a-z]\.[ \t])")
_LONGEST_TITLE = 150
_MOST_TITLE_WORDS = 16
_MAY_BE_WRAPPED = 50
"""From this many characters on, a line with another right below it is taken for wrapped text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a provision.

    Attributes:
        start: where its line begins, without indentation.
        label: "Article 5", "7:02", "(a)".
        kind: by its word; "paragraph" where it has a number only.
        is_named: whether the word for its kind stands with it.
        number, address: as written, and taken apart.
        style: how it is written, so that lists within lists are told apart ("1.", "(a)"); "" for named ones.
        title: its heading, if it has one.
        body: where its text begins, behind label and heading.
        is_inline: whether it stands within a line, where only its place in a list shows that it is one.
    """

    start: int
    label: Span
    kind: str
    is_named: bool
    number: str
    address: Address
    style: str
    title: Span | None
    body: int
    is_inline: bool = False

    @property
    def is_dotted(self) -> bool:
        """Whether the number itself says what it lies within, as "15.5" does."""
        return not self.is_named and len(self.address) > 1


def marks_of(text: str, skipped: list[Span], headings: frozenset[int]) -> list[Mark]:
    """The marks of a text in order.

    Args:
        text: the document's.
        skipped: ranges that are not looked at (tables of contents).
        headings: where the headings begin that the document's own layout shows.
    """
    found: list[Mark] = []
    previous = ""
    last_end = 0
    for line in _LINE.finditer(text):
        skip = next((span for span in skipped if span.start <= line.start() < span.end), None)
        if not line.group().strip() or (skip and skip.end >= line.end()):
            continue
        if skip:
            rest = _LINE.match(text, skip.end, line.end())
            assert rest is not None
            found.extend(_of_line(text, rest, "", True, headings))
        else:
            apart = text[last_end : line.start()].count("\n") > 1 or not previous
            found.extend(_of_line(text, line, previous, apart, headings))
        previous, last_end = line.group().rstrip(), line.end()
    return sorted(found, key=lambda mark: mark.start)


def _of_line(text: str, line: re.Match[str], previous: str, apart: bool, headings: frozenset[int]) -> Iterator[Mark]:
    is_heading = line.start() in headings
    hangs = bool(previous) and not is_heading and bool(_HANGING.search(previous))
    if (apart or is_heading or _ends(previous)) and (not hangs or _BETWEEN_ITEMS.search(previous)):
        yield from _at_start(text, line, headings, apart=apart, hangs=hangs)
    for match in _each(_INLINE, text, line):
        if mark := _named(text, match, headings, apart=True, is_heading=False):
            yield mark
    for match in _each(_INLINE_NUMBER, text, line):
        style = "1." if match["number"].isdigit() else "a."
        yield replace(_mark(text, match, headings, match["number"], style), is_inline=True)
    for match in _each(_INLINE_DOTTED, text, line):
        yield _mark(text, match, headings, match["number"], "1.1")


def _at_start(text: str, line: re.Match[str], headings: frozenset[int], *, apart: bool, hangs: bool) -> Iterator[Mark]:
    """The mark at the beginning of a line, and the number that may follow it at once ("Section 1. a. The Employer …")."""
    named = _NAMED.match(text, line.start(), line.end())
    if named is None:
        numbered = _NUMBERED.match(text, line.start(), line.end())
        if numbered and (mark := _numbered(text, numbered, headings)):
            yield mark
    elif not hangs and (mark := _named(text, named, headings, apart=apart, is_heading=line.start() in headings)):
        yield mark
        within = _NUMBERED.match(text, mark.body, line.end()) if mark.title is None and mark.body < line.end() else None
        if within and (inner := _numbered(text, within, headings)):
            yield inner


def _each(pattern: re.Pattern[str], text: str, line: re.Match[str]) -> Iterator[re.Match[str]]:
    """The matches within a line; each one's rest reaches to the line's end, and holds the next."""
    match = pattern.search(text, line.start(), line.end())
    while match is not None:
        yield match
        match = pattern.search(text, match.end("label"), line.end())


def _ends(previous: str) -> bool:
    """Whether a line lets the next one begin something new: it ends a sentence or an item, or is short, as headings are."""
    return bool(_ENDS.search(previous)) or len(previous.strip()) < 60


def _named(text: str, match: re.Match[str], headings: frozenset[int], *, apart: bool, is_heading: bool) -> Mark | None:
    """A provision by the word for its kind, unless a sentence that speaks of one merely begins with it."""
    form = match["kind"]
    if not (form[:1].isupper() or form.startswith(("§", "¶"))):
        return None
    kind = kind_of(form)
    rest = match["rest"].strip(" \t*_#]")
    separator = _SEPARATOR.match(match["rest"])
    assert separator is not None
    separated = separator.group().strip(" \t*_")
    told = match["rest"][separator.end() :].strip(" \t*_#")
    if rest and not is_heading:
        opens_small = bool(re.match(r"[a-z,;)](?![.)])", told)) and not (":" in separated or re.search("[–—-]", separated))
        runs_on = not separated and told.rstrip().endswith((".", ";", ":", ",")) and not apart
        if opens_small or runs_on or (kind.is_list and not separated) or re.match(r"[,;)/&%]", told):
            return None
    return _mark(text, match, headings, match["number"], "", kind.name)


def _numbered(text: str, match: re.Match[str], headings: frozenset[int]) -> Mark | None:
    """A paragraph by the number in front of it, unless the number is a quantity, a time or an initial."""
    number, rest = match["dotted"] or match["plain"], match["rest"].strip()
    if not rest and not (match["close"] or "").strip("."):
        return None
    if match["dotted"]:
        if not match["dotclose"] and not re.match(r"[A-Z“\"(\[*_‘]", rest):
            return None
        return _mark(text, match, headings, number, "1.1")
    if not match["open"] and match["close"].startswith(".") and number.isalpha() and not re.match(r"[A-Z“\"(\[*_]\S", rest):
        return None
    body = "1" if number[0].isdigit() else "A" if number[0].isupper() else "a"
    return _mark(text, match, headings, number, f"{match['open']}{body}{match['close']}")


def _mark(text: str, match: re.Match[str], headings: frozenset[int], number: str, style: str, kind: str = "paragraph") -> Mark:
    label = Span(*match.span("label"))
    separator = (_DASHES if style else _SEPARATOR).match(text, label.end, match.end())
    assert separator is not None
    title, body = _title(text, Span(separator.end(), match.end()), headings, is_named=not style)
    return Mark(label.start, label, kind, not style, number, address_of(number), style, title, body)


def _title(text: str, rest: Span, headings: frozenset[int], *, is_named: bool) -> tuple[Span | None, int]:
    """The heading of a provision, and where its text begins."""
    words = text[rest.start : rest.end]
    if not words.strip(" \t*_#])"):
        return _title_below(text, rest.end, headings) if is_named else (None, _skip_space(text, rest.end))
    whole = _trimmed(text, rest)
    shown = text[whole.start : whole.end]
    runs_on = _runs_on(text, rest.end, len(shown), is_named=is_named)
    lead_in = _LEAD_IN.match(text, whole.start, whole.end)
    is_sentence = shown.endswith((".", "!", "?")) and lead_in is not None
    if _is_title(shown) and not runs_on and not is_sentence:
        end = _with_rest_below(text, whole.end) if is_named else whole.end
        return Span(whole.start, end), _skip_space(text, max(end, rest.end))
    if lead_in and _is_title(lead_in["title"]):
        start, end = lead_in.span("title")
        item = re.search(r" [a-z]$", lead_in["title"])  # "Leave. a. Every employee …": the list's first letter
        return _trimmed(text, Span(start, end - 2 if item else end)), end - 1 if item else lead_in.end()
    return None, _skip_space(text, rest.start)


def _runs_on(text: str, end: int, length: int, *, is_named: bool) -> bool:
    """Whether what looks like a heading is the first line of a text that goes on below, or of a list."""
    below = text[end : end + 40]
    if not is_named and re.match(r"\n[ \t]*[a-z]|\n[ \t]*\n[ \t]*\(?[a-z1]\)", below):
        return True
    return length > _MAY_BE_WRAPPED and bool(re.match(r"\n[ \t]*[^\W\d]", below))


def _title_below(text: str, position: int, headings: frozenset[int]) -> tuple[Span | None, int]:
    """The heading that stands on the line below a bare "Article 5"."""
    line = _LINE.search(text, position)
    if line is None or text.count("\n", position, line.start()) > 3:
        return None, _skip_space(text, position)
    whole = _trimmed(text, Span(line.start(), line.end()))
    shown = text[whole.start : whole.end]
    is_mark = _NUMBERED.match(text, line.start(), line.end()) or _NAMED.match(text, line.start(), line.end())
    if is_mark or not ((line.start() in headings and len(shown) < _LONGEST_TITLE) or _is_title(shown)):
        return None, _skip_space(text, position)
    end = _with_rest_below(text, whole.end)
    return Span(whole.start, end), _skip_space(text, max(end, line.end()))


def _with_rest_below(text: str, end: int) -> int:
    """The end of a heading that runs on to the next line, which then begins with a small letter and ends without a full stop."""
    line = _LINE.search(text, end)
    while line is not None and text.count("\n", end, line.start()) <= 2 and re.match(r"\s*[a-z]", line.group()):
        whole = _trimmed(text, Span(line.start(), line.end()))
        if not _is_title(text[whole.start : whole.end], goes_on=True) or _NUMBERED.match(text, line.start(), line.end()):
            break
        end = whole.end
        line = _LINE.search(text, line.end())
    return end


def _is_title(shown: str, *, goes_on: bool = False) -> bool:
    """Whether words can be a heading: few, not begun small unless it `goes_on`, no finite verb, not ended as sentences are."""
    if shown[:1].islower() and not goes_on:
        return False
    words = shown.split()
    if not 0 < len(words) <= _MOST_TITLE_WORDS or len(shown) > _LONGEST_TITLE or not re.search(r"[^\W\d_]", shown):
        return False
    if _FINITE.search(shown) or shown.startswith("[") or shown.endswith((";", ",")):
        return False
    capitals = all(word[:1].isupper() or len(word) < 4 for word in words)
    return not shown.endswith((".", "!", "?")) or (capitals and not re.search(r"[.!?] ", shown))


def _trimmed(text: str, span: Span) -> Span:
    """Without white space and marks of emphasis at the ends, and without brackets around the whole."""
    start, end = span
    while start < end and text[start] in " \t*_#":
        start += 1
    while end > start and text[end - 1] in " \t*_#:":
        end -= 1
    enclosed = end - start > 1 and text[start] == "(" and text[end - 1] == ")"
    return Span(start + enclosed, end - enclosed)


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\n*_":
        position += 1
    return position
