"""Statements of a document: what it attributes to whom, with exact offsets."""

from __future__ import annotations

from parley.index.statements.document import extract_statements
from parley.index.statements.extractors import EXTRACTORS, StatementExtractor, make_extractor
from parley.index.statements.within import statements_within

__all__ = ["EXTRACTORS", "StatementExtractor", "extract_statements", "make_extractor", "statements_within"]
