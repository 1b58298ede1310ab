"""Statements of a document: what it attributes to whom, with exact offsets."""

from __future__ import annotations

from index.statements.document import extract_statements

__all__ = ["extract_statements"]
