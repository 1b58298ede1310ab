"""Exchanges as HTML for the chat: the question, the answer with its markers, and the line that says what was checked.

Everything that comes from documents or questions passes through `ui.markup`. Each message is one line of HTML, so that
the Markdown engine of the chat window takes it as a single block and leaves its inside alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import Answer, AnswerSentence, Citation
from ui.labels import FORM_NAMES, STATUS_NAMES, form_of, source_line, who_of
from ui.markup import isolated, text_html, wrapped_ranges
from ui.turns import Exchange
from ui.verification import verification_line

FOLLOW_UPS = ("And why?", "Who reported it?", "What were the exact words?")

_VERBATIM = ('<span class="verbatim">', "</span>")


def question_html(exchange: Exchange) -> str:
    """The question as typed."""
    return f'<div class="asked" id="question-{exchange.id}">{isolated(exchange.question)}</div>'


def answer_html(exchange: Exchange) -> str:
    """The answer as far as it has come."""
    answer = exchange.answer
    parts = [_understood(exchange)]
    if answer is not None:
        parts += [_status_label(answer), _sentences(answer, exchange.id), *_notices(answer)]
    if exchange.state == "running":
        parts.append('<p class="working">Reading the documents…</p>' if answer is None else '<p class="working">…</p>')
    else:
        parts += [_outcome(exchange), _checked(answer), _nearest(answer, exchange.id), _actions(exchange), _follow_ups(answer)]
    status = answer.status if answer is not None else exchange.state
    return f'<div class="answer status-{status}" id="answer-{exchange.id}">{"".join(parts)}</div>'


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


def _sentences(answer: Answer, key: int) -> str:
    by_marker = {citation.marker: citation for citation in answer.citations}
    shown: set[int] = set()
    blocks = []
    for sentence in answer.sentences:
        fresh = [marker for marker in sentence.markers if marker not in shown]
        shown.update(fresh)
        blocks.append(_sentence(sentence, by_marker, fresh, key))
    return f'<div class="sentences">{"".join(blocks)}</div>'


def _sentence(sentence: AnswerSentence, by_marker: Mapping[int, Citation], fresh: Sequence[int], key: int) -> str:
    cited = [by_marker[marker] for marker in sentence.markers if marker in by_marker]
    form = form_of(cited[0]) if cited else "bridge"
    text = wrapped_ranges(sentence.text, [(span, *_VERBATIM) for span in sentence.quoted])
    markers = "".join(citation_link(citation, key, "cite") for citation in cited)
    captions = "".join(_caption(by_marker[marker]) for marker in fresh if marker in by_marker)
    return f'<div class="sentence form-{form}"><p class="said"><bdi class="t">{text}</bdi>{markers}</p>{captions}</div>'


def _caption(citation: Citation) -> str:
    form = form_of(citation)
    who = who_of(citation)
    speaker = f'<span class="who">{isolated(who)}</span> — ' if who else ""
    return (
        f'<p class="source"><span class="source-number">{citation.marker}</span>'
        f'<span class="form-tag tag-{form}">{text_html(FORM_NAMES[form])}</span> '
        f'{speaker}<span class="where">{isolated(source_line(citation.document, citation.page))}</span></p>'
    )


def citation_link(citation: Citation, key: int, kind: str) -> str:
    """A marker: its number, its state by shape and text, and the card that is shown while it is pointed at.

    Args:
        citation: what it stands for.
        key: the exchange's number.
        kind: "cite" for a citation of the answer, "near" for a nearest passage.
    """
    state, spoken = ("verified", " (quotation verified)") if citation.verified else ("unverified", " (quotation not verified)")
    sign = "" if citation.verified else "?"
    return (
        f'<a class="cite {state}" href="#{kind}-{key}-{citation.marker}">'
        f'<span class="aside">Source </span>{citation.marker}{sign}<span class="aside">{spoken}</span>'
        f"{_card(citation)}</a>"
    )


def _card(citation: Citation) -> str:
    state = "✓ Quotation verified: these words stand in the document." if citation.verified else _not_verified(citation)
    return (
        '<span class="card">'
        f'<span class="card-quote"><bdi class="t">{text_html(citation.quote)}</bdi></span>'
        f'<span class="card-who">{isolated(citation.attribution)}</span>'
        f'<span class="card-where">{isolated(source_line(citation.document, citation.page))}</span>'
        f'<span class="card-state">{state}</span></span>'
    )


def _not_verified(citation: Citation) -> str:
    if not citation.document.text:
        return "? Not verified: the document is no longer in the library."
    return "? Not verified: the document no longer has these words at this place."


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
        f'<p class="actions"><button class="quiet copy" value="{exchange.id}">Copy with sources</button>'
        f'<button class="quiet retry" value="{exchange.id}">Ask again</button>'
        f'<button class="quiet edit" value="question-{exchange.id}">Edit question</button>'
        f'<span class="clipboard">{copied}</span></p>'
    )
