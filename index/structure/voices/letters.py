"""Letters, telegrams and written statements: where their own words begin and end, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import alternatives
from parley.index.language.paragraphs import trimmed
from parley.index.structure.voices.addressees import addressee_of
from parley.index.structure.voices.lines import is_aside, is_end, notes_start, text_lines
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.titles import FORMS, read_author
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span

_FORM_LINE = re.compile(rf"(?:[\w-]+\s+){{0,3}}(?:{FORMS})\b", re.IGNORECASE)
_FIELD = re.compile(rf"(?P<key>{alternatives(turn_words('letter_field'))})\s*[:.]\s*(?P<value>\S.*)?\Z", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:(?:my )?dear\b.{1,80}|(?:mr|madam|mrs|ms)\.? (?:president|chairman|speaker|secretary|prime minister)\b.{0,40}"
    r"|(?:your )?excellenc(?:y|ies)|sirs?|to whom it may concern|gentlemen|dear all|hello .{1,30}|hi .{1,30})[,:!]\s*\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:i (?:have the honou?r|am,? sir|remain,? sir).{0,80}|(?:i (?:am|remain).{0,80})?(?:yours|your obedient"
    r"|sincerely|respectfully|faithfully"
    r"|truly|cordially|kind regards|best regards|warm regards|best wishes|with (?:best|kind|warm|my) .{0,40}"
    r"|(?:ever |always )?your (?:\w+ ){0,3}(?:cousin|friend|brother|sister|servant|son|daughter|father|mother)(?=,?\s*\Z)"
    r"|regards|best|please accept.{0,200}|accept,? (?:sir|excellency).{0,160})\b.{0,60}?)[,.]?\s*\Z",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:\(?signed\)?:?|/s/|sgd\.?:?|s/)\s*(?P<who>.{2,80})\Z", re.IGNORECASE)
_DASHED = re.compile(r"[—–-]{1,2}\s?(?P<who>[A-Z][^.!?]{2,60})\Z")
_FROM_LINE = re.compile(
    r"(?:#+\s*)?(?:following\s+)?(?:for\s+(?P<whom>.{1,60}?)\s+)?\bfrom\s+(?P<who>[A-Z].{1,80}?)[.:]?\s*\Z", re.IGNORECASE
)
_COMPLIMENTS = re.compile(
    r"(?P<who>The\s+[^.;:]{3,120}?)\s+presents?\s+(?:its|his|her|their)\s+(?:\w+\s+)?compliments\s+to\s+(?P<whom>[^.;:]{3,160}?)"
    r"(?:,?\s+(?:and|with)\s|[.,;])"
)
"""How a note from one office to another opens."""
_NUMBER = re.compile(r"(?:no\.?\s*)?[\w.]{0,8}\d[\w./-]*\.?\Z", re.IGNORECASE)
_ENDED = re.compile(rf"\W*(?:(?:{alternatives(turn_words('quoted_piece'))}) )?ends\b\W*\Z", re.IGNORECASE)
_BEGINS = re.compile(r"begins[.:\s—–-]*\Z", re.IGNORECASE)
_TO_OR_FROM = re.compile(r"(?:#|for\b|from\b|following\b)", re.IGNORECASE)
_HANDLING = re.compile(r"(?:repeated|copied|copy|info|by hand|via|ref|reference|my|your)\b.{0,80}\Z", re.IGNORECASE)
_CLOCK = re.compile(r"\d\s*[ap]\.m\.\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\W\d_a-z]|\d{1,5}[a-z]?,?\s+[^\W\d_a-z]")
"""How a line of an address begins: a capital, or a house number before one."""
_COPIES = re.compile(rf"(?:{alternatives(turn_words('copied_to'))})\b\.?\s*(?:to|:|\d|\Z)", re.IGNORECASE)
"""What stands below a signature and belongs to nobody's words."""
_ADDRESSED = re.compile(rf"To (?:the|{alternatives(turn_words('polite'))})\b[^.]{{2,70}}\Z", re.IGNORECASE)
"""A line below the signature that says whom the letter is for: "To the Dowager Countess of Merrow"."""
_SENTENCE_END = (".", "?", "!")
_LONGEST_HEAD = 14
"""Lines that may stand over a letter's first sentence."""


@dataclass(frozen=True, slots=True)
class Body:
    """The letter's own lines, and what its head and foot tell.

    Attributes:
        said: one span a line, in order; head, signature, notes and remarks of an editor left out.
        signed: who signed it, `None` where nobody did or the name is not read.
        signature: the span of that name.
        sender, addressees: from lines such as "From: …" and "To: …" and the salutation.
        has_salutation, has_closing, has_form_line: what of a letter's form is there.
    """

    said: tuple[Span, ...]
    signed: Named | None = None
    signature: Span | None = None
    sender: Named | None = None
    addressees: str | None = None
    has_salutation: bool = False
    has_closing: bool = False
    has_form_line: str = ""


