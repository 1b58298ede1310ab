"""Documents, answers and outcomes for tests, and an assistant that says what it was told to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley import Answer, AnswerSentence, AnswerStatus, Citation, Conversation, Document, Hit, Passage, Span, Statement
from parley.eval.scorers.outcome import Outcome
from parley.eval.sets.gold import GoldResolver
from parley.eval.sets.question_set import Question

BULLETIN = Document.from_text(
    "The canal talks ended on Tuesday.\n\nEnvoy Lind said the fee was agreed in principle. A deputy, Oru, disputed that.",
    id="bulletin",
    title="Canal talks",
    outlet="Canal Bulletin",
    date=date(2031, 3, 4),
)
GAZETTE = Document.from_text("The gazette wrote: “No fee was discussed.” Nobody was named.", id="gazette", title="Gazette")


def span_of(document: Document, quote: str) -> Span:
    start = document.text.index(quote)
    return Span(start, start + len(quote))


def citation(
    document: Document, quote: str, *, marker: int = 1, speaker: str | None = None, outlet: str | None = None
) -> Citation:
    span = span_of(document, quote)
    said = Statement(document.id, (span,), None, "say", "indirect", speaker, None, "named", outlet=outlet) if speaker else None
    passage = Passage(marker, document.id, 0, len(document.text), 0)
    return Citation(marker, document, passage, span.start, span.end, quote, said, speaker or "own voice", None, verified=True)


def answer(
    text: str,
    *citations: Citation,
    status: AnswerStatus = "answered",
    question: str = "?",
    standalone: str | None = None,
    nearest: Sequence[Citation] = (),
) -> Answer:
    sentence = AnswerSentence(text, tuple(item.marker for item in citations))
    return Answer(question, standalone or question, (sentence,), citations, status, nearest=tuple(nearest))


def question(**fields: object) -> Question:
    return Question.model_validate({"id": "q", "question": "What was agreed?"} | fields)


def outcome(
    asked: Question,
    answered: Answer | None,
    *,
    ranking: Sequence[str] = (),
    documents: Sequence[Document] = (BULLETIN, GAZETTE),
    seconds: float = 0.1,
) -> Outcome:
    gold = GoldResolver(documents).resolve(asked)
    return Outcome(asked, gold, answered, tuple(ranking), seconds, "" if answered else "too long")


class ScriptedAssistant:
    """Answers from a table of questions; keeps what it was asked, with the conversation it was given."""

    def __init__(self, answers: dict[str, Answer], hits: dict[str, list[str]] | None = None) -> None:
        self._answers = answers
        self._hits = hits or {}
        self.asked: list[tuple[str, Conversation | None]] = []

    def ask(self, question: str, *, conversation: Conversation | None = None) -> Answer:
        self.asked.append((question, conversation))
        return self._answers[question]

    def search(self, query: str, *, k: int = 10, conversation: Conversation | None = None) -> list[Hit]:  # noqa: ARG002
        understood = self._answers[query].standalone_question if query in self._answers else query
        found = [Passage(number, name, 0, 1, 0) for number, name in enumerate(self._hits.get(understood, []), start=1)]
        return [Hit(passage, 1 / passage.id, passage.id) for passage in found[:k]]

    def document(self, document_id: str) -> Document:
        return next(item for item in self.documents() if item.id == document_id)

    def documents(self) -> list[Document]:
        return [BULLETIN, GAZETTE]
