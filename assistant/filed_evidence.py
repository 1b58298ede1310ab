"""A library as its user calls those who speak in it: the names of aliases.tsv count when questions are answered.

Whoever the list files under "Union" is found, and matched, where a question asks for the Union. What is shown stays as the
documents have it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parley.assistant.evidence.source import NO_FILTER
from parley.assistant.reports.views.aliases import FILE_NAME, AliasList
from parley.assistant.reports.views.sides import listed_person, side_of
from parley.assistant.reports.views.term_lists import fold_name
from parley.index.errors import TermListError
from parley.index.language.folding import fold_text
from parley.index.library import Library
from parley.index.store.stored_statements import StatementConditions
from parley.index.structure.provisions import Provision
from parley.index.types import Document, DocumentEntry, Hit, Passage, SearchFilter, Statement, Turn

_MOST_FORMS = 12
"""Other forms of a name that are searched for with it, set by hand: a side with forty members would drown the question."""

_LETTERS = 4
"""Letters of a word by which alone a listed name is known, set by hand: "of" and "the" are no names."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Names:
    """The list, and by each folded name, or long word of one, the forms that stand for it."""

    aliases: AliasList = field(default_factory=AliasList)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, aliases: AliasList) -> _Names:
        found: dict[str, dict[str, None]] = {}
        for alias in aliases.aliases:
            if alias.kind != "place":
                both = {alias.name: None, alias.form: None}
                for known in (alias.name, alias.form):
                    words = [word for word in re.findall(r"\w+", known) if word[0].isupper() and len(word) >= _LETTERS]
                    for key in {fold_name(known), *map(fold_name, words)}:
                        found.setdefault(key, {}).update(both)
        return cls(aliases, {key: tuple(forms) for key, forms in found.items()})

    def also_called(self, document: Document, statement: Statement) -> tuple[str, ...]:
        """The name that a person is filed under, and its other forms."""
        name = listed_person(document, statement, self.aliases)
        return () if name is None else tuple(form for form, filed in self.aliases.forms("person") if filed == name)

    def speaks_for(self, document: Document, statement: Statement) -> tuple[str, ...]:
        """The side that a speaker is filed under, and its other forms; none where the list does not have it."""
        side = side_of(document, statement, self.aliases)
        return () if side is None else tuple(form for form, filed in self.aliases.forms("party") if filed == side.party)


class FiledEvidence:
    """The library itself, but that speakers bear the names under which the user's list files them. Nothing is stored of that."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: tuple[tuple[int, int], _Names] | None = None

    @property
    def path(self) -> Path:
        """The library's folder."""
        return self._library.path

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return self._library.passage_count

    @property
    def document_count(self) -> int:
        """How many documents there are."""
        return self._library.document_count

    def search(self, query: str, *, k: int = 10, filter: SearchFilter = NO_FILTER) -> list[Hit]:  # noqa: A002
        """The passages that fit best, best first, also by the other forms of the names in the query."""
        folded = f" {fold_name(query)} "
        named = [forms for name, forms in self._names.forms.items() if re.search(rf"\W{re.escape(name)}\W", folded)]
        further = dict.fromkeys(form for forms in named for form in forms if fold_name(form) not in folded)
        return self._library.search(" ".join([query, *list(further)[:_MOST_FORMS]]), k=k, filter=filter)

    def document(self, document_id: str) -> Document:
        """The document with that id."""
        return self._library.document(document_id)

    def documents(self) -> list[Document]:
        """All documents with their texts; for many documents, `entries` is lighter."""
        return self._library.documents()

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts."""
        return self._library.entries()

    def passages(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        return self._library.passages(document_id)

    def statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order, each with the names that the list has for its speaker."""
        found, names = self._library.statements(document_id), self._names
        if not names.forms:
            return found
        document = self._library.document(document_id)
        return tuple(_filed(document, statement, names) for statement in found)

    def statements_narrowed(self, wanted: StatementConditions) -> Iterable[tuple[str, Statement]]:
        """All statements that may meet the conditions, each with its document's id, in order of document and position.

        For a name of the list those of every speaker are, with the names that the list has for them: the index has none of these.
        """
        lists = self._names.aliases
        speaker = None if _is_listed(wanted.speaker, lists.forms("person")) else wanted.speaker
        party = None if _is_listed(wanted.party, lists.forms("party")) else wanted.party
        if (speaker, party) == (wanted.speaker, wanted.party):
            return self._library.statements_narrowed(wanted)
        return self._all_filed(replace(wanted, speaker=speaker, party=party))

    def _all_filed(self, wanted: StatementConditions) -> Iterator[tuple[str, Statement]]:
        names, document = self._names, None
        for document_id, statement in self._library.statements_narrowed(wanted):
            if document is None or document.id != document_id:
                document = self._library.document(document_id)
            yield document_id, _filed(document, statement, names)

    def provisions(self, document_id: str) -> tuple[Provision, ...]:
        """The articles, sections and numbered paragraphs of a document in reading order."""
        return self._library.provisions(document_id)

    def turns(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order: who speaks or writes where."""
        return self._library.turns(document_id)

    def centrality(self, document_ids: Sequence[str]) -> dict[int, float]:
        """How near each passage of these documents is to what they are about together: passage id -> cosine."""
        return self._library.centrality(document_ids)

    def passage_frequency(self, word: str) -> int:
        """How many passages hold the word or phrase; of a name that stands nowhere, those that hold another form of it."""
        return self._library.passage_frequency(word) or max(map(self._library.passage_frequency, self._forms(word)), default=0)

    def documents_quoting(self, parts: Sequence[Sequence[str]]) -> list[DocumentEntry]:
        """The documents that may hold a quotation of these folded words, in the order in which they were added."""
        return self._library.documents_quoting(parts)

    def documents_with(self, word: str) -> frozenset[str]:
        """Ids of the documents that contain the word or phrase, or another form of the name."""
        return frozenset().union(*map(self._library.documents_with, (word, *self._forms(word))))

    def _forms(self, word: str) -> Iterator[str]:
        return (form for form in self._names.forms.get(fold_name(word), ()) if fold_name(form) != fold_name(word))

    @property
    def _names(self) -> _Names:
        """What the list has now; nothing where there is none, or where it cannot be read."""
        path = self.path / FILE_NAME
        try:
            told = path.stat()
        except OSError:
            return _Names()
        stamp = (told.st_mtime_ns, told.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _names_in(path))
        return self._read[1]


def _is_listed(name: str | None, forms: Iterable[tuple[str, str]]) -> bool:
    return name is not None and any(fold_text(name) == fold_text(form) for form, _ in forms)


def _names_in(path: Path) -> _Names:
    try:
        return _Names.of(AliasList.from_file(path))
    except TermListError as error:
        # A wrong line must not keep a question from being answered; views, which are made of the list, refuse.
        _logger.warning("Questions are answered without the other names of speakers. %s", error)
        return _Names()


def _filed(document: Document, statement: Statement, names: _Names) -> Statement:
    if not statement.speaker:
        return statement
    called, side = names.also_called(document, statement), names.speaks_for(document, statement)
    return replace(statement, also_called=called, speaks_for=side) if called or side else statement
