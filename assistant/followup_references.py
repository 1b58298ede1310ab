"""Follow-ups that put one name in place of another, or point back: corrections, "and X?", the other side, pronouns."""

from __future__ import annotations

import re
from collections import Counter

from assistant.followup_context import Context, Rewrite, carried, said_about, says, strip_and, with_topic
from assistant.vocabulary import parties_in
from assistant.words import word_set

_CORRECTION = re.compile(
    r"^(?:no|sorry|oh|wait|actually|rather|not that)?[,.;:\s-]*(?:i (?:mean|meant)|i was asking about|"
    r"rather)\s+(?P<new>.+?)[.?!]*$",
    re.IGNORECASE,
)


def correction(question: str, context: Context) -> Rewrite | None:
    """For "No, I meant X": the part of the earlier question that X stands for is replaced."""
    match = _CORRECTION.match(question)
    if match is None:
        return None
    new = re.sub(r",? not .+$", "", match["new"])
    if len(new.split()) > 6 and "?" in question:
        return Rewrite(new[:1].upper() + new[1:].rstrip("?") + "?", (), changed=True)
    old = _replaceable(new, context)
    if old is None:
        return None
    return Rewrite(context.turn.standalone.replace(old, new), carried(question=context.turn.standalone), changed=True)


def _replaceable(new: str, context: Context) -> str | None:
    """What a new name or phrase takes the place of in the earlier question: a name of its kind, else the speaker or topic."""
    analysis = context.analysis
    named = [name for name in (analysis.speaker, *reversed(analysis.names)) if name and name in context.turn.standalone]
    if new[:1].isupper() and named:
        same_kind = [name for name in named if bool(parties_in(name)) == bool(parties_in(new))]
        return same_kind[0] if same_kind else named[0]
    return context.topic if context.topic and context.topic in context.turn.standalone else (named[0] if named else None)


_WHAT_ABOUT = re.compile(r"^(?:and|but|ok|okay|so|then)?,?\s*(?:what|how) about\s+(?P<new>[^?]+)\?*$", re.IGNORECASE)


_AND_NAME = re.compile(r"^(?:[Aa]nd|[Bb]ut|[Ss]o)\s+(?P<new>(?:the\s+)?[A-Z][\w.'’-]*(?:\s+[\w.'’-]+){0,4})\?*$")


_AND_POSSESSIVE = re.compile(r"^(?:[Aa]nd|[Bb]ut|[Ss]o)\s+(?P<new>(?:the\s+)?[\w.-]+(?:\s+[\w.-]+)?['’]s?)\s*\?*$")


_POSSESSOR = re.compile(r"\b(?:the\s+)?[\w.-]+['’]s?(?=\s)", re.IGNORECASE)


_OTHER_SIDE = re.compile(r"\bthe other (?:side|party|parties|sides|delegation|camp)\b", re.IGNORECASE)


def of_another(question: str, context: Context) -> Rewrite | None:
    """For "And the company's?": the possessor in the earlier question is replaced."""
    match = _AND_POSSESSIVE.match(question)
    earlier = _POSSESSOR.search(context.turn.standalone) if match else None
    if match is None or earlier is None:
        return None
    asked = context.turn.standalone
    return Rewrite(asked[: earlier.start()] + match["new"] + asked[earlier.end() :], carried(question=asked), changed=True)


def what_about(question: str, context: Context) -> Rewrite | None:
    """For "And what about X?" asks the same of another topic or speaker."""
    match = _WHAT_ABOUT.match(question) or _AND_NAME.match(question)
    if match is None or _OTHER_SIDE.search(question):
        return None
    new = match["new"].strip()
    if PRONOUN.fullmatch(new):
        return None
    analysis = context.analysis
    if analysis.kind == "what_said" and analysis.speaker:
        both_sides = bool(parties_in(new)) and bool(parties_in(analysis.speaker))
        as_speaker = both_sides or _AND_NAME.match(question) is not None or not context.topic
        speaker, topic = (new, context.topic) if as_speaker else (analysis.speaker, new)
        return Rewrite(
            said_about(context, speaker, topic),
            carried(speaker=None if as_speaker else speaker, topic=topic if as_speaker else None),
            changed=True,
        )
    old = _replaceable(new, context)
    if old is None:
        return None
    return Rewrite(context.turn.standalone.replace(old, new), carried(question=context.turn.standalone), changed=True)


_OPPOSITES = (
    ("union", "employer"),
    ("workers", "employer"),
    ("buyer", "seller"),
    ("government", "opposition"),
    ("prosecution", "defence"),
    ("plaintiff", "defendant"),
    ("landlord", "tenant"),
)


