"""Parley's public surface: open a library, add documents, ask, and read who said what.

Everything a user needs is named here; heavy packages are loaded when they are first needed, not on import.
"""

from parley.assistant.answer import Answer, AnswerSentence, AnswerStatus, Citation, DraftedSentence, DraftReport
from parley.assistant.assistant import Assistant
from parley.assistant.chat import Chat
from parley.assistant.dialogue.conversation import Conversation, Turn
from parley.assistant.events import Drafting, Finished, Searching, SentenceReady, StreamEvent, Withdrawn
from parley.assistant.evidence.quote_check import QuoteCheck
from parley.assistant.evidence.statement_query import AttributedStatement
from parley.assistant.evidence.versions.comparison import ComparedParagraph, Comparison
from parley.assistant.evidence.versions.pairing import VersionGroup
from parley.assistant.evidence.word_evidence import WordEvidence, WordPlace
from parley.assistant.language_model.generator import Destination, Generator, ModelInUse
from parley.assistant.language_model.settings import ModelSettings
from parley.assistant.reports.dossiers.dossier import Dossier
from parley.assistant.reports.export import (
    export_answer,
    export_brief,
    export_comparison,
    export_conversation,
    export_statements,
    export_view,
    render_brief,
    render_comparison,
    render_conversation,
    render_view,
)
from parley.assistant.reports.overview.making import Overview, OverviewEntry, OverviewSection
from parley.assistant.reports.views.aliases import Alias, AliasList
from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import Issue, IssueList
from parley.assistant.reports.views.ledger import Ledger, LedgerEntry
from parley.assistant.reports.views.positions import PositionCell, PositionTable
from parley.assistant.reports.views.selection import StatementFilter
from parley.assistant.reports.views.timeline import Timeline, TimelineItem
from parley.index.backup import BackupReport, back_up, inspect_backup, restore
from parley.index.errors import (
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
    NotTrustedError,
    ParleyError,
    QuestionError,
    QuestionSetError,
    ReadError,
    RemoteModelError,
    TermListError,
)
from parley.index.readers.containers.members import containing_file
from parley.index.readers.formats import readable_suffixes
from parley.index.types import (
    AddReport,
    Document,
    DocumentEntry,
    Genre,
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
from parley.index.user_settings import trust_model

__all__ = [
    "AddReport",
    "Alias",
    "AliasList",
    "Answer",
    "AnswerSentence",
    "AnswerStatus",
    "Assistant",
    "AttributedStatement",
    "BackupReport",
    "CancelledError",
    "Chat",
    "Citation",
    "CitedStatement",
    "ComparedParagraph",
    "Comparison",
    "Conversation",
    "Destination",
    "Document",
    "DocumentEntry",
    "DocumentNotFoundError",
    "Dossier",
    "DraftReport",
    "DraftedSentence",
    "Drafting",
    "ExtraMissingError",
    "Finished",
    "Generator",
    "Genre",
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
    "NotTrustedError",
    "Overview",
    "OverviewEntry",
    "OverviewSection",
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
    "VersionGroup",
    "Withdrawn",
    "WordEvidence",
    "WordPlace",
    "back_up",
    "containing_file",
    "export_answer",
    "export_brief",
    "export_comparison",
    "export_conversation",
    "export_statements",
    "export_view",
    "inspect_backup",
    "readable_suffixes",
    "render_brief",
    "render_comparison",
    "render_conversation",
    "render_view",
    "restore",
    "trust_model",
]
