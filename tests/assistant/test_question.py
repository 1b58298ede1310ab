"""What a question is understood to ask."""

from __future__ import annotations

from datetime import date

import pytest

from parley.assistant.question.analysis import analyse_question, quoted_words
from parley.assistant.question.question_parts import question_parts


@pytest.mark.parametrize(
    ("question", "kind", "speaker"),
    [
        ("Who proposed the toll?", "who_said", None),
        ("Who said that Lenia demanded the closure of two ferries, and to whom?", "who_said", None),
        ('Who said, "The bridge is ours"?', "who_said", None),
        ("Which former ambassador called the bridge a toy?", "who_said", None),
        ("What did Petra Amsel say about the toll?", "what_said", "Petra Amsel"),
        ("What does the Tavian side want?", "what_said", "the Tavian side"),
        ("How did Amsel describe the talks?", "what_said", "Amsel"),
        ("What is the union's latest pay proposal?", "what_said", "the union"),
        ("Did Amsel really say the toll was unfair?", "whether_said", "Amsel"),
        ('Did Amsel really say the toll was "a passing thing"?', "quote_check", "Amsel"),
        ('Where did Amsel say "we will pay for the lights"?', "where_said", "Amsel"),
        ("What's Amsel's verdict on the talks?", "what_said", "Amsel"),
        ("Whose demand is it that the ferries close?", "who_said", None),
        ("Who came out with the idea of a toll?", "who_said", None),
        ("Is it right that Amsel promised a bridge?", "whether_said", "Amsel"),
        ("What are the six points of Lenia's reply?", "list", None),
        ("Which four ferries did Tavia want closed?", "what_said", "Tavia"),
        ("What did Amsel raise in the December call?", "what", None),
        ("What should Brandt do with the minutes if he says no?", "what", None),
        ("Have toll-free states sent the money back?", "whether", None),
        ("Have Amsel and Brandt spoken?", "whether", None),
        ("Which outlet reported that, and on what date?", "provenance", None),
        ("How many cars cross the bridge?", "how_many", None),
        ("When was the bridge built?", "when", None),
        ("Where was the agreement signed?", "where", None),
        ("Why was no treaty signed, according to Tavia?", "why", "Tavia"),
        ("Why was the toll dropped, in Amsel's view?", "why", "Amsel"),
        ("Did the union accept the offer?", "whether", None),
        ("Who is Petra Amsel?", "who_is", None),
        ("Which ferries?", "list", None),
        ("Compare the two sides' positions on the toll.", "compare", None),
        ("What did Brandt himself say about the toll?", "what_said", "Brandt"),
        ("What is the Tavian position on the toll?", "what_said", "the Tavian side"),
        ("What happened at the bridge?", "what", None),
    ],
)
def test_kind_and_speaker(question: str, kind: str, speaker: str | None) -> None:
    analysis = analyse_question(question)
    assert (analysis.kind, analysis.speaker) == (kind, speaker)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many days must the union wait?", "days"),
        ("How many ferries may Tavia keep?", "ferries"),
        ("How many ferries sailed to the May 2031 talks?", "ferries sailed to the May 2031 talks"),
    ],
)
def test_what_is_counted_ends_at_the_verb_of_the_question(question: str, noun: str) -> None:
    assert analyse_question(question).noun == noun


def test_a_preposition_may_stand_before_a_second_question() -> None:
    first, second = "Who came together to set up the league?", "About how many members were in it?"
    assert question_parts("Who came together to set up the league, and about how many members were in it?") == (first, second)


def test_a_question_limited_to_a_report() -> None:
    analysis = analyse_question("In the Orla Courier report of 30 September 2031, what did Amsel say about the toll?")
    assert (analysis.outlet, analysis.kind, analysis.speaker) == ("Orla Courier", "what_said", "Amsel")
    assert analysis.published is not None
    assert analysis.published.may_be(date(2031, 9, 30))
    assert not analysis.published.may_be(date(2031, 9, 29))
    assert [term.stem for term in analysis.terms] == ["toll"]


