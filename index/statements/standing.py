"""Whether what is said is told as it stands, over its clause and at its edges; and no grade firmer than that."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parley.index.language.firmness import is_in_principle, open_words, stance_in_first_person, status_of
from parley.index.language.lexicon import alternatives, phrases, read_rows, word_kind
from parley.index.language.rejecting import names_claim, rejection_of
from parley.index.language.sentences import sentence_spans
from parley.index.language.standing import Standing, standing, standings_around
from parley.index.types import Span, Statement, StatementStanding, Status

_FELT = frozenset({"hope", "fear", "believe", "imply", "predict"})
"""Stances of cues by which what is said is only thought or wished."""

AGREEING = re.compile(
    r"\b(?:agree(?:d|s|ing)?|accept(?:ed|s)?|ratif(?:y|ied|ies)|sign(?:ed|s)?|approv(?:ed|es)|agreement|deal|accord)\b",
    re.IGNORECASE,
)
"""Words that tell of an agreement."""

_GRADED_BY_DEED: frozenset[Status] = frozenset(
    {"agreed_in_principle", "offered", "proposed", "demanded", "called_for", "withdrawn"}
)
_LONGEST_READ = 2000
"""Characters of a statement that are read for its standing, as for its status."""


def with_standing(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with their standing, and with a status no firmer than that."""
    reader = _Sentences(text)
    return [_stood(text, reader, statement) for statement in statements]


_BREAK = re.compile(r"(?=\n\n)")
"""Where an empty line begins; a wide one has several such places."""


class _Sentences:
    """The sentences of a text, cut line by line as they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.start() for match in _BREAK.finditer(text)]
        self._known: dict[int, tuple[list[Span], list[int]]] = {}

    def around(self, offset: int) -> Span:
        """The sentence that holds `offset`."""
        before = bisect_right(self._breaks, offset - len("\n\n")) - 1
        first = self._breaks[before] + 1 if before >= 0 else 0
        if first not in self._known:
            after = bisect_left(self._breaks, offset)
            last = self._breaks[after] if after < len(self._breaks) else len(self._text)
            found = sentence_spans(self._text, first, last)
            self._known[first] = found, [span.start for span in found]
        spans, starts = self._known[first]
        at = bisect_right(starts, offset) - 1
        return spans[at] if at >= 0 else Span(offset, offset + 1)


def _stood(text: str, sentences: _Sentences, statement: Statement) -> Statement:
    kind, words = _standing_of(text, sentences, statement)
    status = _graded(text, sentences, statement, kind)
    if kind == "stated" and status == statement.status:
        return statement
    return replace(statement, standing=kind, standing_words=words, status=status)


def _standing_of(text: str, sentences: _Sentences, statement: Statement) -> tuple[StatementStanding, tuple[Span, ...]]:
    """What the words around the first of what is said make of it; what it says inside is said by the speaker."""
    if statement.asked:
        return "asked", ()
    if statement.form:
        return "stated", ()
    content = statement.content[0]
    if not _may_be_turned(text, content):
        return _by_cue(text, statement)
    sentence = sentences.around(content.start)
    inside = Span(content.start, min(content.end, sentence.end))
    rejected = rejection_of(text, sentence, inside)
    if rejected is not None:
        return "rejected", (rejected,)
    for found in standings_around(text, sentence, inside):
        if found.kind != "planned":
            return found.kind, found.words
    return _by_cue(text, statement)


def _by_cue(text: str, statement: Statement) -> tuple[StatementStanding, tuple[Span, ...]]:
    if statement.stance in {"reject", "deny"} and statement.cue is not None and names_claim(text, *statement.content[0]):
        return "rejected", (statement.cue,)
    if statement.stance in _FELT and statement.cue is not None:
        return "supposed", (statement.cue,)
    return "stated", ()


def _may_be_turned(text: str, content: Span) -> bool:
    """A quick look: whether any word beside what is said, up to the next full stop, could turn it."""
    first, last = max(0, content.start - _REACH), min(len(text), content.end + _REACH)
    before = max(first, *(text.rfind(stop, first, content.start) + 1 for stop in ("\n\n", ". ")))
    after = min([last, *(at for stop in ("\n\n", ". ") if (at := text.find(stop, content.end, last + 1)) >= 0)])
    return _turning().search(text, before, content.start) is not None or _turning().search(text, content.end, after) is not None


@cache
def _turning() -> re.Pattern[str]:
    """One word of each phrase that may turn what is said, the longest, and the words that reject a claim."""
    words = {"?"}
    for table in ("conditions", "negations", "hedges", "askings"):
        for phrase in phrases(table):
            if phrase.kind not in {"idiom", "degree", "adjective"}:
                words |= max(phrase.words, key=lambda alternatives: min(map(len, alternatives)))
    words |= {word for row in read_rows("rejections.tsv") if row[0] != "matter" for word in row[1].split("|")}
    listed = alternatives(words - _TOO_COMMON - {"?", "n't"})
    return re.compile(rf"\b(?:{listed})|n['’]t\b|\?", re.IGNORECASE)


_REACH = 250
"""Characters beside what is said in which words are looked for that turn it."""

_TOO_COMMON = word_kind("too_common")


def _graded(text: str, sentences: _Sentences, statement: Statement, kind: StatementStanding) -> Status:
    """The status where nothing that is denied, asked, rejected, supposed or conditional is graded as done."""
    status = statement.status
    if kind in {"asked", "rejected"}:
        return "none"
    if kind == "denied" and status in _GRADED_BY_DEED:
        return "none"
    if status != "agreed":
        return status
    kinds = {standing(text, sentences.around(deed.start), deed).kind for deed in _deeds(text, statement)}
    if not kinds or kinds & {"stated", "planned"}:
        return status
    return "none" if kinds == {"asked"} else "open"


def sentence_grade(text: str, sentence: Span) -> Status:
    """The grade of a sentence by its own words, where nobody is reported to say it; no firmer than what it makes of them."""
    words = text[sentence.start : min(sentence.end, sentence.start + _LONGEST_READ)]
    status = status_of(stance_in_first_person(words) or "report", "", words, negated_cue=False)
    if status in {"none", "bracketed"}:
        return status
    if status == "open":
        return status if standing(text, sentence, open_words(text, sentence)).kind not in {"asked", "conditional"} else "none"
    if standing(text, sentence, sentence).kind in {"asked", "conditional", "supposed"}:
        return "offered" if status == "offered" else "none"
    if status not in {"agreed", "agreed_in_principle"}:
        return status
    found = [standing(text, sentence, Span(*deed.span())) for deed in AGREEING.finditer(text, *sentence)]
    return status if any(one.is_stated or is_only_in_principle(text, one) for one in found) else "none"


def is_only_in_principle(text: str, found: Standing) -> bool:
    """Whether nothing but "in principle", "ad referendum" or the like keeps words from being told as they stand."""
    near = [text[word.start : word.end + _AGREE_NEAR] for word in found.words]
    return found.kind == "supposed" and bool(near) and all(is_in_principle(words) for words in near)


_AGREE_NEAR = 20
"""Characters behind "tentatively" in which "agreed" stands."""


def _deeds(text: str, statement: Statement) -> list[Span]:
    """Where the statement tells of an agreement: its cue, or the words for it in what is said."""
    cue = statement.cue
    if cue is not None and AGREEING.match(text, cue.start):
        return [cue]
    return [
        Span(*match.span())
        for start, end in statement.content
        for match in AGREEING.finditer(text, start, min(end, start + _LONGEST_READ))
    ]
