"""Overviews: verbatim, of the right documents, and nothing denied, conditional, supposed or asked is told as agreed or done."""

# ruff: noqa: E501  (paragraphs are lines)
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley import Answer, Assistant, Document
from tests.fakes import HashingEmbedder

COMMUNIQUE = """At the invitation of Orlania, the delegations of Tarsia and Norvia met in Hask on 3 and 4 May 2031.

The parties agreed to reopen the Lune bridge for lorries.

The parties agreed in principle that the bridge toll will be shared in equal parts. The length of the night closure remains open.

The parties agreed to hold the third round in Verin on 9 June 2031. Ferry timetables were not discussed.
"""
REPORT = """Tarsia's minister Ana Dorr demanded a bridge toll of four crowns on Monday. Norvia's envoy Pavel Imre proposed a bridge toll of two crowns.

Imre denied that Norvia had agreed to a night closure. If Tarsia lowered the toll, Norvia would accept a night closure, he said.

A reporter asked whether the ferry timetables had been agreed. Dorr hoped that a treaty would be signed this year.

Norvia's envoy rejected a night closure of eight hours.
"""
CLAIM = """The Glass Workers' League demanded a rise of six per cent on 2 March 2031, its secretary Ida Moll said.

The Vale Glass Company offered a rise of two per cent, its director Otto Kern said. The League and the Company agreed on new gloves.

The League and the Company will meet again in Vale on 20 March 2031. Moll said the furnace shifts remain unresolved.
"""


def documents() -> list[Document]:
    return [
        Document.from_text(COMMUNIQUE, id="communique", title="Joint communiqué", date=date(2031, 5, 4), language="en"),
        Document.from_text(
            REPORT, id="report", title="Toll divides bridge talks", outlet="Courier", date=date(2031, 5, 6), language="en"
        ),
        Document.from_text(
            CLAIM, id="claim", title="Glass round opens", outlet="Vale Post", date=date(2031, 3, 3), language="en"
        ),
    ]


@pytest.fixture
def assistant(tmp_path: Path):
    opened = Assistant.open(tmp_path / "library", embedding=HashingEmbedder())
    opened.add_documents(documents())
    (tmp_path / "library" / "dossiers.tsv").write_text(
        "Lune bridge\tcommunique\nLune bridge\treport\nGlass round\tclaim\n", encoding="utf-8"
    )
    yield opened
    opened.close()


def under(answer: Answer, heading: str) -> str:
    """All that stands under a heading, up to the next one."""
    found: list[str] = []
    inside = False
    for sentence in answer.sentences:
        if sentence.heading:
            inside = heading in sentence.text
        elif inside:
            found.append(sentence.text)
    return "\n".join(found)


@pytest.fixture
def bridge(assistant: Assistant) -> Answer:
    return assistant.ask("Summarise the talks on the Lune bridge")


def test_says_who_met_what_each_wants_what_is_agreed_open_and_next(bridge: Answer) -> None:
    assert bridge.status == "answered"
    assert "met in Hask on 3 and 4 May 2031" in under(bridge, "Who met")
    assert "demanded a bridge toll of four crowns" in under(bridge, "What Tarsia wants")
    assert "rejected a night closure of eight hours" in under(bridge, "What Norvia wants")
    assert "agreed to reopen the Lune bridge" in under(bridge, "agreed")
    assert "night closure remains open" in under(bridge, "open")
    assert "third round in Verin on 9 June 2031" in under(bridge, "next")


def test_an_agreement_in_principle_says_so(bridge: Answer) -> None:
    line = next(line for line in under(bridge, "agreed").splitlines() if "shared in equal parts" in line)
    assert "in principle" in line.split("“")[0]


def test_nothing_denied_conditional_hoped_for_or_asked_is_told_as_agreed(bridge: Answer) -> None:
    agreed = under(bridge, "agreed")
    for words in ("denied", "would accept", "had been agreed", "would be signed"):
        assert words not in agreed
    assert "would be signed" not in under(bridge, "next")
    assert "reporter asked" not in bridge.text


def test_every_sentence_is_verbatim_and_has_its_source(assistant: Assistant, bridge: Answer) -> None:
    assert all(
        item.verified and assistant.document(item.document.id).text[item.start : item.end] == item.quote
        for item in bridge.citations
    )
    assert all(sentence.markers for sentence in bridge.sentences if not sentence.heading)
    for sentence in bridge.sentences:
        cited = [item for item in bridge.citations if item.marker in sentence.markers]
        for span in sentence.quoted:
            assert any(sentence.text[span.start : span.end] in item.document.text for item in cited)


