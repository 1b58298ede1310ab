"""Subcommands that set out what the documents hold: positions, ledger and timeline, and two versions of a text."""

from parley.ui.cli.views.comparing import CompareCommand
from parley.ui.cli.views.statement_views import LedgerCommand, PositionsCommand, TimelineCommand

__all__ = ["CompareCommand", "LedgerCommand", "PositionsCommand", "TimelineCommand"]
