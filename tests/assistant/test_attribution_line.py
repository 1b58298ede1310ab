"""The words that say who said something: what somebody did not say is not put to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.assistant.evidence.attribution_line import attribution_frame, attribution_line
from parley.index.statements.document import extract_statements
from parley.index.structure.reading import read_structure
from parley.index.types import Document, Page, ReadingWarning, Span


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The envoy's spokesman, Oskar Lind, never asked for the port to be closed.", "never asked for:"),
        ("Minister Anna Berg did not demand that the port be closed.", "Minister Anna Berg did not demand:"),
        ("Minister Anna Berg didn't claim that the port was closed.", "Minister Anna Berg didn't claim:"),
        ("Minister Anna Berg has never said that the port would be closed.", "Minister Anna Berg has never said:"),
        ("“We will close the port,” Berg never said.", "Berg never said:"),
        ("Minister Anna Berg said that the port would not be closed.", "Minister Anna Berg said:"),
        ("Minister Anna Berg demanded that the port be closed.", "Minister Anna Berg demanded:"),
    ],
)
def test_a_negation_before_the_verb_is_told_with_it(text: str, frame: str) -> None:
    document = Document.from_text(text, id="note", language="en")
    frames = [attribution_frame(document, statement) for statement in extract_statements(document)]
    assert any(found.endswith(frame) for found in frames), frames


def test_the_line_beside_a_citation_has_the_negation_too() -> None:
    document = Document.from_text("Minister Anna Berg did not demand that the port be closed.", id="note", language="en")
    assert attribution_line(document, extract_statements(document)[0]).endswith("indirect speech (“did not demand”)")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The levy was put forward by Ane Holm in March.", "in the document's own voice"),
        ("The draft was rejected on Monday by the union.", "in the document's own voice"),
        ("It was said by Ane Holm that the levy would end.", "Ane Holm: indirect speech (“said”)"),
        ("The tunnel fails. That was denied by Ane Holm.", "Ane Holm: indirect speech (“denied”)"),
        ("Payment of the share was promised by Ane Holm.", "Ane Holm: indirect speech (“promised”)"),
        ("The levy would end, said Ane Holm.", "Ane Holm: indirect speech (“said”)"),
        ("Ane Holm put forward the levy in March.", "Ane Holm: indirect speech (“put forward”)"),
        ("Ivo Lund said the levy was put forward by Ane Holm.", "Ivo Lund, of what Ane Holm did"),
    ],
)
def test_what_a_text_tells_of_an_act_is_not_the_words_of_whoever_acted(text: str, line: str) -> None:
    document = Document.from_text(text, id="note", language="en")
    assert attribution_line(document, extract_statements(document)[-1]).startswith(line)


def test_an_issuer_that_reports_in_its_own_paper_is_told_with_it() -> None:
    text = "Fact sheet on the harbour talks\n\nLithmark said it will open two locks in May."
    report = replace(read_structure(Document.from_text(text, id="note", language="en")).document, outlet="Harbour Office")
    line = attribution_line(report, extract_statements(report)[0])
    assert line == "Lithmark: indirect speech (“said”), in this report (Harbour Office)"
    assert attribution_line(replace(report, genre="news"), extract_statements(report)[0]).endswith("indirect speech (“said”)")


def test_notes_below_a_letter_are_whoever_published_it_speaking() -> None:
    text = (
        "Letter From Marchetti to Dunmore\n\nArle, 3 May 1952\n\nI propose that we open the locks on Monday.[1]\n\nMARCHETTI\n\n"
        "_1 Minister Anna Berg said that the port would be closed."
    )
    letter = read_structure(Document.from_text(text, id="letter", language="en")).document
    note = next(one for one in extract_statements(letter) if one.speaker and "Berg" in one.speaker)
    assert attribution_line(letter, note).endswith("indirect speech (“said”), in a note in the document's own voice")


def test_words_recognised_from_a_picture_are_told_as_such() -> None:
    text = "Ane Holm said the levy would end.\n\nThe port is shut."
    warning = ReadingWarning("recognised_text", "The text of 1 of 2 pages was recognised.", ("page 2, confidence 0.80",))
    pages = (Page("1", 0, 35), Page("2", 35, len(text)))
    document = replace(Document.from_text(text, id="scan"), pages=pages, warnings=(warning,))
    assert attribution_line(document, extract_statements(document)[0]) == "Ane Holm: indirect speech (“said”)"
    told = attribution_line(document, None, Span(35, len(text)))
    assert told == "in the document's own voice; text recognised from a picture, confidence 0.80"
    scanned = replace(document, warnings=(replace(warning, details=("page 1, confidence 0.91",)),))
    told = attribution_line(scanned, extract_statements(document)[0])
    assert told == "Ane Holm: indirect speech (“said”); text recognised from a picture, confidence 0.91"
