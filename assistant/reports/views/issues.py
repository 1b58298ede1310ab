"""What negotiations are about: issues, each with the words by which documents speak of it. Users write the list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parley.assistant.reports.views.term_lists import fold_with_offsets, read_list
from parley.index.errors import ParleyError, TermListError
from parley.index.files import write_whole
from parley.index.types import Document, Span

FILE_NAME = "issues.tsv"
"""Looked for in the library's folder."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue and its terms: words or phrases, found whole, with or without the ending of a plural or possessive."""

    name: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueMention:
    """An issue and the place of the term by which a statement speaks of it."""

    issue: str
    span: Span


@dataclass(frozen=True, slots=True)
class IssueList:
    """Issues in the order in which their list names them first."""

    issues: tuple[Issue, ...] = ()

    @classmethod
    def from_file(cls, path: str | Path) -> IssueList:
        """Read `issue<TAB>term` lines. Raises TermListError, naming file and line."""
        terms: dict[str, list[str]] = {}
        for _, (name, term) in read_list(Path(path), ("issue", "term")):
            terms.setdefault(name, []).append(term)
        return cls.from_terms(terms)

    @classmethod
    def from_terms(cls, terms: Mapping[str, Sequence[str]]) -> IssueList:
        """Issues given as a mapping from name to terms. Raises TermListError for a name or a term without a word."""
        for written in (written for name, words in terms.items() for written in (name, *words)):
            if not fold_with_offsets(written)[0].split():
                msg = f"{written!r} cannot stand in a list of issues: there is no word in it. Leave it out."
                raise TermListError(msg)
        return cls(tuple(Issue(name, tuple(dict.fromkeys(words))) for name, words in terms.items()))

    def find(self, document: Document, spans: Sequence[Span]) -> Iterator[IssueMention]:
        """Where the terms stand within these spans of the document: issue by issue, each place once, in order."""
        texts = [(span.start, document.text[span.start : span.end]) for span in spans]
        readings = [(start, text, *fold_with_offsets(text)) for start, text in texts]
        for issue in self.issues:
            places = {
                Span(start + place.start, start + place.end)
                for start, text, folded, offsets in readings
                for term in issue.terms
                for place in _find(text, folded, offsets, term)
            }
            yield from (IssueMention(issue.name, place) for place in sorted(places))

    def chosen(self, names: Sequence[str]) -> IssueList:
        """The issues of these names, in their order; a name that is not listed is taken as an issue of that one term.

        Without names, the whole list.
        """
        if not names:
            return self
        known = {fold_with_offsets(issue.name)[0]: issue for issue in self.issues}
        return IssueList(tuple(known.get(fold_with_offsets(name)[0], Issue(name, (name,))) for name in dict.fromkeys(names)))


def write_issues(path: Path, issues: IssueList) -> None:
    """Keep a list of issues. Raises TermListError for what cannot stand in it, ParleyError if it cannot be written."""
    lines = ["# What the negotiations are about; yours to edit. Columns, separated by a tab: the issue, a word or phrase for it."]
    for issue in issues.issues:
        for written in (issue.name, *issue.terms):
            if not written.strip() or "\t" in written or "\n" in written or written.startswith("#"):
                msg = f"{written!r} cannot stand in a list of issues. Use a line of text without tabs that does not begin with #."
                raise TermListError(msg)
        lines += [f"{issue.name}\t{term}" for term in issue.terms]
    try:
        write_whole(path, "\n".join(lines) + "\n")
    except OSError as error:
        msg = f"The issues could not be written to {path}: {error.strerror}. Give yourself the right to write there."
        raise ParleyError(msg) from error


def _find(text: str, folded: str, offsets: Sequence[int], term: str) -> Iterator[Span]:
    first_word, pattern = _pattern(term)
    if first_word not in folded:
        return
    for match in pattern.finditer(folded):
        start = offsets[match.start()]
        # "US" and "UN" are not the words "us" and "un".
        if not _is_acronym(term) or text[start : offsets[match.end(1) - 1] + 1].isupper():
            end = offsets[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            yield Span(start, end)


def _is_acronym(term: str) -> bool:
    return term.isupper() and len(term) > 1


@lru_cache(maxsize=4096)
def _pattern(term: str) -> tuple[str, re.Pattern[str]]:
    words = fold_with_offsets(term)[0].split()
    whole = r"\s+".join(map(re.escape, words))
    # What has no word in it is found nowhere.
    return (words[0], re.compile(rf"(?<!\w)({whole})(?:e?s|'s|s')?(?!\w)")) if words else ("", re.compile("(?!)"))
