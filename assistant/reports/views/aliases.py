"""Other names and spellings that a user declares to stand for the same person, party or place.

Across documents this list is the only thing that joins names; nothing is guessed from spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from parley.assistant.reports.views.term_lists import fold_name, read_list
from parley.index.errors import TermListError

FILE_NAME = "aliases.tsv"
"""Looked for in the library's folder."""

AliasKind = Literal["person", "party", "place"]


@dataclass(frozen=True, slots=True)
class Alias:
    """`form` is filed under `name`."""

    name: str
    form: str
    kind: AliasKind


class AliasList:
    """Names with the other forms that stand for them; compared without case, accents and a leading "the"."""

    def __init__(self, aliases: Sequence[Alias] = ()) -> None:
        """Raises TermListError where a form stands for two names of one kind."""
        self.aliases = tuple(aliases)
        self._names: dict[tuple[AliasKind, str], str] = {}
        for alias in self.aliases:
            self._declare(alias)
        # A name stands for itself, unless it is declared another form of something.
        for alias in self.aliases:
            self._names.setdefault((alias.kind, fold_name(alias.name)), alias.name)

    @classmethod
    def from_file(cls, path: str | Path) -> AliasList:
        """Read `name<TAB>other form<TAB>kind` lines. Raises TermListError, naming file and line."""
        aliases: list[Alias] = []
        lines: dict[tuple[str, str], tuple[int, str]] = {}
        for number, (name, form, kind) in read_list(Path(path), ("name", "other form", "kind")):
            if kind not in get_args(AliasKind):
                msg = f"{path}, line {number}: the kind is {kind!r}. Write person, party or place."
                raise TermListError(msg)
            earlier = lines.setdefault((kind, fold_name(form)), (number, name))
            if fold_name(earlier[1]) != fold_name(name):
                msg = (
                    f"{path}, line {number}: {form!r} is filed under {name!r}, "
                    f"but line {earlier[0]} files it under {earlier[1]!r}. Remove one of the two lines."
                )
                raise TermListError(msg)
            aliases.append(Alias(name, form, cast("AliasKind", kind)))
        return cls(aliases)

    def name_of(self, form: str, kind: AliasKind) -> str | None:
        """The name that `form` is filed under, or `None` where the list does not have it."""
        return self._names.get((kind, fold_name(form)))

    def forms(self, kind: AliasKind) -> tuple[tuple[str, str], ...]:
        """Every (form, name) of that kind, longest forms first; names are forms of themselves."""
        pairs = {(alias.form, alias.name) for alias in self.aliases if alias.kind == kind}
        pairs |= {(alias.name, alias.name) for alias in self.aliases if alias.kind == kind}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))

    def _declare(self, alias: Alias) -> None:
        known = self._names.setdefault((alias.kind, fold_name(alias.form)), alias.name)
        if fold_name(known) != fold_name(alias.name):
            msg = f"{alias.form!r} is filed under both {known!r} and {alias.name!r}. Keep one of the two."
            raise TermListError(msg)
