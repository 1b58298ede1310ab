"""From what a user gives (a model's name, an embedder, a LlamaIndex embedding) to an embedder."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from parley.index.models.embedder import embedder_named
from parley.index.types import Embedder

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


def embedder_of(model: str | None, embedding: Embedder | BaseEmbedding | None) -> Embedder | None:
    """The embedder to use; `None` leaves the choice to the library."""
    if embedding is None:
        return embedder_named(model) if model is not None else None
    if not hasattr(embedding, "get_query_embedding"):
        return embedding
    from parley.index.llamaindex import LlamaIndexEmbedder

    return LlamaIndexEmbedder(cast("BaseEmbedding", embedding))
