"""Who holds which office at a meeting: from the list of those present, or, between two people, by elimination.

"Present: Ms A. Ferro, Minister for Rivers …" makes "the Minister" Ms Ferro, if no other minister is there. In the record of a
meeting between Toll and Ruiz that speaks of "President Ruiz", the only other office that speaks is Toll's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parley.index.language.lexicon import alternatives, lexicon, role_words, titles
from parley.index.structure.voices.lines import text_lines
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.words import office_words, turn_words
from parley.index.types import Document

_HEADING = re.compile(
    rf"\W*(?:(?:{alternatives(turn_words('present_before'))})\s+){{0,2}}(?:{alternatives(turn_words('present'))})\b"
    r"(?:\s+were)?\s*(?:[:.—–-]+\s*(?P<rest>\S.*)?)?\Z",
    re.IGNORECASE,
)
_POLITE = rf"(?:{alternatives(titles('polite'))})\b"
_LABELLED = re.compile(r"(?:\A\W*|(?<=[.;)])\s+)(?P<label>[A-Z][^:.;()\n]{1,40}?)(?:\s*\([^()\n]{1,60}\))?:\s+(?=\S)")
"""What opens a part of a list that stands in one line: "Chair: Ms A. Ferro (Norland). Also present: …"."""
_ROLE_IN_BRACKETS = re.compile(r"(?P<who>[^()]+?)\s*\((?P<role>[a-z][^()]*)\)\Z")
_SIDE = re.compile(r"For (?P<side>.+)\Z", re.IGNORECASE)
_PEOPLE_APART = re.compile(
    rf"\s*;\s*(?:and\s+)?|(?<=\)),\s+(?:and\s+)?|,?\s+and\s+(?={_POLITE})|,\s+(?={_POLITE})",
    re.IGNORECASE,
)
_LOOKED_AT = 4000
"""Characters in which a list of those present begins; it stands at the head."""
_MOST_WORDS = 16
"""Words of a line of such a list."""
_OFTENER = 3
"""Times that the office found by elimination speaks as often as any third one; in records read for this, 11 times and more."""
_BETWEEN = re.compile(
    r"\b[Bb]etween (?P<one>[^,;:()]{3,40}?) [Aa]nd (?P<other>[^,;:()]{3,40}?)(?:,|\s+(?:on|at|in|held)\b|\s*\Z)"
)
_OFFICE_SPEAKS = re.compile(r"\b[Tt]he (?P<office>(?:[A-Z][\w-]+ ){0,3}[A-Z][\w-]+) (?P<verb>[a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody at the meeting, with the office by which the record may call them.

    Attributes:
        person: who it is.
        head: the noun of the office in lower case ("minister"), empty where the list gives none.
        words: all words that tell this office from another, its side's among them.
    """

    person: Named
    head: str
    words: frozenset[str]

    @property
    def called(self) -> frozenset[str]:
        """The words by which the record calls them: office, side or surname."""
        return self.words | {(self.person.name or "").split()[-1].lower()} if self.person.name else self.words


def holders_of(document: Document) -> tuple[Holder, ...]:
    """Everybody whom minutes list as present or name in their title, with their offices."""
    if document.genre != "minutes":
        return ()
    listed = _with_sides(list(_listed(document.text)))
    return tuple(map(_holder, listed)) if listed else _between_two(document)


def holders_meant(holders: Sequence[Holder], head: str, words: frozenset[str]) -> list[Holder]:
    """Those present who may be meant by an office; a deputy is not meant where only "the minister" is said."""
    wanted = {_neutral(head)} | {_neutral(word) for word in words}
    return [
        one
        for one in holders
        if one.head == _neutral(head) and wanted <= one.words and not (one.words & turn_words("second")) - wanted
    ]


def _holder(person: Named) -> Holder:
    words = [_neutral(word) for word in re.findall(r"[^\W\d_][\w’'-]*", person.role or "")]
    before = re.split(r"\s[a-z]+\b|,", person.role or "", maxsplit=1)[0]  # "Director" of "Director of Waterways"
    offices = [word for word in map(_neutral, re.findall(r"[^\W\d_][\w’'-]*", before)) if word in _offices()]
    side = re.findall(r"[^\W\d_][\w’'-]*", (person.party or "").lower())
    return Holder(person, offices[-1] if offices else "", frozenset([*words, *side]))


def _offices() -> frozenset[str]:
    return role_words()["office"] | turn_words("office")


def _neutral(word: str) -> str:
    """An office without what tells man or woman: "chairwoman" is "chair"."""
    return re.sub(r"(?<=.)(?:man|woman|person)$", "", word.lower())


def _listed(text: str) -> Iterator[Named]:
    """The people below or behind a heading such as "Present:", to the first line that names nobody."""
    inside, side = False, None
    for line in text_lines(text):
        written = text[slice(*line)].strip()
        if line.start > _LOOKED_AT and not inside:
            return
        if offices := people_listed(written):
            yield from offices
            continue
        heading = _HEADING.match(written)
        if heading is not None:
            if line.start > _LOOKED_AT:
                return
            inside, side = True, None
            yield from filter(None, map(_person, re.split(r"\s*;\s*", heading["rest"] or "")))
            continue
        if not inside:
            continue
        before, colon, behind = written.rpartition(":")
        if colon and (before.lower() in turn_words("field") or len(before.split()) > 4):
            return
        side = re.sub(r"\A[Ff]or (?:the )?", "", before).strip() or side if colon else side
        person = _person(behind)
        if person is not None:
            yield replace(person, party=person.party or side)
        elif len(written.split()) > 4 or written.endswith("."):
            inside = False


