"""What the first lines of a text say about it: header lines ("Date: …"), a date line, a byline, a dateline, a title."""

from __future__ import annotations

import re
from datetime import date as Date

from parley.index.language.dates import find_dates, parse_date
from parley.index.readers.content import Findings
from parley.index.readers.titles import is_furniture, is_outlet, issuing_body
from parley.index.types import Metadata

_OPENING_LINES = 12
"""How many lines that are not blank count as the opening."""

_HEADER_LINE = re.compile(r"([^\W\d_][\w -]{1,24}?)\s*:\s+(\S.{0,199})")
_LABELS = {
    "title": "title headline subject заголовок тема başlık betreff titel titre",
    "outlet": "source outlet publisher publication newspaper источник издание джерело видання kaynak quelle",
    "author": "author byline by writer автор yazar autor auteur",
    "date": "date published posted issued дата tarih datum fecha",
    "language": "language lang язык мова dil sprache langue",
}
_FIELD_OF_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_FIELD_OF_LABEL |= {"publication date": "date", "date published": "date", "date of issue": "date", "published on": "date"}
_PUBLISHED = re.compile(
    r"(?:date(?: published| of issue)?|published(?: on| at)?|publication date|posted(?: on)?|issued(?: on)?|release date|дата"
    r"|опубликовано|опубліковано|tarih|yayın tarihi|datum|veröffentlicht(?: am)?|fecha|publié le|publicado(?: el)?)\s*:?",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|понедельник|вторник|среда|четверг"
    r"|пятница|суббота|воскресенье"
    r"|понеділок|вівторок|середа|четвер|п['’]ятниця|субота|неділя|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    r"(?:[\s,.;|()–—-]|г(?:ода)?\.?|року|р\.|at\b|um\b|saat|à\b|uhr|\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{1,2}(?=\s*[ap]\.?m)|[ap]\.?m\.?"
    r"|(?-i:[A-Z]{2,5})\b|[+−-]\d{1,2}(?::?\d{2})?)*+",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"By ([A-Z][\w.'’-]+(?: (?:and |de |van |von |al-|bin |, )?[A-Z][\w.'’-]*){1,7})(?:,? [A-Z][\w ]{2,30})?")
_DASH = re.compile(r"\s+(?:—|–|-|--)\s+|(?<=\))\s*(?:—|–|--?)\s*|\s*—\s*")
_AGENCY = re.compile(r"\(([^()\d]{2,40})\)|/([^/\d]{2,20})/")
_CAPITALISED = re.compile(r"(?:[A-Z][\w.’'-]*\s?){1,5}")
_SYMBOL = re.compile(r"\b[A-Z]{1,5}(?:/[A-Z0-9.]+)+(?:/\d+)?\b|(?<=[Dd]ocument #)\S+|(?<=Contract No\. )\S+(?: \d\S*)?")
_PARTIAL_DATE = re.compile(r"\d{1,2}\.?\s+[^\W\d_]{3,}\.?|[^\W\d_]{3,}\.?\s+\d{1,2}", re.IGNORECASE)


def read_opening(text: str, *, language: str | None = None) -> Metadata:
    """Outlet, author, date, title and language as far as the first lines state them in one of the usual forms.

    A weekday alone, a day without its year and a date inside a sentence are not taken.
    """
    findings = Findings()
    lines = _opening_lines(text)
    _read_header_lines(lines, findings, language)
    for line in lines:
        _read_byline(line, findings)
        _read_outlet_line(line, findings, language)
        findings.add_date(_date_line(line, language), "date line")
        _read_sent_line(line, findings, language)
    for line in lines[:3]:
        findings.add("outlet", issuing_body(line), "first lines")
    symbol = _SYMBOL.search("\n".join(lines[:8]))
    findings.add("symbol", symbol.group() if symbol else "", "first lines")
    for line in lines[:6]:
        _read_dateline(line, findings, language)
    for line in lines[:_HEAD_LINES]:
        findings.add_date(_date_apart(line, language), "date in the head")
    return findings.metadata()


_HEAD_LINES = 6
_FEW_WORDS = 3
"""Words before a date that stands apart ("Second draft, 8 March 2024."), and the fewest of a title beside a stamp."""


def _date_apart(line: str, language: str | None) -> Date | None:
    """A date that is a phrase of its own, at the end of a title line or between full stops: "…, Brenn, 12 March 2024"."""
    for found in find_dates(line, language=language):
        before, after = line[: found.start], line[found.end :]
        if re.search(r",\s*$", before) and not after.strip():
            return found.date
        lead = re.split(r"[.;]\s+", before)[-1]
        if len(lead.split()) <= _FEW_WORDS and re.match(r"[.,;]|$", after) and re.search(r"(?:^|[.;,]\s*)$", before):
            return found.date
    return None


def _read_outlet_line(line: str, findings: Findings, language: str | None) -> None:
    """A line of a medium and a day: "Harbour Post | Wednesday, June 4, 2031 | 21:04 GMT", "Harbour Post, 4 June 2031"."""
    dates = find_dates(line, language=language)
    if len(line) > 100 or not dates:
        return
    parts = [part.strip(" ,") for part in re.split(r"\s*[|·•]\s*", line)]
    named = [part for part in parts if _CAPITALISED.fullmatch(part) and not part.startswith("By ")]
    named = [part for part in named if not find_dates(part, language=language)]
    before = line[: dates[0].start].strip(" ,")
    if len(parts) > 1 and named:
        findings.add("outlet", named[0], "line with the day")
        findings.add_date(dates[0].date, "line with the day")
    elif is_outlet(before):
        findings.add("outlet", before, "line with the day")
        findings.add_date(dates[0].date, "line with the day")


_SENT_LINE = re.compile(
    r"(?:(?:\w+\s+){0,3}(?:cablegram|telegram|letter|message|cable|telex|dispatch|despatch|savingram|memorandum"
    r"|minute|note|airgram)\b[^,\n]{0,40}?\s*,?\s*)?"
    r"(?:\(extract\)\s*)?(?P<place>[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,3})?,?\s*\Z",
    re.IGNORECASE,
)


def _read_sent_line(line: str, findings: Findings, language: str | None) -> None:
    """The first line of a telegram or letter: "Cablegram 188 BATAVIA, 23 June 1947, 12.30 p.m."."""
    dates = find_dates(line, language=language)
    if len(line) > 110 or not dates:
        return
    match = _SENT_LINE.match(line[: dates[0].start])
    if match is None or not re.fullmatch(r"[\s,.;\d:apmhrs()]*(?:midnight|noon)?[\s,.\[\]\d]*", line[dates[0].end :]):
        return
    words = (match["place"] or "").split()
    is_told = bool(re.search(r"[a-z]", line[: match.start("place")] if words else line[: dates[0].start]))
    if not is_told and not (words and (match["place"].isupper() or line[match.end("place") :].lstrip().startswith(","))):
        return
    findings.add_date(dates[0].date, "line with the day")
    place = " ".join(word for word in words if word.isupper()) or " ".join(words)
    if place and place[:1].isupper() and not any(character.isdigit() for character in place):
        findings.add("place", place, "line with the day")


def first_line_title(text: str) -> str | None:
    """The first line that could be a title: short, not a date, byline or header line, not a sentence.

    A title that goes on ("Agreement", "between", "the Port of Arle") is taken whole; a memorandum is called by its subject.
    """
    lines = _opening_lines(text)
    formal = next((number for number, line in enumerate(lines[:8]) if re.match(r"distr\.?\s*:", line, re.IGNORECASE)), -1)
    for number, line in enumerate(lines[formal + 1 :][:6], start=formal + 1):
        is_label = _date_line(line, None) is not None or _BYLINE.fullmatch(line) or _HEADER_LINE.fullmatch(line)
        title = max(_GAP.split(line), key=len)
        is_stamped = title != line and len(title.split()) >= _FEW_WORDS
        if is_label or is_furniture(title if is_stamped else line) or not (title[0].isalnum() or title[0] in _OPENING_MARKS):
            continue
        if _MEMO.fullmatch(title) and (subject := _subject(lines[number + 1 :])) is not None:
            return f"{title}: {subject}"
        title = _gone_on(title, lines[number + 1 :])
        is_short = len(title) <= (_LONGEST_TITLE if title.isupper() or title != line else 120)
        return title if is_short and not re.search(r"[.,;:…\"”»]$", title) and not _CLOSED.search(line) else None
    return None


_GAP = re.compile(r"(?<=\S)[^\S\n]{6,}(?=\S)")
"""What parts a title from a stamp at the margin of its line."""
_OPENING_MARKS = "\"'“‘«[#"
_MEMO = re.compile(r"(?:memorandum|memo|letter|note|minute)", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:between|and|of|for|by|with|on|the|regarding|concerning|to)", re.IGNORECASE)
_CLOSED = re.compile(r"[\])]$")
_LONGEST_TITLE = 300
_MOST_LINES = 6
"""Lines over which a title may go on."""


def _gone_on(title: str, lines: list[str]) -> str:
    """The title with the lines below it, as long as one ends or the next begins with a word that joins."""
    for line in lines[:_MOST_LINES]:
        ends, begins = title.rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0]
        joins = _GOES_ON.fullmatch(ends) or (_GOES_ON.fullmatch(begins) and len(line.split()) <= 8)
        if not joins or len(title) + len(line) > _LONGEST_TITLE or line.endswith((".", ";", ":")) or _BYLINE.fullmatch(line):
            break
        title = f"{title} {' '.join(line.split())}"
    return title


