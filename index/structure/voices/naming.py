"""Who a label or an author line names: "Mr. Toll (Velmark)", "ANA RUIZ, CNN ANCHOR", "THE PRESIDENT", "Delegate of Norland"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from parley.index.language.lexicon import countries, lexicon, role_words
from parley.index.structure.voices.words import PARTICLES, office_words, turn_words

NamedKind = Literal["person", "office", "asker", "answerer", "voice", "unknown", "side"]

_BRACKET = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])\s*\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,4}\Z|[A-Z](?:[.-][A-Z]){0,3}\.?\Z")
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|II|III|IV|MP|MEP|KC|QC|M\.P\.)\.?\b)")
_ABOUT_SPEECH = re.compile(
    r"interpret|translat|spoke|speaking|spoken|voice.?over|video|camera|continu|inaudible|remote|phone|\bmic\b|original|cont['’]?d"
    r"|on behalf|by invitation|off.?mic|resum|read(?:ing)?\b",
    re.IGNORECASE,
)
_LINKS = frozenset({"of", "for", "the", "and", "&", "from", "to", "on", "in", "at"})
_INDEFINITE = turn_words("indefinite")
_OF_A_SIDE = re.compile(
    r"\b(?:representatives?|delegates?|delegation|delegations|envoy|ambassador|observer|negotiators?|spokes\w+"
    r"|liaison|counsel|agent|member|"
    r"president|king|queen|government|premier|minister(?!\s+for)|reps?)\s+(?:of|for|from)\s+(?:the\s+)?(?P<side>[A-Z][\w’'.-]*"
    r"(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'.-]*)*)",
    re.IGNORECASE,
)
_MOST_WORDS = 10
_FUNCTION_KINDS = frozenset(
    [
        "pronoun",
        "object",
        "determiner",
        "possessive",
        "relative",
        "that",
        "be",
        "have",
        "auxiliary",
        "negation",
        "adverb",
        "preposition",
        "conjunction",
        "subordinator",
        "time",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named, part by part as written.

    Attributes:
        kind: "person" with a name; "office" without ("the Chair"); "asker" and "answerer" (Q, A); "voice" for somebody
            described only ("an hon. member"); "unknown" where the record says that it does not know; "side" for a country.
        name: without titles, `None` where no name is given.
        title: polite titles and ranks ("Mr."), for telling people of one surname apart.
        role: the office, without article.
        party: the side, from brackets or from the office.
        surface: all of it as written, white space made single, remarks on the speech left out.
    """

    kind: NamedKind
    surface: str
    name: str | None = None
    title: str = ""
    role: str | None = None
    party: str | None = None

    @property
    def shown(self) -> str:
        """How a record calls them: a surname with its title or office ("Mr. Toll", "President Ilves"), a full name alone."""
        if self.name is None:
            return self.surface
        if len(self.name.split()) > 1:
            return self.name
        if self.title:
            return f"{self.title} {self.name}"
        leads = self.role is not None and re.match(rf"(?:the\s+)?{re.escape(self.role)}\s", self.surface, re.IGNORECASE)
        return f"{self.role} {self.name}" if leads else self.name

    @property
    def is_woman(self) -> bool | None:
        """Whether the title says so; `None` where it does not tell."""
        words = {word.strip(".").lower() for word in self.title.split()}
        if words & turn_words("woman"):
            return True
        return False if words & turn_words("man") else None


@cache
def _function_words() -> frozenset[str]:
    """Words that are no part of a name: "in", "for", "monday"; but those that are names too stay names."""
    found = {word for word, kind in lexicon().kinds.items() if kind in _FUNCTION_KINDS}
    return frozenset(found - {"will", "may", "june", "april", "august", "mark", "over", "down", "wherever"} - PARTICLES)


def read_named(written: str, *, any_case: bool = False) -> Named | None:
    """Who `written` names, or `None` where it is no name, office or side; `any_case` also takes names in small letters."""
    core = " ".join(re.sub(r"[*_<>]", " ", written).split()).strip(" ,;.–—-")
    core, brackets = _without_brackets(_without_said(core))
    core = _without_said(core)
    words = core.split()
    if not words or len(words) > _MOST_WORDS:
        return None
    plain = _known_word(core)
    if plain is not None:
        return _with_brackets(plain, brackets)
    who, _, after = _SUFFIX.sub(" ", core).partition(",")
    found = _read_who(who.strip(), any_case=any_case)
    if found is None:
        return None
    after = after.strip()
    if after and not _is_description(after):
        return None
    if after:
        found = replace(found, surface=core, role=found.role or after, party=found.party or side_of(after))
        if found.kind == "side":
            found = replace(found, role=after)
    return _with_brackets(found, brackets)


