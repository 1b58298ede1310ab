"""The sentences of an answer as HTML: one block for each source, with who said it, in which form of speech, and where it stands.

Consecutive sentences that rest on the same sources share a block. Where accounts differ, the blocks stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from parley.assistant import Answer, AnswerSentence, Citation, Document
from parley.ui.html.labels import FORM_NAMES, form_of, source_line, who_of
from parley.ui.html.markup import isolated, text_html, wrapped_ranges

SHORT = 60
"""Characters up to which a first sentence that is nothing but quoted words is set as the short answer, in large type."""

_VERBATIM = ('<span class="verbatim">', "</span>")
_MARKED = ('<strong class="answering">', "</strong>")
_Block = tuple[tuple[int, ...], list[AnswerSentence]]


def sentences_html(answer: Answer, key: int) -> str:
    """The sentences in order; `key` is the exchange's number, which the markers' links carry."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    blocks: list[_Block] = [(markers, list(group)) for markers, group in groupby(answer.sentences, lambda item: item.markers)]
    if answer.status == "accounts_differ":
        return _accounts(blocks, by_marker, key)
    shown: set[int] = set()
    return f'<div class="sentences">{"".join(_block(block, by_marker, shown, key) for block in blocks)}</div>'


def citation_link(citation: Citation, key: int) -> str:
    """A marker in exchange `key`: its number, its state by shape and text, and the card that is shown while it is pointed at."""
    state, spoken = ("verified", " (quotation verified)") if citation.verified else ("unverified", " (quotation not verified)")
    sign = "" if citation.verified else "?"
    return (
        f'<a class="cite {state}" href="#cite-{key}-{citation.marker}">'
        f'<span class="aside">Source </span>{citation.marker}{sign}<span class="aside">{spoken}</span>'
        f"{_card(citation)}</a>"
    )


def form_tag(citation: Citation) -> str:
    """The form of speech, by name and by the line drawn before it."""
    form = form_of(citation)
    return f'<span class="form-tag tag-{form}">{text_html(FORM_NAMES[form])}</span>'


def _accounts(blocks: Sequence[_Block], by_marker: Mapping[int, Citation], key: int) -> str:
    """Each account under a heading of its own, none of them first among equals; what rests on no source stands apart."""
    total = len({markers for markers, _ in blocks if markers})
    numbers: dict[tuple[int, ...], int] = {}
    shown: set[int] = set()
    accounts, others = [], []
    for block in blocks:
        inner = _block(block, by_marker, shown, key)
        if not block[0]:
            others.append(inner)
            continue
        number = numbers.setdefault(block[0], len(numbers) + 1)
        title = f'<p class="account-title">Account {number} of {total}{_teller(block[0], by_marker)}</p>'
        accounts.append(f'<div class="account" role="listitem">{title}{inner}</div>')
    side_by_side = f'<div class="accounts" role="list">{"".join(accounts)}</div>' if accounts else ""
    return f'<div class="sentences">{side_by_side}{"".join(others)}</div>'


def _teller(markers: Sequence[int], by_marker: Mapping[int, Citation]) -> str:
    """Whose account it is: the outlet, or else the document."""
    names = dict.fromkeys(_name(by_marker[marker].document) for marker in markers if marker in by_marker)
    return "".join(f" · {isolated(name)}" for name in names)


def _name(document: Document) -> str:
    return document.outlet or document.title


def _block(block: _Block, by_marker: Mapping[int, Citation], shown: set[int], key: int) -> str:
    """One block; a source that an earlier block has told about is not told about again."""
    markers, sentences = block
    cited = [by_marker[marker] for marker in markers if marker in by_marker]
    form = form_of(cited[0]) if cited else "bridge"
    captions = "".join(_caption(citation) for citation in cited if citation.marker not in shown)
    shown.update(markers)
    said = "".join(_sentence(item, cited, key, short=_is_short(sentences, place)) for place, item in enumerate(sentences))
    return f'<div class="sentence form-{form}">{said}{captions}</div>'


def _is_short(sentences: Sequence[AnswerSentence], place: int) -> bool:
    """Whether a sentence is the short answer, which the next one gives in full."""
    first = sentences[place]
    quoted = sum(end - start for start, end in first.quoted)
    alone = len(first.text) - quoted <= len("“”.")
    return place == 0 and len(sentences) > 1 and bool(first.markers) and alone and quoted <= SHORT


def _sentence(sentence: AnswerSentence, cited: Sequence[Citation], key: int, *, short: bool) -> str:
    ranges = [(span, *_VERBATIM) for span in sentence.quoted] + [(span, *_MARKED) for span in sentence.marked]
    text = wrapped_ranges(sentence.text, ranges)
    markers = "".join(citation_link(citation, key) for citation in cited)
    if sentence.heading:
        return f'<h3 class="part-heading" dir="auto"><bdi class="t">{text}</bdi></h3>'
    return f'<p class="said{" short" if short else ""}" dir="auto"><bdi class="t" dir="auto">{text}</bdi>{markers}</p>'


def _caption(citation: Citation) -> str:
    who = who_of(citation)
    speaker = f'<span class="who">{isolated(who)}</span> ' if who else ""
    return (
        f'<p class="source"><span class="source-number">{citation.marker}</span>{speaker}{form_tag(citation)}'
        f'<span class="where">{isolated(source_line(citation.document, citation.page))}</span></p>'
    )


def _card(citation: Citation) -> str:
    state = "✓ Quotation verified: these words stand in the document." if citation.verified else _not_verified(citation)
    return (
        '<span class="card">'
        f'<span class="card-quote"><bdi class="t" dir="auto">{text_html(citation.quote)}</bdi></span>'
        f'<span class="card-who">{isolated(citation.attribution)}</span>'
        f'<span class="card-where">{isolated(source_line(citation.document, citation.page))}</span>'
        f'<span class="card-state">{state}</span></span>'
    )


def _not_verified(citation: Citation) -> str:
    if not citation.document.text:
        return "? Not verified: the document is no longer in the library."
    return "? Not verified: the document no longer has these words at this place."
