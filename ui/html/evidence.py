"""The source pane: a whole document as escaped text, with the quotation marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath

from parley.assistant import Citation, Document, Span, Statement
from parley.assistant.evidence.place_names import page_words, printed_pages
from parley.ui.html.labels import FORM_NAMES, day_of, form_of, who_of
from parley.ui.html.markup import isolated, text_html, wrapped_ranges
from parley.ui.html.metadata_form import metadata_form

EMPTY_PANE = '<div class="pane-empty"><p>Choose a number in an answer to read the quotation in its document.</p></div>'

CLOSE_BUTTON = '<button type="button" class="icon" id="close-source" aria-label="Close the source" title="Close (Esc)">×</button>'

_FINE_PLACES = ("sheet", "row", "at")
"""Places that are told where a quotation is cited; in the text itself a line for each row would be in the way."""

_LONGEST_WRAPPED_LINE = 160
"""Characters; a text with a longer line does not break its lines inside paragraphs."""

_PASSAGE = ('<span class="passage">', "</span>")
_OTHER = ('<span class="other-quote">', "</span>")
_WORDS = ('<span class="words-said">', "</span>")
_NEAR = ('<span class="near-sentence">', "</span>")
_SHARED = ('<span class="words-shared">', "</span>")
_QUOTE = ('<mark class="quote">', "</mark>")


def citation_pane(citation: Citation, link: str, others: Sequence[Citation] = (), links: Sequence[tuple[int, str]] = ()) -> str:
    """The document of a citation, opened at the quotation.

    Args:
        citation: what to show.
        link: the link that was followed, such as "cite-7-1".
        others: further citations of the same answer; those of this document are faintly marked.
        links: marker and link of each of the answer's citations in order, for going to the previous and the next one.
    """
    document = citation.document
    opening = f'<article class="document" data-link="{text_html(link)}">'
    if not document.text:
        head = f'<div class="document-head">{_head(document, citation.page)}{attribution_html(citation)}</div>'
        return f"{opening}{head}{_gone(citation)}</article>"
    marks = [(Span(citation.passage.start, citation.passage.end), *_PASSAGE)]
    marks += [(Span(o.start, o.end), *_OTHER) for o in others if o.document.id == document.id and o.start != citation.start]
    if citation.verified:
        marks.append((Span(citation.start, citation.end), *_QUOTE))
        marks += [(span, *_WORDS) for span in citation.statement.content] if citation.statement is not None else []
    warning = "" if citation.verified else _gone(citation)
    return (
        f'{opening}<div class="document-head">{_head(document, citation.page)}{attribution_html(citation)}'
        f"{_steps(citation, links)}{_heading_path(citation)}</div>{warning}{document_body(document, marks)}</article>"
    )


def place_pane(document: Document, span: Span) -> str:
    """A document opened at a place, which is marked."""
    marks = [(span, *_QUOTE)]
    page = document.page_at(span.start)
    return (
        f'<article class="document"><div class="document-head">{_head(document, page)}</div>'
        f"{document_body(document, marks)}</article>"
    )


def words_body(citation: Citation, spans: Sequence[Span], *, exact: bool) -> str:
    """The document of a citation with some words pointed out: marked if they are the words sought, else underlined."""
    marks = [(Span(citation.start, citation.end), *_PASSAGE)]
    if exact:
        marks += [(span, *_QUOTE) for span in spans]
    else:
        marks += [(Span(citation.start, citation.end), *_NEAR), *((span, *_SHARED) for span in spans)]
    return document_body(citation.document, marks)


def document_pane(document: Document, statements: Sequence[Statement], *, may_edit: bool = True) -> str:
    """A document read from the list: its text, what is known about it, and what it attributes to whom.

    The form for correcting what is known is there for those alone who may send it.
    """
    form = metadata_form(document) if may_edit else ""
    return (
        f'<article class="document"><div class="document-head">{_head(document, None)}</div>{_particulars(document)}'
        f"{form}{_statement_list(document, statements)}{document_body(document, [])}</article>"
    )


def document_body(document: Document, marks: Sequence[tuple[Span, str, str]]) -> str:
    """The whole text in blocks; the blocks' `textContent`, joined, is the document's text, character by character."""
    headings = {heading.start: heading for heading in document.headings}
    pages = {page.start: page_words(page.name) for page in document.pages if page.unit not in _FINE_PLACES}
    blocks = []
    for start, end in pairwise(_block_borders(document)):
        touching = [mark for mark in marks if mark[0].start < end and mark[0].end > start]
        inner = wrapped_ranges(document.text, touching, window=Span(start, end))
        role = f' role="heading" aria-level="{min(headings[start].level + 2, 6)}"' if start in headings else ""
        kind = "block heading" if start in headings else "block"
        page = f' data-page="{text_html(pages[start])}"' if start in pages else ""
        blocks.append(f'<div class="{kind}" dir="auto"{role}{page}>{inner}</div>')
    return f'<div class="document-text" tabindex="0" role="region" aria-label="Text of the document">{"".join(blocks)}</div>'


def _block_borders(document: Document) -> list[int]:
    """Where blocks begin: after empty lines, at headings and at pages; after every line where lines are not wrapped by hand."""
    text = document.text
    line_is_paragraph = max(map(len, text.split("\n"))) > _LONGEST_WRAPPED_LINE
    borders = {0, len(text)}
    position = text.find("\n")
    while position != -1:
        following = _line_end(text, position)
        if following > position + 1 or line_is_paragraph:
            borders.add(following)
        position = text.find("\n", following)
    borders.update(offset for heading in document.headings for offset in (heading.start, _line_end(text, heading.end)))
    # The time of some words within what somebody says begins no block.
    borders.update(page.start for page in document.pages if page.unit != "at" or text[page.start - 1 : page.start] == "\n")
    return sorted(border for border in borders if 0 <= border <= len(text))


def _line_end(text: str, offset: int) -> int:
    """`offset`, moved behind the line ends that follow it."""
    while offset < len(text) and text[offset] in "\r\n":
        offset += 1
    return offset


def _head(document: Document, page: str | None) -> str:
    return (
        f'<header><h2 class="document-title" tabindex="-1">{isolated(document.title)}</h2>{CLOSE_BUTTON}'
        f"{facts_html(document, page)}</header>"
    )


def facts_html(document: Document, page: str | None) -> str:
    """Outlet, author, date and page, as far as they are known."""
    facts = [document.outlet, document.author, day_of(document), page_words(page)]
    return f'<p class="facts">{" · ".join(text_html(fact) for fact in facts if fact)}</p>'


def attribution_html(citation: Citation) -> str:
    """The form of speech and who said it."""
    form = form_of(citation)
    return (
        f'<p class="attribution"><span class="form-tag tag-{form}">{text_html(FORM_NAMES[form])}</span> '
        f"{isolated(who_of(citation))}</p>"
    )


def _steps(citation: Citation, links: Sequence[tuple[int, str]]) -> str:
    position = next((number for number, (marker, _) in enumerate(links) if marker == citation.marker), None)
    if position is None or len(links) < 2:
        return ""
    before = links[position - 1] if position else None
    after = links[position + 1] if position + 1 < len(links) else None
    previous = f'<a class="step" href="#{before[1]}">← Source {before[0]}</a>' if before else "<span></span>"
    following = f'<a class="step" href="#{after[1]}">Source {after[0]} →</a>' if after else "<span></span>"
    place = f"<span>{position + 1} of {len(links)}</span>"
    return f'<nav class="steps" aria-label="Sources of this answer">{previous}{place}{following}</nav>'


def _heading_path(citation: Citation) -> str:
    """The headings above the passage; a first one that repeats the document's title is left out."""
    headings = citation.passage.headings
    shown = headings[1:] if headings and headings[0].strip() == citation.document.title.strip() else headings
    return f'<p class="heading-path">{" › ".join(isolated(heading) for heading in shown)}</p>' if shown else ""


