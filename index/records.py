"""Statements as JSON text, the form in which the catalogue stores them."""

from __future__ import annotations

import json
from dataclasses import asdict

from index.types import Span, Statement


def dump_statement(statement: Statement) -> str:
    """The statement as a JSON object; spans become `[start, end]`."""
    return json.dumps(asdict(statement), ensure_ascii=False)


def load_statement(record: str) -> Statement:
    """The statement that `dump_statement` wrote."""
    values = json.loads(record)
    for name in ("content", "hedges", "negations"):
        values[name] = tuple(Span(*span) for span in values[name])
    for name in ("cue", "speaker_span"):
        values[name] = Span(*values[name]) if values[name] is not None else None
    values["relay"] = tuple(values["relay"])
    return Statement(**values)
