"""Everything that Parley raises on purpose.

    ParleyError
    ├── LibraryError                 the library folder cannot be used as it is
    │   ├── LibraryBusyError         another process is writing to it
    │   ├── LibraryMismatchError     it was made with another model or format
    │   ├── NotTrustedError          it names something to load that this user has not agreed to
    │   └── LibraryDamagedError      its catalogue cannot be read
    ├── ReadError                    a file could not be turned into a document
    ├── DocumentNotFoundError        no document has that id or path
    ├── ExtraMissingError            an optional part was asked for that is not installed
    ├── ModelError                   an embedding model is missing or is not the expected one
    ├── LanguageModelError           a language model cannot be used as set, or did not answer
    │   └── RemoteModelError         it is outside this machine, and the user has not permitted that
    ├── QuestionError                a question cannot be asked as given
    ├── QuestionSetError             a question set or corpus file is malformed
    ├── MetadataError                a document cannot be described as given
    ├── TermListError                a list of issues or aliases is malformed
    └── CancelledError               the caller stopped a long job; what was complete is kept

Each message says what happened, with the values, and what to do next, so that a user interface can show it as it is.
"""

from __future__ import annotations

from importlib.util import find_spec


class ParleyError(Exception):
    """Base of all errors that Parley raises on purpose; its text may be shown to a user."""


class LibraryError(ParleyError):
    """The library folder cannot be used as it is."""


class LibraryBusyError(LibraryError):
    """Another process holds the library's write lock."""


class LibraryMismatchError(LibraryError):
    """The library was made with another embedding model or another format version."""


class NotTrustedError(LibraryError):
    """The library names a model to load that this user has not agreed to."""


class LibraryDamagedError(LibraryError):
    """The library's catalogue cannot be read."""


class ReadError(ParleyError):
    """A file could not be turned into a document; nothing of it was added."""


class DocumentNotFoundError(ParleyError):
    """No document in the library has that id or path."""


class ModelError(ParleyError):
    """An embedding model is missing, or its weights are not the expected ones."""


class ExtraMissingError(ParleyError):
    """An optional part of Parley was asked for that is not installed; the message has the command that installs it."""

    @classmethod
    def unless_installed(cls, *modules: str, extra: str, purpose: str) -> None:
        """Raise this error unless all modules can be imported; none of them is imported here.

        Args:
            modules: what the extra brings, by the names they are imported by.
            extra: the extra's name in pyproject.toml.
            purpose: what was asked for, as the subject of a sentence: "The chat".
        """
        missing = [name for name in modules if not is_importable(name)]
        if missing:
            told = f"{purpose} needs the extra “{extra}”: {' and '.join(missing)} cannot be imported. "
            raise cls(f'{told}Run in the checkout of Parley: pip install -e ".[{extra}]"')


def is_importable(name: str) -> bool:
    """Whether a module can be imported; it is not imported here."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # the package around it is missing
        return False


class LanguageModelError(ParleyError):
    """A language model cannot be used as set, cannot be reached, refused, broke off or took too long."""


class RemoteModelError(LanguageModelError):
    """Text would leave this machine, which the user has not permitted for this library and this address."""


class QuestionError(ParleyError):
    """A question is empty or too long to be asked."""


class QuestionSetError(ParleyError):
    """A question set or corpus file is malformed; the message names the file and the line."""


class TermListError(ParleyError):
    """A list of issues or aliases is missing or malformed; the message names the file and the line."""


class MetadataError(ParleyError):
    """A document cannot be described as given; what was known about it is unchanged."""


class CancelledError(ParleyError):
    """The caller stopped a long job. Files completed before that are kept, the rest was not touched."""