def people_listed(line: str) -> list[Named]:
    """The people of a line that names them by office: "Chair: Ms A. Ferro (Norland). Also present: Dr B. Lund, adviser".

    Empty where the line does not begin so, or where a part of it names nobody: "Chair: We begin." is what the chair says.
    """
    marks = list(_LABELLED.finditer(line))
    if not marks or marks[0].start():
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    found: list[Named] = []
    for mark, end in zip(marks, ends, strict=True):
        label, rest = mark["label"], line[mark.end() : end].strip(" .;")
        is_office = re.split(r"[\s-]", label.lower())[-1] in office_words()
        side = _SIDE.match(label)
        if not is_office and side is None and _HEADING.match(label) is None:
            return []
        people = [_with_bracket(part) or _person(part) for part in _PEOPLE_APART.split(rest)]
        if None in people:
            return []
        known = [one for one in people if one is not None]
        party = side["side"] if side is not None else None
        found += [replace(one, role=label) if is_office and not side else replace(one, party=one.party or party) for one in known]
    is_alone = len(found) == 1 and len((found[0].name or "").split()) == 1 and not found[0].party
    is_floor_given = is_alone and line.rstrip().endswith((".", "!"))
    return [] if is_floor_given or line.lower().startswith("the ") else found


def _with_bracket(written: str) -> Named | None:
    """Somebody with a task in brackets: "Dilys Roe (night shift delegate)"."""
    match = _ROLE_IN_BRACKETS.match(written.strip(" .;"))
    named = read_named(match["who"]) if match is not None else None
    return replace(named, role=match["role"]) if match is not None and named is not None and named.kind == "person" else None


def _person(written: str) -> Named | None:
    written = re.sub(r"\A\W*(?:\d{1,2}[.)]\s+)?", "", written).strip(" ;.")
    if len(written.split()) > _MOST_WORDS:
        return None
    written = re.sub(r"\s+[–—-]{1,2}\s+|\s{3,}|\t+|\s*\|\s*", ", ", written)
    named = read_named(written)
    return named if named is not None and named.kind == "person" and (named.role or named.title) else None


def _with_sides(people: Sequence[Named]) -> list[Named]:
    """The people with their sides apart: what several have behind their last comma ("Adviser, Norland")."""
    tails = Counter(one.role.rsplit(", ", 1)[1] for one in people if one.role and ", " in one.role)
    parted = []
    for one in people:
        office, _, side = (one.role or "").rpartition(", ")
        parted.append(replace(one, role=office, party=side) if office and tails[side] > 1 else one)
    return parted


def _between_two(document: Document) -> tuple[Holder, ...]:
    """The two of a meeting, where the text gives one of them an office and only one other office speaks."""
    match = _BETWEEN.search(" ".join(document.title.split()))
    people = [_one_of_two(match[part]) for part in ("one", "other")] if match else []
    if len(people) != 2 or None in people:
        return ()
    known = [_with_office(person, document.text) for person in people if person is not None]
    without = [one for one in known if not one.role]
    if len(without) != 1:
        return tuple(_holder(one) for one in known if one.role)
    taken = {_office_key(one.role) for one in known if one.role}
    speaking = [pair for pair in _speaking(document.text).most_common() if pair[0] not in taken]
    (office, times), (_, others) = [*speaking, ("", 0), ("", 0)][:2]
    if not taken or times < _OFTENER * max(others, 1):
        return tuple(_holder(one) for one in known if one.role)
    return tuple(_holder(one if one.role else replace(one, role=office.title())) for one in known)


def _one_of_two(written: str) -> Named | None:
    named = read_named(written.strip())
    return named if named is not None and named.kind == "person" else None


def _with_office(person: Named, text: str) -> Named:
    """The person with the office that stands before the name in the text: "President Ruiz"."""
    if person.role or not person.name:
        return person
    surname = re.escape(person.name.split()[-1])
    found = Counter(re.findall(rf"\b((?:[A-Z][\w-]+ ){{1,3}})(?=(?:[A-Z][\w.-]+ ){{0,2}}{surname}\b)", text))
    roles = [role.strip() for role, _ in found.most_common() if role.split()[-1].lower() in _offices()]
    return replace(person, role=_office_key(roles[0]).title()) if roles else person


def _speaking(text: str) -> Counter[str]:
    """How often the text lets an office speak without a name: "the Prime Minister said"."""
    cues = lexicon().cues
    keys = Counter(_office_key(match["office"]) for match in _OFFICE_SPEAKS.finditer(text) if match["verb"] in cues)
    offices = role_words()["office"]
    return Counter({key: times for key, times in keys.items() if key and key.split()[-1] in offices})


def _office_key(role: str) -> str:
    """An office in small letters, from its first word that belongs to one."""
    words = role.lower().split()
    while words and words[0] not in office_words():
        words = words[1:]
    return " ".join(words)