def read_body(document: Document) -> Body:
    """Head, body and foot of a text read as a letter."""
    text = document.text
    lines = text_lines(text)
    lines = lines[: notes_start(text, lines)]
    first, head = _head(document, lines)
    last, signed, signature, closing = _foot(text, lines, max(first, _behind_quoted(text, lines)))
    headings = {heading.start for heading in document.headings}
    said = tuple(
        trimmed(text, line)
        for line in lines[first:last]
        if line.start not in headings and not is_aside(text[line.start : line.end]) and not is_end(text[line.start : line.end])
    )
    if said:
        _read_compliments(" ".join(text[said[0].start : said[0].start + _LONGEST_OPENING].split()), head)
    return Body(said, signed, signature, head.sender, head.addressees, head.salutation, closing, head.form)


_LONGEST_OPENING = 500
"""Characters of a first sentence that are looked at."""


def _read_compliments(opening: str, head: _Head) -> None:
    """Who writes to whom, where a note opens so: "The Embassy of Norland presents its compliments to the Ministry …"."""
    match = _COMPLIMENTS.match(opening)
    who = read_author(match["who"]) if match is not None else None
    if match is not None and who is not None:
        head.sender = head.sender or who
        head.addressees = head.addressees or match["whom"]


@dataclass(slots=True)
class _Head:
    sender: Named | None = None
    addressees: str | None = None
    salutation: bool = False
    form: str = ""


def _head(document: Document, lines: Sequence[Span]) -> tuple[int, _Head]:
    """Index of the first line of the body, and what stands over it."""
    head = _Head()
    title = " ".join(document.title.split()).lower()
    for number, line in enumerate(lines[:_LONGEST_HEAD]):
        content = " ".join(document.text[line.start : line.end].split())
        if _SALUTATION.match(content):
            head.salutation = True
            above = [" ".join(document.text[slice(*above)].split()) for above in lines[:number]]
            head.addressees = head.addressees or addressee_of(content, above)
            return number + 1, head
        if not _is_head_line(content, title, number, head):
            return number, head
    return min(len(lines), _LONGEST_HEAD), head


def _is_head_line(content: str, title: str, number: int, head: _Head) -> bool:
    """Whether a line stands over the letter; what it tells is kept in `head`."""
    is_short = len(content) < 110
    if _is_field(content, head) or (is_short and (_is_form_line(content, number, head) or _names_sender(content, head))):
        return True
    if number == 0 or content.lower() == title or title.startswith(content.lower()) or is_aside(content):
        return number > 0 or (len(content) < 160 and not content.endswith(_SENTENCE_END))
    return is_short and _is_furniture(content)


def _is_field(content: str, head: _Head) -> bool:
    """A line such as "From: …", "To: …" or "Subject: …"."""
    field = _FIELD.match(content)
    if field is None:
        return False
    key, value = field["key"].lower(), (field["value"] or "").strip()
    if key == "from" and value:
        head.sender = head.sender or read_author(value)
    elif key in {"to", "memorandum for", "memorandum to", "for"} and value:
        head.addressees = head.addressees or value
    return True


def _is_form_line(content: str, number: int, head: _Head) -> bool:
    """A line such as "Letter dated 4 June 2031", or "Telegram"."""
    form = _FORM_LINE.match(content)
    if form is None or number >= 6:
        return False
    dated = bool(find_dates(content))
    if not (dated or (len(content.split()) <= 8 and not content.endswith(_SENTENCE_END))):
        return False
    head.form = head.form or form.group().split()[-1].lower()
    return True


def _names_sender(content: str, head: _Head) -> bool:
    """A line such as "For the Minister from Ana Ruiz"."""
    sender = _FROM_LINE.match(content) if _TO_OR_FROM.match(content) else None
    who = read_author(sender["who"]) if sender is not None else None
    if who is None:
        return False
    head.sender = head.sender or who
    head.addressees = head.addressees or (sender["whom"] if sender is not None else None)
    return True


def _is_furniture(content: str) -> bool:
    """A short line that is no sentence: a number, a day, capitals, "Repeated to …", or a few words."""
    return bool(
        content.isupper()
        or _NUMBER.match(content)
        or _BEGINS.match(content)
        or (find_dates(content) and len(content) < 80 and (_CLOCK.search(content) or not content.endswith(".")))
        or (_HANDLING.match(content) and len(content) < 60 and "." not in content[:-1])
        or (len(content.split()) <= 6 and not content.endswith((*_SENTENCE_END, ":")) and _ADDRESS.match(content))
    )


