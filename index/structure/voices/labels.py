"""One grammar for what may stand before somebody's words in a transcript: clock, bullet, name, office, side, mark.

A line gives a `Label` with how surely its form is a label's. Whether a document has turns at all is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import countries
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.words import turn_words
from parley.index.types import Span

Ending = Literal["colon", "stop dash", "dash", "stop", "named stop", "gap", "line", "bracket"]

CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s(?:[A-Z]{2,4}T|UTC|GMT|Z)\b)?"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4})"
_STAMP = rf"(?:{_DAY},?\s+)?(?:{CLOCK})(?:\s*(?:-->|–|-)\s*{CLOCK})?"
_LEAD = re.compile(
    rf"[^\S\n]*(?:(?:>{{1,3}}|[-*•–—](?=\s)|\(?\d{{1,4}}[.)](?=\s)|\[{_STAMP}\]|\({_STAMP}\)|{_STAMP}(?=\s)"
    rf"|\|)(?:\s*[-–—|](?=\s))?[^\S\n]*)*"
)
_STAMPED = re.compile(_STAMP)
_MARKED = re.compile(
    r"(?:(?P<open>\*\*|__)(?P<marked>[^*_\n:]{1,80}?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:)|<(?P<angle>[^<>\n:]{1,40})>"
    r"(?=\s))[^\S\n]*"
)
_CORE = re.compile(
    r"(?P<core>[^\W\d_](?:[^:\n]){0,110}?)"
    r"(?:(?P<stopdash>\.\s?(?:[-–—]{1,2})(?=\s|[A-Z“\"])|\s?\.[-–—]{1,2})|(?P<colon>\s?:(?=\s|\Z))|(?P<dash>\s+"
    r"(?:[–—]|--?)\s+))[^\S\n]*"
)
_LETTER = re.compile(r"(?P<core>Q|A|Question|QUESTION|Answer|ANSWER)(?P<mark>\.(?=\s)|[^\S\n]{2,}|\t|[^\S\n](?=\S))[^\S\n]*")
_TITLED = re.compile(
    r"(?P<core>(?:The|THE)\s+(?:[A-Z][\w’'-]+\s+){0,3}[A-Z][\w’'-]+|(?:[A-Z][a-z]{1,3}\.|[A-Z][a-z]+)"
    r"(?:\s+(?:[a-z]{2,3}\s+)?(?:[A-Z]\.|[A-Z][\w’'-]+)){1,4}?)"
    r"(?:\s+of\s+(?:[A-Z][\w’'-]+\s?){1,3})?\.[^\S\n]+(?=[“\"(\[]?[A-Z\d])"
)
"""A speaker with title or office before a full stop, as in the Congressional Record: "Mr. COHEN. No, sir."."""
_OWN_LINE = re.compile(rf"(?P<core>[^\W\d_][^:.!?;\n]{{1,60}}?(?:\.\s[^:.!?;\n]{{1,40}})?)(?P<stamp>\s+\(?{_STAMP}\)?)?\s*\Z")
_INLINE = re.compile(
    rf"(?:(?<=[.!?)\]”\"…])\s+|(?<=[AP]\.M\.)\s+(?:[A-Z]{{2,4}}\s+)?|{CLOCK}\s+(?:[A-Z]{{2,4}}\s+)?)"
    r"(?P<core>(?:(?:THE|MR|MRS|MS|MISS|DR|HON|PROF|SEN|REP|GEN|AMB|SIR|RT|The|Mr|Mrs|Ms|Hon|Dr)\b\.?\s+)?"
    r"[A-Z][A-Z.’'-]*(?:\s+[A-Z][A-Z.’'-]*){0,5}(?:\s\([^()\n]{2,60}\))?)(?P<end>\.\s?[-–—]{1,2}(?=\s|[A-Z])|:(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a speaker's label.

    Attributes:
        start: where the line's label begins, clock and bullet included; `end`: where what is said begins.
        words: the words that name the speaker.
        named: who that is, `None` where it only looks like a label.
        ending, lead: the layout: what closes the label, and whether a clock ("clock"), a mark or nothing stands before it.
        grade: 3 a label by its form alone, 2 by a form that labels mostly have, 1 where others like it stand beside it,
            0 only in the place of one.
        case: "caps", "title" or "lower".
        has_words: whether words follow on the same line.
        date: the day of a chat's stamp.
    """

    start: int
    end: int
    words: Span
    named: Named | None
    ending: Ending
    lead: str
    grade: int
    case: str
    has_words: bool
    date: Date | None = None

    @property
    def key(self) -> str:
        """The speaker's words folded, to count repetitions."""
        return " ".join(self.named.surface.lower().split()) if self.named else ""


def line_labels(text: str, line: Span) -> Iterator[Label]:
    """What may be labels at the line's start: the readings that come to a person, office or side, the surest first."""
    lead = _LEAD.match(text, line.start, line.end)
    begin = lead.end() if lead else line.start
    if begin >= line.end:
        return
    for label in (
        _marked(text, line, begin),
        _lettered(text, line, begin),
        _closed(text, line, begin),
        _titled(text, line, begin),
        _own(text, line, begin),
    ):
        if label is not None:
            yield label
            return


