"""How firm a statement is: its status in the text's own grade, and the words that hedge or negate it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from parley.index.language.lexicon import phrase_pattern
from parley.index.types import Span, Status

_AGREE = r"agree(?:d|s|ing)?|accept(?:ed|s)?|ratif(?:y|ied|ies)|sign(?:ed|s)?|approv(?:ed|es)"
_IN_PRINCIPLE = re.compile(
    r"\bin\s+principle\b|\btentative(?:ly)?\b(?=[\w\s-]{0,20}\bagree)|\b(?:preliminary|provisional|tentative)\s+(?:agreement|deal|accord)\b|\bprovisionally\s+agreed\b"
    r"|\bad\s+referendum\b|\bsubject\s+to\s+(?:\w+\s+){0,3}?(?:approval|ratification|confirmation|consultations?)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:no|without|not\s+(?:yet\s+)?(?:reach(?:ed)?|an?))\s+(?:\w+\s+)?(?:agreement|deal|accord)\b|\bremains?\s+(?:open|unresolved|disputed|to\s+be\s+(?:agreed|settled))\b"
    r"|\b(?:unresolved|undecided|still\s+(?:open|under\s+discussion|being\s+negotiated))\b|\bfail(?:ed|ing)?\s+to\s+(?:reach|agree)\b"
    r"|(?:\bnot|n[’']t)\s+(?:yet\s+)?(?:be(?:en)?\s+)?agree(?:d)?\b",
    re.IGNORECASE,
)
_READY = re.compile(
    r"\b(?:ready|willing|prepared)\s+(?:for|to)\s+(?:\w+ly\s+)?(?:have|sign|accept|agree|meet|negotiate|discuss|talk|offer|consider|withdraw"
    r"|release|exchange|extend|halt|pause|stop|resume|cease|hold|make|give|return|share|open|lift|reduce|join|continue|a|an|the|talks)\b",
    re.IGNORECASE,
)
_OFFERED_THING = re.compile(r"\W*(?:to|a|an|the|its|his|her|their|our|my|\d|[A-Z])", re.DOTALL)
"""What is offered on the table is named with an article or a number; "offered insight" is no offer."""

_REACHED = re.compile(
    r"\b(?:resulted\s+in|reached|concluded|signed|struck|achieved|secured|led\s+to)\s+(?:\w+\s+){0,3}?(?:agreement|deal|accord|pact|treaty)\b"
    r"|\b(?:have|has|had|was|were|been|is|are)\s+(?:\w+ly\s+|also\s+)?agreed\b|\bagreed\s+(?:to|on|upon|that|with)\b|\b(?:agreement|deal|accord)\s+(?:was|has\s+been|had\s+been)\s+(?:reached|signed|struck|concluded)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:if|unless|would|could|might|may|should|must|will|shall|to\s+be|be(?:fore|ing)?|until|once|hope\w*|want\w*|ready|willing|prepared|able)\b",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:reject(?:ed|s)?|refus(?:ed|es)|ruled\s+out|turned\s+down|unacceptable|vetoed|non-starter|(?:can\s?not|can[’']t|will\s+not|won[’']t|could\s+not)\s+(?:\w+ly\s+)?accept)\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:withdr(?:ew|awn|aws)|retract(?:ed|s)?|rescind(?:ed|s)?|took\s+back|taken\s+off\s+the\s+table)\b[^.]{0,40}\b(?:offer|proposal|demand|objection|draft|claim|text|amendment|article)s?\b",
    re.IGNORECASE,
)
_CALLED_FOR = re.compile(r"\b(?:should|must|ought\s+to|(?:is|are)\s+(?:necessary|needed|required))\b", re.IGNORECASE)
_DEMANDED = re.compile(r"\bdemand(?:ed|s|ing)?\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\]]*\w[^\[\]]*\]\s*(?:\[|$)|\bbracketed\b|\bin\s+(?:square\s+)?brackets\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"\b(?:[Ww]e|I)(?:\s+(?:have|had|also|hereby|therefore|formally))?\s+(suggest|propos|offer|demand|reject|refus|agreed|agree\s+to|agree\s+that|accept|withdr[ae]w|call\s+for|call\s+on|urg|insist|ask|request|recommend)(?:ed?|d|s|es|ing|n)?\b"
)
_FIRST_PERSON_STANCE = {
    "suggest": "propose",
    "propos": "propose",
    "recommend": "propose",
    "offer": "offer",
    "demand": "demand",
    "insist": "demand",
    "reject": "reject",
    "refus": "reject",
    "agree": "agree",
    "accept": "accept",
    "withdraw": "withdraw",
    "withdrew": "withdraw",
    "call for": "call_for",
    "call on": "call_for",
    "urg": "urge",
    "ask": "request",
    "request": "request",
}
STATUS_OF_STANCE: dict[str, Status] = {
    "propose": "proposed",
    "offer": "offered",
    "demand": "demanded",
    "call_for": "called_for",
    "urge": "called_for",
    "request": "called_for",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "agree": "agreed",
    "accept": "agreed",
}
_BEFORE_MONTH = re.compile(r"[\w,]\s+$")
_AFTER_MONTH = re.compile(r"\s+\d")
_NEGATED: dict[Status, Status] = {"agreed": "open"}
_NOT_BEFORE = re.compile(r"(?:\b(?:not|never|no|nor|neither|without)|n[’']t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)

_WEAKENED_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|may|might|could|if|unless|whether)|n[’']t)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)


def open_words(text: str, sentence: Span) -> Span:
    """The words of a sentence that call something open; the sentence itself where none do."""
    match = _OPEN.search(text, *sentence)
    return Span(*match.span()) if match else sentence


def is_in_principle(words: str) -> bool:
    """Whether words limit an agreement to the principle, or leave it to be confirmed."""
    return _IN_PRINCIPLE.search(words) is not None


def stance_in_first_person(words: str) -> str | None:
    """The stance of what a speaker does by their own words ("we suggested …"), or `None`."""
    match = _FIRST_PERSON.search(words)
    return _FIRST_PERSON_STANCE.get(re.sub(r"\s+", " ", match.group(1).lower())) if match else None


def status_of(stance: str, cue_clause: str, words: str, *, negated_cue: bool) -> Status:
    """The grade of what is reported, as the text gives it; the weaker one where words of two grades meet.

    Args:
        stance: class of the cue.
        cue_clause: the text from the speaker to the cue's end.
        words: the reported words.
        negated_cue: whether the cue itself is negated ("did not agree").
    """
    everything = f"{cue_clause} {words}"
    status = STATUS_OF_STANCE.get(stance, "none")
    if _BRACKETED.search(words):
        return "bracketed"
    if _OPEN.search(everything):
        return "open"
    if _IN_PRINCIPLE.search(everything) and re.search(_AGREE + r"|agreement|deal|accord|support", everything, re.IGNORECASE):
        return "agreed_in_principle"
    if negated_cue:
        return _NEGATED.get(status, "none")
    if status == "agreed" and _UNREAL.search(cue_clause):
        return "none"
    if status == "offered" and not _OFFERED_THING.match(words):
        return "none"
    if status != "none":
        return status
    return _status_in(words)


def _status_in(words: str) -> Status:
    """The grade inside reported words whose cue has none of its own ("said the talks resulted in an agreement")."""
    graded: tuple[tuple[re.Pattern[str], Status], ...] = (
        (_READY, "offered"),
        (_WITHDRAWN, "withdrawn"),
        (_REJECTED, "rejected"),
        (_DEMANDED, "demanded"),
    )
    for pattern, status in graded:
        if _asserted(pattern, words):
            return status
        if pattern is _READY and pattern.search(words):
            return "none"
    reached = _REACHED.search(words)
    if reached is not None and not _UNREAL.search(words, max(0, reached.start() - 40), reached.end()):
        return "agreed"
    if _CALLED_FOR.search(words):
        return "called_for"
    return "none"


def _asserted(pattern: re.Pattern[str], words: str) -> bool:
    """Whether one of the matches is not negated by the words just before it: "do not reject" is no rejection."""
    weakened = _WEAKENED_BEFORE if pattern is _READY else _NOT_BEFORE
    return any(not weakened.search(words, max(0, match.start() - 30), match.start()) for match in pattern.finditer(words))


_HEDGING = (
    ("hedges", frozenset({"modal", "adverb", "adjective", "seeming", "report", "degree", "hint"})),
    ("conditions", frozenset({"condition"})),
    ("plans", frozenset({"unreal", "expected"})),
)
"""Classes of phrases that weaken or condition a statement; what its speaker believes or plans is its cue's to tell."""

