"""Transcripts cut into turns, before anything reads their sentences: who has the floor from where to where.

Labels are weighed together: one that is unmistakable counts by itself, others need their like beside them. In a transcript
whatever stands in a label's place and is not understood begins a turn whose speaker is not identified.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from parley.index.language.lexicon import lexicon
from parley.index.structure.voices.hearings import is_examination
from parley.index.structure.voices.labels import Label, inline_labels, is_connective, line_labels
from parley.index.structure.voices.lines import is_aside, is_end, notes_start, text_lines
from parley.index.structure.voices.present import people_listed
from parley.index.structure.voices.tables import is_table, rows_said
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span

RECORD_WORDS = re.compile(
    r"\b(?:transcripts?|interviews?|remarks|press (?:briefing|conference|call|gaggle|availability)|briefing|gaggle|hearing|debate"
    r"|hansard|verbatim|proceedings|minutes of|record of|official records?|plenary|\d+(?:st|nd|rd|th) meeting"
    r"|deposition|testimony"
    r"|podcast|q\s?(?:&|and)\s?a|questions and answers|oral questions|town hall)\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(r"\b(?:agreement|contract|treaty|protocol|memorandum of|convention|covenant)\b", re.IGNORECASE)
_OPENING = 200
"""Characters of title and first lines in which such a word tells of a record."""

_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*\s*\Z")


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A label with what is said behind it: spans of whole lines, without remarks of the record.

    `asides` are the remarks of the record between the turn before and the next.
    """

    label: Label
    said: tuple[Span, ...]
    end: int
    asides: str = ""


def spoken_turns(document: Document) -> list[SpokenTurn]:
    """The turns of a transcript in order; none where the text has no turns. What opens a row of a table is no label."""
    if is_table(document):
        return [SpokenTurn(one.label, (one.said,), one.row.end) for one in rows_said(document)]
    text = document.text
    lines = text_lines(text)
    lines = lines[: notes_start(text, lines)]
    found = _candidates(text, lines, {heading.start for heading in document.headings})
    accepted = _accepted(found, f"{document.title}\n{text[:_OPENING]}")
    return _cut(document, lines, accepted, found) if accepted else []


def _candidates(text: str, lines: Sequence[Span], headings: set[int]) -> list[Label]:
    """Everything in a label's place, line by line."""
    found: list[Label] = []
    has_begun = False
    for number, line in enumerate(lines):
        written = text[line.start : line.end]
        # Before anybody has spoken, "Secretary: Ms Toll" tells who is present; later it gives her the floor.
        is_listed = not has_begun and bool(people_listed(written.strip()))
        if is_aside(written) or is_listed or (number == 0 and _is_headline(text, lines)):
            continue
        before = lines[number - 1] if number else None
        starts_block = before is None or "\n" in text[before.end + 1 : line.start] or line.start in headings
        here = [
            label
            for label in line_labels(text, line)
            if starts_block
            or label.grade >= 2
            or label.lead in {"clock", "arrow"}
            or _SENTENCE_END.search(text, before.start, before.end)  # type: ignore[union-attr]
        ]
        here = [
            label
            for label in here
            if label.ending != "line" or ((starts_block or label.lead == "clock") and _has_text_below(text, lines, number))
        ]
        here = [label for label in here if line.start not in headings or label.grade >= 3 or label.ending == "stop dash"]
        here += [
            label for label in inline_labels(text, line) if not any(one.start <= label.words.start < one.end for one in here)
        ]
        found += here
        has_begun = has_begun or any(label.grade > 1 for label in here)
    return found


def _is_headline(text: str, lines: Sequence[Span]) -> bool:
    """Whether the first line is a title that stands apart ("Minister: talks to resume"), not the first turn."""
    first = text[lines[0].start : lines[0].end].rstrip()
    apart = len(lines) > 1 and "\n\n" in text[lines[0].end : lines[1].start + 1].replace(" ", "")
    longer = re.findall(r"[^\W\d_][\w’'-]{3,}", first)
    is_titled = len(longer) > 4 and sum(word[0].isupper() for word in longer) >= 0.75 * len(longer)
    return apart and (is_titled or not _SENTENCE_END.search(first))


