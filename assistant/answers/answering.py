"""Answering from one state of the library, even while documents change; and the events of a streamed answer."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.answers.reader import Reader
from parley.assistant.answers.stepping import SteppingReader
from parley.assistant.dialogue.carried import NOTHING, Carried
from parley.assistant.events import Drafting, Finished, SentenceReady, StreamEvent, Withdrawn
from parley.index.errors import DocumentNotFoundError, LibraryDamagedError, LibraryError
from parley.index.library import Library
from parley.index.types import SearchFilter

_TRIES = 20
"""Attempts at an answer while documents change; an attempt takes a fraction of a second, a change most often longer."""


Step = Drafting | SentenceReady | Withdrawn | Answer
_Steps = Generator[Drafting | SentenceReady, None, Answer]


def answer_events(
    library: Library, reader: Reader, question: str, standalone: str, allowed: SearchFilter, carried: Carried = NOTHING
) -> Iterator[StreamEvent]:
    """The reader's steps as events, then the sentences that are still to come and the whole answer (see `answer_steps`)."""
    shown: list[SentenceReady] = []
    for step in answer_steps(library, reader, question, standalone, allowed, carried):
        if isinstance(step, Answer):
            yield from _rest(step, shown)
            yield Finished(step)
            return
        if isinstance(step, SentenceReady):
            shown.append(step)
        elif isinstance(step, Withdrawn):
            shown.clear()
        yield step


def _rest(answer: Answer, shown: Sequence[SentenceReady]) -> Iterator[SentenceReady | Withdrawn]:
    """The sentences of an answer of which some may be shown already; what is shown and no part of it is withdrawn first."""
    ready = sentences_ready(answer.sentences, answer.citations)
    if list(shown) != ready[: len(shown)]:
        yield Withdrawn()
        shown = []
    yield from ready[len(shown) :]


def sentences_ready(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> list[SentenceReady]:
    """Each sentence with the citations whose markers first appear in it."""
    ready: list[SentenceReady] = []
    told: set[int] = set()
    for sentence in sentences:
        fresh = tuple(item for item in citations if item.marker in sentence.markers and item.marker not in told)
        told.update(item.marker for item in fresh)
        ready.append(SentenceReady(sentence, fresh))
    return ready


def answer_steps(
    library: Library, reader: Reader, question: str, standalone: str, allowed: SearchFilter, carried: Carried = NOTHING
) -> Iterator[Step]:
    """The reader's steps, the answer last; where a document that it read changes or goes meanwhile, it is asked again.

    Whatever becomes of other documents changes nothing of what it rests on, and it is not asked again for them. A draft takes a
    language model long; it is kept if all that it cites still stands. Raises LibraryError if the documents do not come to rest.
    `carried` is what a conversation adds.
    """
    for attempt in range(_TRIES):
        if attempt:
            yield Withdrawn()
        change, moment, damaged = library.change, library.moment, library.damaged
        read: set[str] = set()
        try:
            answer = yield from _pinned(library, read, _read(reader, question, standalone, allowed, carried))
        except (DocumentNotFoundError, LookupError, ValueError):
            if library.change == change:
                raise
        except LibraryDamagedError:
            # Once known, a damaged document is left out of what is searched.
            if library.damaged == damaged:
                raise
        else:
            if library.holds_since(moment, read) or (answer.draft is not None and _still_stands(answer, library)):
                yield answer
                return
    msg = "The documents changed all the time while the question was answered. Ask again when adding has finished."
    raise LibraryError(msg)


def _pinned(library: Library, read: set[str], steps: _Steps) -> _Steps:
    """The steps, each with the library looked at once; `read` takes the ids of the documents that are read."""
    # Step by step, since each may run in another thread, and whoever is given one may take its time.
    try:
        while True:
            with library.pinned(read):
                step = next(steps)
            yield step
    except StopIteration as end:
        answer: Answer = end.value
        return answer
    finally:
        steps.close()


def _read(reader: Reader, question: str, standalone: str, allowed: SearchFilter, carried: Carried) -> _Steps:
    if not isinstance(reader, SteppingReader):
        return reader.answer(question, standalone, filter=allowed, carried=carried)
    answer = None
    for step in reader.steps(question, standalone, filter=allowed, carried=carried):
        if isinstance(step, Answer):
            answer = step
        else:
            yield step
    assert answer is not None
    return answer


def _still_stands(answer: Answer, library: Library) -> bool:
    """Whether every document that the answer quotes still has the quoted words in their place."""
    try:
        texts = {item.document.id: library.document(item.document.id).text for item in (*answer.citations, *answer.nearest)}
    except (DocumentNotFoundError, LibraryDamagedError):
        return False
    return all(texts[item.document.id][item.start : item.end] == item.quote for item in (*answer.citations, *answer.nearest))