def test_it_calls_itself_an_extract(bridge: Answer) -> None:
    assert any(notice.startswith("An extract, not a summary") and "Lune bridge" in notice for notice in bridge.notices)


def test_a_dossier_keeps_to_its_documents(assistant: Assistant) -> None:
    told = assistant.ask("Where do the parties stand in the glass round?")
    assert {item.document.id for item in told.citations} == {"claim"}
    assert assistant.overview(dossier="glass round").documents == ("claim",)


def test_several_negotiations_are_told_one_after_the_other(assistant: Assistant) -> None:
    told = assistant.ask("What is agreed, and what is still open?")
    headings = [sentence.text for sentence in told.sentences if sentence.heading]
    assert {heading.split(".")[0] for heading in headings} == {"Lune bridge", "Glass round"}
    assert all("agreed" in heading or "open" in heading for heading in headings)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "small", embedding=HashingEmbedder()) as small:
        small.add_documents(
            [Document.from_text("Tarsia's minister Ana Dorr demanded a toll of four crowns.", id="d", language="en")]
        )
        told = small.ask("What is agreed?")
        assert told.abstained
        assert told.sentences[0].text == "No sentence was found that tells what is agreed."
        partly = small.ask("Who wants what, and what is agreed?")
        assert partly.status == "partly"
        assert any("what is agreed" in notice for notice in partly.notices)


def test_the_timeline_is_in_order_of_days_and_holds_nothing_that_lay_ahead(assistant: Assistant) -> None:
    told = assistant.overview(parts=("timeline",), dossier="Lune bridge")
    days = [entry.day for section in told.sections for entry in section.entries]
    assert days == sorted(days)
    assert days
    assert max(days) <= date(2031, 5, 6)


def test_a_question_of_its_own_is_left_to_the_reader(assistant: Assistant) -> None:
    told = assistant.ask("Who demanded a bridge toll of four crowns?")
    assert not any(sentence.heading for sentence in told.sentences)
    assert "Dorr" in told.text


def test_shorter_and_thanks_are_still_remarks(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("Who demanded a bridge toll of four crowns?")
    assert chat.ask("thanks!").status == "conversational"
    assert not any(sentence.heading for sentence in chat.ask("shorter, please").sentences)


def test_every_suggestion_is_answered(assistant: Assistant) -> None:
    suggested = assistant.suggested_questions(6)
    assert len(set(suggested)) == len(suggested) == 6
    assert any("agreed" in question for question in suggested)
    assert any("wants what" in question for question in suggested)
    assert [question for question in suggested if assistant.ask(question).abstained] == []


def test_after_an_overview_the_same_may_be_asked_of_another_dossier(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("What is open in the talks on the Lune bridge?")
    other = chat.ask("And in the glass round?")
    assert {item.document.id for item in other.citations} == {"claim"}
    assert "unresolved" in other.text
    assert "night closure" not in other.text
    assert chat.ask("And the zebra talks?").abstained


@pytest.mark.parametrize("question", ["Who wants what on the bridge toll?", "What does each side demand on the bridge toll?"])
def test_the_sides_stand_beside_each_other_on_a_matter(assistant: Assistant, question: str) -> None:
    told = assistant.ask(question)
    assert [item.text for item in told.sentences if item.heading] == ["What Norvia wants:", "What Tarsia wants:"]
    assert all("toll" in item.quote for item in told.citations)


def test_where_one_side_alone_speaks_of_a_matter_the_reader_answers(assistant: Assistant) -> None:
    told = assistant.ask("What does each side want on the furnace shifts?")
    assert not any(item.heading for item in told.sentences)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What was agreed as of 1 April 2031?", {"claim"}),
        ("What is agreed since May 2031?", {"communique"}),
        ("Where did the parties stand before 1 April 2031?", {"claim"}),
        ("What was the state of the talks as of 1 April 2031?", {"claim"}),
    ],
)
def test_an_overview_keeps_to_the_time_that_is_asked_for(assistant: Assistant, question: str, documents: set[str]) -> None:
    told = assistant.ask(question)
    assert any(item.heading for item in told.sentences)
    assert {item.document.id for item in told.citations} == documents
    assert any(notice.startswith("Of documents dated ") for notice in told.notices)


def test_an_overview_of_a_time_without_documents_is_refused_with_the_reason(assistant: Assistant) -> None:
    told = assistant.ask("Summarise everything after 2040")
    assert "No document is from the time asked for" in told.text
