"""Further questions about the library, told by their form: who wrote, which outlets, whom documents quote, which have no date."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from parley.assistant.question.catalogue_form import Asked, CatalogueQuestion, catalogue_question
from parley.index.language.lexicon import alternatives, read_rows, words_by_kind

_WORDS = words_by_kind("catalogue")
_PLACEHOLDERS = {
    "{papers}": f"(?:{alternatives(_WORDS['paper'])})",
    "{places}": alternatives(_WORDS["place"] | _WORDS["any_paper"]),
}
_DATED = "dated"
"""The form in the table that only tells how a time is asked for."""


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is asked, and the pattern of the question, in the order of the table."""
    return tuple((asked, re.compile(_filled(form), re.IGNORECASE)) for asked, form, *_ in read_rows("library_forms.tsv"))


def _filled(form: str) -> str:
    for name, pattern in _PLACEHOLDERS.items():
        form = form.replace(name, pattern)
    return form


def library_question(text: str) -> CatalogueQuestion | None:
    """What a question asks about the library, by these forms or by its words; `None` where it asks what documents say."""
    plain = text.strip().rstrip("?.! ")
    for asked, pattern in _forms():
        found = pattern.fullmatch(plain) if asked != _DATED else None
        if found is not None:
            return CatalogueQuestion(cast("Asked", asked), found.groupdict().get("about") or "")
    return catalogue_question(text)


def without_dating(text: str) -> str:
    """A question from which a time was taken, without the verb that went with it: "Which papers are dated?"."""
    pattern = next(pattern for asked, pattern in _forms() if asked == _DATED)
    found = pattern.fullmatch(text.strip().rstrip("?.! "))
    return f"{found['rest']} are there?" if found is not None else text
