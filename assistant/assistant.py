"""The assistant: one object over a library that adds documents, answers questions and checks quotations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader, Reader
from parley.assistant.answers.steady import steady
from parley.assistant.answers.stepping import SteppingReader
from parley.assistant.asking import Asking
from parley.assistant.chat import Chat
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.followup_search import search_with_context
from parley.assistant.dialogue.understanding import understand
from parley.assistant.documents import DocumentKeeping
from parley.assistant.drafting.opening import reader_with
from parley.assistant.events import Finished, StreamEvent
from parley.assistant.evidence.quote_check import QuoteCheck, check_quote
from parley.assistant.evidence.versions.comparison import Comparison, compare_documents
from parley.assistant.evidence.versions.files import tracked_versions, version_of
from parley.assistant.evidence.versions.pairing import VersionFinder, VersionGroup
from parley.assistant.evidence.word_evidence import WordEvidence, find_word_evidence
from parley.assistant.filed_evidence import FiledEvidence
from parley.assistant.forgetting import check_conversations
from parley.assistant.overviews import Overviews
from parley.assistant.reading.reranking import Reranker
from parley.assistant.reports.overview.desk import OverviewDesk
from parley.assistant.statements import StatementViews
from parley.assistant.stepping_async import in_threads
from parley.index.confined.reading import DirectReader
from parley.index.embedding import embedder_of
from parley.index.library import Library
from parley.index.models.passage_reader import packaged_passage_reader
from parley.index.types import Embedder, Hit, SearchFilter

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms.llm import LLM
    from llama_index.core.vector_stores.types import MetadataFilters

    from parley.assistant.language_model.generator import Generator, ModelInUse
    from parley.assistant.language_model.settings import ModelSettings
    from parley.assistant.llamaindex import AssistantChatEngine, AssistantQueryEngine
    from parley.index.doctor import DoctorReport
    from parley.index.llamaindex import LibraryRetriever
    from parley.index.models.passage_reader import PassageReader

_NO_FILTER = SearchFilter()


class Assistant(DocumentKeeping, StatementViews, Overviews):
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
        self._library = library
        self._filed = FiledEvidence(library)
        self._reader: Reader = reader or ExtractiveReader(self._filed)
        self._versions = VersionFinder(library)
        self._overviews = OverviewDesk(library)
        self._asking = Asking(library, self._reader, self._versions, self._overviews, today)

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
        passage_reader: PassageReader | str | Path | None = None,
        confine_readers: bool = True,
        allow_remote: bool = False,
        create: bool = True,
    ) -> Self:
        """Open the library in a folder; it is made if missing and `create` holds.

        Args:
            library: the folder.
            model: an embedding model of sentence-transformers: its folder, or its name in the local cache.
            embedding: an embedder in place of `model`: one of ours, or one of LlamaIndex.
            extractor: finds the statements of documents added from now on: "default", or "spacy" with `parley-qa[spacy]`.
            llm: words the answers: `ModelSettings`, or a language model of LlamaIndex. Without it they are quotations only.
            reranker: a cross-encoder that helps to order sentences: its folder, or an object with `relevance(question, texts)`.
            passage_reader: marks the words that answer, in place of Parley's own: a model's folder, or an object with `read`.
            confine_readers: whether files are read in a process of their own: a file made to do harm is refused, yours goes on.
            allow_remote: whether the language model may be outside this machine, also where `parley model` does not permit it.
            create: whether to make a library that does not exist.

        Raises:
            ModelError: there is no cross-encoder or no reader of passages at that folder.
            LibraryError: there is no library and `create` is false, the path is a file, or another model or format made it.
            ExtraMissingError: a package is missing that one of these needs; the message has the command.
            NotTrustedError: the library names an embedding model that this user has not named.
            RemoteModelError: the language model is outside this machine, and nothing permits that.
        """
        files, embedder = None if confine_readers else DirectReader(), embedder_of(model, embedding)
        own = Library.open(library, embedder=embedder, extractor=extractor, file_reader=files, create=create)
        made = cls(own, reader=reader_with(llm, FiledEvidence(own), reranker, passage_reader, allow_remote=allow_remote))
        made.take_up_removals()
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the library's files."""
        self._library.close()

    def rest(self) -> bool:
        """Give back files and memory until the next use takes them again; returns false where the library is in use.

        For a program that keeps many assistants, of which some have not been asked for a while.
        """
        self._versions.forget()
        self._overviews.forget()
        return self._library.rest()

    @property
    def library(self) -> Library:
        """The library underneath."""
        return self._library

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
        return self._asking.stream(question, conversation=conversation, filter=filter)

    async def aask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002
    ) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, conversation=conversation, filter=filter)

    async def astream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002
    ) -> AsyncGenerator[StreamEvent, None]:
        """`stream` without blocking the event loop. Leaving the loop early, or `aclose`, stops a language model."""
        async with aclosing(in_threads(self.stream(question, conversation=conversation, filter=filter))) as events:
            async for event in events:
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
        return steady(self._library, lambda: check_quote(FiledEvidence(self._library), quote, speaker=speaker))

    def find_evidence(self, words: str, *, answer: Answer | None = None) -> WordEvidence:
        """What the documents have for some words, selected in `answer` or not: where they stand, or what comes nearest."""
        return steady(self._library, lambda: find_word_evidence(self._library, words, answer))

    def compare(self, old: str | Path, new: str | Path | None = None) -> Comparison:
        """What changed from one version of a text to another: paragraph by paragraph, in the words of both.

        Args:
            old: the older version: a document's id, or a file that need not be in the library.
            new: the newer one; left out, the changes tracked in `old`, a Word file, are what is compared.

        Raises:
            DocumentNotFoundError: there is neither such a document nor such a file.
            ReadError: a file cannot be read, or holds no tracked changes.
        """
        if new is None:
            return compare_documents(*tracked_versions(self._library, old, self._library.path.parent))
        return compare_documents(version_of(self._library, old), version_of(self._library, new))

    def versions(self) -> list[VersionGroup]:
        """The groups of documents that are versions of one text, the oldest of each group first."""
        return self._versions.groups()

    @property
    def language_model(self) -> ModelInUse | None:
        """The language model that words the answers; `None` where they are made of quotations only."""
        return self._reader.model if isinstance(self._reader, SteppingReader) else None

    def doctor(self, *, mend: bool = True) -> DoctorReport:
        """Check the library's parts, conversations kept beside it, and the language model; `mend` rebuilds what can be."""
        report = self._library.doctor(mend=mend)
        model = (self._reader.check_model(),) if isinstance(self._reader, SteppingReader) else ()
        return replace(report, checks=(*report.checks, *check_conversations(self._library.path), *model))

    def warm_up(self) -> None:
        """Load the models and the caches now, so that the first question does not wait for them."""
        self._library.search("warm-up", k=1)
        packaged_passage_reader().warm_up()

    def as_retriever(self, *, k: int = 10, filter: SearchFilter | MetadataFilters = _NO_FILTER) -> LibraryRetriever:  # noqa: A002
        """A LlamaIndex `BaseRetriever` over the library; scores are cosine similarities.

        `filter` is ours or LlamaIndex's `MetadataFilters` on document_id, outlet, language and date.
        """
        return self._library.as_retriever(k=k, filter=_our_filter(filter))

    def as_query_engine(self, *, filter: SearchFilter | MetadataFilters = _NO_FILTER) -> AssistantQueryEngine:  # noqa: A002
        """A LlamaIndex query engine: `source_nodes` with offsets, attribution and similarity; `filter` as in `as_retriever`."""
        from parley.assistant.llamaindex import AssistantQueryEngine

        return AssistantQueryEngine(self, self.library.embedder, filter=_our_filter(filter))

    def as_chat_engine(self, *, filter: SearchFilter | MetadataFilters = _NO_FILTER) -> AssistantChatEngine:  # noqa: A002
        """A LlamaIndex chat engine that understands follow-up questions; `source_nodes` and `filter` as for the query engine."""
        from parley.assistant.llamaindex import AssistantChatEngine

        return AssistantChatEngine(self, self.library.embedder, filter=_our_filter(filter))


def _our_filter(given: SearchFilter | MetadataFilters) -> SearchFilter:
    if isinstance(given, SearchFilter):
        return given
    from parley.index.llamaindex import search_filter

    return search_filter(given)
