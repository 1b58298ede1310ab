"""Answering from one state of the library, even while documents change."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from assistant.answer import Answer
from assistant.drafting.stepping import Drafting, SteppingReader
from assistant.reader import Reader
from index.errors import DocumentNotFoundError, LibraryError
from index.library import Library
from index.types import SearchFilter

_TRIES = 20
"""Attempts at an answer while documents change; an attempt takes a fraction of a second, a change most often longer."""


def answer_steps(
    library: Library, reader: Reader, question: str, standalone: str, allowed: SearchFilter, context: str = ""
) -> Iterator[Drafting | Answer]:
    """The reader's steps, the answer last; where documents change meanwhile, it is asked again.

    A draft takes a language model long; it is kept if all that it cites still stands. Raises LibraryError if the documents
    do not come to rest. `context` is what a conversation adds to the search.
    """
    for _ in range(_TRIES):
        change = library.change
        try:
            answer = yield from _read(reader, question, standalone, allowed, context)
        except (DocumentNotFoundError, LookupError, ValueError):
            if library.change == change:
                raise
        else:
            if library.change == change or (answer.draft is not None and _still_stands(answer, library)):
                yield answer
                return
    msg = "The documents changed all the time while the question was answered. Ask again when adding has finished."
    raise LibraryError(msg)


def _read(
    reader: Reader, question: str, standalone: str, allowed: SearchFilter, context: str
) -> Generator[Drafting, None, Answer]:
    if not isinstance(reader, SteppingReader):
        return reader.answer(question, standalone, filter=allowed, context=context)
    answer = None
    for step in reader.steps(question, standalone, filter=allowed, context=context):
        if isinstance(step, Drafting):
            yield step
        else:
            answer = step
    assert answer is not None
    return answer


def _still_stands(answer: Answer, library: Library) -> bool:
    """Whether every document that the answer quotes still has the quoted words in their place."""
    try:
        texts = {item.document.id: library.document(item.document.id).text for item in (*answer.citations, *answer.nearest)}
    except DocumentNotFoundError:
        return False
    return all(texts[item.document.id][item.start : item.end] == item.quote for item in (*answer.citations, *answer.nearest))
