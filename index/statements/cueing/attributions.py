"""What the extraction passes from step to step: one attribution found, in tokens and offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parley.index.types import Span

Form = Literal["finite", "ing", "infinitive", "passive", "noun", "according", "colon", "adjective", "quotation"]


@dataclass(slots=True)
class Attribution:
    """One report of what somebody said or thinks, before its speaker is resolved.

    Attributes:
        form: the construction it was found by.
        lemma, stance, frames, sure: of the cue.
        cue: token range of the cue words, `None` without any.
        group: first token of the verb group ("had earlier informed" begins at "had").
        speaker: token range of the words in the speaker clause, `None` where the text names nobody.
        rule: how the speaker was found: "exact" beside the cue, "clause" as its clause's subject, "same" as another cue's.
        after: first token behind the cue and its addressee, where content may begin.
        addressee: token range of those spoken to.
        medium: token range of what passes it on ("quoted as saying by [Reuters]").
        content: spans of what was said.
        inverted: whether the speaker stands behind the cue.
        follows: which frame what follows the cue has: q, c, w, n, i, g, or p for a preposition; empty for nothing.
        is_quoting: whether a quotation stands in the content.
        is_label: whether it rests on a speaker's label at the start of a paragraph.
        sentence, level: where it stands: sentence index, and index of the quotation around it or -1.
    """

    form: Form
    lemma: str
    stance: str
    frames: str
    sure: str
    cue: tuple[int, int] | None
    group: int
    speaker: tuple[int, int] | None
    rule: str
    sentence: int
    level: int
    after: int = 0
    addressee: tuple[int, int] | None = None
    medium: tuple[int, int] | None = None
    content: list[Span] = field(default_factory=list)
    inverted: bool = False
    follows: str = ""
    is_quoting: bool = False
    is_label: bool = False
