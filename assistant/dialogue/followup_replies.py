"""Follow-ups too short to stand alone: "and why?", "to which outlet?", "who reported that?", "the second one?"."""

from __future__ import annotations

import re

from parley.assistant.dialogue.followup_context import (
    Context,
    Rewrite,
    carried,
    is_noun_phrase,
    own_words,
    said_about,
    says,
    speaker_of,
    strip_and,
)
from parley.assistant.dialogue.followup_pronouns import PRONOUN
from parley.assistant.question.analysis import analyse_question
from parley.index.language.words import NUMBER_WORDS, word_set

_PROVENANCE = re.compile(
    r"^(?:and\s+|but\s+)?(?:who|which (?:outlet|newspaper|paper|source|document|agency|publication|medium)|"
    r"what(?:'s| is| was) the source|where)\b[^?]{0,25}?"
    r"(?:\b(?:report|reported|reports|published|said so|carried|wrote)\b|\bsource\b|\b(?:is|was) (?:that|this|"
    r"it) from\b|\bdoes (?:that|this|it) come from\b)"
    r"[^?]{0,25}\b(?:that|this|it|and|on|when|date|from|source)?\b[^?]{0,30}\?*$|^(?:and\s+)?(?:source|"
    r"sources|says who|according to whom)\?*$",
    re.IGNORECASE,
)


def who_reported(question: str, context: Context) -> Rewrite | None:
    """For "Which outlet reported that, and on what date?" asks where the matter of the earlier question stands."""
    if not _PROVENANCE.match(question) or len(own_words(question) - _SOURCE_WORDS) > 0:
        return None
    analysis = context.analysis
    said = (
        f"“{analysis.quotes[0]}”"
        if analysis.quotes and analysis.kind in {"who_said", "quote_check", "where_said"}
        else context.topic
    )
    if analysis.kind == "what_said" and context.speaker:
        matter = f"that {context.speaker} said something{f' about {context.topic}' if context.topic else ''}"
    elif analysis.quotes:
        matter = f"that {context.speaker or 'somebody'} said: {said}"
    else:
        matter = f"that {f'{context.speaker} said that ' if context.speaker and analysis.kind == 'who_said' else ''}{said}"
    return Rewrite(
        f"Which outlet reported, and on what date, {matter}?", carried(speaker=context.speaker, topic=said), changed=True
    )


_SOURCE_WORDS = word_set(
    """
    outlet newspaper paper source sources document agency publication medium report reported reports published carried
    wrote date day come first originally
    """
)


_EXACT = re.compile(
    r"\b(?:own|exact|actual|precise|original) (?:words?|wording|phrase|quote)\b|^(?:quote|the quote|verbatim)\b", re.IGNORECASE
)


_BARE = re.compile(
    r"^(?:(?:and|but|so|ok|okay)[,\s]+)?(?P<wh>why(?: not| so)?|since when|until when|when|where|how|by whom|"
    r"to whom|with whom|(?:to|in|on|through) (?:which|what) (?:outlet|newspaper|paper|agency|channel|station|broadcaster|"
    r"magazine|medium|reporter|journalist)|who|whom|how many|how much|on what date|which ones?|what for|how so|"
    r"(?:on|under) (?:what|which) conditions?|at what price|for how long|with what result|in exchange for what|in what way)"
    r"(?: (?:was|is|did|were|are|does) (?:that|this|it|so|he|she|they))?(?: (?:that|so|say (?:that|so|this|it)))?\s*[?.!]*$",
    re.IGNORECASE,
)


def exact_words(question: str, context: Context) -> Rewrite | None:
    """For "In his own words?" asks for the quotation."""
    if not _EXACT.search(question) or len(own_words(question)) > 4:
        return None
    standalone = said_about(context).rstrip("?") + ", in their own words?"
    return Rewrite(standalone, carried(speaker=context.speaker, topic=context.topic), changed=True)


def bare(question: str, context: Context) -> Rewrite | None:
    """For "And why?", "Since when?", "By whom?": the question word put to the earlier question's matter."""
    match = _BARE.match(question)
    if match is None:
        return None
    asked = match["wh"].lower()
    asked = {"why so": "why", "why not": "why not", "how so": "how", "what for": "why"}.get(asked, asked)
    standalone = _asked_of(asked, context)
    return Rewrite(standalone, carried(speaker=context.speaker, topic=context.topic), changed=True)


