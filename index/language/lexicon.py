"""The word lists in `tables/`, read once: cue verbs, cue nouns, attitude adjectives, and words with a part in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

TABLES = Path(__file__).with_name("tables")

Form = Literal["base", "third", "past", "ing", "participle"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb, perhaps with particles ("call for"), that reports what somebody said or thinks.

    Attributes:
        lemma: dictionary form.
        particles: the words that must follow the verb, in lower case.
        frames: what may follow: q quotation or parenthesis, c clause, n noun phrase, i infinitive, a addressee first,
            g …ing form, w question word or "about", p another preposition.
        sure: the frames that are reliable also where the speaker is not beside the verb.
        stance: class for filters.
    """

    lemma: str
    particles: tuple[str, ...]
    frames: str
    sure: str
    stance: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists.

    Attributes:
        cues: verb form in lower case -> the cues it may be, those with most particles first.
        forms: verb form in lower case -> its grammatical forms, of reporting and of other verbs.
        nouns, adjectives: word -> stance class.
        kinds: word -> its part in a clause ("pronoun", "preposition", …).
    """

    cues: dict[str, tuple[Cue, ...]]
    forms: dict[str, frozenset[Form]]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    kinds: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The word lists, read on first use."""
    cues: dict[str, list[Cue]] = {}
    forms: dict[str, set[Form]] = {}
    for lemma, frames, stance, inflected in read_rows("cues.tsv"):
        verb, *particles = lemma.split()
        sure = "".join(letter.lower() for letter in frames if letter.isupper())
        for word in _add_forms(forms, verb, inflected):
            cues.setdefault(word, []).append(Cue(lemma, tuple(particles), frames.lower(), sure, stance))
    for verb, inflected in read_rows("verbs.tsv"):
        _add_forms(forms, verb, inflected)
    return Lexicon(
        cues={word: tuple(sorted(found, key=lambda cue: -len(cue.particles))) for word, found in cues.items()},
        forms={word: frozenset(found) for word, found in forms.items()},
        nouns=dict(_pairs("nouns.tsv")),
        adjectives=dict(_pairs("adjectives.tsv")),
        kinds={word: kind for kind, words in _pairs("words.tsv") for word in words.split()}
        | dict.fromkeys(titles("polite") | titles("rank"), "title"),
    )


def _add_forms(forms: dict[str, set[Form]], verb: str, inflected: str) -> set[str]:
    third, past, ing, participle = inflected.split()
    named: list[tuple[Form, str]] = [
        ("base", verb),
        ("third", third),
        ("past", past),
        ("ing", ing),
        ("participle", participle),
    ]
    used = [(form, word) for form, word in named if word != "-"]
    for form, word in used:
        forms.setdefault(word, set()).add(form)
    return {word for _, word in used}


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists that read better on one line."""
    return frozenset(text.split())


def read_rows(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of a word list in `tables/`; lines that begin with # are comments."""
    content = (TABLES / name).read_text(encoding="utf-8")
    for line in content.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@cache
def words_by_kind(table: str) -> dict[str, frozenset[str]]:
    """Kind -> its words, of a table of kinds and words; phrases are parted by strokes, words by blanks."""
    found: dict[str, frozenset[str]] = {}
    for kind, words, *_ in read_rows(f"{table}.tsv"):
        listed = map(str.strip, words.split("|")) if "|" in words else words.split()
        found[kind] = found.get(kind, frozenset()) | frozenset(listed)
    return found


