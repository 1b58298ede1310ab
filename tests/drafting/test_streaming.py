"""Sentences of a draft are shown one by one once they are checked: the same ones however the reply is split, and no others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import Answer, Drafting, Finished, LanguageModelError, SearchFilter, SentenceReady, Withdrawn
from parley.assistant.answers.answering import answer_events
from parley.assistant.drafting.in_progress import OWN
from parley.assistant.events import StreamEvent
from parley.assistant.language_model.generator import Destination, Message, estimated_tokens
from parley.index.library import Library
from parley.index.types import Document
from tests.drafting.talks import library_of, reader_with

QUESTION = "What did Ana Ortiz tell the Gazette about the union's claim?"
OPEN_QUESTION = "What happened in Orsk?"

ORTIZ = 'Ana Ortiz told the Gazette that the union "probably will drop" its claim for 30 extra days of leave.'
VOS = "Piet Vos said both sides agreed in principle to meet again on 4 May."
FERRIES = "The ferry talks in Orsk ended on Tuesday."
WRONG = "Piet Vos said the union will surely drop its claim."

DRAFTS = [
    f"{ORTIZ} [S1] {VOS} [S1]",
    f"{ORTIZ} [1]. {WRONG} [S1] {VOS} [S1]",
    f"{WRONG} [S1] {ORTIZ} [S1]",
    f"{FERRIES} [S9] {ORTIZ} [S1][S2]",
    f"{ORTIZ} [S2] The sources do not answer this. {VOS} [S1",
    f"<think>Let me see. [S1]</think>{ORTIZ} [S1]\n\n- {VOS} [S1, S3]\n- {ORTIZ} [S1]",
    "The sources do not answer this.",
    "",
]


class Pieces:
    """A model in this process that writes given pieces, and refuses to correct a sentence."""

    name = "pieces"
    destination = Destination(None, is_local=True)
    context_tokens = 4096

    def __init__(self, pieces: Sequence[str], then: Callable[[], None] = lambda: None) -> None:
        self._pieces, self._then = pieces, then
        self.given = 0

    def count_tokens(self, text: str) -> int:
        return estimated_tokens(text)

    def stream(self, messages: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:  # noqa: ARG002
        if messages[0].text.startswith("You correct"):
            yield "The sources do not answer this."
            return
        for piece in self._pieces:
            self.given += 1
            yield piece
        self._then()


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = library_of(tmp_path_factory.mktemp("streaming"))
    yield opened
    opened.close()


def events_of(library: Library, model: Pieces, question: str = QUESTION) -> list[StreamEvent]:
    """The events of an answer without the remarks on how long it takes."""
    events = answer_events(library, reader_with(library, model), question, question, SearchFilter())
    return [event for event in events if not isinstance(event, Drafting)]


def shown(events: Sequence[StreamEvent]) -> list[SentenceReady]:
    """The sentences that still stand at the end."""
    standing: list[SentenceReady] = []
    for event in events:
        if isinstance(event, Withdrawn):
            standing.clear()
        elif isinstance(event, SentenceReady):
            standing.append(event)
    return standing


def answer_in(events: Sequence[StreamEvent]) -> Answer:
    assert isinstance(events[-1], Finished)
    return events[-1].answer


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(DRAFTS), st.sampled_from([QUESTION, OPEN_QUESTION]), st.lists(st.integers(0, 260), max_size=12))
def test_every_split_of_a_reply_is_shown_in_the_same_way(talks: Library, draft: str, question: str, cuts: list[int]) -> None:
    borders = [0, *sorted(min(cut, len(draft)) for cut in cuts), len(draft)]
    split = events_of(talks, Pieces([draft[first:last] for first, last in pairwise(borders)]), question)
    assert split == events_of(talks, Pieces([draft]), question)


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_shown_is_the_answer_and_its_evidence(talks: Library, draft: str) -> None:
    events = events_of(talks, Pieces(list(draft)))
    answer = answer_in(events)
    assert tuple(ready.sentence for ready in shown(events)) == answer.sentences
    assert tuple(citation for ready in shown(events) for citation in ready.citations) == answer.citations
    assert not any(isinstance(event, Withdrawn) for event in events)


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_sentence_that_fails_is_never_seen(talks: Library, draft: str) -> None:
    events = events_of(talks, Pieces(list(draft)))
    report = answer_in(events).draft
    assert report is not None
    texts = [event.sentence.text for event in events if isinstance(event, SentenceReady)]
    assert WRONG not in texts
    assert len(texts) == len(set(texts))
    if draft.startswith(WRONG):
        assert report.sentences[0].outcome not in OWN


def test_a_sentence_is_shown_while_the_model_writes_on(talks: Library) -> None:
    model = Pieces(list(f"{ORTIZ} [S1] {VOS} [S1]"))
    events = answer_events(talks, reader_with(talks, model), QUESTION, QUESTION, SearchFilter())
    seen = [model.given for event in events if isinstance(event, SentenceReady)]
    # The first sentence is complete with the first letter of the second.
    assert seen == [len(ORTIZ) + len(" [S1] P"), len(f"{ORTIZ} [S1] {VOS} [S1]")]


def test_behind_a_sentence_that_must_be_mended_the_others_wait(talks: Library) -> None:
    draft = f"{WRONG} [S1] {ORTIZ} [S1] {VOS} [S1]"
    model = Pieces(list(draft))
    for event in answer_events(talks, reader_with(talks, model), QUESTION, QUESTION, SearchFilter()):
        if isinstance(event, SentenceReady):
            assert model.given == len(draft)


def test_what_was_shown_is_withdrawn_if_the_model_breaks_off(talks: Library) -> None:
    def die() -> None:
        msg = "The language model pieces did not answer: it broke off."
        raise LanguageModelError(msg)

    events = events_of(talks, Pieces(list(f"{ORTIZ} [S1] Piet"), then=die))
    first = next(event for event in events if isinstance(event, SentenceReady))
    assert first.sentence.text == ORTIZ.replace('"probably will drop"', "“probably will drop”")
    assert sum(isinstance(event, Withdrawn) for event in events) == 1
    answer = answer_in(events)
    assert answer.engine == "extractive"
    assert any("broke off" in notice for notice in answer.notices)
    assert tuple(ready.sentence for ready in shown(events)) == answer.sentences


def test_what_was_shown_is_withdrawn_if_its_document_changes_meanwhile(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = library_of(tmp_path_factory.mktemp("changing"))
    changed = Document.from_text("The ferry talks in Orsk were put off.", id="gazette", outlet="Gazette", language="en")
    model = Pieces(list(f"{ORTIZ} [S1] Piet"), then=lambda: library.add_documents([changed]) and None)
    events = events_of(library, model)
    texts = {entry.id: library.document(entry.id).text for entry in library.entries()}
    library.close()
    kinds = [type(event) for event in events]
    assert kinds.index(Withdrawn) > kinds.index(SentenceReady)
    for ready in shown(events):
        for citation in ready.citations:
            assert texts[citation.document.id][citation.start : citation.end] == citation.quote
