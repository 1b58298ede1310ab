"""A statement as views show it: verbatim, with who said it, who passed it on, how firm, where and when."""

from __future__ import annotations

from dataclasses import dataclass

from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.citing import whole_sentences
from parley.assistant.reports.views.issues import IssueMention
from parley.assistant.reports.views.sides import Side
from parley.index.types import Document, Span, Statement, Status

CUT = " [...] "
"""Joins the parts of what was said where the speaker clause stands between them; the marks are ours, hence the brackets."""


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement with its citation.

    Attributes:
        side: the party it is filed under and why; `None` where nothing says.
        speaker_listed_as: the name under which the alias list files the speaker, where it has another than the text.
        mentions: which issues it speaks of, by which words.
        status: as the text grades it; "none" where the grade is that of another's matter which the speaker only reports.
        reported_by: who passed the words on, from the speaker outwards; empty for what was said first-hand.
        reports: whose words this statement passes on.
    """

    document: Document
    statement: Statement
    side: Side | None
    speaker_listed_as: str | None
    mentions: tuple[IssueMention, ...]
    status: Status
    reported_by: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def party(self) -> str | None:
        """The party it is filed under."""
        return self.side.party if self.side else None

    @property
    def parts(self) -> tuple[str, ...]:
        """What was said, verbatim: the words at each span of the statement's content."""
        return tuple(self.words(span) for span in self.statement.content)

    @property
    def quote(self) -> str:
        """The parts, joined by " [...] "."""
        return CUT.join(self.parts)

    @property
    def sentence(self) -> Span:
        """The whole sentences in which the statement stands."""
        return whole_sentences(self.document.text, self.statement.start, self.statement.end)

    @property
    def passage(self) -> str:
        """Those sentences, verbatim."""
        return self.words(self.sentence)

    @property
    def attribution(self) -> str:
        """One line for people: who, to whom, through whom, in which form of speech, with the cue as written."""
        return attribution_line(self.document, self.statement)

    @property
    def hedges(self) -> tuple[str, ...]:
        """Words such as "potentially" or "reportedly" that weaken the statement, as written."""
        return tuple(self.words(span) for span in self.statement.hedges)

    @property
    def negations(self) -> tuple[str, ...]:
        """Words such as "not" in what was said or in its speaker clause, as written."""
        return tuple(self.words(span) for span in self.statement.negations)

    @property
    def standing_words(self) -> tuple[str, ...]:
        """The words that deny, condition or only suppose what is said, as written."""
        return tuple(self.words(span) for span in self.statement.standing_words)

    @property
    def is_position(self) -> bool:
        """Whether what is said can be taken for what its speaker holds; not what is asked, or quoted in order to reject it."""
        return self.statement.standing not in {"asked", "rejected"}

    @property
    def is_stated(self) -> bool:
        """Whether the text tells it as it stands: not denied, supposed, conditional or asked."""
        return self.statement.standing in {"stated", "planned"}

    @property
    def _turned(self) -> str:
        return "" if self.is_stated else f"{self.statement.standing} in the text"

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """What else to know of it, as label and value: who passed it on, what weakens or negates it, how it was filed."""
        known = [
            ("reported by", " ← ".join(self.reported_by)),
            ("reports what was said by", ", ".join(self.reports)),
            ("hedged", _in_quotation_marks(self.hedges)),
            ("negated", _in_quotation_marks(self.negations)),
            (self._turned, _in_quotation_marks(self.standing_words) or "yes"),
            ("speaker listed as", self.speaker_listed_as or ""),
            ("party from", self.side.basis if self.side and self.side.basis != "the text" else ""),
        ]
        return [(label, value) for label, value in known if label and value]

    @property
    def issues(self) -> tuple[str, ...]:
        """The issues it speaks of, each once."""
        return tuple(dict.fromkeys(mention.issue for mention in self.mentions))

    def words(self, span: Span) -> str:
        """The document's words at a span."""
        return self.document.text[span.start : span.end]


def _in_quotation_marks(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))
