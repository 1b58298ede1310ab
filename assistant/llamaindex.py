"""The border to LlamaIndex on the answering side: a query engine and a chat engine over an assistant.

The response text is the answer with its markers; `source_nodes` are the quotations, in the order of their markers, with their
offsets and attribution, and with their cosine similarity to the question as score. LlamaIndex's global `Settings` is never read
or set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from typing import Protocol

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle

from parley.assistant.answer import Answer, Citation
from parley.assistant.chat import Asked
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.events import Finished, SentenceReady, StreamEvent, Withdrawn
from parley.assistant.stepping_async import in_threads
from parley.index.llamaindex import text_node
from parley.index.types import Embedder, SearchFilter

_WITHDRAWN = "\n\nWhat stands above was withdrawn. The answer is:\n\n"


def citation_node(citation: Citation) -> NodeWithScore:
    """The quotation as a node whose metadata carries marker, page, attribution and speaker."""
    document = citation.document
    node = text_node(document, citation.start, citation.end, node_id=f"{document.id}:{citation.start}-{citation.end}")
    statement = citation.statement
    node.metadata |= {
        "marker": citation.marker,
        "page": citation.page,
        "attribution": citation.attribution,
        "speaker": statement.speaker if statement else None,
        "verified": citation.verified,
    }
    return NodeWithScore(node=node)


def _metadata(answer: Answer) -> dict[str, object]:
    return {
        "status": answer.status,
        "standalone_question": answer.standalone_question,
        "notices": list(answer.notices),
        "engine": answer.engine,
    }


def _nodes(answer: Answer, embedder: Embedder) -> list[NodeWithScore]:
    """The citations of an answer, each with its similarity, from -1 to 1, to the question as it was understood."""
    nodes = [citation_node(citation) for citation in answer.citations]
    if nodes:
        quotations = embedder.embed_passages([citation.quote for citation in answer.citations])
        similarities = (embedder.embed_query(answer.standalone_question) @ quotations.T)[0]
        for node, similarity in zip(nodes, similarities, strict=True):
            node.score = float(similarity)
    return nodes


class AssistantQueryEngine(BaseQueryEngine):
    """A LlamaIndex query engine: each question stands alone; `filter` restricts the documents that may be used."""

    def __init__(self, assistant: Asked, embedder: Embedder, *, filter: SearchFilter | None = None) -> None:  # noqa: A002
        super().__init__(callback_manager=None)
        self._assistant = assistant
        self._embedder = embedder
        self._filter = filter or SearchFilter()

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, filter=self._filter)
        return Response(answer.text, source_nodes=_nodes(answer, self._embedder), metadata=_metadata(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class AskedInSteps(Asked, Protocol):
    """Who answers in one piece or in steps: `parley.Assistant` is one."""

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = ...,
        filter: SearchFilter = ...,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        """The events of an answer, the last of them the whole."""
        ...


class AssistantChatEngine(BaseChatEngine):
    """A LlamaIndex chat engine: follow-up questions are understood from the conversation, or from `chat_history` if given.

    `filter` restricts the documents that may be used.
    """

    def __init__(self, assistant: AskedInSteps, embedder: Embedder, *, filter: SearchFilter | None = None) -> None:  # noqa: A002
        self._assistant = assistant
        self._embedder = embedder
        self._filter = filter or SearchFilter()
        self._conversation = Conversation()

    def reset(self) -> None:
        """Forget the conversation."""
        self._conversation = Conversation()

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The conversation so far as alternating user and assistant messages."""
        roles = {"user": MessageRole.USER, "assistant": MessageRole.ASSISTANT}
        return [ChatMessage(role=roles[item["role"]], content=item["text"]) for item in self._conversation.messages()]

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Ask, and remember question and answer."""
        answer = self._ask(message, chat_history)
        return AgentChatResponse(response=answer.text, source_nodes=_nodes(answer, self._embedder), metadata=_metadata(answer))

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """Ask; `response_gen` yields each sentence once it is checked, with whole markers only.

        `source_nodes` fills as their sentences come, with scores once the answer is whole; then the conversation remembers it.
        """
        nodes: list[NodeWithScore] = []
        stream = self._streamed(message, chat_history, nodes)
        return StreamingAgentChatResponse(chat_stream=stream, source_nodes=nodes, is_writing_to_memory=False)

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """`chat` without blocking the event loop."""
        return await asyncio.to_thread(self.chat, message, chat_history)

    async def astream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """`stream_chat` without blocking the event loop; read `async_response_gen`."""
        nodes: list[NodeWithScore] = []
        stream = in_threads(self._streamed(message, chat_history, nodes))
        return StreamingAgentChatResponse(achat_stream=stream, source_nodes=nodes, is_writing_to_memory=False)

    def _take_over(self, chat_history: list[ChatMessage] | None) -> None:
        if chat_history is not None:
            messages = [{"role": item.role.value, "text": item.content or ""} for item in chat_history]
            self._conversation = Conversation.from_messages([item for item in messages if item["role"] in ("user", "assistant")])

    def _streamed(
        self, message: str, chat_history: list[ChatMessage] | None, nodes: list[NodeWithScore]
    ) -> Generator[ChatResponse, None, None]:
        self._take_over(chat_history)
        said = ""
        for event in self._assistant.stream(message, conversation=self._conversation, filter=self._filter):
            delta = ""
            if isinstance(event, SentenceReady):
                marks = "".join(f" [{marker}]" for marker in event.sentence.markers)
                delta = (" " if said else "") + event.sentence.text + marks
                nodes.extend(citation_node(citation) for citation in event.citations)
            elif isinstance(event, Withdrawn):
                delta = _WITHDRAWN if said else ""
                nodes.clear()
            elif isinstance(event, Finished):
                self._conversation = self._conversation.with_answer(event.answer)
                nodes[:] = _nodes(event.answer, self._embedder)
            if delta:
                said += delta
                yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=said), delta=delta)

    def _ask(self, message: str, chat_history: list[ChatMessage] | None) -> Answer:
        self._take_over(chat_history)
        answer = self._assistant.ask(message, conversation=self._conversation, filter=self._filter)
        self._conversation = self._conversation.with_answer(answer)
        return answer
