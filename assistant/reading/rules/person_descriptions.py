"""Who or what a named person is: the words of a sentence that describe them, never the name of somebody else."""

from __future__ import annotations

import re

from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.rules.clause_phrases import Clause, phrase_before
from parley.index.language.lexicon import is_role_word
from parley.index.language.words import words_of
from parley.index.types import Span

_LONGEST = 24
"""Words of a description, at most."""

_OPENS = re.compile(
    r"(?:an?|the|one of|his|her|its|their|former|then|ex|long[- ]?time|veteran|senior|chief|deputy|[A-Z][\w’'.-]*['’]s?)\b",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?:,? ?\([^()]{1,60}\))?,?\s+(?:(?:who|that)\s+)?(?:is|was|has been|had been|became|serves? as|served as|works? as|worked "
    r"as|acts? as|acted as)\s+(?:(?:"
    r"also|previously|formerly|then|now|once|currently|still|long|later|only|just|for \w+ years)\s+)*"
    r"(?=(?P<opens>an?|the|one of|[A-Z][\w’'.-]*['’]s?|former|chief|head|president|secretary|minister|deputy|"
    r"senior|director|chairman|leader)\b)"
)
_ONLY_NAME = re.compile(r"(?:[A-Z][\w’'.-]*(?:\s+(?:of|the|de|van|von|al|bin)\s+|\s+|$))+")
_APPOSED = re.compile(r"(?:,? ?\([^()]{1,60}\))?\s?[,–—]\s+(?=\S)")
_ENDS = re.compile(
    r"[;:]|[–—]|[,.](?=\s|[”\"’]|$)|[”\"]|\s(?:who|whom|whose|which|while|when|where|but|and (?=he|she|they|was|is|has|had|said)|"
    r"because|since|until|as well as|said|says|told|was|is|were|are|has|had|will|would|did)\b"
)


def described_name(question: QuestionAnalysis) -> str | None:
    """The name of whom a question "Who is NAME?" asks for; `None` for other questions."""
    return question.names[0] if question.kind == "who_is" and question.names else None


def description_of(text: str, sentence: Span, name: str) -> Span | None:
    """The first words of a sentence that say who somebody of that name is; `None` where it does not tell.

    They stand behind the name ("NAME, a ferryman, …", "NAME was a ferryman") or, with an office, before it.
    """
    for found in _mentions(text, sentence, name):
        span = _behind(text, sentence, found) or _before(text, sentence, found)
        if span is not None:
            return span
    return None


def describes(text: str, span: Span) -> bool:
    """Whether words may describe somebody, and do not only name one: small-letter words or an office are among them."""
    inside = words_of(text, span.start, span.end)
    small = [word for word in inside if word.surface[0].islower()]
    return (
        any(is_role_word(word.folded) for word in inside)
        if len(small) < 2
        else _ONLY_NAME.fullmatch(text, span.start, span.end) is None
    )


def _mentions(text: str, sentence: Span, name: str) -> list[Span]:
    """Where the sentence has the name: whole if anywhere, else by its last word."""
    last = name.rsplit(maxsplit=1)[-1]
    for wanted in dict.fromkeys((name, last)):
        found = list(re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)(?!['’]s)").finditer(text, sentence.start, sentence.end))
        if found:
            return [Span(match.start(), match.end()) for match in found]
    return []


def _behind(text: str, sentence: Span, name: Span) -> Span | None:
    being = _BEING.match(text, name.end, sentence.end)
    if being is not None:
        return _whole(text, sentence, being.end())
    apposed = _APPOSED.match(text, name.end, sentence.end)
    if apposed is None:
        return None
    found = _whole(text, sentence, apposed.end())
    # A phrase that runs on into a clause explains no name: "…, the draft was …".
    if (
        found is None
        or (found.end < sentence.end and text[found.end] not in ',.;:—–”"')
        or " that " in text[found.start : found.end]
        or not (_OPENS.match(text, found.start) or is_role_word(text[found.start : found.end].split(maxsplit=1)[0].lower()))
    ):
        return None
    return found if describes(text, found) else None


def _whole(text: str, sentence: Span, start: int) -> Span | None:
    """From `start` to the end of the phrase, with a comma inside a list of offices left out."""
    end = _ENDS.search(text, start + 1, sentence.end)
    span = Span(start, end.start() if end else sentence.end)
    words = text[span.start : span.end].split()
    if not 2 <= len(words) <= _LONGEST:
        return None
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip(" .,")))


def _before(text: str, sentence: Span, name: Span) -> Span | None:
    """An office before the name: "presidential aide" of "presidential aide Ivo Brandt"."""
    clause = Clause.of(text, sentence)
    number = next((at for at, word in enumerate(clause.words) if word.start >= name.start), 0)
    while number > 0 and not clause.marked(number) and _is_first_name(clause, number - 1):
        number -= 1
    phrase = phrase_before(clause, number - 1) if number > 0 and _is_role(clause, number - 1) else None
    if phrase is None:
        return None
    inside = range(phrase.first, phrase.last + 1)
    first = max(
        (at + 1 for at in inside if clause.kind(at) == "preposition" and clause.words[at].folded != "of"), default=phrase.first
    )
    span = Span(clause.words[min(first, phrase.last)].start, clause.words[phrase.last].end)
    return span if describes(text, span) else None


def _is_first_name(clause: Clause, number: int) -> bool:
    return clause.words[number].surface[0].isupper() and not _is_role(clause, number) and not clause.kind(number)


def _is_role(clause: Clause, number: int) -> bool:
    return is_role_word(clause.words[number].surface.lower())
