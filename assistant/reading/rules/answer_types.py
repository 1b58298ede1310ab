"""Finding the shortest span of a sentence that has the type a question asks for: a number, a date, a place, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.question_forms import AnswerType
from parley.assistant.reading.rules.lead_denials import is_vouched_for
from parley.assistant.reading.rules.lead_fit import fitting
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import NUMBER_WORDS, fold, stem, word_set, words_of
from parley.index.types import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|"
    r"Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|"
    rf"th)?(?:\s*[–-]\s*\d{{1,2}})?(?:,? \d{{4}})?|{_MONTH} (?:of )?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:(?:the )?(?:early|mid|late)[ -])?(?:1[0-9]|20)\d0s|"
    rf"(?:last |next |this |on |late |early )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
    rf"Sunday)(?: (?:morning|evening|afternoon|night)|,?\s+\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)?|"
    r"\d+(?:st|nd|rd|th) century|(?:in |since |by |from |until )?(?:1[0-9]|20)\d\d(?:\s?[–-]\s?(?:\d{4}|\d\d))?|"
    rf"{_MONTH}(?= |\.|,|$)|yesterday|tomorrow|today|tonight|(?:last|next|this) (?:week|month|year|spring|"
    rf"summer|autumn|fall|winter|weekend)|"
    r"(?:\w+|\d+) (?:days?|weeks?|months?|years?|hours?) (?:ago|later|earlier))\b"
)
_WORD_NUMBER = "|".join(
    sorted(
        {
            *NUMBER_WORDS,
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "half",
            "both",
            "dozens",
            "hundreds",
            "thousands",
            "millions",
        },
        key=len,
        reverse=True,
    )
)
_NUMBER = re.compile(
    rf"(?:(?:about|around|nearly|almost|more than|fewer than|less than|at least|at most|up to|"
    rf"(?<!hand )(?<!hands )(?<!handed )(?<!turn )(?<!take )(?<!took )over|some|approximately|roughly|"
    rf"as many as) )?"
    rf"(?:[$€£¥]\s?)?\b(?:\d[\d,.]*\d|\d|(?:{_WORD_NUMBER})(?:[- ](?:{_WORD_NUMBER}))*)(?:\s?(?:%|percent\b|"
    rf"per cent\b)|[- ](?:hundred|thousand|million|billion|trillion)\b)*",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:(?:about|around|nearly|almost|more than|less than|at least|up to|over) )?(?:[$€£¥₺₽₴]\s?\d[\d,.]*\d|"
    r"[$€£¥₺₽₴]\s?\d|\d[\d,.]*\s?(?:dollars|euros|pounds|crowns|lira|roubles|rubles|cents|"
    r"pence))(?:\s?(?:hundred|thousand|million|billion|trillion|bn|m|an hour|a day|a week|a month|a year|"
    r"per \w+))*",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b(?:\d[\d.,]*|\w+)\s?(?:%|percent\b|per cent\b)(?: points?)?", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:(?:[A-Z]\.){2,}|[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'&-]*\w|[A-Z])\.?)(?:\s+(?:(?:of|the|de|van|von|al|bin|der|"
    r"and|for)\s+){0,2}(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w’'&-]*\w\.?|(?:[A-Z]\.)+(?=\s+[A-Z])))*"
)
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Ltd|Co|Corp|St|Mrs?|Ms|Dr|Gen|Col|Lt|Sgt|Rev|Hon|Prof|Sen|Rep|Gov|No)\.$")
_SIDE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Bb]oth|[Ss]ome) (?:[\w’'-]+ ){0,2}?(?:side|delegation|team|government|ministry|"
    r"union|party|committee|council|court|company|police|"
    r"army|officials?|negotiators?|representatives?|workers|employers?|mediators?|sides|parties|members|"
    r"spokes\w+|commission|board|agency)\b"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|to|into|outside|across|over|off|around|toward|towards|through|via|"
    r"on)(?: the)?(?: (?:city|town|port|state|province|region|village|coast) of)?\s+$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|as a result of|since|so that|in order to|in response to|thanks to|"
    r"citing|over concerns|after|amid|prompted by|caused by|on the grounds that|to (?:avoid|prevent|protect|"
    r"allow|ensure|help|make|give|end|build|find))\b[^.;]*",
    re.IGNORECASE,
)
_NUMERIC: frozenset[AnswerType] = frozenset({"number", "money", "percent"})


def typed_spans(text: str, span: Span, answer_type: AnswerType) -> list[Span]:
    """Spans inside `text[span.start:span.end]` of the wanted type, in order; empty where the type has no form of its own."""
    patterns = {"date": _DATE, "number": _NUMBER, "money": _MONEY, "percent": _PERCENT, "reason": _REASON}
    if answer_type in patterns:
        found = (Span(m.start(), m.end()) for m in patterns[answer_type].finditer(text, span.start, span.end))
        return [item for item in found if answer_type != "number" or _counts(text, item)]
    if answer_type == "person":
        sides = (Span(m.start(), m.end()) for m in _SIDE.finditer(text, span.start, span.end))
        return sorted({*(item for item in named_spans(text, span) if not text[item.start : item.end].isupper()), *sides})
    if answer_type == "place":
        return [item for item in named_spans(text, span) if _PLACE_BEFORE.search(text[max(0, item.start - 40) : item.start])]
    return []


def _counts(text: str, span: Span) -> bool:
    """Whether a number counts something: not a year by itself, not "one" as a pronoun."""
    shown = text[span.start : span.end]
    if re.fullmatch(r"(?:1[6-9]|20)\d\d", shown):
        return False
    return not (
        shown.lower() == "one"
        and re.match(r"\s+(?:of|who|that|is|was|can|another|should|must)\b", text[span.end : span.end + 12])
    )


def named_spans(text: str, span: Span) -> Iterator[Span]:
    """Capitalised names inside a span, in order, without the ordinary word that opens a sentence."""
    for match in _NAME.finditer(text, span.start, span.end):
        start = match.start()
        first = match.group().split()[0]
        at_start = not text[span.start : start].strip("\"“‘'«( ")
        if at_start and (fold(first) in _OPENERS) and (match.end() - start > len(first)):
            start += len(first) + 1
        elif fold(first) in _OPENERS or (at_start and _is_common(text, match)):
            continue
        if not re.fullmatch(rf"{_MONTH}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", text[start : match.end()]):
            yield Span(start, match.end() - _closes_sentence(text[start : match.end()]))


def _closes_sentence(name: str) -> bool:
    """Whether the full stop after a name is none of an initial's or an abbreviation's."""
    return name.endswith(".") and not _ABBREVIATED.search(name)


def _is_common(text: str, match: re.Match[str]) -> bool:
    """Whether one capitalised word that opens a sentence is an ordinary word, which the text elsewhere writes small."""
    word = match.group()
    return " " not in word and re.search(rf"\b{re.escape(word.lower())}s?\b", text) is not None


_OPENERS = word_set(
    """
    the a an in on at by for from with but and or so if when while as after before since his her he she it they we you i
    this that these those there our their its my your not no what who why how where which both each some many most such
    one to of however meanwhile yet still although though despite according later now then here under until only also
    another several during among between
    """
)


def best_span(text: str, span: Span, question: QuestionAnalysis) -> Span | None:
    """The span of the wanted type that most likely answers: not in the question itself, near its words, with its counted noun."""
    asked = {term.stem for term in question.terms} | {word.stem for name in question.names for word in words_of(name)}
    typed = [item for item in typed_spans(text, span, question.answer_type) if not _repeats(text, item, asked)]
    candidates = [fit for item in typed if (fit := fitting(text, span, item, question)) is not None]
    if not candidates:
        return None
    anchors = [word.start for word in words_of(text, span.start, span.end) if word.stem in asked]
    reason = question.answer_type == "reason"
    return max(
        [item for item in candidates if is_vouched_for(text, span, item, question.core, reason=reason)] or candidates,
        key=lambda item: (
            counts_noun(text, item, question) + _on_side_of_verb(text, item, span, question) - _distance(item, anchors),
            -item.start,
        ),
    )


def _on_side_of_verb(text: str, item: Span, span: Span, question: QuestionAnalysis) -> float:
    """For "who did it" a bonus before the verb, for "whom did X meet" one behind it."""
    if question.answer_type != "person":
        return 0.0
    verbs = [word.start for word in words_of(text, span.start, span.end) if question.verb and word.stem == question.verb]
    if verbs:
        return 1.0 if item.end <= verbs[0] else 0.0
    behind = re.search(
        r"\b(?:with|to|by|meet|met|see|against|of|for)\s+(?:\w+\s+)?$", text[max(span.start, item.start - 20) : item.start]
    )
    return 0.6 if behind and re.match(r"whom?\s+(?:did|does|do|will|is|was|has)\b", question.core, re.IGNORECASE) else 0.0


def _repeats(text: str, span: Span, asked: set[str]) -> bool:
    """Whether a span only repeats the question: all its words, or the last of a name, stand there."""
    words = [word for word in words_of(text, span.start, span.end) if word.folded not in _OPENERS]
    named = bool(words) and words[-1].surface[:1].isupper() and words[-1].stem in asked
    return bool(words) and (named or all(word.stem in asked for word in words))


def _distance(span: Span, anchors: Sequence[int]) -> float:
    """Mean distance to the three nearest words of the question, in hundreds of characters."""
    if not anchors:
        return 0.0
    nearest = sorted(min(abs(anchor - span.start), abs(anchor - span.end)) for anchor in anchors)[:3]
    return sum(nearest) / len(nearest) / 100


def _head(words: Sequence[str]) -> str:
    """The noun that "how many …" counts: the first plural, else the last word."""
    plurals = (word for word in words if word.endswith("s") or word.lower() in {"people", "men", "women", "children"})
    return next(plurals, words[-1] if words else "")


def counts_noun(text: str, span: Span, question: QuestionAnalysis) -> float:
    """How surely a number counts what is asked for: 2 right before the noun, 1.5 near it, 1.2 before a synonym, else 0."""
    if question.answer_type not in _NUMERIC or not question.noun:
        return 0.0
    head = stem(fold(_head(question.noun.split())))
    share = re.match(r"\s+of (?:the |its |their |our |all )?(?:\d[\d,]*|[a-z]+)\s+(\w+)", text[span.end : span.end + 40])
    if share and stem(fold(share.group(1))) == head:
        return 2.5
    following = [word.stem for word in words_of(text, span.end, min(len(text), span.end + 40))][:4]
    own = [word.stem for word in words_of(text, span.start, span.end)]
    if head in following[:1] + own:
        return 2.0
    return 1.5 if head in following else 1.2 if synonyms_of(head) & {*following[:2], *own} else 0.0


def with_counted_noun(text: str, span: Span, limit: int) -> Span:
    """A number with the noun phrase it counts, up to the next comma, verb or `limit`: "1,000" gives "1,000 cars a day"."""
    match = re.compile(
        r"(?:\s+(?!(?:and|or|but|that|which|who|as|is|are|was|were|will|would|has|have|had|said|to|in|on|by|at|"
        r"with|after|before|during|when|while|because)\b)[^\W\d_][\w’'-]*){1,5}"
    ).match(text, span.end, limit)
    if match is None:
        return span
    trailing = re.search(r"(?:\s+(?:a|an|the|of|per|each|more|than))+$", text[span.start : match.end()])
    return Span(span.start, span.start + trailing.start() if trailing else match.end())


_ITEM = r"(?:[^\s,;:.“”\"()—]+(?: [^\s,;:.“”\"()—]+){0,5})"
_LIST = re.compile(rf"{_ITEM}(?:, {_ITEM})+,? (?:and|or|&) {_ITEM}|{_ITEM}, {_ITEM} (?:and|or) {_ITEM}")


def list_span(text: str, span: Span) -> Span | None:
    """The first enumeration ("children, civilians and soldiers") in a sentence, or `None`."""
    match = _LIST.search(text, span.start, span.end)
    return Span(match.start(), match.end()) if match else None
