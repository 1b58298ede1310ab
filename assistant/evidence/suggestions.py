"""Example questions that fit a library, made from its own statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from parley.assistant.evidence.statement_query import StatementSource
from parley.index.language.lexicon import word_kind
from parley.index.types import Document, Statement

_SHORTEST_QUOTE, _LONGEST_QUOTE = 25, 90
_LONGEST_NAME = 40
_DOCUMENTS_READ = 200
_PRONOUNS = word_kind("no_topic")


def suggest_questions(source: StatementSource, count: int) -> list[str]:
    """Up to `count` different questions, the same ones every time for the same library.

    They alternate between what a named speaker said and who said certain words, from different documents as far as possible.
    """
    documents = [source.document(entry.id) for entry in source.entries()[:_DOCUMENTS_READ]]
    by_speaker = _about_speakers(documents, source)
    by_quote = _about_quotes(documents, source)
    questions: list[str] = []
    for made in _alternate(by_speaker, by_quote):
        if len(questions) == count:
            break
        if made not in questions:
            questions.append(made)
    return questions


def _about_speakers(documents: list[Document], source: StatementSource) -> Iterator[str]:
    told = Counter(
        statement.speaker
        for document in documents
        for statement in source.statements(document.id)
        if statement.speaker_kind == "named" and statement.speaker and _is_name(statement.speaker)
    )
    for speaker, _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"What did {speaker} say?"


def _is_name(speaker: str) -> bool:
    """Whether a reader would know who is meant without the document: a name that is not too long, and no pronoun."""
    return len(speaker) < _LONGEST_NAME and speaker[0].isupper() and speaker.casefold() not in _PRONOUNS


def _about_quotes(documents: list[Document], source: StatementSource) -> Iterator[str]:
    for document in documents:
        quote = next((text for item in source.statements(document.id) if (text := _short_quote(document, item))), None)
        if quote:
            yield f"Who said “{quote}”?"


def _short_quote(document: Document, statement: Statement) -> str | None:
    if statement.mode != "direct" or len(statement.content) != 1:
        return None
    span = statement.content[0]
    words = document.text[span.start : span.end].strip("\"“”„«»'‘’ \n").rstrip(".,")
    return words if _SHORTEST_QUOTE <= len(words) <= _LONGEST_QUOTE and "\n" not in words else None


def _alternate(first: Iterator[str], second: Iterator[str]) -> Iterator[str]:
    waiting = [first, second]
    while waiting:
        source = waiting.pop(0)
        made = next(source, None)
        if made is not None:
            yield made
            waiting.append(source)
