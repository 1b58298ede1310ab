"""Completing a follow-up question from the conversation, by rule.

What is carried over is who spoke, which side, what about, which report and how firm: taken from the earlier question and from
the statements that the earlier answer cites, never from the answer's wording. A question that stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversation import Conversation, Turn
from assistant.question import QuestionAnalysis, analyse_question
from assistant.speakers import display_name
from assistant.vocabulary import parties_in
from assistant.words import NUMBER_WORDS, STOP_WORDS, word_set, words_of
from index.types import Statement


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question as understood.

    Attributes:
        standalone: the question with what the conversation supplied; the question itself where nothing was missing.
        carried: what was supplied, for people: "speaker: Maria Lopez", "topic: the tariff".
        changed: whether `standalone` differs from the question.
    """

    standalone: str
    carried: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the conversation offers: the last question understood, its analysis, and who spoke in its answer."""

    turn: Turn
    analysis: QuestionAnalysis
    speaker: str | None
    topic: str
    people: tuple[str, ...]


Rule = Callable[[str, _Context], "Rewrite | None"]


def rewrite(question: str, conversation: Conversation) -> Rewrite:
    """Complete `question` from the turns before it; unchanged where it stands on its own or there is nothing to take."""
    typed = " ".join(question.split())
    if not conversation.turns:
        return Rewrite(question)
    context = _context(conversation)
    for rule in _RULES:
        found = rule(typed, context)
        if found is not None:
            return found if found.standalone != typed else Rewrite(question)
    return Rewrite(question)


def _context(conversation: Conversation) -> _Context:
    turn = conversation.turns[-1]
    understood = turn.standalone
    if turn.answer is None and len(conversation.turns) > 1:
        understood = rewrite(turn.question, Conversation(conversation.turns[:-1])).standalone
    analysis = analyse_question(understood)
    answered_by = _answering_speaker(turn, analysis)
    people = [name for name in (analysis.speaker, answered_by, *reversed(analysis.names)) if name]
    for earlier in reversed(conversation.turns[:-1]):
        known = analyse_question(earlier.standalone)
        people += [name for name in (known.speaker, *reversed(known.names)) if name]
    return _Context(
        Turn(turn.question, understood, turn.answer, turn.answer_text),
        analysis,
        analysis.speaker or answered_by,
        _topic(analysis),
        tuple(dict.fromkeys(people)),
    )


def _answering_speaker(turn: Turn, analysis: QuestionAnalysis) -> str | None:
    """Who the cited statements show speaking; of a taken-over text, the name before its verb of speaking."""
    if turn.answer is not None:
        statements = [citation.statement for citation in turn.answer.citations if citation.statement is not None]
        return _speaker_of(statements[0]) if statements else None
    match = re.match(r"(?P<name>(?:[A-Z][\w.'’-]+ ?){1,5}?) (?:said|told|says|stated|argued|claimed|did)\b", turn.answer_text)
    return match["name"] if match and analysis.kind == "who_said" else None


def _speaker_of(statement: Statement) -> str | None:
    if statement.speaker is None or statement.speaker_kind in {"pronoun", "unidentified"}:
        return None
    return (
        statement.speaker if statement.speaker_kind == "named" else re.sub(r"^(?:an? )?unnamed ", "the ", display_name(statement))
    )


_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|of)\s+(?P<topic>[^?]+)", re.IGNORECASE)
_WH_START = re.compile(
    r"^(?:(?:and|but|so),?\s+)?(?:who(?:m|se)?|what|which|when|where|why|how(?: many| much| long)?|"
    r"on what date|did|does|do|is|are|was|were|has|have|had|will|would|can)\b(?:n['’]t)?\s*"
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would)?(?:n['’]t)?\b\s*(?:that\s+)?(?:there\s+)?",
    re.IGNORECASE,
)


def _topic(analysis: QuestionAnalysis) -> str:
    """The matter of a question: what a statement is about, or the question without its question words."""
    core = analysis.core.strip().rstrip("?. ")
    if analysis.kind in {"what_said", "where_said"}:
        match = _ABOUT.search(core.replace(analysis.speaker, "") if analysis.speaker else core)
        return match["topic"].strip() if match else _behind_verb(core, analysis)
    if analysis.kind == "who_said":
        return (
            re.sub(
                r"^\w+(?: \w+){0,3}? (?:said|says|say|stated|told|claimed|argued|wrote)\b[,:]?\s*(?:that\s+)?",
                "",
                core,
                flags=re.IGNORECASE,
            )
            if _says(core)
            else _after_who(core)
        )
    if analysis.kind == "provenance":
        return re.sub(r"^which outlet reported,? and on what date(?:, that|:)\s*", "", core, flags=re.IGNORECASE)
    return _WH_START.sub("", core).strip()


def _says(core: str) -> bool:
    return re.match(r"\w+(?: \w+){0,3}? (?:said|says|say|stated|told|claimed|argued|wrote)\b", core, re.IGNORECASE) is not None


def _after_who(core: str) -> str:
    """What follows "who" and its verb: "a summit" of "who called for a summit"."""
    rest = re.sub(r"^(?:and\s+)?(?:who|which \w+)\s+(?:has |have |had |first |also )*", "", core, flags=re.IGNORECASE)
    return re.sub(r"^\w+\s+(?:(?:for|on|against|about|to|that)\s+)?", "", rest)


def _behind_verb(core: str, analysis: QuestionAnalysis) -> str:
    """What follows the verb of speaking: "the day" of "how did Lopez describe the day"; empty if no content word does."""
    words = words_of(core)
    verb = next((word for word in words if word.stem == analysis.verb and word.surface[:1].islower()), None)
    rest = core[verb.end :].strip() if verb else ""
    return rest if any(word.folded not in STOP_WORDS for word in words_of(rest)) else ""


def _carried(**parts: str | None) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value in parts.items() if value)


def _in_report(context: _Context) -> str:
    """The report that the earlier question was limited to, as a phrase to begin with."""
    match = re.match(r"\s*in the [^,?]+? (?:report|article|story|piece)\b[^,?]*,\s*", context.turn.standalone, re.IGNORECASE)
    return match.group().strip() + " " if match else ""


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _said_about(context: _Context, speaker: str | None = None, topic: str | None = None) -> str:
    speaker = speaker or context.speaker or "they"
    topic = context.topic if topic is None else topic
    question = f"what did {speaker} say{f' about {topic}' if topic else ''}?"
    report = _in_report(context)
    return report + question if report else "W" + question[1:]


_CORRECTION = re.compile(
    r"^(?:no|sorry|oh|wait|actually|rather|not that)?[,.;:\s-]*(?:i (?:mean|meant)|i was asking about|"
    r"rather)\s+(?P<new>.+?)[.?!]*$",
    re.IGNORECASE,
)


def _correction(question: str, context: _Context) -> Rewrite | None:
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
    return Rewrite(context.turn.standalone.replace(old, new), _carried(question=context.turn.standalone), changed=True)


def _replaceable(new: str, context: _Context) -> str | None:
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


def _of_another(question: str, context: _Context) -> Rewrite | None:
    """For "And the company's?": the possessor in the earlier question is replaced."""
    match = _AND_POSSESSIVE.match(question)
    earlier = _POSSESSOR.search(context.turn.standalone) if match else None
    if match is None or earlier is None:
        return None
    asked = context.turn.standalone
    return Rewrite(asked[: earlier.start()] + match["new"] + asked[earlier.end() :], _carried(question=asked), changed=True)


def _what_about(question: str, context: _Context) -> Rewrite | None:
    """For "And what about X?" asks the same of another topic or speaker."""
    match = _WHAT_ABOUT.match(question) or _AND_NAME.match(question)
    if match is None or _OTHER_SIDE.search(question):
        return None
    new = match["new"].strip()
    if _PRONOUN.fullmatch(new):
        return None
    analysis = context.analysis
    if analysis.kind == "what_said" and analysis.speaker:
        both_sides = bool(parties_in(new)) and bool(parties_in(analysis.speaker))
        as_speaker = both_sides or _AND_NAME.match(question) is not None or not context.topic
        speaker, topic = (new, context.topic) if as_speaker else (analysis.speaker, new)
        return Rewrite(
            _said_about(context, speaker, topic),
            _carried(speaker=None if as_speaker else speaker, topic=topic if as_speaker else None),
            changed=True,
        )
    old = _replaceable(new, context)
    if old is None:
        return None
    return Rewrite(context.turn.standalone.replace(old, new), _carried(question=context.turn.standalone), changed=True)


_OPPOSITES = (
    ("union", "employer"),
    ("workers", "employer"),
    ("buyer", "seller"),
    ("government", "opposition"),
    ("prosecution", "defence"),
    ("plaintiff", "defendant"),
    ("landlord", "tenant"),
)


def _other_side(question: str, context: _Context) -> Rewrite | None:
    """For "And the other side?": the side most often named together with the one that spoke, in the documents cited."""
    if not _OTHER_SIDE.search(question):
        return None
    other = _opposite(context)
    side = "the other side" if other is None else other if parties_in(other) else f"the {other}"
    if re.fullmatch(r"(?:and|but|so)?,?\s*(?:what about\s+|how about\s+)?the other \w+\?*", question, re.IGNORECASE):
        standalone = _said_about(context, side)
    else:
        standalone = _with_topic(_OTHER_SIDE.sub(side, _strip_and(question)), context)
    return Rewrite(standalone, _carried(side=other, topic=context.topic), changed=True)


def _opposite(context: _Context) -> str | None:
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


_PROVENANCE = re.compile(
    r"^(?:and\s+|but\s+)?(?:who|which (?:outlet|newspaper|paper|source|document|agency|publication|medium)|"
    r"what(?:'s| is| was) the source|where)\b[^?]{0,25}?"
    r"(?:\b(?:report|reported|reports|published|said so|carried|wrote)\b|\bsource\b|\b(?:is|was) (?:that|this|"
    r"it) from\b|\bdoes (?:that|this|it) come from\b)"
    r"[^?]{0,25}\b(?:that|this|it|and|on|when|date|from|source)?\b[^?]{0,30}\?*$|^(?:and\s+)?(?:source|"
    r"sources|says who|according to whom)\?*$",
    re.IGNORECASE,
)


def _who_reported(question: str, context: _Context) -> Rewrite | None:
    """For "Which outlet reported that, and on what date?" asks where the matter of the earlier question stands."""
    if not _PROVENANCE.match(question) or len(_own_words(question) - _SOURCE_WORDS) > 0:
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
        f"Which outlet reported, and on what date, {matter}?", _carried(speaker=context.speaker, topic=said), changed=True
    )


_SOURCE_WORDS = word_set(
    """
    outlet newspaper paper source sources document agency publication medium report reported reports published carried
    wrote date day come first originally
    """
)


def _own_words(question: str) -> set[str]:
    return {word.folded for word in words_of(question) if word.folded not in STOP_WORDS}


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


def _exact_words(question: str, context: _Context) -> Rewrite | None:
    """For "In his own words?" asks for the quotation."""
    if not _EXACT.search(question) or len(_own_words(question)) > 4:
        return None
    standalone = _said_about(context).rstrip("?") + ", in their own words?"
    return Rewrite(standalone, _carried(speaker=context.speaker, topic=context.topic), changed=True)


def _bare(question: str, context: _Context) -> Rewrite | None:
    """For "And why?", "Since when?", "By whom?": the question word put to the earlier question's matter."""
    match = _BARE.match(question)
    if match is None:
        return None
    asked = match["wh"].lower()
    asked = {"why so": "why", "why not": "why not", "how so": "how", "what for": "why"}.get(asked, asked)
    standalone = _asked_of(asked, context)
    return Rewrite(standalone, _carried(speaker=context.speaker, topic=context.topic), changed=True)


