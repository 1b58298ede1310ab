"""Issues proposed from the documents themselves: noun phrases that recur in what is said, most of all by several parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log2

from parley.assistant.reports.views.cited import CitedStatement
from parley.assistant.reports.views.issues import Issue, IssueList
from parley.index.language.lexicon import lexicon, words_by_kind
from parley.index.language.words import STOP_WORDS, Word, is_irregular_past, stem, words_of

MOST_PROPOSED = 8
"""Issues proposed for one group of documents: as many columns as a table can show."""

_LONGEST = 3
"""Words of a phrase."""

_FEWEST, _FEWEST_ALONE = 2, 3
"""Statements that must have a phrase, and a single word, for it to be an issue. Set by reading what is proposed for the sample
negotiations and for a library of letters, briefings and agreements."""

_CONTAINED = 0.7
"""Share of a word's statements that have it inside a longer phrase, from which the phrase alone is proposed."""


@dataclass(slots=True)
class _Phrase:
    """A phrase by its stems, with where it was found."""

    stems: tuple[str, ...]
    written: Counter[str] = field(default_factory=Counter)
    statements: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    as_noun: int = 0

    @property
    def weight(self) -> float:
        """Longer phrases, more papers and more than one party weigh more."""
        spread = len(self.documents) * (1.5 if len(self.parties) > 1 else 1.0)
        return spread * log2(1 + len(self.statements)) * (1 + 0.5 * (len(self.stems) - 1))

    @property
    def recurs(self) -> bool:
        """Whether it is found often enough, and a single word mostly where a noun stands."""
        if len(self.stems) > 1:
            return len(self.statements) >= _FEWEST
        return len(self.statements) >= _FEWEST_ALONE and 2 * self.as_noun >= len(self.statements)


def propose_issues(statements: Sequence[CitedStatement]) -> IssueList:
    """Up to `MOST_PROPOSED` issues, those with most weight first; the same ones for the same statements."""
    found: dict[tuple[str, ...], _Phrase] = {}
    names = _names(statements)
    for number, item in enumerate(statements):
        for part in item.parts:
            for phrase, as_noun in _phrases(part, names):
                stems = tuple(_singular(word.folded) for word in phrase)
                known = found.setdefault(stems, _Phrase(stems))
                known.written[" ".join(part[phrase[0].start : phrase[-1].end].lower().split())] += 1
                known.as_noun += as_noun
                known.statements.add(number)
                known.documents.add(item.document.id)
                if item.party:
                    known.parties.add(item.party)
    recurring = sorted((one for one in found.values() if one.recurs), key=lambda one: (-one.weight, one.stems))
    return IssueList(tuple(_issue(one) for one in _without_parts(recurring)[:MOST_PROPOSED]))


def _issue(phrase: _Phrase) -> Issue:
    forms = [form for form, _ in sorted(phrase.written.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))]
    return Issue(forms[0], tuple(forms))


def _without_parts(phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """The phrases without those that mostly stand inside a longer one, or that say little more than a shorter one."""
    kept: list[_Phrase] = []
    for phrase in phrases:
        longer = [one for one in phrases if set(phrase.stems) < set(one.stems)]
        inside = set().union(*(one.statements & phrase.statements for one in longer)) if longer else set()
        shadowed = any(set(one.stems) & set(phrase.stems) for one in kept)
        if len(inside) < _CONTAINED * len(phrase.statements) and not shadowed:
            kept.append(phrase)
    return kept


def _names(statements: Iterable[CitedStatement]) -> frozenset[str]:
    """The folded words of speakers and parties, which are no issues."""
    told = {name for item in statements for name in (item.statement.speaker, item.party, item.statement.role) if name}
    return frozenset(word.folded for name in told for word in words_of(name))


def _phrases(text: str, names: frozenset[str]) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Each run of words that can be a noun phrase, and its endings; whether an article or the like stands before it."""
    words = words_of(text)
    run: list[Word] = []
    before = ""
    for number, word in enumerate([*words, None]):
        joined = not run or (word is not None and not text[run[-1].end : word.start].strip(" \n-‐‑"))
        if word is not None and joined and _can_be_noun(word, names, is_first=number == 0):
            if not run:
                before = words[number - 1].folded if number else ""
            run.append(word)
            continue
        yield from _endings(run, before)
        fresh = word is not None and not joined and _can_be_noun(word, names, is_first=False)
        run, before = ([word] if fresh and word is not None else []), ""


def _endings(run: Sequence[Word], before: str) -> Iterator[tuple[tuple[Word, ...], bool]]:
    for length in range(1, min(_LONGEST, len(run)) + 1):
        phrase = tuple(run[-length:])
        last = phrase[-1].folded
        is_verb = last.endswith("ed") or is_irregular_past(last) or (length == 1 and last in lexicon().forms)
        if not _is_general(phrase[-1].folded) and not is_verb:
            yield phrase, length == len(run) and before in STOP_WORDS


def _can_be_noun(word: Word, names: frozenset[str], *, is_first: bool) -> bool:
    """Whether a word can belong to the name of an issue: no name, number, verb in the past or word of grammar."""
    folded = word.folded
    if len(folded) < 3 or folded in STOP_WORDS or folded in names or any(letter.isdigit() for letter in folded):
        return False
    if not is_first and word.surface[:1].isupper():
        return False
    if folded in lexicon().kinds or folded.endswith("ly"):
        return False
    forms = lexicon().forms.get(folded, frozenset())
    return not forms & {"past", "participle"} or bool(forms & {"base"})


def _is_general(folded: str) -> bool:
    """Whether a word says too little to be an issue, or is a verb of saying."""
    return stem(folded) in _general() or folded in lexicon().cues


def _singular(folded: str) -> str:
    """A noun without its plural ending, for telling whether two words are forms of one."""
    if folded.endswith("ies") and len(folded) > _SHORT:
        return f"{folded[:-3]}y"
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded


_SHORT = 4
"""Letters up to which "ies" belongs to the word itself."""


@cache
def _general() -> frozenset[str]:
    return frozenset(stem(word) for word in words_by_kind("overview")["general_noun"])
