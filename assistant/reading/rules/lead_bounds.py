"""What belongs to a lead: the words beside it without which it would say more, or something else, than its sentence does.

A number keeps its "about", "at least" and unit, a date its "before", a guess its "possibly", a name all its parts, a quotation
both its marks.
"""

from __future__ import annotations

import re

from parley.index.types import Span

_BESIDE = 60
"""Characters before and behind a lead in which such words are looked for."""

HEDGES = "possibly|perhaps|maybe|probably|likely|presumably|apparently|allegedly|reportedly|supposedly|purportedly|so-called"
"""Adverbs by which a text does not vouch for what it says, as alternatives of a pattern."""

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b)"
)
_NUMBER = re.compile(
    r"[$€£¥]?\s?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|"
    r"nine)ty|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|a (?:third|quarter|dozen|hundred))\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:1\d|20)\d\d(?:s\b|\b(?![,.]\d))|"
    r"\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\d{1,2}:\d\d"
)
_AMOUNT_BEFORE = re.compile(
    r"(?<![\w-])(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca?\.|some|just|only|under|above|below|up to|"
    r"(?<!hand )(?<!hands )(?<!handed )(?<!turn )(?<!turned )(?<!take )(?<!took )(?<!taken )over|well over|between|within|every|"
    r"(?:no |not |any )?(?:more|fewer|less|greater|larger|lower|higher|longer|earlier|later) than|at (?:the )?(?:least|most)|"
    r"as (?:many|few|much|little|early|late) as|an? (?:average|minimum|maximum|total|estimate) of|(?:an )?estimated|another|"
    rf"minus|(?:an? )?(?:further|additional)|{HEDGES})\s+$|[~≈<>≤≥±+−]\s?$|(?<=\s)-$",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?<![\w-])(?:(?:not |shortly |just |long |soon )?(?:before|after)|by|until|till|since|early|mid|late|normally|usually|"
    r"generally|often|sometimes|no (?:later|earlier) than|(?:the )?(?:end|beginning|start|middle|first half|second half) of|"
    r"around|about|circa|ca?\.|between|"
    rf"{HEDGES})[ -](?:(?:at|in|on|the|about|around) )?(?:the )?$",
    re.IGNORECASE,
)
_HEDGE_BEFORE = re.compile(rf"(?<![\w-])(?:{HEDGES})\s+(?:(?:at|in|on|by|to|from|the|an?) )*$|\b[A-Z]\w+[–-](?:[A-Z]\w+ )*$")
_RANGE_BEFORE = re.compile(
    r"\bbetween\s+(?:\S+\s+){1,3}and\s+$|(?:\b(?:between|from)\s+)?[$€£]?\d[\d.,]*(?:\s?[–—]\s?|\s+to\s+)$", re.IGNORECASE
)
_RANGE_BEHIND = re.compile(rf"(?:\s?[–—-]\s?|\s(?:to|or)\s)(?:[$€£]?\d(?:[\d.,]*\d)?(?:st|nd|rd|th)?(?![\w’'])|{_MONTHS})")
_RANGE_END = re.compile(
    rf"\s(?:and|to)\s(?:(?:in |the )?(?:early |mid-?|late )?(?:[$€£]?\d(?:[\d.,]*\d)?(?:st|nd|rd|th)?s?|{_MONTHS}|\w+\b))"
)
_UNIT_BEHIND = re.compile(
    r"\s?(?:[kcm]?m|k?g|[kMG]?W|[Mm]?[Ll]|ha|Hz|t|[kMGT]B|Da)(?:[²³]|[23])?(?:/[a-z]+[²³]?)?(?![\w’'])|\s?(?:%|°\s?[CF]?)|"
    r"\s(?:per ?cent|hundred|thousand|million|billion|trillion|bn)\b"
)
_LIMIT_BEHIND = re.compile(
    r",?\s(?:or (?:so|more|less|fewer|later|earlier)|and over|at (?:the )?(?:most|least|latest|earliest)|on average|"
    r"(?:(?:years?|months?|weeks?|days?|hours?) )?(?:ago|later|earlier)|BCE?|B\.C\.(?:E\.)?|[ap]\.m\.|[ap]m|"
    rf"{HEDGES})(?!\w)|\+(?=\s)"
)
_HEDGE_BEHIND = re.compile(rf",?\s(?:{HEDGES})(?=[.,;:)]|$)")
_NAME_BEHIND = re.compile(rf"(?:(?<=[a-z]) (?:& )?|[–-])(?!{_MONTHS}|\w+day\b)[A-Z][\w’'-]*\w")
_EDGES = " \t\r\n–—•*|:,;"
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


