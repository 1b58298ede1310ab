"""The source pane for words that were selected in an answer or typed: what the documents have for them, and where."""

from __future__ import annotations

from parley.assistant import Citation, WordEvidence, WordPlace
from parley.ui.conversations.payload import LONGEST_WORDS
from parley.ui.html.evidence import CLOSE_BUTTON, attribution_html, facts_html, words_body
from parley.ui.html.labels import source_line
from parley.ui.html.markup import isolated, text_html

_FINDINGS = {
    "quoted": ("✓", "These words stand in the document, character for character."),
    "attribution": ("¶", "These words are Parley’s own; they say who spoke. This is what the document says about that."),
    "elsewhere": ("✓", "The answer does not cite these words, but they stand in the documents."),
    "near": ("∅", "No passage has these words. The nearest have the underlined ones."),
    "nothing": ("∅", "No passage has these words, or any that come near them."),
}


def word_pane(found: WordEvidence | None) -> str:
    """The pane; `None` asks for words."""
    words = found.words if found is not None else ""
    field = (
        f'<div class="word-search"><label for="evidence-words">Evidence for the words</label>'
        f'<textarea id="evidence-words" rows="1" maxlength="{LONGEST_WORDS}" dir="auto">{text_html(words)}</textarea>'
        '<button type="button" class="quiet" id="find-words">Find</button></div>'
    )
    if found is None:
        told = '<p class="finding">Type words to see where they stand in the documents, or select them in an answer.</p>'
        return _pane(f"{field}{told}", "")
    sign, finding = _FINDINGS[found.ground]
    told = f'<p class="finding ground-{found.ground}" role="status"><span class="checked-sign">{sign}</span>{finding}</p>'
    if not found.places:
        return _pane(f"{field}{told}", "")
    best, *others = found.places
    body = words_body(best.citation, best.spans, exact=found.ground in ("quoted", "elsewhere"))
    return _pane(f"{field}{told}{_others(others)}{_whose(best.citation)}", body)


def _pane(head: str, body: str) -> str:
    title = '<h2 class="document-title" tabindex="-1">Evidence for words</h2>'
    head = f'<div class="document-head"><header>{title}{CLOSE_BUTTON}</header>{head}</div>'
    return f'<article class="document words">{head}{body}</article>'


def _whose(citation: Citation) -> str:
    title = f'<h3 class="place-title">{isolated(citation.document.title)}</h3>'
    return f"{title}{facts_html(citation.document, citation.page)}{attribution_html(citation)}"


def _others(places: list[WordPlace]) -> str:
    if not places:
        return ""
    items = "".join(
        f'<li><button type="button" class="open-place" data-document="{text_html(place.citation.document.id)}" '
        f'data-start="{place.citation.start}" data-end="{place.citation.end}">{isolated(place.citation.quote)}</button>'
        f'<span class="where">{isolated(source_line(place.citation.document, place.citation.page))}</span></li>'
        for place in places
    )
    return f'<details class="other-places"><summary>{len(places)} more</summary><ol>{items}</ol></details>'
