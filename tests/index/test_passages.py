"""Passages cover the document, keep sentences and quotations whole, and slice back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.index.language.paragraphs import paragraph_spans
from parley.index.passages import LARGEST_SIZE, TARGET_SIZE, split_passages, word_pieces
from parley.index.types import Document, Heading

HARD_TEXTS = {
    "turkish": "İstanbul'da IŞIK söndü. Türkiye “İyi” dedi. ığdır, İĞDIR ve Çeşme.\n\nİkinci paragraf burada.",
    "combining": "Cafe\u0301 talks resumed. Zu\u0308rich hosted. E\u0301tat reacted.\n\nA\u030a.",
    "cyrillic": "Министр сказал: «Мы готовы». Делегация уехала. „Нет“, – ответил он.\n\nПереговоры продолжаются.",
    "arabic": "قال الوزير: «نحن مستعدون للتفاوض». هل يعودون غدًا؟ لا أحد يعلم۔\n\nانتهت الجولة.",
    "crlf": "First line.\r\nSecond line ends here.\r\n\r\nThird paragraph.\r\n",
    "nbsp": "The U.N.\u00a0envoy said 1\u00a0000 tonnes.\u2003Then left.\n\u00a0\nNext.",
    "ellipses": "He said “we … will … wait …” and left… Then... nothing. … Again.",
    "unclosed": 'She said "we are ready. The mandate is limited.\n\nAnother paragraph. “Never closed',
    "no spaces": "x" * 5000,
    "one long sentence": "word " * 3000,
    "empty lines only": "\n\n \t\n",
    "emoji and astral": "The 🏳️‍🌈 flag 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 flew. 👩‍👩‍👧 watched.\n\nDone.",
}


def _document(text: str, headings: tuple[Heading, ...] = ()) -> Document:
    return Document(id="d", text=text, title="t", headings=headings)


def _assert_conserved(document: Document) -> None:
    passages = split_passages(document)
    position = 0
    for passage in passages:
        assert position <= passage.start < passage.end <= len(document.text)
        assert not document.text[position : passage.start].strip(), "text between passages was lost"
        assert document.text[passage.start : passage.end].strip() == document.text[passage.start : passage.end]
        position = passage.end
    assert not document.text[position:].strip(), "text after the last passage was lost"


@pytest.mark.parametrize("name", HARD_TEXTS)
def test_passages_cover_hard_texts(name: str) -> None:
    _assert_conserved(_document(HARD_TEXTS[name]))


@given(st.text(alphabet=st.sampled_from(list("aB. \"“”«»\n\r\t…?!-—İé\u0301Ж؟\u00a0'’()[]1,:;")), max_size=400))
@settings(max_examples=300, deadline=None)
def test_passages_cover_any_text(text: str) -> None:
    _assert_conserved(_document(text))


@pytest.mark.parametrize("name", HARD_TEXTS)
def test_no_passage_is_too_large_to_embed(name: str) -> None:
    document = _document(HARD_TEXTS[name])
    assert [p for p in split_passages(document) if word_pieces(document.text[p.start : p.end]) > LARGEST_SIZE] == []


def test_sentences_are_not_cut() -> None:
    sentences = [f"The delegate of state number {number} spoke about water and about dams for a while." for number in range(30)]
    document = _document(" ".join(sentences))
    cut = [document.text[passage.start : passage.end] for passage in split_passages(document)]
    assert " ".join(cut) == document.text
    assert all(text.startswith("The delegate") and text.endswith("while.") for text in cut)
    assert all(word_pieces(text) <= TARGET_SIZE for text in cut)


def test_a_quotation_over_sentences_stays_with_its_speaker_clause() -> None:
    filler = "Nothing else of note was recorded in the hall that morning by the clerks. " * 4
    quotation = (
        "“We came with a text. We leave with a text that nobody has signed. The commas are agreed and little else is. "
        "Ask us again in the spring,” the envoy told the Harbour Post."
    )
    document = _document(filler + quotation + " " + filler)
    holding = [p for p in split_passages(document) if "We came" in document.text[p.start : p.end]]
    assert quotation in document.text[holding[0].start : holding[0].end]


def test_headings_start_passages_and_make_the_path() -> None:
    text = "Annex B\n\nIntroductory words.\n\nArticle 4\n\nThe gates stay open.\n\nAnnex C\n\nOther words."
    headings = tuple(
        Heading(level, text.index(name), text.index(name) + len(name))
        for level, name in ((1, "Annex B"), (2, "Article 4"), (1, "Annex C"))
    )
    found = [(text[p.start : p.end], p.headings) for p in split_passages(_document(text, headings))]
    assert found == [
        ("Annex B\n\nIntroductory words.", ("Annex B",)),
        ("Article 4\n\nThe gates stay open.", ("Annex B", "Article 4")),
        ("Annex C\n\nOther words.", ("Annex C",)),
    ]


def test_a_paragraph_that_fits_is_not_begun_in_a_full_passage() -> None:
    first, second = "One short remark was made. " * 12, "A second paragraph of some length follows it here. " * 6
    document = _document(f"{first.strip()}\n\n{second.strip()}")
    assert [p.start for p in split_passages(document)] == [0, document.text.index("A second")]


WRAPPED = (
    "These lines were wrapped by hand at a width of about sixty\n"
    "characters, as old e-mail programs did, and so they belong\n"
    "together."
)
UNWRAPPED = (
    "A heading\n"
    "A long paragraph that fills its line well beyond one hundred characters, because nobody ever wrapped it by hand here."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One paragraph a line.\nAnother one.", ["One paragraph a line.", "Another one."]),
        (f"{WRAPPED}\n\nNew.", [WRAPPED, "New."]),
        ("- first point\n- second point", ["- first point", "- second point"]),
        (UNWRAPPED, UNWRAPPED.split("\n")),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in paragraph_spans(text)] == expected


def test_the_lines_of_a_printed_page_belong_together() -> None:
    first = (
        "The parties agree that the pay period for all members of the unit who work on alternate weekends shall begin on\n"
        "the first Sunday of each month, and that no member loses pay for hours worked before the change was announced by\n"
        "the county."
    )
    second = (
        "Any grievance about the change is heard by the director of the department, who answers within ten days of the day\n"
        "on which it was filed, and whose answer may be appealed from to the board of the county under article nineteen of\n"
        "this agreement."
    )
    text = f"{first}\n{second}"
    assert [text[span.start : span.end] for span in paragraph_spans(text)] == [first, second]


def test_hand_wrapped_minutes_keep_their_lines_together() -> None:
    text = (
        "QUAY COMPANY AND DOCKERS' UNION\n"
        "Minutes of the second meeting\n"
        "\n"
        "The union asked for a vote before the holidays, which would open on\n"
        "18 November and close a week later. The company said that it could\n"
        "not accept that date.\n"
        "1. Pay: still open.\n"
        "2. Leave: withdrawn by the union, after the company had offered a\n"
        "   second break on every shift.\n"
    )
    found = [" ".join(text[span.start : span.end].split()) for span in paragraph_spans(text)]
    assert found == [
        "QUAY COMPANY AND DOCKERS' UNION",
        "Minutes of the second meeting",
        (
            "The union asked for a vote before the holidays, which would open on 18 November and close a week later. "
            "The company said that it could not accept that date."
        ),
        "1. Pay: still open.",
        "2. Leave: withdrawn by the union, after the company had offered a second break on every shift.",
    ]


def test_a_passage_lies_in_one_article_and_carries_its_number_and_heading() -> None:
    text = "PACT\n\nArticle 1\n\nPassage\n\nShips pass freely.\n\nArticle 2\n\nFees\n\n2.1 Pilots. Pilots cost ten marks."
    document = Document.from_text(text, id="x")
    told = {text[item.start : item.end].rsplit("\n", maxsplit=1)[-1]: item.headings for item in split_passages(document)}
    assert told["Ships pass freely."] == ("Article 1 Passage",)
    assert told["2.1 Pilots. Pilots cost ten marks."] == ("Article 2 Fees", "2.1 Pilots")


def test_a_table_of_contents_is_in_no_passage() -> None:
    text = "PACT\n\nContents\n\nArticle 1 Passage ...... 3\nArticle 2 Fees ...... 4\n\n"
    text += "Article 1 Passage\n\nShips pass freely at all times."
    passages = split_passages(Document.from_text(text, id="x"))
    assert not any("...." in text[item.start : item.end] for item in passages)
    assert text[passages[-1].start : passages[-1].end].endswith("Ships pass freely at all times.")
