"""Quotations in a draft sentence: each must stand in the source, and is then shown as the source has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.answer import Failure
from parley.assistant.drafting.sources import Source
from parley.index.language.quotations import quotation_spans
from parley.index.types import Span

_MARKS = "\"“”„‟«»‹›‘’‚'`"
_STRAY = re.compile(r"[\"“”„‟«»]")


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation of the sentence: its words' place there, and their place in the document."""

    inner: Span
    place: Span


def find_quotations(sentence: str, source: Source) -> tuple[list[FoundQuotation], list[Failure]]:
    """Every quotation of the sentence with its place in the source, and a failure for each that has none."""
    found: list[FoundQuotation] = []
    failures: list[Failure] = []
    covered: list[Span] = []
    for quotation in quotation_spans(sentence, 0, len(sentence)):
        if quotation.depth:
            continue
        covered.append(Span(quotation.start, quotation.end))
        words = sentence[quotation.inner.start : quotation.inner.end]
        place = place_of(words, source) if quotation.closed else None
        if place is None:
            failures.append(Failure("quotation", f"“{words}” is not in the source in these words"))
        else:
            found.append(FoundQuotation(quotation.inner, place))
    if any(not any(span.start <= mark.start() < span.end for span in covered) for mark in _STRAY.finditer(sentence)):
        failures.append(Failure("quotation", "a quotation mark stands alone"))
    return found, failures


def place_of(words: str, source: Source) -> Span | None:
    """Where the source has these words, character for character but for white space, the form of marks, and a mark at the end."""
    bare = words.strip().rstrip(".,;:!?…").strip()
    if not any(character.isalnum() for character in bare):
        return None
    match = re.compile(_pattern(bare)).search(source.document.text, source.span.start, source.span.end)
    return Span(*match.span()) if match else None


def _pattern(words: str) -> str:
    parts = [
        r"\s+" if part.isspace() else f"[{re.escape(_MARKS)}]" if part in _MARKS else re.escape(part)
        for part in re.findall(rf"\s+|[{re.escape(_MARKS)}]|[^\s{re.escape(_MARKS)}]+", words)
    ]
    return rf"(?<!\w){''.join(parts)}(?!\w)" if words[0].isalnum() else "".join(parts)


def with_stored_words(sentence: str, found: Sequence[FoundQuotation], source: Source) -> tuple[str, tuple[Span, ...]]:
    """The sentence with every quotation as the document has it, in curly marks, and where those words now stand."""
    text, quoted, position = "", [], 0
    for item in sorted(found, key=lambda one: one.inner.start):
        words = source.document.text[item.place.start : item.place.end]
        text += _without_mark(sentence[position : item.inner.start]) + "“"
        quoted.append(Span(len(text), len(text) + len(words)))
        text += words
        rest = sentence[item.inner.start : item.inner.end].rstrip()
        end = rest[len(rest.rstrip(".,;:!?…")) :]
        text += end + "”"
        position = item.inner.end + 1
    return text + sentence[position:], tuple(quoted)


def _without_mark(text: str) -> str:
    return text[:-1] if text and text[-1] in _MARKS else text
