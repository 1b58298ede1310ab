"""Telling, on the page, which language model words the answers and where questions and passages are sent."""

from __future__ import annotations

from assistant import ModelInUse
from ui.markup import text_html


def where_text_goes_html(model: ModelInUse | None) -> str:
    """One line for the page; marked where text leaves this machine."""
    if model is None:
        return '<p class="destination">Answers are quotations. Nothing leaves this machine.</p>'
    name = f"<strong>{text_html(model.name)}</strong>"
    if model.destination.is_local:
        where = text_html(model.destination.address or "in this process")
        return f'<p class="destination">Answers are worded by {name} ({where}). Nothing leaves this machine.</p>'
    where = text_html(model.destination.address or "an address that it does not tell")
    return (
        f'<p class="destination leaves">Answers are worded by {name}. Questions and passages of the documents are sent to '
        f"<strong>{where}</strong>, outside this machine.</p>"
    )
