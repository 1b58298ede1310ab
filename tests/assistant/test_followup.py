"""What a conversation adds to its next question: a value, shown beside the question, and nothing where the matter changes."""

from __future__ import annotations

import pytest

from parley.assistant import Assistant, Conversation
from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.dialogue.carried import NOTHING
from parley.assistant.dialogue.conversation import Turn
from parley.assistant.dialogue.follow_up import continued, of_another_thing
from parley.assistant.dialogue.meant_person import person_after, somebody_after
from parley.assistant.dialogue.told_before import words_told
from parley.assistant.dialogue.understanding import shown_with, understand
from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.open_question import cannot_stand
from parley.index.library import Library
from parley.index.types import Span
from tests.assistant.texts import documents, library_of
from tests.eval.build import BULLETIN, citation
from tests.eval.build import answer as _answer


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("library"), documents())


def after(*messages: str) -> Conversation:
    roles = ("user", "assistant")
    return Conversation.from_messages([{"role": roles[number % 2], "text": text} for number, text in enumerate(messages)])


@pytest.mark.parametrize(
    ("earlier", "question", "speaker", "words"),
    [
        ("What did Amsel say about the toll?", "And Brandt?", "Brandt", {"toll"}),
        ("What did Amsel say about the toll?", "No, I meant Brandt", "Brandt", {"toll"}),
        ("What did Amsel say about the toll?", "And what about the ferries?", "Amsel", {"ferries"}),
        ("What does the union demand?", "And the company?", "company", set()),
        ("When did Amsel offer to pay?", "And on what condition?", None, {"offer", "pay", "amsel"}),
        ("What did Amsel say about the toll?", "And why?", "Amsel", {"toll"}),
        ("Who suggested the ferry timetable categories?", "Which three?", None, {"ferry", "timetable", "categories"}),
        ("How much did wages rise in 2024?", "And in 2025?", None, {"wages", "rise", "2025"}),
        ("When does the lease of the quay end?", "Who signed it?", None, {"lease", "quay", "signed"}),
        ("What kind of toll did Tavia want?", "And Lenia?", "Lenia", {"toll"}),
        ("What does the union want in pay?", "And the company, what has it offered?", "company", {"pay", "offered"}),
        ("Since when has the toll stood still, says the union?", "And according to the company?", "company", {"toll"}),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    earlier: str, question: str, speaker: str | None, words: set[str]
) -> None:
    found = continued(question, analyse_question(earlier), None)
    assert (found.speaker or "").removeprefix("the ") == (speaker or "")
    assert words <= {term.surface.lower() for term in found.terms}


@pytest.mark.parametrize(
    ("earlier", "question", "kind", "speaker"),
    [
        ("What did the union ask for in September 2031?", "And in October?", "what_said", "the union"),
        ("What did Amsel say about the toll?", "No, about the list of ferries", "what_said", "Amsel"),
        ("Did Lenia accept it, according to the Orla Courier?", "And in the Tavian Gazette?", "whether", None),
        ("Who wants the toll to go?", "And Brandt?", "what_said", "Brandt"),
        ("What did Amsel say about the toll?", "By when?", "when", None),
        ("What did Amsel say about the toll?", "And about October?", "what_said", "Amsel"),
        ("What did Amsel say about the toll?", "What for?", "why", "Amsel"),
        ("What did Amsel say about the toll?", "what about repairs, what did she want", "what_said", "Amsel"),
    ],
)
def test_only_a_name_takes_the_speakers_place(earlier: str, question: str, kind: str, speaker: str | None) -> None:
    found = continued(question, analyse_question(earlier), None)
    assert (found.kind, found.speaker) == (kind, speaker)


def test_another_month_takes_the_place_of_the_one_before() -> None:
    found = continued("And in October?", analyse_question("What did the union ask for in September 2031?"), None)
    assert {term.surface for term in found.terms} == {"October"}


@pytest.mark.parametrize(
    ("question", "words", "person"),
    [
        ("Who led the Lenian delegation?", "Ms Petra Amsel, a minister", "Petra Amsel"),
        ("Whom does Istrin praise?", "Samira Kadhi", "Samira Kadhi"),
        ("What did Lind accept in September 2031?", "the second map", "Lind"),
        ("What happened in September 2031?", "a plenary", None),
    ],
)
def test_he_or_she_is_who_was_asked_about_or_found(question: str, words: str, person: str | None) -> None:
    sentence = AnswerSentence(f"“{words}”.", (1,), (Span(1, 1 + len(words)),), (Span(1, 1 + len(words)),))
    answer = Answer(question, question, (sentence,), (), "answered")
    found = person_after(Turn(question, question, answer, answer.text), analyse_question(question))
    assert (found or "").removeprefix("Ms ") == (person or "")


@pytest.mark.parametrize(
    ("asked", "heard", "somebody"),
    [
        ("What does the union want?", "Petra Amsel", "Petra Amsel"),
        ("What does the envoy want?", "Petra Amsel", "the envoy"),
        ("What does the union want?", "the union", None),
    ],
)
def test_he_or_she_is_no_side(asked: str, heard: str, somebody: str | None) -> None:
    answer = _answer("So.", citation(BULLETIN, "Envoy Lind said the fee was agreed in principle.", speaker=heard))
    assert somebody_after(Turn(asked, asked, answer, answer.text), analyse_question(asked)) == somebody


@pytest.mark.parametrize(("question", "person"), [("Why did she say that?", "Petra Amsel"), ("When do they meet next?", None)])
def test_they_is_no_single_person(library: Library, question: str, person: str | None) -> None:
    conversation = after("What did Petra Amsel say about the toll?", "It will go.")
    assert understand(question, conversation, library).person == person


def test_polite_words_of_a_turn_are_not_carried(library: Library) -> None:
    carried = understand("And why?", after("Thanks. Who signed the lease of the quay?", "Lind."), library)
    assert carried.matter is not None
    assert {term.surface for term in carried.matter.terms} == {"signed", "lease", "quay"}


@pytest.mark.parametrize("question", ["What did she say about the ferry timetable?", "What did she offer for the ferries?"])
def test_a_question_that_lacks_only_a_person_takes_along_only_the_person(library: Library, question: str) -> None:
    conversation = after("What did Petra Amsel say about the toll?", "It will go.")
    carried = understand(question, conversation, library)
    assert (carried.person, carried.earlier) == ("Petra Amsel", ())
    assert carried.matter is not None
    assert continued(question, carried.matter, carried.person).speaker == "Petra Amsel"
    assert "toll" not in {term.surface for term in continued(question, carried.matter, carried.person).terms}


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Starting when?", False),
        ("Would that be anything new, for Verin?", False),
        ("Does Brandt want it?", False),
        ("Why on top?", False),
        ("Does anybody see that differently?", False),
        ("Who is Brandt?", True),
        ("Who signed the lease?", True),
        ("What does the union demand?", True),
        ("Is it true that Lund signed the lease of the quay?", True),
    ],
)
def test_a_question_without_a_matter_cannot_stand(question: str, *, alone: bool) -> None:
    assert cannot_stand(question) is not alone


