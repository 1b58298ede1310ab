"""Best passages by words: a tantivy index (BM25, English stemming) over passage texts.

Beside the stemmer this is the only module that knows tantivy.

The index is a cache beside the catalogue and holds no text, only terms. A file beside its own tells which state of the catalogue
it is of; what came and went since is read from there.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.index.files import make_private_folder
from parley.index.language.folding import FOLDING
from parley.index.language.lexicon import read_rows
from parley.index.language.quotation_terms import ANY, wanted_terms
from parley.index.language.stemmer import english_analyzer
from parley.index.store.change_log import State
from parley.index.store.checksums import is_damaged
from parley.index.store.passage_text import PassageText

_PART_PASSAGES, _PART_BYTES = 17_800, 15_000_000
"""With so much memory, the least that it takes, the engine writes pieces of some 2,200 passages and joins eight to one part.

It joins eight pieces or parts that differ by less than 1.7, and takes all of up to 10,000 passages as equal."""
_PARTS, _MOST_BYTES = 7, 256_000_000
"""Parts in which a large index is written, one less than are joined: what is forgotten costs writing those anew that held it."""

_STATE_FILE = "state.json"
_FEW_ALLOWED = 0.1
"""Share of the passages up to which a filter is given to the engine as a list; with more, it is quicker to take more of what is
found and leave out the rest: a list of half of 80,000 ids costs 24 ms, a search 1."""

_BLOCK = 50_000
"""Ids looked for at a time where all are wanted."""

_CONTEXT_WEIGHT = 0.4
"""How much a match in the title or heading path counts against one in the passage itself."""

_OTHER_FOLDING = "another folding"
"""The mark of a state that no catalogue knows: an index whose quoted words were folded otherwise is made anew."""

_WORD = re.compile(r"\w+(?:['’.]\w+)*")


class FullTextIndex:
    """Passage ids by BM25 score, on disk in `folder`, or in memory when `folder` is `None`."""

    def __init__(self, folder: Path | None, *, anew: bool = False) -> None:
        """With `anew`, what lies in the folder is deleted; that is for the holder of the write lock."""
        self._folder = folder
        self._lock = threading.RLock()
        self._analyzer = english_analyzer()
        self._open(make=anew)

    @property
    def ids(self) -> NDArray[np.int64]:
        """Ids of all passages held, ascending."""
        import tantivy

        searcher, parts = self._searcher, [np.zeros(0, dtype=np.int64)]
        last = searcher.search(tantivy.Query.all_query(), limit=1, order_by_field="passage").hits
        # So many at a time, since the engine gives some hundred bytes for each that it finds.
        for first in range(0, int(last[0][0]) + 1 if last else 0, _BLOCK):
            block = tantivy.Query.range_query(
                self._index.schema, "passage", tantivy.FieldType.Unsigned, first, first + _BLOCK, include_upper=False
            )
            hits = searcher.search(block, limit=_BLOCK).hits
            keys = searcher.fast_field_values("passage", [address for _, address in hits]) if hits else []
            parts.append(np.unique(np.array(keys, dtype=np.int64)))
        return np.concatenate(parts)

    @property
    def state(self) -> State | None:
        """The state of the catalogue that the index is of; `None` where it is not known, another one where it is outdated."""
        if self._folder is None or not self._on_disk:
            return None
        try:
            told = json.loads((self._folder / _STATE_FILE).read_text(encoding="ascii"))
            known = State(int(told["number"]), str(told["mark"]))
            if told.get("folding") != FOLDING:
                return State(0, _OTHER_FOLDING)
            return known if told["passages"] == self._searcher.num_docs else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def update(
        self, add: Iterable[PassageText], remove: Iterable[int] = (), *, count: int = 0, state: State | None = None
    ) -> None:
        """Add passages, about `count` of them, and forget others, in one commit. For the holder of the write lock.

        Adding what is held already needs its id in `remove`: forgetting comes first. `state` is that of the catalogue with them.
        """
        self._write(add, remove, self._searcher.num_docs + count, state)

    def rebuild(self, passages: Iterable[PassageText], *, count: int = 0, state: State | None = None) -> None:
        """Start afresh with these passages, about `count`, in one commit; nothing of what was held before stays on disk.

        For the holder of the write lock. Other processes may go on reading meanwhile.
        """
        self._write(passages, None, count, state)

    @property
    def holds_forgotten(self) -> bool:
        """Whether terms of passages that were forgotten are still on disk, where nothing finds them."""
        return any(self._forgotten_by_part())

    def beside_forgotten(self) -> list[int]:
        """The passages that share a part of the index with forgotten ones, ascending; written anew, they leave those behind."""
        import tantivy

        forgotten = self._forgotten_by_part()
        searcher = self._searcher
        hits = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits if any(forgotten) else []
        # Where a part is new since, all that is held counts as standing beside.
        known = len(forgotten) == searcher.num_segments
        beside = [address for _, address in hits if not known or forgotten[address.segment_ord]]
        return sorted(map(int, searcher.fast_field_values("passage", beside))) if beside else []

    def _forgotten_by_part(self) -> list[int]:
        """How many forgotten passages each part holds, in the order of the parts."""
        if self._folder is None or not self._on_disk:
            return []
        parts = json.loads((self._folder / "meta.json").read_bytes())["segments"]
        return [(part["deletes"] or {}).get("num_deleted_docs", 0) for part in parts]

    def note(self, state: State) -> None:
        """Write down of which state the index is. For the holder of the write lock."""
        if self._folder is None or not self._on_disk:
            return
        told = {"number": state.number, "mark": state.mark, "passages": self._searcher.num_docs, "folding": FOLDING}
        temporary = self._folder / f".{_STATE_FILE}.tmp"
        temporary.write_text(json.dumps(told), encoding="ascii")
        temporary.replace(self._folder / _STATE_FILE)

    def _write(self, add: Iterable[PassageText], remove: Iterable[int] | None, most: int, state: State | None) -> None:
        """Add passages, after forgetting those in `remove`, or all where it is `None`; no more than `most` are then held."""
        import tantivy

        with self._lock, self._writer(most) as writer:
            if remove is None:
                writer.delete_all_documents()
            elif gone := list(remove):
                # Not delete_documents_by_term: given a number it deletes nothing, and says nothing (tantivy 0.27).
                writer.delete_documents_by_query(tantivy.Query.term_set_query(self._index.schema, "passage", gone))
            for passage in add:
                document = tantivy.Document()
                document.add_unsigned("passage", passage.id)
                document.add_text("text", passage.text)
                document.add_text("context", passage.context)
                document.add_text("quoted", passage.quoted)
                writer.add_document(document)
        self.reload()
        # After the commit: where the process is killed in between, what came and went is done again, with the same end.
        if state is not None:
            self.note(state)

    def reload(self) -> None:
        """See what another process has committed since."""
        with self._lock:
            if self._folder is not None and not self._on_disk:
                self._open()
                return
            try:
                self._index.reload()
            except ValueError:
                self._open()
                return
            self._searcher = self._index.searcher()

    def search(self, query: str, k: int, *, allowed: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """The `k` best passages as (id, BM25 score), best first, ties by id; only ids in `allowed` if that is given.

        `allowed` is ascending.
        """
        import tantivy

        schema = self._index.schema
        parts = [part for word in query_words(query) for part in self._word_queries(word)]
        if not parts or (allowed is not None and not len(allowed)):
            return []
        combined = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
        # One searcher for all steps: another thread may reload, and addresses mean nothing to a newer one.
        searcher = self._searcher
        if allowed is None:
            return _best(searcher, combined, k)
        if len(allowed) <= _FEW_ALLOWED * searcher.num_docs:
            listed = tantivy.Query.term_set_query(schema, "passage", allowed.tolist())
            keys = tantivy.Query.const_score_query(listed, 0.0)
            return _best(searcher, tantivy.Query.boolean_query([(tantivy.Occur.Must, combined), (tantivy.Occur.Must, keys)]), k)
        return _best_allowed(searcher, combined, k, allowed)

    def frequency(self, word: str) -> int:
        """How many passages contain the word, in any inflection that English stemming joins; 0 means it occurs nowhere.

        A phrase counts where its words stand next to each other.
        """
        query = self._phrase_query(word)
        return 0 if query is None else int(self._searcher.search(query, limit=1, count=True).count or 0)

    def holding(self, word: str) -> list[int]:
        """Ids of the passages that contain a word or phrase, as `frequency` takes it, or have its words in title and headings."""
        import tantivy

        phrase = self._phrase_query(word)
        if phrase is None:
            return []
        titled = [
            (tantivy.Occur.Must, tantivy.Query.term_query(self._index.schema, "context", term)) for term in self._terms(word)
        ]
        either = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, phrase), (tantivy.Occur.Should, tantivy.Query.boolean_query(titled))]
        )
        return _all(self._searcher, either)

    def quoting(self, parts: Sequence[Sequence[str]]) -> list[int]:
        """The first passage of each document that may hold a quotation; `parts` are its folded words that stand together.

        Every document that holds it is among them, and most often few others.
        """
        import tantivy

        schema, wanted = self._index.schema, wanted_terms(parts)
        if not wanted:
            return []
        found = [
            tantivy.Query.phrase_query(schema, "quoted", list(words))
            if len(words) > 1
            else tantivy.Query.term_query(schema, "quoted", words[0])
            for words in wanted
        ]
        every = tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in found])
        always = tantivy.Query.term_query(schema, "quoted", ANY)
        return _all(self._searcher, tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in (every, always)]))

    def _phrase_query(self, word: str) -> Any:  # noqa: ANN401  (tantivy is imported lazily)
        import tantivy

        terms = self._terms(word)
        if len(terms) > 1:
            return tantivy.Query.phrase_query(self._index.schema, "text", list(terms))
        return tantivy.Query.term_query(self._index.schema, "text", terms[0]) if terms else None

    def _word_queries(self, word: str) -> Iterator[Any]:
        import tantivy

        for term in self._terms(word):
            yield tantivy.Query.term_query(self._index.schema, "text", term)
            context = tantivy.Query.term_query(self._index.schema, "context", term)
            yield tantivy.Query.boost_query(context, _CONTEXT_WEIGHT)

    def _terms(self, text: str) -> list[str]:
        # Half characters (lone surrogates) are in no text; tantivy does not take them.
        return list(self._analyzer.analyze(text.encode("utf-8", "replace").decode("utf-8")))

    def _open(self, *, make: bool = False) -> None:
        """Open what is in the folder; where nothing can be read there, hold nothing until a writer makes it."""
        import tantivy

        schema = _schema()
        self._on_disk = self._folder is not None
        if self._folder is None:
            self._index = tantivy.Index(schema)
        else:
            if make:
                shutil.rmtree(self._folder, ignore_errors=True)
                make_private_folder(self._folder)
            try:
                if not make and (not (self._folder / "meta.json").exists() or is_damaged(self._folder)):
                    raise FileNotFoundError
                self._index = tantivy.Index(schema, path=str(self._folder))
            except (OSError, ValueError):
                self._index = tantivy.Index(schema)
                self._on_disk = False
        self._index.register_tokenizer("english", self._analyzer)
        self._searcher = self._index.searcher()

    @contextmanager
    def _writer(self, most: int) -> Iterator[Any]:
        if self._folder is not None and not self._on_disk:
            self._open(make=True)
        # One thread, so that the order of passages in the index, and with it the order of ties, is always the same.
        share = max(1.0, most / _PARTS / _PART_PASSAGES)
        writer = self._index.writer(heap_size=min(_MOST_BYTES, int(share * _PART_BYTES)), num_threads=1)
        yield writer
        writer.commit()
        writer.wait_merging_threads()


def _best(searcher: Any, query: Any, k: int) -> list[tuple[int, float]]:  # noqa: ANN401
    """The `k` best passages. Ties at the cut must not depend on where a passage lies: take more, sort, then cut."""
    hits = searcher.search(query, limit=min(k + 20, max(1, searcher.num_docs))).hits
    keys = searcher.fast_field_values("passage", [address for _, address in hits]) if hits else []
    found = [(int(key), round(float(score), 5)) for key, (score, _) in zip(keys, hits, strict=True)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


_MANY = 1000
"""Passages for which room is made at first; the engine makes room for all that it is allowed to find."""


def _all(searcher: Any, query: Any) -> list[int]:  # noqa: ANN401
    """All passages found, ascending."""
    found = searcher.search(query, limit=_MANY, count=True)
    hits = found.hits if found.count <= _MANY else searcher.search(query, limit=found.count).hits
    return sorted(map(int, searcher.fast_field_values("passage", [address for _, address in hits]))) if hits else []


def _best_allowed(searcher: Any, query: Any, k: int, allowed: NDArray[np.int64]) -> list[tuple[int, float]]:  # noqa: ANN401
    """The `k` best passages among many that are allowed: more and more is taken until enough of it is."""
    most = max(1, searcher.num_docs)
    taken = min(most, int((k + 20) * most / len(allowed)))
    while True:
        found = _best(searcher, query, taken)
        keys = np.array([key for key, _ in found], dtype=np.int64)
        kept = [item for item, good in zip(found, _held(keys, allowed), strict=True) if good]
        if len(kept) >= k or len(found) < taken or taken == most:
            return kept[:k]
        taken = min(most, taken * 3)


def _held(keys: NDArray[np.int64], ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which keys are in an ascending array."""
    places = np.minimum(np.searchsorted(ascending, keys), len(ascending) - 1)
    return np.asarray(ascending[places] == keys, dtype=np.bool_)


def _schema() -> Any:  # noqa: ANN401  (tantivy is imported lazily)
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", stored=False, indexed=True, fast=True)
    builder.add_text_field("text", stored=False, tokenizer_name="english", index_option="position")
    builder.add_text_field("context", stored=False, tokenizer_name="english", index_option="freq")
    builder.add_text_field("quoted", stored=False, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def query_words(query: str) -> list[str]:
    """The words of a query that carry topic, lower case, each once, in order; all words if none would be left."""
    words = list(dict.fromkeys(match.group().lower() for match in _WORD.finditer(query)))
    return [word for word in words if word not in _without_topic()] or words


@cache
def _without_topic() -> frozenset[str]:
    return frozenset(word for row in read_rows("query_words.txt") for word in row[0].split())
