"""Feedback is kept with its answer, goes with its conversation, and becomes questions that the eval suite asks."""

import json

import pytest

from parley import Assistant, Document, SearchFilter
from parley.eval.runs.runner import run_questions
from parley.eval.scorers.expectations import speaker_avoided
from parley.eval.sets.question_set import read_questions
from parley.ui.cli import main
from parley.ui.conversations.feedback import VERDICTS, Feedback
from parley.ui.conversations.payload import PayloadError
from parley.ui.conversations.store import owner_of
from parley.ui.library.workspace import Workspace
from tests.fakes import HashingEmbedder

ANN, BEN = owner_of("a" * 43), owner_of("b" * 43)
TEXT = (
    'The ferry sails at noon, the harbour master told the Harbour Post. "The bridge stays shut," said Minister Amalia Thorne. '
    "The union's chair, Mira Lund, demanded a rise of four per cent."
)


@pytest.fixture
def assistant(tmp_path):
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as made:
        made.add_documents([Document.from_text(TEXT, id="ferry.txt", title="Ferry talks")])
        yield made


@pytest.fixture
def workspace(assistant):
    made = Workspace("library", assistant)
    yield made
    made.close()


def ask(workspace, conversation, question):
    list(workspace.chat.ask(ANN, conversation, question, filter=SearchFilter()))
    return workspace.store.exchanges(conversation)[-1]


def test_feedback_is_replaced_and_taken_back(workspace):
    conversation = workspace.conversations.begin(ANN)
    asked = ask(workspace, conversation, "Who demanded a rise?")
    for given in (Feedback("wrong_source", "Not there"), Feedback("right"), None):
        workspace.conversations.judge(ANN, conversation, asked.id, given)
        assert workspace.store.exchange(conversation, asked.id).feedback == given
    assert workspace.store.exchange(conversation, asked.id).answer == asked.answer


def test_nobody_judges_anothers_answers(workspace):
    conversation, other = workspace.conversations.begin(ANN), workspace.conversations.begin(BEN)
    asked = ask(workspace, conversation, "Who demanded a rise?")
    with pytest.raises(PayloadError, match="not yours"):
        workspace.conversations.judge(BEN, conversation, asked.id, Feedback("right"))
    with pytest.raises(PayloadError, match="not in this conversation"):
        workspace.conversations.judge(BEN, other, asked.id, Feedback("right"))
    assert workspace.store.exchange(conversation, asked.id).feedback is None


def test_deleting_the_conversation_deletes_what_was_said_of_it(workspace, tmp_path):
    conversation = workspace.conversations.begin(ANN)
    asked = ask(workspace, conversation, "Who demanded a rise, quetzalcoatl?")
    workspace.conversations.rename(ANN, conversation, "About xylophones")
    workspace.conversations.judge(ANN, conversation, asked.id, Feedback("wrong_speaker", "It was marzipan who said it"))
    files = list((tmp_path / "library").glob("conversations.sqlite*"))
    words = (b"quetzalcoatl", b"xylophones", b"marzipan")
    assert all(any(word in path.read_bytes() for path in files) for word in words)
    workspace.conversations.delete(ANN, conversation)
    assert [word for word in words for path in files if path.exists() and word in path.read_bytes()] == []


def test_feedback_becomes_questions_that_the_eval_suite_asks(workspace, assistant, tmp_path, capsys):
    conversation = workspace.conversations.begin(ANN)
    first = ask(workspace, conversation, "Who said “The bridge stays shut”?")
    follow_up = ask(workspace, conversation, "Who reported it?")
    refused = ask(workspace, conversation, "What colour is the zeppelin?")
    other = workspace.conversations.begin(ANN)
    wrong = ask(workspace, other, "Who demanded a rise of four per cent?")
    for asked, verdict in ((first, "right"), (follow_up, "wrong_speaker"), (refused, "should_have_answered")):
        workspace.conversations.judge(ANN, conversation, asked.id, Feedback(verdict, f"note on {verdict}"))
    workspace.conversations.judge(ANN, other, wrong.id, Feedback("wrong_source"))
    target = tmp_path / "questions.jsonl"
    assert main(["feedback", "export", str(target), "--library", str(tmp_path / "library")]) == 0
    assert "4 questions written" in capsys.readouterr().out
    right, speaker, unanswered, source = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (right["kind"], right["answerable"], right["expected_status"]) == ("right", True, ["answered"])
    assert (right["gold_doc_ids"], right["note"]) == (["ferry.txt"], "note on right")
    assert "Amalia Thorne" in right["speaker"][0]
    assert all(TEXT[span["start"] : span["end"]] == span["quote"] for span in right["gold_span"])
    assert speaker["turns"] == ["Who said “The bridge stays shut”?", "Who reported it?"]
    assert (unanswered["answerable"], "answered" in unanswered["expected_status"]) == (True, True)
    assert source["must_not_contain"] == [wrong.answer.citations[0].quote]
    assert right["conversation"] == speaker["conversation"] == unanswered["conversation"] != source["conversation"]
    outcomes = run_questions(assistant, read_questions(target))
    assert [outcome.question.kind for outcome in outcomes] == ["right", "wrong_speaker", "should_have_answered", "wrong_source"]
    assert all(outcome.answer is not None for outcome in outcomes)


def test_a_wrong_speaker_is_scored_by_the_eval_suite(workspace, assistant, tmp_path):
    conversation = workspace.conversations.begin(ANN)
    asked = ask(workspace, conversation, "Who demanded a rise of four per cent?")
    workspace.conversations.judge(ANN, conversation, asked.id, Feedback("wrong_speaker"))
    target = tmp_path / "questions.jsonl"
    assert main(["feedback", "export", str(target), "--library", str(tmp_path / "library")]) == 0
    (found,) = read_questions(target)
    assert found.not_speaker == (asked.answer.citations[0].statement.speaker,)
    (outcome,) = run_questions(assistant, [found])
    # It still names the same speaker.
    assert speaker_avoided(outcome).value == 0


def test_without_feedback_there_is_no_question_set(assistant, tmp_path, capsys):
    assert main(["feedback", "export", str(tmp_path / "q.jsonl"), "--library", str(tmp_path / "library")]) == 1
    assert "No feedback has been given" in capsys.readouterr().out
    assert not (tmp_path / "q.jsonl").exists()


def test_every_verdict_has_a_question(workspace, assistant, tmp_path):
    for verdict in VERDICTS:
        conversation = workspace.conversations.begin(ANN)
        asked = ask(workspace, conversation, "Who demanded a rise?")
        workspace.conversations.judge(ANN, conversation, asked.id, Feedback(verdict))
    assert main(["feedback", "export", str(tmp_path / "q.jsonl"), "--library", str(tmp_path / "library")]) == 0
    assert [question.kind for question in read_questions(tmp_path / "q.jsonl")] == list(VERDICTS)
