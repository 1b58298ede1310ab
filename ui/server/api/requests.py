"""What programs send: checked for form and for sense before anything is done."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parley.assistant import Conversation, Document, Refusal, SearchFilter, StatementFilter
from parley.assistant.particulars import SCHEMA_VERSION
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.document_checks import check_documents, check_narrowing

LONGEST_QUESTION = 4_000
LONGEST_QUOTE = 20_000
MOST_HITS = 100
MOST_STATEMENTS = 10_000
LONGEST_HISTORY = 50
LONGEST_MESSAGE = 20_000
"""Characters of one message of the history; answers that quote much have some thousand."""

LONGEST_TEXT = 20_000_000
"""Characters of a document: the library takes no more, of a file neither."""

MOST_DOCUMENTS = 1_000

_HALF = re.compile(r"[\ud800-\udfff]")


class _Given(BaseModel):
    """A body whose unknown fields are an error, so that a typing mistake is not taken for "no restriction"."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _whole_characters(cls, given: object) -> object:
        return check_characters(given)


def check_characters(given: object) -> object:
    """What was given. Raises ValueError for a text that holds half a character, as JSON can: nothing could be made of it."""
    waiting = [given]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and _HALF.search(value):
            msg = "A text holds half a character (a lone surrogate). Send it as UTF-8."
            raise ValueError(msg)
    return given


class InLibrary(_Given):
    """Which library is meant."""

    library: str = Field(default="", description="Name of the library; the one that the server was started with if left out.")


class _Dated(InLibrary):
    since: Date | None = Field(default=None, description="First document date; undated documents are then left out.")
    until: Date | None = Field(default=None, description="Last document date; undated documents are then left out.")

    @model_validator(mode="after")
    def _in_order(self) -> _Dated:
        if self.since is not None and self.until is not None and self.since > self.until:
            msg = f"since ({self.since}) is later than until ({self.until}): no document can lie in that range. Exchange them."
            raise ValueError(msg)
        return self


class _Narrowed(_Dated):
    documents: list[str] = Field(default=[], max_length=MOST_DOCUMENTS, description="Ids of the only documents to use.")
    outlets: list[str] = Field(default=[], max_length=MOST_DOCUMENTS, description="The only outlets to use.")
    languages: list[str] = Field(default=[], max_length=100, description="The only languages to use, such as “en”.")

    def filter(self, assistant: ChatAssistant) -> SearchFilter:
        """The restrictions. Raises DocumentNotFoundError or QuestionError for what no document of the library has."""
        wanted = SearchFilter(
            document_ids=tuple(self.documents),
            outlets=tuple(self.outlets),
            since=self.since,
            until=self.until,
            languages=tuple(self.languages),
        )
        check_narrowing(assistant, wanted)
        return wanted


class Message(_Given):
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    text: str = Field(max_length=LONGEST_MESSAGE)


class AskRequest(_Narrowed):
    """A question, with the messages before it."""

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION, examples=["Who proposed the exchange?"])
    history: list[Message] = Field(default=[], max_length=LONGEST_HISTORY, description="Earlier messages, oldest first.")
    stream: bool = Field(default=False, description="Send the sentences as server-sent events, each once it is checked.")

    def conversation(self) -> Conversation:
        """The messages before the question."""
        return Conversation.from_messages([{"role": item.role, "text": item.text} for item in self.history])


class SearchRequest(_Narrowed):
    """Words to look for."""

    query: str = Field(min_length=1, max_length=LONGEST_QUESTION, examples=["prisoner exchange"])
    k: int = Field(default=10, ge=1, le=MOST_HITS, description="How many passages.")


class CheckQuoteRequest(InLibrary):
    """A quotation to be checked."""

    quote: str = Field(min_length=1, max_length=LONGEST_QUOTE, examples=["a good sign"])
    speaker: str | None = Field(default=None, max_length=1_000, description="Who is supposed to have said it.")


class StatementsRequest(_Dated):
    """Which statements are wanted."""

    party: list[str] = Field(default=[], max_length=100, description="Sides, in any form that the list of aliases knows.")
    speaker: str | None = Field(default=None, max_length=1_000)
    issue: list[str] = Field(default=[], max_length=100, description="Names of issues, or terms.")
    stance: str | None = Field(default=None, max_length=100, description="Class of the verb, such as “demand”.")
    status: str | None = Field(default=None, max_length=100, description="How firm it is, such as “agreed_in_principle”.")
    outlet: str | None = Field(default=None, max_length=1_000)
    firsthand_only: bool = Field(default=False, description="Leave out what somebody relayed for another.")

    def filter(self) -> StatementFilter:
        """The restrictions."""
        return StatementFilter(
            party=tuple(self.party),
            speaker=self.speaker,
            issue=tuple(self.issue),
            stance=self.stance,
            status=self.status,
            outlet=self.outlet,
            since=self.since,
            until=self.until,
            firsthand_only=self.firsthand_only,
        )


class StatementPageRequest(StatementsRequest):
    """Which statements are wanted, and which part of them."""

    offset: int = Field(default=0, ge=0, description="How many to pass over, as `next_offset` of the answer before told.")
    limit: int | None = Field(default=None, ge=1, le=MOST_STATEMENTS, description="How many at most; all of them if left out.")


class PositionsRequest(StatementsRequest):
    """Which statements are wanted, and the issues that are the columns."""

    issues: dict[str, list[str]] | None = Field(
        default=None, description="Issues with their terms; those of the file issues.tsv in the library's folder if left out."
    )


class CompareRequest(InLibrary):
    """Two documents of the library, by their ids."""

    old: str = Field(min_length=1, max_length=1_000, description="The older version's id.")
    new: str = Field(min_length=1, max_length=1_000, description="The newer version's id.")

    def compared(self, assistant: ChatAssistant) -> dict[str, object]:
        """What changed. Raises DocumentNotFoundError: programs name documents only, never files of the server."""
        check_documents(assistant, (self.old, self.new))
        return {"schema_version": SCHEMA_VERSION, **assistant.compare(self.old, self.new).to_dict()}


class GivenDocument(_Given):
    """A text with what is known about it."""

    id: str = Field(min_length=1, max_length=1_000, pattern=r"^[^\x00-\x1f\x7f]*$", description="Without control characters.")
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    title: str | None = Field(default=None, max_length=1_000)
    outlet: str | None = Field(default=None, max_length=1_000)
    author: str | None = Field(default=None, max_length=1_000)
    date: Date | None = None
    language: str | None = Field(default=None, max_length=100)

    def document(self) -> Document:
        """The document to be added."""
        return Document.from_text(**self.model_dump())


class AddRequest(InLibrary):
    """Documents to be added. One whose id another text has is refused, unless it is said that it replaces that."""

    documents: list[GivenDocument] = Field(min_length=1, max_length=MOST_DOCUMENTS)
    if_exists: Literal["refuse", "replace"] = Field(
        default="refuse", description="What becomes of a document whose id another text has."
    )

    def split(self, assistant: ChatAssistant) -> tuple[list[Document], tuple[Refusal, ...]]:
        """Those to be added, and those that would take the place of another text unasked."""
        known = {entry.id for entry in assistant.entries()} if self.if_exists == "refuse" else set()
        wanted, refused = [], []
        for document in (item.document() for item in self.documents):
            if document.id in known and assistant.document(document.id).text != document.text:
                refused.append(Refusal(document.id, _TAKEN, document.id))
            else:
                wanted.append(document)
        return wanted, tuple(refused)


_TAKEN = "There is another text of this id. Send it with if_exists=replace, or under another id."
