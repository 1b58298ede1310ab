"""The forms that questions take: patterns, in the order in which they are tried, and the parts that each names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.comparison_form import comparison
from parley.assistant.question.position_form import WORD, Position, asked_position, asked_reaction
from parley.assistant.question.question_words import can_speak
from parley.assistant.question.quote_frame import QUOTATION_MARKS, SURE, asked_mentions, quote_frame
from parley.index.language.lexicon import alternatives, is_role_word, lexicon, question_words, word_kind
from parley.index.language.words import NUMBER_WORDS, fold, stem

Kind = Literal[
    "who_said", "what_said", "whether_said", "quote_check", "where_said", "provenance",
    "who", "who_is", "what", "which", "when", "where", "how_many", "why", "how", "whether", "list", "compare",
]  # fmt: skip
AnswerType = Literal["speaker", "person", "date", "place", "number", "money", "percent", "reason", "yes_no", "outlet", "text"]

_SPEECH_WORD = WORD
_BE, _DO = question_words("asking_be"), question_words("asking_do")
_ASKING_VERB = alternatives(_BE | _DO)
_OTHER_WORD = alternatives(question_words("other_question_word"))


@dataclass(frozen=True, slots=True)
class Form:
    """The kind of a question and the parts its pattern named."""

    kind: Kind
    answer_type: AnswerType
    speaker: str | None = None
    verb: str | None = None
    noun: str | None = None
    topic: str | None = None
    sides: tuple[str, ...] = ()


_SPEECH_QUESTION = re.compile(
    rf"\b(?:what|which|how|whether) (?:else |exactly |precisely |"
    rf"(?P<noun>(?:{_SPEECH_WORD} ){{1,3}}))?(?P<auxiliary>{_ASKING_VERB}) (?P<clause>[^?]+)",
    re.IGNORECASE,
)
_DID_SAY = re.compile(rf"^(?:{alternatives(_DO - {'do'})}|is it true that|was it) (?P<clause>[^?]+)", re.IGNORECASE)
_WHO_SAID = re.compile(
    rf"^(?:who(?: else)?|which (?P<noun>[^?]+?)|whose {_SPEECH_WORD}) (?:(?:was|were|is|are) (?:it|"
    rf"the (?:first|one|person))?\s*(?:that|who|to)?\s*|has |have |had |first |also |really |actually |"
    rf"publicly )*"
    rf"(?P<verb>{_SPEECH_WORD})\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"^who (?:first )?(?:made|came out with|had the idea (?:to|that)|brought up|issued|gave|raised|"
    r"voiced|uttered|is behind|was behind) (?:the |this |that )?(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    rf"^whose (?:own )?(?:words?|remarks?|quotes?|lines?|phrases?|ideas?|{vocabulary.POSITION_NOUNS}) (?:was|were|is|are) "
    r"(?:it)?\s*(?:that )?(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_PROVENANCE = re.compile(
    rf"\b(?:which|what) (?:{alternatives(question_words('source_noun'))}|news organi[sz]ation)s? "
    r"(?:\w+ )?(?:report|reported|reports|published|publishes|carried|carries|ran|quoted|says|said|contains|"
    r"mentions|mentioned|has|covered|wrote|is (?:this|that|it) from)|"
    r"\bwho reported\b|\bwhere (?:was|is|were) (?:that|this|it) (?:reported|published|from)|"
    r"\bwhen was (?:that|this|it) (?:reported|published)|\bwhere does [^?]+ come from",
    re.IGNORECASE,
)
_WHERE_SAID = re.compile(
    r"^(?:where|to whom|to what \w+|(?:to|in|on|through) which \w+)"
    r"(?:,? and (?:where|when|on what occasion),?)? (?:did|does|has|had|was|were) (?P<clause>[^?]+)",
    re.IGNORECASE,
)


def question_form(core: str, unquoted: str, quotes: tuple[str, ...]) -> Form:
    """The form of a question: `core` with, `unquoted` without the words in its quotation marks."""
    lowered = unquoted.lower()
    return (
        _quote_form(core, unquoted, quotes)
        or _position_form(asked_reaction(core))
        or _comparison_form(core)
        or _speaker_form(core)
        or _who_said_form(core, lowered)
        or _fact_form(core, lowered)
    )


def _comparison_form(core: str) -> Form | None:
    found = comparison(core)
    if found is None:
        return None
    return Form("compare", "text", topic=found.matter if found.sides else found.matter or core, sides=found.sides)


def _is_speech(verb: str) -> bool:
    return verb[:1].islower() and stem(fold(verb)) in vocabulary.SPEECH_VERBS


@dataclass(frozen=True, slots=True)
class _Clause:
    """`speaker verb rest`, as in "the minister | say | about wages"."""

    speaker: str
    verb: str
    rest: str


_PLAIN_PRONOUNS = question_words("plain_pronoun")
_NO_SPEAKER = re.compile(
    r"(?:there|it|this|that|these|any|anyone)\b|(?:the |these |those )?(?:documents?|texts?|sources|files?|papers)$",
    re.IGNORECASE,
)
_BEFORE_NOUNS = question_words("before_noun")
_ADVERBS = question_words("passed_over")


def _speech_clause(clause: str, *, participle: bool = False) -> _Clause | None:
    """Split at the first verb of speaking that has a possible speaker before it; `None` if there is none.

    With `participle` (after "is", "was") only "-ing" forms count: "what was the union demanding".
    """
    words = clause.split()
    for position in range(1, min(len(words), 10)):
        verb = words[position].strip(",:;")
        phrase = None if _is_speech(verb) else vocabulary.spoken_phrase(words[position:])
        if phrase is None and _is_other_verb(words[position - 1], verb):
            return None
        noun_ahead = words[position - 1].lower() in _BEFORE_NOUNS or (participle and not verb.endswith("ing"))
        if noun_ahead or _is_plural(verb) or not (phrase or _is_speech(verb)):
            continue
        speaker = [word for word in words[:position] if word.lower() not in _ADVERBS]
        if not speaker or _NO_SPEAKER.match(" ".join(speaker)) or _begins_with_link(speaker[0]):
            return None
        if phrase is None:
            return _Clause(" ".join(speaker), stem(fold(verb)), " ".join(words[position + 1 :]))
        behind = position + 1 + len(phrase.particles)
        found = _Clause(" ".join(speaker), stem(fold(phrase.lemma)), " ".join(words[behind:]))
        return found if can_speak(found.speaker) else None
    return None


def _is_other_verb(before: str, word: str) -> bool:
    """Whether a word right behind a name is a verb of something else than speaking: "raise" in "did Brandt raise in the call"."""
    named = before[:1].isupper() and not before.endswith(("'s", "’s")) and word.islower()
    plain = is_role_word(word) or word in word_kind("generic_speaker") or word in _ADVERBS
    return named and word in lexicon().forms and not plain and not _is_speech(word)


def _is_plural(word: str) -> bool:
    """Whether a word behind "did" or "have" and its subject can be no verb: "states" in "Have the states sent any back?"."""
    return word.endswith("s") and not word.endswith("ss")


def _begins_with_link(word: str) -> bool:
    """Whether no speaker's name begins so: "with" in "What should he do with the minutes if he says so?"."""
    return lexicon().kinds.get(word.lower()) == "preposition"