def person_in(phrase: str) -> Named | None:
    """The person of a phrase, from the first word that opens a full name, or one with a title or office: "the envoy Ana Toll"."""
    words = phrase.split()
    for first in range(len(words)):
        named = read_named(" ".join(words[first:]))
        if named is None or named.kind != "person":
            continue
        if len((named.name or "").split()) > 1 or named.title or named.role:
            return named
    return None


def side_of(role: str) -> str | None:
    """The side that an office names: "Delegate of Norland", "Turkish minister"; `None` where it names none."""
    for size in (3, 2, 1):
        words = role.split()
        for at in range(len(words) - size + 1):
            spelled = " ".join(words[at : at + size])
            known = countries().get(spelled.strip(",.").lower())
            if known and spelled[:1].isupper():
                return spelled.strip(",.") if spelled.strip(",.") in known else known[0]
    match = _OF_A_SIDE.search(role)
    if match is None:
        return None
    first = match["side"].split()[0].lower()
    return None if first in office_words() else match["side"]


def _without_said(core: str) -> str:
    """The label without "interjecting" or "continuing" behind it."""
    words = core.split()
    while len(words) > 1 and words[-1].lower() in turn_words("said"):
        words.pop()
    return " ".join(words).strip(" ,")


def _without_brackets(core: str) -> tuple[str, list[str]]:
    found: list[str] = []
    while (match := _BRACKET.search(core)) is not None and match.start() > 0:
        found.insert(0, (match[1] or match[2] or "").strip())
        core = core[: match.start()].rstrip(" ,")
    return core, found


def _with_brackets(named: Named, brackets: list[str]) -> Named:
    for inside in brackets:
        if not inside or inside[0].islower() or inside[0].isdigit() or _ABOUT_SPEECH.search(inside):
            continue
        if named.kind in {"office", "asker", "answerer", "voice"} and named.name is None:
            person = _read_who(inside, any_case=False)
            if person is not None and person.kind == "person" and inside.lower() not in countries() and not _is_outlet(inside):
                named = replace(named, kind="person", name=person.name, title=person.title, role=named.role or named.surface)
                continue
        if _has_office(inside):
            named = replace(named, role=named.role or inside, party=named.party or side_of(inside))
        else:
            named = replace(named, party=named.party or inside)
    return named


def _is_outlet(inside: str) -> bool:
    return inside.isupper() and " " not in inside


def _known_word(core: str) -> Named | None:
    """Labels that are words of their own: Q, Question, The Witness, Unknown Speaker, An hon. member."""
    folded = core.lower().strip(" .")
    bare = folded.removeprefix("the ")
    if folded in turn_words("unknown") or any(folded.startswith(f"{word} ") for word in ("unidentified", "unknown")):
        return Named("unknown", core)
    if bare in turn_words("asker"):
        return Named("asker", core)
    if bare in turn_words("answerer"):
        return Named("answerer", core)
    nouns = _described(folded)
    if nouns & turn_words("asker"):
        return Named("asker", core)
    is_voice = nouns & (turn_words("voice") | office_words()) or (folded in turn_words("voice") and folded not in office_words())
    return Named("voice", core) if is_voice else None


def _described(folded: str) -> set[str]:
    """The nouns of "an hon. member" and "speaker 2", empty where the words do not describe somebody in this way."""
    first, _, rest = folded.partition(" ")
    if first in _INDEFINITE and rest:
        nouns = {word.strip(".") for word in rest.split()}
        return nouns if len(nouns) <= 5 else set()
    return {folded.rsplit(" ", 2)[-2]} if re.fullmatch(r"(?:\w+ )?\w+ (?:\d{1,3}|[a-z]|#\d+)", folded) else set()


