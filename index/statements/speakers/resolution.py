"""Who a pronoun, a surname or "the official" is, within one document, with the rule that says so.

Nobody described without a name is ever taken for somebody named, except that "the Minister" of minutes is the only minister who
is listed as present. What no rule settles stays unidentified.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.index.language.folding import fold_text
from parley.index.language.lexicon import word_kind
from parley.index.statements.speakers.bodies import is_body
from parley.index.statements.speakers.mentions import Mention
from parley.index.structure.voices.naming import Named
from parley.index.structure.voices.present import Holder, holders_meant
from parley.index.types import SpeakerKind

_REACH = 2
"""Paragraphs that a pronoun or a description may look back over."""

_DESCRIPTION_REACH = 40
"""Paragraphs that "the official" may look back over; a text has few officials."""

_SAME = frozenset({"same"})
_PERSONAL = word_kind("one_person")
_THINGS = frozenset({"it", "its", "itself", "which"})
_SON_OF = frozenset({"bin", "ibn", "bint"})
"""What stands before a father's name, by which nobody is called: "Salman" is not Mohammed bin Salman."""
_GROUPS = frozenset({"they", "their", "them", "themselves"})
_ALIASES = {
    "u.n": "united nations",
    "un": "united nations",
    "eu": "european union",
    "e.u": "european union",
    "turkey": "türkiye",
    "kiev": "kyiv",
}
_OWNERS = word_kind("owner")
_NOT_NAMES = word_kind("before_name")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker after resolution: as in `Statement`, with the mention that says most about them."""

    speaker: str | None
    kind: SpeakerKind
    rule: str
    mention: Mention


@dataclass(slots=True)
class _Entity:
    mention: Mention
    display: str
    paragraph: int
    gender: str = ""


class Resolver:
    """Resolves the speakers of one document, in the order of the text.

    `places` are names, in lower case, that the document uses as those of countries and places (see `bodies`); `holders` are
    the people whom minutes list as present; `shared` are surnames, in lower case, that several people bear, `titled` those of
    a man and a woman; `called` whom initials mean that the head defines.
    """

    def __init__(
        self,
        places: frozenset[str] = frozenset(),
        holders: Sequence[Holder] = (),
        shared: frozenset[str] = frozenset(),
        titled: frozenset[str] = frozenset(),
        called: Mapping[str, Named] | None = None,
    ) -> None:
        self._called = called or {}
        self._places = places
        self._shared = shared
        self._titled = titled
        self._holders = holders
        self._entities: list[_Entity] = []
        self._by_name: dict[str, _Entity] = {}
        self._by_surname: dict[str, list[_Entity]] = {}
        self._last: list[_Entity] = []
        self._likely: tuple[Mention, int] | None = None
        self._unclear = -1
        for holder in holders:
            self._named(_as_mention(holder), 0)

    def introduce(self, mention: Mention, paragraph: int) -> None:
        """Make a mention known that is no speaker's here, such as an addressee."""
        if mention.kind == "named":
            self._named(mention, paragraph)

    def mention(self, mention: Mention, paragraph: int, *, is_subject: bool) -> None:
        """Take note of somebody whom the text names here, and whom "he" may mean next.

        The subject of a sentence is meant first; others only where nobody has spoken in the paragraph.
        """
        self._unclear = -1 if is_subject else self._unclear
        if mention.kind != "named":
            self._note(self._office_known(mention, paragraph) or self._new(mention, paragraph), paragraph)
            return
        name = mention.name or ""
        # Two capitalised words may be anything ("Basin Radio"): somebody has a title, an office, or has spoken.
        is_other = is_body(name, self._places)
        is_person = bool(mention.person or mention.gender or self._is_known(name)) and not is_other
        if is_subject:
            is_likely = not is_person and not is_other and mention.party is None and _is_full_name(name)
            self._likely = (mention, paragraph) if is_likely else None
            self._unclear = paragraph if not is_person and not is_other and _may_be_somebody(mention) else -1
        if is_person and name.lower().rpartition(" ")[2] in self._shared:
            self._unclear = paragraph  # somebody new, of whom a surname alone says not who it is
        elif is_person:
            self._unclear = -1
            entity, _ = self._named(mention, paragraph)
            self._note(entity, paragraph, first=is_subject)

    def resolve(self, mention: Mention, paragraph: int, *, near: Mention | None = None, is_inner: bool = False) -> Resolved:
        """Who the mention is; `near` is a named subject earlier in the same sentence, which a pronoun takes first.

        `is_inner` where the mention stands in what another speaker is reported to say: a pronoun of a later sentence means that
        speaker rather than those of whom the speaker spoke.
        """
        before = self._last[-1] if self._last else None
        found = self._resolve(mention, paragraph, near)
        if is_inner and before is not None and self._last[-1] is not before and before in self._last:
            self._last.remove(before)
            self._last.append(before)
        return found

    def _resolve(self, mention: Mention, paragraph: int, near: Mention | None) -> Resolved:
        if mention.kind == "pronoun":
            return self._pronoun(mention, paragraph, near)
        abbreviated = self._called.get(mention.surface.lower())
        if abbreviated is not None:
            mention = replace(mention, name=abbreviated.name, role=abbreviated.role, party=abbreviated.party, person=True)
        if mention.kind == "named" and len(called := self._holders_called(mention)) == 1:
            mention = replace(_as_mention(called[0]), surface=mention.surface)
        if mention.kind == "named":
            entity, rule = self._named(mention, paragraph)
            self._note(entity, paragraph)
            return Resolved(entity.display, "named", rule, entity.mention)
        meant = self._holders_meant(mention)
        if len(meant) == 1:
            entity, _ = self._named(replace(_as_mention(meant[0]), surface=mention.surface), paragraph)
            self._note(entity, paragraph)
            return Resolved(entity.display, "named", "office", entity.mention)
        if not meant and (mention.definite or _SAME & mention.modifiers):
            found = self._described_before(mention, paragraph)
            if found is not None:
                rule = "same" if _SAME & mention.modifiers or "same" in mention.surface.lower().split() else "role"
                self._note(found, paragraph)
                return Resolved(found.display, found.mention.kind, rule, found.mention)
        entity = self._new(mention, paragraph)
        self._note(entity, paragraph)
        return Resolved(entity.display, mention.kind, "exact", mention)

    def _new(self, mention: Mention, paragraph: int) -> _Entity:
        entity = _Entity(mention, _display(mention), paragraph, mention.gender)
        self._entities.append(entity)
        return entity

    def _is_known(self, name: str) -> bool:
        """Whether somebody of that name has spoken, or been named with an office or a title."""
        key = _fold(name)
        entity = self._by_name.get(key)
        borne = self._by_surname.get(key, [])
        entity = entity or (borne[0] if len(borne) == 1 else None)
        return entity is not None and entity.mention.person is not False

    def _holders_meant(self, mention: Mention) -> Sequence[Holder]:
        return holders_meant(self._holders, mention.head, mention.modifiers) if _is_an_office(mention) else ()

    def _holders_called(self, mention: Mention) -> list[Holder]:
        """Those present whose whole office "the Convenor" is, a word that is no office elsewhere."""
        word = (mention.name or "").lower()
        is_definite = mention.surface.lower() == f"the {word}"
        return [one for one in self._holders if is_definite and (one.person.role or "").lower() == word]

    def _office_known(self, mention: Mention, paragraph: int) -> _Entity | None:
        """Whom "the Minister" means, where a list of those present or an earlier mention tells it."""
        meant = self._holders_meant(mention)
        if len(meant) == 1:
            return self._named(_as_mention(meant[0]), paragraph)[0]
        return self._described_before(mention, paragraph) if not meant else None

    def _note(self, entity: _Entity, paragraph: int, *, first: bool = True) -> None:
        """Make somebody the one who is meant first, or the last of those of the paragraph."""
        others = [one for one in self._last[-12:] if one is not entity]
        here = next((at for at, one in enumerate(others) if one.paragraph == paragraph), len(others))
        if not first and entity in self._last and entity.paragraph == paragraph:
            return
        entity.paragraph = paragraph
        at = len(others) if first else here
        self._last = [*others[:at], entity, *others[at:]]

    def _named(self, mention: Mention, paragraph: int) -> tuple[_Entity, str]:
        name = mention.name or mention.surface
        key = _fold(name)
        known = self._by_name.get(key)
        borne = self._by_surname.get(key, ())
        is_titled = key in self._titled and bool(mention.gender) and all(_clash(one, mention) for one in borne)
        is_shared = " " not in key and (len(borne) > 1 or (known is not None and _clash(known, mention)) or is_titled)
        if is_shared:
            # Nobody is joined on a surname that several bear; "Mr Stone" and "Ms Stone" are two.
            key = f"{key} {mention.gender}".strip()
        entity = self._by_name.get(key)
        rule = "exact"
        if entity is None:
            entity, rule = self._by_part(key, mention)
        if entity is None:
            display = mention.surface if is_shared and mention.gender else _display(mention)
            entity = _Entity(mention, display, paragraph, mention.gender)
            self._entities.append(entity)
            self._by_name[key] = entity
            words = key.split()
            if len(words) > 1 and not is_shared and words[-2] not in _SON_OF:
                self._by_surname.setdefault(words[-1], []).append(entity)
            return entity, "exact"
        entity.mention = _fuller(entity.mention, mention)
        entity.gender = entity.gender or mention.gender
        return entity, rule

    def _by_part(self, key: str, mention: Mention) -> tuple[_Entity | None, str]:
        words = key.split()
        alias = _ALIASES.get(key.rstrip("."))
        if alias in self._by_name:
            return self._by_name[alias], "alias"
        if len(words) == 1:
            named = [one for one in self._by_surname.get(words[0], []) if not _clash(one, mention)]
            return (named[0], "surname") if len(named) == 1 else (None, "exact")
        initials = "".join(word[0] for word in words if word[0].isalpha())
        short = self._by_name.get(initials)
        return (short, "alias") if short is not None and len(initials) > 2 else (None, "exact")

    def _described_before(self, mention: Mention, paragraph: int) -> _Entity | None:
        """The latest speaker whose description or role has the same noun and all the words of this one."""
        wanted = mention.modifiers - {"same", "the", "this", "that"}
        belongs = mention.surface.split(" ", 1)[0].lower() in _OWNERS  # "his deputy" is no deputy minister named before
        for entity in reversed(self._last):
            known = entity.mention
            if entity.paragraph < paragraph - _DESCRIPTION_REACH or (known.person and mention.person is False):
                continue  # "the Norland delegation" is not the adviser to it
            words = {known.head} if belongs else known.modifiers | {known.head}
            if (
                mention.head
                and _singular(mention.head) in {_singular(word) for word in words}
                and wanted <= words
                and not mention.plural
            ):
                return entity
        return None

    def _pronoun(self, mention: Mention, paragraph: int, near: Mention | None) -> Resolved:
        word = mention.head
        if near is not None and self._agrees(word, near, near.gender):
            entity, _ = self._named(near, paragraph)
            self._note(entity, paragraph)
            return self._as_pronoun(entity, mention)
        likely = self._likely
        if likely is not None and likely[1] == paragraph and word in _PERSONAL and self._may_mean(likely[0], paragraph):
            entity, _ = self._named(replace(likely[0], person=True, gender=mention.gender), paragraph)
            self._note(entity, paragraph)
            return self._as_pronoun(entity, mention)
        if self._unclear == paragraph and word in _PERSONAL:
            return Resolved(None, "pronoun", "none", mention)
        for entity in reversed(self._last):
            if entity.paragraph < paragraph - _REACH:
                break
            if self._agrees(word, entity.mention, entity.gender):
                entity.gender = entity.gender or mention.gender
                self._note(entity, paragraph)
                return self._as_pronoun(entity, mention)
        return self._representative(mention, paragraph) or Resolved(None, "pronoun", "none", mention)

    def _may_mean(self, likely: Mention, paragraph: int) -> bool:
        """Whether "he" means the full name that was the subject before: nobody known is named in the paragraph."""
        is_alone = not self._last or self._last[-1].paragraph < paragraph
        return is_alone and (likely.name or "").lower().rpartition(" ")[2] not in self._shared

    def _agrees(self, pronoun: str, mention: Mention, gender: str) -> bool:
        is_thing = pronoun in _PERSONAL and not mention.person and is_body(mention.name or "", self._places)
        return not is_thing and agrees(pronoun, mention, gender)

    def _representative(self, mention: Mention, paragraph: int) -> Resolved | None:
        """For "he" behind what a country or body said in the same paragraph: whoever spoke for it, who is not named."""
        before = self._last[-1] if self._last else None
        if mention.head not in _PERSONAL or before is None or before.paragraph != paragraph or before.mention.kind != "named":
            return None
        name = before.mention.name or ""
        if before.mention.person or not is_body(name, self._places):
            return None
        spoken = replace(mention, kind="anonymous", party=before.mention.party or name, person=True)
        return Resolved(f"representative of {before.display}", "anonymous", "pronoun", spoken)

    @staticmethod
    def _as_pronoun(entity: _Entity, mention: Mention) -> Resolved:
        return Resolved(entity.display, entity.mention.kind, "pronoun", replace(entity.mention, surface=mention.surface))


