"""Interviews without labels, where only the form tells questions from answers ("Will you go back?", "I shall, if I am asked").

Bold type is lost when a page is read, so the words decide: who is asked says "I", who asks says "you".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.index.language.lexicon import alternatives
from parley.index.structure.voices.lines import is_aside, is_end, notes_start, text_lines
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.words import PARTICLES, turn_words
from parley.index.types import Document, Span, Turn

_PARTICLE = alternatives(PARTICLES | {"of", "for", "the"})
_NAME = rf"[A-Z][\w’'.-]*(?:[^\S\n]+(?:(?:{_PARTICLE})[^\S\n]+)*[A-Z][\w’'.-]*){{0,6}}"
_ANSWERS = re.compile(
    rf"\b[Ii]nterview\s+(?:with|of)\s+(?:(?:the|our)\s+)?(?P<with>(?:[a-z-]+\s+){{0,4}}{_NAME})"
    rf"|\A(?P<title>{_NAME})(?:,[^:]{{2,60}})?:?\s+(?:(?:in\s+)?(?:an\s+)?(?:exclusive\s+)?[Ii]nterview)\b"
    rf"|\b[Ii]nterview:\s+(?P<behind>{_NAME})"
)
_ASKS = re.compile(rf"\b(?:[Ii]nterviewed|[Ii]nterview|questions\s+(?:were\s+)?(?:put|asked))\s+by\s+(?P<who>{_NAME})")
_OPENING = 600
"""Characters of title and first lines that may name the two."""
_LONGEST_QUESTION = 60
"""Words of a question; what is longer is an answer that ends with one."""
_LONGEST_REMARK = 30
"""Words of what an interviewer says without asking."""
_FEWEST = 3
"""Questions with an answer each that make an interview."""
_FIRST = turn_words("first_person")
_SECOND = turn_words("second_person")


@dataclass(frozen=True, slots=True)
class _Said:
    lines: tuple[Span, ...]
    is_question: bool


def interview_turns(document: Document) -> list[Turn]:
    """Questions and answers in order, where the title tells of an interview and the paragraphs take turns; else none."""
    opening = f"{' '.join(document.title.split())}\n{document.text[:_OPENING]}"
    match = _ANSWERS.search(opening)
    if match is None:
        return []
    said = _taking_turns(document)
    answers = [one for one in said if not one.is_question]
    own = sum(bool(_words(document.text, one) & _FIRST) for one in answers)
    if len(answers) < _FEWEST or 2 * own < len(answers):
        return []
    named = _person(match["with"] or match["title"] or match["behind"])
    asks = _ASKS.search(opening)
    asker = _person(asks["who"]) if asks is not None else None
    return [_turn(one, asker, "the interviewer") if one.is_question else _turn(one, named, None) for one in said]


def _person(written: str) -> Named | None:
    """Who is named, from the first word that opens a name with or without an office: "the mediator Ana Toll"."""
    words = written.split()
    for first in range(len(words)):
        named = read_named(" ".join(words[first:]))
        if named is not None and named.kind == "person":
            return named
    return None


def _taking_turns(document: Document) -> list[_Said]:
    """From the first question on, paragraph by paragraph; those of one voice are joined."""
    text = document.text
    lines = text_lines(text)
    found: list[_Said] = []
    for line in lines[1 : notes_start(text, lines)]:
        written = text[slice(*line)].strip()
        if is_aside(written) or is_end(written):
            continue
        is_question = _is_question(written)
        if not found and not is_question:
            continue
        if found and found[-1].is_question == is_question:
            found[-1] = _Said((*found[-1].lines, line), is_question)
        else:
            found.append(_Said((line,), is_question))
    return found


def _is_question(written: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", written)]
    if written.endswith("?"):
        return len(words) <= _LONGEST_QUESTION and not (_FIRST & set(words) and not _SECOND & set(words))
    return len(words) <= _LONGEST_REMARK and bool(_SECOND & set(words)) and not _FIRST & set(words)


def _words(text: str, said: _Said) -> set[str]:
    return {word.lower() for line in said.lines for word in re.findall(r"[^\W\d_]+", text[slice(*line)])}


def _turn(said: _Said, named: Named | None, otherwise: str | None) -> Turn:
    speaker = named.shown if named else otherwise
    return Turn(
        said.lines[0].start,
        said.lines[-1].end,
        said.lines,
        None,
        speaker,
        "named" if named else "anonymous" if speaker else "unidentified",
        "question" if said.is_question else "speech",
        named.role if named else None,
        named.party if named else None,
        named.title if named else "",
        basis="title" if named else "form",
    )
