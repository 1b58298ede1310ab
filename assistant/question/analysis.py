"""What a question asks: its kind, the asked speaker, quoted words, outlet and date, and the words that an answer must bear on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.asked_act import asked_act, plainly_asked
from parley.assistant.question.asked_provision import AskedProvision, asked_provision, names_provision
from parley.assistant.question.question_forms import AnswerType, Form, Kind, question_form
from parley.assistant.question.quote_frame import QUOTATION_MARKS
from parley.index.language.dates import parse_date
from parley.index.language.lexicon import alternatives, question_words, word_kind
from parley.index.language.times import Time, parse_time
from parley.index.language.words import fold, is_content, stem, words_of
from parley.index.types import Status

Scope = Literal["documents", "future", "opinion", "task", "outside"]

ASKED_ON = re.compile(
    r"\(?\b(?:the question was )?asked on (?P<date>\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4})\.?\)?\.?\s*$", re.IGNORECASE
)
"""The day of asking, at the end of a question."""

_REPORT = re.compile(
    r"^(?:(?:and|but|so),?\s+)?(?:in|according to|per) the (?P<outlet>[^,?]{2,60}?) (?:report|article|story|"
    r"piece|dispatch|account)"
    r"(?: (?:of|from|dated|published on|on) (?P<date>[^,?]{4,30}?))?,\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"[,\s]*\b(?:according to (?P<named>[^,?]+)|(?:in|by) (?P<owner>[^,?]+?)['’]s? (?:own )?(?:view|opinion|"
    r"words|account|telling|reading|eyes|judg(?:e)?ment)\b)[,?]?\s*",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"^the (?:\w+ ){0,3}?(?:communiqu[eé]|minutes|draft|transcript|briefing|article|report|note|notes|notice|"
    r"claim|treaty|text|documents?|agreement|"
    r"letter|memo|memorandum|chronology|record|file|files|reports|papers?)$",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:(?:and|but|so|ok|okay|well|then|now|also|no|yes|please),?\s+|(?:can|"
    r"could) you (?:please )?(?:tell me|say|show me|confirm|verify|check)(?: that| whether| if)?\s+|"
    r"(?:confirm|verify|check) (?:that|whether|if)\s+|(?:please\s+)?tell me\s+)+",
    re.IGNORECASE,
)
"""What may stand before a question: conjunctions and courtesies."""

_ON_WHICH_DAY = re.compile(
    r"^(?:on (?:what|which) (?:date|day)|(?:what|which) (?:date|day)(?= (?:will|do|does|did) ))\s+", re.IGNORECASE
)
"""Asks when, in more words."""

_IS_IT_SO = re.compile(
    r"^is it (?:(?:really |actually )?(?:correct|accurate|a fact|so|the case)|"
    r"right(?= that [^?]*\b(?:\w{3,}ed|said|told|wrote|says?|has|had|did)\b)) that\s+",
    re.IGNORECASE,
)
"""Ways to ask whether something is so; "is it right" only where it is asked whether somebody did or said it."""

_SHORT_IS = re.compile(r"^(wh\w+|how)['’]s(?= )", re.IGNORECASE)
"""Short for "what is": "What's Lund's take on it?"."""

_TAIL = re.compile(
    r",?\s+(?:and\s+)?(?:(?P<addressee>to (?:whom|who|which (?:outlet|paper|newspaper|agency|medium|media|"
    r"reporter))|which (?:outlet|paper|newspaper|agency) (?:did (?:he|she|they) tell|reported (?:it|that|"
    r"this)))|"
    r"(?P<where>where)|(?P<when>when|on (?:what|which) (?:date|day)))(?: (?:did (?:he|she|they) (?:say|"
    r"tell)(?: (?:so|that|it|this))?|was (?:that|it|this)))?\s*\?*$",
    re.IGNORECASE,
)

_ASKS = re.compile(
    rf"\b(?:{alternatives(question_words('question_word') | word_kind('auxiliary_form') | {'list', 'name'})})\b", re.IGNORECASE
)
"""What a question has before "…, and when?"; "By when?" asks for nothing else."""


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
        sides: whose words are to be set against each other; none if the question only says "the two sides".
        verb: stem of the verb of speaking or acting that the question names, if any.
        quotes: words in quotation marks, without the marks.
        noun: head noun asked for by "which …" or "how many …".
        outlet, published: the report the question is limited to, its date as far as the question gives it.
        asked_on: the day on which the question says it was asked.
        wants_addressee, wants_place, wants_date: asked for besides.
        negated: whether the question itself negates ("why wasn't …").
        scope: "documents" if documents may answer it; else why they cannot.
        acts: statuses of statements that do what somebody is asked for: "Whose idea was it?" asks who proposed it.
        provision: the articles, sections or paragraphs that are asked for by number, or which one is.
    """

    text: str
    core: str
    kind: Kind
    answer_type: AnswerType
    terms: tuple[Term, ...]
    names: tuple[str, ...] = ()
    speaker: str | None = None
    sides: tuple[str, ...] = ()
    verb: str | None = None
    quotes: tuple[str, ...] = ()
    noun: str | None = None
    outlet: str | None = None
    published: Time | None = None
    asked_on: Date | None = None
    wants_addressee: bool = False
    wants_place: bool = False
    wants_date: bool = False
    negated: bool = False
    scope: Scope = "documents"
    acts: frozenset[Status] = frozenset()
    provision: AskedProvision | None = None


