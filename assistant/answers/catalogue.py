"""Answers from the catalogue: which documents there are, by whom, from when, which mention something; each one cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, Citation
from parley.assistant.answers.composing import AnswerDraft, cite_statement, counted
from parley.assistant.answers.times.told_days import is_dated
from parley.assistant.evidence.citing import cite, covering_statement, whole_sentences
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.question.asked_time import AskedTime
from parley.assistant.question.catalogue_form import Asked, CatalogueQuestion
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.index.language.words import content_stems, stem, stems_of, words_of
from parley.index.types import Document, DocumentEntry, Span, Statement

MOST_LISTED = 25
"""Documents named in one answer; of more, how many is told."""

MOST_SPEAKERS = 5


def catalogue_answer(
    question: str,
    asked: CatalogueQuestion,
    evidence: Evidence,
    scope: Sequence[DocumentEntry] | None = None,
    when: AskedTime | None = None,
) -> Answer | None:
    """The answer to a question about the library; `None` where no document is like the one that the question describes.

    Args:
        question: as asked.
        asked: what is asked.
        evidence: the documents.
        scope: the documents that are asked; `None` for all of them.
        when: the time that a document must be dated of; `None` for any.
    """
    scope = evidence.entries() if scope is None else scope
    entries = [entry for entry in scope if when is None or is_dated(entry, when)]
    draft = AnswerDraft.empty(evidence)
    teller = _teller(asked.asked)
    if teller is not None:
        teller(draft, asked.about, entries, evidence)
    else:
        chosen = _chosen(entries, asked)
        if not chosen and when is None and (asked.about or asked.asked in {"author", "date"}):
            return None
        _described(draft, chosen, replace(asked, about=f"{asked.about} {when.words if when else ''}".strip()), evidence)
    if not draft.sentences:
        return None
    notice = f"From the catalogue of {counted(len(scope), 'document')}."
    return Answer(question, question, tuple(draft.sentences), tuple(draft.citations), "answered", notices=(notice,))


def _described(draft: AnswerDraft, chosen: Sequence[DocumentEntry], asked: CatalogueQuestion, evidence: Evidence) -> None:
    """Say what is asked of these documents."""
    if asked.asked in {"author", "date"}:
        for entry in chosen[:MOST_LISTED]:
            told = _written_by(entry) if asked.asked == "author" else _dated(entry)
            draft.say([f"{told} “{entry.title}”{f', {entry.outlet}' if entry.outlet else ''}."], _opening(entry, evidence))
        return
    dated = sorted((entry for entry in chosen if entry.date is not None), key=lambda entry: str(entry.date))
    if asked.asked in {"latest", "earliest"} and dated:
        one = dated[-1] if asked.asked == "latest" else dated[0]
        draft.say([f"{_name(one)} is the {asked.asked} by its own date."], _opening(one, evidence))
    elif asked.asked == "added" and chosen:
        draft.say([f"{_name(chosen[-1])} was added last."], _opening(chosen[-1], evidence))
    elif asked.asked == "period" and dated:
        undated = len(chosen) - len(dated)
        rest = f"; {counted(undated, 'document')} without a date" if undated else ""
        draft.say([f"From {_day(dated[0])} to {_day(dated[-1])}{rest}."], *_openings((dated[0], dated[-1]), evidence))
    else:
        _listed(draft, chosen, asked, evidence)


def _listed(draft: AnswerDraft, chosen: Sequence[DocumentEntry], asked: CatalogueQuestion, evidence: Evidence) -> None:
    what = f" ({asked.about})" if asked.about else ""
    draft.say([f"{counted(len(chosen), 'document')}{what}{':' if chosen else '.'}"])
    for entry in chosen[:MOST_LISTED]:
        draft.say([f"{_name(entry)}."], _opening(entry, evidence))
    if len(chosen) > MOST_LISTED:
        draft.say([f"And {len(chosen) - MOST_LISTED:,} more; the library's list has them all."])


def _mentioning(draft: AnswerDraft, term: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    """The documents that hold the words together, each by the first sentence that has them."""
    wanted = content_stems(term)
    holding = [evidence.documents_with(word.surface) for word in words_of(term) if word.stem in wanted]
    found = frozenset.intersection(*holding) if holding else frozenset()
    named = [entry for entry in entries if entry.id in found]
    draft.say([f"{counted(len(named), 'document')} {'mentions' if len(named) == 1 else 'mention'} {term}{':' if named else '.'}"])
    for entry in named[:MOST_LISTED]:
        draft.say([f"{_name(entry)}."], _first_mention(evidence.document(entry.id), wanted, evidence))
    if len(named) > MOST_LISTED:
        draft.say([f"And {len(named) - MOST_LISTED:,} more."])


def _first_mention(document: Document, wanted: frozenset[str], evidence: Evidence) -> Citation:
    place = next((word for word in words_of(document.text) if word.stem in wanted), None)
    span = whole_sentences(document.text, place.start, place.end) if place is not None else _first_line(document.text)
    return cite(evidence, document, span, covering_statement(evidence.statements(document.id), *span))


def _speakers(draft: AnswerDraft, about: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    """Who has most statements, with one document each; of a part of the documents, nothing where no document is called so."""
    part = documents_called(entries, about) if about else entries
    spoken = [
        (statement.speaker, entry)
        for entry in part
        for statement in evidence.statements(entry.id)
        if statement.speaker is not None and statement.speaker_kind == "named"
    ]
    counts = Counter(speaker for speaker, _ in spoken)
    for speaker, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_SPEAKERS]:
        where = Counter(entry.id for name, entry in spoken if name == speaker).most_common(1)[0][0]
        entry = next(item for item in entries if item.id == where)
        draft.say([f"{speaker}: {counted(number, 'statement')}, most of them in {_name(entry)}."], _opening(entry, evidence))
    if not counts and part:
        draft.say(["No document names somebody as speaking."])


def _languages(draft: AnswerDraft, _: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    del evidence
    counts = Counter(entry.language or "not known" for entry in entries)
    told = ", ".join(f"{language} ({number})" for language, number in counts.most_common())
    draft.say([f"Languages of the documents: {told or 'none, the library is empty'}."])


def _outlets(draft: AnswerDraft, _: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    _grouped(draft, "outlet", [(entry.outlet, entry) for entry in entries], evidence)


def _authors(draft: AnswerDraft, _: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    _grouped(draft, "author", [(entry.author, entry) for entry in entries], evidence)


def _grouped(draft: AnswerDraft, what: str, pairs: Sequence[tuple[str | None, DocumentEntry]], evidence: Evidence) -> None:
    """Each outlet or author with its documents, and how many documents state none."""
    names = sorted({name for name, _ in pairs if name})
    draft.say([f"{counted(len(names), what)}{':' if names else '.'}"])
    for name in names[:MOST_LISTED]:
        own = [entry for other, entry in pairs if other == name]
        draft.say([f"{name}: {counted(len(own), 'document')}."], *_openings(own, evidence))
    missing = sum(name is None for name, _ in pairs)
    if missing:
        draft.say([f"{counted(missing, 'document')} without a stated {what}."])


def _undated(draft: AnswerDraft, _: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    _listed(draft, [entry for entry in entries if entry.date is None], CatalogueQuestion("list", "undated"), evidence)


def _by(draft: AnswerDraft, about: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    """The documents whose author or outlet is called so; nothing where the words name neither."""
    wanted = content_stems(about)
    own = [entry for entry in entries if wanted and wanted <= stems_of(f"{entry.author or ''} {entry.outlet or ''}")]
    if own:
        _listed(draft, own, CatalogueQuestion("list", f"by {about}"), evidence)
    elif wanted and not about.lower().startswith("the ") and _spoken_by(about, entries, evidence):
        draft.say([f"No document names {about} as its author or outlet, though somebody of that name is quoted."])


def _quoting(draft: AnswerDraft, about: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    """The documents in which somebody speaks, each by their first statement there; nothing where nobody of that name speaks."""
    found = [(entry, spoken[0]) for entry in entries if (spoken := _spoken_by(about, [entry], evidence))]
    if found:
        draft.say([f"{counted(len(found), 'document')} {'quotes' if len(found) == 1 else 'quote'} {about}:"])
    for entry, statement in found[:MOST_LISTED]:
        draft.say([f"{_name(entry)}."], cite_statement(evidence, evidence.document(entry.id), statement))


def _statements_counted(draft: AnswerDraft, about: str, entries: Sequence[DocumentEntry], evidence: Evidence) -> None:
    """How many statements somebody makes, by document; nothing where nobody of that name speaks."""
    counts = [(entry, len(spoken)) for entry in entries if (spoken := _spoken_by(about, [entry], evidence))]
    number = sum(count for _, count in counts)
    if counts:
        draft.say([f"{counted(number, 'statement')} of {about} in {counted(len(counts), 'document')}:"])
    for entry, count in counts[:MOST_LISTED]:
        draft.say([f"{_name(entry)}: {count:,}."], _opening(entry, evidence))


def _spoken_by(about: str, entries: Iterable[DocumentEntry], evidence: Evidence) -> list[Statement]:
    statements = (statement for entry in entries for statement in evidence.statements(entry.id))
    return [item for item in statements if speaker_match(item, about) >= FITTING_SPEAKER]


def _teller(asked: Asked) -> Callable[[AnswerDraft, str, Sequence[DocumentEntry], Evidence], None] | None:
    """What tells of all the documents asked; `None` where documents are described."""
    tellers: tuple[tuple[Asked, Callable[[AnswerDraft, str, Sequence[DocumentEntry], Evidence], None]], ...] = (
        ("mention", _mentioning),
        ("speakers", _speakers),
        ("languages", _languages),
        ("outlets", _outlets),
        ("authors", _authors),
        ("undated", _undated),
        ("by", _by),
        ("quoting", _quoting),
        ("statements", _statements_counted),
    )
    return dict(tellers).get(asked)


def documents_called(entries: Sequence[DocumentEntry], about: str) -> list[DocumentEntry]:
    """The documents whose title, file, outlet, author or date has all the words; none for words that carry nothing."""
    wanted = content_stems(about)
    return [entry for entry in entries if wanted and wanted <= _known_by(entry)]


def _chosen(entries: Sequence[DocumentEntry], asked: CatalogueQuestion) -> list[DocumentEntry]:
    """The documents whose title, file, outlet, author or date has the words that describe them; all of them without any."""
    wanted = content_stems(asked.about) | {word.stem for word in words_of(asked.about) if word.folded.isdigit()}
    chosen = [entry for entry in entries if wanted <= _known_by(entry)] if wanted else list(entries)
    of_genre = [entry for entry in chosen if asked.kind in _kinds_of(entry)] if asked.kind else chosen
    of_kind = of_genre or [entry for entry in chosen if asked.kind in _known_by(entry)]
    return of_kind or (chosen if wanted or asked.asked in {"latest", "earliest"} else [])


def _kinds_of(entry: DocumentEntry) -> frozenset[str]:
    """What kind of document it is, as stems; a newspaper's text is also called a report."""
    return stems_of(f"{entry.genre or ''} {'report article story piece' if entry.genre == 'news' else ''}")


