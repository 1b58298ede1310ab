"""The page on which dossiers and issues are edited: a name for each document, and a line for each issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.assistant import DocumentEntry, Dossier, Issue, IssueList, TermListError
from parley.ui.html.labels import day_of
from parley.ui.html.markup import isolated, text_html

LONGEST_NAME = 120
"""Characters of the name of a dossier or an issue."""

_ABOUT = (
    "Documents with the same name beside them are one dossier. An issue is a line: its name, a colon, and the words by which "
    "documents speak of it, separated by semicolons. What stands here first is proposed, until you keep a list."
)

_READ_ONLY = "You may read them; editors change them."


def lists_html(
    entries: Sequence[DocumentEntry],
    dossiers: Sequence[Dossier],
    issues: IssueList,
    *,
    kept: bool = False,
    problem: str = "",
    may_edit: bool = True,
) -> str:
    """The form; a document in several dossiers has their names separated by semicolons. Who may not send it can read it."""
    names: dict[str, list[str]] = {}
    for one in dossiers:
        for document in one.documents:
            names.setdefault(document, []).append(one.name)
    rows = "".join(_document(entry, "; ".join(names.get(entry.id, ())), number) for number, entry in enumerate(entries))
    known = "".join(f'<option value="{text_html(one.name)}"></option>' for one in dossiers)
    lines = "\n".join(f"{issue.name}: {'; '.join(issue.terms)}" for issue in issues.issues)
    told = '<p class="note" role="status">Kept.</p>' if kept else ""
    refused = f'<p class="problem" role="alert">{isolated(problem)}</p>' if problem else ""
    fields = (
        f'<label>Issues <textarea name="issues" rows="10">{text_html(lines)}</textarea></label>'
        f'<datalist id="dossiers">{known}</datalist>{rows}'
    )
    if not may_edit:
        return f'<p class="about">{_ABOUT} {_READ_ONLY}</p><form class="lists"><fieldset disabled>{fields}</fieldset></form>'
    return (
        f'<p class="about">{_ABOUT}</p>{told}{refused}<form class="lists" method="post" action="lists">'
        f"{fields}<button>Keep these lists</button></form>"
    )


def _document(entry: DocumentEntry, name: str, number: int) -> str:
    where = ", ".join(part for part in (entry.outlet, day_of(entry)) if part)
    return (
        f'<label>{isolated(entry.title)} <span class="where">{isolated(where)}</span>'
        f'<input type="hidden" name="document" value="{text_html(entry.id)}">'
        f'<input name="dossier" list="dossiers" maxlength="{LONGEST_NAME}" value="{text_html(name)}" id="d{number}"></label>'
    )


def dossiers_given(documents: Sequence[str], names: Sequence[str]) -> list[Dossier]:
    """The dossiers of a form: `names` stand beside `documents`, several of one document separated by semicolons."""
    chosen: dict[str, list[str]] = {}
    for document, written in zip(documents, names, strict=False):
        for name in (" ".join(part.split()) for part in written.split(";")):
            if name:
                chosen.setdefault(name, []).append(document)
    return [Dossier(name, tuple(found), "listed") for name, found in chosen.items()]


def issues_given(text: str) -> IssueList:
    """The issues of the field's lines. Raises TermListError for a line without a name or a term."""
    terms: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, listed = line.partition(":")
        words = [" ".join(part.split()) for part in listed.split(";") if part.strip()]
        if not line.strip():
            continue
        if not name.strip() or not words:
            msg = f"Line {number} of the issues, {line.strip()[:60]!r}, lacks a name or words. Write “pay: wage; pay rise”."
            raise TermListError(msg)
        terms.setdefault(" ".join(name.split()), []).extend(words)
    return IssueList(tuple(Issue(name, tuple(dict.fromkeys(words))) for name, words in terms.items()))


def fields_of(given: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """The values of a field, in order; empty where the form lacks it."""
    return list(given.get(name, ()))
