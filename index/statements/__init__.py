"""Statements of a document: what it attributes to whom, with exact offsets.

A name is loaded when it is first used: whoever only asks needs none of the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.index.statements.document import extract_statements
    from parley.index.statements.extractors import EXTRACTORS, StatementExtractor, make_extractor
    from parley.index.statements.within import statements_within
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _MODULES:
            return getattr(import_module(f"parley.index.statements.{_MODULES[name]}"), name)
        msg = f"module 'parley.index.statements' has no attribute {name!r}"
        raise AttributeError(msg)


_MODULES = {
    "EXTRACTORS": "extractors",
    "StatementExtractor": "extractors",
    "extract_statements": "document",
    "make_extractor": "extractors",
    "statements_within": "within",
}

__all__ = ["EXTRACTORS", "StatementExtractor", "extract_statements", "make_extractor", "statements_within"]