def _asked_of(asked: str, context: _Context) -> str:
    analysis, topic = context.analysis, context.topic
    opening = asked[:1].upper() + asked[1:]
    if analysis.kind in {"what_said", "where_said"} and context.speaker:
        return f"{opening} did {context.speaker} say that{f' about {topic}' if topic else ''}?"
    if analysis.kind == "who_said":
        who = context.speaker or "somebody"
        return f"{opening} did {who} say that {topic}?" if _says(analysis.core) else f"{opening} did {who} speak of {topic}?"
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
    r"\bthe (?P<ordinal>first|second|third|fourth|fifth|last)(?: (?:one|of (?:these|those|them)|item|"
    r"point))?(?=[\s?.!,]|$)(?! \w+ (?!say|mean))",
    re.IGNORECASE,
)


def _nth_item(question: str, context: _Context) -> Rewrite | None:
    """For "The second one?" means the second item of a list that the cited words give, or else the second citation's speaker."""
    match = _NTH.search(question)
    if match is None or context.turn.answer is None or len(_own_words(question) - set(_ORDINALS) - {"one"}) > 4:
        return None
    items = _listed(context)
    position = _ORDINALS[match["ordinal"].lower()]
    if not items or position >= len(items):
        return None
    item = items[position]
    rest = _NTH.sub(item, _strip_and(question))
    if not _own_words(rest) - _own_words(item) - {"more"}:
        rest = f"What do the documents say about {item}?"
    return Rewrite(rest, _carried(item=item), changed=True)