_OTHER_TASK = re.compile(r"(?:compare|contrast|list|summari[sz]e|explain|describe|translate|define)\b", re.IGNORECASE)
_ASKS_OTHERWISE = re.compile(
    rf"(?:(?:{alternatives(question_words('asking_link'))}) )?(?:{alternatives(question_words('question_word'))})\b",
    re.IGNORECASE,
)
_NAMES_SOMEBODY = re.compile(
    r"(?:[-–—,]\s*|[?.]\s+)(?:was|is|were) (?:it|that|this|he|she)\b|\s[-–—]\s*(?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}\?$"
)
"""Behind a question of who: "Who said “…” - was it Toll?", "… - Toll?"."""

_ASKS_WORDS = re.compile(
    r"\b(?:quot\w+|sa(?:y|id|ys|ying)|said|appears?|occurs?|stands?|words?|come from|finds?|found|phrases?|verif\w+|check\w*|"
    r"speaks? of|spoke of|accurate|genuine|real|correct|confirm\w*|wording|verbatim|lines?)\b",
    re.IGNORECASE,
)
_WORDS_OF_SPEECH = 5
"""Words of a quotation that must be somebody's, not a name or a term in quotation marks."""


def _quote_form(core: str, unquoted: str, quotes: tuple[str, ...]) -> Form | None:
    if _PROVENANCE.search(unquoted):
        return Form("provenance", "outlet")
    where = _WHERE_SAID.match(unquoted)
    if where and (clause := _speech_clause(where["clause"])) and (quotes or clause.verb in vocabulary.NEUTRAL_SPEECH):
        return Form("where_said", "outlet", clause.speaker, clause.verb, topic=clause.rest + " " + " ".join(quotes))
    return _quote_check_form(core) if quotes else None


