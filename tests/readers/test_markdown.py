"""Markdown is read as the page it describes, front matter as metadata."""

from __future__ import annotations

from datetime import date

import pytest

from parley.index.errors import ReadError
from parley.index.readers.front_matter import read_front_matter
from parley.index.types import Document
from tests.readers.conftest import Read

PAGE = """---
title: "Round two: notes"
source: Field Office
author: [A. Scribe, B. Clerk]
date: 2025-06-02
language: en
---
# Opening

The *first* side **proposed** a [truce](https://x.example) of
thirty days &amp; more. <span style="display:none">hidden</span>

<script>alert(1)</script>
<!-- a remark -->
<div>Raw <b>block</b></div>

- one
- two
  - nested

3. third
4. fourth

| Side | Says |
|------|------|
| A    | yes  |
| B    |      |

Next steps
----------

> “quoted *words*”

```
code  kept
```
"""


def heading_lines(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings]


def test_a_whole_page(read: Read) -> None:
    document = read("notes.md", PAGE.encode())
    assert document.text == (
        "Opening\n\nThe first side proposed a truce of thirty days & more.\n\nRaw block\n\n- one\n- two\n  - nested\n\n"
        "3. third\n4. fourth\n\nSide | Says\nA | yes\nB | \n\nNext steps\n\n“quoted words”\n\ncode  kept"
    )
    assert heading_lines(document) == [(1, "Opening"), (2, "Next steps")]
    assert (document.title, document.outlet, document.author) == ("Round two: notes", "Field Office", "A. Scribe, B. Clerk")
    assert (document.date, document.language) == (date(2025, 6, 2), "en")
    assert dict(document.basis) == {
        "title": "front matter: title",
        "outlet": "front matter: source",
        "author": "front matter: author",
        "date": "front matter: date",
        "language": "front matter: language",
    }


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("date: 2025-05-16", date(2025, 5, 16)),
        ("date: 2025-05-16T23:30:00-05:00", date(2025, 5, 16)),
        ("date: 16 May 2025", date(2025, 5, 16)),
        ("Date: May 16, 2025", date(2025, 5, 16)),
        ("date: 03/04/2025", None),
        ("date: 2025", None),
        ("date: Friday", None),
        ("date:", None),
        ("date: [2025-05-16]", None),
        ("modified: 2025-05-16", None),
    ],
)
def test_dates_in_front_matter(read: Read, line: str, when: date | None) -> None:
    assert read("notes.md", f"---\n{line}\n---\nThe talks went on.\n".encode()).date == when


def test_without_front_matter_the_first_heading_is_the_title(read: Read) -> None:
    document = read("notes.md", b"Some words first.\n\n## Second level\n\n# The title\n\nText.")
    assert (document.title, document.basis_of("title")) == ("The title", "first heading")


def test_thematic_breaks_are_no_front_matter(read: Read) -> None:
    document = read("notes.md", b"---\n\nThe talks went on.\n\n---\n\nThey ended.\n")
    assert document.text == "The talks went on.\n\nThey ended."


@pytest.mark.parametrize("front", ["title: [unclosed", "title: a: b", "a: 1\n\tb: 2", "date: 2025-13-45", "a: *unknown"])
def test_malformed_front_matter_is_refused_with_the_way_out(read: Read, front: str) -> None:
    with pytest.raises(ReadError, match=r"notes\.md has front matter that is not valid YAML.*Correct"):
        read("notes.md", f"---\n{front}\n---\nText.\n".encode())


def test_front_matter_runs_no_code_and_expands_no_bomb(read: Read) -> None:
    with pytest.raises(ReadError, match="not valid YAML"):
        read("notes.md", b"---\ntitle: !!python/object/apply:os.system ['true']\n---\nText.\n")
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    assert read("notes.md", f"---\n{bomb}title: *u\n---\nThe talks went on.\n".encode()).text == "The talks went on."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**From:** Ana Toll\n**To:** Jon Ruiz\n**Date:** 3 June 2031", "From: Ana Toll\nTo: Jon Ruiz\nDate: 3 June 2031"),
        ("Yours sincerely,\n\nTheodora Wex\nMinister of Culture", "Yours sincerely,\n\nTheodora Wex\nMinister of Culture"),
        ("> **Toll:** We came.\n> **Ruiz:** We saw.", "Toll: We came.\nRuiz: We saw."),
        ("**From:** Ana Toll <ana@norland.example>\n**To:** Jon Ruiz", "From: Ana Toll ana@norland.example\nTo: Jon Ruiz"),
        ("It was agreed.\nNobody objected.", "It was agreed. Nobody objected."),
        ("1. first\n2. second", "1. first\n2. second"),
    ],
)
def test_a_line_that_was_ended_on_purpose_stays_a_line(read: Read, written: str, text: str) -> None:
    prose = "This paragraph is only here to show how wide the lines of the file may be, which is a good deal wider than those."
    assert text in read("notes.md", f"{written}\n\n{prose}\n".encode()).text


def test_a_line_that_was_wrapped_at_a_width_is_joined(read: Read) -> None:
    wrapped = (
        "The delegation of the Kingdom of Norland met that of the Republic of\nVelmark in the Customs House.\nMr Toll spoke."
    )
    assert "Republic of Velmark" in read("notes.md", wrapped.encode()).text


@pytest.mark.parametrize(
    "written",
    [
        "The mediator had one message for\nNorland: stop the ships before May.\nShe turned to those of\nVelmark: pay the fee.",
        "Ruiz told the court that the ships of the\nNorland Line had been sold to the\nVelmark Trust.",
        "<pre>\nFrom: Ana Toll\nTo: Otto Brodd\n</pre>",
        "```\nFrom: Ana Toll\n~~~\nTo: Otto Brodd\n```",
        "[ref]: http://x.example 'T'\n[Other]: http://z.example",
    ],
)
def test_no_mark_is_set_in_prose_listings_and_markup(read: Read, written: str) -> None:
    text = read(
        "notes.md", f"{written}\n\nThis line is here to be wider than all the others of the file, by far.\n".encode()
    ).text
    assert "\\" not in text
    assert "for\nNorland" not in text
    assert "the\nNorland" not in text


def test_front_matter_tells_the_day_and_the_writer_by_other_keys_too() -> None:
    found = read_front_matter({"published_at": "2031-06-04", "by": "Ana Ruiz", "updated": "2031-06-07"})
    assert (str(found.date), found.author) == ("2031-06-04", "Ana Ruiz")
