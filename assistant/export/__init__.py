"""Audit export: an answer, a conversation or statements as a file in which every quotation can be found again.

`record` gathers what is exported; one module per format turns that record into bytes; `writing` picks the format by suffix.
"""

from assistant.export.table import unguard_cell
from assistant.export.writing import check_suffix, export_answer, export_conversation, export_statements, render_conversation

__all__ = ["check_suffix", "export_answer", "export_conversation", "export_statements", "render_conversation", "unguard_cell"]