def other_side(question: str, context: Context) -> Rewrite | None:
    """For "And the other side?": the side most often named together with the one that spoke, in the documents cited."""
    if not _OTHER_SIDE.search(question):
        return None
    other = _opposite(context)
    side = "the other side" if other is None else other if parties_in(other) else f"the {other}"
    if re.fullmatch(r"(?:and|but|so)?,?\s*(?:what about\s+|how about\s+)?the other \w+\?*", question, re.IGNORECASE):
        standalone = said_about(context, side)
    else:
        standalone = with_topic(_OTHER_SIDE.sub(side, strip_and(question)), context)
    return Rewrite(standalone, carried(side=other, topic=context.topic), changed=True)


def _opposite(context: Context) -> str | None:
    answer = context.turn.answer
    statements = [c.statement for c in answer.citations if c.statement is not None] if answer else []
    own = {side for item in statements[:1] for side in parties_in(f"{item.party or ''} {item.role or ''}")}
    own |= set(parties_in(context.analysis.speaker or ""))
    together: Counter[str] = Counter()
    for text in {citation.document.id: citation.document.text for citation in answer.citations}.values() if answer else ():
        for line in text.splitlines():
            sides = parties_in(line, seats=False)
            together.update(side for side in sides if side not in own and (not own or own & set(sides)))
    if own and together:
        return together.most_common(1)[0][0]
    spoken = " ".join([context.speaker or "", *(item.role or "" for item in statements[:1])]).lower()
    pairs = [*_OPPOSITES, *((right, left) for left, right in _OPPOSITES)]
    return next((right for left, right in pairs if left in spoken), None)


PRONOUN = re.compile(r"\b(?P<word>he|she|him|his|her|hers|they|them|their|it|its|this|that|these|those)\b", re.IGNORECASE)


_PERSONAL = word_set("he she him his her hers")


_POSSESSIVE = word_set("his her their its hers")


def pronouns(question: str, context: Context) -> Rewrite | None:
    """Personal pronouns become the person last asked about or heard; "it" and "that" take the topic with them."""
    unquoted = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda m: " " * len(m.group()), question)
    found = [m for m in PRONOUN.finditer(unquoted) if not _has_antecedent(unquoted, m)]
    if not found:
        return None
    person = _person(context)
    supplied: dict[str, str | None] = {}
    parts, position = [], 0
    for match in found:
        replacement = _antecedent(match, unquoted, context, person)
        if replacement is not None:
            parts += [question[position : match.start()], replacement]
            position = match.end()
            supplied["speaker" if match["word"].lower() in _PERSONAL else "topic"] = replacement.removesuffix("'s")
    text = strip_and("".join([*parts, question[position:]]))
    if not supplied:
        return None
    return Rewrite(text[:1].upper() + text[1:], carried(**supplied), changed=True)


def _has_antecedent(text: str, match: re.Match[str]) -> bool:
    """Whether the pronoun has a name before it in the same question, or is no pronoun there ("that" as a joint, "it" of time)."""
    word = match["word"].lower()
    before, after = text[: match.start()], text[match.end() :]
    if word in {"that", "this", "these", "those", "it"}:
        joint = re.match(r"\s+(?:[A-Z\w][\w'’-]*\s+)?(?:\w+)", after) if word == "that" and re.search(r"\w\s$", before) else None
        expletive = word == "it" and re.match(r"\s+(?:true|that|possible|rain)|['’]s (?:true|possible)", after)
        return bool((joint and not re.match(r"\s*(?:\?|$|,|and\b)", after)) or expletive)
    names = re.findall(r"(?<!^)\b[A-Z][a-z]+", before.split(None, 1)[1] if before.split(None, 1)[1:] else "")
    return bool(names)


def _person(context: Context) -> str | None:
    return next((name for name in context.people if not parties_in(name) or " " in name), None)


def _antecedent(match: re.Match[str], text: str, context: Context, person: str | None) -> str | None:
    word = match["word"].lower()
    possessive = word in _POSSESSIVE and (word != "her" or re.match(r"\s+[a-z]", text[match.end() :]) is not None)
    if word == "that" and re.search(r"\b(?:said|say|told|tell|reported|claimed)\s+(?:[\w.’'-]+\s+){0,2}$", text[: match.start()]):
        joint = "that" if says(context.analysis.core) else "about"
        return f"{joint} {context.topic}" if context.topic else None
    if word in _PERSONAL:
        base = person
    elif word in {"they", "them", "their"}:
        base = context.analysis.speaker or next((name for name in context.people), None)
    else:
        base = context.topic if len(context.topic.split()) <= 8 else None
        if word in {"this", "that", "these", "those"} and re.match(r"\s+[a-z]", text[match.end() :]):
            base = None
    if not base:
        return None
    return f"{base}'s" if possessive else base
