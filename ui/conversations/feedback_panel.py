"""What was said of an answer, beneath it, and the button for saying it."""

from __future__ import annotations

from parley.ui.conversations.feedback import VERDICT_NAMES
from parley.ui.conversations.turns import Exchange
from parley.ui.html.markup import isolated, text_html


def judge_button(exchange: Exchange) -> str:
    """Opens the dialog of page/feedback.js; only for answers that are complete."""
    if exchange.state != "done":
        return ""
    return f'<button class="quiet judge" value="{exchange.id}">{"Change" if exchange.feedback else "Give"} feedback</button>'


def feedback_html(exchange: Exchange) -> str:
    """The verdict and the note; empty where there is none."""
    given = exchange.feedback
    if given is None:
        return ""
    note = f' <span class="judged-note">{isolated(given.note)}</span>' if given.note else ""
    name = text_html(VERDICT_NAMES[given.verdict])
    return f'<p class="judged judged-{given.verdict}"><span class="label">Your feedback:</span> {name}{note}</p>'