@pytest.mark.parametrize("published", ["May 2031", "2031"])
def test_the_date_of_a_report_is_not_filled_up_with_the_day_of_asking(published: str) -> None:
    asked = analyse_question(f"In the Orla Courier report of {published}, what did Amsel say?").published
    assert asked is not None
    assert asked.day is None
    assert all(asked.may_be(date(2031, 5, day)) for day in (1, 3, 31))
    assert not asked.may_be(date(2030, 5, 3))


def test_the_day_of_asking_is_no_search_term() -> None:
    analysis = analyse_question("Which bridge was closed this week? (The question was asked on 2031-05-08.)")
    assert analysis.asked_on == date(2031, 5, 8)
    assert {term.stem for term in analysis.terms} == {"bridg", "close", "week"}


def test_both_spellings_of_a_joined_word_are_one_term() -> None:
    one, other = (analyse_question(f"Is there a {word}?").terms[0].stem for word in ("cease-fire", "ceasefire"))
    assert one == other


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ("Will the talks succeed?", "future"),
        ("Which side is right?", "opinion"),
        ("Should Lenia pay? What do you think?", "opinion"),
        ("Translate my CV", "outside"),
        ("Write me a poem about the bridge", "task"),
        ("Which type of weather closed the bridge?", "documents"),
        ("When will the talks resume?", "documents"),
    ],
)
def test_scope(question: str, scope: str) -> None:
    assert analyse_question(question).scope == scope


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Who said "we pay"?', ("we pay",)),
        ("Did he say “we pay”?", ("we pay",)),
        ("Did he say «we pay for it»?", ("we pay for it",)),
        ('Who said, "He called it "a toy" and left"?', ('He called it "a toy" and left',)),
        ("Did they accept the leaders' meeting?", ()),
    ],
)
def test_quoted_words(text: str, words: tuple[str, ...]) -> None:
    assert quoted_words(text) == words


def test_several_questions_in_one() -> None:
    assert question_parts("Who led the delegation / what did an official say?") == (
        "Who led the delegation?",
        "what did an official say?",
    )
    assert question_parts("When was it built? How many cars cross it?") == ("When was it built?", "How many cars cross it?")
    assert question_parts("The bridge was closed. When was that?") == ("The bridge was closed. When was that?",)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Did Lund resign and did Holm follow?", ("Did Lund resign?", "Did Holm follow?")),
        ("Who spoke, who listened, and what was agreed?", ("Who spoke?", "Who listened?", "What was agreed?")),
        ("What did the envoy, who spoke last, want and when?", ("What did the envoy, who spoke last, want and when?",)),
        ("Who mediates, and what is her plan?", ("Who mediates?", "What is her plan?")),
        ("When and where did they meet?", ("When and where did they meet?",)),
        ("Tell me who chaired it and also what she said", ("Tell me who chaired it?", "What she said")),
        ("- Who leads the union?\n- How many voted?", ("Who leads the union?", "How many voted?")),
        ("a) who leads the union b) how many voted", ("who leads the union?", "how many voted?")),
        ("Who was invited and is expected to come?", ("Who was invited and is expected to come?",)),
        ("Who said that the toll stays, and to whom?", ("Who said that the toll stays, and to whom?",)),
        ("Who paid for the bridge, and to whom?", ("Who paid for the bridge?", "To whom?")),
    ],
)
def test_a_verb_with_its_subject_begins_another_question(question: str, parts: tuple[str, ...]) -> None:
    assert question_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who slammed the toll?", "who_said"),
        ("What did Amsel reaffirm?", "what_said"),
        ("What did Amsel underline about the toll?", "what_said"),
        ("Who floated the toll?", "who_said"),
        ("Who found the letter?", "who"),
        ("Who answered the door?", "who"),
    ],
)
def test_verbs_of_saying_that_documents_know_are_known_to_questions(question: str, kind: str) -> None:
    assert analyse_question(question).kind == kind