def _has_text_below(text: str, lines: Sequence[Span], number: int) -> bool:
    """Whether the next line follows at once, as words do under a name that has a line of its own."""
    return number + 1 < len(lines) and text.count("\n", lines[number].end, lines[number + 1].start) == 1


def _accepted(found: Sequence[Label], opening: str) -> list[Label]:
    """The labels among the candidates, the document taken as a whole."""
    is_record = RECORD_WORDS.search(opening) is not None and _CONTRACT.search(opening) is None
    usable = [label for label in found if label.named is not None and label.grade > 0]
    sure = [label for label in usable if label.grade == 3]
    taken = sure if len(sure) >= 2 or (sure and is_record) else []
    for layout in dict.fromkeys((label.ending, label.lead) for label in usable):
        alike = [label for label in usable if (label.ending, label.lead) == layout]
        fair = [label for label in alike if label.grade >= 2]
        endings = {label.ending for label in taken}
        if taken and (layout[0] in endings or layout[1] == "inline"):
            fitting = alike if layout[1] != "inline" else fair
        elif _take_turns(alike):
            fitting = alike
        elif _take_turns(fair) or (is_record and len(fair) >= 2):
            fitting = fair
        elif is_record and layout[0] == "colon" and len({label.key for label in alike}) >= 2 and _speak(alike):
            fitting = alike
        else:
            continue
        if not taken or layout[0] not in {"dash", "line"}:
            known = set(taken)
            taken = [*taken, *(label for label in fitting if label not in known)]
    return _fitting(taken)


def _take_turns(alike: Sequence[Label]) -> bool:
    """Whether labels of one layout come again and again, one after another: speakers do, fields and running heads do not."""
    keys = [label.key for label in alike]
    needed = 3 if alike and alike[0].grade >= 2 and alike[0].ending in {"colon", "stop dash", "named stop"} else 4
    if len(keys) < needed or len(set(keys)) < 2 or len(set(keys)) == len(keys):
        return False
    if 2 * len(set(keys)) > len(keys) + 1 and alike[0].grade < 2:
        return False
    changes = sum(one != other for one, other in pairwise(keys))
    return 2 * changes >= len(keys) - 1 and _speak(alike)


def _speak(alike: Sequence[Label]) -> bool:
    """Whether words follow the labels, on their lines or below names that have lines of their own."""
    return 2 * sum(label.has_words for label in alike) >= len(alike) or not any(label.has_words for label in alike)


def _fitting(taken: Sequence[Label]) -> list[Label]:
    """The labels in order; a name in small letters is one only where it comes again, an answer only where there are questions."""
    are_asked = any(label.named is not None and label.named.kind == "asker" for label in taken)
    times = Counter(label.key for label in taken)

    def fits(label: Label) -> bool:
        assert label.named is not None
        if label.named.kind == "answerer":
            return are_asked
        if label.case == "lower" and label.named.kind == "person" and label.lead not in {"clock", "arrow", "mark"}:
            return times[label.key] > 1
        return True

    return sorted(filter(fits, taken), key=lambda label: label.start)


def _cut(document: Document, lines: Sequence[Span], accepted: list[Label], found: Sequence[Label]) -> list[SpokenTurn]:
    """What is said between the labels, line by line."""
    starts = {label.start: label for label in accepted}
    layouts, cases = {(label.ending, label.lead) for label in accepted}, {label.case for label in accepted}
    alike = (label for label in found if (label.ending, label.lead) in layouts and label.start not in starts)
    unknown = {label.start: label for label in alike if _looks_alike(label, cases, document.text)}
    cut = _Cutter(document, starts, unknown)
    for line in lines:
        cut.take(line)
    return cut.finish()


def _looks_alike(label: Label, cases: AbstractSet[str], text: str) -> bool:
    """Whether what is no known label, in the layout of one, has a label's shape too; `cases` are those of the known ones."""
    written = text[label.words.start : label.words.end]
    if is_connective(written) or len(written.split()) > 6 or label.ending in {"line", "dash", "gap"} or label.lead == "inline":
        return False
    if not label.has_words:
        return False
    if label.lead in {"clock", "arrow", "mark"}:
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", written) if len(word) > 3]
    return label.case in cases and label.case != "lower" and all(word[0].isupper() for word in words)


