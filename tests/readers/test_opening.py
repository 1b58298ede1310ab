"""What a text's first lines say about it, and what they do not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.readers.conftest import Read

BODY = "\n\nThe delegations met for three hours and agreed to meet again. They did not say when.\n"
MAY_16 = date(2025, 5, 16)


@pytest.mark.parametrize(
    ("opening", "when", "outlet", "basis"),
    [
        ("ISTANBUL, 16 May 2025 (Newsline) — The talks went on.", MAY_16, "Newsline", "dateline"),
        ("ISTANBUL, May 16, 2025 (Newsline) - The talks went on.", MAY_16, "Newsline", "dateline"),
        ("Istanbul, 16 May 2025 – The talks went on.", MAY_16, None, "dateline"),
        ("ANKARA/ISTANBUL, 16 May 2025 -- The talks went on.", MAY_16, None, "dateline"),
        ("GENEVA, May 16 (Newsline) — The talks went on.", None, "Newsline", None),
        ("GENEVA (Newsline) — The talks went on.", None, "Newsline", None),
        ("СТАМБУЛ, 16 мая 2025 г. (Вестник) — Переговоры продолжились.", MAY_16, "Вестник", "dateline"),
        ("16 May 2025", MAY_16, None, "date line"),
        ("Friday, 16 May 2025, 10:30 GMT", MAY_16, None, "date line"),
        ("Published: 16 May 2025 at 10:30", MAY_16, None, 'line "Published:"'),
        ("Posted on 16 May 2025, 10:30 am", MAY_16, None, "date line"),
        ("Vienna, 16 May 2025", MAY_16, None, "date line"),
        ("Date: 16 May 2025", MAY_16, None, 'line "Date:"'),
        ("Talks Resume\nBy Jane Roe | 16 May 2025", MAY_16, None, "date line"),
        ("Friday", None, None, None),
        ("03/04/2025", None, None, None),
        ("Date: Friday", None, None, None),
        ("Updated 16 May 2025", None, None, None),
        ("The truce of 16 May 2025 was broken within a day.", None, None, None),
        ("On 16 May 2025 they met — and parted without a word.", None, None, None),
        ("Talks — as planned on 16 May 2025 — were put off.", None, None, None),
        ("The delegations (first and second) — both of them — came.", None, None, None),
    ],
)
def test_date_and_outlet(read: Read, opening: str, when: date | None, outlet: str | None, basis: str | None) -> None:
    document = read("note.txt", (opening + BODY).encode())
    assert (document.date, document.outlet) == (when, outlet)
    assert document.basis_of("date") == basis


def test_header_lines(read: Read) -> None:
    text = "Title: Third round\nSource: Newsline\nAuthor: Jane Roe\nDate: 16 May 2025\nLanguage: en" + BODY
    document = read("note.txt", text.encode())
    assert (document.title, document.outlet, document.author) == ("Third round", "Newsline", "Jane Roe")
    assert (document.date, document.language) == (MAY_16, "en")
    assert document.basis_of("outlet") == 'line "Source:"'
    assert document.basis_of("language") == 'line "Language:"'
    assert document.text == text


def test_a_single_line_with_a_colon_is_no_header(read: Read) -> None:
    document = read("note.txt", ("Source: a senior official in the room" + BODY).encode())
    assert document.outlet is None


def test_byline(read: Read) -> None:
    document = read("note.txt", ("Talks resume in Geneva\n\nBy Jane Roe and Ali Can" + BODY).encode())
    assert (document.title, document.author) == ("Talks resume in Geneva", "Jane Roe and Ali Can")
    assert (document.basis_of("title"), document.basis_of("author")) == ("first line", "byline")


def test_a_sentence_is_no_byline_and_no_title(read: Read) -> None:
    document = read("round_two.txt", ("By noon the delegations had left the hall." + BODY).encode())
    assert document.author is None
    assert (document.title, document.basis_of("title")) == ("round two", "file name")


def test_the_file_times_say_nothing(read: Read) -> None:
    document = read("2025-05-16.txt", ("Minutes of the meeting" + BODY).encode())
    assert document.date is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The delegations agreed to meet again next week in Geneva.", "en"),
        ("Стороны договорились встретиться снова через неделю.", "ru"),
        ("Сторони домовилися зустрітися знову наступного тижня.", "uk"),
        ("Taraflar gelecek hafta yeniden görüşecek.", "tr"),
        ("Les délégations sont convenues de se retrouver la semaine prochaine.", "fr"),
        ("Ok.", None),
        ("12 345 – 67 890", None),
    ],
)
def test_language_is_told_from_the_text(read: Read, text: str, language: str | None) -> None:
    document = read("note.txt", text.encode())
    assert document.language == language
    assert document.basis_of("language") == ("detected from the text" if language else None)


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("AGREEMENT\nbetween\nTHE PORT OF ARLE\nand\nUNION OF\nPILOTS, LOCAL 7\n\nTerm of contract", None),
        ("Memorandum\n\nDate: June 22, 2031\n\nFrom: Petra Nowak\n\nRe: Changes to the dues", "Memorandum: Changes to the dues"),
        ("MEMORANDUM OF UNDERSTANDING               REVIEWED  |\n\nThe parties agree.", "MEMORANDUM OF UNDERSTANDING"),
        ("(voy\n\nAgreement on the Locks of Arle\n\nThe parties agree.", "Agreement on the Locks of Arle"),
    ],
)
def test_a_title_is_taken_whole_and_without_stamps(read: Read, opening: str, title: str | None) -> None:
    found = read("paper.txt", opening.encode()).title
    assert found == (title or "AGREEMENT between THE PORT OF ARLE and UNION OF PILOTS, LOCAL 7")


def test_a_long_title_in_capitals_is_no_sentence(read: Read) -> None:
    title = f"HIGHLIGHTS OF THE THIRD CONFERENCE OF THE PARTIES TO THE CONVENTION ON {'LOCKS AND ' * 10}HARBOURS"
    assert read("day-3.txt", f"{title}\n\nThe parties met.".encode()).title == title


@pytest.mark.parametrize(
    "line",
    ["Guest House, Arle, 6 September 2031, 10 a.m.", "A/RES/48/263 6 September 2031", "Guest House, Arle, 6 September 2031"],
)
def test_a_day_stands_behind_a_place_or_a_number(read: Read, line: str) -> None:
    assert read("record.txt", f"Record of meeting\n\n{line}\n\nThe envoy spoke.".encode()).date == date(2031, 9, 6)


def test_the_body_beside_a_number_has_issued_the_paper(read: Read) -> None:
    text = b"United Nations A/RES/78/272\n\nDistr.: General\n\nResolution on the locks\n\nThe Assembly decides."
    found = read("res.txt", text)
    assert (found.outlet, found.symbol, found.title) == ("United Nations", "A/RES/78/272", "Resolution on the locks")


def test_a_record_of_debates_is_a_publisher_behind_the_title(read: Read) -> None:
    page = "<html><head><title>LOCKS BILL - Lithmark Hansard 2031-06-04</title></head><body><p>It was read.</p></body></html>"
    found = read("debate.html", page.encode())
    assert (found.title, found.outlet, found.date) == ("LOCKS BILL", "Lithmark Hansard", date(2031, 6, 4))