def _foot(text: str, lines: Sequence[Span], first: int) -> tuple[int, Named | None, Span | None, bool]:
    """Index behind the last line of the body, the signature and its span, and whether a closing formula stands there."""
    last = len(lines)
    while last > first and (_is_reference(line := text[slice(*lines[last - 1])]) or _is_day(line)):
        last -= 1
    for number in range(last - 1, max(first, last - 9), -1):
        if _CLOSING.match(text[slice(*lines[number])].strip()):
            for below in lines[number + 1 : last]:
                written = text[slice(*below)].strip(" \t(),_*")
                signed = _SIGNED.match(written)
                who = read_named(signed["who"] if signed else written)
                if who is not None and who.kind == "person":
                    role = next(
                        (
                            text[slice(*line)].strip()
                            for line in lines
                            if line.start > below.start and line.end <= lines[last - 1].end
                        ),
                        None,
                    )
                    return number, _with_role(who, role), trimmed(text, _behind_mark(below, signed)), True
            return number, *_signed_beside(text, lines[number]), True
    for number in range(last - 1, max(first, last - 5), -1):
        content = text[slice(*lines[number])].strip(" \t_*\\")
        signed = _SIGNED.match(content) or _DASHED.match(content)
        plain = re.sub(r"\[(\w+)\]", lambda match: match[1], content)
        who = read_named(signed["who"].split(",")[0] if signed else plain)
        if who is None or who.kind != "person" or (signed is None and not plain.isupper() and len(plain.split()) > 4):
            continue
        if (
            signed is None
            and not plain.isupper()
            and not (number == last - 1 or (number == last - 2 and len(text[slice(*lines[last - 1])]) < 80))
        ):
            continue
        office = text[slice(*lines[number + 1])].strip() if number + 1 < last else None
        return number, _with_role(who, office), trimmed(text, lines[number]), False
    return last, None, None, False


def _behind_quoted(text: str, lines: Sequence[Span]) -> int:
    """Index of the first line behind a letter that is quoted inside ("Text ends."), whose signature is not the writer's."""
    ended = [number for number, line in enumerate(lines) if _ENDED.match(text[slice(*line)])]
    rest = lines[ended[-1] + 1 :] if ended else []
    is_over = all(_is_reference(text[slice(*line)]) or _is_day(text[slice(*line)]) for line in rest)
    return 0 if is_over else ended[-1] + 1


def signed_foot(text: str) -> tuple[Named, Span, int] | None:
    """Who signed a letter that is quoted inside another text, where the name stands, and where the letter's body ends."""
    lines = text_lines(text)
    last, signed, signature, has_closing = _foot(text, lines, 0)
    if signed is not None and signature is not None and has_closing:
        return signed, signature, lines[last].start
    return _signed_in_line(text, lines[-1]) if lines else None


def _signed_in_line(text: str, line: Span) -> tuple[Named, Span, int] | None:
    """The foot of a letter whose lines were run together: "… at six miles. Yours sincerely, A. RUIZ"."""
    for end in re.finditer(r"[.!?]\s+", text[max(line.start, line.end - _LONGEST_FOOT) : line.end]):
        start = max(line.start, line.end - _LONGEST_FOOT) + end.end()
        if _CLOSING.match(text[start : line.end].rpartition(",")[0]):
            who, span = _signed_beside(text, Span(start, line.end))
            if who is not None and span is not None:
                return who, span, start
    return None


_LONGEST_FOOT = 160
"""Characters of a closing formula with its signature."""


def _behind_mark(line: Span, signed: re.Match[str] | None) -> Span:
    """The name alone of a line such as "/s/ Ana Ruiz"."""
    return Span(line.end - len(signed["who"]), line.end) if signed is not None else line


def _signed_beside(text: str, line: Span) -> tuple[Named | None, Span | None]:
    """The signature on the line of the closing formula: "Yours sincerely, A. B. RUIZ"."""
    before, comma, name = text[slice(*line)].rpartition(",")
    who = read_named(name.strip(" \t(),_*")) if comma else None
    if who is None or who.kind != "person":
        return None, None
    return who, trimmed(text, Span(line.start + len(before) + 1, line.end))


def _with_role(who: Named, below: str | None) -> Named:
    """The signer with the office that stands under the name."""
    office = read_named(below.replace(",", " of ", 1)) if below and len(below) < 80 and who.role is None else None
    if office is None or office.kind != "office":
        return who
    return Named(who.kind, who.surface, who.name, who.title, below, office.party)


def is_courtesy(line: str) -> bool:
    """Whether a line is a salutation ("Dear Ms Lund,") or a closing formula ("Yours sincerely,") and nothing else."""
    content = " ".join(line.split())
    return len(content) < 80 and (bool(_SALUTATION.match(content)) or (content.endswith(",") and bool(_CLOSING.match(content))))


def _is_reference(line: str) -> bool:
    content = line.strip(" _*\\")
    if _COPIES.match(content) or _ADDRESSED.match(content):
        return True
    return not content or (content.startswith("[") and content.endswith("]")) or is_end(line)


def _is_day(line: str) -> bool:
    """Whether a line holds a day, perhaps with a place, and is no sentence: "Essen, 4 November 1926"."""
    content = line.strip()
    return len(content) < 50 and not content.endswith(_SENTENCE_END) and bool(find_dates(content))