class _Cutter:
    """Goes through the lines of a transcript and gathers its turns."""

    def __init__(self, document: Document, starts: dict[int, Label], unknown: dict[int, Label]) -> None:
        self._text = document.text
        self._starts = starts
        self._unknown = unknown
        self._headings = {heading.start for heading in document.headings}
        titles = Counter(document.text[heading.start : heading.end].strip() for heading in document.headings)
        self._repeated = {title for title, count in titles.items() if count > 1}
        self._order = sorted([*starts, *unknown])
        self._turns: list[SpokenTurn] = []
        self._label: Label | None = None
        self._said: list[Span] = []
        self._asides = self._before = ""
        self._stem = frozenset(_surname(label) for label in starts.values()) - {""}
        self._labels = frozenset(label.named.surface for label in starts.values() if label.named is not None)

    def take(self, line: Span) -> None:
        """Add a line to the turn that runs, or begin the next."""
        inside = self._order[bisect_left(self._order, line.start) : bisect_left(self._order, line.end)]
        content = self._text[line.start : line.end]
        if not inside:
            if is_aside(content) or (line.start in self._headings and content.strip() in self._repeated):
                self._asides += content
                return
            if is_end(content) or is_examination(content) or line.start in self._headings or self._is_narrated(line):
                self._close()
                return
            self._add(line)
            return
        self._add(Span(line.start, inside[0]))
        for number, at in enumerate(inside):
            self._close()
            label = self._starts.get(at) or replace(self._unknown[at], named=None)
            end = inside[number + 1] if number + 1 < len(inside) else line.end
            if at in self._unknown and self._unknown[at].named is None and _is_remark(self._unknown[at], self._text):
                continue
            self._label, self._before, self._asides = label, self._asides, ""
            self._add(Span(min(label.end, end), end))

    def _add(self, span: Span) -> None:
        content = self._text[span.start : span.end]
        if self._label is None or not content.strip():
            return
        lead, tail = len(content) - len(content.lstrip()), len(content.rstrip())
        self._said.append(Span(span.start + lead, span.start + tail))

    def _close(self) -> None:
        if self._label is not None and self._said:
            self._turns.append(SpokenTurn(self._label, tuple(self._said), self._said[-1].end, self._before))
        self._label, self._said = None, []

    def _is_narrated(self, line: Span) -> bool:
        """Whether the record itself tells of one who speaks in it: "Toll told reporters afterwards …", "RH disagrees"."""
        words = re.findall(r"[\w’'.-]+", self._text[line.start : line.end])[:5]
        own = not turn_words("first_person").isdisjoint(self._text[line.start : line.end].lower().split())
        if len(words) > 1 and not own and words[0] in self._labels and not words[0].istitle() and words[1] in lexicon().cues:
            return bool(lexicon().forms.get(words[1], frozenset()) & {"third", "past"})
        match = _NARRATED.match(self._text, line.start, line.end)
        return match is not None and match["name"].lower() in self._stem

    def finish(self) -> list[SpokenTurn]:
        """All turns, the last one closed."""
        self._close()
        return self._turns


_NARRATED = re.compile(
    r"(?:(?:Mrs?|Ms|Miss|Dr|Sen|Rep|Sir)\.?\s+)?(?:[A-Z][\w’'-]+\s+){0,2}(?P<name>[A-Z][\w’'-]+)\s+(?:then |later |also )?"
    r"(?:said|told|added|replied|answered|left|took|withdrew|asked|moved|resumed|entered|arrived|joined|stated)\b"
)


def _surname(label: Label) -> str:
    name = label.named.name if label.named else None
    return name.split()[-1].strip(".").lower() if name else ""


def _is_remark(label: Label, text: str) -> bool:
    """Whether an unknown label is a field of the record ("NOTE: …") rather than somebody."""
    return (
        not is_connective(text[label.words.start : label.words.end])
        and label.grade == 0
        and label.named is None
        and _field(label, text)
    )


def _field(label: Label, text: str) -> bool:
    folded = text[label.words.start : label.words.end].lower().strip(" .*_")
    return folded in turn_words("field") or folded.split(" ", 1)[0] in turn_words("field")