def _is_an_office(mention: Mention) -> bool:
    """Whether the words are those of one office, as it is called without a name: "the Minister"."""
    return mention.definite and mention.person is True and not mention.plural and not mention.former


def _as_mention(holder: Holder) -> Mention:
    person = holder.person
    gender = {True: "f", False: "m", None: ""}[person.is_woman]
    return Mention(
        person.surface,
        "named",
        name=person.name,
        role=person.role,
        party=person.party,
        head=holder.head,
        modifiers=holder.words,
        person=True,
        gender=gender,
    )


def _clash(entity: _Entity, mention: Mention) -> bool:
    """Whether titles say that they are two people: "Mr Stone" is not "Ms Stone"."""
    return bool(entity.gender and mention.gender and entity.gender != mention.gender)


def agrees(pronoun: str, mention: Mention, gender: str) -> bool:
    """Whether a pronoun may stand for a mention: "he" for a person not known to be a woman, "it" for no person."""
    if pronoun in _PERSONAL:
        wanted = "f" if pronoun in {"she", "her", "herself"} else "m"
        return (
            mention.kind in {"named", "anonymous"}
            and mention.person is not False
            and gender in {"", wanted}
            and not mention.plural
            and _may_be_person(mention)
        )
    if pronoun in _THINGS:
        return mention.kind in {"named", "collective"} and not mention.person and not gender and not mention.plural
    if pronoun in _GROUPS:
        return mention.kind == "collective" or mention.plural
    return False


