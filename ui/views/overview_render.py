"""The overview as HTML: its sentences under their headings, each with the number of its source, and the sources below."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encoded

from parley.assistant import Answer, AnswerSentence, Citation
from parley.ui.html.labels import source_line
from parley.ui.html.markup import isolated, text_html, wrapped_ranges

_PART = ('<span class="part">', "</span>")


def overview_html(told: Answer) -> str:
    """Headings, sentences and sources; what the overview is, and what was not found, comes first."""
    notes = "".join(f'<p class="note">{isolated(notice)}</p>' for notice in told.notices)
    return f'{notes}<div class="overview">{"".join(_groups(told.sentences))}</div>{_sources(told.citations)}'


def _groups(sentences: Sequence[AnswerSentence]) -> list[str]:
    """The sentences as lists below their headings."""
    parts: list[str] = []
    items: list[str] = []
    for sentence in sentences:
        if sentence.heading:
            parts += [*_listed(items), f"<h2>{isolated(sentence.text.rstrip(':'))}</h2>"]
            items = []
        else:
            items.append(_item(sentence))
    return [*parts, *_listed(items)]


def _listed(items: Sequence[str]) -> list[str]:
    return [f'<ul class="told">{"".join(items)}</ul>'] if items else []


def _item(sentence: AnswerSentence) -> str:
    text = wrapped_ranges(sentence.text, [(span, *_PART) for span in sentence.quoted])
    markers = "".join(f'<sup><a href="#source-{marker}">[{marker}]</a></sup>' for marker in sentence.markers)
    return f'<li><bdi class="t" dir="auto">{text}</bdi>{markers}</li>'


def _sources(citations: Sequence[Citation]) -> str:
    items = "".join(_source(item) for item in citations)
    return f'<section><h2>Sources <span>{len(citations)}</span></h2><ol class="sources">{items}</ol></section>' if items else ""


def _source(citation: Citation) -> str:
    address = f"document?id={percent_encoded(citation.document.id, safe='')}&at={citation.start}-{citation.end}#quote"
    return (
        f'<li id="source-{citation.marker}" value="{citation.marker}"><span class="number">[{citation.marker}]</span> '
        f'<span class="who">{isolated(citation.attribution)}</span> · '
        f'<a href="{text_html(address)}">{isolated(source_line(citation.document, citation.page))}</a></li>'
    )
