"""Names, numbers and dates of a draft sentence: each must occur in its source."""

from __future__ import annotations

import re
from functools import lru_cache

from parley.assistant.answer import Failure
from parley.assistant.drafting.sources import Source
from parley.index.language.lexicon import bare_titles
from parley.index.language.numbers import find_quantities
from parley.index.language.times import find_times, time_of
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import STOP_WORDS, Word, fold, stem, words_of

_CURRENCY = re.compile(r"[$€£¥₺₽₴]\s?\d")
_NOT_NAMES = bare_titles() | {"i"}
_UNNAMED_NUMBERS = frozenset({"one", "zero"})
"""Number words that mostly count nothing."""


def missing_facts(sentence: str, source: Source) -> list[Failure]:
    """A failure for each name, number and date of the sentence that its source and that document's particulars lack."""
    return [*_missing_names(sentence, source), *_missing_numbers(sentence, source), *_missing_dates(sentence, source)]


def _missing_names(sentence: str, source: Source) -> list[Failure]:
    known_words, known_parties = _known(all_known(source))
    failures = []
    for word in names_in(sentence):
        parts = [part for part in re.split(r"[-‐‑/]", word.surface) if part]
        if word.stem in known_words or all(stem(fold(part)) in known_words for part in parts):
            continue
        if set(parties_in(word.surface)) & known_parties:
            continue
        failures.append(Failure("name", f"“{word.surface}” is not in the source"))
    return failures


@lru_cache(maxsize=256)
def _known(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = words_of(text)
    parts = {stem(fold(part)) for word in words for part in re.split(r"[-‐‑/]", word.surface) if part}
    return frozenset({word.stem for word in words} | parts), frozenset(parties_in(text))


def names_in(sentence: str) -> list[Word]:
    """The capitalised words that are names: not the first word of the sentence or of a quotation, unless a name follows it."""
    words = words_of(sentence)
    found = []
    for number, word in enumerate(words):
        if not word.surface[0].isupper() or word.folded in STOP_WORDS | _NOT_NAMES:
            continue
        starts = number == 0 or bool(re.search(r"[.!?:“\"«(]\s*$", sentence[: word.start]))
        following = words[number + 1] if number + 1 < len(words) else None
        joined = following is not None and following.surface[0].isupper() and sentence[word.end : following.start].isspace()
        if not starts or joined or word.surface[1:2].isupper():
            found.append(word)
    return found


def _missing_numbers(sentence: str, source: Source) -> list[Failure]:
    """A failure for each number, with its scale, and each sign of a currency that the source lacks."""
    held = {(quantity.value, quantity.unit == "percent") for quantity in find_quantities(all_known(source))}
    values = {value for value, _ in held}
    failures = []
    for quantity in find_quantities(sentence):
        shown = sentence[quantity.start : quantity.end]
        if shown.lower() in _UNNAMED_NUMBERS or (quantity.value, quantity.unit == "percent") in held:
            continue
        if quantity.unit == "percent" or quantity.value not in values:
            failures.append(Failure("number", f"“{shown}” is not in the source"))
    currencies = {match.group()[0] for match in _CURRENCY.finditer(sentence)}
    failures += [Failure("number", f"“{sign}” is not in the source") for sign in sorted(currencies) if sign not in source.text]
    return failures


def _missing_dates(sentence: str, source: Source) -> list[Failure]:
    """A failure for each day, month or year that the source gives no time for which holds all its parts."""
    held = find_times(source.text)
    if source.document.date is not None:
        held.append(time_of(source.document.date))
    return [
        Failure("date", f"“{sentence[time.start : time.end]}” is not a date in the source")
        for time in find_times(sentence)
        if time.month is not None and not any(time.parts().items() <= known.parts().items() for known in held)
    ]


def all_known(source: Source) -> str:
    """The source's words, and below them in lines of their own what is known of its document and of those who speak in it."""
    document = source.document
    issued = document.date
    spoken = (
        part
        for item in source.statements
        for part in (item.speaker, item.role, item.party, item.outlet, item.addressee, item.on_behalf_of, *item.relay)
    )
    known = (document.title, document.outlet, document.author, issued and f"{issued:%A %d %B %Y} {issued.day}", *spoken)
    return "\n".join([source.text, *(" ".join(part.split()) for part in known if part)])
