"""Words of time in a question are conditions on the documents' dates, and relative days are told with theirs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley.assistant import Assistant
from parley.assistant.question.asked_time import take_time
from parley.index.types import Document
from tests.assistant.texts import library_of

TODAY = date(2031, 6, 11)
REPORTS = [
    Document.from_text(
        "Norland's envoy Jon Fane said that Norland rejected the second map.",
        id="march",
        title="Norland on the map",
        date=date(2031, 3, 2),
        language="en",
    ),
    Document.from_text(
        "Norland's envoy Jon Fane said that Norland could live with the second map. The experts meet tomorrow in Verin.",
        id="june",
        title="Norland on the map again",
        date=date(2031, 6, 3),
        language="en",
    ),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(library_of(tmp_path_factory.mktemp("library"), REPORTS), today=lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "rest", "since", "until", "newest"),
    [
        ("What has Norland said since April 2031?", "What has Norland said?", date(2031, 4, 1), None, False),
        ("What did Norland say before 5 May 2031?", "What did Norland say?", None, date(2031, 5, 4), False),
        ("Who spoke after 2030?", "Who spoke?", date(2031, 1, 1), None, False),
        ("As of March 2031, what does Norland want?", "What does Norland want?", None, date(2031, 3, 31), True),
        ("What was said last week?", "What was said?", date(2031, 6, 2), date(2031, 6, 8), False),
        ("What happened yesterday?", "What happened?", date(2031, 6, 10), date(2031, 6, 10), False),
        ("What happened this month?", "What happened?", date(2031, 6, 1), date(2031, 6, 30), False),
        ("What is the latest on the second map?", "What is said about the second map?", None, None, True),
        ("Any news about the crossing?", "What is said about the crossing?", None, None, True),
        ("What's new on the crossing?", "What is said about the crossing?", None, None, True),
        ("Latest developments regarding Verin?", "What is said about Verin?", None, None, True),
    ],
)
def test_conditions_are_taken_off(question: str, rest: str, since: date | None, until: date | None, *, newest: bool) -> None:
    found, asked = take_time(question, TODAY)
    assert asked is not None
    assert (found.lstrip(", "), asked.since, asked.until, asked.newest) == (rest, since, until, newest)


KNOWN = (date(2030, 3, 9), date(2031, 3, 2), date(2031, 5, 30))


@pytest.mark.parametrize(
    ("question", "rest", "since", "until"),
    [
        ("What did Norland offer in 1997?", "What did Norland offer?", date(1997, 1, 1), date(1997, 12, 31)),
        ("What was the position in March?", "What was the position?", date(2031, 3, 1), date(2031, 3, 31)),
        ("In March 2030, what did Norland want?", "What did Norland want?", date(2030, 3, 1), date(2030, 3, 31)),
        ("What happened during the first week of May?", "What happened?", date(2031, 5, 1), date(2031, 5, 31)),
        ("What was said on 9 March?", "What was said?", date(2030, 3, 9), date(2030, 3, 9)),
        ("What was said between 1 and 5 May 2031?", "What was said?", date(2031, 5, 1), date(2031, 5, 5)),
        ("What was said between March and May 2031?", "What was said?", date(2031, 3, 1), date(2031, 5, 31)),
        ("What has Norland said since May?", "What has Norland said?", date(2031, 5, 1), None),
        ("What has Norland said since June?", "What has Norland said?", date(2030, 6, 1), None),
        ("What did Norland say before March?", "What did Norland say?", None, date(2031, 2, 28)),
        ("What did Fane say last Friday?", "What did Fane say?", date(2031, 6, 6), date(2031, 6, 6)),
        ("What was said in the past two weeks?", "What was said?", date(2031, 5, 28), date(2031, 6, 11)),
        ("What did Fane say last week about the map?", "What did Fane say about the map?", date(2031, 6, 2), date(2031, 6, 8)),
    ],
)
def test_a_missing_year_is_that_of_the_documents(question: str, rest: str, since: date | None, until: date | None) -> None:
    found, asked = take_time(question, TODAY, KNOWN)
    assert asked is not None
    assert (found, asked.since, asked.until) == (rest, since, until)


@pytest.mark.parametrize(
    "question",
    [
        "What may Norland do?",
        "What did they say in the October 2030 briefing?",
        "What did each side get in 2030-2031?",
        "And in May?",
        "Who testified before the committee?",
    ],
)
def test_what_only_looks_like_a_time_is_no_condition(question: str) -> None:
    assert take_time(question, TODAY, KNOWN) == (question, None)


@pytest.mark.parametrize("question", ["What did Norland say?", "When did the talks end?", "What is the latest date for a reply?"])
def test_no_condition(question: str) -> None:
    assert take_time(question, TODAY) == (question, None)


def test_only_documents_of_the_time_answer(assistant: Assistant) -> None:
    later = assistant.ask("What has Norland's envoy said about the second map since April 2031?")
    assert {item.document.id for item in later.citations} == {"june"}
    earlier = assistant.ask("What did Norland's envoy say about the second map before April 2031?")
    assert {item.document.id for item in earlier.citations} == {"march"}


def test_the_latest_is_of_the_newest_document(assistant: Assistant) -> None:
    answer = assistant.ask("What is the latest that Norland's envoy said about the second map?")
    assert "could live with" in answer.text
    assert "rejected" not in answer.text


def test_the_latest_on_a_matter_is_of_the_newest_document(assistant: Assistant) -> None:
    answer = assistant.ask("What is the latest on Norland and the second map?")
    assert "could live with" in answer.text
    assert {item.document.id for item in answer.citations} == {"june"}


def test_a_time_of_which_there_is_no_document_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("What happened yesterday?")
    assert (answer.status, answer.citations) == ("not_in_documents", ())
    assert "10 June 2031" in answer.text
    assert "3 June 2031" in answer.text


def test_a_relative_day_is_told_with_the_date_it_counts_from(assistant: Assistant) -> None:
    answer = assistant.ask("When do the experts meet in Verin?")
    assert "“tomorrow” is counted from the document's date, 3 June 2031." in answer.text


@pytest.mark.parametrize("question", ["On what date do the experts meet in Verin?", "Which day do the experts meet in Verin?"])
def test_when_may_be_asked_in_more_words(assistant: Assistant, question: str) -> None:
    assert "tomorrow" in assistant.ask(question).text


def test_a_year_that_documents_only_tell_of_is_no_condition_on_their_dates(tmp_path: Path) -> None:
    text = "Rolf Aune, who ran the port of Verin until 2017, thinks that both sides can afford it."
    report = Document.from_text(text, id="report", title="Port", date=date(2031, 3, 2), language="en")
    found = Assistant(library_of(tmp_path, [report]), today=lambda: TODAY).ask("Who ran the port of Verin until 2017?")
    assert "Rolf Aune" in found.text


def test_a_time_is_not_kept_to_where_no_document_has_a_date_and_that_is_told(tmp_path: Path) -> None:
    text = "A ministry official said the sum was missing this year because parliament went into recess before the vote."
    report = Document.from_text(text, id="report", title="The sum", language="en")
    found = Assistant(library_of(tmp_path, [report]), today=lambda: TODAY).ask("Why was the sum missing this year?")
    assert "went into recess" in found.text
    assert any("No document here has a date" in notice and "this year" in notice for notice in found.notices)


def test_nothing_is_told_of_missing_dates_where_documents_have_one(assistant: Assistant) -> None:
    assert not any("has a date" in notice for notice in assistant.ask("What has Norland said since April 2031?").notices)


FERRY = [
    Document.from_text(
        "The union's secretary Ola Rin demanded a rise of four per cent. The summit in Verin takes place on 20 May 2031.",
        id="april",
        title="The union's demand",
        date=date(2031, 4, 9),
        language="en",
    ),
    Document.from_text(
        "The union's secretary Ola Rin on Wednesday demanded a rise of six per cent.\n\n"
        "In 1997 the harbour company closed the old ferry to Hask.",
        id="may",
        title="The union's new demand",
        date=date(2031, 5, 29),
        language="en",
    ),
]


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(library_of(tmp_path_factory.mktemp("ferry"), FERRY), today=lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Ola Rin demand in April?", "four per cent"),
        ("What did Ola Rin demand in April 2031?", "four per cent"),
        ("What did Ola Rin demand between 1 and 30 May 2031?", "six per cent"),
        ("What did Ola Rin demand before the summit?", "four per cent"),
        ("What did Ola Rin demand after the summit in Verin?", "six per cent"),
        ("What has Ola Rin demanded since May?", "six per cent"),
        ("What did Ola Rin say on Wednesday?", "six per cent"),
        ("What did the harbour company close in 1997?", "old ferry"),
    ],
)
def test_what_is_told_is_of_the_time_asked_for(ferry: Assistant, question: str, words: str) -> None:
    told = ferry.ask(question).text
    assert words in told
    assert sum(other in told for other in ("four per cent", "six per cent", "old ferry")) == 1


def test_a_time_of_which_nothing_is_told_is_refused(ferry: Assistant) -> None:
    answer = ferry.ask("What did Ola Rin demand in 1998?")
    assert (answer.status, answer.citations) == ("not_in_documents", ())
    assert "1998" in answer.text
    assert answer.nearest


def test_how_a_time_was_understood_is_told(ferry: Assistant) -> None:
    assert any("1 April 2031 to 30 April 2031" in note for note in ferry.ask("What did Ola Rin demand in April?").notices)
    assert any("20 May 2031" in note for note in ferry.ask("What did Ola Rin demand before the summit?").notices)


def test_an_undated_document_may_be_of_any_time_and_that_is_told(tmp_path: Path) -> None:
    text = "The union's secretary Ola Rin demanded a rise of four per cent."
    found = Assistant(library_of(tmp_path, [Document.from_text(text, id="note", title="Note")])).ask(
        "What did Ola Rin demand in 1997?"
    )
    assert "four per cent" in found.text
    assert any("has no date" in notice for notice in found.notices)
