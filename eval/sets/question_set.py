"""Question sets as others write them: what is asked, and what a right answer would hold.

One JSON object a line. Fields that are not known here are kept and ignored; docs/eval.md describes those that are.
"""

# ruff: noqa: TRY004  (pydantic turns ValueErrors, and only those, into messages that name the field)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from parley.assistant.answer import AnswerStatus
from parley.eval.sets.jsonl import read_values, validated
from parley.index.errors import QuestionSetError


def _one_or_many(value: object) -> object:
    """A single value as a list of one; a missing one as an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, str | int) else value


def _alternatives(value: object) -> object:
    """A list of requirements, each a list of alternatives; a bare string is its only alternative."""
    listed = _one_or_many(value)
    return [_one_or_many(item) for item in listed] if isinstance(listed, Sequence) else listed


def _empty_if_missing(value: object) -> object:
    return [] if value is None else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Alternatives = Annotated[tuple[Texts, ...], BeforeValidator(_alternatives)]
Offsets = tuple[int, int]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


class HistoryTurn(_Lenient):
    """An earlier turn whose text is given, not asked."""

    role: Literal["user", "assistant"]
    text: str


class ProvenanceFields(_Lenient):
    """Gold of a question for the outlet and the day (ISO) of a report."""

    outlet: str
    date: str


class GoldSpan(_Lenient):
    """Evidence in one document: ranges of its text, or a quotation from it. Without `doc_id` the gold document is meant."""

    doc_id: str | None = None
    ranges: tuple[Offsets, ...] = ()
    quote: str | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> GoldSpan:
        if not self.ranges and not self.quote:
            msg = "a gold span needs [start, end) offsets or a quote"
            raise ValueError(msg)
        for start, end in self.ranges:
            if not 0 <= start < end:
                msg = f"offsets must satisfy 0 <= start < end, got [{start}, {end})"
                raise ValueError(msg)
        return self


class Question(_Lenient):
    """One question with its gold. What the set does not say stays empty, and is then not scored.

    Attributes:
        text: the question to ask (`question_dated` where the set has it).
        earlier_turns: questions that are asked before it in the same conversation, without being scored.
        history: an earlier conversation whose texts are given.
        answerable: whether the documents answer it; `None` where the set does not say.
        stands_alone: whether the last turn of a conversation needs nothing of the turns before.
        must_contain: each inner tuple is met if the answer contains one of its members.
        speaker: names of which one must be the speaker of a citation.
        not_speaker: names of which none may be the speaker of a citation.
        expected_status: statuses of which the answer must have one.
        reference: a gold answer in prose, shown in reports but not compared word by word.
        conversation: questions with the same value belong together and are resampled together.
        stretches: words of the documents (`words` in the file) that a right answer shows; of a list most of them.
        evidence: stretches of the documents (`evidence`, a list) of which a right answer cites one.
        second_wording: the same question in other words; for a conversation the last turn, or all turns.
    """

    id: str = ""
    question: str = ""
    question_dated: str | None = None
    standalone: str | None = None
    turns: tuple[str, ...] = ()
    history: Annotated[tuple[HistoryTurn, ...], BeforeValidator(_empty_if_missing)] = ()
    gold_answers: Texts = ()
    gold_fields: ProvenanceFields | None = None
    gold_doc_ids: Texts = ()
    also_doc_ids: Texts = ()
    gold_span: tuple[GoldSpan, ...] = ()
    gold_passage: str | None = None
    answerable: bool | None = None
    stands_alone: bool = False
    kind: str | None = Field(default=None, validation_alias=AliasChoices("kind", "type"))
    must_contain: Alternatives = ()
    must_not_contain: Texts = ()
    speaker: Texts = ()
    not_speaker: Texts = ()
    expected_status: Texts = ()
    reference: str | None = Field(default=None, validation_alias=AliasChoices("reference", "gold"))
    stretches: Annotated[Texts, Field(validation_alias=AliasChoices("stretches", "words"))] = ()
    evidence: Texts = ()
    second_wording: Texts = ()
    conversation: str | None = Field(default=None, validation_alias=AliasChoices("conversation", "conversation_id"))

    @model_validator(mode="before")
    @classmethod
    def _unify(cls, data: Any) -> Any:  # noqa: ANN401
        """Bring the ways in which sets write turns and evidence to one shape."""
        if not isinstance(data, Mapping):
            msg = "expected a JSON object"
            raise ValueError(msg)
        unified = dict(data)
        turns = unified.get("turns") or []
        if not isinstance(turns, Sequence) or isinstance(turns, str):
            msg = "turns must be a list"
            raise ValueError(msg)
        if turns and isinstance(turns[-1], Mapping):
            unified |= turns[-1]
        unified["turns"] = [text for turn in turns if (text := _turn_text(turn)) is not None]
        if not unified.get("gold_doc_ids") and isinstance(unified.get("doc"), str):
            unified["gold_doc_ids"] = [unified["doc"]]
        if "gold_answers" not in unified and _are_texts(unified.get("answers")):
            unified["gold_answers"] = unified["answers"]
        unified["gold_span"] = _gold_spans(unified)
        # Other sets have fields of these names that mean something else.
        unified |= {name: [] for name in ("words", "evidence") if not _are_texts(unified.get(name))}
        return unified | _without_empty_gold(unified)

    @model_validator(mode="after")
    def _can_be_asked(self) -> Question:
        if not self.text.strip():
            msg = "a question needs `question`, `question_dated` or `turns`"
            raise ValueError(msg)
        if self.second_wording and len(self.second_wording) not in (1, len(self.turns)):
            msg = f"second_wording has {len(self.second_wording)} texts; give one, or one for each of the {len(self.turns)} turns"
            raise ValueError(msg)
        unknown = [status for status in self.expected_status if status not in get_args(AnswerStatus)]
        if unknown:
            msg = f"expected_status {unknown[0]!r} is none of {', '.join(get_args(AnswerStatus))}"
            raise ValueError(msg)
        return self

    @property
    def text(self) -> str:
        """The question to ask."""
        return self.question_dated or (self.turns[-1] if self.turns else self.question)

    @property
    def earlier_turns(self) -> tuple[str, ...]:
        """Questions to ask first, in order."""
        return self.turns[:-1]

    @property
    def reworded(self) -> Question:
        """The same question in its second wording; the earlier turns too, where the set rewords them. Needs a second wording."""
        texts = self.second_wording
        turns = texts if len(texts) == max(1, len(self.turns)) else (*self.turns[:-1], texts[-1])
        return self.model_copy(update={"question": texts[-1], "question_dated": None, "turns": turns})

    @property
    def alone(self) -> Question:
        """The same question as if nothing had been asked before."""
        return self.model_copy(update={"history": (), "turns": self.turns[-1:]})


def read_questions(path: str | Path, *, checks: str | Path | None = None) -> list[Question]:
    """Read a question set; a question without an id gets `line-<number>`.

    Args:
        path: the question set.
        checks: a file of `{id, ...}` lines whose fields join those of the question with that id, and take their place.

    Raises:
        QuestionSetError: a file cannot be read, is empty, repeats an id, or a line is malformed; checks name a question that
            is not there.
    """
    source = Path(path)
    further = read_checks(checks) if checks is not None else {}
    questions: dict[str, Question] = {}
    for number, data in read_values(source):
        name = str(data.get("id") or f"line-{number}") if isinstance(data, Mapping) else ""
        question = validated(source, number, {**data, "id": name, **further.pop(name, {})} if name else data, Question)
        if question.id in questions:
            msg = f"{source}, line {number}: the id {question.id!r} occurs before. Give each question its own id."
            raise QuestionSetError(msg)
        questions[question.id] = question
    if not questions:
        msg = f"{source} holds no question. Each line must be one JSON object with a question."
        raise QuestionSetError(msg)
    if further:
        msg = (
            f"{checks} has checks for {next(iter(further))!r}, and {source} has no such question. "
            "Use the ids of the question set."
        )
        raise QuestionSetError(msg)
    return list(questions.values())


def read_checks(path: str | Path) -> dict[str, dict[str, Any]]:
    """The fields of a checks file by question id. Raises QuestionSetError for a line without an id, or an id that repeats."""
    found: dict[str, dict[str, Any]] = {}
    for number, data in read_values(Path(path)):
        name = str(data.get("id") or "") if isinstance(data, Mapping) else ""
        if not name or name in found:
            msg = f"{path}, line {number}: each line of checks needs the id of a question, once; this one has {name or None!r}."
            raise QuestionSetError(msg)
        found[name] = {field: value for field, value in data.items() if field != "id"}
    return found


def _turn_text(turn: object) -> str | None:
    """What is asked in a turn given as text, as `{question}` or as `{role, text}`; `None` for the assistant's turns."""
    if isinstance(turn, Mapping):
        if turn.get("role") == "assistant":
            return None
        text = turn.get("question_dated") or turn.get("question") or turn.get("text")
    else:
        text = turn
    if not isinstance(text, str):
        msg = f"a turn must be text or an object with `question`, got {turn!r}"
        raise ValueError(msg)
    return text


