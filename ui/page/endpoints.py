"""The HTTP API and the MCP tools: ask, search and check_quote, with the same answers as everywhere else."""

import json
from collections.abc import Callable
from datetime import date as Date
from typing import Any, TypeVar

import gradio as gr

from parley.assistant import Conversation, ParleyError, SearchFilter
from parley.assistant.serialization import answer_json, hits_json, quote_check_json
from parley.ui.conversations.payload import LONGEST_QUESTION
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.document_checks import check_documents
from parley.ui.library.libraries import Libraries

MOST_HITS = 100
MOST_DOCUMENTS = 10_000
LONGEST_HISTORY = 50
LONGEST_HISTORY_TEXT = 100_000
"""Characters of all messages together: 50 questions of a paragraph with their answers."""

LONGEST_QUOTE, LONGEST_NAME = 20_000, 200
"""Characters; a check takes some 0.1 ms each. Longer than any quotation that a person has to check at once."""

_Value = TypeVar("_Value")


class Endpoints:
    """The three endpoints over the libraries. Their docstrings are what callers of the API and MCP clients read."""

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries

    def declare(self, *, at_once: int) -> None:
        """Declare them in the Gradio application being built; `at_once` calls run at the same time."""
        for endpoint in (self.ask, self.search, self.check_quote):
            gr.api(endpoint, api_name=endpoint.__name__, concurrency_limit=at_once, concurrency_id="questions")

    def ask(
        self,
        question: str,
        history: list[dict[str, str]] | None = None,
        documents: list[str] | None = None,
        since: str = "",
        until: str = "",
        library: str = "",
    ) -> dict[str, Any]:
        """Answer a question from the documents of a library, with verbatim, attributed and verified quotations.

        Args:
            question: The question, 1 to 4,000 characters, in plain words.
            history: Earlier messages, oldest first, each {"role": "user" or "assistant", "text": ...}.
            documents: Ids of the only documents to use; all of them if left out.
            since: First document date as YYYY-MM-DD; undated documents are then left out.
            until: Last document date as YYYY-MM-DD; undated documents are then left out.
            library: Name of the library; the one that the server was started with if left out.

        Returns:
            The answer: its text with [1] markers, its status (such as "answered" or "not_in_documents"), the question as
            understood, and for each marker the quotation, its document and character offsets, and who said it.
        """
        _bounded("question", question, LONGEST_QUESTION)
        earlier = _conversation(history or [])
        narrowed = SearchFilter(document_ids=_ids(documents or []), since=_day(since), until=_day(until))
        _in_order(narrowed)
        assistant = self._assistant(library)
        _reported(lambda: check_documents(assistant, narrowed.document_ids))
        return _reported(lambda: answer_json(assistant.ask(question, conversation=earlier, filter=narrowed)))

    def search(self, query: str, k: int = 10, library: str = "") -> list[dict[str, Any]]:
        """Find the passages of a library that fit a query best, without composing an answer.

        Args:
            query: Words to look for, by meaning and by spelling.
            k: How many passages, 1 to 100.
            library: Name of the library; the one that the server was started with if left out.

        Returns:
            Passages, best first, each with its text, document, title, outlet, date, page and character offsets.
        """
        _bounded("query", query, LONGEST_QUESTION)
        if not 1 <= _whole(k) <= MOST_HITS:
            raise gr.Error(f"k is {k}; it must lie between 1 and {MOST_HITS}.")
        assistant = self._assistant(library)
        hits = _reported(lambda: assistant.search(query, k=_whole(k)))
        return [dict(told) for told in hits_json(hits, assistant.document)]

    def check_quote(self, quote: str, speaker: str = "", library: str = "") -> dict[str, Any]:
        """Tell whether the documents hold a quotation word for word, and whether the person it is put to said it.

        Args:
            quote: The words, with or without quotation marks; an ellipsis stands for omitted words.
            speaker: Who is supposed to have said them; empty to check the words only.
            library: Name of the library; the one that the server was started with if left out.

        Returns:
            The verdict ("exact", "same_words", "altered", "other_speaker" or "not_found"), where the words stand or what
            comes closest, and the words that differ.
        """
        _bounded("quotation", quote, LONGEST_QUOTE)
        _bounded("speaker's name", speaker, LONGEST_NAME)
        assistant = self._assistant(library)
        return _reported(lambda: quote_check_json(assistant.check_quote(quote, speaker=speaker or None)))

    def _assistant(self, library: str) -> ChatAssistant:
        return _reported(lambda: self._libraries.workspace(library).assistant)


def answer_in_json(server: Any) -> None:  # noqa: ANN401  (Gradio's MCP server, which has no types)
    """Make the MCP tools answer in JSON; Gradio writes a result as Python shows it, which other languages cannot read."""

    def as_text(data: list[Any], root_url: str) -> list[Any]:  # noqa: ARG001  (Gradio's signature)
        return [server.types.TextContent(type="text", text=json.dumps(result, ensure_ascii=False)) for result in data]

    server.postprocess_output_data = as_text


def _bounded(what: str, text: object, longest: int) -> None:
    if not isinstance(text, str):
        raise gr.Error(f"The {what} is not a text.", print_exception=False)
    if len(text) > longest:
        raise gr.Error(f"The {what} has {len(text):,} characters, the most is {longest:,}. Shorten it.", print_exception=False)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        raise gr.Error("k is not a whole number.", print_exception=False)
    return number


def _ids(documents: object) -> tuple[str, ...]:
    if not isinstance(documents, list) or not all(isinstance(item, str) for item in documents) or len(documents) > MOST_DOCUMENTS:
        raise gr.Error(f"The documents are not a list of ids, at most {MOST_DOCUMENTS:,}.", print_exception=False)
    return tuple(documents)


def _conversation(history: object) -> Conversation:
    if not isinstance(history, list):
        raise gr.Error("The history is not a list of messages.", print_exception=False)
    if len(history) > LONGEST_HISTORY:
        raise gr.Error(f"The history has {len(history)} messages, the most is {LONGEST_HISTORY}. Leave out the oldest.")
    for message in history:
        if (
            not isinstance(message, dict)
            or message.get("role") not in ("user", "assistant")
            or not isinstance(message.get("text"), str)
        ):
            raise gr.Error('Each message of the history is {"role": "user" or "assistant", "text": ...}.')
    _bounded("history", "".join(message["text"] for message in history), LONGEST_HISTORY_TEXT)
    return Conversation.from_messages(history)


def _in_order(narrowed: SearchFilter) -> None:
    if narrowed.since is not None and narrowed.until is not None and narrowed.since > narrowed.until:
        told = f"since ({narrowed.since}) is later than until ({narrowed.until}): no document can lie in that range."
        raise gr.Error(f"{told} Exchange them.")


def _day(value: str) -> Date | None:
    try:
        return Date.fromisoformat(value) if value else None
    except (ValueError, TypeError) as error:
        raise gr.Error(f"{value!r} is not a date. Write it as YYYY-MM-DD.") from error


def _reported(action: Callable[[], _Value]) -> _Value:
    try:
        return action()
    except ParleyError as error:
        raise gr.Error(str(error), print_exception=False) from error