def test_the_replaced_name_is_gone() -> None:
    found = continued("And in Lenia?", analyse_question("How high is the toll in Tavia?"), None)
    assert "Tavia" not in found.names
    assert {"lenia", "toll"} <= {term.surface.lower() for term in found.terms}


@pytest.mark.parametrize(
    ("earlier", "question", "core"),
    [
        ("Is the night allowance agreed?", "And the rest break?", "Is the rest break agreed?"),
        ("What does Amsel say about the toll?", "And ferries?", "What does Amsel say about the ferries?"),
        ("What does Amsel say about the toll?", "And about the ferries?", "What does Amsel say about the ferries?"),
        ("What is the price of grain?", "And barley?", "What is the price of barley?"),
        ("Which toll does Lenia want?", "And the lease?", "Which lease does Lenia want?"),
        ("What time does the ferry leave?", "And the bus?", "What time does the bus leave?"),
        ("How many guards does the union want?", "And patrol boats?", "How many patrol boats does the union want?"),
        ("How many guards are there?", "And boats?", "How many boats are there?"),
        ("Has the deadline been extended?", "And the grace period?", "Has the grace period been extended?"),
        ("Who wants the veto?", "What about cranes?", "Who wants the cranes?"),
    ],
)
def test_another_thing_takes_the_place_of_the_one_before(earlier: str, question: str, core: str) -> None:
    before = analyse_question(earlier)
    found = continued(question, before, None)
    assert found.core == core
    gone = {term.stem for term in before.terms} - {term.stem for term in analyse_question(core).terms}
    assert gone
    assert not gone & {term.stem for term in found.terms}


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("What did they offer at the gauge?", "And the toll?"),  # where, not what
        ("What did the union win?", "And leave?"),
        ("Did the company accept the offer?", "And the union?"),
        ("How much is the toll?", "And yesterday?"),
        ("How much is the toll?", "And at night?"),
    ],
)
def test_a_phrase_takes_the_place_of_nothing_unlike_it(earlier: str, question: str) -> None:
    assert of_another_thing(question, analyse_question(earlier)) is None


def test_the_thing_before_is_not_searched_for_any_more(library: Library) -> None:
    carried = understand("And the ferries?", after("What did Amsel say about the toll?", "It stays."), library)
    assert carried.query == "What did Amsel say about the ferries?"
    assert carried.earlier == ()
    assert not any("toll" in shown for shown in carried.shown)


def test_a_pronoun_is_whoever_was_heard_last() -> None:
    found = continued("Why did she say that?", analyse_question("Who said the toll would be dropped?"), "Petra Amsel")
    assert found.speaker == "Petra Amsel"
    assert found.kind == "why"


def test_a_paragraph_is_of_the_article_before() -> None:
    found = continued("And paragraph 2?", analyse_question("What does Article 5 of the Lease Treaty say?"), None)
    assert found.provision is not None
    assert [str(item) for item in found.provision.references] == ["Article 5, paragraph 2"]
    assert found.provision.instrument == "Lease Treaty"