def _listed(context: _Context) -> list[str]:
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
    speakers = [_speaker_of(c.statement) for c in answer.citations if c.statement is not None]
    return [speaker for speaker in dict.fromkeys(speakers) if speaker]


_PRONOUN = re.compile(r"\b(?P<word>he|she|him|his|her|hers|they|them|their|it|its|this|that|these|those)\b", re.IGNORECASE)
_PERSONAL = word_set("he she him his her hers")
_POSSESSIVE = word_set("his her their its hers")


def _pronouns(question: str, context: _Context) -> Rewrite | None:
    """Personal pronouns become the person last asked about or heard; "it" and "that" take the topic with them."""
    unquoted = re.sub(r"“[^”]*”|\"[^\"]*\"", lambda m: " " * len(m.group()), question)
    found = [m for m in _PRONOUN.finditer(unquoted) if not _has_antecedent(unquoted, m)]
    if not found:
        return None
    person = _person(context)
    carried: dict[str, str | None] = {}
    parts, position = [], 0
    for match in found:
        replacement = _antecedent(match, unquoted, context, person)
        if replacement is not None:
            parts += [question[position : match.start()], replacement]
            position = match.end()
            carried["speaker" if match["word"].lower() in _PERSONAL else "topic"] = replacement.removesuffix("'s")
    text = _strip_and("".join([*parts, question[position:]]))
    if not carried:
        return None
    return Rewrite(text[:1].upper() + text[1:], _carried(**carried), changed=True)


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