def _read_who(who: str, *, any_case: bool) -> Named | None:
    """A name with titles and offices before it, an office alone, or a country."""
    words = who.split()
    if not words:
        return None
    known = countries().get(who.lower())
    bare = who.removeprefix("The ").removeprefix("the ").removeprefix("THE ")
    if (known or countries().get(bare.lower())) and who[0].isupper():
        spelled = (known or countries()[bare.lower()])[0]
        return Named("side", bare, name=None, party=bare if not bare.isupper() else spelled)
    at = 1 if words[0].lower() == "the" and len(words) > 1 else 0
    begin, title = at, []
    while at + 1 < len(words) and _is_title(words, at):
        title.append(words[at])
        at += 1
    office_begin = at
    at = _office_end(words, at)
    if at == office_begin and not title:
        at = _late_office_end(words, at)
    office = words[office_begin:at]
    while at < len(words) - 1 and office and _plain(words[at]) in turn_words("polite") | turn_words("rank"):
        title.append(words[at])
        at += 1
    name = words[at:]
    if name and not _is_name(name, any_case=any_case and not office and not title):
        return None
    if begin and name and not office and not title:
        return None  # "The Harbour": no person
    role = " ".join(office) or None
    if not name and not office:
        return None
    if not name:
        return Named("office", who, title=" ".join(title), role=role, party=side_of(who))
    return Named("person", who, " ".join(name), " ".join(title), role, side_of(role) if role else None)


def _is_title(words: list[str], at: int) -> bool:
    """Whether a word is a polite title or rank; the "M." of "M. T. Toll" is an initial, that of "M. Toll" is not."""
    is_initial = len(words[at].strip(".")) == 1 and _INITIALS.fullmatch(words[at + 1]) is not None
    return _plain(words[at]) in turn_words("polite") | turn_words("rank") and not is_initial


def _office_end(words: list[str], at: int) -> int:
    """End of the office that begins at `at`; names behind "of" belong to it: "Representative of Norland"."""
    linked = False
    begin = at
    while at < len(words):
        plain = _plain(words[at])
        if plain in office_words() or (linked and words[at][0].isupper()):
            at += 1
        elif at > begin and plain in _LINKS and at + 1 < len(words):
            linked = plain != "the" or linked
            at += 1
            continue
        elif at > begin and words[at].endswith(("'s", "’s")):
            at += 1
        else:
            break
        linked = linked and plain not in office_words()
    return at


def _late_office_end(words: list[str], at: int) -> int:
    """End of an office that opens with words of no office: "NSC Spokesperson [Ana Ruiz]", "Australian Delegation"."""
    offices = role_words()["office"] | role_words()["group"] | turn_words("office")
    last = max((n for n in range(at + 1, min(len(words), at + 5)) if _plain(words[n]) in offices), default=at)
    if last == at or not all(word[:1].isupper() for word in words[at : last + 1]):
        return at
    return last + 1 if last + 1 < len(words) or _plain(words[last]) in role_words()["group"] else at


def _is_name(words: list[str], *, any_case: bool) -> bool:
    if len(words) > 6 or words[-1].lower() in PARTICLES - {"st"}:
        return False
    full = 0
    for number, word in enumerate(words):
        bare = word.strip(".,'’\"“”")
        if word.lower() in PARTICLES and (number or len(words) > 1):
            continue
        if (bare.lower() in _function_words() and not _INITIALS.fullmatch(word)) or (
            bare.lower() in lexicon().forms and len(words) == 1 and any_case
        ):
            return False
        if _INITIALS.fullmatch(word):
            full += len(words) == 1 and len(bare) > 1
            continue
        if not re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_][^\W\d_’'.‑-]*(?:[’'.‑-][^\W\d_]+)*\.?", word):
            return False
        if not any_case and not (bare[:1].isupper() or re.match(r"(?:al|el|d)[-’'][A-Z]", bare)):
            return False
        full += 1
    return full > 0


def _has_office(text: str) -> bool:
    """Whether a word names an office itself: "Economic Secretary", not "Liberal"."""
    offices = role_words()["office"] | turn_words("office")
    return any(_plain(word) in offices for word in text.split())


def _is_description(after: str) -> bool:
    """Whether what follows a comma may be a role or a place, not the rest of a sentence."""
    words = after.split()
    if len(words) > 12:
        return False
    lower = [word for word in words if word[0].islower() and _plain(word) not in _LINKS | PARTICLES | office_words()]
    return not lower


def _plain(word: str) -> str:
    return word.strip(".,()").lower().removesuffix("'s").removesuffix("’s")
