"""What kind of document a text is, decided by its form, with the words or marks that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from parley.index.language.lexicon import alternatives, read_rows
from parley.index.structure.voices.first_person import says_i
from parley.index.structure.voices.letters import Body
from parley.index.structure.voices.titles import Written
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Genre, Turn

_LETTER_FORMS = turn_words("letter_form")
_TELEGRAM_FORMS = turn_words("telegram_form")
_SPEECH_FORMS = turn_words("speech_form")
_TELEGRAM_LINE = re.compile(
    rf"^(?-i:FM[^\S\n]+[A-Z][A-Z .]{{2,40}}\n+TO\b)|^.{{0,30}}\b(?:{alternatives(turn_words('telegram_line'))})\b.{{0,60}}$",
    re.IGNORECASE | re.MULTILINE,
)
_PROVISION = re.compile(r"^\s*(?:ARTICLE|Article|SECTION|Section|Clause|CLAUSE)\s+(?:\d+|[IVXLC]+)\b", re.MULTILINE)
_PARTIES = re.compile(
    r"\b(?:hereinafter|contracting parties|have agreed as follows|the parties (?:agree|shall|to this)"
    r"|entered into (?:by and )?between|hereby agree)\b",
    re.IGNORECASE,
)
_OPERATIVE = re.compile(
    r"^\s*(?:\d+\.\s+)?(?:Recalling|Reaffirming|Noting|Decides|Requests|Welcomes|Calls upon|Urges|Acting under"
    r"|Recognizing|Having considered)\b",
    re.MULTILINE,
)
_BODY_THAT_RESOLVES = re.compile(
    r"\bresolution|\bA/RES/|\bS/RES/|\b(?:council|assembly|parties|committee),?\s*$", re.IGNORECASE | re.MULTILINE
)
_KEPT = re.compile(r"\b(?:minutes of|summary (?:minutes|records?))\b|^\W*minutes\W*$", re.IGNORECASE | re.MULTILINE)
"""What stands over minutes where their title does not say it: "Summary minutes of the fourteenth session"."""
_REPORTED = re.compile(r"\b(?:said|told|added|according to)\b")
_PUBLISHED = ("byline", "dateline", "meta", "JSON-LD", "HTML")
_HEAD, _SHORT_LINE, _SENTENCE_ENDS = 600, 24, (".", "?", "!", ";")
"""Characters of a head; words of its lines, and how they do not end."""
_READ = 60_000
"""Characters that are looked at."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a document shows of its kind: the text itself, its turns, what the title tells, and the form of a letter."""

    document: Document
    spoken: Sequence[Turn]
    written: Written | None
    body: Body

    @property
    def title(self) -> str:
        """The title with single spaces."""
        return " ".join(self.document.title.split())

    @property
    def opening(self) -> str:
        """Title and first lines."""
        return f"{self.title}\n{self.document.text[:1500]}"

    @property
    def head(self) -> str:
        """The title and the short lines under it, to the first that is a sentence: "Minutes of the third session, Halvik"."""
        short: list[str] = []
        for line in self.document.text[:_HEAD].splitlines():
            written = line.strip()
            if len(written.split()) > _SHORT_LINE or written.endswith(_SENTENCE_ENDS):
                break
            short.append(written)
        return "\n".join((self.title, *short))

    @property
    def form(self) -> str:
        """The word by which title or first lines call the text ("telegram"), empty where they do not."""
        return (self.written.form if self.written else "") or self.body.has_form_line


Found = tuple[Genre, str] | None


def genre_of(signs: Signs) -> tuple[Genre | None, str]:
    """The genre, and in a few words by what it was told; `None` where no form shows."""
    rules: tuple[Callable[[Signs], Found], ...] = (
        _spoken,
        _telegram,
        _minutes,
        _stated,
        _numbered,
        _resolution,
        _letter,
        _titled,
        _agreed,
        _headed,
        _news,
    )
    return next((found for rule in rules if (found := rule(signs)) is not None), (None, ""))


