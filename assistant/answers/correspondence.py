"""Answers about a letter as a thing that was sent, from its head, foot and title: each with the line that tells it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.answers.composing import AnswerDraft, Verbatim
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.correspondence_form import CorrespondenceQuestion
from parley.index.language.dates import find_dates
from parley.index.language.words import content_stems, stems_of, words_of
from parley.index.types import USER_BASIS, Document, DocumentEntry, SearchFilter, Span

MOST_LETTERS = 4
"""Letters told of in one answer; where more may be meant, the question says too little."""

_FOOT_LINES = 10
"""Lines at a letter's end in which a signature may stand."""

_FIELDS = {"sender": "author", "addressee": "addressees", "day": "date", "place": "place"}


def correspondence_answer(
    question: str,
    asked: CorrespondenceQuestion,
    evidence: Evidence,
    filter: SearchFilter,  # noqa: A002  (the name of the option)
    held: Collection[str] = (),
) -> Answer | None:
    """Who sent a letter, to whom, when or from where; `None` where no letter is like that, too many are, or none tells it.

    `held` are the documents that the conversation spoke of last.
    """
    fitting = _meant(asked, evidence, filter, held)
    meant = [entry for entry in fitting if _value(entry, asked.asked) is not None]
    if len(fitting) == 1 and not meant and asked.points:
        return _not_stated(question, asked, fitting[0])
    if not meant or len(meant) > MOST_LETTERS:
        return None
    draft = AnswerDraft.empty(evidence)
    for entry in meant:
        _tell(draft, asked, entry, evidence, is_one=len(meant) == 1)
    bases = dict.fromkeys(_told_by(entry, asked) for entry in meant)
    return Answer(question, question, tuple(draft.sentences), tuple(draft.citations), "answered", notices=tuple(bases))


_UNSTATED = {
    "sender": "who sent it",
    "addressee": "to whom it is addressed",
    "day": "when it was sent",
    "place": "from where it was sent",
}


def _not_stated(question: str, asked: CorrespondenceQuestion, entry: DocumentEntry) -> Answer:
    said = AnswerSentence(f"From the form of “{entry.title}” it is not known {_UNSTATED[asked.asked]}.")
    return Answer(question, question, (said,), (), "not_in_documents")


def _meant(
    asked: CorrespondenceQuestion,
    evidence: Evidence,
    filter: SearchFilter,  # noqa: A002
    held: Collection[str],
) -> list[DocumentEntry]:
    """The letters that the question may mean: of its kind, as it describes them, and spoken of last where it only points."""
    entries = [entry for entry in evidence.entries() if not filter.document_ids or entry.id in filter.document_ids]
    fitting = [
        entry
        for entry in entries
        if entry.genre in asked.genres
        and content_stems(asked.sender) <= stems_of(entry.author or "")
        and content_stems(asked.addressee) <= stems_of(f"{entry.addressees or ''} {entry.title}")
    ]
    described = [entry for entry in fitting if content_stems(asked.about) <= _form_of(entry)]
    if not described:
        holding = [
            evidence.documents_with(word.surface) for word in words_of(asked.about) if word.stem in content_stems(asked.about)
        ]
        described = [entry for entry in fitting if holding and all(entry.id in found for found in holding)]
    spoken_of = [entry for entry in described if entry.id in held]
    is_named = bool(asked.about or asked.sender or asked.addressee)
    if asked.points and not spoken_of and not is_named and len(entries) > 1:
        return []
    return described if is_named else spoken_of or described


def _form_of(entry: DocumentEntry) -> frozenset[str]:
    """What a letter is known by: title, file, sender, addressees, place and day."""
    day = f"{entry.date.day} {entry.date:%B} {entry.date.year}" if entry.date else ""
    file = (entry.source_path or entry.id).rpartition("/")[2].replace("-", " ").replace("_", " ").replace(".", " ")
    known = (entry.title, file, entry.author, entry.addressees, entry.place, entry.outlet, day)
    return stems_of(" ".join(part for part in known if part))


def _value(entry: DocumentEntry, asked: str) -> str | None:
    """The fact as the document's particulars have it."""
    if asked == "day":
        return f"{entry.date.day} {entry.date:%B %Y}" if entry.date is not None else None
    found: str | None = getattr(entry, _FIELDS[asked])
    return found