@dataclass(frozen=True, slots=True)
class Country:
    """A row of countries.tsv: how texts name a country or a union of countries.

    Attributes:
        names: the first is the one it is compared by.
        people: its people and adjectives, plurals in -s among them.
        seats: seats of government that stand for it ("Kyiv").
        residences: of its head of state or government, standing for that office ("the Kremlin").
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    residences: tuple[str, ...]


@cache
def country_rows() -> tuple[Country, ...]:
    """All countries, in the order of countries.tsv."""
    found = []
    for row in read_rows("countries.tsv"):
        names, people, seats, residences = (tuple(filter(None, cell.split("|"))) for cell in [*row, "", "", ""][:4])
        plural = tuple(f"{word}s" for word in people if not word.endswith(("s", "ese", "sh", "ch", "x")))
        found.append(Country(names, people + plural, seats, residences))
    return tuple(found)


@cache
def role_words() -> dict[str, frozenset[str]]:
    """Words of a speaker's description by what they say: "office", "source", "group", "document", "modifier"."""
    own, shared = words_by_kind("roles"), words_by_kind("offices")
    return {
        "office": (shared["office"] - own["source"]) | own["describer"],
        "source": own["source"],
        "group": shared["institution"] | own["body"],
        "document": own["document_noun"],
        "modifier": shared["modifier"] | own["role_modifier"],
    }


@cache
def outlet_names() -> tuple[str, ...]:
    """Media that texts name without saying what they are, as written."""
    return tuple(row[0] for row in read_rows("outlets.txt"))


@cache
def outlets() -> frozenset[str]:
    """The same in lower case."""
    return frozenset(map(str.lower, outlet_names()))


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Every name, people, seat of government and residence of a country in lower case -> the country's names."""
    return {
        word.lower(): country.names
        for country in country_rows()
        for word in (*country.names, *country.people, *country.seats, *country.residences)
    }


@cache
def _offices() -> frozenset[str]:
    return role_words()["office"] | role_words()["modifier"]