def _person(context: _Context) -> str | None:
    return next((name for name in context.people if not parties_in(name) or " " in name), None)


def _antecedent(match: re.Match[str], text: str, context: _Context, person: str | None) -> str | None:
    word = match["word"].lower()
    possessive = word in _POSSESSIVE and (word != "her" or re.match(r"\s+[a-z]", text[match.end() :]) is not None)
    if word == "that" and re.search(r"\b(?:said|say|told|tell|reported|claimed)\s+(?:[\w.’'-]+\s+){0,2}$", text[: match.start()]):
        joint = "that" if _says(context.analysis.core) else "about"
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


def _strip_and(question: str) -> str:
    text = re.sub(r"^(?:and|but|so|ok|okay|then)[,\s]+(?=\w)", "", question, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _with_topic(question: str, context: _Context) -> str:
    topic = context.topic
    if not topic or _own_words(topic) <= _own_words(question):
        return question
    return (
        f"{question.rstrip('?. ')} about {topic}?"
        if re.search(r"\bsay|said|think|respond|react", question)
        else f"{question.rstrip('?. ')}, concerning {topic}?"
    )


_DEFINITE = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:which|what|how many|who|when|where|how|name|list)\b", re.IGNORECASE)


def _short_question(question: str, context: _Context) -> Rewrite | None:
    """A question too short to stand alone ("Which regions?", "What were the three categories?") takes the topic along."""
    analysis = analyse_question(question)
    if not _DEFINITE.match(question) or analysis.names or analysis.speaker or analysis.quotes:
        return None
    if analysis.kind == "who_said" and analysis.terms:
        return None
    own = {term.stem for term in analysis.terms}
    known = {term.stem for term in context.analysis.terms}
    content = [term for term in analysis.terms if term.stem not in NUMBER_WORDS.values() and term.weight > 0.5]
    if not context.topic or len(content) > 2 or (len(content) == 2 and not own & known):
        return None
    if len(content) > 1 and not re.search(r"\b(?:the|these|those|that)\b", question) and not own & known:
        return None
    return Rewrite(
        f"{_strip_and(question).rstrip('?. ')}, concerning {context.topic}?", _carried(topic=context.topic), changed=True
    )


_RULES: tuple[Rule, ...] = (
    _correction, _other_side, _of_another, _nth_item, _what_about, _who_reported, _exact_words, _bare, _pronouns, _short_question,
)  # fmt: skip