def _quote_check_form(core: str) -> Form | None:
    """A question of whether somebody said the quoted words, in whatever frame they stand."""
    frame = quote_frame(core)
    if _OTHER_TASK.match(frame) or (_ASKS_OTHERWISE.match(frame) and not _NAMES_SOMEBODY.search(frame)):
        return None
    sure = [mention for mention in asked_mentions(frame) if mention.rating >= SURE]
    if sure:
        return Form("quote_check", "yes_no", sure[0].name, topic=core)
    longest = max(len(words.split()) for words in QUOTATION_MARKS.findall(core))
    return Form("quote_check", "yes_no", topic=core) if _ASKS_WORDS.search(frame) or longest >= _WORDS_OF_SPEECH else None


def _who_said_form(core: str, lowered: str) -> Form | None:
    if match := _MADE.match(core) or _WHOSE.match(core):
        return Form("who_said", "speaker", topic=match["rest"])
    if (which := _which_speaker(core)) is not None:
        return which
    match = _WHO_SAID.match(core)
    is_who = match and not re.match(r"who (?:is|was|are|were)\b(?! (?:it|the (?:first|one|person)|quoted))", lowered)
    asks_other = match and re.match(rf"\s*(?:{_ASKING_VERB})\b", match["rest"])
    if match and is_who and not asks_other and _is_speech(match["verb"]):
        return Form("who_said", "speaker", verb=stem(fold(match["verb"])), noun=match["noun"], topic=match["rest"])
    return None


def _which_speaker(core: str) -> Form | None:
    """For "which former official called it a mistake": the first past-tense verb of speaking after a short noun phrase."""
    words = core.rstrip("?").split()
    if not words or words[0].lower() != "which":
        return None
    for position in range(2, min(len(words), 7)):
        past = words[position].endswith("ed") or words[position] in {"said", "told", "wrote", "says", "spoke"}
        describes = lexicon().kinds.get(words[position - 1].lower()) == "determiner"  # "visited the proposed corridor"
        if past and not describes and _is_speech(words[position]):
            rest = " ".join(words[position + 1 :])
            return Form("who_said", "speaker", verb=stem(fold(words[position])), noun=" ".join(words[1:position]), topic=rest)
    return None