def _tell(draft: AnswerDraft, asked: CorrespondenceQuestion, entry: DocumentEntry, evidence: Evidence, *, is_one: bool) -> None:
    document = evidence.document(entry.id)
    value = _value(entry, asked.asked) or ""
    value += _office(entry, evidence) if asked.asked == "sender" else ""
    lead = {"sender": "From ", "addressee": "To ", "place": "From "}.get(asked.asked, "")
    named = "" if is_one else f" (“{entry.title}”)"
    line, marks = _line_that_tells(document, asked, evidence)
    citation = _cited(evidence, document, line)
    if marks:
        draft.say([f"{lead}{value}{named}: ", Verbatim(document, line, marks)], citation)
    else:
        draft.say([f"{lead}{value}{named}."], citation)


def _office(entry: DocumentEntry, evidence: Evidence) -> str:
    """The sender's office in brackets, where the letter tells it beside the name."""
    own = next((turn for turn in evidence.turns(entry.id) if turn.speaker == entry.author and turn.role), None)
    return f" ({own.role})" if own is not None and own.role and own.role.lower() not in (entry.author or "").lower() else ""


def _cited(evidence: Evidence, document: Document, line: Span) -> Citation:
    """The line as a citation; a head or foot is the form of a letter and nobody's speech."""
    kind = "mail" if document.genre == "mail thread" else document.genre
    return replace(cite(evidence, document, line, None), statement=None, attribution=f"the form of this {kind}")


def _told_by(entry: DocumentEntry, asked: CorrespondenceQuestion) -> str:
    """Where the particulars have it from, for people."""
    basis = dict(entry.basis).get(_FIELDS[asked.asked], "the form of the document")
    return f"Told by: {'a correction by a user' if basis == USER_BASIS else basis}."


def _line_that_tells(document: Document, asked: CorrespondenceQuestion, evidence: Evidence) -> tuple[Span, tuple[Span, ...]]:
    """The line of the letter's head or foot that states the fact, and where in it; the first line without marks if none does."""
    find = _finder(document, asked)
    head, foot = _head_and_foot(document, evidence)
    # The signature is looked at before the head only where it is what told the sender.
    is_signed = asked.asked == "sender" and document.basis_of("author") == "signature"
    for line in (*foot, *head) if is_signed else (*head, *foot):
        if marks := find(line):
            return line, marks
    return next(_lines(document.text, 0, len(document.text))), ()


def _finder(document: Document, asked: CorrespondenceQuestion) -> Callable[[Span], tuple[Span, ...]]:
    """What finds the fact in a line."""
    text = document.text
    if asked.asked == "day":
        return lambda line: tuple(
            Span(line.start + found.start, line.start + found.end)
            for found in find_dates(text[line.start : line.end], language=document.language)
            if found.date == document.date
        )
    value = document.author if asked.asked == "sender" else document.addressees if asked.asked == "addressee" else document.place
    return lambda line: _shared(text, line, value or "")


def _shared(text: str, line: Span, value: str) -> tuple[Span, ...]:
    """The words of a name in a line, as one run from the first to the last; none where the line lacks the last word of it."""
    surname = words_of(value.partition(",")[0])[-1:]
    wanted = {word.folded for word in words_of(value)}
    found = [word for word in words_of(text, line.start, line.end) if word.folded in wanted]
    if not surname or surname[0].folded not in {word.folded for word in found}:
        return ()
    return (Span(found[0].start, found[-1].end),)


def _head_and_foot(document: Document, evidence: Evidence) -> tuple[Sequence[Span], Sequence[Span]]:
    """The lines before the first words of the letter, and the last lines of the document."""
    text = document.text
    turns = evidence.turns(document.id)
    begins = min((turn.said[0].start for turn in turns if turn.said), default=len(text))
    head = list(_lines(text, 0, max(begins, text.find("\n") if begins == 0 else begins)))
    foot = list(_lines(text, begins, len(text)))[-_FOOT_LINES:]
    return head, foot


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines that are not blank, without the white space around them."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        content = line.strip()
        if content:
            first = at + line.index(content[0])
            yield Span(first, first + len(content))
        at += len(line)
