"""Vocabulary by which questions are told apart: verbs of speaking, acts of negotiation, requests that are no questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.index.language.descriptions import described, words_for
from parley.index.language.firmness import STATUS_OF_STANCE
from parley.index.language.lexicon import Cue, cue_stances, lexicon, plural, question_words
from parley.index.language.words import STOP_WORDS, fold, stem, words_of
from parley.index.types import Status

_STATUSES: tuple[Status, ...] = ("proposed", "demanded", "offered", "rejected", "agreed", "called_for")


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in words)


def _speaking() -> frozenset[str]:
    """Stems of the verbs of one word that a quotation may follow in a document."""
    return frozenset(
        stem(fold(cue.lemma)) for found in lexicon().cues.values() for cue in found if "q" in cue.frames and not cue.particles
    )


SPEECH_VERBS = _stems(question_words("speech")) | (_speaking() - _stems(question_words("deed")))
"""Stems of verbs by which words, demands or opinions are put to somebody."""

ASSESSING = _stems(question_words("assessing"))
"""Verbs of questions for what somebody said of a matter ("How does X see Y?") that tell of no words elsewhere."""

HOLDING = _stems(question_words("holding"))
"""Verbs by which somebody has a position: "What position does X take on Y?"."""

STANDPOINTS = _stems(question_words("standpoint"))
"""Nouns that name no act: any statement on the matter answers."""

POSITION_NOUNS = "|".join(
    plural(noun) for noun in sorted(question_words("standpoint") | question_words("standing_noun"), key=len, reverse=True)
)
"""Nouns by which a question asks for what somebody said of a matter, as alternatives of a pattern."""

NEUTRAL_SPEECH = _stems(question_words("neutral"))
"""Speech verbs that claim nothing about the act: any cue in the documents answers to them."""

ACT_STATUS: dict[str, Status] = {
    **{stem(fold(verb)): STATUS_OF_STANCE[stance] for verb, stance in cue_stances().items() if stance in STATUS_OF_STANCE},
    **{stem(fold(verb)): status for status in _STATUSES for verb in question_words(status)},
}
"""Stem of an act's verb -> the status that a statement performing it would carry."""

WORDS_ONLY = NEUTRAL_SPEECH | _stems(question_words("words_only"))
"""Speech verbs that do nothing but speak; "did X say" looks for X's statements, "did X accept" for a report of the deed."""

OPINION = (
    r"^(?:do|would|what do|what would) you (?:personally |really )?(?:think|believe|recommend|suggest|prefer|"
    r"like|feel|advise|want)|^in your (?:opinion|view)|"
    r"\byour (?:opinion|view|advice)\b|^(?:which|whose|what) (?:side|party|position|country|one|account) (?:is|was|are|were) "
    r"(?:right|wrong|better|worse|to blame|correct|justified|in the right|more (?:credible|reasonable|"
    r"trustworthy))|^who is (?:right|wrong|to blame)\b|"
    r"^should\b|\bwhat do you think\b|^is it (?:fair|right|just|wrong|good|bad)\b|\bis (?:more )?(?:trustworthy|honest)\b"
)
TASK = (
    r"^(?:please )?(?:can|could|would|will)? ?(?:you )?(?:please )?(?:translate|write|draft|compose|generate|"
    r"create|draw|code|calculate|compute|play|sing|"
    r"tell me a (?:joke|story|poem)|book|order|send|open|delete|remove|ignore|pretend|act as|roleplay|imagine|"
    r"convert|solve|remind)\b"
)
FUTURE = (
    r"^will\b|^(?:is|are) (?:there|\w+(?: \w+)?) (?:going|likely|bound|about) to\b|^who (?:will|"
    r"is going to) (?:win|prevail|lose|blink)\b|^what will happen\b|^how will (?:it|this) end\b"
)
OUTSIDE = (
    r"\b(?:what(?:'s| is| will) the weather|weather (?:today|tomorrow|forecast)|temperature outside|"
    r"stock price of|time is it|today's date|recipe|my (?:cv|resume|homework|essay|email|code|flight|"
    r"appointment))\b"
)

NON_DISCLOSURE = (
    r"\b(?:(?:did|does|do|would|could|has|have|had)(?:\s+not|n['’]t)\s+(?:immediately\s+|"
    r"publicly\s+)?(?:specif|elaborat|nam(?:e|ing)\b|identif|disclos|detail|"
    r"give (?:any )?details|provide (?:any )?details|say (?:what|which|who|when|where|why|how)|reveal)|"
    r"(?:declin|refus)(?:ed|es|ing) to (?:specify|elaborate|name|identify|disclose|say|comment|give|provide|reveal)|"
    r"without (?:specifying|elaborating|naming|identifying|giving|providing|disclosing|saying))"
)
"""Wording by which a document says that something was left unsaid."""


def spoken_phrase(words: Sequence[str]) -> Cue | None:
    """The verb of speaking with its particles that some words begin with: "point out", "make clear".

    Only those that surely report a clause in a document, and that "what" can be the object of: not "go on".
    """
    first = words[0] if words and words[0].islower() else ""
    following = tuple(word.strip(",:;?").lower() for word in words[1:5])
    found = (cue for cue in lexicon().cues.get(first, ()) if cue.particles and "c" in cue.sure and "n" in cue.frames)
    fitting = [cue for cue in found if following[: len(cue.particles)] == cue.particles]
    return max(fitting, key=lambda cue: len(cue.particles), default=None)


def can_speak(asked: str) -> bool:
    """Whether a question's words may be meant as a speaker: a name, an office, an institution or a side."""
    words = [word for word in words_of(asked) if word.folded not in STOP_WORDS]
    named = any(word.surface[:1].isupper() for word in words)
    wanted = described(asked)
    return named or bool(wanted.heads & (words_for("office") | words_for("institution")))


_PERMITTED = "allowed|permitted|entitled|free|possible"
_OBLIGED = "obliged|required|bound|have to|need to|compulsory|mandatory|forbidden|prohibited|banned"
OF_PERMISSION = f"{_PERMITTED}|{_OBLIGED}"
"""Words that say that something may, must or must not be done."""

PERMISSION = rf"(?:may|can|must|shall|should)\b|(?:is|are|was|were|does|do)\b[^?]*\b(?:{OF_PERMISSION})\b"
"""How questions begin that ask what somebody may or must do, by a rule: of these, no deed is taken for granted."""