def _asked_of(asked: str, context: Context) -> str:
    analysis, topic = context.analysis, context.topic
    opening = asked[:1].upper() + asked[1:]
    if analysis.kind in {"what_said", "where_said"} and context.speaker:
        return f"{opening} did {context.speaker} say that{f' about {topic}' if topic else ''}?"
    if analysis.kind == "who_said":
        who = context.speaker or "somebody"
        return f"{opening} did {who} say that {topic}?" if says(analysis.core) else f"{opening} did {who} speak of {topic}?"
    source = f", according to {context.speaker}" if context.speaker and not analysis.names else ""
    auxiliary = re.match(
        r"(?:and\s+)?(?:(?:why|when|where|how|what|who)\s+)?(?P<aux>(?:did|does|do|is|are|was|were|has|have|had|"
        r"will)(?:n['’]t)?)\b",
        analysis.core,
        re.IGNORECASE,
    )
    return f"{opening} {auxiliary['aux'].lower() if auxiliary else ''} {topic}{source}?".replace("  ", " ")


_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


_NTH = re.compile(
    r"\bthe (?P<ordinal>first|second|third|fourth|fifth|last)"
    r"(?: (?:one|of (?:these|those|them)|item|point)(?=[\s?.!,]|$)|"
    r"(?=[?.!,]|$| (?:say|said|mean|is|was|about|and|again|more)\b))",
    re.IGNORECASE,
)


def nth_item(question: str, context: Context) -> Rewrite | None:
    """For "The second one?" means the second item of a list that the cited words give, or else the second citation's speaker."""
    match = _NTH.search(question)
    if match is None or context.turn.answer is None or len(own_words(question) - set(_ORDINALS) - {"one"}) > 4:
        return None
    items = _listed(context)
    position = _ORDINALS[match["ordinal"].lower()]
    if not items or position >= len(items):
        return None
    item = items[position]
    rest = _NTH.sub(item, strip_and(question))
    if not own_words(rest) - own_words(item) - {"more"}:
        rest = f"What do the documents say about {item}?"
    return Rewrite(rest, carried(item=item), changed=True)


def _listed(context: Context) -> list[str]:
    answer = context.turn.answer
    if answer is None:
        return []
    for sentence in answer.sentences:
        for span in sentence.quoted:
            parts = [
                part.strip(' ,.;“”"')
                for part in re.split(r",\s+(?:and\s+)?|\s+and\s+|;\s+", sentence.text[span.start : span.end])
            ]
            if 3 <= len(parts) <= 12 and all(0 < len(part.split()) <= 4 for part in parts):
                return parts
    speakers = [speaker_of(c.statement) for c in answer.citations if c.statement is not None]
    return [speaker for speaker in dict.fromkeys(speakers) if speaker]


_DEFINITE = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:which|what|how many|who|when|where|how|name|list)\b", re.IGNORECASE)


_SPOKEN = frozenset({"who_said", "what_said", "whether_said", "quote_check"})
"""Kinds of question whose topic is what was said, and so may be a whole clause."""


def short_question(question: str, context: Context) -> Rewrite | None:
    """A question too short to stand alone ("Which regions?", "What were the three categories?") takes the topic along."""
    analysis = analyse_question(question)
    if not _DEFINITE.match(question) or analysis.names or analysis.speaker or analysis.quotes:
        return None
    if analysis.kind == "who_said" and analysis.terms:
        return None
    if PRONOUN.search(question) or not (is_noun_phrase(context.topic) or context.analysis.kind in _SPOKEN):
        return None
    own = {term.stem for term in analysis.terms}
    known = {term.stem for term in context.analysis.terms}
    content = [term for term in analysis.terms if term.stem not in NUMBER_WORDS.values() and term.weight > 0.5]
    if not context.topic or len(content) > 2 or (len(content) == 2 and not own & known):
        return None
    if len(content) > 1 and not re.search(r"\b(?:the|these|those|that)\b", question) and not own & known:
        return None
    return Rewrite(
        f"{strip_and(question).rstrip('?. ')}, concerning {context.topic}?", carried(topic=context.topic), changed=True
    )
