"""What the source pane shows: a citation's document, a document from the list, a place in it, or the evidence for some words."""

from __future__ import annotations

from collections.abc import Callable

from parley.assistant import Span
from parley.ui.conversations.payload import PayloadError, Place, SourceLink
from parley.ui.conversations.turns import Exchange
from parley.ui.conversations.word_pane import word_pane
from parley.ui.html.evidence import citation_pane, document_pane, place_pane
from parley.ui.interfaces import ChatAssistant

FindExchange = Callable[[str, str, int], Exchange | None]
"""Gives the exchange with that number of an owner's conversation; raises PayloadError if the conversation is not theirs."""


class SourcePanes:
    """Makes the panes over an assistant and the exchanges of conversations."""

    def __init__(self, assistant: ChatAssistant, find: FindExchange) -> None:
        self._assistant = assistant
        self._find = find

    def citation(self, owner: str, conversation: str, link: SourceLink) -> str:
        """The pane for a marker. Raises PayloadError if there is no such citation in this conversation."""
        exchange = self._find(owner, conversation, link.exchange)
        answer = exchange.answer if exchange is not None else None
        if answer is None:
            raise PayloadError("That answer is not in this conversation.")
        if link.kind == "near":
            if link.number > len(answer.nearest):
                raise PayloadError("That answer has no such passage.")
            return citation_pane(answer.nearest[link.number - 1], f"near-{link.exchange}-{link.number}")
        found = next((item for item in answer.citations if item.marker == link.number), None)
        if found is None:
            raise PayloadError("That answer has no such source.")
        links = [(item.marker, f"cite-{link.exchange}-{item.marker}") for item in answer.citations]
        return citation_pane(found, f"cite-{link.exchange}-{link.number}", answer.citations, links)

    def document(self, identifier: str, *, may_edit: bool) -> str:
        """A document of the library, with the form for correcting it for those who may. Raises DocumentNotFoundError."""
        document = self._assistant.document(identifier)
        return document_pane(document, self._assistant.document_statements(identifier), may_edit=may_edit)

    def place(self, place: Place) -> str:
        """A document opened at a place. Raises DocumentNotFoundError, PayloadError."""
        document = self._assistant.document(place.document)
        if not place.start < place.end <= len(document.text):
            raise PayloadError("The document has no such place any more. Open it from the list.")
        return place_pane(document, Span(place.start, place.end))

    def words(self, owner: str, conversation: str, exchange: int | None, words: str) -> str:
        """The evidence for words, selected in an answer if `exchange` names one. Raises PayloadError."""
        found = self._find(owner, conversation, exchange) if exchange is not None else None
        if exchange is not None and (found is None or found.answer is None):
            raise PayloadError("That answer is not in this conversation.")
        if not words.strip():
            return word_pane(None)
        return word_pane(self._assistant.find_evidence(words, answer=found.answer if found is not None else None))
