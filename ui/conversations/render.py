"""Exchanges as HTML for the chat: the question, the answer with its markers, and the line that says what was checked.

Everything that comes from documents or questions passes through `parley.ui.html.markup`. Each message is one line of HTML, so
that the Markdown engine of the chat window takes it as a single block and leaves its inside alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.assistant import Answer
from parley.ui.conversations.feedback_panel import feedback_html, judge_button
from parley.ui.conversations.turns import Exchange
from parley.ui.html.labels import STATUS_NAMES, source_line
from parley.ui.html.markup import isolated, text_html
from parley.ui.html.sentences import sentences_html
from parley.ui.html.verification import verification_line

EXPORTS = (
    ("md", "Markdown"),
    ("docx", "Word"),
    ("csv", "CSV"),
    ("jsonl", "JSONL"),
    ("bib", "BibTeX"),
    ("ris", "RIS"),
    ("jsonld", "Annotations"),
)
"""Formats of an answer's export: the suffix and the name shown."""

FOLLOW_UPS = ("And why?", "What did the other side say?", "What were the exact words?", "Who reported it?")


def question_html(exchange: Exchange) -> str:
    """The question as typed."""
    return f'<div class="asked" dir="auto" id="question-{exchange.id}">{isolated(exchange.question)}</div>'


def answer_html(exchange: Exchange) -> str:
    """The answer as far as it has come."""
    answer = exchange.answer
    parts = [_understood(exchange)]
    if answer is not None:
        parts += [_status_label(answer), sentences_html(answer, exchange.id), *_notices(answer)]
    if exchange.state == "running":
        parts.append(f'<p class="working">{_progress(exchange)}</p>')
    else:
        parts += [_outcome(exchange), _checked(answer), _nearest(answer, exchange.id), _actions(exchange), _follow_ups(answer)]
    status = answer.status if answer is not None else exchange.state
    return f'<div class="answer status-{status}" id="answer-{exchange.id}">{"".join(parts)}</div>'


def _progress(exchange: Exchange) -> str:
    return text_html(exchange.message or ("Reading the documents…" if exchange.answer is None else "…"))


def plain_text(exchange: Exchange) -> str:
    """The exchange as text with numbered sources, for the clipboard."""
    answer = exchange.answer
    lines = [exchange.question, ""]
    if answer is not None:
        label = STATUS_NAMES[answer.status]
        lines += [*([f"{label}."] if label else []), answer.text, ""]
        lines += [
            f"[{item.marker}] “{item.quote}” — {item.attribution}. {source_line(item.document, item.page)}, "
            f"characters {item.start}–{item.end}{'' if item.verified else ' (NOT VERIFIED)'}"
            for item in answer.citations
        ]
    return "\n".join(lines).strip()


def _understood(exchange: Exchange) -> str:
    """What the conversation added, removable with one click; or the question as a language model completed it."""
    if exchange.answer is not None and exchange.answer.carried:
        added = "".join(f'<span class="added">{isolated(part)}</span> ' for part in exchange.answer.carried)
        return (
            f'<p class="understood"><span class="label">Taken from before:</span> {added}'
            f'<button class="quiet alone" value="{exchange.id}">Ask without it</button></p>'
        )
    if exchange.standalone.strip() == exchange.question.strip():
        return ""
    return (
        f'<p class="understood"><span class="label">Understood as:</span> {isolated(exchange.standalone)} '
        f'<button class="quiet edit" value="understood-{exchange.id}">Change</button></p>'
    )


def _status_label(answer: Answer) -> str:
    label = STATUS_NAMES[answer.status]
    return f'<p class="verdict"><span class="verdict-sign">{_sign(answer)}</span>{text_html(label)}</p>' if label else ""


def _sign(answer: Answer) -> str:
    return "≠" if answer.status == "accounts_differ" else "◐" if answer.status == "partly" else "∅"


def _notices(answer: Answer) -> Iterable[str]:
    if answer.notices:
        items = "".join(f"<li>{isolated(notice)}</li>" for notice in answer.notices)
        yield f'<ul class="notices">{items}</ul>'


def _outcome(exchange: Exchange) -> str:
    if exchange.state == "stopped":
        return '<p class="outcome">Stopped. What is above is not the whole answer.</p>'
    if exchange.state == "failed":
        return f'<p class="outcome failed"><strong>No answer:</strong> {isolated(exchange.message)}</p>'
    return ""


def _checked(answer: Answer | None) -> str:
    line = verification_line(answer.citations) if answer is not None else ""
    if not line:
        return ""
    whole = answer is not None and all(citation.verified for citation in answer.citations)
    sign = "✓" if whole else "?"
    return f'<p class="checked {"all" if whole else "some"}"><span class="checked-sign">{sign}</span>{text_html(line)}</p>'


def _nearest(answer: Answer | None, key: int) -> str:
    if answer is None or not (answer.abstained or not answer.citations):
        return ""
    cited = {(item.document.id, item.start) for item in answer.citations}
    shown = [(number, item) for number, item in enumerate(answer.nearest, start=1) if (item.document.id, item.start) not in cited]
    if not shown:
        return ""
    items = "".join(
        f'<li><span class="near-quote">{isolated(item.quote)}</span> '
        f'<a class="open-source" href="#near-{key}-{number}">Show in {isolated(source_line(item.document, item.page))}</a></li>'
        for number, item in shown
    )
    return f'<div class="nearest"><p class="label">What comes nearest</p><ol>{items}</ol></div>'


def _follow_ups(answer: Answer | None) -> str:
    """The usual next questions, where there is something to go on from; page/chat.css shows them under the last answer only."""
    if answer is None or answer.abstained or not answer.citations:
        return ""
    buttons = "".join(f'<button class="suggestion" value="{text_html(item)}">{text_html(item)}</button>' for item in FOLLOW_UPS)
    return f'<p class="follow-ups">{buttons}</p>'


def _actions(exchange: Exchange) -> str:
    copied = text_html(plain_text(exchange))
    return (
        f'<div class="actions"><button class="quiet copy" value="{exchange.id}">Copy with sources</button>'
        f'<button class="quiet copy-link" value="{exchange.id}">Copy link</button>'
        f'<button class="quiet retry" value="{exchange.id}">Ask again</button>'
        f'<button class="quiet edit" value="question-{exchange.id}">Edit question</button>'
        f'<button class="quiet find-evidence" value="{exchange.id}">Find evidence</button>{_export(exchange)}'
        f'{judge_button(exchange)}<span class="clipboard">{copied}</span></div>{feedback_html(exchange)}'
    )


def _export(exchange: Exchange) -> str:
    """The formats; page/asking.js adds which library it is."""
    if exchange.answer is None:
        return ""
    links = " ".join(f'<a href="/parley/answers/{exchange.id}/export.{suffix}">{name}</a>' for suffix, name in EXPORTS)
    return f'<details class="export"><summary class="quiet">Export</summary><span class="formats">{links}</span></details>'
