"""What people say beside asking, in words of all sorts."""

from __future__ import annotations

import pytest

from parley.assistant.dialogue.moves import Move, read_message

MESSAGES: dict[Move, tuple[str, ...]] = {
    "thanks": (
        "thanks!",
        "Thank you so much",
        "thx",
        "cheers mate",
        "Many thanks, that was very helpful",
        "tahnks a lot",
        "ok ty",
    ),
    "accept": ("ok", "Great.", "hm, interesting", "I see", "fair enough then", "alright, got it", "👍", "...", "Good to know!"),
    "hello": ("hello", "Hi there", "Good morning!", "hey parley", "helo"),
    "bye": ("bye", "see you later", "Goodbye and have a nice day"),
    "yes": ("yes", "Yep", "yes please", "of course", "That's correct"),
    "no": ("no", "Nope", "not really", "no thanks"),
    "help": ("help", "What can you do?", "how does this work", "Who are you?", "can you help me", "what can i ask you", "hepl"),
    "repeat": (
        "Can you repeat that?",
        "say that again please",
        "once more",
        "pardon?",
        "What did you say?",
        "could you run that by me again",
        "repaet please",
    ),
    "shorter": (
        "shorter",
        "Could you keep it brief?",
        "that's too long",
        "in one sentence please",
        "tl;dr",
        "make it more concise",
        "fewer words pls",
        "just the gist",
    ),
    "longer": (
        "longer",
        "tell me more",
        "more details please",
        "Can you elaborate on that?",
        "in full",
        "give me some more context",
    ),
    "go_on": (
        "go on",
        "Continue",
        "and then?",
        "what else?",
        "next",
        "anything else",
        "keep going please",
        "is there more?",
        "And?",
    ),
    "exact": (
        "Show me the exact words",
        "verbatim please",
        "what exactly did he say",
        "in her own words?",
        "give me the original wording",
        "word for word",
        "can I see the quote",
    ),
    "wrong": (
        "that's wrong",
        "No, that is not right",
        "This isn't what I asked",
        "that doesn't answer my question",
        "Nonsense!",
        "you made that up",
        "I don't believe you",
    ),
    "sure": ("are you sure?", "Really?", "is that true?", "how do you know that", "can I trust this?", "can you double check"),
    "other": ("no, I meant the other one", "the other one", "not that one", "I meant the other speaker"),
    "never_mind": ("never mind", "forget it", "nvm", "forget about that", "let's change the subject", "I have another question"),
    "lost": (
        "I don't understand",
        "what do you mean?",
        "huh?",
        "That makes no sense to me",
        "can you explain that",
        "I'm confused",
        "?",
    ),
    "translate": ("say that in German", "Can you translate this?", "Translate Brandt's remarks into French"),
    "source": ("Who reported that?", "which paper, and when?", "Where was that printed?", "source?", "Which page is it on?"),
    "summarise": ("Summarise the minutes", "give me a summary of the Orla talks", "Overview please"),
}


@pytest.mark.parametrize(("move", "text"), [(move, text) for move, texts in MESSAGES.items() for text in texts])
def test_a_message_that_asks_nothing_is_recognised(move: Move, text: str) -> None:
    found = read_message(text)
    assert found.rest == ""
    assert move in found.moves


@pytest.mark.parametrize(
    "text",
    [
        "Who supports a shorter strike?",
        "a longer truce",
        "What does the union want?",
        "And the company?",
        "why?",
        "By when?",
        "What exactly did Amsel say about the toll?",
        "Is the toll wrong?",
        "Who said thanks to the envoy?",
        "yes vote",
        "Next meeting?",
        "Did he agree?",
        "Which other documents are there?",
        "What happened next?",
        "How sure was Brandt of a deal?",
        "Is there a deal?",
        "Which three?",
    ],
)
def test_a_question_is_no_move(text: str) -> None:
    assert (read_message(text).moves, read_message(text).rest) == ((), text)


@pytest.mark.parametrize(
    ("text", "moves", "rest"),
    [
        ("Thanks! And what did Brandt say?", ("thanks",), "And what did Brandt say?"),
        ("ok so who else supports it", (), "who else supports it"),
        ("No, I meant Brandt", ("no",), "I meant Brandt"),
        ("Hello, who closed the ferries? Thanks", ("hello",), "who closed the ferries?"),
        ("New topic: where does the toll go?", ("never_mind",), "where does the toll go?"),
        ("Is that for good, or will it be looked at again?", (), "Is that for good, or will it be looked at again?"),
        ("Sum up for me what Tavia demands", (), "what Tavia demands"),
    ],
)
def test_polite_words_around_a_question_are_taken_off(text: str, moves: tuple[Move, ...], rest: str) -> None:
    found = read_message(text)
    assert (found.moves, found.rest) == (moves, rest)


def test_several_moves_in_one_message() -> None:
    assert read_message("That's wrong. Show me the exact words!").moves == ("wrong", "exact")


def test_a_word_of_the_documents_is_not_taken_for_a_slip() -> None:
    assert read_message("Helo", lambda word: word.lower() == "helo").moves == ()
    assert read_message("Helo").moves == ("hello",)


@pytest.mark.parametrize(
    "text",
    ["Where did you get that?", "can you show me where it says that?", "On which page can I find it?", "where does it say so"],
)
def test_where_it_stands_may_be_asked_without_a_word_for_a_source(text: str) -> None:
    assert read_message(text).moves == ("source",)


@pytest.mark.parametrize("text", ["I get it", "did you get that", "Where did he say that?", "What does it say?"])
def test_getting_or_saying_alone_asks_for_no_source(text: str) -> None:
    assert read_message(text).moves != ("source",)
