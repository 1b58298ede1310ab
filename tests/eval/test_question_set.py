from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parley import QuestionSetError
from parley.eval.sets.question_set import GoldSpan, Question, read_questions


def _file(folder: Path, *rows: Any) -> Path:
    path = folder / "questions.jsonl"
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), "utf-8"
    )
    return path


def _one(**fields: Any) -> Question:
    return Question.model_validate({"id": "q1", "question": "What?"} | fields)


def test_all_known_fields_are_read_and_others_kept(tmp_path: Path) -> None:
    row = {
        "id": 7, "question": "Who said so?", "question_dated": "Who said so? (asked in May)", "kind": "attribution",
        "history": [{"role": "user", "text": "And?"}, {"role": "assistant", "text": "Then."}],
        "gold_answers": ["Lind"], "gold_doc_ids": ["a"], "also_doc_ids": ["b"], "answerable": True,
        "gold_passage": "Lind said so.",
        "gold_fields": {"outlet": "Bulletin", "date": "2031-03-04"}, "must_contain": ["Lind", ["agreed", "approved"]],
        "must_not_contain": ["signed"], "speaker": "Lind", "expected_status": "answered", "split": "dev",
    }  # fmt: skip
    [question] = read_questions(_file(tmp_path, row))
    assert question.id == "7"
    assert question.text == "Who said so? (asked in May)"
    assert [(turn.role, turn.text) for turn in question.history] == [("user", "And?"), ("assistant", "Then.")]
    assert question.must_contain == (("Lind",), ("agreed", "approved"))
    assert (question.must_not_contain, question.speaker, question.expected_status) == (("signed",), ("Lind",), ("answered",))
    assert question.gold_fields is not None
    assert question.gold_fields.outlet == "Bulletin"
    assert question.model_extra == {"split": "dev"}


def test_turns_are_asked_in_order_and_the_last_is_scored() -> None:
    question = Question.model_validate({"id": "q", "turns": ["Who spoke?", "And why?"]})
    assert (question.text, question.earlier_turns) == ("And why?", ("Who spoke?",))


def test_turns_may_be_objects_and_the_last_may_carry_the_gold() -> None:
    turns = [
        {"role": "user", "text": "Who spoke?"},
        {"role": "assistant", "text": "Lind."},
        {"question": "Why?", "gold_answers": ["rain"]},
    ]
    question = Question.model_validate({"id": "q", "turns": turns})
    assert (question.text, question.earlier_turns, question.gold_answers) == ("Why?", ("Who spoke?",), ("rain",))


def test_nulls_mean_nothing_is_known() -> None:
    nulls = dict.fromkeys(
        ("gold_span", "gold_passage", "history", "gold_answers", "gold_doc_ids", "also_doc_ids", "speaker", "kind")
    )
    question = _one(**nulls)
    assert (question.gold_span, question.gold_answers, question.speaker, question.answerable) == ((), (), (), None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"gold_span": [3, 9]}, (GoldSpan(ranges=((3, 9),)),)),
        ({"gold_span": [[3, 9], [12, 20]]}, (GoldSpan(ranges=((3, 9),)), GoldSpan(ranges=((12, 20),)))),
        ({"gold_span": {"source": [0, 2], "content": [3, 9]}}, (GoldSpan(ranges=((3, 9),)),)),
        ({"gold_span": {"source": None, "content": [[3, 9], [12, 20]]}}, (GoldSpan(ranges=((3, 9), (12, 20))),)),
        ({"gold_span": {"doc_id": "a", "quote": "said so"}}, (GoldSpan(doc_id="a", quote="said so"),)),
        ({"gold_span": [{"doc_id": "a", "quote": "x"}, {"doc_id": "b", "start": 1, "end": 2}]},
         (GoldSpan(doc_id="a", quote="x"), GoldSpan(doc_id="b", ranges=((1, 2),)))),
        ({"start": 3, "end": 9, "evidence": "so it"}, (GoldSpan(ranges=((3, 9),), quote="so it"),)),
        ({"start": None, "evidence": "a sentence from elsewhere"}, ()),
    ],
)  # fmt: skip
def test_evidence_is_read_in_every_form(fields: dict[str, Any], expected: tuple[GoldSpan, ...]) -> None:
    assert _one(**fields).gold_span == expected


