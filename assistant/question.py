"""What a question asks: its kind, the asked speaker, quoted words, outlet and date, and the words that an answer must bear on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from dateutil import parser as date_parser

from assistant import question_words as vocabulary
from assistant.words import fold, is_content, stem, words_of

Kind = Literal[
    "who_said", "what_said", "whether_said", "quote_check", "where_said", "provenance",
    "who", "who_is", "what", "which", "when", "where", "how_many", "why", "how", "whether", "list", "compare",
]  # fmt: skip
AnswerType = Literal["speaker", "person", "date", "place", "number", "money", "percent", "reason", "yes_no", "outlet", "text"]
Scope = Literal["documents", "future", "opinion", "task", "outside"]

_SPEECH_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_ASKED_ON = re.compile(r"\(?\b(?:the question was )?asked on (?P<date>\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4})\.?\)?\.?\s*$", re.IGNORECASE)
_REPORT = re.compile(
    r"^(?:(?:and|but|so),?\s+)?(?:in|according to|per) the (?P<outlet>[^,?]{2,60}?) (?:report|article|story|piece|dispatch|account)"
    r"(?: (?:of|from|dated|published on|on) (?P<date>[^,?]{6,30}?))?,\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"[,\s]*\baccording to (?P<speaker>[^,?]+)[,?]?\s*", re.IGNORECASE)
_MARKS = re.compile(r"“[^“”]+”|\"[^\"]+\"|«[^«»]+»|„[^„“”]+[“”]|''(?:(?!'').)+''|(?<![\w’'])[‘'][^‘’']*(?:[’'](?=\w)[^‘’']*)*[’'](?!\w)")
_LEADING = re.compile(r"^(?:(?:and|but|so|ok|okay|well|then|now|also|no|yes|please),?\s+|(?:can|could) you (?:please )?(?:tell me|say|show me)\s+|(?:please\s+)?tell me\s+)+", re.IGNORECASE)
_TAIL = re.compile(
    r",?\s+(?:and\s+)?(?:(?P<addressee>to (?:whom|who|which (?:outlet|paper|newspaper|agency|medium|media|reporter))|which (?:outlet|paper|newspaper|agency) (?:did (?:he|she|they) tell|reported (?:it|that|this)))|"
    r"(?P<where>where)|(?P<when>when|on (?:what|which) (?:date|day)))(?: (?:did (?:he|she|they) (?:say|tell)(?: (?:so|that|it|this))?|was (?:that|it|this)))?\s*\?*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. `weight` (0 to 1) is low for words that only carry the question's form."""

    surface: str
    stem: str
    weight: float = 1.0
    named: bool = False


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """What a question asks.

    Attributes:
        text: the standalone question as given.
        core: the question without report, date and courtesy phrases; terms come from it.
        kind: which kind of answer is wanted.
        answer_type: what the shortest answer would consist of.
        terms: content words in order, each stem once, without the speaker's name where one is asked for.
        names: runs of capitalised words other than the speaker, as written.
        speaker: whose words are asked for, as written ("the Russian side"); `None` if anyone's.
        verb: stem of the verb of speaking or acting that the question names, if any.
        quotes: words in quotation marks, without the marks.
        noun: head noun asked for by "which …" or "how many …".
        outlet, published: the report the question is limited to.
        asked_on: the day on which the question says it was asked.
        wants_addressee, wants_place, wants_date: asked for besides.
        negated: whether the question itself negates ("why wasn't …").
        scope: "documents" if documents may answer it; else why they cannot.
    """

    text: str
    core: str
    kind: Kind
    answer_type: AnswerType
    terms: tuple[Term, ...]
    names: tuple[str, ...] = ()
    speaker: str | None = None
    verb: str | None = None
    quotes: tuple[str, ...] = ()
    noun: str | None = None
    outlet: str | None = None
    published: Date | None = None
    asked_on: Date | None = None
    wants_addressee: bool = False
    wants_place: bool = False
    wants_date: bool = False
    negated: bool = False
    scope: Scope = "documents"


