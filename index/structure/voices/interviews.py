"""Interviews without labels, where only the form tells questions from answers ("Will you go back?", "I shall, if I am asked").

Bold type is lost when a page is read, so the words decide: who is asked says "I", who asks says "you".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.index.structure.voices.interviewed import interviewed, is_interview
from parley.index.structure.voices.lines import is_aside, is_end, notes_start, text_lines
from parley.index.structure.voices.naming import Named
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span, Turn

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
    if not is_interview(document):
        return []
    said = _taking_turns(document)
    answers = [one for one in said if not one.is_question]
    own = sum(bool(_words(document.text, one) & _FIRST) for one in answers)
    if len(answers) < _FEWEST or 2 * own < len(answers):
        return []
    who = interviewed(document, said[0].lines[0].start)
    return [_turn(one, who.asks, "the interviewer") if one.is_question else _turn(one, who.answers, None) for one in said]


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
