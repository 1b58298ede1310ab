"""Sentences of a text, as exact spans, by rule: no model and no download.

A terminator ends a sentence unless what stands before it is an abbreviation or what follows continues the sentence.
Marks that close a quotation or a bracket behind the terminator belong to the sentence they close.
"""

from __future__ import annotations

import re

from parley.index.language.lexicon import calendar_names
from parley.index.language.paragraphs import paragraph_spans
from parley.index.types import Span

# Possessive quantifiers: a run of a million full stops is read once.
_TERMINATOR = re.compile(r"[.!?…؟۔]++(?:[\"'”’»›“)\]}]|\[\d{1,3}\])*+|[。！？][”’」』）]*+")
_FOLLOWING = re.compile(r"\s*+([\"'“”„‘«‹(\[—–\-•*¿¡]*+)\s*+([^\W_][\w’']{0,30})?")
_SPEECH_CLAUSE = re.compile(
    r"\s+(?:[A-ZА-ЯİÖÜÇŞĞ][\w.’'-]*\s*+){1,4}(?:,[^.?!\"“”\n]{2,100},\s+)?(?:said|says|asked|asks|told|added|replied|wrote|writes|tweeted|shouted|quipped"
    r"|responded|declared|joked|wondered|continued|exclaimed|demanded|answered|questioned|repeated|quipped|tells|yelled|insisted"
    r"|noted|concluded|observed|mused|pressed|retorted|countered|recalled)\b"
)
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)*[^\W\d_]")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,5}|[a-zA-Z])")
_QUOTES = frozenset("\"“„‘«‹'")
_UNSPACED = frozenset("。！？")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "mr mrs ms messrs mx dr prof gen col lt maj capt sgt cpl adm sen sens rep reps gov govs pres rev hon amb cmdr supt insp "
    "mme mlle mgr fr vs cf e.g i.e eg viz approx ca incl esp resp "
    "т.е напр проф акад им ул см ср стр рис тов sn doç av örn bkz hr dipl"
)
"""Abbreviations that call for a word to follow: no sentence ends with them."""

_BEFORE_NUMBER = _words(
    "no nos nr art arts sec sect para paras p pp ch chap vol fig figs eq res doc op add corr reg regs cl "
    "jan feb mar apr jun jul aug sep sept oct nov dec ст п пп гл № md"
)
"""Abbreviations only in front of a number: "No. 5", "Art. 12", "Sept. 11"."""

_MAYBE_LAST = _words(
    "inc ltd co corp bros jr sr esq etc al st ste mt ft ave blvd rd dept univ assn bldg est ed eds trans ph.d m.d min max "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt "
    "wash wis wyo jan feb mar apr aug sept oct nov dec "
    "г гг в вв др т.д т.п млн млрд тыс руб долл и.о vb vd yy a.ş"
)
"""Abbreviations that may end a sentence: they do so in front of a word that usually begins one."""

_STARTERS = _words(
    "the a an he she it we they i you this that these those there in on at by for from with but and or so if when while as after "
    "before since his her its their our my your not no what who why how where which both each some many most such one to of "
    "however meanwhile yet still although though despite according later now then here under until only also another several "
    "он она они оно мы вы я это эти этот но и а в на по как однако если когда при для после"
)
_MONTHS = frozenset(name for month in calendar_names("month") for name in month.foreign)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Half-open spans of the sentences in `text[start:end]`, in order, without outer white space.

    No sentence crosses a paragraph (see `paragraphs`). The spans do not overlap and cover every character that is not white
    space.
    """
    end = len(text) if end is None else min(end, len(text))
    if "\n" not in text[start:end]:
        return _split(text, start, end)
    return [
        sentence
        for paragraph in paragraph_spans(text[start:end])
        for sentence in _split(text, start + paragraph.start, start + paragraph.end)
    ]


def _split(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    begin = start
    for match in _TERMINATOR.finditer(text, start, end):
        stop = match.end()
        if stop < end and _ends_sentence(text, begin, match.start(), stop, end):
            _append(spans, text, begin, stop)
            begin = stop
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        spans.append(Span(first, first + len(stripped)))


def _ends_sentence(text: str, begin: int, mark: int, stop: int, end: int) -> bool:
    """Whether the terminator `text[mark:stop]`, in a sentence that began at `begin`, ends it."""
    if text[mark] in _UNSPACED:
        return True
    if not text[stop].isspace():
        return False
    following = _FOLLOWING.match(text, stop, end)
    opener, word = (following.group(1), following.group(2) or "") if following else ("", "")
    if not word:
        return following is None or following.end() == end or text[following.end()] not in ".…,;:!?)"
    if text[mark] in "؟۔":
        return True
    if text[mark] in "!?":
        return not word[0].islower() and not (stop - mark > 1 and _SPEECH_CLAUSE.match(text, stop, end))
    if word[0].islower():
        # A new quotation may begin in lower case; an ellipsis before it still continues.
        return stop - mark == 1 and text[mark] == "." and bool(_QUOTES & set(opener)) and text[mark - 1].isalpha()
    if text[mark : mark + 2] == ".." or text[mark] == "…":
        return not (text[stop - 1] in "\"”’»'" and _SPEECH_CLAUSE.match(text, stop, end))
    return not _is_abbreviation(text, begin, mark, stop, word)


def _is_abbreviation(text: str, begin: int, mark: int, stop: int, following: str) -> bool:
    """Whether the full stop at `mark` shortens the word before it rather than ends a sentence before `following`."""
    pieces = text[max(begin, mark - 24) : mark].split()
    token = pieces[-1].lstrip("\"'“”„‘«‹([—–-") if pieces else ""
    if not token or (stop - mark > 1 and not (text[stop - 1] in ")]" and token.lower() in _NEVER_LAST)):
        return False
    if len(pieces) == 1 and _LIST_NUMBER.fullmatch(token) and not text[begin : mark - len(token)].strip():
        return True
    folded, next_folded = token.lower(), following.lower()
    if folded in _NEVER_LAST:
        return True
    if folded in _BEFORE_NUMBER and (following[0].isdigit() or re.fullmatch("[IVXLC]+", following) is not None):
        return True
    if len(token) <= 2 and token.isdigit() and next_folded in _MONTHS:
        return True
    if _ACRONYM.fullmatch(token) or folded in _MAYBE_LAST:
        return next_folded not in _STARTERS
    return False