def test_another_article_takes_the_place_of_the_one_before() -> None:
    found = continued("And Article 4?", analyse_question("Is Article 3 agreed?"), None)
    assert not {"3"} & {term.surface for term in found.terms}
    assert found.provision is not None
    assert [str(item) for item in found.provision.references] == ["Article 4"]


@pytest.mark.parametrize(
    "question",
    ["And why?", "To which outlet?", "Why did she say that?", "And Brandt?", "And in the Courier?", "By when?", "Who else?"],
)
def test_a_question_that_leaves_something_out_goes_on(library: Library, question: str) -> None:
    asked, chat = "Who said the toll would probably be dropped?", Assistant(library).conversation()
    told = chat.ask(asked)
    carried = understand(question, chat.conversation, library)
    assert carried.matter is not None
    assert carried.held[0] == "courier"
    assert carried.earlier == (f"{asked} {words_told(told)}",)
    assert carried.query.endswith(question)


def test_a_new_matter_takes_nothing_along(library: Library) -> None:
    question = "Which former ambassador called the bridge a toy for ministers on Radio Verin?"
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    assert understand(question, chat.conversation, library).matter is None
    assert chat.ask(question).standalone_question == question


@pytest.mark.parametrize("question", ["and when?", "Why?", "By whom?"])
def test_a_question_that_needs_another_before_it_is_asked_back_about(library: Library, question: str) -> None:
    answer = Assistant(library).ask(question)
    assert (answer.status, answer.citations) == ("not_in_documents", ())
    assert "Say what it is about" in answer.text
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    assert "Say what it is about" not in chat.ask(question).text


def test_without_a_conversation_nothing_is_carried(library: Library) -> None:
    assert understand("And why?", Conversation(), library) == NOTHING


def test_what_was_understood_is_shown_as_added_words(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Petra Amsel say about the toll?")
    answer = chat.ask("And why?")
    assert answer.standalone_question.startswith("Why? (who: Petra Amsel; about: toll; document: “")
    assert answer.carried == ("who: Petra Amsel", "about: toll", "document: “Bridge talks end”")
    assert shown_with("Why?", NOTHING) == "Why?"


def test_the_answers_wording_is_never_carried(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Ivo Brandt say about the meeting?")
    for question in ("And why?", "Since when?", "And the ferries?"):
        shown = shown_with(question, understand(question, chat.conversation, library))
        assert "agreed in principle" not in shown
        assert "4 June" not in shown


def test_thanks_between_two_questions_change_nothing(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Petra Amsel say about the toll?")
    direct = understand("And why?", chat.conversation, library)
    chat.ask("thanks")
    assert understand("And why?", chat.conversation, library) == direct


@pytest.mark.parametrize("move", ["shorter", "go on", "which page?", "the exact words"])
def test_a_turn_that_shows_the_last_answer_in_another_shape_has_its_question(library: Library, move: str) -> None:
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    direct = understand("And why?", chat.conversation, library)
    chat.ask(move)
    carried = understand("And why?", chat.conversation, library)
    assert (carried.matter, carried.query) == (direct.matter, direct.query)
    assert carried.shown == direct.shown


def test_the_words_of_a_shape_are_not_asked_about_where_only_the_text_is_known(library: Library) -> None:
    conversation = after("What did Amsel say about the toll?", "It will go.", "shorter", "Go.")
    assert understand("And Brandt?", conversation, library).query == "What did Amsel say about the toll? And Brandt?"


def test_what_was_dropped_is_not_taken_up_again(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Petra Amsel say about the toll?")
    chat.ask("never mind")
    assert understand("And why?", chat.conversation, library) == NOTHING
    chat.ask("What did Petra Amsel say about the toll?")
    assert chat.ask("Never mind. And Brandt?").carried == ()


def test_what_was_before_a_change_of_matter_stays_away(library: Library) -> None:
    question = "Which former ambassador called the bridge a toy for ministers on Radio Verin?"
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    chat.ask(question)
    carried = understand("And why?", chat.conversation, library)
    assert carried.query == f"{question} And why?"
    assert len(carried.earlier) == 1


def test_a_refused_matter_of_its_own_is_not_answered_from_what_was_cited_before(library: Library) -> None:
    refused = "What does the harbour master demand about the price of grain?"
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    assert chat.ask(refused).abstained
    assert understand("And when?", chat.conversation, library).query == f"{refused} And when?"


def test_two_follow_ups_in_a_row_keep_the_matter(library: Library) -> None:
    conversation = after("What did Amsel say about the toll?", "It will go.", "And Brandt?", "Nothing.")
    carried = understand("And Lind?", conversation, library)
    assert carried.matter is not None
    assert continued("And Lind?", carried.matter, carried.person).speaker == "Lind"
    assert {term.surface for term in carried.matter.terms} == {"toll"}


@pytest.mark.parametrize("question", ["Which outlet reported that, and on what date?", "Where was that printed?", "says who?"])
def test_where_it_was_reported_is_answered_from_the_last_citations(library: Library, question: str) -> None:
    chat = Assistant(library).conversation()
    first = chat.ask("Who said the toll would probably be dropped?")
    answer = chat.ask(question)
    assert "Orla Courier, 8 May 2031" in answer.text
    assert answer.citations[0].document == first.citations[0].document