def test_the_other_shape_of_a_set_is_understood() -> None:
    question = _one(type="date trap", gold="Friday; no calendar date.", paragraph=15, turns=["On what date?"])
    assert (question.kind, question.reference, question.text) == ("date trap", "Friday; no calendar date.", "On what date?")


def test_empty_gold_answers_mean_that_nothing_answers() -> None:
    assert (_one(gold_answers=[""]).gold_answers, _one(gold_answers=[""]).answerable) == ((), False)
    assert (_one(gold_answers=["", "a fee"]).gold_answers, _one(gold_answers=["", "a fee"]).answerable) == (("a fee",), None)
    assert _one(gold_answers=[""], answerable=True).answerable is True


def test_a_second_wording_takes_the_place_of_the_last_turn_or_of_all() -> None:
    single = _one(question="Who?", question_dated="Who, in May?", second_wording="Whose idea?").reworded
    assert (single.text, single.earlier_turns) == ("Whose idea?", ())
    last = _one(turns=["Who?", "When?"], second_wording="On what day?").reworded
    assert (last.earlier_turns, last.text) == (("Who?",), "On what day?")
    both = _one(turns=["Who?", "When?"], second_wording=["Whose idea?", "On what day?"]).reworded
    assert (both.earlier_turns, both.text, both.alone.earlier_turns) == (("Whose idea?",), "On what day?", ())
    told = _one(history=[{"role": "user", "text": "Who?"}], question="When?", second_wording="On what day?").reworded
    assert (len(told.history), told.text) == (1, "On what day?")


def test_a_desk_question_gives_its_document_evidence_and_stretches() -> None:
    asked = _one(doc="a.md", answers=["a fee"], evidence=["They set a fee.", "It is 5."], words=["a fee", "5"], speaker="Lind")
    assert (asked.gold_doc_ids, asked.gold_answers, asked.stretches) == (("a.md",), ("a fee",), ("a fee", "5"))
    assert [span.quote for span in asked.gold_span] == ["They set a fee.", "It is 5."]
    assert asked.evidence == ("They set a fee.", "It is 5.")


def test_fields_of_that_name_with_another_meaning_are_left_alone() -> None:
    asked = _one(words=17, evidence={"doc_id": "a"}, answers=[{"text": "a fee"}])
    assert (asked.stretches, asked.evidence, asked.gold_answers, asked.gold_span) == ((), (), (), ())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"turns": ["a", "b"], "second_wording": ["x", "y", "z"]}',
            "second_wording has 3 texts; give one",
        ),
        ("{not json", r"questions\.jsonl, line 2 is not JSON"),
        ("[1, 2]", r"line 2: .*JSON object"),
        ({"id": "x"}, r"line 2: .*needs `question`"),
        ({"id": "x", "question": "W?", "gold_span": [9, 3]}, r"line 2: .*start < end"),
        ({"id": "x", "question": "W?", "gold_span": "here"}, r"line 2: .*gold_span"),
        ({"id": "x", "question": "W?", "expected_status": "fine"}, r"line 2: .*'fine' is none of answered"),
        ({"id": "x", "question": "W?", "answerable": "perhaps"}, r"line 2: answerable: "),
        ({"id": "x", "question": "W?", "turns": "W?"}, r"line 2: .*turns must be a list"),
        ({"id": "x", "question": "W?", "history": [{"role": "host", "text": "hi"}]}, r"line 2: history\.0\.role"),
        ({"id": "first", "question": "W?"}, r"line 2: the id 'first' occurs before"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: object, message: str) -> None:
    path = _file(tmp_path, {"id": "first", "question": "Fine?"}, line)
    with pytest.raises(QuestionSetError, match=message):
        read_questions(path)


def test_a_missing_or_empty_or_foreign_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"none\.jsonl cannot be read"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="holds no question"):
        read_questions(_file(tmp_path, "", ""))
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"question": "Où?"}'.encode("latin-1"))
    with pytest.raises(QuestionSetError, match="not UTF-8"):
        read_questions(path)


def test_a_byte_order_mark_and_odd_line_separators_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + '{"question": "One\u2028two?"}\r\n\n{"question": "Three?"}'.encode())
    assert [(item.id, item.text) for item in read_questions(path)] == [("line-1", "One\u2028two?"), ("line-3", "Three?")]
