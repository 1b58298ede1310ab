"""Who the labels of one transcript mean: surnames joined with full names, offices with those who hold them.

Two people are one only where surname, given names and titles agree and nobody else in the record could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parley.index.language.lexicon import alternatives, word_kind
from parley.index.structure.voices.abbreviations import by_initials, called_by
from parley.index.structure.voices.hearings import begins_examination, examiner, witness
from parley.index.structure.voices.interviewed import Interviewed, interviewed, is_interview
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.titles import read_title
from parley.index.structure.voices.turns import SpokenTurn
from parley.index.structure.voices.words import PARTICLES, turn_words
from parley.index.types import Document, SpeakerKind, Turn

_PRESS = re.compile(
    r"\b(?:press|briefing|gaggle|remarks|media|news conference|reporters|exchange with|availability|background call)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    rf"[^\W\d_a-z][\w’'.-]*(?:\s+(?:(?:of|for|and|the)\s+)*(?:[^\W\d_a-z][\w’'.-]*|{alternatives(word_kind('name_particle'))}\b))*"
)
_UNNAMED_OFFICE = turn_words("unnamed_office")
_OPENING = 600
"""Characters of title and first lines that may introduce those who speak."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as a turn shows them."""

    speaker: str | None
    kind: SpeakerKind
    role: str | None = None
    party: str | None = None
    title: str = ""
    basis: str = "label"


def transcript_turns(document: Document, spoken: Sequence[SpokenTurn]) -> list[Turn]:
    """The turns with their speakers, in order."""
    begin = spoken[0].label.start if spoken else 0
    opening = f"{document.title}\n{document.text[: max(0, min(_OPENING, begin))]}"
    cast = _Cast(
        _introduced_by(document.title, opening),
        [one.label.named for one in spoken if one.label.named is not None],
        is_press=bool(_PRESS.search(opening)),
        called=_called(document, spoken, begin),
        pair=interviewed(document, begin) if is_interview(document) else Interviewed(),
    )
    turns = []
    for number, one in enumerate(spoken):
        cast.hear(document.text[spoken[number - 1].end if number else 0 : one.label.start])
        if re.search(r"\bchair\b", one.asides, re.IGNORECASE):
            cast.forget_holders()
        voice = cast.voice(one.label.named)
        is_asked = one.label.named is not None and one.label.named.kind == "asker"
        turns.append(
            Turn(
                one.label.start,
                one.end,
                one.said,
                one.label.words,
                voice.speaker,
                voice.kind,
                "question" if is_asked else "speech",
                voice.role,
                voice.party,
                voice.title,
                date=one.label.date,
                basis=voice.basis,
            )
        )
    return turns


def _called(document: Document, spoken: Sequence[SpokenTurn], begin: int) -> dict[str, Named]:
    """Whom the labels mean that the head defines, or that are the initials of a name in it."""
    called = called_by(document.text, begin)
    surfaces = {one.label.named.surface for one in spoken if one.label.named is not None}
    meant = {surface: by_initials(surface, document.text, begin) for surface in surfaces if surface.lower() not in called}
    if len(meant) > 1 and all(person is not None for person in meant.values()):  # one alone may be a body's: "US", "PM"
        called.update((surface.lower(), person) for surface, person in meant.items() if person is not None)
    return called


def _introduced_by(title: str, opening: str) -> list[Named]:
    """The one whose remarks the title announces, then all others; words that go on in capitals are no part of a name."""
    written = read_title(title)
    author = written.author if written is not None else None
    others = introduced(opening)
    if author is None or author.kind != "person" or author.name is None:
        return others
    return [author, *(one for one in others if not (one.name or "").startswith(f"{author.name} "))]


def introduced(opening: str) -> list[Named]:
    """The people whom a title or first lines name with their office: "Remarks by President Osei"."""
    found = []
    stretches = [part for match in _CAPITALISED.finditer(opening) for part in _each_person(match.group())]
    for stretch in stretches:
        words = stretch.split()
        for first in range(min(len(words), 6)):
            named = read_named(" ".join(words[first:]))
            if named is not None and named.kind == "person" and (named.role or named.title):
                found.append(named)
                break
    return found


