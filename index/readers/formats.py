"""Which files can be read, by their endings."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

SUPPORTED_SUFFIXES: Final = (
    *(".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".odt", ".rtf", ".pptx", ".xlsx", ".csv", ".tsv", ".epub"),
    *(".eml", ".msg", ".vtt", ".srt", ".json"),
)
"""Endings of files that are read as one document; capitals are accepted too. `.json` means the transcripts of whisper."""

PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""Endings of scans, which are read as files of their own: inside a mail or an archive a picture is mostly an ornament."""

CONTAINER_SUFFIXES: Final = (".zip", ".mbox")
"""Endings of files that are nothing but a place for others."""

HOLDING_SUFFIXES: Final = (*CONTAINER_SUFFIXES, ".eml", ".msg")
"""Endings of files that may hold others."""


READABLE_SUFFIXES: Final = (*SUPPORTED_SUFFIXES, *CONTAINER_SUFFIXES)
"""Endings of files that can be added wherever they lie."""


def readable_suffixes() -> tuple[str, ...]:
    """Endings of all files that can be added by themselves, in small letters with their dots; scans need the extra `ocr`."""
    return (*READABLE_SUFFIXES, *PICTURE_SUFFIXES)


def is_supported(name: str) -> bool:
    """Whether a file of that name can be read wherever it lies, or may hold files that can."""
    return PurePath(name).suffix.lower() in READABLE_SUFFIXES


def is_picture(name: str) -> bool:
    """Whether a file of that name is a scan, which can be read by itself."""
    return PurePath(name).suffix.lower() in PICTURE_SUFFIXES


def supported_formats() -> str:
    """One sentence for messages: which file name endings can be read."""
    return f"Supported are {', '.join(READABLE_SUFFIXES[:-1])} and {READABLE_SUFFIXES[-1]}; convert it to one of these."