def _known_by(entry: DocumentEntry) -> frozenset[str]:
    day = f"{entry.date.day} {entry.date:%B} {entry.date.year}" if entry.date else ""
    file = (entry.source_path or entry.id).rpartition("/")[2].replace("-", " ").replace("_", " ").replace(".", " ")
    return stems_of(f"{entry.title} {file} {entry.outlet or ''} {entry.author or ''} {day}") | {
        stem(word.folded) for word in words_of(day)
    }


def _name(entry: DocumentEntry) -> str:
    """As in "“Talks end”, Harbour Post, 3 May 2031"; a letter's or note's file where the title says little."""
    outlet = f", {entry.outlet}" if entry.outlet else ""
    return f"“{entry.title}”{outlet}, {_day(entry)}"


def _day(entry: DocumentEntry) -> str:
    return f"{entry.date.day} {entry.date:%B %Y}" if entry.date else "undated"


def _written_by(entry: DocumentEntry) -> str:
    return f"{entry.author} wrote" if entry.author else "No author is stated in"


def _dated(entry: DocumentEntry) -> str:
    return f"{_day(entry)} is the date of" if entry.date else "No date is stated in"


def _opening(entry: DocumentEntry, evidence: Evidence) -> Citation:
    document = evidence.document(entry.id)
    return cite(evidence, document, _first_line(document.text), None)


def _openings(entries: Iterable[DocumentEntry], evidence: Evidence) -> list[Citation]:
    return [_opening(entry, evidence) for entry in entries]


def _first_line(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, min(start + 200, len(text)) if end < 0 else min(end, start + 200))
