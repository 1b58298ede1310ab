"""Audit export: an answer, a conversation, statements or a view as a file in which every quotation can be found again.

`record` and, for views, `view_entry` gather what is exported; one module per format turns that record into bytes; `writing` picks
the format by suffix.
"""

from parley.assistant.reports.export.table import unguard_cell
from parley.assistant.reports.export.writing import (
    check_suffix,
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

__all__ = [
    "check_suffix",
    "export_answer",
    "export_brief",
    "export_comparison",
    "export_conversation",
    "export_statements",
    "export_view",
    "render_brief",
    "render_comparison",
    "render_conversation",
    "render_view",
    "unguard_cell",
]
