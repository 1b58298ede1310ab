"""What a conversation offers to a follow-up question: who spoke, what about, in which report, and how that is put."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from parley.assistant.dialogue.conversation import Turn
from parley.assistant.dialogue.referents import Referent
from parley.assistant.evidence.speakers import display_name
from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import STOP_WORDS, words_of
from parley.index.types import Statement


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
class Context:
    """What the conversation offers.

    Attributes:
        turn: the last turn, its question as understood.
        analysis: of that question.
        speaker: who was asked about in it, or spoke in its answer.
        topic: its matter.
        people: who was asked about or heard, last first.
        named: everything that the conversation names.
        turns: how many turns there were.
    """

    turn: Turn
    analysis: QuestionAnalysis
    speaker: str | None
    topic: str
    people: tuple[str, ...]
    named: tuple[Referent, ...] = ()
    turns: int = 1

    @property
    def person(self) -> str | None:
        """Who was last asked about or heard, sides left out."""
        return next((name for name in self.people if not parties_in(name) or " " in name), None)


Rule = Callable[[str, Context], "Rewrite | None"]


def speaker_of(statement: Statement) -> str | None:
    """The speaker of a statement as a question would name them; `None` for a pronoun or somebody unidentified."""
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


def topic_of(analysis: QuestionAnalysis) -> str:
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
            if says(core)
            else _after_who(core)
        )
    if analysis.kind == "provenance":
        return re.sub(r"^which outlet reported,? and on what date(?:, that|:)\s*", "", core, flags=re.IGNORECASE)
    return _WH_START.sub("", core).strip()


_DETERMINED = re.compile(r"(?:the|an?|[\w.-]+['’]s?)\s+\w", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:he|she|they|it|you|i|we|his|her|their|this|that|these|those|did|does|do|is|are|was|were|has|have|had|will|would|who|which|"
    r"about|others?|any|else|happened)\b|(?<=\w)(?:ed|en)$|[\"“”]",
    re.IGNORECASE,
)


def is_noun_phrase(topic: str) -> bool:
    """Whether a topic can take the place of "it": a name, or a phrase with an article or possessor that holds no clause."""
    named = re.fullmatch(r"[^\W\d_]+", topic) is not None if topic[:1].islower() else _is_name(topic)
    return bool(topic) and (named or _DETERMINED.match(topic) is not None) and _CLAUSE.search(topic) is None


def _is_name(topic: str) -> bool:
    return all(word[:1].isupper() or word[:1].isdigit() or word in {"of", "the", "and", "de"} for word in topic.split())


def says(core: str) -> bool:
    """Whether a question asks who said something, in these words."""
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


def carried(**parts: str | None) -> tuple[str, ...]:
    """What was supplied, for people; parts without a value are left out."""
    return tuple(f"{name}: {value}" for name, value in parts.items() if value)


def _in_report(context: Context) -> str:
    """The report that the earlier question was limited to, as a phrase to begin with."""
    match = re.match(r"\s*in the [^,?]+? (?:report|article|story|piece)\b[^,?]*,\s*", context.turn.standalone, re.IGNORECASE)
    return match.group().strip() + " " if match else ""


def said_about(context: Context, speaker: str | None = None, topic: str | None = None) -> str:
    """The question what somebody said about the topic, within the report that the earlier question was limited to."""
    speaker = speaker or context.speaker or "they"
    topic = context.topic if topic is None else topic
    question = f"what did {speaker} say{f' about {topic}' if topic else ''}?"
    report = _in_report(context)
    return report + question if report else "W" + question[1:]


def own_words(question: str) -> set[str]:
    """The content words of a question, folded."""
    return {word.folded for word in words_of(question) if word.folded not in STOP_WORDS}


def strip_and(question: str) -> str:
    """The question without an opening "and" or "but"."""
    text = re.sub(r"^(?:and|but|so|ok|okay|then)[,\s]+(?=\w)", "", question, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def with_topic(question: str, context: Context) -> str:
    """The question with the topic of the earlier one, unless it names it."""
    topic = context.topic
    if not topic or own_words(topic) <= own_words(question):
        return question
    return (
        f"{question.rstrip('?. ')} about {topic}?"
        if re.search(r"\bsay|said|think|respond|react", question)
        else f"{question.rstrip('?. ')}, concerning {topic}?"
    )
