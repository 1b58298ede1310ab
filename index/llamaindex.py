"""The border to LlamaIndex on the index side: a retriever over a library, and LlamaIndex embeddings as embedders.

LlamaIndex's types stay in this module and in assistant/llamaindex.py; its global `Settings` is never read or set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Protocol

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from parley.index.types import Document, FloatMatrix, Hit, SearchFilter


class Searchable(Protocol):
    """What is searched: `parley.index.library.Library` is one."""

    def search(self, query: str, *, k: int, filter: SearchFilter) -> list[Hit]:  # noqa: A002
        """The `k` best passages, best first."""

    def document(self, document_id: str) -> Document:
        """The stored document of that id."""


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


class LibraryRetriever(BaseRetriever):
    """A LlamaIndex retriever over a library's hybrid search; higher scores are better."""

    def __init__(self, library: Searchable, *, k: int = 10, filter: SearchFilter | None = None) -> None:  # noqa: A002
        super().__init__()
        self._library = library
        self._k = k
        self._filter = filter or SearchFilter()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._library.search(query_bundle.query_str, k=self._k, filter=self._filter)
        return [self._node(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)

    def _node(self, hit: Hit) -> NodeWithScore:
        passage = hit.passage
        document = self._library.document(passage.document_id)
        node = text_node(document, passage.start, passage.end, node_id=f"passage-{passage.id}")
        node.metadata["headings"] = list(passage.headings)
        node.metadata["page"] = document.page_at(passage.start)
        return NodeWithScore(node=node, score=hit.score)


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
