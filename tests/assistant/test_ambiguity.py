"""Questions that leave open who or what is meant: said so, and not guessed away."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answers.ambiguity import documents_meant, open_reference
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.dialogue.carried import NOTHING
from parley.assistant.question.analysis import analyse_question
from parley.index.library import Library
from parley.index.types import Document, SearchFilter
from tests.assistant.test_reader import ask
from tests.assistant.texts import reader_of
from tests.fakes import HashingEmbedder

ASKING_BACK = "The question does not say what or whom “{}” stands for"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    return reader_of(tmp_path_factory.mktemp("ambiguity") / "library")


def reader_over(folder: Path, **texts: str) -> ExtractiveReader:
    library = Library.open(folder / "library", embedder=HashingEmbedder())
    library.add_documents([Document(id=name, title=f"Report {name}", text=text) for name, text in texts.items()])
    return ExtractiveReader(library)


@pytest.mark.parametrize(
    ("question", "before", "word"),
    [
        ("What did he say?", "", "he"),
        ("Who proposed it?", "", "it"),
        ("When was it signed?", "", "it"),
        ("What services does this library offer?", "", "this"),
        ("Is that plan acceptable to the growers?", "", "that"),
        ("Who spoke after those talks?", "", "those"),
        ("Is that plan acceptable to the growers?", "A plan for water was shown to the growers.", None),
        ("Who says that plans for water were dropped?", "", None),
        ("What services does this library offer?", "The city library opens at nine.", None),
        ("What did he say?", "Who leads the team? Ivo Brandt leads it.", None),
        ("When the treaty was signed, what did it forbid?", "", None),
        ("Does Amsel think she can win?", "", None),
        ("How long does it take to cross?", "", None),
        ("Is it true that the toll was dropped?", "", None),
        ("What happened this week?", "", None),
        ("What does this report say about tolls?", "", None),
        ("Who said “it was his own fault”?", "", None),
    ],
)
def test_what_a_question_leaves_open(question: str, before: str, word: str | None) -> None:
    found = open_reference(analyse_question(question), before)
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("question", "word"), [("What did he say?", "he"), ("What do they demand?", "they"), ("Did it fail?", "it")]
)
def test_a_pronoun_alone_is_asked_back(reader: ExtractiveReader, question: str, word: str) -> None:
    answer = ask(reader, question)
    assert answer.status == "not_in_documents"
    assert answer.text.startswith(ASKING_BACK.format(word))
    assert answer.nearest


def test_a_pronoun_with_a_matter_shows_who_is_quoted_on_it_and_says_that_it_is_open(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did she say about crossing a bridge to admire the barrier?")
    assert "Petra Amsel" in answer.text
    assert answer.notices[0].startswith(ASKING_BACK.format("she"))


def test_this_thing_is_asked_back_where_several_documents_have_one(tmp_path: Path) -> None:
    one = "The Dorn agreement on fishing was signed in May. This agreement bans nets near the harbour."
    other = "The Hask agreement on fishing was signed in June. This agreement bans nets near the harbour."
    question = "What does this agreement ban near the harbour?"
    asked_back = ask(reader_over(tmp_path / "two", dorn=one, hask=other), question)
    assert asked_back.status == "not_in_documents"
    assert asked_back.text.startswith(ASKING_BACK.format("this"))
    assert {item.document.id for item in asked_back.nearest} == {"dorn", "hask"}
    answered = ask(reader_over(tmp_path / "one", dorn=one), question)
    assert answered.status == "answered"
    assert "bans nets" in answered.text
    assert answered.notices[0].startswith(ASKING_BACK.format("this"))


def test_documents_that_a_refused_question_may_mean_are_named(tmp_path: Path) -> None:
    library = reader_over(tmp_path, dorn="Notice of 10 days is due.", hask="Notice of 20 days is due.")
    inquiry = library.inquire("How much notice is due?", SearchFilter(), NOTHING)
    plain, remark = documents_meant(inquiry, inquiry.scored)
    assert plain == "No passage was found that answers this."
    assert "Report dorn" in remark
    assert "Report hask" in remark
    assert documents_meant(inquiry, inquiry.scored[:1]) == documents_meant(inquiry, []) == ()
    unknown = library.inquire("How much notice is due at Velmark?", SearchFilter(), NOTHING)
    assert documents_meant(unknown, unknown.scored) == ()


def test_a_name_that_two_speakers_share_is_told(tmp_path: Path) -> None:
    text = (
        'Trade Minister Ana Vidal said on Monday that "the harbour will reopen in spring."\n\n'
        'Union leader Tomas Vidal said on Monday that "the harbour will stay shut."'
    )
    reader = reader_over(tmp_path, harbour=text)
    shared = ask(reader, "What did Vidal say about the harbour?")
    assert "reopen in spring" in shared.text
    assert "stay shut" in shared.text
    assert shared.notices[0].startswith("“Vidal” may mean several speakers: ")
    assert "Ana Vidal" in shared.notices[0]
    assert "Tomas Vidal" in shared.notices[0]
    alone = ask(reader, "What did Ana Vidal say about the harbour?")
    assert "stay shut" not in alone.text
    assert alone.notices == ()


def test_who_only_speaks_beside_somebody_is_no_namesake(tmp_path: Path) -> None:
    turns = ("NOWAK: We welcome the draft.", "BRANDL: The levy will never be paid.", "NOWAK: It was agreed.", "BRANDL: Never.")
    answer = ask(reader_over(tmp_path, call="\n\n".join(turns)), "What did Brandl say about the levy?")
    assert "never be paid" in answer.text
    assert answer.notices == ()


def test_only_a_name_that_stands_nowhere_is_said_to_be_missing(tmp_path: Path) -> None:
    reader = reader_over(
        tmp_path, first="Minister Petra Amsel met the press in Verin.", second="Envoy Ivo Brandt met the press in Dorn."
    )
    answer = ask(reader, "When did Amsel meet Brandt?")
    assert answer.status == "not_in_documents"
    assert answer.text.startswith("No passage was found that answers this.")
    assert ask(reader, "When did Amsel meet Zorn?").text.startswith("No document mentions Zorn.")