def _speaker_form(core: str) -> Form | None:
    core = re.sub(r"\b(?:have|has|had) to (?=say\b)", "", core)
    match = _SPEECH_QUESTION.search(core)
    if match and re.match(r"how (?:many|much|long|often|far|old|big|large)\b", core, re.IGNORECASE):
        match = None
    being = match is not None and match["auxiliary"].lower() in _BE
    if match and (clause := _first_clause(match, core, participle=being)):
        noun = (match["noun"] or "").strip() or None
        return Form("what_said", "text", clause.speaker, clause.verb, noun, f"{noun or ''} {clause.rest}")
    if (asked := _position_form(asked_position(core))) is not None:
        return asked
    match = _DID_SAY.match(core)
    if (
        match
        and (clause := _speech_clause(match["clause"]))
        and clause.verb in vocabulary.WORDS_ONLY
        and clause.speaker.lower() not in _PLAIN_PRONOUNS
        and not re.match(r"(?:to|with)\b", clause.rest)
        and (clause.rest.strip() or " and " not in clause.speaker)  # "Have A and B spoken?" asks for no words
    ):
        return Form("whether_said", "yes_no", clause.speaker, clause.verb, topic=f"{clause.verb} {clause.rest}")
    return None


def _position_form(asked: Position | None) -> Form | None:
    return Form("what_said", "text", asked.speaker, asked.verb, topic=asked.matter) if asked else None


def _first_clause(match: re.Match[str], core: str, *, participle: bool) -> _Clause | None:
    """By the first verb of speaking or assessing: "react" in "How did X react to Y calling it a mistake?"."""
    found = (_speech_clause(match["clause"], participle=participle), _assessing_clause(match, core))
    return min((clause for clause in found if clause), key=lambda clause: len(clause.speaker), default=None)


def _assessing_clause(match: re.Match[str], core: str) -> _Clause | None:
    """For "How does X see Y?" the parts; what a market or a crowd did in reaction is not asked of their words."""
    if not core.lower().startswith("how") or match["auxiliary"].lower() not in _DO:
        return None
    words = match["clause"].split()
    for position in range(1, min(len(words), 10)):
        verb = stem(fold(words[position].strip(",:;")))
        if words[position][:1].islower() and verb in vocabulary.ASSESSING and words[position - 1].lower() not in _BEFORE_NOUNS:
            speaker = " ".join(word for word in words[:position] if word.lower() not in _ADVERBS)
            return _Clause(speaker, verb, " ".join(words[position + 1 :])) if can_speak(speaker) else None
    return None


_AUXILIARY = rf"(?:{alternatives(word_kind('auxiliary_form'))})(?:n['’]t)?"
_MEASURE = alternatives(question_words("measure"))
_NUMBER = re.compile(rf"\bhow (?P<what>{_MEASURE})\b\s*(?P<noun>[^?]*?)(?:\b{_AUXILIARY}\b(?! \d)|\?|$)", re.IGNORECASE)
_ASKING_WHEN = re.compile(rf"^when\b(?!.*\b(?:{_OTHER_WORD})\b)|\bwhen(?= {_AUXILIARY}\b|\?|$)|\bsince when\b", re.IGNORECASE)
_ASKING_WHERE = re.compile(rf"^where\b(?!.*\b(?:{_OTHER_WORD})\b)|\bwhere(?= {_AUXILIARY}\b|\?|$)", re.IGNORECASE)
"""As question words; in "the time when talks began" they ask for nothing."""

_OTHER_QUESTION = re.compile(rf"(?:{_OTHER_WORD}|whose)\b", re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:on |in |by |since |until )?(?:what|which) (?:exact |calendar )?(?:{alternatives(question_words('time_noun'))})"
    r"\b|\bsince when\b|\bhow long ago\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"\b(?:what|which) (?:\w+ ){{0,2}}(?:{alternatives(question_words('place_noun'))})\b", re.IGNORECASE)
_PERSON = re.compile(
    rf"\bwhom?\b|\bwhose\b|\b(?:which|what) (?:\w+ ){{0,2}}(?:{alternatives(question_words('person_noun'))})\b", re.IGNORECASE
)


