"""Placing a question's gold in a library: which documents are meant, and where in their text the evidence stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley import Document
from parley.eval.sets.question_set import GoldSpan, Question
from parley.index.errors import QuestionSetError
from parley.index.types import Span

_QUOTES = {"'": "['\u2018\u2019]", "\u2018": "['\u2018\u2019]", "\u2019": "['\u2018\u2019]"}
_QUOTES |= dict.fromkeys('"\u201c\u201d', '["\u201c\u201d]')


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document holds what the answer should rest on; several ranges are parts of one statement."""

    document_id: str
    ranges: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold documents and evidence as the library knows them.

    Attributes:
        documents: those that the retrieval figures count as relevant.
        also: others that hold the answer too; citing them is right as well.
        evidence: places to cite, each on its own.
        missing: why evidence that the set gives could not be placed, empty if all was.
        about: the document that the question is about, where that is known: the first gold one, or the library's only one.
    """

    documents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing: str = ""
    about: str | None = None


@dataclass(frozen=True, slots=True)
class GoldResolver:
    """Finds gold in the documents of one library."""

    documents: Sequence[Document]

    def resolve(self, question: Question) -> Gold:
        """The question's gold in this library's ids; ids that the library does not know are kept as they are."""
        named = tuple(self._known_id(name) for name in question.gold_doc_ids)
        placed, missing = self._evidence(question, named)
        documents = named or tuple(dict.fromkeys(item.document_id for item in placed))
        about = documents or (tuple(item.id for item in self.documents) if len(self.documents) == 1 else ())
        return Gold(
            documents=documents,
            also=tuple(self._known_id(name) for name in question.also_doc_ids),
            evidence=tuple(placed),
            missing=missing,
            about=about[0] if about else None,
        )

    def check(self, questions: Sequence[Question]) -> list[str]:
        """Gold documents that the questions name and the library lacks, in order.

        Raises QuestionSetError where it lacks them all, since then it is not the library that the set was written for.
        """
        names = list(dict.fromkeys(name for question in questions for name in question.gold_doc_ids))
        known = {document.id for document in self.documents}
        unknown = [name for name in names if self._known_id(name) not in known]
        if names and len(unknown) == len(names):
            msg = (
                f"None of the {len(names)} gold documents is in the library (the first is {names[0]!r}). "
                "Name the corpus or library that the questions are about."
            )
            raise QuestionSetError(msg)
        return unknown

    def _known_id(self, name: str) -> str:
        """The id of the document named by its id, or by the end of its path where that is unambiguous."""
        if any(document.id == name for document in self.documents):
            return name
        ending = "/" + name.lstrip("/")
        fitting = [item.id for item in self.documents if item.source_path and f"/{item.source_path}".endswith(ending)]
        return fitting[0] if len(fitting) == 1 else name

    def _evidence(self, question: Question, named: Sequence[str]) -> tuple[list[Evidence], str]:
        spans = question.gold_span
        if not spans and question.gold_passage and named and question.answerable is not False:
            spans = (GoldSpan(quote=question.gold_passage),)
        placed: list[Evidence] = []
        missing: list[str] = []
        for span in spans:
            candidates = self._candidates(span, named)
            found = next((item for document in candidates if (item := place(span, document)) is not None), None)
            if found is None:
                missing.append(f"evidence {span.quote or list(span.ranges)!r} stands in none of {len(candidates)} documents")
            else:
                placed.append(found)
        return placed, "; ".join(missing)

    def _candidates(self, span: GoldSpan, named: Sequence[str]) -> list[Document]:
        """Documents the span may lie in: the one it names, else the gold ones, else (with a quotation to go by) all."""
        wanted = [self._known_id(span.doc_id)] if span.doc_id else named
        if wanted:
            by_id = {document.id: document for document in self.documents}
            return [by_id[name] for name in wanted if name in by_id]
        return list(self.documents) if span.quote or len(self.documents) == 1 else []


def belongs_to(question: Question, gold: Gold) -> tuple[str, ...]:
    """What the question shares with others that go right or wrong with it: its document, its conversation."""
    told = (("document", gold.about), ("conversation", question.conversation))
    return tuple(f"{kind}:{name}" for kind, name in told if name)


def place(span: GoldSpan, document: Document) -> Evidence | None:
    """The span in that document, or `None` if it does not fit.

    Offsets hold if they lie within the text and agree with the quotation, where one is given. Otherwise the quotation is
    looked for: as written, then with white space and quotation marks of any kind.
    """
    inside = bool(span.ranges) and all(end <= len(document.text) for _, end in span.ranges)
    agrees = span.quote is None or any(document.text[start:end] == span.quote for start, end in span.ranges)
    if inside and agrees:
        return Evidence(document.id, tuple(Span(start, end) for start, end in span.ranges))
    found = _find_quote(span.quote, document.text) if span.quote else None
    return Evidence(document.id, (found,)) if found is not None else None


def _find_quote(quote: str, text: str) -> Span | None:
    start = text.find(quote)
    if start >= 0:
        return Span(start, start + len(quote))
    pattern = r"\s+".join("".join(_QUOTES.get(letter, re.escape(letter)) for letter in part) for part in quote.split())
    match = re.search(pattern, text) if pattern else None
    return Span(*match.span()) if match else None