def question_parts(text: str) -> tuple[str, ...]:
    """The questions that `text` asks one after the other; a single one as it is.

    They are told apart by question marks, or by a slash before a question word. Statements before a question stay with it.
    """
    masked = _MARKS.sub(lambda m: "x" * len(m.group()), text)
    cuts = [m.end() for m in re.finditer(r"\?\s+(?=\S+\s+\S+\s+\S)|\s/\s(?=(?:who|what|when|where|which|why|how)\b)", masked, re.IGNORECASE)]
    parts = [text[start:end].strip(" /") for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    asking = [part if part.endswith((".", "?", ")")) else part + "?" for part in parts if len(part.split()) > 2]
    return tuple(asking) if len(asking) > 1 and not _ASKED_ON.match(asking[-1]) else (text,)


@dataclass(frozen=True, slots=True)
class _Form:
    """The kind of a question and the parts its pattern named."""

    kind: Kind
    answer_type: AnswerType
    speaker: str | None = None
    verb: str | None = None
    noun: str | None = None
    topic: str | None = None


def analyse_question(text: str) -> QuestionAnalysis:
    """Analyse one standalone English question (or a request put as a statement)."""
    rest, asked_on = _take_asked_on(" ".join(text.split()))
    rest, outlet, published = _take_report(rest)
    core = _LEADING.sub("", rest).strip()
    quotes = quoted_words(core)
    core, tail = _take_tail(core)
    unquoted = _MARKS.sub(" ", core) if quotes else core
    core, according = _take_according(core) if not quotes else (core, None)
    form = _form(core, unquoted, quotes)
    speaker = form.speaker or according
    names = _names(unquoted, speaker)
    speaker = names[-1] if speaker and speaker.lower() in _PRONOUNS and names else speaker
    return QuestionAnalysis(
        text=text,
        core=core,
        kind=form.kind,
        answer_type=form.answer_type,
        terms=_terms(form.topic if form.topic is not None else core, form, speaker, names),
        names=names,
        speaker=_clean_speaker(speaker),
        verb=form.verb,
        quotes=quotes,
        noun=form.noun,
        outlet=outlet,
        published=published,
        asked_on=asked_on,
        wants_addressee=tail == "addressee" or form.kind == "where_said",
        wants_place=tail == "where" or form.kind == "where_said",
        wants_date=tail == "when",
        negated=bool(re.search(r"\b(?:not|never|no|none|neither)\b|n['’]t\b", unquoted, re.IGNORECASE)),
        scope=_scope(core),
    )


def quoted_words(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, without the marks; for `Who said, "…"?` everything between the first and last mark."""
    whole = re.match(r"(?:who|which \w+|whose)\b[^\"“«]{0,40}?\b(?:said|say|says|saying|stated|wrote)[,:]?\s+(?P<open>[\"“«]|'')(?P<words>.+)(?:[\"”»]|'')[\s?.!]*$", text, re.IGNORECASE)
    if whole is not None:
        return (whole["words"].strip(),)
    return tuple(m.group().strip("\"“”«»„‘’'").strip() for m in _MARKS.finditer(text) if len(m.group()) > 4)


def _take_asked_on(text: str) -> tuple[str, Date | None]:
    match = _ASKED_ON.search(text)
    if match is None:
        return text, None
    return text[: match.start()].strip(), _date(match["date"])


def _date(text: str | None) -> Date | None:
    if not text:
        return None
    try:
        return date_parser.parse(text, dayfirst=not re.match(r"\d{4}-", text)).date()
    except (ValueError, OverflowError):
        return None


def _take_report(text: str) -> tuple[str, str | None, Date | None]:
    match = _REPORT.match(text)
    if match is None:
        return text, None, None
    return match["rest"], match["outlet"], _date(match["date"])


def _take_tail(text: str) -> tuple[str, str | None]:
    match = _TAIL.search(text)
    if match is None or not match.start():
        return text, None
    return text[: match.start()].rstrip(" ,") + "?", match.lastgroup


def _take_according(text: str) -> tuple[str, str | None]:
    match = _ACCORDING.search(text)
    if match is None or re.match(r"according to whom\b", match.group().strip(" ,"), re.IGNORECASE):
        return text, None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,")
    rest = rest if rest.endswith("?") else rest + "?"
    return rest[:1].upper() + rest[1:], match["speaker"].strip()


_SPEECH_QUESTION = re.compile(
    rf"\b(?:what|which|how|whether) (?:else |exactly |precisely |(?P<noun>(?:{_SPEECH_WORD} ){{1,3}}))?(?P<auxiliary>did|does|do|has|have|had|is|was|were|are) (?P<clause>[^?]+)",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"^what (?:is|was|are|were) (?P<speaker>[^?]+?)['’]s? (?P<adjectives>(?:\w+ ){0,3}?)(?P<verb>position|view|views|stance|demand|demands|proposal|proposals|response|reaction|opinion|"
    r"offer|counter-proposal|counterproposal|argument|objection|claim|comment|comments|message)\b(?:\s+(?:on|about|to|regarding|of|for|concerning|towards?))?(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_DID_SAY = re.compile(r"^(?:did|does|has|have|had|is it true that|was it) (?P<clause>[^?]+)", re.IGNORECASE)
_WHO_SAID = re.compile(
    rf"^(?:who(?: else)?|which (?P<noun>[^?]+?)|whose {_SPEECH_WORD}) (?:(?:was|were|is|are) (?:it|the (?:first|one|person))?\s*(?:that|who|to)?\s*|has |have |had |first |also |really |actually |publicly )*"
    rf"(?P<verb>{_SPEECH_WORD})\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_MADE = re.compile(r"^who (?:made|put forward|came up with|issued|gave|raised|voiced|uttered|is behind|was behind) (?:the |this |that )?(?P<rest>[^?]*)", re.IGNORECASE)
_PROVENANCE = re.compile(
    r"\b(?:which|what) (?:outlet|newspaper|paper|source|document|documents|report|reports|publication|agency|medium|media|file|article|site|website|news organi[sz]ation)s? "
    r"(?:\w+ )?(?:report|reported|reports|published|publishes|carried|carries|ran|quoted|says|said|contains|mentions|mentioned|has|covered|wrote|is (?:this|that|it) from)|"
    r"\bwho reported\b|\bwhere (?:was|is|were) (?:that|this|it) (?:reported|published|from)|\bwhen was (?:that|this|it) (?:reported|published)|\bwhere does [^?]+ come from",
    re.IGNORECASE,
)
_WHERE_SAID = re.compile(r"^(?:where|to whom|to which \w+|in which \w+|on which \w+) (?:did|does|has|had|was|were) (?P<clause>[^?]+)", re.IGNORECASE)


def _form(core: str, unquoted: str, quotes: tuple[str, ...]) -> _Form:
    lowered = unquoted.lower()
    return _quote_form(core, unquoted, quotes) or _speaker_form(core) or _who_said_form(core, lowered) or _fact_form(core, lowered)


def _is_speech(verb: str) -> bool:
    return verb[:1].islower() and stem(fold(verb)) in vocabulary.SPEECH_VERBS


@dataclass(frozen=True, slots=True)
class _Clause:
    """`speaker verb rest`, as in "the minister | say | about wages"."""

    speaker: str
    verb: str
    rest: str


_BEFORE_NOUNS = frozenset(["a", "an", "the", "of", "to", "in", "on", "for", "his", "her", "their", "its", "our", "no", "any", "this", "that"])
_ADVERBS = frozenset(["really", "actually", "also", "ever", "reportedly", "first", "then", "publicly", "been", "initially", "allegedly", "to", "not"])


def _speech_clause(clause: str, *, participle: bool = False) -> _Clause | None:
    """Split at the first verb of speaking that has a possible speaker before it; `None` if there is none.

    With `participle` (after "is", "was") only "-ing" forms count: "what was the union demanding".
    """
    words = clause.split()
    for position in range(1, min(len(words), 10)):
        noun_ahead = words[position - 1].lower() in _BEFORE_NOUNS or (participle and not words[position].endswith("ing"))
        if noun_ahead or not _is_speech(words[position].strip(",:;")):
            continue
        speaker = [word for word in words[:position] if word.lower() not in _ADVERBS]
        if speaker and speaker[0].lower() not in {"there", "it", "this", "that", "these", "any", "anyone"}:
            return _Clause(" ".join(speaker), stem(fold(words[position].strip(",:;"))), " ".join(words[position + 1 :]))
        return None
    return None


def _quote_form(core: str, unquoted: str, quotes: tuple[str, ...]) -> _Form | None:
    if _PROVENANCE.search(unquoted):
        return _Form("provenance", "outlet")
    where = _WHERE_SAID.match(unquoted)
    if where and (clause := _speech_clause(where["clause"])) and (quotes or clause.verb in vocabulary.NEUTRAL_SPEECH):
        return _Form("where_said", "outlet", clause.speaker, clause.verb, topic=clause.rest + " " + " ".join(quotes))
    if not quotes:
        return None
    said = _DID_SAY.match(unquoted)
    if said and (clause := _speech_clause(said["clause"])):
        return _Form("quote_check", "yes_no", clause.speaker, clause.verb, topic=core)
    asks_words = r"(?:is|was|are|were|does|did|do|where|has|have|check|verify)\b.*(?:quot|say|said|appear|occur|stand|words?|come from|find|found|phrase|verify|check)"
    return _Form("quote_check", "yes_no", topic=core) if re.match(asks_words, unquoted, re.IGNORECASE) else None


def _who_said_form(core: str, lowered: str) -> _Form | None:
    if match := _MADE.match(core):
        return _Form("who_said", "speaker", topic=match["rest"])
    match = _WHO_SAID.match(core)
    is_who = match and not re.match(r"who (?:is|was|are|were)\b(?! (?:it|the (?:first|one|person)|quoted))", lowered)
    asks_other = match and re.match(r"\s*(?:did|does|do|is|was|are|were|has|have)\b", match["rest"])
    if match and is_who and not asks_other and _is_speech(match["verb"]):
        return _Form("who_said", "speaker", verb=stem(fold(match["verb"])), noun=match["noun"], topic=match["rest"])
    return None


def _speaker_form(core: str) -> _Form | None:
    match = _SPEECH_QUESTION.search(core)
    being = match is not None and match["auxiliary"].lower() in {"is", "was", "are", "were"}
    if match and (clause := _speech_clause(match["clause"], participle=being)):
        noun = (match["noun"] or "").strip() or None
        return _Form("what_said", "text", clause.speaker, clause.verb, noun, f"{noun or ''} {clause.rest}")
    if match := _POSITION.match(core):
        return _Form("what_said", "text", match["speaker"], stem(fold(match["verb"])), topic=f"{match['adjectives']} {match['rest']}")
    match = _DID_SAY.match(core)
    if match and (clause := _speech_clause(match["clause"])):
        return _Form("whether_said", "yes_no", clause.speaker, clause.verb, topic=f"{clause.verb} {clause.rest}")
    return None


_NUMBER = re.compile(r"\bhow (?P<what>many|much|long|old|far|big|large|often|high|tall)\b\s*(?P<noun>[^?]*?)(?:\b(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should)\b|\?|$)", re.IGNORECASE)
_DATE = re.compile(r"\bwhen\b|\b(?:on |in |by |since |until )?(?:what|which) (?:exact |calendar )?(?:date|day|year|month|century|decade|time|deadline)\b|\bsince when\b|\bhow long ago\b", re.IGNORECASE)
_PLACE = re.compile(r"\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}(?:city|country|place|town|state|region|location|venue|continent|county|village|island|airport|stadium|nation)\b", re.IGNORECASE)
_PERSON = re.compile(r"\bwhom?\b|\bwhose\b|\b(?:which|what) (?:\w+ ){0,2}(?:person|people|man|woman|minister|president|leader|official|actor|actress|singer|host|player|athlete|author|director|politician|senator|scientist|queen|king|celebrity)\b", re.IGNORECASE)


def _fact_form(core: str, lowered: str) -> _Form:
    if re.match(r"(?:compare|contrast)\b|(?:what|how) (?:is|are|was|were|did|do|does)[^?]*\b(?:differ|difference|compare|side by side)\b|where do [^?]* (?:agree|differ|disagree)", lowered):
        return _Form("compare", "text")
    if re.match(r"why\b|for what reason\b|what (?:was|is|were|are) the (?:reason|cause|motive)|how come\b", lowered):
        return _Form("why", "reason")
    if match := _NUMBER.search(core):
        return _number_form(match)
    if _DATE.search(core):
        return _Form("when", "date")
    if re.match(r"who (?:is|was|are|were) (?:[A-Z][\w.'’-]+ ?)+(?:\?|,| and\b|$)", core, re.IGNORECASE) and re.match(r"who \w+ [A-Z]", core, re.IGNORECASE) and core.split()[2][:1].isupper():
        return _Form("who_is", "text")
    if re.match(r"(?:list|name|enumerate|give|show)\b|what (?:were|are) the (?:\w+ )*\w+s\b|which \w+s\b|what \w+s (?:are|were|did|do)\b", lowered):
        return _Form("list", "text", noun=_which_noun(core))
    if _PERSON.search(core):
        return _Form("who", "person", verb=_who_verb(core))
    if _PLACE.search(core):
        return _Form("where", "place", noun=_which_noun(core))
    if re.match(r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must|may|might|am)(?:n['’]t)?\b", lowered):
        return _Form("whether", "yes_no")
    if (noun := _which_noun(core)) and (re.search(r"\bwhich\b", lowered) or re.match(r"what (?!is|was|are|were)\w+ ", lowered)):
        return _Form("which", "text", noun=noun)
    return _Form("how" if lowered.startswith("how") else "what", "text")


def _number_form(match: re.Match[str]) -> _Form:
    noun = match["noun"].strip()
    if match["what"].lower() == "much" and not re.search(r"time|percent|water|oil|land", noun):
        return _Form("how_many", "money" if not noun or "money" in noun else "number", noun=noun or None)
    if re.search(r"\bpercent|\bshare\b|\bproportion\b", noun):
        return _Form("how_many", "percent", noun=noun)
    return _Form("how_many", "number", noun=noun or None)


def _which_noun(core: str) -> str | None:
    match = re.search(rf"\b(?:which|what(?! (?:happen|went|goes|caused|led|made|makes))(?: (?:are|were|was|is) the)?) (?P<noun>(?:{_SPEECH_WORD} ){{0,2}}?{_SPEECH_WORD})(?= (?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|of|in|for|to|that|who)\b|\?|$)", core, re.IGNORECASE)
    return match["noun"] if match else None


def _who_verb(core: str) -> str | None:
    match = re.match(rf"who(?: else)? (?:has |have |had |is |are |was |were |did |do |does |will |would |also |first )*(?P<verb>{_SPEECH_WORD})", core, re.IGNORECASE)
    if match is None or match["verb"].lower() in {"the", "a", "an"} or match["verb"][:1].isupper():
        return None
    return stem(fold(match["verb"]))


def _scope(core: str) -> Scope:
    lowered = core.lower()
    if re.search(vocabulary.OUTSIDE, lowered) or re.match(vocabulary.GREETING, lowered):
        return "outside"
    if re.match(vocabulary.TASK, lowered):
        return "task"
    if re.search(vocabulary.OPINION, lowered):
        return "opinion"
    return "future" if re.match(vocabulary.FUTURE, lowered) and re.match(r"will\b|(?:is|are) there going", lowered) else "documents"


def _clean_speaker(speaker: str | None) -> str | None:
    if speaker is None:
        return None
    return re.sub(r"^(?:mr|mrs|ms|dr)\.?\s+", "", speaker.strip(" ,.?"), flags=re.IGNORECASE) or None


_NAME_RUN = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.'’-]*\w\.?)(?:(?: (?:of|de|van|von|al|bin|der|the)(?= [A-Z]))? [A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.'’-]*\w)*")


def _names(core: str, speaker: str | None) -> tuple[str, ...]:
    """Runs of capitalised words that are not merely the question's first word, the speaker's left out."""
    found = []
    for match in _NAME_RUN.finditer(core):
        name = re.sub(r"['’]s?$", "", match.group())
        if match.start() == 0:
            first, _, rest = name.partition(" ")
            opener = not is_content(fold(first)) or fold(first) in _QUESTION_OPENERS
            name = re.sub(r"^(?:(?:of|de|van|von|al|bin|der|the) )+", "", rest) if opener else name
        if name and is_content(fold(name.split()[-1])) and (speaker is None or name not in speaker):
            found.append(name)
    return tuple(dict.fromkeys(found))


_PRONOUNS = frozenset(["he", "she", "they", "it", "him", "her", "them"])
_QUESTION_OPENERS = frozenset(["according", "list", "name", "compare", "give", "show", "whose", "amid", "after", "before", "during", "summarise", "summarize", "describe", "explain"])
_FORM_WORDS = frozenset(
    stem(word)
    for word in ["many", "number", "date", "day", "time", "person", "people", "name", "exact", "question", "way", "kind", "type", "sort", "reason", "cause", "list", "compare", "side", "according", "week", "month", "year", "today", "yesterday", "recent", "recently", "latest", "current", "currently", "now", "want", "wants", "need", "report", "reported", "article", "document", "outlet", "side", "called", "happen", "happened", "word", "words", "mean", "order", "example", "give"]
)


_CHOICE = re.compile(r"\b(\w+),? or (?:only |just |merely |rather )?(\w+)\b")


def _terms(topic: str, form: _Form, speaker: str | None, names: tuple[str, ...]) -> tuple[Term, ...]:
    skip = {word.stem for word in words_of(speaker or "")}
    choices = {stem(fold(word)) for pair in _CHOICE.findall(topic) for word in pair} if form.kind == "whether" else set()
    named = {word.stem for name in names for word in words_of(name)}
    found: dict[str, Term] = {}
    for word in words_of(_with_joined_hyphens(topic)):
        key = word.stem
        if not is_content(word.folded) or key in skip or key in found:
            continue
        light = key in _FORM_WORDS or (form.kind == "who_said" and key == form.verb)
        found[key] = Term(word.surface, key, 0.3 if light else 0.5 if key in choices else 1.0, named=key in named)
    return tuple(found.values())


def _with_joined_hyphens(text: str) -> str:
    """`cease-fire` as `ceasefire`, so that both spellings make one term; hyphens between names stay."""
    return re.sub(r"(?<=[a-z])[-‐‑](?=[a-z])", "", text)
