"""Best passages by words: a tantivy index (BM25, English stemming) over passage texts. The only module that knows tantivy.

The index is a cache beside the catalogue and holds no text, only terms. Passage ids are never reused, so it catches up
by comparing its set of ids with the catalogue's.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITER_BYTES = 64_000_000
_CONTEXT_WEIGHT = 0.4
"""How much a match in the title or heading path counts against one in the passage itself."""

_WORD = re.compile(r"\w+(?:['’.]\w+)*")

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "ours",
        "shall",
        "she",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "about",
        "any",
        "also",
        "according",
        "say",
        "says",
        "said",
        "tell",
        "told",
        "please",
    ]
)
"""English words that carry no topic; left out of full-text queries unless nothing else is there."""


class FullTextIndex:
    """Passage ids by BM25 score, on disk in `folder`, or in memory when `folder` is `None`."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._index = self._open()
        self._searcher = self._index.searcher()

    @property
    def ids(self) -> set[int]:
        """Ids of all passages held."""
        import tantivy

        found = self._searcher.search(tantivy.Query.all_query(), limit=max(1, self._searcher.num_docs))
        addresses = [address for _, address in found.hits]
        return set(self._searcher.fast_field_values("passage", addresses)) if addresses else set()

    def update(self, add: Iterable[tuple[int, str, str]], remove: Iterable[int] = ()) -> None:
        """Add passages as (id, text, context) and forget others, in one commit."""
        import tantivy

        with self._lock, self._writer() as writer:
            for key in remove:
                writer.delete_documents_by_term("passage", key)
            for key, text, context in add:
                document = tantivy.Document()
                document.add_unsigned("passage", key)
                document.add_text("text", text)
                document.add_text("context", context)
                writer.add_document(document)
        self.reload()

    def rebuild(self, passages: Iterable[tuple[int, str, str]]) -> None:
        """Start afresh with these passages; nothing of what was held before stays on disk."""
        with self._lock:
            if self._folder is not None and self._folder.exists():
                shutil.rmtree(self._folder)
            self._index = self._open()
            self.update(passages)

    def reload(self) -> None:
        """See what another process has committed since."""
        with self._lock:
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, query: str, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` best passages as (id, BM25 score), best first, ties by id; only ids in `allowed` if that is given."""
        import tantivy

        schema = self._index.schema
        parts = [part for word in query_words(query) for part in self._word_queries(word)]
        if not parts or (allowed is not None and not allowed):
            return []
        combined = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
        if allowed is not None:
            keys = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, "passage", list(allowed)), 0.0)
            combined = tantivy.Query.boolean_query([(tantivy.Occur.Must, combined), (tantivy.Occur.Must, keys)])
        # Ties at the cut must not depend on where a passage lies in the index: take more, sort, then cut.
        hits = self._searcher.search(combined, limit=k + 20).hits
        keys_found = self._searcher.fast_field_values("passage", [address for _, address in hits]) if hits else []
        found = [(int(key), round(float(score), 5)) for key, (score, _) in zip(keys_found, hits, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def frequency(self, word: str) -> int:
        """How many passages contain the word, in any inflection that English stemming joins; 0 means it occurs nowhere.

        A phrase counts where its words stand next to each other.
        """
        import tantivy

        terms = self._terms(word)
        if not terms:
            return 0
        if len(terms) == 1:
            query = tantivy.Query.term_query(self._index.schema, "text", terms[0])
        else:
            query = tantivy.Query.phrase_query(self._index.schema, "text", list(terms))
        return int(self._searcher.search(query, limit=1, count=True).count or 0)

    def _word_queries(self, word: str) -> Iterator[Any]:
        import tantivy

        for term in self._terms(word):
            yield tantivy.Query.term_query(self._index.schema, "text", term)
            context = tantivy.Query.term_query(self._index.schema, "context", term)
            yield tantivy.Query.boost_query(context, _CONTEXT_WEIGHT)

    def _terms(self, text: str) -> list[str]:
        return list(self._analyzer.analyze(text))

    def _open(self) -> Any:  # noqa: ANN401  (tantivy is imported lazily)
        import tantivy

        self._analyzer = _english()
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("passage", stored=False, indexed=True, fast=True)
        builder.add_text_field("text", stored=False, tokenizer_name="english", index_option="position")
        builder.add_text_field("context", stored=False, tokenizer_name="english", index_option="freq")
        schema = builder.build()
        if self._folder is None:
            index = tantivy.Index(schema)
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                index = tantivy.Index(schema, path=str(self._folder))
            except ValueError:
                # A cache that cannot be read is made again; the caller sees that its ids are missing and refills it.
                shutil.rmtree(self._folder)
                self._folder.mkdir(parents=True)
                index = tantivy.Index(schema, path=str(self._folder))
        index.register_tokenizer("english", self._analyzer)
        return index

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        # One thread, so that the order of passages in the index, and with it the order of ties, is always the same.
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        yield writer
        writer.commit()
        writer.wait_merging_threads()


def query_words(query: str) -> list[str]:
    """The words of a query that carry topic, lower case, each once, in order; all words if none would be left."""
    words = list(dict.fromkeys(match.group().lower() for match in _WORD.finditer(query)))
    return [word for word in words if word not in STOP_WORDS] or words


def _english() -> Any:  # noqa: ANN401
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(64))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
