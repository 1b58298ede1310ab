"""The errors that Parley raises on purpose, for user interfaces to show; defined in index/errors.py."""

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
    ParleyError,
    QuestionError,
    QuestionSetError,
    ReadError,
    RemoteModelError,
    TermListError,
)

__all__ = [
    "CancelledError",
    "DocumentNotFoundError",
    "ExtraMissingError",
    "LanguageModelError",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryMismatchError",
    "MetadataError",
    "ModelError",
    "ParleyError",
    "QuestionError",
    "QuestionSetError",
    "ReadError",
    "RemoteModelError",
    "TermListError",
]