def _each_person(written: str) -> list[str]:
    """The words line by line, parted at "and" where two people stand beside it rather than one office ("Trade and Industry")."""
    lines = written.split("\n")
    parted = [part for line in lines for part in re.split(r"\s+and\s+(?:the\s+)?", line)]
    people = [part for part in parted if len(part.split()) > 2 or part in lines]
    return parted if len(people) == len(parted) else lines


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody named, with the parts of the name, which many are compared by."""

    named: Named
    parts: tuple[str, ...]

    @property
    def surname(self) -> str:
        return self.parts[-1] if self.parts else ""

    @property
    def given(self) -> str:
        return self.parts[0] if len(self.parts) > 1 else ""


class _Cast:
    """Everybody whom title and labels name."""

    def __init__(
        self,
        introduced: Iterable[Named],
        labels: Sequence[Named],
        *,
        is_press: bool,
        called: Mapping[str, Named],
        pair: Interviewed,
    ) -> None:
        self._called = called
        self._pair = pair
        self._examiner: Named | None = None
        self._witness: Named | None = None
        self._title = list(introduced)
        # By surname and first given name: two who differ in both are never one.
        self._people: dict[str, dict[str, list[_Person]]] = {}
        self._known_by: dict[Named, Named | None] = {}
        self._holders: dict[str, Named] = {}
        self._is_press = is_press
        for named in [*self._title, *sorted((one for one in labels if one.kind == "person"), key=_fullness, reverse=True)]:
            self._add(_Person(named, _parts(named)))

    def _add(self, person: _Person) -> None:
        named, namesakes = person.named, self._namesakes(person)
        known = _meant(person, namesakes)
        if known is None:
            if not any(_same(one, person) for one in namesakes):
                self._keep(person)
            return
        fuller = named if _fullness(named) > _fullness(known.named) else known.named
        whole = replace(
            fuller,
            title=fuller.title or known.named.title or named.title,
            role=known.named.role or named.role,
            party=known.named.party or named.party,
        )
        self._people[known.surname][known.given].remove(known)
        self._keep(_Person(whole, _parts(whole)))

    def _keep(self, person: _Person) -> None:
        self._people.setdefault(person.surname, {}).setdefault(person.given, []).append(person)

    def _namesakes(self, person: _Person) -> list[_Person]:
        """Those of one surname whose first given name may be that of the person."""
        known = self._people.get(person.surname, {})
        givens = ("", person.given[0], person.given) if len(person.given) > 1 else tuple(known)
        return [one for given in givens for one in known.get(given, ())]

    def _known(self, named: Named) -> Named | None:
        """The one person who may be meant; `None` where there is nobody or more than one."""
        if named not in self._known_by:
            person = _Person(named, _parts(named))
            found = _meant(person, self._namesakes(person))
            self._known_by[named] = found.named if found is not None else None
        return self._known_by[named]

    def hear(self, between: str) -> None:
        """Take up who examines and who is sworn, from what the record tells between two turns."""
        self._examiner = examiner(between) if begins_examination(between) else self._examiner
        self._witness = witness(between) or self._witness

    def forget_holders(self) -> None:
        """The chair has changed hands; who holds an office is to be told anew."""
        self._holders.clear()

    def voice(self, named: Named | None) -> Voice:
        """The speaker of a label."""
        if named is None or named.kind == "unknown":
            return Voice(None, "unidentified")
        told = self._told(named)
        if told is not None:
            return told
        if named.kind == "asker":
            return Voice(_asker(named.surface, is_press=self._is_press), "anonymous")
        if named.kind == "answerer":
            return self._answerer()
        if named.kind == "voice":
            return Voice(_lower(named.surface), "anonymous")
        if named.kind == "side":
            return Voice(named.surface, "named", named.role, named.party)
        return self._person(named) if named.kind == "person" else self._office(named)

    def _told(self, named: Named) -> Voice | None:
        """Whom the head or the introduction calls by these very words; `None` where they tell nothing of them."""
        called = self._called.get(named.surface.lower())
        if called is not None:
            return _voice_of(self._known(called) or called)
        words = set(named.surface.lower().split())
        if named.name is None and "witness" in words and self._witness is not None:
            return self._answerer()
        asks = self._examiner or self._pair.asks
        if named.kind == "asker" and asks is not None and _is_unnamed_asker(named.surface):
            return replace(_voice_of(asks), basis="title")
        return None

    def _answerer(self) -> Voice:
        people = self._title
        introduced = people[0] if len({one.name for one in people}) == 1 else None
        # A briefing is whoever's its title says, also where it speaks of an interview.
        answers = self._witness or (self._is_press and introduced) or self._pair.answers or introduced
        if answers is not None:
            return replace(_voice_of(answers), basis="title")
        return Voice("the person who answers", "anonymous")

    def _person(self, named: Named) -> Voice:
        known = self._known(named) or named
        if named.role and re.match(r"the\s", named.surface, re.IGNORECASE):
            self._holders[_office_key(named.role)] = known
        return _voice_of(known)

    def _office(self, named: Named) -> Voice:
        role = named.role or named.surface
        key = _office_key(role)
        holder = self._holders.get(key)
        if holder is not None:
            return _voice_of(replace(holder, role=holder.role or role))
        holding = [one for one in self._title if one.role and _office_key(one.role) == key]
        if len({one.name for one in holding}) == 1:
            return replace(_voice_of(holding[0]), basis="title")
        last = key.split()[-1] if key else ""
        if last in _UNNAMED_OFFICE and not named.surface.lower().startswith("the "):
            return Voice(_lower(named.surface), "anonymous", party=named.party)
        surface = named.surface.title() if named.surface.isupper() else named.surface
        return Voice(surface, "named", _without_article(surface), named.party)


def _voice_of(person: Named) -> Voice:
    return Voice(person.shown, "named", person.role, person.party, person.title)


def _meant(person: _Person, namesakes: Sequence[_Person]) -> _Person | None:
    """The one of several who may be meant; `None` where nobody or more than one may be."""
    alike = [one for one in namesakes if _same(one, person)]
    title = person.named.title
    titled = [one for one in alike if title and one.named.title.lower() == title.lower()]
    return alike[0] if len(alike) == 1 else titled[0] if len(titled) == 1 else None


def _same(person: _Person, another: _Person) -> bool:
    """Whether two names may be one person's: surname, given names as far as both have them, and titles agree."""
    left, right = person.parts, another.parts
    if not left or not right or left[-1] != right[-1]:
        return False
    one, other = person.named, another.named
    if one.is_woman is not None and other.is_woman is not None and one.is_woman != other.is_woman:
        return False
    if one.party and other.party and one.party.lower() != other.party.lower() and len(left) + len(right) < 4:
        return False
    given = list(zip(left[:-1], right[:-1], strict=False))
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in given)


