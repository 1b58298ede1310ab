"""From a message in a conversation to the events of its answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date

from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.answers.answering import answer_events, sentences_ready
from parley.assistant.answers.catalogue import catalogue_answer
from parley.assistant.answers.conversing.chosen import chosen
from parley.assistant.answers.conversing.last_answer import exact
from parley.assistant.answers.conversing.replying import reply
from parley.assistant.answers.correspondence import correspondence_answer
from parley.assistant.answers.reader import Reader
from parley.assistant.answers.refusal import read_as_english
from parley.assistant.answers.stepping import SteppingReader
from parley.assistant.answers.times.kept_to import answer_of_time, with_event_dated, year_told
from parley.assistant.answers.times.timely import (
    is_told_of,
    narrowed,
    newest_answer,
    none_of_that_time,
    undated_notices,
    with_days,
)
from parley.assistant.answers.versions import version_answer
from parley.assistant.dialogue.carried import Carried
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.moves import Message, Move, read_message
from parley.assistant.dialogue.overview_talk import overview_asked
from parley.assistant.dialogue.understanding import shown_with, understand
from parley.assistant.events import Finished, Searching, StreamEvent
from parley.assistant.evidence.quotes.places import passes
from parley.assistant.evidence.statement_query import damage_notices, state_notices
from parley.assistant.evidence.versions.pairing import VersionFinder
from parley.assistant.question.asked_time import AskedTime, take_time
from parley.assistant.question.catalogue_form import catalogue_question
from parley.assistant.question.correspondence_form import correspondence_question
from parley.assistant.question.library_form import library_question, without_dating
from parley.assistant.question.open_question import goes_on_from_nothing
from parley.assistant.question.version_form import version_question
from parley.assistant.reports.overview.desk import OverviewDesk
from parley.assistant.reports.overview.suggesting import suggest_questions
from parley.index.errors import QuestionError
from parley.index.library import Library
from parley.index.types import SearchFilter

LONGEST_QUESTION = 4_000
"""Characters; a longer "question" is a document pasted into the wrong box."""

_QUOTES = frozenset('"“”„«»')
"""A question that quotes is about the words, at whatever time they were said."""

_NO_FILTER = SearchFilter()


class Asking:
    """Answers messages over one library with one reader: decides what a message is, and who answers it."""

    def __init__(
        self,
        library: Library,
        reader: Reader,
        versions: VersionFinder,
        overviews: OverviewDesk,
        today: Callable[[], Date],
    ) -> None:
        self._library = library
        self._reader = reader
        self._versions = versions
        self._today = today
        self._overviews = overviews

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        """The events of an answer, in order, the last of them `Finished`. Raises QuestionError."""
        for event in self._events(question, conversation, filter):
            yield Finished(self._with_state_told(event.answer)) if isinstance(event, Finished) else event

    def _with_state_told(self, answer: Answer) -> Answer:
        """The answer with what is to be known of the library: that its statements are of another version, and what is damaged."""
        told = damage_notices(self._library) if answer.status == "conversational" else state_notices(self._library)
        return replace(answer, notices=(*answer.notices, *told)) if told else answer

    def _events(
        self,
        question: str,
        conversation: Conversation | None,
        filter: SearchFilter,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        started = time.perf_counter()
        _check(question)
        message = read_message(question, self._is_known)
        conversation = conversation or Conversation()
        before = conversation.without_remarks() if "never_mind" not in message.moves else Conversation()
        told = self._from_list(question, message.rest or question, conversation, filter)
        told = told or self._from_whole_documents(question, message, before, filter)
        if told is not None:
            yield from _given(told)
            return
        if message.moves == ("source",) and not conversation.turns:
            message = Message((), question)
        if not message.rest:
            yield from self._reply(message.moves, question, conversation, filter)
            return
        told = self._without_search(question, message.rest, before, filter)
        if told is not None:
            yield from _given(told)
            return
        asked, carried = message.rest, understand(message.rest, before, self._library)
        if before.turns and isinstance(self._reader, SteppingReader):
            asked = yield from self._reader.complete(asked, before, carried)
            carried = carried if asked == message.rest else replace(carried, matter=None, shown=())
        understood = time.perf_counter()
        shown = shown_with(asked, carried)
        yield Searching(shown)
        for event in self._timely(question, asked, filter, carried):
            if isinstance(event, Finished):
                timings = {"rewrite": understood - started, "total": time.perf_counter() - started}
                answer = read_as_english(event.answer, asked)
                answer = replace(answer, timings=dict(answer.timings) | timings)
                yield Finished(replace(answer, standalone_question=shown, carried=carried.shown))
            else:
                yield event

    def _without_search(
        self,
        question: str,
        asked: str,
        before: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """The answer to a question about letters or the library, and to one that has no matter; `None` for any other."""
        told = self._from_correspondence(asked, before, filter) or self._from_catalogue(asked, filter)
        if told is None and not before.turns and goes_on_from_nothing(asked):
            return _asking_back(question)
        return replace(told, question=question) if told is not None else None

    def _timely(
        self,
        question: str,
        asked: str,
        filter: SearchFilter,  # noqa: A002
        carried: Carried,
    ) -> Iterator[StreamEvent]:
        """The events of the answer that keeps to the time that the question sets."""
        days = [entry.date for entry in self._library.entries() if entry.date is not None]
        rest, time_asked = take_time(asked, self._today(), days)
        notes: tuple[str, ...] = ()
        if time_asked is not None and time_asked.event:
            dated = with_event_dated(time_asked, self._library)
            time_asked, notes = (dated[0], (dated[1],)) if dated is not None else (None, ())
        undated = undated_notices(time_asked, self._library) if time_asked is not None else ()
        if time_asked is not None and (undated or is_told_of(time_asked, self._library)):
            time_asked = None
        rest = rest if time_asked is not None else asked
        notes += year_told(time_asked) if time_asked is not None and not time_asked.within else ()
        if time_asked is not None and (refused := none_of_that_time(question, time_asked, self._library)) is not None:
            yield from _given(refused)
            return
        for event in self._of_time(question, asked, rest, time_asked, filter, carried):
            if isinstance(event, Finished):
                answer = with_days(event.answer)
                answer = replace(answer, notices=(*notes, *undated, *answer.notices))
                added = answer.sentences[len(event.answer.sentences) :]
                yield from sentences_ready(added, answer.citations)
                yield Finished(answer)
            else:
                yield event

    def _of_time(
        self,
        question: str,
        asked: str,
        rest: str,
        time_asked: AskedTime | None,
        filter: SearchFilter,  # noqa: A002
        carried: Carried,
    ) -> Iterator[StreamEvent]:
        """The events of an answer under a condition of time, or under none."""

        def ask(words: str, allowed: SearchFilter) -> Answer:
            events = answer_events(self._library, self._reader, question, words, allowed, carried)
            return next(event.answer for event in events if isinstance(event, Finished))

        if time_asked is not None and time_asked.within and not _QUOTES & set(question):
            return _given(answer_of_time(asked, rest, time_asked, ask, filter, self._library))
        if time_asked is not None and time_asked.within:
            rest, time_asked = asked, None
        allowed = narrowed(filter, time_asked) if time_asked is not None else filter
        if time_asked is not None and time_asked.newest:
            first = ask(rest, allowed)
            return _given(newest_answer(first, lambda name: self._from_one(question, rest, name, allowed), self._library))
        return answer_events(self._library, self._reader, question, rest, allowed, carried)

    def _from_one(self, question: str, asked: str, document: str, allowed: SearchFilter) -> Answer:
        """The answer from one document alone."""
        return self._reader.answer(question, asked, filter=replace(allowed, document_ids=(document,)))

    def _reply(
        self,
        moves: Sequence[Move],
        message: str,
        conversation: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        """The events of a reply to a message that asks nothing of the documents."""
        questions = (
            suggest_questions(self._overviews, self._library, 3, has_versions=bool(self._versions.groups()))
            if "help" in moves
            else []
        )
        answer = reply(moves, message, self._last_answer(conversation, filter), self._library, questions)
        yield from _given(answer)

    def _from_list(
        self,
        question: str,
        asked: str,
        conversation: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """What a reply names of the list that was shown to choose from, as an answer to the question before; else `None`."""
        meant = chosen(asked, conversation.turns[-1]) if conversation.turns else ()
        last = self._last_answer(conversation, filter) if meant else None
        return replace(exact(replace(last, citations=meant), self._library), question=question) if last is not None else None

    def _from_whole_documents(
        self,
        question: str,
        message: Message,
        before: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """The answer to a question about versions of a text or for an overview; `None` for others."""
        told = self._from_versions(question, message.rest, before, filter) if message.rest else None
        return told or self._overview(question, message, before, filter)

    def _from_versions(
        self,
        question: str,
        asked: str,
        before: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """The answer to a question about versions of a text; `None` for others, and where there are no such versions."""
        last = version_question(before.turns[-1].question) if before.turns else None
        found = version_question(asked, last)
        answer = version_answer(asked, found, self._library, self._versions, filter) if found is not None else None
        return replace(answer, question=question) if answer is not None else None

    def _overview(
        self,
        question: str,
        message: Message,
        before: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """The answer to a question for an overview; `None` for others, and for a remark about the last answer ("shorter").

        "What's in the library?" may be meant either way, and is answered from the catalogue.
        """
        called = self._overviews.are_documents_called
        text, when = self._without_bound(message.rest or question)
        asked = overview_asked(text, before.turns if message.rest else (), called)
        if asked is None or not self._library.document_count:
            return None
        if asked.parts == ("summary",) and not asked.about and catalogue_question(question) is not None:
            return None
        if not message.rest and before.turns and (message.moves != ("summarise",) or not asked.about):
            return None
        if when is None:
            return self._overviews.answer(question, asked, filter)
        told = none_of_that_time(question, when, self._library)
        told = told or self._overviews.answer(question, asked, filter, dated=narrowed(filter, when))
        if told is None or not told.citations:
            return told
        return replace(told, notices=(*told.notices, f"Of documents dated {when.words}; those without a date are left out."))

    def _without_bound(self, text: str) -> tuple[str, AskedTime | None]:
        """A question without the days from or up to which documents are asked, and that bound; as it is where it has none."""
        rest, when = take_time(text, self._today(), [entry.date for entry in self._library.entries() if entry.date is not None])
        is_bound = when is not None and bool(when.since or when.until) and not when.within and not when.event
        return (rest, when) if is_bound else (text, None)

    def _from_correspondence(
        self,
        asked: str,
        before: Conversation,
        filter: SearchFilter,  # noqa: A002
    ) -> Answer | None:
        """The answer to a question by whom, to whom, when or from where a letter was sent; `None` for any other question."""
        found = correspondence_question(asked)
        if found is None:
            return None
        last = before.turns[-1].answer if before.turns else None
        held = {citation.document.id for citation in last.citations} if last is not None else set()
        return correspondence_answer(asked, found, self._library, filter, held)

    def _from_catalogue(self, asked: str, filter: SearchFilter) -> Answer | None:  # noqa: A002
        """The answer to a question about the library; `None` for one about what its documents say."""
        days = [entry.date for entry in self._library.entries() if entry.date is not None]
        rest, when = take_time(asked, self._today(), days)
        found = library_question(without_dating(rest)) if when is not None and not when.newest and not when.event else None
        if found is None or found.asked not in {"list", "count", "by", "mention"}:
            found, when = library_question(asked), None
        if found is None:
            return None
        scope = [entry for entry in self._library.entries() if passes(entry, filter)]
        return catalogue_answer(asked, found, self._library, scope, when)

    def _last_answer(self, conversation: Conversation, filter: SearchFilter) -> Answer | None:  # noqa: A002
        """The last answer that was no mere reply; where a conversation was taken over as text, its question is answered again."""
        for number, turn in reversed(list(enumerate(conversation.turns))):
            if turn.answer is not None and turn.answer.status != "conversational":
                return turn.answer
            if turn.answer is None and read_message(turn.question, self._is_known).rest:
                before = Conversation(conversation.turns[:number])
                events = self.stream(turn.question, conversation=before, filter=filter)
                return next(event.answer for event in events if isinstance(event, Finished))
        return None

    def _is_known(self, word: str) -> bool:
        return self._library.passage_frequency(word) > 0


def _given(answer: Answer) -> Iterator[StreamEvent]:
    """The events of an answer that needs no search."""
    yield Searching(answer.standalone_question)
    yield from sentences_ready(answer.sentences, answer.citations)
    yield Finished(answer)


def _asking_back(question: str) -> Answer:
    text = f"“{question.strip()}” goes on from a question, and none was asked before. Say what it is about."
    return Answer(question, question, (AnswerSentence(text),), (), "not_in_documents")


def _check(question: str) -> None:
    """Raises QuestionError where there is nothing to answer, or too much."""
    if not question.strip():
        msg = "The question is empty. Type a question about the documents."
        raise QuestionError(msg)
    if any("\ud800" <= character <= "\udfff" for character in question):
        msg = "The question holds half a character (a lone surrogate). Type it again, or send it as UTF-8."
        raise QuestionError(msg)
    if len(question) > LONGEST_QUESTION:
        msg = (
            f"The question has {len(question)} characters, the most is {LONGEST_QUESTION}. "
            "Add long texts as documents and ask about them."
        )
        raise QuestionError(msg)
