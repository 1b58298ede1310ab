"""What a turn asked and was told, as the reader is shown it and as the search goes on from it."""

from __future__ import annotations

from collections.abc import Iterator

from parley.assistant.answer import Answer
from parley.assistant.dialogue.conversation import Turn

MOST_WORDS = 12
"""Words of an answer that are shown with its question."""


def asked_and_told(turn: Turn) -> str:
    """A question and the words that answered it: "Who is the envoy? Ana Lind". The question alone where it was refused."""
    told = words_told(turn.answer)
    return f"{turn.question} {told}" if told else turn.question


def words_told(answer: Answer | None) -> str:
    """The marked words of an answer's first sentence, else its quoted ones, at most `MOST_WORDS`; "" where it was refused."""
    words = " ".join(next((found for found in answering(answer) if found), ())).split()
    return " ".join(words[:MOST_WORDS])


def answering(answer: Answer | None) -> Iterator[tuple[str, ...]]:
    """The marked words of each sentence of an answer, else its quoted ones; nothing of one that was refused."""
    if answer is None or answer.abstained:
        return
    for sentence in answer.sentences:
        yield tuple(sentence.text[span.start : span.end] for span in sentence.marked or sentence.quoted)
