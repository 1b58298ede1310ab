"""What the evaluation commands need beyond the base install."""

from __future__ import annotations

from parley.index.errors import ExtraMissingError


def check_extra(command: str) -> None:
    """Raise ExtraMissingError, naming the command, unless the extra "eval" is installed."""
    ExtraMissingError.unless_installed("ir_measures", "jinja2", "pydantic", extra="eval", purpose=f"`parley {command}`")
