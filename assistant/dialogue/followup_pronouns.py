"""Pronouns in a follow-up question, replaced by what the conversation has named; where that is unsure they stay."""

from __future__ import annotations

import re

from parley.assistant.dialogue.antecedents import CERTAIN, PronounClass, antecedents, pronoun_class
from parley.assistant.dialogue.followup_context import Context, Rewrite, carried, is_noun_phrase, says, strip_and
from parley.assistant.question.analysis import analyse_question
from parley.index.language.words import fold, words_of

PRONOUN = re.compile(r"\b(?P<word>he|she|him|his|her|hers|they|them|their|theirs|it|its|this|that|these|those)\b", re.IGNORECASE)

_POSSESSIVE = frozenset({"his", "her", "their", "its", "hers", "theirs"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_LONGEST_TOPIC = 8
"""Words of a topic beyond which it is no fit replacement for "it"."""


def pronouns(question: str, context: Context) -> Rewrite | None:
    """The first pronoun of each class becomes the person, group or thing it most likely stands for; "that" takes the topic."""
    unquoted = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda m: " " * len(m.group()), question)
    found = [match for match in PRONOUN.finditer(unquoted) if not _has_antecedent(unquoted, match)]
    supplied: dict[str, str] = {}
    seen: set[str] = set()
    parts, position = [], 0
    for match in found:
        kind = pronoun_class(match["word"]) or "thing"
        replacement = None if kind in seen else _antecedent(match, unquoted, context)
        if replacement is None or any(_bare(replacement) == _bare(known) for known in supplied.values()):
            continue
        seen.add(kind)
        parts += [question[position : match.start()], replacement]
        position = match.end()
        supplied["topic" if kind == "thing" else "speaker"] = _bare(replacement)
    if not supplied:
        return None
    text = strip_and("".join([*parts, question[position:]]))
    return Rewrite(text[:1].upper() + text[1:], carried(**supplied), changed=True)


def _bare(replacement: str) -> str:
    return re.sub(r"['’]s?$", "", replacement)


def _has_antecedent(text: str, match: re.Match[str]) -> bool:
    """Whether the pronoun has a name before it in the same question, or is no pronoun there ("that" as a joint, "it" of time)."""
    word = match["word"].lower()
    before, after = text[: match.start()], text[match.end() :]
    if word in _DEMONSTRATIVE | {"it"}:
        joint = re.match(r"\s+(?:[A-Z\w][\w'’-]*\s+)?(?:\w+)", after) if word == "that" and re.search(r"\w\s$", before) else None
        expletive = word == "it" and re.match(r"\s+(?:true|that|possible|rain|says?|mention|tell)|['’]s (?:true|possible)", after)
        if (joint and not re.match(r"\s*(?:\?|$|,|and\b)", after)) or expletive:
            return True
        return _has_holder(word, before, after)
    names = re.findall(r"(?<!^)\b[A-Z][a-z]+", before.split(None, 1)[1] if before.split(None, 1)[1:] else "")
    return bool(names) or _has_holder(word, before, after)


_HOLDER = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would|can|could|should)(?:n['’]t)?\s+(?!(?:he|she|they|it|this|that|these|those|you|i|we|"
    r"there|his|her|its|their|any\w*|some\w*|one|other)\b)[a-z]",
    re.IGNORECASE,
)
"""The subject of a question, not a pronoun, which a possessive behind it takes up: "When did the union withdraw its claim?"."""

_THING_AND = re.compile(r"\b(?:was|were|is|are)(?:n['’]t)?\s+(?:the|this|that)\s[^,]*?\band\s", re.IGNORECASE)
"""A thing asked about before another question about it: "When was the strike and how long did it last?"."""


def _has_holder(word: str, before: str, after: str) -> bool:
    if word in _POSSESSIVE:
        return (word != "her" or re.match(r"\s+\w", after) is not None) and _HOLDER.search(before) is not None
    return word == "it" and _THING_AND.search(before) is not None


def _antecedent(match: re.Match[str], text: str, context: Context) -> str | None:
    word = match["word"].lower()
    after = text[match.end() :]
    if word == "that" and re.search(r"\b(?:said|say|told|tell|reported|claimed)\s+(?:[\w.’'-]+\s+){0,2}$", text[: match.start()]):
        joint = "that" if says(context.analysis.core) else "about"
        return f"{joint} {context.topic}" if context.topic else None
    if word in _DEMONSTRATIVE:
        return None if re.match(r"\s+[a-z]", after) and not re.match(r"\s+(?:in|at|on|to|by)\b", after) else _topic(context)
    kind = pronoun_class(word)
    assert kind is not None
    base = _spoken_of(kind, context) or _named(kind, text, context) or _asked_of(kind, context)
    if base is None:
        return None
    possessive = word in _POSSESSIVE and (word != "her" or re.match(r"\s+(?!in\b|at\b|on\b|to\b)[\w\"“‘]", after) is not None)
    return f"{base}{'’' if base.endswith('s') else '’s'}".replace("’", "'") if possessive else base


def _spoken_of(kind: PronounClass, context: Context) -> str | None:
    """Who was asked about or heard last, where that is known and not guessed: an answer of ours cites its speakers."""
    if kind == "group":
        return context.analysis.speaker
    if kind == "person" and (context.turn.answer is not None or context.analysis.kind in {"who_said", "what_said"}):
        return context.person
    return None


def _named(kind: PronounClass, text: str, context: Context) -> str | None:
    asked = [fold(word.surface) for word in words_of(text)]
    ranked = antecedents(kind, context.named, turns=context.turns, asked=asked) if context.named else []
    return ranked[0].referent.shown if ranked and ranked[0].confidence >= CERTAIN[kind] else None


_SUBJECT = re.compile(
    r"\b(?:did|do|does|was|were|is|are|has|have|had|will|would|can|could)(?:n['’]t)?\s+"
    r"(?P<subject>the (?:[a-z-]+ ){0,2}?[a-z-]+)(?=\s+"
    r"(?!of\b|in\b|on\b|at\b|for\b|to\b|that\b|from\b)[a-z]+)",
    re.IGNORECASE,
)


def _asked_of(kind: PronounClass, context: Context) -> str | None:
    """The subject of the last question ("When did the panel meet?"), or for "it" its whole matter."""
    match = _SUBJECT.search(context.turn.standalone)
    subject = match["subject"] if match and (kind == "thing" or match["subject"] not in _SINGULAR) else None
    if kind == "person" or (subject and PRONOUN.search(subject)):
        return None
    return subject if kind == "group" else _topic(context) or subject


_BARE_PRONOUN = re.compile(
    r"\b(?:he|she|him|his|hers?|they|them|theirs?|its?)\b|\b(?:this|that|these|those)\b(?! [a-z])", re.IGNORECASE
)
"""Pronouns that a question must have resolved to be understood; "this article" names something by itself."""

_BARE_PRONOUN_WORD = re.compile(f"(?P<word>{_BARE_PRONOUN.pattern})", re.IGNORECASE)

_ANYONE_ELSE = re.compile(r"\b(?:who|whom|whose|anyone|anybody|someone|nobody) else\b", re.IGNORECASE)
"""Questions that go beyond whom the conversation is about."""

_SINGULAR = frozenset({"the document", "the article", "the report", "the first", "the last", "the other"})


MOST_TERMS = 2
"""Content words up to which a question may leave out what it is about; one with more is a matter of its own."""


def about_whom(question: str, context: Context) -> Rewrite | None:
    """A short question that names nothing of its own takes along what the conversation is about, where that is plain."""
    if _BARE_PRONOUN.search(question) or _ANYONE_ELSE.search(question) or _names_something(question) or not context.named:
        return None
    analysis = analyse_question(question)
    if analysis.kind == "who_said" and analysis.terms:
        return None
    if content_terms(question) > MOST_TERMS:
        return None
    asked = [fold(word.surface) for word in words_of(question)]
    best = antecedents("none", context.named, turns=context.turns, asked=asked)[0]
    if best.confidence < CERTAIN["none"] or set(best.referent.words) & set(asked):
        return None
    about = best.referent.shown
    return Rewrite(f"{strip_and(question).rstrip('?. ')}, concerning {about}?", carried(topic=about), changed=True)


def content_terms(question: str) -> int:
    """How many words of content a question has."""
    return sum(term.weight >= 0.5 for term in analyse_question(question).terms)


def stands_alone(question: str) -> bool:
    """Whether a question can be meant as one of its own: longer than what leaves out its matter, every pronoun resolved in it."""
    unresolved = any(not _has_antecedent(question, match) for match in _BARE_PRONOUN_WORD.finditer(question))
    return content_terms(question) > MOST_TERMS and not unresolved


def _names_something(question: str) -> bool:
    analysis = analyse_question(question)
    return bool(analysis.names or analysis.speaker or analysis.quotes)


def _topic(context: Context) -> str | None:
    topic = context.topic
    return topic if len(topic.split()) <= _LONGEST_TOPIC and is_noun_phrase(topic) else None
