"""What stands in front is what is asked for by its part in the sentence: the doer, a description, the place, the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.index.models.span_reader import SpanReader
from parley.index.types import Document
from tests.assistant.test_read_leads import Pointing
from tests.assistant.texts import library_of

NOWHERE = Pointing("nothing of the kind")


def _answered(tmp_path: Path, text: str, question: str, reader: SpanReader = NOWHERE) -> Answer:
    library = library_of(tmp_path, [Document.from_text(text, id="report", title="Report", language="en")])
    return ExtractiveReader(library, span_reader=reader).answer(question, question)


def _first(answer: Answer) -> str:
    return answer.sentences[0].text


@pytest.mark.parametrize(
    ("text", "question", "lead"),
    [
        (
            "Ferry captain Jon Brekke, a brother of Minister Petra Amsel, was attacked by Ane Holm on the quay.",
            "Who attacked Jon Brekke?",
            "“Ane Holm”",
        ),
        (
            "The harbour bank, once owned by Ivo Lund, was robbed in May by sailors of the Tavian navy.",
            "Who robbed the harbour bank?",
            "“sailors of the Tavian navy”",
        ),
        (
            "An aide to Minister Petra Amsel burned the ferry in 1987.",
            "Who burned the ferry?",
            "“An aide to Minister Petra Amsel”",
        ),
        ("Karel Nym met Oskar Falk, who robbed the harbour bank.", "Who robbed the harbour bank?", "“Oskar Falk”"),
        (
            "Petra Amsel, an old friend of Ivo Lund, mediated the ferry talks.",
            "By whom were the ferry talks mediated?",
            "“Petra Amsel”",
        ),
        (
            "In May, Ivo Lund and Oskar Falk had boarded the ferry without a ticket.",
            "Who boarded the ferry without a ticket?",
            "“Ivo Lund and Oskar Falk”",
        ),
        (
            "Petra Amsel left. In Sarsk in 1987 Ivo Lund and Oskar Falk boarded the ferry without a ticket.",
            "Who boarded the ferry without a ticket in 1987?",
            "“Ivo Lund and Oskar Falk”",
        ),
    ],
    ids=["passive", "passive, with all of the phrase", "adviser", "relative clause", "apposition", "two", "place and year"],
)
def test_the_doer_stands_in_front(tmp_path: Path, text: str, question: str, lead: str) -> None:
    assert _first(_answered(tmp_path, text, question)).startswith(lead)


BROTHER = "Ferry captain Jon Brekke, a former adviser to President Karel Nym, was attacked on the quay in May."
HARBOUR_TALK = "The harbour police of Verin have looked for witnesses since Friday."


@pytest.mark.parametrize("reader", [NOWHERE, Pointing("President Karel Nym", 0.99)], ids=["rule", "reader"])
def test_no_name_stands_for_a_doer_that_is_not_told(tmp_path: Path, reader: SpanReader) -> None:
    answer = _answered(tmp_path, f"{BROTHER} {HARBOUR_TALK}", "Who attacked Jon Brekke?", reader)
    assert answer.status == "not_in_documents"
    assert not any(sentence.text.startswith("“President Karel Nym”") for sentence in answer.sentences)


@pytest.mark.parametrize("reader", [NOWHERE, Pointing("Karel Nym", 0.99)], ids=["rule", "reader"])
@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Ivo Brandt was previously a senior aide to President Karel Nym.", "a senior aide to President Karel Nym"),
        ("Ivo Brandt, the former partner of Karel Nym, arrived in Hask.", "the former partner of Karel Nym"),
        ("The police met Ivo Brandt, an envoy of Karel Nym, on the quay.", "an envoy of Karel Nym"),
        ("Tavian envoy Ivo Brandt met Karel Nym in Hask.", "Tavian envoy"),
    ],
)
def test_who_somebody_is_is_told_by_a_description(tmp_path: Path, text: str, lead: str, reader: SpanReader) -> None:
    assert _first(_answered(tmp_path, text, "Who is Ivo Brandt?", reader)).startswith(f"“{lead}”")


@pytest.mark.parametrize("reader", [NOWHERE, Pointing("Tavia", 0.99), Pointing("Lenia", 0.99)], ids=["rule", "Tavia", "Lenia"])
@pytest.mark.parametrize(
    "text",
    [
        "On 5 May, delegations from Tavia and Lenia sat down to hold the ferry talks.",
        "On 5 May, the ferry talks between Tavia and Lenia were held behind closed doors.",
        "On 5 May, officials of Tavia and Lenia held the ferry talks behind closed doors.",
    ],
)
def test_where_delegations_come_from_is_not_where_they_met(tmp_path: Path, text: str, reader: SpanReader) -> None:
    answer = _answered(tmp_path, text, "Where were the ferry talks held on 5 May?", reader)
    assert not _first(answer).startswith(("“Tavia", "“Lenia"))


def test_the_next_sentence_may_say_where(tmp_path: Path) -> None:
    text = (
        "On 5 May, delegations from Tavia and Lenia sat down to hold the ferry talks. "
        "Hosted at the Old Customs House in Verin, the talks lasted until midnight."
    )
    answer = _answered(tmp_path, text, "Where were the ferry talks held on 5 May?")
    assert "Verin" in _first(answer) or "Old Customs House" in _first(answer)
    assert _first(answer).startswith("“")
    assert "sat down to hold the ferry talks" in answer.sentences[1].text
    assert "Hosted at the Old Customs House" in answer.sentences[2].text


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The head of the Tavian delegation, ferry expert Ivo Brandt, said little on the quay.", "Ivo Brandt"),
        ("Petra Amsel, chair of the Tavian delegation, walked home with Ivo Lund.", "Petra Amsel"),
        ("Tavian delegation leader Oskar Falk walked home.", "Oskar Falk"),
        ("The Tavian delegation was led by Ane Holm, a cousin of Karel Nym.", "Ane Holm"),
    ],
)
def test_roles_tell_who_leads(tmp_path: Path, text: str, lead: str) -> None:
    other = "The Lenian delegation in Verin was led by Karel Nym."
    answer = _answered(tmp_path, f"{text} {other}", "Who led the Tavian delegation?")
    assert _first(answer).startswith("“")
    assert lead in _first(answer).split("”")[0]


def test_another_place_than_asked_gives_no_lead(tmp_path: Path) -> None:
    text = "Hosted at the Old Customs House in Verin, the ferry talks were mediated by Ane Holm."
    answer = _answered(tmp_path, text, "Who mediated the ferry talks in Hask?")
    assert not _first(answer).startswith("“Ane Holm")


def test_the_asked_day_is_preferred_to_another(tmp_path: Path) -> None:
    text = (
        "On the second day of the ferry swap, 307 sailors were exchanged between the two navies. "
        "The first day of the ferry swap saw 390 sailors exchanged."
    )
    answer = _answered(tmp_path, text, "How many sailors were exchanged on the first day of the ferry swap?")
    assert _first(answer).startswith("“390")
    assert answer.status == "answered"


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The navies exchanged 307 sailors each on Friday, and a total of 1,200 sailors in May.", "1,200"),
        ("The navies exchanged 390 sailors on Friday and another 307 on Saturday.", None),
    ],
)
def test_a_part_is_not_the_whole(tmp_path: Path, text: str, lead: str | None) -> None:
    first = _first(_answered(tmp_path, text, "How many sailors did the navies exchange in total?"))
    assert lead in first.split("”")[0] if lead else not first.startswith(("“390", "“307", "“another"))


def test_somebody_behind_a_preposition_is_not_the_one_to_do_it(tmp_path: Path) -> None:
    text = "The harbour town keeps contact both with Ivo Lund and Oskar Falk to be able to host the ferry talks."
    assert not _first(_answered(tmp_path, text, "Who will host the ferry talks?")).startswith("“Ivo Lund")


def test_a_delegation_is_not_the_host_because_it_stands_in_front(tmp_path: Path) -> None:
    text = "Tavian and Lenian delegations sat down in Verin on Friday, with Jon Brekke as host."
    assert not _first(_answered(tmp_path, text, "Who hosted the talks in Verin?")).startswith("“Tavian")
