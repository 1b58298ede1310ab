"""What a question puts around quoted words: whom it may mean as their speaker.

"Is it true that Toll said “…”", "Is this a real Toll quote", "“…”: was that Toll?" have nothing in common but a mention of
somebody and the place where it stands. So mentions are found first, and rated by their place; no word is taken for a name
because it stands before "say".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from parley.assistant.question import question_words as vocabulary
from parley.index.language.lexicon import calendar_names, question_words, role_words, word_kind
from parley.index.language.words import fold, is_content, stem

_PRONOUN_SPEAKS = re.compile(
    r"\b(?:did|does|has|had|is|was) (?:he|she|they)(?: \w+)? (?:say|said|write|written|put|call|speak)", re.IGNORECASE
)
"""The speaker is named before: "Biden on hostages: did he say …"."""

QUOTATION_MARKS = re.compile(
    r"“[^“”]+”|\"[^\"]+\"|«[^«»]+»|„[^„“”]+[“”]|''(?:(?!'').)+''|(?<![\w’'])[‘'][^‘’']*(?:[’'](?=\w)[^‘’']*)*[’'](?!\w)"
)

QUOTE = "\ufffc"
"""Stands for quoted words in a frame."""

SURE = 4
"""Rating from which a mention stands where speakers stand; the others are only named in the question."""

_WORD = re.compile(rf"{QUOTE}|[^\W_](?:[\w&'’.‐‑-]*[^\W_])?(?:['’](?=\s))?|[^\w\s]")
_OPENERS = question_words("quote_opener")
_MONTHS = frozenset(name.name.lower() for kind in ("month", "weekday") for name in calendar_names(kind))
_BETWEEN = question_words("before_saying")
"""Words that may stand between a speaker and the verb of speaking."""

_PAPERS = question_words("paper")
_PEOPLE = question_words("quoted_person")
"""Words for papers and people besides those of the list of roles."""

_JOINING = word_kind("name_particle") | {"of"}
_BELONGING = re.compile(r"['’]s?$")
_ARTICLE = r"(?: the| a| an)?\s*$"
_OWN_WORDS = re.compile(
    r"\s*(?:own |very |exact |real |actual |famous |alleged |supposed )*(?:words?|phrases?|quotes?|quotations?|lines?|remarks?|"
    r"statements?|claims?|sayings?|terms?|expressions?|figures?|view|judge?ment|comment|position|answer|reply|description|formula|"
    r"motto|admission|promise|warning|wording|sentence)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(rf"\b(?:to|with|about|against|for|than){_ARTICLE}", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|on|to)(?: the)?\s*$", re.IGNORECASE)
_BEFORE_SPEAKER = re.compile(
    rf"\b(?:words|quote|quotation|line|phrase|remark|statement|saying)s? (?:of|by|from){_ARTICLE}"
    rf"|\b(?:attributed|ascribed|credited|put down|put) to{_ARTICLE}|\b(?:by|according to|as){_ARTICLE}"
    rf"|\b(?:was|is|were|isn['’]t|wasn['’]t) (?:it|that|this|those|these|they)(?: really| actually| not)?{_ARTICLE}"
    rf"|\b(?:that|it|this|those|these)(?: really| actually)? (?:was|is|were|are)(?: really| actually)?{_ARTICLE}",
    re.IGNORECASE,
)
_BEHIND_SPEAKER = re.compile(r"\s+(?:quote|quotation|line|quip|saying)s?\b|(?: is| was)? down (?:for|as)\b", re.IGNORECASE)
_QUOTE_FOLLOWS = re.compile(rf"\s*[,:–—-]*\s*{QUOTE}")
_QUOTE_PRECEDES = re.compile(rf"{QUOTE}\s*(?:[,:–—-]+\s*)?(?:was |is )?(?:the |a |an )?$")
_ENDS = re.compile(r"\s*[^\w\s]|\s*$|\s+or\b")

_Token = tuple[str, int, int]
"""A word or mark of a frame, with its offsets."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named or described in a question, as written, and how surely as the speaker of the quoted words."""

    name: str
    rating: int
    is_named: bool


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    last: int
    start: int
    end: int
    is_named: bool


def quote_frame(text: str) -> str:
    """The question with one sign in place of each of its quotations."""
    return " ".join(QUOTATION_MARKS.sub(f" {QUOTE} ", text).split())


def asked_mentions(frame: str, names: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Those whom a frame may mean as the speaker, the likeliest first.

    Args:
        frame: as `quote_frame` gives it.
        names: folded words that are names though written in lower case ("did toll say …").
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(frame)]
    runs = _runs(tokens, names)
    found = [
        Mention(_name(frame[_with_article(frame, run.start) : run.end]), _rating(frame, tokens, run), run.is_named)
        for run in runs
    ]
    if found and all(mention.rating < SURE for mention in found) and _PRONOUN_SPEAKS.search(frame):
        found[0] = replace(found[0], rating=SURE)
    ordered = sorted((mention for mention in found if mention.name), key=lambda mention: -mention.rating)
    return tuple({mention.name: mention for mention in reversed(ordered)}.values())[::-1]


