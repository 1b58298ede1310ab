"""Provisions in the layouts that treaties, contracts, resolutions and minutes come in."""

from __future__ import annotations

import pytest

from parley.index.structure.contents import contents_spans
from parley.index.structure.lookup import Reference, Step, find_provisions, unnumbered_paragraph
from parley.index.structure.provisions import heading_text, label_text, provisions_of
from parley.index.types import Document

LAYOUTS = {
    "heading below": ("Article 3\n\nPassage\n\nShips pass freely.\n\nArticle 4\n\nFees\n\nNo fee is due.", "article", "3"),
    "heading beside": ("Article 3 Passage\n\nShips pass freely.\n\nArticle 4 Fees\n\nNo fee is due.", "article", "3"),
    "heading behind a stop": ("Article 3. Passage\nShips pass freely.\n\nArticle 4. Fees\nNo fee is due.", "article", "3"),
    "heading behind a dash": ("ARTICLE 3 – Passage\n\nShips pass freely.\n\nARTICLE 4 – Fees\n\nNo fee is due.", "article", "3"),
    "heading behind a colon": ("Section 3: Passage\n\nShips pass freely.\n\nSection 4: Fees\n\nNo fee is due.", "section", "3"),
    "heading in brackets": ("Article 3 (Passage)\n\nShips pass freely.\n\nArticle 4 (Fees)\n\nNo fee is due.", "article", "3"),
    "Roman": ("ARTICLE III\nPassage\n\nShips pass freely.\n\nARTICLE IV\nFees\n\nNo fee is due.", "article", "3"),
    "in words": ("ARTICLE THREE\n\nPassage\n\nShips pass freely.\n\nARTICLE FOUR\n\nFees\n\nNo fee is due.", "article", "3"),
    "Markdown": ("## Article 3: Passage\n\nShips pass freely.\n\n## Article 4: Fees\n\nNo fee is due.", "article", "3"),
    "bold Markdown": ("**Article 3. Passage**\n\nShips pass freely.\n\n**Article 4. Fees**\n\nNo fee is due.", "article", "3"),
    "run-in heading": ("Section 3. Passage. Ships pass freely.\n\nSection 4. Fees. No fee is due.", "section", "3"),
    "sign": ("§ 3 Passage\n\nShips pass freely.\n\n§ 4 Fees\n\nNo fee is due.", "section", "3"),
    "clause": ("Clause 3. Passage\n\nShips pass freely.\n\nClause 4. Fees\n\nNo fee is due.", "clause", "3"),
    "numbers alone": (
        "1. Terms\n\nWords mean what they mean.\n\n2. Passage\n\nShips pass freely.\n\n3. Fees\n\nNone.",
        "clause",
        "2",
    ),
    "letters": ("A. Terms\n\nWords.\n\nB. Passage\n\nShips pass freely.\n\nC. Fees\n\nNone.", "paragraph", "B"),
    "two figures": ("3:01 Terms. Words count.\n\n3:02 Passage. Ships pass freely.\n\n3:03 Fees. None.", "section", "3:02"),
    "with zero or without": ("3.1 Terms. Words count.\n\n3.2 Passage. Ships pass freely.\n\n3.3 Fees.", "section", "3.02"),
    "rule": ("Rule 3\nPassage\n\nShips pass freely.\n\nRule 4\nFees\n\nNone.", "rule", "3"),
    "annex": ("Article 1\n\nFirst words.\n\nANNEX II\n\nPassage\n\nShips pass freely.\n\nANNEX III\n\nNone.", "annex", "II"),
    "annex by figure": ("Annex 1\n\nWords stand here.\n\nAnnex 2\n\nPassage\n\nShips pass freely.", "annex", "II"),
    "one line": (
        "Agreed. Section 2. Terms. Words. Section 3. Passage. Ships pass freely. Section 4. No.",
        "section",
        "3",
    ),
    "behind a running head": (
        "Words. ### ARTICLE 3 – PASSAGE\nShips pass freely.\n\nARTICLE 4 – FEES\n\nNo.",
        "article",
        "3",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_number_heading_and_full_text(layout: str) -> None:
    text, kind, number = LAYOUTS[layout]
    document = Document.from_text(text, id="x")
    provisions = provisions_of(document)
    (place, *others) = find_provisions(provisions, Reference((Step(kind, number),)))
    found = provisions[place]
    assert not others
    assert heading_text(document, found).lower() == "passage"
    assert " ".join(text[found.body : found.end].split()) == "Ships pass freely."


def test_a_sentence_that_begins_with_a_reference_is_no_provision() -> None:
    text = "Article 5 of the Treaty binds both.\n\nSection 2, as amended, stands.\n\nArticle 7 concerned fees.\n\n"
    text += "Article 9\n\nFees are due."
    assert [item.number for item in provisions_of(Document.from_text(text, id="x"))] == ["9"]


def test_a_line_that_goes_on_from_the_one_before_is_no_provision() -> None:
    text = "The parties recall their duties under\nArticle 4. The crossing stays open in accordance with\nSection 2. Fees fall."
    assert provisions_of(Document.from_text(text, id="x")) == ()


def test_times_quantities_and_initials_are_no_numbers_of_paragraphs() -> None:
    text = "The meeting opened.\n\n9:30 a.m. was late.\n\n5.231 hrs were lost.\n\nJ. Fane spoke.\n\n2.5 per cent was offered."
    assert provisions_of(Document.from_text(text, id="x")) == ()


TREATY = """CONVENTION ON THE GAUGE

CONTENTS

Article 1. Terms . . . . . . . . 3
Article 2. Passage . . . . . . . . 4

PART I. GENERAL

Article 1. Terms

In this Convention:

(a) "gauge" means the gauge at Osk;

(b) "season" means:

(i) the dry months; and

(ii) any month the Commission names.

Article 2. Passage

1. Ships pass freely.

2. A fee may be charged:

(a) for pilots; or

(b) for ice.

DONE at Osk on 3 May 2031.

ANNEX I. FEES

Article 1

The pilot's fee is ten marks.

ANNEX II

Article 1

The ice fee is two marks.
"""


def _found(text: str, *steps: tuple[str | None, str]) -> list[tuple[str, str]]:
    document = Document.from_text(text, id="x")
    provisions = provisions_of(document)
    places = find_provisions(provisions, Reference(tuple(Step(*step) for step in steps)))
    return [
        (label_text(provisions, place), " ".join(text[provisions[place].body : provisions[place].end].split()))
        for place in places
    ]


def test_paragraphs_are_found_within_their_article() -> None:
    assert _found(TREATY, ("article", "2"), ("paragraph", "2"))[0] == (
        "Article 2, paragraph 2",
        "A fee may be charged: (a) for pilots; or (b) for ice.",
    )
    assert _found(TREATY, ("article", "2(2)(b)")) == [("Article 2, paragraph 2 (b)", "for ice.")]


def test_a_letter_within_a_list_of_letters_is_a_roman_numeral() -> None:
    assert _found(TREATY, ("article", "1(b)(ii)")) == [("Article 1, paragraph b (ii)", "any month the Commission names.")]


def test_the_main_text_comes_before_the_annexes_that_number_alike() -> None:
    assert [label for label, _ in _found(TREATY, ("article", "1"))] == ["Article 1", "Annex I, Article 1", "Annex II, Article 1"]
    assert _found(TREATY, ("annex", "2"), ("article", "1")) == [("Annex II, Article 1", "The ice fee is two marks.")]


def test_what_stands_behind_the_last_article_is_no_part_of_it() -> None:
    assert _found(TREATY, ("article", "2"))[0][1].endswith("(b) for ice.")


def test_a_table_of_contents_holds_no_provisions_and_is_told_apart() -> None:
    (span,) = contents_spans(TREATY)
    assert TREATY[span.start : span.end].startswith("CONTENTS")
    assert TREATY[span.start : span.end].endswith("Passage . . . . . . . . 4")
    assert all(item.start >= span.end for item in provisions_of(Document.from_text(TREATY, id="x")))


def test_a_list_of_articles_without_leaders_is_not_the_articles() -> None:
    text = "Article 1 Terms\nArticle 2 Passage\nArticle 3 Fees\n\nArticle 1 Terms\n\nWords have their own meaning here.\n\n"
    text += "Article 2 Passage\n\nShips pass freely at all times.\n\nArticle 3 Fees\n\nNo fee is due from any ship."
    assert _found(text, ("article", "2")) == [("Article 2", "Ships pass freely at all times.")]


def test_sections_lie_within_articles_in_a_contract_and_articles_within_sections_in_a_treaty() -> None:
    contract = "ARTICLE 1 PAY\n\nSection 1. Rates rise.\n\nSection 2. Rates hold.\n\nARTICLE 2 LEAVE\n\nSection 1. Leave is paid."
    assert _found(contract, ("article", "2"), ("section", "1")) == [("Article 2, Section 1", "Leave is paid.")]
    treaty = (
        "PART I\n\nSECTION 1\n\nArticle 1\n\nShips pass.\n\nSECTION 2\n\nArticle 2\n\nNo fee is due.\n\nArticle 3\n\nIce is free."
    )
    assert _found(treaty, ("section", "2"))[0][1].endswith("Ice is free.")
    assert _found(treaty, ("article", "2")) == [("Article 2", "No fee is due.")]


def test_a_number_of_two_parts_is_found_however_it_is_nested() -> None:
    nested = "ARTICLE 19\n\nHOURS\n\nA. Shifts are eight hours.\n\nB. Breaks are paid.\n\nARTICLE 20\n\nA. Nothing."
    assert _found(nested, ("section", "19.B")) == [("Article 19, paragraph B", "Breaks are paid.")]
    dotted = "ARTICLE 15 DISCIPLINE\n\n15.1. Cause is needed.\n\n15.2. Notice is due.\n\nARTICLE 16 PAY\n\n16.1. Monthly."
    assert _found(dotted, ("section", "15.2")) == [("paragraph 15.2", "Notice is due.")]
    assert _found(dotted, ("article", "15.2")) == [("paragraph 15.2", "Notice is due.")]


def test_a_number_that_is_not_there_is_not_found() -> None:
    assert _found(TREATY, ("article", "12")) == []
    assert _found(TREATY, ("section", "2")) == []
    assert _found(TREATY, ("article", "2"), ("paragraph", "7")) == []


def test_brackets_stay_in_the_text() -> None:
    text = "Article 1\n\nEach Party [shall][should] pay.\n\nArticle 2\n\n[M: Fees rise each year.]\n\n"
    text += "Article 3\n\nOption A [K]: By vote.\n\nOption B: By lot."
    assert _found(text, ("article", "1"))[0][1] == "Each Party [shall][should] pay."
    assert _found(text, ("article", "2"))[0][1] == "[M: Fees rise each year.]"
    assert _found(text, ("article", "3"), ("option", "A")) == [("Article 3, Option A", "[K]: By vote.")]


def test_the_last_point_of_a_list_ends_with_its_paragraph() -> None:
    text = "We ask for this:\n\n1. Open the gate.\n\n2. Close the weir.\n\nPlease answer soon. The ministry has more to say."
    assert _found(text, ("point", "2")) == [("paragraph 2", "Close the weir.")]


def test_a_paragraph_without_a_number_is_counted() -> None:
    text = "Article 8\n\nThe Council meets.\n\nIt votes by hand.\n\nArticle 9\n\nIt ends."
    document = Document.from_text(text, id="x")
    span = unnumbered_paragraph(document, provisions_of(document)[0], 2)
    assert span is not None
    assert text[span.start : span.end] == "It votes by hand."
    assert unnumbered_paragraph(document, provisions_of(document)[0], 3) is None


def test_every_span_lies_in_order_within_its_parent() -> None:
    document = Document.from_text(TREATY, id="x")
    provisions = provisions_of(document)
    for item in provisions:
        assert 0 <= item.start <= item.label.start < item.label.end <= item.body <= item.end <= len(TREATY)
        if item.parent is not None:
            assert provisions[item.parent].start <= item.start
            assert item.end <= provisions[item.parent].end
