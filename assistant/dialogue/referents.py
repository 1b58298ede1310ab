"""Whom and what a conversation has named: names found in its questions and answers, with how and where each was used.

A pronoun in a follow-up question stands for one of these. Names are told by their capitals; a question typed in small letters
is searched for names that stand elsewhere in the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.dialogue.conversation import Turn
from parley.index.language.words import STOP_WORDS, fold, word_set

_WORD = r"(?:(?:St|Mr|Mrs|Ms|Dr|Gen|Sen|Gov|Rep|Lt|Col|Jr|Sr)\.|(?:[A-Z]\.)+|[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.’'-]*\w)"
_JOINT = r"(?:(?: (?:of|de|la|van|von|der|den|al|bin|and|&|the))* )"
_RUN = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD})*")
_VERB_AFTER = re.compile(
    r"['’]?\s+(?:also |then |later |first |never |often |had |has |have |was |were |would |will |did )*(?:[a-z]+ed|was|were|"
    r"is|are|had|has|did|does|made|became|began|went|took|wrote|said|says|told|left|won|gave|came|sang|met|led|held|put|ran|found|thought|"
    r"felt|got|spoke|saw|grew|would|could|will|can)\b"
)
_HUMAN_AFTER = re.compile(
    r"['’]?\s+(?:also |then |later |first |never |often |had |has |have |was |were |is )*(?:said|says|told|tells|wrote|writes|"
    r"born|married|divorced|graduated|attended|enrolled|studied|thought|felt|believed|believes|replied|stated|argued|claimed|claims|noted|"
    r"insisted|warned|admitted|denied|refused|promised|decided|wanted|met|spoke|sang|starred|played|retired|resigned|died|grew|moved|"
    r"joined|became|learned|recalled|explained|described|appeared|performed|signed|elected|appointed|quoted|raised|asked|"
    r"himself|herself|who)\b"
    r"|['’]s?\s+(?:\w+\s+)?(?:mother|father|parents|wife|husband|brother|sister|son|daughter|family|career|life|death|childhood|marriage|"
    r"remarks?|speech|statement|words|style|friend|book|role|position|views?|opinion)\b"
    r"|,?\s+(?:who|whose|an? \w+ (?:born|who))\b|,? (?:himself|herself)\b"
)
_PERSONAL = re.compile(r"\b(?:(?P<person>he|she|his|her|him|himself|herself)|(?P<group>they|their|them)|(?P<thing>it|its))\b")
_ENDS = re.compile(r"['’]s?$|[.,;:]$")

NOT_NAMES = STOP_WORDS | word_set(
    """
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday however although though despite following according like later again since soon originally
    initially today yesterday meanwhile instead yes no please name list compare give show besides whose several two three
    first second third one next once now ok okay well sorry hello thanks thank sure great cannotanswer not mr mrs ms dr
    """
)
"""Capitalised words that name nobody and nothing when they stand alone."""

_THINGS = word_set(
    """
    university college school company corporation records award awards prize championship league series tour park street
    act bill treaty agreement council committee commission association society institute museum church festival cup
    world war album song book film movie magazine times post hall river lake county city state states station theatre
    theater airport house department ministry office party union nations summit talks conference season team club band
    """
)
"""Words that, in a name, tell that no person is meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One use of a name.

    Attributes:
        turn: number of the turn, from 0.
        by_user: in a question, not an answer.
        text: as written.
        before: the folded word before it; empty at the beginning.
        subject: whether a verb follows.
        initial: whether it begins a sentence.
        possessive: whether "'s" follows.
        quoted: whether it stands in quotation marks.
        human: whether what follows is said of people only ("was born", "who", "'s wife").
        referred: class of the first pronoun after it in its sentence: person, group, thing, or empty.
        asked: classes of the pronouns in the question, where the name stands in the answer to it.
    """

    turn: int
    by_user: bool
    text: str
    before: str
    subject: bool
    initial: bool
    possessive: bool
    quoted: bool
    human: bool = False
    referred: str = ""
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something named, by the fullest form of the name."""

    name: str
    mentions: tuple[Mention, ...]

    @property
    def shown(self) -> str:
        """The name as a sentence takes it: with "the" where the conversation mostly has it so."""
        articles = sum(mention.before == "the" for mention in self.mentions)
        return f"the {self.name}" if 2 * articles > len(self.mentions) else self.name

    @property
    def words(self) -> tuple[str, ...]:
        """The name's words, folded."""
        return tuple(fold(word) for word in self.name.split())

    @property
    def acts(self) -> bool:
        """Whether the conversation ever says that it did or had something, as only persons and groups do."""
        return any(item.subject or item.possessive or item.human or item.by_user for item in self.mentions) and not self.is_thing

    @property
    def is_thing(self) -> bool:
        """Whether a word of the name says that it is no person."""
        return bool(set(self.words) & _THINGS) or any(character.isdigit() for character in self.name)

    @property
    def is_plural(self) -> bool:
        """Whether the name is one of several: joined by "and", or a plural as in "the Beatles"."""
        return bool({"and", "&"} & set(self.words)) or (
            self.words[-1].endswith("s") and not self.words[-1].endswith(("ss", "is", "us"))
        )