def is_role_word(word: str) -> bool:
    """Whether a word in lower case belongs to the name of an office."""
    return word in _offices()


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in read_rows(name)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of a table of phrases: hedges.tsv, negations.tsv, conditions.tsv, plans.tsv, askings.tsv or acts.tsv.

    Attributes:
        words: for each place the words that may stand there, in lower case.
        kind: its class in the table.
        scope: "clause", "after", "next" or "below"; see the head of the tables.
    """

    words: tuple[frozenset[str], ...]
    kind: str
    scope: str


@cache
def phrases(table: str) -> tuple[Phrase, ...]:
    """The rows of a table of phrases, the longest first."""
    rows = [Phrase(tuple(map(_alternatives, row[0].split())), row[1], row[2]) for row in read_rows(f"{table}.tsv")]
    return tuple(sorted(rows, key=lambda phrase: -len(phrase.words)))


def _alternatives(element: str) -> frozenset[str]:
    """The word itself, or all forms of a verb that is marked with ~."""
    return inflected(element[:-1]) if element.endswith("~") else frozenset({element})


_BE = ("be", "is", "was", "are", "were", "been", "being", "isn't", "wasn't", "aren't", "weren't", "'s", "'re")


@cache
def inflected(verb: str) -> frozenset[str]:
    """The forms of a verb: as cues.tsv or verbs.tsv lists them, else by rule."""
    if verb == "be":
        return frozenset(_BE)
    listed = _listed_forms().get(verb)
    if listed:
        return listed
    stem = verb.removesuffix("e")
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"
    past = f"{verb[:-1]}ied" if third.endswith("ies") else f"{stem}ed"
    return frozenset({verb, third, past, f"{stem}ing"})


@cache
def _listed_forms() -> dict[str, frozenset[str]]:
    rows = [(row[0].split()[0], row[-1]) for name in ("verbs.tsv", "cues.tsv") for row in read_rows(name)]
    return {verb: frozenset({verb, *forms.split()} - {"-"}) for verb, forms in rows}


@cache
def phrase_pattern(table: str, kinds: frozenset[str]) -> re.Pattern[str]:
    """A pattern of the phrases of some classes of a table, the longest first; "n't" is the end of a word."""
    chosen = [phrase for phrase in phrases(table) if phrase.kind in kinds]
    # One border before all that begin a word, so that nothing is tried inside words: extraction is a fifth faster.
    whole = "|".join(_written(phrase) for phrase in chosen if phrase.words[0] != _ENDING)
    endings = "|".join(_written(phrase) for phrase in chosen if phrase.words[0] == _ENDING)
    either = "|".join([*([rf"\b(?:{whole})"] if whole else []), *([endings] if endings else [])])
    return re.compile(rf"(?:{either})\b", re.IGNORECASE)


_ENDING = frozenset({"n't"})
"""What is the end of a word, where other phrases begin one."""


def _written(phrase: Phrase) -> str:
    """A pattern of one phrase; an adverb may stand between its words."""
    places = (f"(?:{alternatives(words)})" for words in phrase.words)
    return r"\s+(?:\w+ly\s+)?".join(places).replace("'", "['’]")


@cache
def last_words(table: str) -> frozenset[str]:
    """The words in which the phrases of a table end."""
    return frozenset(word for phrase in phrases(table) for word in phrase.words[-1])


@cache
def words_before_that() -> frozenset[str]:
    """The words before the "that" of all phrases that end in it: "rumours that", "denied that"."""
    tables = ("hedges", "negations", "conditions", "plans", "askings")
    return frozenset(
        word
        for table in tables
        for phrase in phrases(table)
        if len(phrase.words) > 1 and phrase.words[-1] == {"that"}
        for word in phrase.words[-2]
    )


@dataclass(frozen=True, slots=True)
class CalendarName:
    """A row of calendar.tsv.

    Attributes:
        number: 1 for January, 0 for Monday.
        name: in English.
        short: other English spellings, in lower case.
        foreign: in other languages, in lower case.
    """

    number: int
    name: str
    short: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def english(self) -> tuple[str, ...]:
        """All English spellings, in lower case."""
        return (self.name.lower(), *self.short)


@cache
def calendar_names(kind: Literal["month", "weekday"]) -> tuple[CalendarName, ...]:
    """The months or the weekdays, in order."""
    rows = [[*row, ""][:5] for row in read_rows("calendar.tsv") if row[0] == kind]
    return tuple(CalendarName(int(row[1]), row[2], tuple(row[3].split()), tuple(row[4].split())) for row in rows)


@cache
def number_words(kind: Literal["word", "scale", "part", "bound", "behind", "percent", "currency"]) -> dict[str, str]:
    """Words of a kind in numbers.tsv -> their value or sense."""
    return {row[1]: row[2] for row in read_rows("numbers.tsv") if row[0] == kind}


@cache
def question_words(kind: str) -> frozenset[str]:
    """The words of a kind in questions.tsv, in their dictionary form."""
    return words_by_kind("questions")[kind]


@cache
def cue_stances() -> dict[str, str]:
    """Verb of one word in its dictionary form -> its stance class in cues.tsv."""
    return {row[0]: row[2] for row in read_rows("cues.tsv") if " " not in row[0]}


@cache
def stances() -> frozenset[str]:
    """The stance classes that a statement can have."""
    named = lexicon()
    verbs = {row[2] for row in read_rows("cues.tsv")}
    return frozenset(verbs | set(named.nouns.values()) | set(named.adjectives.values()))


def alternatives(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def plural(noun: str) -> str:
    """A pattern of a noun with or without its plural ending."""
    return f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else f"{noun}s?"


@cache
def word_kind(kind: str) -> frozenset[str]:
    """The words of a kind in clause_words.tsv or speaker_words.tsv.

    Raises:
        KeyError: no row of them has that kind.
    """
    return (words_by_kind("clause_words") | words_by_kind("speaker_words"))[kind]


@cache
def titles(kind: Literal["polite", "rank", "address"]) -> frozenset[str]:
    """Titles of a kind in titles.tsv as texts write them, polite ones with and without a full stop."""
    words = words_by_kind("titles")[kind]
    return words | {f"{word}." for word in words} if kind == "polite" else words


@cache
def bare_titles() -> frozenset[str]:
    """All polite titles and forms of address without full stops, in lower case, as folding leaves them."""
    return frozenset(word.rstrip(".") for word in titles("polite") | titles("address"))


@cache
def single_words(table: str, kinds: frozenset[str]) -> frozenset[str]:
    """The phrases of some classes of a table that are one word."""
    return frozenset(
        word for phrase in phrases(table) if phrase.kind in kinds and len(phrase.words) == 1 for word in phrase.words[0]
    )