def _subject(lines: list[str]) -> str | None:
    """What the line "Re: …" or "Subject: …" of a memorandum's head says."""
    for line in lines:
        match = re.fullmatch(r"(?:re|subject)\s*:\s*(.{3,160})", line, re.IGNORECASE)
        if match is not None:
            return " ".join(match[1].split())
    return None


def _opening_lines(text: str) -> list[str]:
    lines: list[str] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[:6000]):
        lines.append(match.group().strip().removeprefix("\ufeff"))
        if len(lines) == _OPENING_LINES:
            break
    return lines


def _read_header_lines(lines: list[str], findings: Findings, language: str | None) -> None:
    """Lines such as "Source: …" in one run near the top; a single one counts only if it gives the date."""
    run: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines):
        match = _HEADER_LINE.fullmatch(line)
        name = _FIELD_OF_LABEL.get(match[1].lower()) if match else None
        if match and name:
            run.append((name, match[1], match[2]))
        elif run or number >= 3:
            break
    if len(run) == 1 and run[0][0] != "date":
        return
    for name, label, value in run:
        if name == "date":
            findings.add_date(parse_date(value, language=language), f'line "{label}:"')
        elif name != "language" or re.fullmatch(r"[A-Za-z]{2}(?:-\w+)?", value):
            findings.add(name, value[:2].lower() if name == "language" else value, f'line "{label}:"')


