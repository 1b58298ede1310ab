"""Parley's public surface: open a library, add documents, ask, and read who said what.

Everything a user needs is named here; heavy packages are loaded when they are first needed, not on import.
"""

from assistant.answer import Answer, AnswerSentence, AnswerStatus, Citation
from assistant.assistant import Assistant, Chat, Finished, Searching, SentenceReady, StreamEvent
from assistant.conversation import Conversation, Turn
from assistant.export import export_answer, export_conversation, export_statements
from assistant.quote_check import QuoteCheck
from assistant.statement_query import AttributedStatement
from index.errors import (
    CancelledError,
    DocumentNotFoundError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryMismatchError,
    ModelError,
    ParleyError,
    QuestionError,
    QuestionSetError,
    ReadError,
)
from index.types import AddReport, Document, Hit, Passage, Progress, Refusal, SearchFilter, Span, Statement

__all__ = [
    "AddReport",
    "Answer",
    "AnswerSentence",
    "AnswerStatus",
    "Assistant",
    "AttributedStatement",
    "CancelledError",
    "Chat",
    "Citation",
    "Conversation",
    "Document",
    "DocumentNotFoundError",
    "Finished",
    "Hit",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryMismatchError",
    "ModelError",
    "ParleyError",
    "Passage",
    "Progress",
    "QuestionError",
    "QuestionSetError",
    "QuoteCheck",
    "ReadError",
    "Refusal",
    "SearchFilter",
    "Searching",
    "SentenceReady",
    "Span",
    "Statement",
    "StreamEvent",
    "Turn",
    "export_answer",
    "export_conversation",
    "export_statements",
]