@cache
def _titles() -> tuple[tuple[Genre, re.Pattern[str]], ...]:
    return tuple((cast("Genre", genre), re.compile(pattern, re.IGNORECASE)) for genre, pattern in read_rows("genres.tsv"))


def _in_title(genre: Genre, text: str) -> re.Match[str] | None:
    return next((match for known, pattern in _titles() if known == genre and (match := pattern.search(text))), None)


def _spoken(signs: Signs) -> Found:
    if not signs.spoken:
        return None
    kept = _KEPT.search(signs.head)
    if kept is not None:
        return "minutes", f'the word "{kept.group()}" over the text'
    match = _in_title("press briefing", f"{signs.title}\n{signs.document.text[:300]}")
    if match is not None and any(turn.is_question for turn in signs.spoken):
        return "press briefing", f'turns, questions and the words "{match.group()}"'
    speakers = {turn.speaker for turn in signs.spoken if not turn.is_question}
    is_interview = re.search(r"\binterview", signs.opening, re.IGNORECASE) is not None
    return ("speech" if len(speakers) == 1 and not is_interview else "transcript"), "turns of speakers"


def _telegram(signs: Signs) -> Found:
    if signs.form in _TELEGRAM_FORMS:
        return "telegram", f'the word "{signs.form}" over the text'
    return ("telegram", 'the word "telegram" over the text') if _TELEGRAM_LINE.search(signs.opening[:600]) else None


def _minutes(signs: Signs) -> Found:
    match = _in_title("minutes", signs.title) or _KEPT.search(signs.head)
    is_note = signs.written is not None and signs.written.author is not None and signs.written.form == "note"
    return ("minutes", f'title: "{match.group()}"') if match is not None and not is_note else None


def _numbered(signs: Signs) -> Found:
    count = len(_PROVISION.findall(signs.document.text[:_READ]))
    is_report = _in_title("report", signs.title) is not None
    return ("treaty", "numbered articles or sections") if count >= 3 and not signs.form and not is_report else None


def _resolution(signs: Signs) -> Found:
    count = len(_OPERATIVE.findall(signs.document.text[:_READ]))
    return (
        ("resolution", "recitals and operative paragraphs") if count >= 2 and _BODY_THAT_RESOLVES.search(signs.opening) else None
    )


def _letter(signs: Signs) -> Found:
    body, written = signs.body, signs.written
    if signs.form in _LETTER_FORMS and (written is not None or body.has_salutation or body.sender is not None):
        return "letter", f'the word "{signs.form}" over the text'
    if body.has_salutation or (body.has_closing and body.signed is not None):
        return "letter", "salutation or closing"
    is_from_to = written is not None and not written.form and written.author is not None
    return ("letter", "title: sender to addressee") if is_from_to else None


def _stated(signs: Signs) -> Found:
    """A prepared statement or speech whose title names the one who gives it."""
    written = signs.written
    if written is None or written.author is None or _in_title("communiqué", signs.title) is not None:
        return None
    if written.form == "statement":
        return "statement", "title: statement by its author"
    return ("speech", "title: speech by its author") if written.form in _SPEECH_FORMS else None


def _titled(signs: Signs) -> Found:
    for genre, pattern in _titles():
        match = pattern.search(signs.title)
        is_about_one = genre == "treaty" and not _PARTIES.search(signs.opening) and (_news(signs) or says_i(signs.document.text))
        if match is not None and not is_about_one:
            return genre, f'title: "{match.group().strip()}"'
    return None


def _agreed(signs: Signs) -> Found:
    match = _PARTIES.search(signs.opening)
    return ("treaty", f'the words "{match.group()}"') if match is not None else None


def _headed(signs: Signs) -> Found:
    return ("letter", "a line that names the sender") if signs.body.sender is not None else None


def _news(signs: Signs) -> Found:
    document = signs.document
    fields = {"outlet", "author", "date"}
    published = any(name in fields and where.startswith(_PUBLISHED) for name, where in document.basis)
    if (published or document.outlet is not None) and len(_REPORTED.findall(document.text[:_READ])) >= 2:
        return "news", "outlet, byline or dateline, and reported speech"
    return None
