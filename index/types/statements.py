"""Who said what in a document: the turns it is made of, and the statements it attributes to somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from typing import Literal

from parley.index.types.documents import Span

Mode = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["named", "anonymous", "collective", "pronoun", "unidentified"]

Status = Literal[
    "none",
    "agreed",
    "agreed_in_principle",
    "offered",
    "proposed",
    "demanded",
    "called_for",
    "rejected",
    "withdrawn",
    "bracketed",
    "open",
]
StatementStanding = Literal["stated", "denied", "conditional", "supposed", "planned", "asked", "rejected"]
"""What the text around a statement makes of what is said; "rejected" is quoted in order to reject it."""

TurnForm = Literal[
    "speech",
    "question",
    "letter",
    "telegram",
    "mail",
    "statement",
    "address",
    "message",
    "note",
    "minute",
    "submission",
    "memorandum",
    "post",
    "text",
]
"""How a turn is said: spoken, asked by somebody who asks for a living, or written as a letter, a text quoted inside, …"""


SURMISED_BELOW = 0.5
"""Confidence under which what goes on without words for its speaker is told as "it seems"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a document attributes to a source: who, by which cue word, said what.

    Every part that is shown has a span; a part the text does not give is `None` or empty, never guessed.

    Attributes:
        content: 1..n spans of what was said, in order, without the speaker clause.
        cue: span of the reporter's own cue words ("told", "according to"), shown as written.
        cue_lemma: the cue's dictionary form ("tell"), for filters only.
        speaker: the speaker as the document names them; for a pronoun or a surname, the fuller mention it was resolved to.
        speaker_span: span of the words in the speaker clause itself (for "he said": of "he").
        resolved_by: the rule that led from `speaker_span` to `speaker`, "exact" where they are the same.
        speaker_kind: "anonymous" is somebody described but not named; resolved to a name only by the list of those present.
        role: the role phrase with the name ("Ukraine's Defense Minister"), `former` if it says so.
        party: the side the role phrase names ("Ukraine"); `None` when it names none or the role is a former one.
        outlet: the medium the speaker spoke to, as written ("CNN"); `None` when the text names none.
        relay: who passed it on, from the innermost speaker outwards, ending before the document itself.
        stance: a class for filters ("propose", "demand", "reject", …); never an answer's only word.
        status: how firm the matter is, in the text's own grade; never upgraded.
        hedges, negations: spans of "potentially", "reportedly", "did not", … within the statement's sentence.
        confidence: 0 to 1, of the speaker given the cue.
        standing: whether what is said is told as it stands, by the words around `content`: "denied" for "never said that …".
            What the speaker denies or conditions inside is part of what is said.
        standing_words: spans of the words that show it; empty where stated.
        form: for what a turn's own speaker says, the turn's form ("speech", "letter", …); empty for what a text reports.
        asked: whether it is a question and asserts nothing.
        date: the day of a turn that has its own, such as a mail inside a thread.
        also_called, speaks_for: the names under which a list of the user's files the speaker, as a person and as a side, where
            somebody has looked there. They are not part of the statement and are never stored.
    """

    document_id: str
    content: tuple[Span, ...]
    cue: Span | None
    cue_lemma: str
    mode: Mode
    speaker: str | None
    speaker_span: Span | None
    speaker_kind: SpeakerKind
    resolved_by: str = "exact"
    role: str | None = None
    former: bool = False
    party: str | None = None
    on_behalf_of: str | None = None
    addressee: str | None = None
    outlet: str | None = None
    reporter: str | None = None
    relay: tuple[str, ...] = ()
    stance: str | None = None
    status: Status = "none"
    hedges: tuple[Span, ...] = ()
    negations: tuple[Span, ...] = ()
    confidence: float = 1.0
    form: TurnForm | Literal[""] = ""
    asked: bool = False
    standing: StatementStanding = "stated"
    standing_words: tuple[Span, ...] = ()
    date: Date | None = None
    also_called: tuple[str, ...] = field(default=(), compare=False)
    speaks_for: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_surmised(self) -> bool:
        """Whether only the sentence before says whose it is ("Toll said … It would open in May."): it may be the writer's."""
        return self.resolved_by == "continued" and self.confidence < SURMISED_BELOW

    @property
    def negated(self) -> bool:
        """Whether a negation stands in the speaker clause or the content."""
        return bool(self.negations)

    @property
    def start(self) -> int:
        """Where the statement (content, cue or speaker, whichever comes first) begins."""
        # Asked some thousand times an answer, so without making lists.
        start = self.content[0].start if len(self.content) == 1 else min(span.start for span in self.content)
        if self.cue is not None and self.cue.start < start:
            start = self.cue.start
        if self.speaker_span is not None and self.speaker_span.start < start:
            start = self.speaker_span.start
        return start

    @property
    def end(self) -> int:
        """Where the statement ends, exclusive."""
        end = self.content[0].end if len(self.content) == 1 else max(span.end for span in self.content)
        if self.cue is not None and self.cue.end > end:
            end = self.cue.end
        if self.speaker_span is not None and self.speaker_span.end > end:
            end = self.speaker_span.end
        return end


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a document in which one voice speaks or writes, and the document only passes it on.

    Turns lie in order and do not overlap. What lies in no turn (a heading, "(Applause.)", a note) is the document's own.

    Attributes:
        start, end: the whole turn, with its label; half-open.
        said: what is said, without label, remarks of the record and notes; one span a paragraph.
        label: the words that name the speaker at the turn's start, `None` where a title or a signature does.
        speaker: who it is, as the document names them; `None` means "speaker not identified".
        speaker_kind: as in `Statement`.
        form: how it is said. A "question" is a reporter's or interviewer's: asked, never asserted.
        role, party: the office and the side that label or title give.
        title: "Mr." or "Ms", for telling people of one surname apart.
        addressees: whom a letter or mail is for, as written.
        date: the turn's own day, of a mail or chat inside a longer thread.
        basis: what names the speaker: "label", "title", "signature", "mail header", …
    """

    start: int
    end: int
    said: tuple[Span, ...]
    label: Span | None
    speaker: str | None
    speaker_kind: SpeakerKind
    form: TurnForm = "speech"
    role: str | None = None
    party: str | None = None
    title: str = ""
    addressees: str | None = None
    date: Date | None = None
    basis: str = "label"

    @property
    def is_question(self) -> bool:
        """Whether it is asked by somebody whose part it is to ask."""
        return self.form == "question"

    def holds(self, start: int, end: int) -> bool:
        """Whether most of `[start, end)` is said in this turn."""
        inside = sum(max(0, min(end, span.end) - max(start, span.start)) for span in self.said)
        return 2 * inside > end - start
