"""Follow-ups that put one name in place of another: corrections, "and X?", "and X's?", the other side."""

from __future__ import annotations

import re
from collections import Counter

from parley.assistant.dialogue.followup_context import Context, Rewrite, carried, said_about, strip_and, with_topic
from parley.assistant.dialogue.followup_pronouns import PRONOUN
from parley.index.language.vocabulary import parties_in

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
