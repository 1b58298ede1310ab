"""Under which party a statement is filed, and on what ground: the text's own words first, the user's alias list second."""

from __future__ import annotations

import re
from typing import NamedTuple

from parley.assistant.reports.views.aliases import AliasList
from parley.assistant.reports.views.term_lists import fold_with_offsets
from parley.index.types import Document, Statement


class Side(NamedTuple):
    """A party as shown, and what says so."""

    party: str
    basis: str


def side_of(document: Document, statement: Statement, aliases: AliasList) -> Side | None:
    """The party that a statement's speaker speaks for; `None` where neither the text nor the list says.

    A name alone never gives a party, and who held an office formerly speaks for nobody.
    """
    if statement.former:
        return None
    commissioner = aliases.name_of(statement.on_behalf_of, "party") if statement.on_behalf_of else None
    if commissioner is not None:
        return Side(commissioner, f"spoken on behalf of “{statement.on_behalf_of}”")
    if statement.party:
        written = " ".join(statement.party.split())
        listed = aliases.name_of(written, "party")
        return Side(listed or written, _basis("the text", written, listed))
    return _listed(document, statement, aliases)


def listed_person(document: Document, statement: Statement, aliases: AliasList) -> str | None:
    """The name that the list files a named speaker under. Whoever is not named by the text is never looked up."""
    if statement.speaker_kind != "named":
        return None
    listed = (aliases.name_of(form, "person") for form in _speaker_forms(document, statement))
    return next((name for name in listed if name is not None), None)


def _listed(document: Document, statement: Statement, aliases: AliasList) -> Side | None:
    if statement.speaker_kind in {"named", "collective"}:
        for form in _speaker_forms(document, statement):
            party = aliases.name_of(form, "party")
            if party is not None:
                return Side(party, _basis("the alias list", form, party))
    for form, party in aliases.forms("party") if statement.role else ():
        if _is_owner(form, statement.role or ""):
            return Side(party, _basis("the alias list, in the role", form, party))
    return None


def _is_owner(form: str, role: str) -> bool:
    """Whether a role phrase says whose office it is: "the union's negotiator", "spokesman for the union"."""
    owner = re.escape(fold_with_offsets(re.sub(r"^[Tt]he\s+", "", form))[0])
    return re.search(rf"^(?:the )?{owner}(?:'s|') |\b(?:of|for) (?:the )?{owner}$", _plain(role)) is not None


def _plain(words: str) -> str:
    return " ".join(fold_with_offsets(words)[0].split())


def _speaker_forms(document: Document, statement: Statement) -> list[str]:
    """The speaker as resolved, and as the speaker clause itself has it."""
    span = statement.speaker_span
    written = document.text[span.start : span.end] if span else None
    return [" ".join(form.split()) for form in dict.fromkeys((statement.speaker, written)) if form]


def _basis(source: str, written: str, listed: str | None) -> str:
    return source if listed in (None, written) else f"{source}: “{written}”"
