"""Swapping two parties' names throughout the documents and the question swaps them in the sentence that answers best.

Which of several sentences that do not answer comes first is nobody's business.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answers.facts.read_answer import ENOUGH, likely
from parley.assistant.answers.reader import ExtractiveReader
from parley.index.types import Document, SearchFilter
from tests.assistant.texts import library_of

CORPORA = {
    "talks": (
        "{A}'s minister Ana Ruiz said the ceasefire would hold until May. {B}'s envoy Paul Oduya rejected the list of prisoners.",
        "A source familiar with the talks told Reuters that the {B} delegation demanded an apology from {A}.",
        "{A} agreed in principle to reopen the northern bridge; {B} proposed a joint patrol on the river.",
    ),
    "wire": (
        '"We will not withdraw from the valley," {B} president Marta Lind told the BBC. "{A} knows that."',
        "According to {A}, the convoy was stopped at the border. {B} denied the report.",
    ),
}
QUESTIONS = (
    "Who rejected the list of prisoners?",
    "What did {A} propose?",
    "Who demanded an apology?",
    "Who said the ceasefire would hold until May?",
    "Who will not withdraw from the valley?",
    "What did {A} say about the convoy?",
    "Did {B} deny the report?",
)
PAIRS = [("Norland", "Velmark"), ("Zarland", "Arland"), ("Ukraine", "Russia")]


def _answers(folder: Path, corpus: str, first: str, second: str) -> list[tuple[float, tuple[str, str, str | None]]]:
    texts = [text.format(A=first, B=second) for text in CORPORA[corpus]]
    library = library_of(folder, [Document.from_text(text, id=f"d{n}", title="Report") for n, text in enumerate(texts)])
    reader = ExtractiveReader(library)
    found = []
    for question in QUESTIONS:
        asked = question.format(A=first, B=second)
        inquiry = reader.inquire(asked, SearchFilter())
        best = max(inquiry.scored, key=lambda item: item.score).candidate
        speaker = best.statement.speaker if best.statement else None
        found.append((likely(inquiry), (best.document.id, best.text, speaker)))
    library.close()
    return found


def _swapped(text: str, first: str, second: str) -> str:
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_answers_swap_with_the_parties(tmp_path: Path, corpus: str, first: str, second: str) -> None:
    plain = _answers(tmp_path / "plain", corpus, first, second)
    other = _answers(tmp_path / "other", corpus, second, first)
    answered = 0
    for question, (surely, one), (also, two) in zip(QUESTIONS, plain, other, strict=True):
        if max(surely, also) < ENOUGH:
            continue
        answered += 1
        mirrored = (two[0], _swapped(two[1], first, second), _swapped(two[2], first, second) if two[2] else None)
        assert mirrored == one, question
    assert answered >= 3
