"""Vocabulary by which questions are told apart: verbs of speaking, acts of negotiation, requests that are no questions."""

from __future__ import annotations

from parley.index.language.descriptions import described, words_for
from parley.index.language.words import STOP_WORDS, fold, stem, words_of
from parley.index.types import Status


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in words.split())


SPEECH_VERBS = _stems(
    """say state claim tell argue suggest propose demand announce warn insist note explain describe characterise
    reveal acknowledge report declare write tweet add mention deny reject accuse urge offer promise predict ask
    request admit confirm emphasise stress complain express vow threaten oppose criticise praise welcome condemn
    call comment remark respond reply maintain assert allege caution concede contend disclose indicate inform
    observe pledge recall reiterate speak testify voice recommend quote propound label dismiss denounce hail credit
    blame attribute advocate appeal boast joke estimate conclude believe think want support endorse agree disagree
    characterize post publish object counter rule refuse signal hint brag bragged boasted"""
)
"""Stems of verbs by which words, demands or opinions are put to somebody."""

ASSESSING = _stems(
    "react answer justify see view assess judge regard interpret evaluate perceive portray frame defend rate feel respond comment"
)
"""Verbs of questions for what somebody said of a matter ("How does X see Y?") that tell of no words elsewhere."""

HOLDING = _stems("take have hold adopt express hold voice state maintain")
"""Verbs by which somebody has a position: "What position does X take on Y?"."""

POSITION_NOUNS = (
    r"positions?|views?|stances?|stand|attitudes?|opinions?|assessments?|explanations?|justifications?|demands?|proposals?|"
    r"responses?|reactions?|repl(?:y|ies)|offers?|counter-?proposals?|arguments?|objections?|claims?|comments?|messages?"
)
"""Nouns by which a question asks for what somebody said of a matter."""

STANDPOINTS = _stems("position view stance stand attitude opinion assessment comment message")
"""Those that name no act: any statement on the matter answers."""

NEUTRAL_SPEECH = _stems("say state tell report write quote mention remark comment speak express note add")
"""Speech verbs that claim nothing about the act: any cue in the documents answers to them."""

ACT_STATUS: dict[str, Status] = {
    **dict.fromkeys(_stems("propose suggest recommend table"), "proposed"),
    **dict.fromkeys(_stems("demand insist require"), "demanded"),
    **dict.fromkeys(_stems("offer tender"), "offered"),
    **dict.fromkeys(_stems("reject refuse dismiss decline oppose"), "rejected"),
    **dict.fromkeys(_stems("agree accept approve sign"), "agreed"),
    **dict.fromkeys(_stems("withdraw"), "withdrawn"),
    **dict.fromkeys(_stems("call urge appeal"), "called_for"),
}
"""Stem of an act's verb -> the status that a statement performing it would carry."""

WORDS_ONLY = NEUTRAL_SPEECH | _stems(
    """claim argue call describe characterise warn insist deny admit confirm promise predict accuse blame praise
    criticise boast joke complain label dismiss term brand hint threaten vow acknowledge"""
)
"""Speech verbs that do nothing but speak; "did X say" looks for X's statements, "did X accept" for a report of the deed."""

ACT_VERBS = _stems(
    """reject refuse accept approve agree sign ratify withdraw veto concede apologise resign boycott suspend cancel
    postpone violate breach ban recognise pardon arrest invade annex fire appoint abandon retract sue"""
)
"""Acts that a question may wrongly presuppose; an answer needs the document to name the act (or a synonym)."""

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