def bounded(text: str, sentence: Span, lead: Span) -> Span | None:
    """The lead without marks at its edges and with what belongs to it; `None` where nothing is left, or the sentence's all.

    Args:
        text: the document's.
        sentence: where the lead stands; the result lies inside it.
        lead: words that a rule or a reader has found.
    """
    found, before = _trimmed(text, lead), None
    core = text[found.start : found.end]
    while found != before and found.end > found.start:
        before = found
        found = Span(found.start - _before(text, sentence, found, core), found.end + _behind(text, sentence, found))
    found = _trimmed(text, _balanced(text, sentence, found))
    own, whole = (sum(map(str.isalnum, text[span.start : span.end])) for span in (found, sentence))
    return found if 0 < own < whole else None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (text[start] in _EDGES or (text[start] in "-." and not text[start + 1 : start + 2].isdigit())):
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _before(text: str, sentence: Span, lead: Span, core: str) -> int:
    """Characters before the lead that belong to it; `core` is what it was at first."""
    near = text[max(sentence.start, lead.start - _BESIDE) : lead.start]
    patterns = [_HEDGE_BEFORE]
    if _DATE.match(core):
        patterns = [_RANGE_BEFORE, _TIME_BEFORE]
    elif _NUMBER.match(core):
        patterns = [_RANGE_BEFORE, _AMOUNT_BEFORE]
    found = next((match for pattern in patterns if (match := pattern.search(near))), None)
    return len(near) - found.start() if found else 0


def _behind(text: str, sentence: Span, lead: Span) -> int:
    """Characters behind the lead that belong to it."""
    shown, near = text[lead.start : lead.end], text[lead.end : min(sentence.end, lead.end + _BESIDE)]
    last = shown.rsplit(maxsplit=1)[-1]
    patterns = [_LIMIT_BEHIND] if _NUMBER.match(shown) else [_HEDGE_BEHIND]
    if re.match(r"between\s+\S+$", shown, re.IGNORECASE):
        patterns = [_RANGE_END]
    elif _DATE.match(last):
        patterns = [_RANGE_BEHIND, _LIMIT_BEHIND]
    elif _NUMBER.match(last):
        patterns = [_RANGE_BEHIND, _UNIT_BEHIND, _LIMIT_BEHIND]
    elif last[:1].isupper():
        patterns = [_NAME_BEHIND, _HEDGE_BEHIND]
    # The pattern looks back at the lead's last letter, so it is matched on both together.
    together = shown[-1:] + near
    found = next((match for pattern in patterns if (match := pattern.match(together, 1))), None)
    return found.end() - 1 if found else 0


def _balanced(text: str, sentence: Span, span: Span) -> Span:
    """The span with the partner of each mark in it; without that part where the partner is far."""
    start, end = span.start, span.end
    for opening, closing in _PAIRS:
        surplus = text.count(opening, start, end) - text.count(closing, start, end)
        if surplus > 0:
            partner = text.find(closing, end, min(sentence.end, end + _BESIDE))
            end = partner + 1 if partner >= 0 else text.rfind(opening, start, end)
        elif surplus < 0:
            partner = text.rfind(opening, max(sentence.start, start - _BESIDE), start)
            start, end = (partner, end) if partner >= 0 else (start, text.find(closing, start, end))
    if text.count('"', start, end) % 2:
        end = _closed(text, sentence, Span(start, end))
    return Span(start, end)


def _closed(text: str, sentence: Span, span: Span) -> int:
    """Where a span with an odd number of straight quotation marks ends: behind the next one if near, else before its last."""
    last = text.rfind('"', span.start, span.end)
    opens = text.count('"', sentence.start, last) % 2 == 0
    partner = text.find('"', span.end, min(sentence.end, span.end + _BESIDE)) if opens else -1
    return partner + 1 if partner >= 0 else last
