"""Right by stretches of the documents: what is shown, what is cited, who is named."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parley import Answer, Document
from parley.eval.scorers import stretches
from parley.eval.scorers.outcome import Outcome
from parley.eval.sets.gold import GoldResolver
from parley.eval.sets.question_set import Question, read_questions
from tests.eval.build import BULLETIN, answer, citation, outcome, question

AGREED = "Envoy Lind said the fee was agreed in principle."


def _asked(**fields: object) -> Question:
    return question(**{"doc": "bulletin", "words": ["agreed in principle"], "evidence": [AGREED], "answerable": True} | fields)


def test_a_right_answer_shows_the_stretch_and_cites_the_evidence() -> None:
    cited = citation(BULLETIN, AGREED)
    assert stretches.stretches_right(outcome(_asked(), answer("It was AGREED, in principle.", cited))).value == 1
    assert stretches.stretches_right(outcome(_asked(), answer("See there.", cited))).value == 1, "the quotation shows it"
    assert stretches.stretches_right(outcome(_asked(), answer("agreed in principle"))).value == 0, "nothing cited"
    assert stretches.stretches_right(outcome(_asked(words=["in full"]), answer("So.", cited))).value == 0
    assert stretches.stretches_right(outcome(_asked(), answer("So.", cited, status="not_in_documents"))).value == 0


def test_of_a_list_four_fifths_are_enough() -> None:
    shown = answer("one two three four", citation(BULLETIN, AGREED))
    words = ["one", "two", "three", "four", "seven"]
    assert stretches.stretches_right(outcome(_asked(kind="list", words=words), shown)).value == 1
    assert stretches.stretches_right(outcome(_asked(kind="fact", words=words), shown)).value == 0
    assert stretches.stretches_right(outcome(_asked(kind="list", words=[*words, "eight"]), shown)).value == 0


def test_a_part_of_the_evidence_counts_if_it_is_long_enough_or_from_the_right_document() -> None:
    part = citation(BULLETIN, "the fee was agreed")  # 18 characters
    assert stretches.stretches_cited(outcome(_asked(), answer("So.", part))).value == 1
    assert stretches.stretches_cited(outcome(_asked(doc="gazette"), answer("So.", part))).value == 0
    assert stretches.stretches_cited(outcome(_asked(), answer("So.", citation(BULLETIN, "the fee")))).value == 0
    longer = citation(BULLETIN, "said the fee was agreed in")  # 26 characters
    assert stretches.stretches_cited(outcome(_asked(doc="gazette"), answer("So.", longer))).value == 1


def test_most_words_of_the_evidence_are_enough_in_the_right_document() -> None:
    # 7 of the 10 words of the evidence stand in the quotation, though not in a row.
    asked = _asked(evidence=["Lind said in principle the fee was not wholly settled"], words=["fee"])
    assert stretches.stretches_cited(outcome(asked, answer("So.", citation(BULLETIN, AGREED)))).value == 1
    fewer = _asked(evidence=["Lind said in principle the sum was not wholly settled"], words=["fee"])
    assert stretches.stretches_cited(outcome(fewer, answer("So.", citation(BULLETIN, AGREED)))).value == 0


def test_only_the_first_forty_words_are_in_front() -> None:
    cited = citation(BULLETIN, AGREED)
    assert stretches.stretches_first(outcome(_asked(words=["toll"]), answer("word " * 39 + "toll", cited))).value == 1
    assert stretches.stretches_first(outcome(_asked(words=["toll"]), answer("word " * 40 + "toll", cited))).value == 0


def test_the_speaker_is_judged_among_right_answers() -> None:
    cited = citation(BULLETIN, AGREED, speaker="Anna Lind")
    right = answer("So.", cited)
    assert stretches.stretches_speaker(outcome(_asked(speaker="President Anna Lind, by telephone"), right)).value == 1
    assert stretches.stretches_speaker(outcome(_asked(speaker="President Oru"), right)).value == 0
    assert stretches.stretches_speaker(outcome(_asked(speaker="the document"), right)).value == 0
    own = answer("So.", citation(BULLETIN, AGREED))
    assert stretches.stretches_speaker(outcome(_asked(speaker="the document"), own)).value == 1
    assert stretches.stretches_speaker(outcome(_asked(words=["in full"], speaker="Lind"), right)).unscored


def test_a_word_in_common_makes_no_two_speakers_one_person() -> None:
    asked = _asked(speaker="a Turkish official")
    ministry = answer("So.", citation(BULLETIN, AGREED, speaker="the Turkish Foreign Ministry"))
    assert stretches.stretches_speaker(outcome(asked, ministry)).value == 1
    assert stretches.stretches_person(outcome(asked, ministry)).value == 0
    lind = answer("So.", citation(BULLETIN, AGREED, speaker="Anna Lind"))
    assert stretches.stretches_person(outcome(_asked(speaker="President Anna Lind, by telephone"), lind)).value == 1
    assert stretches.stretches_person(outcome(_asked(speaker="the document"), lind)).value == 0
    own = answer("So.", citation(BULLETIN, AGREED))
    assert stretches.stretches_person(outcome(_asked(speaker="the document"), own)).value == 1
    assert stretches.stretches_person(outcome(_asked(speaker="Anna Lind"), own)).value == 0


def test_what_is_not_answerable_is_refused_or_asked_back() -> None:
    asked = question(answerable=False, kind="unanswerable")
    vague = question(answerable=False, kind="vague")
    refused, given = answer("No.", status="not_in_documents"), answer("Which fee do you mean? More than one is told.")
    assert stretches.not_answerable_right(outcome(asked, refused)).value == 1
    assert stretches.not_answerable_right(outcome(asked, given)).value == 0
    assert stretches.not_answerable_right(outcome(vague, given)).value == 1
    assert stretches.not_answerable_right(outcome(question(answerable=True), refused)).unscored


def test_sets_without_stretches_are_not_judged_by_them() -> None:
    judged = outcome(question(answerable=True, gold_answers=["x"]), answer("x"))
    assert stretches.stretches_right(judged).unscored
    assert stretches.stretches_first(judged).unscored


@pytest.mark.bench_data
def test_rights_and_wrongs_are_those_of_the_desk_scorer(shared: Path) -> None:
    """The same answers through both: made by a rule, with refusals, wrong documents and cut quotations among them."""
    desk = shared / "desk"
    if not (desk / "dev.jsonl").exists():
        pytest.skip(f"needs {desk}")
    scorer = _module(desk / "score.py")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((desk / "docs").iterdir()) if path.suffix != ".tsv"}
    documents = [Document.from_text(text, id=name) for name, text in texts.items()]
    raw = [json.loads(line) for line in (desk / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    compared = [0, 0, 0, 0]
    for number, (item, asked) in enumerate(zip(raw, read_questions(desk / "dev.jsonl"), strict=True)):
        judged = _answered(number, asked, documents)
        theirs = scorer.grade(item, _as_desk_record(judged))
        if asked.answerable is False:
            assert (asked.id, stretches.not_answerable_right(judged).value) == (asked.id, float(theirs[0]))
            continue
        ours = (stretches.stretches_right(judged), stretches.stretches_cited(judged), stretches.stretches_first(judged))
        assert (asked.id, *(score.value for score in ours)) == (asked.id, *map(float, theirs[:3]))
        named = stretches.stretches_speaker(judged).value
        assert (asked.id, named or 0.0) == (asked.id, float(theirs[3]))
        compared = [count + int(found) for count, found in zip(compared, theirs, strict=True)]
    assert min(compared) > 10, "right and wrong answers of every sort are among them"


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("desk_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answered(number: int, asked: Question, documents: list[Document]) -> Outcome:
    by_id = {document.id: document for document in documents}
    document = by_id[asked.gold_doc_ids[0]] if asked.gold_doc_ids and number % 5 else documents[number % len(documents)]
    quote = next((text for text in asked.evidence if text in document.text), document.text[:200])
    quote = quote[: len(quote) // 2] if number % 7 == 3 else quote
    speaker = None if number % 3 == 0 else (asked.speaker or ("Lind",))[0]
    cited = citation(document, quote, speaker=speaker)
    if speaker is None:
        cited = replace(cited, attribution="in the document's own voice")
    text = "It is told that " + ("word " * 30 if number % 4 == 0 else "") + " and ".join(asked.stretches[: 1 + number % 3])
    status = "not_in_documents" if number % 6 == 0 else "answered"
    said: Answer = answer(text if number % 8 else "Which one is meant?", cited, status=status)  # type: ignore[arg-type]
    return Outcome(asked, GoldResolver(documents).resolve(asked), said, (), 0.1)


def _as_desk_record(judged: Outcome) -> dict[str, Any]:
    said = judged.answer
    assert said is not None
    cited = [{"doc": item.document.id, "quote": item.quote, "attribution": item.attribution} for item in said.citations]
    return {"text": said.text, "status": said.status, "notices": list(said.notices), "citations": cited}
