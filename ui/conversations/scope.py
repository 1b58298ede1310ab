"""Asking only a part of the library: what can be chosen, what is chosen, and the filter that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from parley.assistant import CitedStatement, DocumentEntry, SearchFilter, StatementFilter
from parley.ui.html.labels import day_name
from parley.ui.html.markup import isolated, text_html
from parley.ui.interfaces import ChatAssistant

LISTED = 60
"""Outlets, parties and dossiers that are seen at once, those with most documents first; the others unfold."""

_OTHERS_TOO = "Whoever else speaks in them may answer too. One side alone: see Statements."

NO_DOCUMENT = ("\0no document is in all parts of the selection",)
"""An id that no document has: an empty tuple would mean every document."""


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """What is chosen; a part left empty chooses everything.

    Attributes:
        documents: ids of documents.
        outlets: names of outlets.
        parties: names of parties, of which one must be quoted in a document for it to be asked.
        dossiers: names of dossiers, of which one must hold a document.
        since, until: first and last document date, both inclusive; undated documents are then left out.
    """

    documents: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeOffer:
    """What can be chosen: outlets and parties with their numbers of documents, and between which days the documents lie."""

    outlets: tuple[tuple[str, int], ...]
    parties: tuple[tuple[str, int], ...]
    first: Date | None
    last: Date | None
    dossiers: tuple[tuple[str, int], ...] = ()


def scope_offer(assistant: ChatAssistant) -> ScopeOffer:
    """What the open library offers; reads every statement."""
    entries = assistant.entries()
    days = [entry.date for entry in entries if entry.date is not None]
    outlets = Counter(entry.outlet for entry in entries if entry.outlet)
    parties = Counter(party for party, documents in _speaking(assistant.cited_statements()).items() for _ in documents)
    dossiers = tuple((one.name, len(one.documents)) for one in assistant.dossiers())
    return ScopeOffer(_most(outlets), _most(parties), min(days, default=None), max(days, default=None), dossiers)


def search_filter(choice: ScopeChoice, assistant: ChatAssistant) -> SearchFilter:
    """The filter for a choice. What is no longer in the library is left out; a choice that nothing meets lets nothing through."""
    known = {entry.id for entry in assistant.entries()}
    documents = tuple(name for name in choice.documents if name in known)
    if choice.dossiers:
        held = {name for one in assistant.dossiers() if one.name in choice.dossiers for name in one.documents}
        documents = tuple(sorted(held.intersection(documents) if documents else held)) or NO_DOCUMENT
    if choice.parties:
        speaking = _speaking(assistant.cited_statements(filter=StatementFilter(party=choice.parties)))
        quoting = {name for names in speaking.values() for name in names}
        allowed = quoting.intersection(documents) if documents else quoting
        documents = tuple(sorted(allowed)) or NO_DOCUMENT
    return SearchFilter(document_ids=documents, outlets=choice.outlets, since=choice.since, until=choice.until)


def scope_line(choice: ScopeChoice, entries: Sequence[DocumentEntry]) -> str:
    """The line above the question field: what is asked, and the button for choosing."""
    titles = {entry.id: entry.title for entry in entries}
    parts = [
        _named(choice.dossiers),
        _documents([titles[name] for name in choice.documents if name in titles]),
        _named(choice.outlets),
        _days(choice),
    ]
    parts.append(f"documents quoting {_named(choice.parties)}" if choice.parties else "")
    told = " · ".join(part for part in parts if part)
    button = (
        '<button type="button" class="quiet" id="open-scope" aria-expanded="false" aria-controls="scope-panel">'
        f"{'Change' if told else 'Ask only a part'}</button>"
    )
    if not told:
        return f'<p class="scope all"><span>Asking all documents.</span> {button}</p>'
    return (
        f'<p class="scope" role="status"><span class="label">Only in:</span> {told} {button} '
        '<button type="button" class="quiet" id="clear-scope">Ask all documents</button></p>'
    )


def scope_panel(offer: ScopeOffer, choice: ScopeChoice) -> str:
    """The fields for choosing outlets, dates and parties; documents are chosen in their list."""
    dated = "" if offer.first is None or offer.last is None else f" ({day_name(offer.first)} to {day_name(offer.last)})"
    days = (
        f'<fieldset><legend>Dates of documents{dated}</legend><div class="scope-days">'
        f"{_day_field('since', 'From', choice.since)}{_day_field('until', 'To', choice.until)}</div></fieldset>"
    )
    outlets = _boxes("outlets", "Outlets", offer.outlets, choice.outlets)
    parties = _boxes("parties", "Documents that quote", offer.parties, choice.parties, _OTHERS_TOO)
    dossiers = _boxes("dossiers", "Dossiers", offer.dossiers, choice.dossiers)
    return f'<div class="scope-fields">{dossiers}{days}{outlets}{parties}</div>'


def _speaking(statements: Sequence[CitedStatement]) -> dict[str, set[str]]:
    """Ids of the documents in which each party is quoted."""
    found: dict[str, set[str]] = {}
    for item in statements:
        if item.party is not None:
            found.setdefault(item.party, set()).add(item.document.id)
    return found


def _most(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _documents(titles: Sequence[str]) -> str:
    more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
    return ", ".join(isolated(title) for title in titles[:3]) + more


def _named(names: Sequence[str]) -> str:
    return ", ".join(isolated(name) for name in names)


def _days(choice: ScopeChoice) -> str:
    since = f"from {day_name(choice.since)}" if choice.since else ""
    until = f"to {day_name(choice.until)}" if choice.until else ""
    return " ".join(part for part in (since, until) if part)


def _day_field(name: str, label: str, day: Date | None) -> str:
    value = day.isoformat() if day else ""
    return f'<label>{label} <input type="date" class="scope-day" data-part="{name}" value="{value}"></label>'


def _boxes(part: str, legend: str, offered: Sequence[tuple[str, int]], chosen: Sequence[str], hint: str = "") -> str:
    boxes = [
        f'<label class="scope-box"><input type="checkbox" class="scope-choice" data-part="{part}" value="{text_html(name)}"'
        f'{" checked" if name in chosen else ""}> {isolated(name)} <span class="count">{count}</span></label>'
        for name, count in offered
    ]
    if not boxes:
        return ""
    told = f'<p class="scope-hint">{hint}</p>' if hint else ""
    rest = ""
    if len(boxes) > LISTED:
        # What is chosen stands open, wherever it is.
        is_open = " open" if any(name in chosen for name, _ in offered[LISTED:]) else ""
        rest = f"<details{is_open}><summary>{len(boxes) - LISTED} more</summary>{''.join(boxes[LISTED:])}</details>"
    return f'<fieldset><legend>{legend}</legend>{told}<div class="scope-boxes">{"".join(boxes[:LISTED])}{rest}</div></fieldset>'
