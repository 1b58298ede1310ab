"""The tools that agents may call: the same answers as everywhere else. None of them changes anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from parley.assistant import QuestionError
from parley.assistant.particulars import SCHEMA_VERSION
from parley.assistant.serialization import (
    answer_json,
    cited_statement_json,
    entry_json,
    hits_json,
    position_table_json,
    quote_check_json,
)
from parley.ui.interfaces import ChatAssistant
from parley.ui.server.agents import schemas
from parley.ui.server.api.requests import (
    AskRequest,
    CheckQuoteRequest,
    CompareRequest,
    InLibrary,
    PositionsRequest,
    SearchRequest,
    StatementsRequest,
)

Json = dict[str, Any]
FindAssistant = Callable[[str], ChatAssistant]
"""The assistant over the library of that name; the first one for ""."""


class AgentAsk(AskRequest):
    """A question, with the messages before it. A tool gives its result in one piece."""

    stream: bool = Field(default=False, exclude=True, json_schema_extra={"const": False})


class AgentStatements(StatementsRequest):
    """Which statements are wanted, and how many at most."""

    limit: int = Field(default=50, ge=1, le=500, description="How many at most; `left_out` tells how many more there are.")


@dataclass(frozen=True, slots=True)
class AgentTool:
    """One tool: what it takes and gives, and what it does. `about` is what an agent reads to choose it."""

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    gives: schemas.Schema
    answer: Callable[[ChatAssistant, Any], Json]

    def call(self, find: FindAssistant, arguments: Json) -> Json:
        """Check what is given and answer. Raises QuestionError for what is not as it takes it, and what the assistant raises."""
        try:
            given = self.takes.model_validate(arguments)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
            raise QuestionError(f"{self.name} cannot be called like this: {faults}") from error
        assert isinstance(given, InLibrary)
        return self.answer(find(given.library), given)


def _ask(assistant: ChatAssistant, given: AgentAsk) -> Json:
    narrowed = given.filter(assistant)
    return answer_json(assistant.ask(given.question, conversation=given.conversation(), filter=narrowed))


def _search(assistant: ChatAssistant, given: SearchRequest) -> Json:
    hits = assistant.search(given.query, k=given.k, filter=given.filter(assistant))
    told = hits_json(hits, assistant.document)
    return {"schema_version": SCHEMA_VERSION, "query": given.query, "hits": told}


def _check_quote(assistant: ChatAssistant, given: CheckQuoteRequest) -> Json:
    found = quote_check_json(assistant.check_quote(given.quote, speaker=given.speaker or None))
    return found | {"notices": list(assistant.notices)}


def _statements(assistant: ChatAssistant, given: AgentStatements) -> Json:
    found = assistant.cited_statements(filter=given.filter())
    told = [cited_statement_json(item) for item in found[: given.limit]]
    left_out = len(found) - len(told)
    return {"schema_version": SCHEMA_VERSION, "statements": told, "left_out": left_out, "notices": list(assistant.notices)}


def _positions(assistant: ChatAssistant, given: PositionsRequest) -> Json:
    table = assistant.positions(filter=given.filter(), issues=given.issues)
    return {"schema_version": SCHEMA_VERSION, **position_table_json(table), "notices": list(assistant.notices)}


def _compare(assistant: ChatAssistant, given: CompareRequest) -> Json:
    return given.compared(assistant)


def _documents(assistant: ChatAssistant, _: InLibrary) -> Json:
    listed = [entry_json(entry) for entry in assistant.entries()]
    return {
        "schema_version": SCHEMA_VERSION,
        "documents": listed,
        "has_current_statements": assistant.has_current_statements,
    }


TOOLS = (
    AgentTool(
        "ask",
        "Ask the documents",
        "Answer a question from the documents, with verbatim, attributed and verified quotations. Where `abstained` is true the "
        "documents do not answer: tell that, and do not fill in. Pass on who said what as `attribution` has it.",
        AgentAsk,
        schemas.ANSWER,
        _ask,
    ),
    AgentTool(
        "search",
        "Search passages",
        "Find the passages that fit best, best first, without composing an answer.",
        SearchRequest,
        schemas.HITS,
        _search,
    ),
    AgentTool(
        "check_quote",
        "Check a quotation",
        "Tell whether the documents hold a quotation word for word, and whether the person it is put to said it. Use it before "
        "quoting anybody.",
        CheckQuoteRequest,
        schemas.QUOTE_CHECK,
        _check_quote,
    ),
    AgentTool(
        "statements",
        "List statements",
        "List who said what, narrowed by party, speaker, issue, stance, status, outlet or date, in the order of the documents.",
        AgentStatements,
        schemas.STATEMENTS,
        _statements,
    ),
    AgentTool(
        "positions",
        "Compare positions",
        "Set out what each party is reported to have said on each issue. An empty cell means that nothing was found, not that "
        "the party has no position.",
        PositionsRequest,
        schemas.POSITIONS,
        _positions,
    ),
    AgentTool(
        "compare",
        "Compare two versions",
        "Set two versions of a text beside each other, by the ids of their documents: what was added, deleted, changed, moved or "
        "renumbered, in the words of both. It compares words, not meaning.",
        CompareRequest,
        schemas.COMPARISON,
        _compare,
    ),
    AgentTool(
        "documents",
        "List documents",
        "List the documents with title, outlet, author and date. Their texts are resources.",
        InLibrary,
        schemas.DOCUMENTS,
        _documents,
    ),
)