def inline_labels(text: str, line: Span) -> Iterator[Label]:
    """Labels in capitals inside a line, where a reader has run paragraphs together: behind a full stop or a clock."""
    for match in _INLINE.finditer(text, line.start, line.end):
        named = read_named(match["core"])
        if named is None or _is_field(match["core"]):
            continue
        span = Span(*match.span("core"))
        ending: Ending = "colon" if match["end"].startswith(":") else "stop dash"
        first = text[line.start : match.start()].strip()
        start = line.start if not first or _STAMPED.match(first) else match.start("core")
        yield Label(start, match.end(), span, named, ending, "inline", _grade(named, match["core"], ending, ""), "caps", True)


def _marked(text: str, line: Span, begin: int) -> Label | None:
    match = _MARKED.match(text, begin, line.end)
    if match is None:
        return None
    group = "marked" if match["marked"] is not None else "angle"
    return _label(text, line, begin, Span(*match.span(group)), match.end(), "bracket" if group == "angle" else "colon", "mark")


def _lettered(text: str, line: Span, begin: int) -> Label | None:
    match = _LETTER.match(text, begin, line.end)
    if match is None:
        return None
    is_stop = match["mark"].startswith(".")
    if not is_stop and match["core"] != "Q" and len(match["mark"]) < 2 and "\t" not in match["mark"]:
        return None
    if not is_stop and len(match["mark"]) < 2 and not text[match.end() : match.end() + 1].isupper():
        return None
    return _label(text, line, begin, Span(*match.span("core")), match.end(), "stop" if is_stop else "gap", "")


def _closed(text: str, line: Span, begin: int) -> Label | None:
    match = _CORE.match(text, begin, line.end)
    if match is None:
        return None
    span = Span(*match.span("core"))
    ending: Ending = "colon" if match["colon"] else "stop dash" if match["stopdash"] else "dash"
    if ending == "dash" and match["dash"].strip() in {"-", "--"} and not text[span.start : span.end].isupper():
        return None
    return _label(text, line, begin, span, match.end(), ending, "")


def _titled(text: str, line: Span, begin: int) -> Label | None:
    match = _TITLED.match(text, begin, line.end)
    named = read_named(match["core"]) if match is not None else None
    if match is None or named is None or not (named.title or named.role) or named.kind not in {"person", "office"}:
        return None
    return _label(text, line, begin, Span(*match.span("core")), match.end(), "named stop", "")


def _own(text: str, line: Span, begin: int) -> Label | None:
    match = _OWN_LINE.match(text, begin, line.end)
    if match is None:
        return None
    return _label(text, line, begin, Span(*match.span("core")), line.end, "line", "clock" if match["stamp"] else "")


def _label(text: str, line: Span, begin: int, words: Span, end: int, ending: Ending, mark: str) -> Label | None:
    written = text[words.start : words.end]
    opening = text[line.start : begin].strip()
    stamp = _STAMPED.search(text, line.start, begin) or (_STAMPED.search(text, words.end, line.end) if ending == "line" else None)
    lead = mark or ("clock" if stamp else "arrow" if opening.startswith(">") else "bullet" if opening else "")
    letters = [one for one in written if one.isalpha()]
    case = "caps" if "".join(letters).isupper() else "lower" if written[0].islower() else "title"
    has_words = bool(text[end : line.end].strip())
    if _is_field(written):
        return Label(line.start, end, words, None, ending, lead, 0, case, has_words)
    named = read_named(written, any_case=case == "lower" or lead in {"clock", "mark", "arrow"})
    if named is None and ending == "line":
        return None
    day = next((found.date for found in find_dates(text[line.start : begin])), None) if stamp else None
    grade = 0 if named is None else _grade(named, written, ending, lead)
    return Label(line.start, end, words, named, ending, lead, grade, case, has_words, day)


def _grade(named: Named, written: str, ending: Ending, lead: str) -> int:
    """How surely a name or office in this layout is a label."""
    is_caps = "".join(filter(str.isalpha, written)).isupper()
    if ending == "line":
        return 2 if lead == "clock" else 1
    if ending == "dash":
        return 1
    if ending == "named stop":
        return 2 if re.search(r"[A-Z]{2,}\Z", written) else 1
    if named.kind in {"asker", "answerer"}:
        return 1 if named.kind == "answerer" or (ending == "stop" and len(written) == 1) else 3
    if lead in {"clock", "arrow", "mark"} or ending in {"bracket", "stop dash"}:
        return 3 if named.title or lead in {"clock", "arrow"} else 2
    if named.title or named.kind == "unknown":
        return 3
    if named.kind == "office":
        definite = written.lower().startswith("the ")
        return 3 if definite or named.party else 2
    is_marked = is_caps or "(" in written or re.match(r"(?:[A-Z]\.\s?)+[A-Z]", written) is not None
    return 2 if named.kind == "voice" or is_marked or (named.role and named.name) else 1


def _is_field(written: str) -> bool:
    """Whether the words head a field ("Date", "NOTE", "Article 5", "Option A") and name nobody."""
    folded = " ".join(written.lower().strip(" .*_").split())
    if folded in countries() or folded in turn_words("asker") | turn_words("answerer"):
        return False
    first = folded.split(" ", 1)[0]
    return folded in turn_words("field") or first in turn_words("field") or folded in turn_words("connective")


def is_connective(written: str) -> bool:
    """Whether the words open a sentence of the speaker's own ("Bottom line: …")."""
    folded = " ".join(written.lower().strip(" .*_").split())
    return folded in turn_words("connective") or folded.split(" ", 1)[0] in turn_words("connective")
