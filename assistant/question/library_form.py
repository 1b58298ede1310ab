"""Further questions about the library, told by their form: who wrote, which outlets, whom documents quote, which have no date."""

from __future__ import annotations

import re

from parley.assistant.question.catalogue_form import Asked, CatalogueQuestion, catalogue_question
from parley.index.language.lexicon import alternatives, words_by_kind

_WORDS = words_by_kind("catalogue")
_PAPERS = rf"(?:{alternatives(_WORDS['paper'])})"
_LIST = r"(?:list|show|give|name)(?: me)?(?: us)?(?: all)?(?: the)?"
_ANY = rf"(?:everything|anything|something|(?:any |some |all )?(?:the )?{_PAPERS})"
_HAVE = rf"(?:(?:do|have) (?:you|we)(?: have| got)?|(?:is|are) there) {_ANY}"
_IN_LIBRARY = rf"(?: in (?:the|this|our|my) (?:{alternatives(_WORDS['place'] | _WORDS['any_paper'])}))"
_AUTHORS = (
    rf"who (?:are|were) the authors|(?:which|what) authors are there|{_LIST} authors|"
    rf"who wrote (?:the|these|those|all) {_PAPERS}s?"
)
_FORMS: tuple[tuple[Asked, str], ...] = (
    ("authors", _AUTHORS),
    ("outlets", r"(?:which|what) (?:outlets|newspapers|publishers|media)(?: (?:are|is) (?:there|represented|included|covered))?"),
    ("outlets", rf"{_LIST} (?:outlets|newspapers|publishers|media)"),
    ("undated", rf"(?:how many|which|what|{_LIST}|are there|do) ?(?:any )?{_PAPERS} (?:are |is )?(?:undated|not dated)"),
    (
        "undated",
        rf"(?:how many|which|what|{_LIST}|do|have|are there) ?(?:any )?{_PAPERS}.* (?:no|without(?: an?)?|not have an?) dates?",
    ),
    ("undated", rf"{_LIST} undated {_PAPERS}|(?:are|is) there (?:any )?undated {_PAPERS}"),
    ("quoting", rf"(?:which|what|how many|in which) {_PAPERS} (?:quotes?|cites?) (?P<about>.+)"),
    ("quoting", rf"(?:in )?(?:which|what|how many) {_PAPERS} (?:is|are|was|were) (?P<about>.+) quoted"),
    ("by", rf"(?:{_LIST}|{_HAVE}) ?{_ANY}? ?(?:written |published )?(?:by|from) (?P<about>\D+)"),
    ("by", rf"(?:which|what) {_PAPERS} (?:did|has|have) (?P<about>.+) (?:write|written|published?|authored)"),
    ("mention", rf"{_HAVE} (?:about|on|concerning|regarding) (?P<about>.+?){_IN_LIBRARY}"),
    ("mention", rf"do (?:you|we) have {_ANY} (?:about|on|concerning|regarding) (?P<about>.+)"),
    ("author", r"who (?:is|was) the author of (?:the )?(?P<about>.+)"),
    ("date", rf"when was (?:the )?(?P<about>.*\b{_PAPERS}\b.*) (?:written|dated|published|issued)"),
    (
        "statements",
        r"how many (?:statements|quotations|quotes) (?:does|did|do|are from) (?P<about>.+?)(?: make| made| have)?",
    ),
    (
        "speakers",
        rf"who (?:is|was|speaks|spoke) (?:quoted |heard )?(?:the )?most(?: often)? in (?:the )?(?P<about>.+?) {_PAPERS}",
    ),
    ("period", rf"from (?:which|what) (?:period|time|years?) (?:are|is|do|come) (?:the |these |your )?{_PAPERS}(?: come)?"),
)
_PATTERNS = tuple((asked, re.compile(form, re.IGNORECASE)) for asked, form in _FORMS)
_DATED = re.compile(rf"(?P<rest>.*\b{_PAPERS}) (?:are|is|were|was) (?:dated|published|issued|from)$", re.IGNORECASE)


def library_question(text: str) -> CatalogueQuestion | None:
    """What a question asks about the library, by these forms or by its words; `None` where it asks what documents say."""
    plain = text.strip().rstrip("?.! ")
    for asked, pattern in _PATTERNS:
        found = pattern.fullmatch(plain)
        if found is not None:
            return CatalogueQuestion(asked, found.groupdict().get("about") or "")
    return catalogue_question(text)


def without_dating(text: str) -> str:
    """A question from which a time was taken, without the verb that went with it: "Which papers are dated?"."""
    found = _DATED.fullmatch(text.strip().rstrip("?.! "))
    return f"{found['rest']} are there?" if found is not None else text
