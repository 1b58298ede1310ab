"""Answers over a small library: who said it, how firm it is, and when there is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.index.types import Document, SearchFilter
from tests.assistant.texts import documents, reader_of


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    return reader_of(tmp_path_factory.mktemp("reader") / "library")


def ask(reader: ExtractiveReader, question: str) -> Answer:
    """Answer, and check what holds for every answer."""
    answer = reader.answer(question, question)
    for citation in (*answer.citations, *answer.nearest):
        assert citation.document.text[citation.start : citation.end] == citation.quote
        assert citation.verified
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    for sentence in answer.sentences:
        assert set(sentence.markers) <= set(markers)
        for span in sentence.quoted:
            shown = sentence.text[span.start : span.end]
            assert any(shown in citation.quote for citation in answer.citations)
            assert sentence.markers
    return answer


def test_who_said_it_with_role_and_outlet(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Who said the toll would probably be dropped?")
    assert answer.status == "answered"
    assert answer.text.startswith("Lenia's Transport Minister Petra Amsel told the Orla Courier: “")
    assert "probably be dropped" in answer.text


def test_the_speaker_of_quoted_words(reader: ExtractiveReader) -> None:
    answer = ask(reader, 'Who said "Nobody crosses a bridge to admire the barrier"?')
    assert "Petra Amsel" in answer.text
    assert answer.citations[0].statement is not None
    assert answer.citations[0].statement.speaker == "Petra Amsel"


def test_what_is_agreed_in_principle_stays_so(reader: ExtractiveReader) -> None:
    for question in ("Have the two sides agreed to meet again?", "What did Ivo Brandt say about the meeting?"):
        assert "in principle" in ask(reader, question).text


def test_only_the_asked_speaker_answers(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did Petra Amsel say about the toll?")
    assert "toll" in answer.text
    assert {citation.statement.speaker for citation in answer.citations if citation.statement} <= {"Petra Amsel", "AMSEL"}


def test_a_relayed_demand_names_its_source(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Who said that Tavia demanded that Lenia close three ferries, and to whom?")
    assert "source familiar with the negotiations" in answer.text
    assert "unnamed" in answer.text
    assert "Orla Courier" in answer.text


def test_a_former_ambassador_speaks_for_no_side(reader: ExtractiveReader) -> None:
    assert "Former" in ask(reader, "What did Karel Nym say?").text
    assert "toy" not in ask(reader, "What did the Tavian side say?").text


def test_a_list(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Which ferries did the Tavian team want closed?")
    assert answer.status == "answered"
    assert "Dorn, Hask and Milo" in answer.text


def test_two_numbers_for_one_thing_stand_side_by_side(reader: ExtractiveReader) -> None:
    answer = ask(reader, "How many cars a day does the bridge carry?")
    assert answer.status == "accounts_differ"
    assert "12,000" in answer.text
    assert "9,000" in answer.text
    assert {citation.document.id for citation in answer.citations} == {"courier", "gazette"}


def test_a_sentence_without_a_statement_is_in_the_documents_own_voice(reader: ExtractiveReader) -> None:
    answer = ask(reader, "When was the bridge built?")
    assert "1987" in answer.text.split("[1]")[0]
    assert "In the document's own voice" in answer.text
    assert answer.citations[0].statement is None


def test_what_was_left_unsaid(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Which ferry did Amsel promise to close first?")
    assert answer.status == "premise_not_found"
    assert "say which ferry she would close first" in answer.text


def test_a_deed_that_nobody_reports(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Why did Brandt sign the treaty?")
    assert answer.abstained
    assert "No document mentions" not in answer.text


def test_a_name_that_occurs_nowhere(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did Minister Oldrich say about the toll?")
    assert answer.status == "not_in_documents"
    assert "No document mentions Minister Oldrich." in answer.text
    assert any("Searched 3 documents" in notice for notice in answer.notices)


def test_whoever_stands_in_a_title_is_mentioned(tmp_path: Path) -> None:
    text = "The consul has been away from his post for three weeks. The tugs have not come.\n"
    letter = Document.from_text(text, id="t", title="Telegram 12, Quist to Halvard", language="en")
    reader = reader_of(tmp_path / "library", [letter])
    assert "No document mentions" not in ask(reader, "Which flower does Quist like best?").text
    assert ask(reader, "Which flower does Zorn like best?").text.startswith("No document mentions Zorn.")


@pytest.mark.parametrize("written", ["US", "U.S.", "United States", "American"])
@pytest.mark.parametrize("asked", ["US", "U.S.", "United States"])
def test_a_country_is_mentioned_in_any_of_its_forms(tmp_path: Path, written: str, asked: str) -> None:
    text = f"A retired {written} envoy praised the orchard in Halvard.\n"
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="t", language="en")])
    assert "No document mentions" not in ask(reader, f"Does Halvard trade herring with the {asked}?").text


@pytest.mark.parametrize("question", ["Will the talks succeed?", "Which side is right?", "Write me a poem"])
def test_out_of_scope(reader: ExtractiveReader, question: str) -> None:
    answer = ask(reader, question)
    assert (answer.status, answer.citations) == ("out_of_scope", ())


def test_altered_quotations_are_not_confirmed(reader: ExtractiveReader) -> None:
    answer = ask(reader, 'Did Amsel say "Nobody crosses a bridge to admire the gate"?')
    assert answer.text.startswith("Not in these words")
    assert "“barrier”" in answer.text


def test_the_named_report_alone_is_searched(reader: ExtractiveReader) -> None:
    answer = ask(reader, "In the Tavian Gazette report of 9 May 2031, what did Lind say?")
    assert {citation.document.id for citation in answer.citations} == {"gazette"}
    missing = ask(reader, "In the Tavian Gazette report of 1 May 2030, what did Lind say?")
    assert missing.status == "not_in_documents"


def test_where_it_was_reported(reader: ExtractiveReader) -> None:
    answer = ask(reader, "Which outlet reported that the bridge carries 9,000 cars a day, and on what date?")
    assert answer.text.startswith("Tavian Gazette, 9 May 2031:")


def test_a_filter_restricts_the_evidence(reader: ExtractiveReader) -> None:
    question = "How many cars a day does the bridge carry?"
    answer = reader.answer(question, question, filter=SearchFilter(document_ids=("gazette",)))
    assert {citation.document.id for citation in answer.citations} == {"gazette"}


def test_the_same_question_gets_the_same_answer(tmp_path: Path) -> None:
    one = reader_of(tmp_path / "one")
    other = reader_of(tmp_path / "other", list(reversed(documents())))
    for question in (
        "Who said the toll would probably be dropped?",
        "What did Ivo Brandt say about the meeting?",
        "When was the bridge built?",
    ):
        first = one.answer(question, question)
        assert first == one.answer(question, question)
        assert first.text == other.answer(question, question).text


def test_two_questions_in_one(reader: ExtractiveReader) -> None:
    answer = ask(reader, "When was the bridge built? Which orchestra played at the wedding of the queen?")
    assert answer.status == "partly"
    assert "1987" in answer.text


def test_a_sentence_that_answers_two_questions_is_told_once(tmp_path: Path) -> None:
    text = "The lock was opened by the harbour master on 4 May. The market sells fish and bread."
    asked = "Who opened the lock? When was the lock opened?"
    answer = reader_of(tmp_path / "library", [Document.from_text(text, id="lock", language="en")]).answer(asked, asked)
    assert [citation.quote.split()[1] for citation in answer.citations].count("lock") == 1
    assert answer.text.count("The lock was opened") == 1
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {marker for sentence in answer.sentences for marker in sentence.markers} == {item.marker for item in answer.citations}


def test_parties_swapped_in_the_corpus_are_swapped_in_the_answers(tmp_path: Path) -> None:
    swap = {"Lenia": "Tavia", "Tavia": "Lenia"}

    def swapped(text: str) -> str:
        parts = text.split("Lenia")
        return (
            "Lenia".join(part.replace("Tavia", "\0") for part in parts)
            .replace("Lenia", swap["Lenia"])
            .replace("\0", swap["Tavia"])
        )

    text = "Lenia's envoy Ivo Brandt said the toll would be dropped. Tavia's envoy Petra Amsel said the ferries would stay open."
    plain = reader_of(tmp_path / "plain", [Document.from_text(text, id="a", title="Note", language="en")])
    mirror = reader_of(tmp_path / "mirror", [Document.from_text(swapped(text), id="a", title="Note", language="en")])
    for question in (
        "Who said the toll would be dropped?",
        "What did Lenia say about the toll?",
        "Who said the ferries would stay open?",
    ):
        assert swapped(plain.answer(question, question).text) == mirror.answer(swapped(question), swapped(question)).text


def test_what_a_source_passed_on_was_not_said_to_the_outlet(tmp_path: Path) -> None:
    text = (
        "A source familiar with the river talks had earlier informed Radio Verin that the Lenian delegation demanded Tavia "
        "give up the two upper locks."
    )
    asked = "Who demanded that Tavia give up the upper locks?"
    answer = reader_of(tmp_path / "library", [Document.from_text(text, id="river", language="en")]).answer(asked, asked)
    assert "demanded to Radio Verin" not in answer.text
    assert "source familiar with the river talks" in answer.text


def test_an_answer_from_another_language_says_that_nobody_is_named(tmp_path: Path) -> None:
    text = "Der Vertrag über die Orla-Brücke wurde 1987 in Verin geschlossen, sagte Minister Amsel."
    asked = "Vertrag Orla-Brücke Verin geschlossen?"
    answer = reader_of(tmp_path / "library", [Document.from_text(text, id="de", language="de")]).answer(asked, asked)
    assert [item.document.id for item in answer.citations] == ["de"]
    assert answer.citations[0].statement is None
    assert any("documents in: de" in notice for notice in answer.notices)


def test_an_answer_carries_what_was_asked(reader: ExtractiveReader) -> None:
    [one] = ask(reader, "Who said the toll would probably be dropped?").asked
    assert (one.kind, one.text) == ("who_said", "Who said the toll would probably be dropped?")
    both = ask(reader, "Who said the toll would probably be dropped? What did Petra Amsel say about the toll?").asked
    assert [(asked.kind, asked.speaker) for asked in both] == [("who_said", None), ("what_said", "Petra Amsel")]


def test_two_parts_without_an_answer_are_refused_once(reader: ExtractiveReader) -> None:
    answer = ask(reader, "How many eggs go into the cake, and how long is it baked?")
    assert answer.status == "not_in_documents"
    told = [sentence.text for sentence in answer.sentences]
    assert len(told) == len(set(told)), told


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("What did Kerr call the talks?", "Mayor Dana Kerr of Orsk called them the first real step in seven years."),
        ("What did Post call the timetable?", 'Velin\'s envoy Ilan Post called the timetable "a wish list".'),
    ],
)
def test_what_something_is_called_is_shown_with_what_is_called_so(tmp_path: Path, question: str, whole: str) -> None:
    text = (
        "The talks between Orsk and Velin ended on Tuesday. "
        "Mayor Dana Kerr of Orsk called them the first real step in seven years.\n\n"
        'Velin\'s envoy Ilan Post called the timetable "a wish list".\n'
    )
    talks = Document.from_text(text, id="talks", title="Talks end in Orsk", language="en")
    assert f"“{whole}”" in ask(reader_of(tmp_path / "library", [talks]), question).text


def test_a_line_without_words_is_told_by_nobody(tmp_path: Path) -> None:
    text = "Statement by the Envoy\n\nI thank the crews of the ferry.\n\nI thank the harbour master.\n\n###\n"
    letter = Document.from_text(text, id="thanks", title="Statement by Envoy Dana Kerr", language="en")
    inquiry = reader_of(tmp_path / "library", [letter]).inquire("Whom does the envoy thank?", SearchFilter())
    assert "I thank the harbour master." in [item.text for item in inquiry.candidates]
    assert "###" not in [item.text for item in inquiry.candidates]