def referents(turns: Sequence[Turn], *, known: Sequence[str] = ()) -> list[Referent]:
    """Everything that the turns name, in order of first mention; a surname or first name joins the full name it belongs to.

    Args:
        turns: oldest first; standalone questions count, since they hold what was understood before.
        known: names to look for beside those found, such as the speakers of citations.
    """
    found: list[Mention] = []
    texts = [(number, by_user, text) for number, turn in enumerate(turns) for by_user, text in _texts(turn)]
    small = {word for _, _, text in texts for word in re.findall(r"(?<![\w'’])[a-z][a-z'’-]+", text)}
    for number, by_user, text in texts:
        asked = frozenset() if by_user else pronoun_classes(turns[number].question)
        found += _mentions(text, number, small, by_user=by_user, asked=asked)
    names = list(dict.fromkeys([*(mention.text for mention in found), *known]))
    found += [item for number, by_user, text in texts if by_user for item in _in_small_letters(text, number, names)]
    return _grouped(found)


def _texts(turn: Turn) -> tuple[tuple[bool, str], tuple[bool, str]]:
    return (True, turn.standalone), (False, re.sub(r" ?\[\d+\]", "", turn.answer_text))


def pronoun_classes(text: str) -> frozenset[str]:
    """The classes of the personal pronouns in a text: person, group, thing."""
    return frozenset(match.lastgroup for match in _PERSONAL.finditer(text.lower()) if match.lastgroup)


def _referred(text: str, end: int) -> str:
    """Class of the pronoun that follows in the same sentence, no other name between."""
    match = _PERSONAL.search(text, end)
    if match is None or re.search(r"[.!?]\s|\s[A-Z]\w", text[end : match.start()]):
        return ""
    return match.lastgroup or ""


def _mentions(text: str, turn: int, small: set[str], *, by_user: bool, asked: frozenset[str]) -> list[Mention]:
    found = []
    for run_start, run in _runs(text):
        initial = re.search(r"(?:^|[.!?:]['\"”’]?)\s*['\"“‘(]*$", text[:run_start]) is not None
        start, name = _without_openers(run_start, run, initial=initial)
        possessive = re.search(r"['’]s?$", name) is not None
        name = _ENDS.sub("", name)
        words = [fold(word) for word in name.split()]
        if not words or words[-1] in NOT_NAMES or len(name) < 2:
            continue
        if initial and len(words) == 1 and (words[0] in small or words[0].endswith("ly")):
            continue
        before = re.search(r"([\w'’-]+)[\s\"“‘'(]*$", text[:start])
        found.append(
            Mention(
                turn,
                by_user,
                name,
                fold(before.group(1)) if before else "",
                _VERB_AFTER.match(text, start + len(name)) is not None,
                initial,
                possessive,
                start > 0 and text[start - 1] in '"“‘',
                _HUMAN_AFTER.match(text, start + len(name)) is not None,
                _referred(text, start + len(name)),
                asked,
            )
        )
    return found


def _runs(text: str) -> list[tuple[int, str]]:
    """Runs of capitalised words with their offsets, cut behind a possessor: "Lopez's Plan" is two."""
    found = []
    for match in _RUN.finditer(text):
        position = match.start()
        for part in re.split(r"(?<=['’]s) (?=\S)|(?<=s['’]) (?=\S)", match.group()):
            found.append((position, part))
            position += len(part) + 1
    return found


def _without_openers(start: int, name: str, *, initial: bool) -> tuple[int, str]:
    """The run without leading words that only begin the sentence ("In Geneva", "Did Lopez")."""
    words = name.split()
    while words and fold(words[0]) in NOT_NAMES and (initial or len(words) > 1):
        start += len(words[0]) + 1
        words = words[1:]
        initial = True
    return start, " ".join(words)


def _in_small_letters(text: str, turn: int, names: Sequence[str]) -> list[Mention]:
    """Names that a question gives in small letters: the whole of them, or the last word of one."""
    found = []
    for name in names:
        last = name.split()[-1].lower()
        if len(last) < 4 or last in NOT_NAMES or re.search(rf"\b{re.escape(name)}\b", text):
            continue
        match = re.search(rf"\b(?:{re.escape(name.lower())}|{re.escape(last)})\b(?P<own>['’]?s\b)?", text)
        if match:
            subject = _VERB_AFTER.match(text, match.end()) is not None
            found.append(Mention(turn, True, name, "", subject, False, bool(match["own"]), False))
    return found


def _grouped(mentions: Sequence[Mention]) -> list[Referent]:
    """Mentions by the fullest name; what several full names could mean stays by itself."""
    names = list(dict.fromkeys(mention.text for mention in mentions))
    fullest: dict[str, str] = {}
    for name in names:
        longer = [other for other in names if other != name and _belongs(name, other)]
        whole = [other for other in longer if not any(_belongs(other, third) for third in longer if third != other)]
        heads = {fold(other.split()[-1]) for other in whole}
        fullest[name] = min(whole, key=lambda other: (len(other.split()), names.index(other))) if len(heads) == 1 else name
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(fullest[mention.text], []).append(mention)
    return [Referent(name, tuple(sorted(items, key=lambda item: item.turn))) for name, items in groups.items()]


def _belongs(short: str, full: str) -> bool:
    """Whether a name is the beginning or the end of a fuller one of at most four words."""
    left, right = [fold(word) for word in short.split()], [fold(word) for word in full.split()]
    if len(left) >= len(right) or len(right) > 4 or {"and", "&"} & set(right):
        return False
    return right[-len(left) :] == left or right[: len(left)] == left