def _gold_spans(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Evidence in any of the forms of docs/eval.md as a list of `GoldSpan` fields."""
    raw = data.get("gold_span")
    if raw is None:
        return _evidence_span(data)
    if isinstance(raw, Mapping):
        return [_span_from_mapping(raw)]
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        msg = f"gold_span must be offsets, a list of them or an object, got {raw!r}"
        raise ValueError(msg)
    if _is_pair(raw):
        return [{"ranges": [raw]}]
    return [_span_from_mapping(item) if isinstance(item, Mapping) else {"ranges": [item]} for item in raw]


def _without_empty_gold(data: Mapping[str, Any]) -> dict[str, Any]:
    """Gold answers without those that are empty; where all are, the documents do not answer, as SQuAD has it."""
    given = data.get("gold_answers")
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, Sequence) or not any(isinstance(text, str) and not text.strip() for text in listed):
        return {}
    kept = [text for text in listed if not isinstance(text, str) or text.strip()]
    return {"gold_answers": kept} | ({} if kept or data.get("answerable") is not None else {"answerable": False})


def _span_from_mapping(raw: Mapping[str, Any]) -> dict[str, Any]:
    content = raw.get("content")
    if content is None and "start" in raw:
        content = [raw["start"], raw.get("end")]
    ranges = ([content] if _is_pair(content) else content) or []
    return {"doc_id": raw.get("doc_id"), "ranges": ranges, "quote": raw.get("quote")}


def _evidence_span(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Evidence beside the question: a list of quotations, or `start`, `end` and one quotation that checks them."""
    if data.get("evidence") and _are_texts(data["evidence"]):
        return [{"quote": quote} for quote in data["evidence"]]
    if not isinstance(data.get("start"), int) or not isinstance(data.get("end"), int):
        return []
    return [{"ranges": [[data["start"], data["end"]]], "quote": data.get("evidence")}]


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_pair(value: object) -> bool:
    return isinstance(value, Sequence) and len(value) == 2 and all(isinstance(part, int) for part in value)