def _is_full_name(name: str) -> bool:
    """Whether two or three capitalised words stand there, none of them all capitals: "Jon Fane"."""
    words = name.split()
    return 2 <= len(words) <= 3 and all(word[:1].isupper() and not word.isupper() for word in words)


def _may_be_somebody(mention: Mention) -> bool:
    """Whether a name of which nothing tells what it is may be a person's: "Lund was present. He said …"."""
    name = (mention.name or "").lower()
    is_several = mention.surface.lower().startswith("the ") and _singular(name) != name  # "the Norlanders"
    return _may_be_person(mention) and not is_several


def _may_be_person(mention: Mention) -> bool:
    if mention.person or mention.kind == "anonymous":
        return True
    name = mention.name or ""
    return not name.isupper() and mention.party is None


def _display(mention: Mention) -> str:
    return mention.name if mention.name is not None else mention.surface


def _fuller(known: Mention, new: Mention) -> Mention:
    """The known mention, completed by what the new one adds."""
    tells_side = known.party is None and new.party is not None and not known.former
    is_longer = known.role is None or (new.role is not None and known.role in new.role and len(new.role) > len(known.role))
    if new.role is not None and (tells_side or is_longer):
        return replace(
            known, role=new.role, former=new.former, party=new.party, head=new.head, modifiers=new.modifiers, person=True
        )
    return known


def _fold(name: str) -> str:
    words = re.split(r"[\s,]+", fold_text(name))
    return " ".join(word for word in words if word.strip(".") and word.strip(".") not in _NOT_NAMES)


def _singular(word: str) -> str:
    if word.endswith(("women", "men")):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
