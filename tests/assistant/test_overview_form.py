"""Which questions ask for an overview, of what, and which are questions of their own."""

from __future__ import annotations

import pytest

from parley.assistant.question.overview_form import overview_question


@pytest.mark.parametrize(
    ("question", "parts", "about"),
    [
        ("Summarise the documents", ("summary",), ""),
        ("Can you give me a short summary please?", ("summary",), ""),
        ("what is this about?", ("summary",), ""),
        ("What's this all about", ("summary",), ""),
        ("I need a one-page briefing on the Orla bridge", ("summary",), "Orla bridge"),
        ("Summarise the talks on the Orla bridge", ("summary",), "Orla bridge"),
        ("Summarise the mediator's note", ("summary",), "mediator's note"),
        ("Brief me on the toll", ("summary",), "toll"),
        ("What are the main points of the union's claim?", ("summary",), "union's claim"),
        ("What are the sticking points?", ("open",), ""),
        ("Where do they stand?", ("positions",), ""),
        ("Where do the two sides stand?", ("positions",), ""),
        ("Who wants what?", ("positions",), ""),
        ("What does each side want?", ("positions",), ""),
        ("what do the parties want", ("positions",), ""),
        ("What is agreed, and what is still open?", ("agreed", "open"), ""),
        ("What has been agreed so far?", ("agreed",), ""),
        ("What remains unresolved?", ("open",), ""),
        ("Give me the timeline", ("timeline",), ""),
        ("Draw up a chronology of the ferry negotiations", ("timeline",), "ferry"),
        ("What happens next?", ("next",), ""),
        ("Where do the parties stand in the port talks?", ("positions",), "port"),
        ("Where do the parties stand on the toll?", ("positions",), "toll"),
        ("Who wants what on pay?", ("positions",), "pay"),
        ("What does each side demand on night shifts?", ("positions",), "night shifts"),
        ("What divides the parties?", ("open",), ""),
        ("Show me an overview of everything", ("summary",), ""),
    ],
)
def test_asks_for_an_overview(question: str, parts: tuple[str, ...], about: str) -> None:
    found = overview_question(question)
    assert found is not None
    assert (found.parts, found.about) == (parts, about)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ana Dorr say about the toll?",
        "Who wrote the briefing?",
        "How many prisoners are to be exchanged?",
        "Who agreed to the ferry timetable?",
        "When is the next meeting?",
        "What does the union want?",
        "Which regions does Russia demand?",
        "What does Article 5 say?",
        "Did Norland reject the outline?",
        "Why was the summary of the report rejected?",
        "Who says 90 percent is agreed?",
    ],
)
def test_is_a_question_of_its_own(question: str) -> None:
    assert overview_question(question) is None


@pytest.mark.parametrize(
    ("question", "any_matter"),
    [
        ("Summarise the toll", True),
        ("Timeline of the toll", True),
        ("What is agreed on the toll?", False),
        ("Sticking points on the toll", False),
    ],
)
def test_only_a_summary_is_of_any_matter(question: str, any_matter: bool) -> None:
    found = overview_question(question)
    assert found is not None
    assert (found.about, found.of_any_matter) == ("toll", any_matter)


@pytest.mark.parametrize(
    ("question", "of_any_matter", "of_several"),
    [
        ("Who wants what on pay?", True, True),
        ("What do both sides offer on night work?", True, True),
        ("Where do they stand on pay?", False, False),  # "they" may be one side
        ("What is open on pay?", False, False),
        ("Summarise the talks on pay", True, False),
    ],
)
def test_sides_are_set_beside_each_other_on_any_matter(question: str, *, of_any_matter: bool, of_several: bool) -> None:
    found = overview_question(question)
    assert found is not None
    wanted = (of_any_matter or not found.about, of_several)
    assert (found.of_any_matter or not found.about, found.of_several) == wanted
