"""Parley's public surface: open a library, add documents, ask, and read who said what.

Everything a user needs is named here; heavy packages are loaded when they are first needed, not on import.
"""

from assistant.answer import Answer, AnswerSentence, AnswerStatus, Citation
from assistant.assistant import Assistant, Chat
from assistant.conversation import Conversation, Turn
from assistant.events import Finished, Searching, SentenceReady, StreamEvent
from assistant.export import export_answer, export_conversation, export_statements
from assistant.quote_check import QuoteCheck
from assistant.statement_query import AttributedStatement
from assistant.views.aliases import Alias, AliasList
from assistant.views.cited import CitedStatement
from assistant.views.issues import Issue, IssueList
from assistant.views.ledger import Ledger, LedgerEntry
from assistant.views.positions import PositionCell, PositionTable
from assistant.views.selection import StatementFilter
from assistant.views.timeline import Timeline, TimelineItem
from assistant.word_evidence import WordEvidence, WordPlace
from index.errors import (
    CancelledError,
    DocumentNotFoundError,
    ExtraMissingError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryMismatchError,
    MetadataError,
    ModelError,
    ParleyError,
    QuestionError,
    QuestionSetError,
    ReadError,
    TermListError,
)
from index.types import (
    AddReport,
    Document,
    DocumentEntry,
    Hit,
    MetadataChanges,
    Passage,
    Progress,
    Refusal,
    SearchFilter,
    Span,
    Statement,
)

__all__ = [
    "AddReport",
    "Alias",
    "AliasList",
    "Answer",
    "AnswerSentence",
    "AnswerStatus",
    "Assistant",
    "AttributedStatement",
    "CancelledError",
    "Chat",
    "Citation",
    "CitedStatement",
    "Conversation",
    "Document",
    "DocumentEntry",
    "DocumentNotFoundError",
    "ExtraMissingError",
    "Finished",
    "Hit",
    "Issue",
    "IssueList",
    "Ledger",
    "LedgerEntry",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryMismatchError",
    "MetadataChanges",
    "MetadataError",
    "ModelError",
    "ParleyError",
    "Passage",
    "PositionCell",
    "PositionTable",
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
    "StatementFilter",
    "StreamEvent",
    "TermListError",
    "Timeline",
    "TimelineItem",
    "Turn",
    "WordEvidence",
    "WordPlace",
    "export_answer",
    "export_conversation",
    "export_statements",
]