_NEGATING = frozenset({"not", "none", "except"})


def hedges_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the hedging words in `text[start:end]`, in order; of overlapping ones the first and longest."""
    return _outermost(
        match.span()
        for table, kinds in _HEDGING
        for match in phrase_pattern(table, kinds).finditer(text, start, end)
        if match.group() != "May" or not _is_month(text, *match.span())
    )


def _is_month(text: str, start: int, end: int) -> bool:
    """Whether a capitalised "May" is the month: behind a number or another word, or before a number."""
    return bool(_BEFORE_MONTH.search(text, max(0, start - 12), start) or _AFTER_MONTH.match(text, end))


def negations_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the negating words in `text[start:end]`; those of idioms ("not only", "no doubt") deny nothing."""
    idioms = [match.span() for match in phrase_pattern("negations", frozenset({"idiom"})).finditer(text, start, end)]
    found = (match.span() for match in phrase_pattern("negations", _NEGATING).finditer(text, start, end))
    return _outermost(span for span in found if not any(first <= span[0] < last for first, last in idioms))


_LIMITING = (
    *_HEDGING,
    ("hedges", frozenset({"measure"})),
    ("negations", frozenset({"near", "failing", "preventing", "denying", "false"})),
)


def limits_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the words in `text[start:end]` that may not be cut off: all hedges, conditions and denials, and "only"."""
    idioms = [match.span() for match in phrase_pattern("conditions", frozenset({"idiom"})).finditer(text, start, end)]
    found = [
        Span(*match.span()) for table, kinds in _LIMITING for match in phrase_pattern(table, kinds).finditer(text, start, end)
    ]
    kept = [
        span
        for span in found
        if not any(first <= span.start < last for first, last in idioms)
        and (text[span.start : span.end] != "May" or not _is_month(text, *span))
    ]
    return _outermost([*kept, *negations_in(text, start, end)])


def _outermost(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1].end:
            found.append(Span(start, end))
    return tuple(found)


def found_within(
    find: Callable[[str, int, int], tuple[Span, ...]], text: str, content: Sequence[Span], clause: Span | None
) -> tuple[Span, ...]:
    """The spans that `find` gives in the content and the speaker clause, in order."""
    spans = {span for start, end in content for span in find(text, start, end)}
    if clause is not None:
        spans |= set(find(text, clause.start, clause.end))
    return tuple(sorted(spans))