_COMPARE = re.compile(
    r"(?:compare|contrast)\b|(?:what|how) (?:is|are|was|were|did|do|does)[^?]*\b(?:differ|difference|compare|side by side)\b|"
    r"where do [^?]* (?:agree|differ|disagree)"
)
_WHY = re.compile(
    r"why\b|for what reason\b|what (?:was|is|were|are) the (?:reason|cause|motive)|how come\b|what for\b|on what grounds\b"
)
_WHO_IS = re.compile(r"[Ww]ho (?:is|was|are|were) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*(?:\?|,| and\b|$)")
_LIST = re.compile(
    r"(?:list|name|enumerate|give|show)\b|what (?:were|are) the (?:\w+ )*\w+s\b|"
    r"what \w+s (?:are|were|did|do)\b"
)
_LIST_OF = re.compile(rf"which (?:(?:{'|'.join(sorted(NUMBER_WORDS.keys() - {'one'}))}|\d+) )?(?!\w+(?:ss|us)\b)\w+s\b")
_WHETHER = re.compile(rf"(?:{_AUXILIARY}|am)\b")
_WHICH = re.compile(r"(?:.*\bwhich\b|what (?!is|was|are|were)\w+ )")


def _fact_form(core: str, lowered: str) -> Form:
    """The first form whose pattern fits: those that one word decides come first, "which" and "what" last."""
    noun = _which_noun(core)
    number = _NUMBER.search(core)
    forms = (
        (_COMPARE.match(lowered), Form("compare", "text")),
        (_WHY.match(lowered), Form("why", "reason")),
        (number, _number_form(number) if number else None),
        (_DATE.search(core) or _asks(_ASKING_WHEN, core), Form("when", "date")),
        (_WHO_IS.match(core), Form("who_is", "text")),
        (_LIST.match(lowered) or _LIST_OF.match(lowered), Form("list", "text", noun=noun)),
        (_PERSON.search(core), Form("who", "person", verb=_who_verb(core))),
        (_PLACE.search(core) or _asks(_ASKING_WHERE, core), Form("where", "place", noun=noun)),
        (_WHETHER.match(lowered), Form("whether", "yes_no")),
        (noun and _WHICH.match(lowered), Form("which", "text", noun=noun)),
    )
    fitting = (form for found, form in forms if found and form)
    return next(fitting, Form("how" if lowered.startswith("how") else "what", "text"))


def _asks(word: re.Pattern[str], core: str) -> bool:
    """Whether a question word asks, and does not join a clause to a question that begins with another one."""
    return word.search(core) is not None and _OTHER_QUESTION.match(core) is None


def _number_form(match: re.Match[str]) -> Form:
    noun = match["noun"].strip()
    if match["what"].lower() == "much" and not re.search(r"time|percent|water|oil|land", noun):
        return Form("how_many", "money" if not noun or "money" in noun else "number", noun=noun or None)
    if re.search(r"\bpercent|\bshare\b|\bproportion\b", noun):
        return Form("how_many", "percent", noun=noun)
    return Form("how_many", "number", noun=noun or None)


def _which_noun(core: str) -> str | None:
    match = re.search(
        rf"\b(?:which|what(?! (?:happen|went|goes|caused|led|made|makes))(?: (?:are|were|was|"
        rf"is) the)?) (?P<noun>(?:{_SPEECH_WORD} ){{0,2}}?{_SPEECH_WORD})(?= (?:is|are|was|were|did|do|does|has|"
        rf"have|had|will|would|can|could|of|in|for|to|that|who)\b|\?|$)",
        core,
        re.IGNORECASE,
    )
    kinds = [lexicon().kinds.get(word.lower()) for word in match["noun"].split()] if match else []
    return match["noun"] if match and not {"auxiliary", "be", "have"} & set(kinds) else None


def _who_verb(core: str) -> str | None:
    match = re.match(
        rf"who(?: else)? (?:has |have |had |is |are |was |were |did |do |does |will |would |also |"
        rf"first )*(?P<verb>{_SPEECH_WORD})",
        core,
        re.IGNORECASE,
    )
    if match is None or match["verb"].lower() in {"the", "a", "an"} or match["verb"][:1].isupper():
        return None
    return stem(fold(match["verb"]))
