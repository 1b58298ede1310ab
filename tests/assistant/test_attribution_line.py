"""The words that say who said something: what somebody did not say is not put to them."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.attribution_line import attribution_frame, attribution_line
from parley.index.statements.document import extract_statements
from parley.index.types import Document


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