def _gone(citation: Citation) -> str:
    why = (
        "The document no longer has these words at this place."
        if citation.document.text
        else "The document is no longer in the library. These are the words that were quoted from it:"
    )
    return f'<div class="gone" role="note"><p>{why}</p><blockquote>{isolated(citation.quote)}</blockquote></div>'


def _particulars(document: Document) -> str:
    known = {
        "Kind": ("genre", document.genre),
        "Outlet": ("outlet", document.outlet),
        "Author": ("author", document.author),
        "To": ("addressees", document.addressees),
        "Place": ("place", document.place),
        "Symbol": ("symbol", document.symbol),
        "Date": ("date", day_of(document)),
        "Language": ("language", document.language),
        "Pages": ("pages", str(printed_pages(document)) if printed_pages(document) else None),
        "File": ("source_path", PurePath(document.source_path).name if document.source_path else None),
    }
    rows = "".join(
        f"<dt>{label}</dt><dd>{isolated(value)}{_basis(document, field)}</dd>" for label, (field, value) in known.items() if value
    )
    return f'<dl class="particulars">{rows}</dl>{_left_out(document)}'


def _left_out(document: Document) -> str:
    """What the reader left out of the text or had to guess."""
    items = "".join(f"<li>{isolated(item.message)}{_details(item.details)}</li>" for item in document.warnings)
    return f'<ul class="left-out" aria-label="Left out or guessed when it was read">{items}</ul>' if items else ""


def _details(details: Sequence[str]) -> str:
    shown = "".join(f"<li>{isolated(item)}</li>" for item in details)
    return f"<ul>{shown}</ul>" if shown else ""


def _basis(document: Document, field: str) -> str:
    basis = document.basis_of(field)
    return f' <span class="basis">from {text_html(basis)}</span>' if basis else ""


def _statement_list(document: Document, statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    items = "".join(_statement_item(document, statement) for statement in statements)
    return f'<details class="statements"><summary>{len(statements)} attributed statements</summary><ol>{items}</ol></details>'


def _statement_item(document: Document, statement: Statement) -> str:
    said = " … ".join(document.text[span.start : span.end] for span in statement.content)
    speaker = statement.speaker or "a speaker whom the document does not identify"
    form = f'<span class="form-tag tag-{statement.mode}">{FORM_NAMES[statement.mode]}</span>'
    return f'<li><span class="speaker">{isolated(speaker)}</span> {form} {_place_button(document, statement, said)}</li>'


def _place_button(document: Document, statement: Statement, said: str) -> str:
    first, last = statement.content[0], statement.content[-1]
    return (
        f'<button type="button" class="open-place" data-document="{text_html(document.id)}" data-start="{first.start}" '
        f'data-end="{last.end}">{isolated(said)}</button>'
    )