def _with_article(frame: str, start: int) -> int:
    """Where the article or the owner before a mention begins: "the port's manager"."""
    before = re.search(r"\b(?:(?:the|an?) (?:\w+['’]s? )?|\w+['’]s )$", frame[:start], re.IGNORECASE)
    return before.start() if before else start


def _name(words: str) -> str:
    bare = re.sub(r"^(?:mr|mrs|ms|dr)\.?\s+(?=\S)", "", words.strip(" ,.'’"), flags=re.IGNORECASE)
    return _BELONGING.sub("", bare)


def _runs(tokens: Sequence[_Token], names: frozenset[str]) -> list[_Run]:
    """Runs of names and of words for offices, groups and papers, with "of" and particles inside."""
    runs: list[_Run] = []
    at = 0
    while at < len(tokens):
        run = _run_from(tokens, at, names)
        if run is not None:
            runs.append(run)
        at = run.last if run is not None else at + 1
    return runs


def _run_from(tokens: Sequence[_Token], first: int, names: frozenset[str]) -> _Run | None:
    """The longest run that begins with token `first`, up to an owner whose words or deeds follow."""
    is_named, last, at = False, first, first
    while at < len(tokens):
        word = tokens[at][0]
        folded = fold(_BELONGING.sub("", word))
        is_name = _is_name(word, folded, names)
        is_role = folded in _roles() or folded.removesuffix("s") in _roles()
        is_modifier = folded in role_words()["modifier"] and word[:1].islower()
        if not (is_name or is_role or is_modifier or (at > first and _joins(tokens, at, names))):
            break
        at += 1
        is_named |= is_name
        last = at if is_name or is_role else last
        if _BELONGING.search(word) and not _goes_on(tokens, at):
            break
    return _Run(first, last, tokens[first][1], tokens[last - 1][2], is_named) if last > first else None


@cache
def _roles() -> frozenset[str]:
    return _PAPERS.union(_PEOPLE, *(role_words()[kind] for kind in ("office", "group", "document", "source")))


def _is_name(word: str, folded: str, names: frozenset[str]) -> bool:
    if folded in names:
        return True
    if not word[:1].isupper() or folded in _MONTHS | _OPENERS:
        return False
    return is_content(folded) or (len(word) > 1 and word.isupper())


def _joins(tokens: Sequence[_Token], at: int, names: frozenset[str]) -> bool:
    """Whether "of" or a particle stands between two words of one mention."""
    if fold(tokens[at][0]) not in _JOINING or at + 1 >= len(tokens):
        return False
    ahead = at + 1 + (fold(tokens[at + 1][0]) in {"the", "der", "den", "la"})
    return ahead < len(tokens) and _is_name(tokens[ahead][0], fold(tokens[ahead][0]), names)


def _goes_on(tokens: Sequence[_Token], at: int) -> bool:
    """Whether an owner is followed by whoever is theirs: "China's envoy", not "Toll's own words"."""
    while at < len(tokens) and fold(tokens[at][0]) in role_words()["modifier"]:
        at += 1
    return at < len(tokens) and fold(tokens[at][0]) in role_words()["office"] | role_words()["group"]


def _rating(frame: str, tokens: Sequence[_Token], run: _Run) -> int:
    """How surely a mention stands in a speaker's place: the highest rating of the places that it fits."""
    before, mention, behind = frame[: run.start], frame[run.start : run.end], frame[run.end :]
    if _speaks(tokens, run) and not _ADDRESSED.search(before):
        return 6
    if _BELONGING.search(mention) and _OWN_WORDS.match(behind):
        return 5
    if _BEFORE_SPEAKER.search(before) or _BEHIND_SPEAKER.match(behind):
        return 5
    if _QUOTE_FOLLOWS.match(behind) and not _PLACED.search(before):
        return SURE
    return SURE if _QUOTE_PRECEDES.search(before) and _ENDS.match(behind) else 1


def _speaks(tokens: Sequence[_Token], run: _Run) -> bool:
    """Whether a verb of speaking follows, "have somebody saying" included."""
    at = run.last
    while at < len(tokens) and fold(tokens[at][0]) in _BETWEEN and stem(fold(tokens[at][0])) not in vocabulary.SPEECH_VERBS:
        at += 1
    if at >= len(tokens) or at > run.last + 4:
        return False
    word = tokens[at][0]
    if word in {"who", "that"} and at + 1 < len(tokens):
        word = tokens[at + 1][0]
    return word[:1].islower() and stem(fold(word)) in vocabulary.SPEECH_VERBS | _SPEECH_ACTS


_SPEECH_ACTS = frozenset(stem(word) for word in question_words("speech_act"))


def names_paper(name: str) -> bool:
    """Whether a mention is a paper ("the joint communiqué"), whose words are nobody's in particular."""
    last = fold(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    return last in _PAPERS | role_words()["document"]
