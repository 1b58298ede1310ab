"""The assistant: one object over a library that adds documents, answers questions and checks quotations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from parley.assistant.answer import Answer
from parley.assistant.answers.answering import answer_events, sentences_ready
from parley.assistant.answers.catalogue import catalogue_answer
from parley.assistant.answers.conversing.replying import reply
from parley.assistant.answers.reader import ExtractiveReader, Reader
from parley.assistant.answers.stepping import SteppingReader
from parley.assistant.answers.timely import narrowed, newest_answer, none_of_that_time, with_days
from parley.assistant.chat import Chat
from parley.assistant.dialogue.carried import Carried
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.followup_search import search_with_context
from parley.assistant.dialogue.moves import Message, Move, read_message
from parley.assistant.dialogue.understanding import shown_with, understand
from parley.assistant.drafting.opening import reader_with
from parley.assistant.events import Finished, Searching, StreamEvent
from parley.assistant.evidence.quote_check import QuoteCheck, check_quote
from parley.assistant.evidence.statement_query import AttributedStatement, select_statements
from parley.assistant.evidence.suggestions import suggest_questions
from parley.assistant.evidence.word_evidence import WordEvidence, find_word_evidence
from parley.assistant.question.asked_time import take_time
from parley.assistant.question.catalogue_form import catalogue_question
from parley.assistant.reading.reranking import Reranker
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.ledger import Ledger
from parley.assistant.reports.views.making import AliasesGiven, IssuesGiven, ViewMaker
from parley.assistant.reports.views.positions import PositionTable
from parley.assistant.reports.views.selection import StatementFilter
from parley.assistant.reports.views.timeline import Timeline
from parley.index.embedding import embedder_of
from parley.index.errors import QuestionError
from parley.index.library import Library
from parley.index.models.passage_reader import packaged_passage_reader
from parley.index.types import (
    AddReport,
    Document,
    DocumentEntry,
    Embedder,
    Hit,
    MetadataChanges,
    Progress,
    SearchFilter,
    Statement,
)

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms.llm import LLM

    from parley.assistant.language_model.generator import Generator, ModelInUse
    from parley.assistant.language_model.settings import ModelSettings
    from parley.assistant.llamaindex import AssistantChatEngine, AssistantQueryEngine
    from parley.index.doctor import DoctorReport
    from parley.index.llamaindex import LibraryRetriever

LONGEST_QUESTION = 4_000
"""Characters; a longer "question" is a document pasted into the wrong box."""

_NO_FILTER = SearchFilter()
_EVERY_STATEMENT = StatementFilter()


class Assistant:
    """Answers questions about the documents of one library. Safe to use from several threads.

    Example:
        >>> from parley.assistant import Assistant, Document
        >>> assistant = Assistant.open(library_folder)
        >>> _ = assistant.add_documents([Document.from_text("The ministry said talks will resume.", id="note-1")])
        >>> assistant.ask("Who said talks will resume?").citations[0].quote
        'The ministry said talks will resume.'
    """

    def __init__(self, library: Library, *, reader: Reader | None = None, today: Callable[[], Date] = Date.today) -> None:
        """`today` is the day from which "yesterday" and "last week" in a question are counted."""
        self._today = today
        self._library = library
        self._reader: Reader = reader or ExtractiveReader(library)

    @classmethod
    def open(
        cls,
        library: str | Path = "library",
        *,
        model: str | None = None,
        embedding: Embedder | BaseEmbedding | None = None,
        extractor: str | None = None,
        llm: ModelSettings | LLM | Generator | None = None,
        reranker: Reranker | str | Path | None = None,
        create: bool = True,
    ) -> Self:
        """Open the library in a folder; it is made if missing and `create` holds.

        Args:
            library: the folder.
            model: a sentence-transformers model, by folder or cached hub name; for a library that exists it may be left
                out and must otherwise be the one it was made with.
            embedding: an embedder object in place of `model`: one of ours, or any LlamaIndex embedding.
            extractor: what finds the statements of documents added from now on: "default", or "spacy" with `parley-qa[spacy]`.
            llm: a language model to word the answers: any LlamaIndex LLM, or `ModelSettings`; without one, answers are made
                of quotations only.
            reranker: a cross-encoder to have a say in which sentence answers best: its folder, or any object with
                `relevance(question, texts)`; without one, nothing is missing.
            create: whether to make a library that does not exist.

        Raises:
            ModelError: there is no cross-encoder at that folder.
            LibraryError: there is no library and `create` is false, or the path is a file.
            LibraryMismatchError: the library was made with another model or format; the message names the way out.
            ExtraMissingError: the embedding model, the extractor or the language model needs a package that is not
                installed; the message has the command.
            RemoteModelError: the language model is outside this machine, and the library does not permit that.
        """
        opened = Library.open(library, embedder=embedder_of(model, embedding), extractor=extractor, create=create)
        return cls(opened, reader=reader_with(llm, opened, reranker))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the library's files."""
        self._library.close()

    @property
    def library(self) -> Library:
        """The library underneath."""
        return self._library

    def add(
        self,
        *paths: str | Path,
        prune: bool = False,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add files and folders; only new and changed files cost anything. Files that cannot be read are told in the report.

        With `prune`, documents whose file is gone from one of the folders are removed; else the report names them.

        Raises:
            LibraryBusyError: another process is writing to the library.
            CancelledError: `cancelled` returned true; what was stored until then is kept.
        """
        return self._library.add(paths, prune=prune, progress=progress, cancelled=cancelled)

    def add_documents(
        self,
        documents: Iterable[Document],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add documents made with `Document.from_text`; one with an id that exists replaces it. Raises as `add` does."""
        return self._library.add_documents(documents, progress=progress, cancelled=cancelled)

    def remove(self, document: str | Path) -> Document:
        """Forget a document, given by id or path, and return it. Raises DocumentNotFoundError, LibraryBusyError."""
        return self._library.remove(document)

    def edit_metadata(self, document_id: str, **changes: Unpack[MetadataChanges]) -> Document:
        """Correct a document's title, outlet, author, date or language and return it; `None` means "not known".

        Corrections have the basis "user" and outlive adding the document's file again.

        Raises DocumentNotFoundError, LibraryBusyError, and MetadataError for a value that cannot be what it is given as.
        """
        return self._library.edit_metadata(document_id, changes)

    def documents(self) -> list[Document]:
        """All documents with their texts, in the order in which they were added."""
        return self._library.documents()

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added."""
        return self._library.entries()

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises DocumentNotFoundError."""
        return self._library.document(document_id)

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
    ) -> Answer:
        """Answer a question from the documents.

        Args:
            question: 1 to 4,000 characters.
            conversation: earlier turns, from which a follow-up question is completed.
            filter: restricts the documents that may be used.

        Raises:
            QuestionError: the question is empty or too long.
        """
        steps = (
            event.answer
            for event in self.stream(question, conversation=conversation, filter=filter)
            if isinstance(event, Finished)
        )
        return next(steps)

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        """Answer as `ask` does, in steps: the question as understood, each sentence with its citations, the whole answer.

        While a language model writes, a `Drafting` comes now and then, and each sentence once it is checked. If it breaks off, a
        `Withdrawn` comes, and the sentences of another answer. Closing the iterator stops the model.
        """
        started = time.perf_counter()
        _check(question)
        message = read_message(question, self._is_known)
        if message.moves == ("source",) and not (conversation and conversation.turns):
            message = Message((), question)
        if not message.rest:
            yield from self._reply(message.moves, question, conversation or Conversation(), filter)
            return
        if (told := self._from_catalogue(question, message.rest)) is not None:
            yield from _given(told)
            return
        before = conversation.without_remarks() if conversation is not None else Conversation()
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
                answer = replace(event.answer, timings=dict(event.answer.timings) | timings)
                yield Finished(replace(answer, standalone_question=shown, carried=carried.shown))
            else:
                yield event

    def conversation(self) -> Chat:
        """A chat that remembers its turns."""
        return Chat(self)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002
        conversation: Conversation | None = None,
    ) -> list[Hit]:
        """The `k` passages that fit the query best, best first; in a conversation, as a follow-up question is searched for."""
        if conversation is None or not conversation.turns:
            return self._library.search(query, k=k, filter=filter)
        carried = understand(query, conversation, self._library)
        return search_with_context(self._library, query, carried, k=k, filter=filter)

    def check_quote(self, quote: str, *, speaker: str | None = None) -> QuoteCheck:
        """Whether the documents hold these words, and whether that speaker said them."""
        return check_quote(self._library, quote, speaker=speaker)

    def find_evidence(self, words: str, *, answer: Answer | None = None) -> WordEvidence:
        """What the documents have for some words, selected in `answer` or not: where they stand, or what comes nearest."""
        return find_word_evidence(self._library, words, answer)

    def statements(
        self,
        *,
        party: str | None = None,
        speaker: str | None = None,
        issue: str | Sequence[str] | None = None,
        stance: str | None = None,
        status: str | None = None,
        outlet: str | None = None,
        since: Date | None = None,
        until: Date | None = None,
        firsthand_only: bool = False,
    ) -> list[AttributedStatement]:
        """What the documents attribute to somebody, narrowed by who, what and when; in order of document and position.

        Args:
            party: the side that the speaker's role names.
            speaker: a name or part of one, as the documents write it.
            issue: a term, or several of which one must occur in what was said.
            stance: class of the cue verb, such as "demand".
            status: how firm, such as "agreed_in_principle".
            outlet: the document's outlet, or the one the speaker spoke to.
            since: first document date; undated documents are then left out.
            until: last document date; undated documents are then left out.
            firsthand_only: leave out what somebody relayed for another.
        """
        return select_statements(
            self._library,
            party=party,
            speaker=speaker,
            issue=(issue,) if isinstance(issue, str) else tuple(issue or ()),
            stance=stance,
            status=status,
            outlet=outlet,
            since=since,
            until=until,
            firsthand_only=firsthand_only,
        )

    def positions(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> PositionTable:
        """What each party is reported to have said on each issue; a cell without a statement says so.

        Args:
            filter: narrows the statements; parties it names are rows even where nothing is found.
            issues: the issues and their terms, or the file that lists them; else issues.tsv in the library's folder.
            aliases: other names of parties and persons, or the file that lists them; else aliases.tsv there.

        Raises:
            TermListError: a list is malformed, or there are no issues.
        """
        return ViewMaker(self._library, self._library.path, issues, aliases).positions(filter)

    def ledger(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Ledger:
        """What the documents call agreed, offered, demanded, rejected, open and so on: by whom, since when, and where."""
        return ViewMaker(self._library, self._library.path, issues, aliases).ledger(filter)

    def timeline(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> Timeline:
        """Statements by the dates they state and by the date of their document; undated ones apart."""
        return ViewMaker(self._library, self._library.path, issues, aliases).timeline(filter)

    def cited_statements(
        self,
        *,
        filter: StatementFilter = _EVERY_STATEMENT,  # noqa: A002
        issues: IssuesGiven = None,
        aliases: AliasesGiven = None,
    ) -> tuple[CitedStatement, ...]:
        """The statements that meet the filter, filed by party and issue, in order of document and position."""
        return ViewMaker(self._library, self._library.path, issues, aliases).statements(filter)

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements found in one document, in reading order."""
        return self._library.statements(document_id)

    def suggested_questions(self, count: int = 4) -> list[str]:
        """Questions that the library's documents answer, made from their own statements."""
        return suggest_questions(self._library, count)

    @property
    def language_model(self) -> ModelInUse | None:
        """The language model that words the answers; `None` where they are made of quotations only."""
        return self._reader.model if isinstance(self._reader, SteppingReader) else None

    def doctor(self, *, mend: bool = True) -> DoctorReport:
        """Check the library's parts against each other, and the language model if there is one; `mend` rebuilds what can be."""
        report = self._library.doctor(mend=mend)
        if not isinstance(self._reader, SteppingReader):
            return report
        return replace(report, checks=(*report.checks, self._reader.check_model()))

    def warm_up(self) -> None:
        """Load the models and the caches now, so that the first question does not wait for them."""
        self._library.search("warm-up", k=1)
        packaged_passage_reader().warm_up()

    def as_retriever(self, *, k: int = 10, filter: SearchFilter = _NO_FILTER) -> LibraryRetriever:  # noqa: A002
        """A LlamaIndex `BaseRetriever` over the library."""
        return self._library.as_retriever(k=k, filter=filter)

    def as_query_engine(self) -> AssistantQueryEngine:
        """A LlamaIndex query engine whose `source_nodes` carry offsets and attribution."""
        from parley.assistant.llamaindex import AssistantQueryEngine

        return AssistantQueryEngine(self)

    def as_chat_engine(self) -> AssistantChatEngine:
        """A LlamaIndex chat engine that understands follow-up questions."""
        from parley.assistant.llamaindex import AssistantChatEngine

        return AssistantChatEngine(self)

    def _timely(
        self,
        question: str,
        asked: str,
        filter: SearchFilter,  # noqa: A002
        carried: Carried,
    ) -> Iterator[StreamEvent]:
        """The events of the answer from the documents of the time that the question sets."""
        rest, time_asked = take_time(asked, self._today())
        if time_asked is not None and (refused := none_of_that_time(question, time_asked, self._library)) is not None:
            yield from _given(refused)
            return
        allowed = narrowed(filter, time_asked) if time_asked is not None else filter
        events = answer_events(self._library, self._reader, question, rest, allowed, carried)
        if time_asked is not None and time_asked.newest:
            first = next(event.answer for event in events if isinstance(event, Finished))
            events = _given(newest_answer(first, lambda name: self._from_one(question, rest, name, allowed), self._library))
        for event in events:
            if isinstance(event, Finished):
                answer = with_days(event.answer)
                added = answer.sentences[len(event.answer.sentences) :]
                yield from sentences_ready(added, answer.citations)
                yield Finished(answer)
            else:
                yield event

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
        questions = self.suggested_questions(3) if "help" in moves else []
        answer = reply(moves, message, self._last_answer(conversation, filter), self._library, questions)
        yield from _given(answer)

    def _from_catalogue(self, question: str, asked: str) -> Answer | None:
        """The answer to a question about the library; `None` for one about what its documents say."""
        found = catalogue_question(asked)
        answer = catalogue_answer(asked, found, self._library) if found is not None else None
        return replace(answer, question=question) if answer is not None else None

    def _last_answer(self, conversation: Conversation, filter: SearchFilter) -> Answer | None:  # noqa: A002
        """The last answer that was no mere reply; where a conversation was taken over as text, its question is answered again."""
        for number, turn in reversed(list(enumerate(conversation.turns))):
            if turn.answer is not None and turn.answer.status != "conversational":
                return turn.answer
            if turn.answer is None and read_message(turn.question, self._is_known).rest:
                return self.ask(turn.question, conversation=Conversation(conversation.turns[:number]), filter=filter)
        return None

    def _is_known(self, word: str) -> bool:
        return self._library.passage_frequency(word) > 0


def _given(answer: Answer) -> Iterator[StreamEvent]:
    """The events of an answer that needs no search."""
    yield Searching(answer.standalone_question)
    yield from sentences_ready(answer.sentences, answer.citations)
    yield Finished(answer)


def _check(question: str) -> None:
    """Raises QuestionError where there is nothing to answer, or too much."""
    if not question.strip():
        msg = "The question is empty. Type a question about the documents."
        raise QuestionError(msg)
    if len(question) > LONGEST_QUESTION:
        msg = (
            f"The question has {len(question)} characters, the most is {LONGEST_QUESTION}. "
            "Add long texts as documents and ask about them."
        )
        raise QuestionError(msg)