def _parts(named: Named) -> tuple[str, ...]:
    name = re.sub(r"(?<=[A-Za-z])\.(?=\S)", ". ", named.name or "")
    words = [word.strip(".,").lower() for word in name.split()]
    return tuple(word for word in words if word and word not in _NO_PARTS)


_NO_PARTS = frozenset({"jr", "sr", "ii", "iii"}) | PARTICLES


def _fullness(named: Named) -> tuple[int, int]:
    return len(_parts(named)), len(named.name or "")


def _office_key(role: str) -> str:
    return " ".join(
        word
        for word in _without_article(role).lower().replace(".", "").split()
        if word not in {"acting", "of", "the", "us", "u.s"}
    )


def _without_article(role: str) -> str:
    return re.sub(r"^the\s+", "", role, flags=re.IGNORECASE)


def _is_unnamed_asker(surface: str) -> bool:
    """Whether the one who asks is called by nothing but what is done: "Q", "Question", "Interviewer"."""
    return surface.lower().strip(" .") in turn_words("asker_mark")


def _asker(surface: str, *, is_press: bool) -> str:
    folded = surface.lower().strip(" .")
    if folded in {"q", "question", "questions", "questioner"} or folded not in turn_words("asker"):
        return "a reporter" if is_press else "the questioner"
    return (
        f"the {folded}" if folded == "interviewer" else "a member of the press" if folded in {"press", "media"} else f"a {folded}"
    )


def _lower(surface: str) -> str:
    return surface.lower() if surface.isupper() or surface.istitle() or surface[:1].isupper() else surface