def _read_byline(line: str, findings: Findings) -> None:
    match = _BYLINE.fullmatch(re.split(r"\s*[|·•]\s*|,\s+(?=\d)", line, maxsplit=1)[0])
    if match and len(line) <= 100:
        findings.add("author", match[1], "byline")


def _date_line(line: str, language: str | None) -> Date | None:
    """The date of a line that holds little else: weekday, place, time or a word such as "Published"."""
    if len(line) > 100:
        return None
    for part in re.split(r"\s*[|·•]\s*", line):
        dates = find_dates(part, language=language)
        if dates and _may_precede_date(part[: dates[0].start]) and _AFTER_DATE.fullmatch(part[dates[0].end :]):
            return dates[0].date
    return None


def _may_precede_date(before: str) -> bool:
    words = _WEEKDAYS.sub("", _PUBLISHED.sub("", _SYMBOL.sub("", before, count=1), count=1)).strip(" \t,.:–—-()")
    if not words:
        return True
    return before.rstrip().endswith(",") and _is_place(words)


def _is_place(words: str) -> bool:
    names = re.findall(r"[^\s,/]+", words)
    return 1 <= len(names) <= 5 and all(name[0].isupper() or name in ("de", "am", "of", "la") for name in names)


def _read_dateline(line: str, findings: Findings, language: str | None) -> None:
    """A line that begins like "GENEVA, 3 March 2025 (Agency) — "; the outlet counts also where the date has no year."""
    dash = _DASH.search(line, 0, 110)
    head = line[: dash.start()] if dash else ""
    if not head:
        return
    agency = _AGENCY.search(head)
    rest = _AGENCY.sub(" ", head)
    dates = find_dates(rest, language=language)
    if dates:
        rest = rest[: dates[0].start] + rest[dates[0].end :]
    partial = _PARTIAL_DATE.search(rest)
    place = (rest[: partial.start()] + rest[partial.end() :] if partial else rest).strip(" ,.г")
    has_date = bool(dates or partial)
    if not place or not _is_place(place) or not (place.isupper() or ("," in head and has_date)):
        return
    if dates:
        findings.add_date(dates[0].date, "dateline")
    if agency:
        findings.add("outlet", agency[1] or agency[2], "dateline")