def as_one(parts: Sequence[QuestionAnalysis], text: str) -> QuestionAnalysis:
    """The analysis of a whole message, given those of its questions: the same where it asks one, made where it asks several."""
    return parts[0] if len(parts) == 1 else analyse_question(text)


def analyse_question(text: str) -> QuestionAnalysis:
    """Analyse one standalone English question (or a request put as a statement)."""
    rest, asked_on = _take_asked_on(" ".join(text.split()))
    rest, outlet, published = _take_report(rest)
    core = _plainly_put(rest)
    quotes = quoted_words(core)
    core, tail = _take_tail(core)
    unquoted = QUOTATION_MARKS.sub(" ", core) if quotes else core
    core, according = _take_according(core) if not quotes else (core, None)
    form = question_form(core, unquoted, quotes)
    if form.speaker and names_provision(form.speaker):
        # "What does Article 5 say?" asks nobody; the text is read like any other.
        form = Form("what", "text", topic=core)
    names = _names(unquoted, form.speaker or according)
    speaker = _named_before(form.speaker or according, core, names)
    return QuestionAnalysis(
        text=text,
        core=core,
        kind=form.kind,
        answer_type=form.answer_type,
        terms=_terms(form.topic if form.topic is not None else core, form, speaker, names),
        names=names,
        speaker=_clean_speaker(speaker),
        sides=form.sides,
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
        scope="documents" if form.kind == "quote_check" else _scope(core),
        acts=asked_act(core, form.verb) if form.answer_type in {"speaker", "person"} else frozenset(),
        provision=asked_provision(core),
    )


def _plainly_put(question: str) -> str:
    """A question without what leads up to it, with "When" for "On which day" and a plain verb for "Whose idea was"."""
    led = _SHORT_IS.sub(r"\1 is", LEADING.sub("", question).strip())
    return plainly_asked(_ON_WHICH_DAY.sub("When ", _IS_IT_SO.sub("Is it true that ", led)))


def _named_before(speaker: str | None, core: str, names: Sequence[str]) -> str | None:
    """The last name before a pronoun that is asked as the speaker; else the speaker as asked."""
    if not speaker or speaker.lower() not in PRONOUNS:
        return speaker
    earlier = [name for name in names if core.find(name) < core.lower().rfind(f" {speaker.lower()} ")]
    return earlier[-1] if earlier else speaker


def content_terms(core: str) -> tuple[Term, ...]:
    """All content words of a question, whoever is asked to have spoken and whatever its form."""
    return _terms(core, Form("what", "text"), None, _names(core, None))


