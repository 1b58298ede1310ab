"""Which forms stand for which party, as the documents themselves show it: roles, who sits for whom, and names of peoples.

The position table joins names by the user's list alone. An overview is for people who have written no list yet, so it takes these
beside it, and the form of every statement shows who speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from parley.assistant.reports.views.aliases import Alias, AliasList
from parley.assistant.reports.views.sides import side_of
from parley.assistant.reports.views.term_lists import fold_name
from parley.index.language.lexicon import bare_titles, role_words, word_kind
from parley.index.types import Document, Statement

_HEARD = 2
"""Statements of a body that is only called by a common noun ("the union") from which it is taken for a party."""

_ROOT = 4
"""Letters that the names of a country and of its people must share."""

_FOR = re.compile(r"^\W*For (?P<party>(?:the )?[^:\n]{2,60}):\s(?P<names>[^\n]+)$", re.MULTILINE)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s)+[A-Z][\w’'-]+")

Said = Sequence[tuple[Document, Statement]]


def with_proposed_parties(said: Said, aliases: AliasList) -> AliasList:
    """The user's list with the forms that the documents show to stand for a party; a form of two parties stands for none."""
    listed = _extended(aliases, [*_bodies(said), *_peoples(said, aliases)])
    seated = _extended(listed, _seated(said, listed))
    return _extended(seated, _persons(said, seated))


def _extended(aliases: AliasList, proposed: Iterable[Alias]) -> AliasList:
    """The list with the proposed forms that it does not have, and that are proposed for one party only."""
    by_form: dict[str, dict[str, Alias]] = {}
    for alias in proposed:
        if aliases.name_of(alias.form, "party") is None:
            by_form.setdefault(fold_name(alias.form), {})[fold_name(alias.name)] = alias
    fresh = [next(iter(found.values())) for found in by_form.values() if len(found) == 1]
    return AliasList([*aliases.aliases, *fresh])


def _bodies(said: Said) -> Iterator[Alias]:
    """Bodies called by a common noun, and names that others' roles give as a party."""
    bodies = role_words()["group"]
    heard = Counter(_plain(item.speaker) for _, item in said if item.speaker and item.speaker_kind != "anonymous")
    for name, count in heard.items():
        words = fold_name(name).split()
        if count >= _HEARD and len(words) == 1 and words[0] in bodies and not words[0].endswith("s"):
            yield Alias(f"the {words[0]}", name, "party")
    parties = {_plain(item.party) for _, item in said if item.party}
    for name in parties:
        yield Alias(name, name, "party")


def _peoples(said: Said, aliases: AliasList) -> Iterator[Alias]:
    """The people's name beside the country's ("Norlandic", "Norland"), and who is described by it."""
    known = {_plain(name) for _, item in said for name in (item.party, item.speaker) if name}
    named = {aliases.name_of(name, "party") or name for name in known}
    countries = sorted(name for name in named if name[:1].isupper() and len(name.split()) == 1)
    for _, item in said:
        for written in filter(None, (item.party, item.speaker)):
            word = next(iter(fold_name(written).split()), "")
            country = next((name for name in countries if _is_people(word, fold_name(name))), None)
            if country is not None:
                for form in (country, word.capitalize(), _plain(written)):
                    yield Alias(country, form, "party")


def _is_people(word: str, country: str) -> bool:
    """Whether a folded word is a country's name with the ending of a people or an adjective."""
    root = country.rstrip("aeiy")
    ending = word.removeprefix(root)
    return len(root) >= _ROOT and word.startswith(root) and word != country and ending in word_kind("people_ending")


def _seated(said: Said, aliases: AliasList) -> Iterator[Alias]:
    """Names on a line that says for whom they sit: "For the union: Marta Olin (lead negotiator), Ben Achterberg"."""
    for document in {document.id: document for document, _ in said}.values():
        for line in _FOR.finditer(document.text):
            party = aliases.name_of(re.sub(r"\s+delegation$", "", line["party"]), "party") or aliases.name_of(
                line["party"], "party"
            )
            for name in _NAME.findall(line["names"]) if party is not None else ():
                yield from (Alias(str(party), form, "party") for form in (name, name.split()[-1]))


def _persons(said: Said, aliases: AliasList) -> Iterator[Alias]:
    """Named speakers whose party another statement gives, with their surname where no second person bears it."""
    sides: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    former: set[str] = set()
    for document, item in said:
        if item.speaker is None or item.speaker_kind != "named":
            continue
        name = _plain(item.speaker)
        bearers.setdefault(name.split()[-1], set()).add(name)
        if item.former:
            former.add(name.split()[-1])
        elif (side := side_of(document, item, aliases)) is not None:
            sides.setdefault(name, set()).add(side.party)
    for name, parties in sides.items():
        surname = name.split()[-1]
        if len(parties) > 1 or surname in former:
            continue
        full = {other for other in bearers[surname] if len(_own_words(other)) > 1}
        forms = (name, surname, *bearers[surname]) if len({fold_name(one) for one in full}) <= 1 else (name,)
        yield from (Alias(next(iter(parties)), form, "party") for form in dict.fromkeys(forms))


def _own_words(name: str) -> list[str]:
    return [word for word in name.split() if word.rstrip(".").lower() not in bare_titles()]


def _plain(name: str | None) -> str:
    return " ".join((name or "").split())
