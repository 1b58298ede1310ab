"""The border to LlamaIndex on the index side: a retriever over a library, and LlamaIndex embeddings as embedders.

LlamaIndex's types stay in this module and in assistant/llamaindex.py; its global `Settings` is never read or set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date as Date
from functools import cached_property
from hashlib import sha256
from typing import Protocol

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.vector_stores.types import FilterCondition, FilterOperator, MetadataFilter, MetadataFilters

from parley.index.errors import MetadataError, QuestionError
from parley.index.types import Document, Embedder, FloatMatrix, Hit, SearchFilter


class Searchable(Protocol):
    """What is searched: `parley.index.library.Library` is one."""

    def search(self, query: str, *, k: int, filter: SearchFilter) -> list[Hit]:  # noqa: A002
        """The `k` best passages, best first."""

    def document(self, document_id: str) -> Document:
        """The stored document of that id."""

    @property
    def embedder(self) -> Embedder:
        """The model that encodes passages and queries."""


def document_metadata(document: Document) -> dict[str, str | None]:
    """What a node tells about its document; the values are JSON types."""
    return {
        "document_id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "date": document.date.isoformat() if document.date else None,
        "language": document.language,
    }


def text_node(document: Document, start: int, end: int, *, node_id: str) -> TextNode:
    """A node for `document.text[start:end]`; its character offsets are those of the document, its text is not altered."""
    metadata = document_metadata(document)
    node = TextNode(
        id_=node_id,
        text=document.text[start:end],
        start_char_idx=start,
        end_char_idx=end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["document_id"],
    )
    node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id=document.id, metadata=metadata)
    return node


def document_of_node(node: BaseNode) -> Document:
    """A document of LlamaIndex's as one of ours. Raises MetadataError for a date that is none."""
    known = {name: _told(node, name) for name in ("title", "outlet", "author", "language")}
    day = _told(node, "date")
    try:
        date = Date.fromisoformat(day[:10]) if day else None
    except ValueError as error:
        msg = f"The date {day!r} of the document {node.node_id} is none. Write it as YYYY-MM-DD."
        raise MetadataError(msg) from error
    title = known.pop("title") or _told(node, "file_name")
    text = node.get_content(metadata_mode=MetadataMode.NONE)
    return Document.from_text(text, id=_told(node, "document_id") or node.node_id, title=title, date=date, **known)


def _told(node: BaseNode, name: str) -> str | None:
    value = node.metadata.get(name)
    return str(value) if value else None


def search_filter(filters: MetadataFilters) -> SearchFilter:
    """What LlamaIndex's filters ask for: document_id, outlet and language by "==" or "in", date by ">=" and "<=", all of them.

    Raises QuestionError for any other, as leaving it out would give too much.
    """
    parts: dict[str, object] = {}
    for item in filters.filters:
        if isinstance(item, MetadataFilters) or filters.condition not in (None, FilterCondition.AND):
            raise QuestionError("Filters can only be joined by “and”, one beside the other. Ask once for each alternative.")
        name, value = _condition(item)
        if name in parts:
            raise QuestionError(f"There are two filters on {item.key}. Give one, with a list of values.")
        parts[name] = value
    return SearchFilter(**parts)  # type: ignore[arg-type]


_NAMES = {"document_id": "document_ids", "outlet": "outlets", "language": "languages"}


def _condition(item: MetadataFilter) -> tuple[str, object]:
    value = item.value
    if item.key in _NAMES and item.operator in (FilterOperator.EQ, FilterOperator.IN):
        return _NAMES[item.key], tuple(map(str, value if isinstance(value, list) else [value]))
    if item.key == "date" and item.operator in (FilterOperator.GTE, FilterOperator.LTE):
        try:
            return "since" if item.operator == FilterOperator.GTE else "until", Date.fromisoformat(str(value))
        except ValueError as error:
            raise QuestionError(f"{value!r} is not a day. Write it as YYYY-MM-DD.") from error
    told = "document_id, outlet and language by == or in, date by >= and <="
    raise QuestionError(f"There is no filter {item.key} {item.operator.value}. These are: {told}.")


class LibraryRetriever(BaseRetriever):
    """A LlamaIndex retriever over a library's hybrid search, best first.

    A node's score is the cosine similarity of its passage and the query, from -1 to 1. Words count for the order as well, so that
    the scores need not fall; "rank" in the metadata is the order.
    """

    def __init__(self, library: Searchable, *, k: int = 10, filter: SearchFilter | None = None) -> None:  # noqa: A002
        super().__init__()
        self._library = library
        self._k = k
        self._filter = filter or SearchFilter()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = query_bundle.query_str
        return [self._node(hit, query) for hit in self._library.search(query, k=self._k, filter=self._filter)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)

    def _node(self, hit: Hit, query: str) -> NodeWithScore:
        passage = hit.passage
        document = self._library.document(passage.document_id)
        node = text_node(document, passage.start, passage.end, node_id=f"passage-{passage.id}")
        node.metadata["headings"] = list(passage.headings)
        node.metadata["page"] = document.page_at(passage.start)
        node.metadata["rank"] = hit.rank
        score = hit.dense if hit.dense is not None else self._similarity(query, node.text)
        return NodeWithScore(node=node, score=float(score))

    def _similarity(self, query: str, text: str) -> float:
        """For a passage that was found by its words alone."""
        embedder = self._library.embedder
        return float((embedder.embed_query(query) @ embedder.embed_passages([text]).T)[0, 0])


class LlamaIndexEmbedder:
    """Any LlamaIndex embedding as a library's embedder.

    LlamaIndex does not tell a model's weights, so `sha256` is the digest of the vector of a fixed text, rounded: another
    model, or other weights under the same name, give another digest and the library is refused.
    """

    def __init__(self, embedding: BaseEmbedding) -> None:
        self._embedding = embedding
        self.name = f"llama-index:{embedding.model_name}"

    @cached_property
    def _probe(self) -> FloatMatrix:
        return self.embed_query("The delegations agreed in principle to meet again.")

    @cached_property
    def sha256(self) -> str:
        """Digest of a probe vector, rounded to two decimals."""
        return sha256(np.round(self._probe, 2).tobytes()).hexdigest()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._probe.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """One unit row per text, in order."""
        return _unit_rows(self._embedding.get_text_embedding_batch(list(texts)))

    def embed_query(self, text: str) -> FloatMatrix:
        """A single unit row."""
        return _unit_rows([self._embedding.get_query_embedding(text)])


def _unit_rows(vectors: list[list[float]]) -> FloatMatrix:
    matrix = np.asarray(vectors, dtype=np.float32)
    unit: FloatMatrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return unit
