"""What an empty conversation shows: what can be asked, with questions that the open library answers."""

from __future__ import annotations

from collections.abc import Sequence

from parley.ui.html.markup import isolated, text_html


def welcome_html(questions: Sequence[str], document_count: int) -> str:
    """The invitation, with example questions as buttons."""
    if not document_count:
        return (
            '<div class="welcome"><p class="welcome-title">Add documents to begin</p>'
            "<p>Articles, minutes, transcripts, communiqués: add them on the left, then ask who said what.</p></div>"
        )
    buttons = "".join(
        f'<li><button class="suggestion" value="{text_html(item)}">{isolated(item)}</button></li>' for item in questions
    )
    return (
        '<div class="welcome"><p class="welcome-title">Ask who said what</p>'
        f"<p>Answers are quotations from your {_counted(document_count)}, each with its speaker and its source. "
        "What the documents do not say is not in the answer.</p>"
        f'<ul class="suggestions">{buttons}</ul></div>'
    )


def _counted(count: int) -> str:
    return "document" if count == 1 else f"{count} documents"
