"""Parley's public surface: open a library, add documents, ask, and read who said what.

Everything a user needs is named here; heavy packages are loaded when they are first needed, not on import.
"""

from assistant.answer import Answer, AnswerSentence, AnswerStatus, Citation
from assistant.assistant import Assistant
from assistant.chat import Chat
from assistant.conversation import Conversation, Turn
from assistant.drafting.report import DraftedSentence, DraftReport
from assistant.events import Drafting, Finished, Searching, SentenceReady, StreamEvent, Withdrawn
from assistant.export import (
    export_answer,
    export_conversation,
    export_statements,
    export_view,
    render_conversation,
    render_view,
)
from assistant.language_model.generator import Destination, Generator, ModelInUse
from assistant.language_model.settings import ModelSettings
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
    LanguageModelError,
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
    RemoteModelError,
    TermListError,
)
from index.types import (
    AddReport,
    Document,
    DocumentEntry,
    Hit,
    LibraryManifest,
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
    "Destination",
    "Document",
    "DocumentEntry",
    "DocumentNotFoundError",
    "DraftReport",
    "DraftedSentence",
    "Drafting",
    "ExtraMissingError",
    "Finished",
    "Generator",
    "Hit",
    "Issue",
    "IssueList",
    "LanguageModelError",
    "Ledger",
    "LedgerEntry",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryManifest",
    "LibraryMismatchError",
    "MetadataChanges",
    "MetadataError",
    "ModelError",
    "ModelInUse",
    "ModelSettings",
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
    "RemoteModelError",
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
    "Withdrawn",
    "WordEvidence",
    "WordPlace",
    "export_answer",
    "export_conversation",
    "export_statements",
    "export_view",
    "render_conversation",
    "render_view",
]
