"""Replies that cite nothing: to thanks and greetings, to doubts, to "help", and to what Parley does not do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, Citation
from parley.assistant.answers.provenance import source_line
from parley.assistant.dialogue.moves import Move
from parley.assistant.evidence.source import Evidence
from parley.index.errors import DocumentNotFoundError, LibraryDamagedError

POLITE_WORDS: dict[Move, str] = {
    "thanks": "You are welcome.",
    "accept": "Good. Ask on whenever you like.",
    "yes": "Good. What would you like to know next?",
    "no": "All right. Say what you meant, or ask something else.",
    "hello": "Hello. Ask who said what, who wants what, what is agreed or what is open.",
    "bye": "Goodbye. The conversation stays here.",
    "never_mind": "All right, that is dropped. What would you like to know?",
}
"""What is replied where nothing is asked for."""

NOTHING_YET = "There is no answer yet to go back to. Ask a question about the documents first."

NOT_DONE: dict[Move, str] = {
    "translate": "Parley does not translate. It shows the words as the document has them, in the document's language.",
    "summarise": (
        "There is nothing to give an overview of yet. Add documents first; it is then made of their own sentences, word for word."
    ),
}
"""Tasks that are declined, and what is done instead."""

_ABILITIES = (
    "Parley answers questions about the documents of this library with their own words, and names who said them and where.",
    "Ask who said or wants something, what is agreed or still open, what an article says, or which documents there are.",
    "After an answer, say “shorter”, “longer”, “go on”, “the exact words”, or ask on: “And the other side?”",
)


def help_words(questions: Sequence[str]) -> list[str]:
    """What Parley can do, and questions to begin with."""
    begin = [f"Questions to begin with: {' · '.join(questions)}"] if questions else []
    return [*_ABILITIES, *begin]


def sure_words(last: Answer, evidence: Evidence) -> list[str]:
    """How far the last answer can be trusted: its quotations compared with the documents once more."""
    if not last.citations:
        return ["That answer quotes nothing. It tells what was found when the documents were searched, and they may say more."]
    wrong = [item for item in last.citations if not _still_stands(item, evidence)]
    if wrong:
        return [f"No longer: “{wrong[0].document.title}” was changed or removed since. Ask the question again."]
    return [
        f"The words are exact: they were compared again with {_sources(last.citations)}.",
        "Whether what is said there is true, or the whole story, Parley does not judge. Open a source to read around it.",
    ]


def wrong_words(last: Answer) -> list[str]:
    """An answer that is called wrong: what it rests on, and how to get to another."""
    if not last.citations:
        return [
            "Then the passage was missed. Name the speaker, the document or the matter in the document's words and ask again."
        ]
    return [
        f"What was quoted stands in {_sources(last.citations)}, but it may not be what you asked for.",
        "Say whom or what you meant, or name the document; what else came near is listed below.",
    ]


def lost_words(last: Answer) -> list[str]:
    """An answer that was not understood: what its parts are."""
    if not last.citations:
        return ["The last answer says that the documents do not answer the question as it was understood. Ask it in other words."]
    first = last.citations[0]
    return [
        f"The answer is a quotation from {_sources(last.citations[:1])}; said by: {first.attribution}.",
        "Say “shorter” for the heart of it, “longer” for what stands around it, or name the part that is unclear.",
    ]


def to_choose_from(last: Answer, others: Sequence[Citation]) -> tuple[Citation, ...]:
    """What else the last answer cites, and what came near it: one passage of each speaker in a document, numbered in order."""
    unique = {_option(item): item for item in reversed([*last.citations[1:], *others])}
    return tuple(replace(item, marker=number) for number, item in enumerate(reversed(unique.values()), start=1))


def other_words(listed: Sequence[Citation]) -> list[str]:
    """Asking back which other one is meant."""
    if not listed:
        return ["Which one do you mean? Name the speaker, the document or the matter."]
    options = "; ".join(f"({item.marker}) {_option(item)}" for item in listed)
    return [f"Which one do you mean? Also found: {options}. Name one or say its number, and it is shown."]


def _option(citation: Citation) -> str:
    who = citation.attribution.partition(":")[0] if citation.statement is not None else ""
    source = source_line(citation.document)
    return f"{who} in {source}" if who else source


def _sources(citations: Sequence[Citation]) -> str:
    named = list(dict.fromkeys(source_line(item.document) for item in citations))
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _still_stands(citation: Citation, evidence: Evidence) -> bool:
    try:
        return evidence.document(citation.document.id).text[citation.start : citation.end] == citation.quote
    except (DocumentNotFoundError, LibraryDamagedError):
        return False