def quoted_words(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, without the marks; for `Who said, "…"?` everything between the first and last mark."""
    whole = re.match(
        r"(?:who|which \w+|whose)\b[^\"“«]{0,40}?\b(?:said|say|says|saying|stated|wrote)[,:]?\s+(?P<open>[\"“«]|"
        r"'')(?P<words>.+)(?:[\"”»]|'')[\s?.!]*$",
        text,
        re.IGNORECASE,
    )
    if whole is not None:
        return (whole["words"].strip(),)
    return tuple(m.group().strip("\"“”«»„‘’'").strip() for m in QUOTATION_MARKS.finditer(text) if len(m.group()) > 4)


def _take_asked_on(text: str) -> tuple[str, Date | None]:
    match = ASKED_ON.search(text)
    if match is None:
        return text, None
    return text[: match.start()].strip(), parse_date(match["date"])


def _take_report(text: str) -> tuple[str, str | None, Time | None]:
    match = _REPORT.match(text)
    if match is None:
        return text, None, None
    return match["rest"], match["outlet"], parse_time(match["date"]) if match["date"] else None


def _take_tail(text: str) -> tuple[str, str | None]:
    match = _TAIL.search(text)
    if match is None or not _ASKS.search(text[: match.start()]):
        return text, None
    return text[: match.start()].rstrip(" ,") + "?", match.lastgroup


def asks_to_whom_too(text: str) -> bool:
    """Whether a question about what was said asks besides to whom: "Who said so, and to whom?"; the statement tells both."""
    asked = analyse_question(text)
    return asked.wants_addressee and asked.kind in {"who_said", "what_said"}


def _take_according(text: str) -> tuple[str, str | None]:
    match = _ACCORDING.search(text)
    source = (match["named"] or match["owner"]) if match else ""
    if match is None or source.lower() == "whom" or _PAPERS.match(source.strip()):
        return text, None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,")
    rest = rest if rest.endswith("?") else rest + "?"
    return rest[:1].upper() + rest[1:], source.strip()


def _scope(core: str) -> Scope:
    lowered = core.lower()
    if re.search(vocabulary.OUTSIDE, lowered):
        return "outside"
    if re.match(vocabulary.TASK, lowered):
        return "task"
    if re.search(vocabulary.OPINION, lowered):
        return "opinion"
    return (
        "future" if re.match(vocabulary.FUTURE, lowered) and re.match(r"will\b|(?:is|are) there going", lowered) else "documents"
    )


def _clean_speaker(speaker: str | None) -> str | None:
    if speaker is None:
        return None
    plain = _REFLEXIVE.sub("", speaker.strip(" ,.?"))
    return re.sub(r"^(?:mr|mrs|ms|dr)\.?\s+", "", plain, flags=re.IGNORECASE) or None


_REFLEXIVE = re.compile(r"(?<=\S)\s+(?:himself|herself|itself|themselves)\Z", re.IGNORECASE)
"""What is no part of a name: "What did Toll himself say?"."""


_NAME_RUN = re.compile(
    r"(?:(?:\b[dls]['’])?[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.'’-]*\w\.?)"
    r"(?:(?: (?:of|de|van|von|al|bin|der|the)(?= [A-Z]))? [A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.'’-]*\w)*"
)


def _names(core: str, speaker: str | None) -> tuple[str, ...]:
    """Runs of capitalised words that are not merely the question's first word, the speaker's left out."""
    found = []
    for match in _NAME_RUN.finditer(core):
        name = re.sub(r"['’](?:s|m|d|ll|ve|re)?$", "", match.group())
        if match.start() == 0:
            first, _, rest = name.partition(" ")
            opener = not is_content(fold(first)) or fold(first) in _QUESTION_OPENERS
            name = re.sub(r"^(?:(?:of|de|van|von|al|bin|der|the) )+", "", rest) if opener else name
        if name and is_content(fold(name.split()[-1])) and (speaker is None or name not in speaker):
            found.append(name)
    return tuple(dict.fromkeys(found))


PRONOUNS = question_words("speaker_pronoun")
"""Words that a question may have in a speaker's place."""

_QUESTION_OPENERS = question_words("opening_verb")
_FORM_WORDS = frozenset(map(stem, question_words("form_word")))


_TOLD_BEFORE = 0.7
"""Weight of a word that stands only in what a question tells before it asks: "The talks are over. Who will host the next?"."""

_CHOICE = re.compile(r"\b(\w+),? or (?:only |just |merely |rather )?(\w+)\b")


def _terms(topic: str, form: Form, speaker: str | None, names: tuple[str, ...]) -> tuple[Term, ...]:
    skip = {word.stem for word in words_of(speaker or "")}
    choices = {stem(fold(word)) for pair in _CHOICE.findall(topic) for word in pair} if form.kind == "whether" else set()
    named = {word.stem for name in names for word in words_of(name)}
    asking = {word.stem for word in words_of(re.split(r"(?<=[a-z\d][.!])\s+(?=[A-Z])", topic.strip())[-1])}
    found: dict[str, Term] = {}
    for word in words_of(_with_joined_hyphens(topic)):
        key = word.stem
        if not is_content(word.folded) or key in skip or key in found:
            continue
        light = key in _FORM_WORDS or (form.kind == "who_said" and key == form.verb)
        weight = 0.3 if light else 0.5 if key in choices else 1.0 if key in asking else _TOLD_BEFORE
        found[key] = Term(word.surface, key, weight, named=key in named)
    return tuple(found.values())


def _with_joined_hyphens(text: str) -> str:
    """`cease-fire` as `ceasefire`, so that both spellings make one term; hyphens between names stay."""
    return re.sub(r"(?<=[a-z])[-‐‑](?=[a-z])", "", text)
