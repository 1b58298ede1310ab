from dataclasses import replace
from datetime import date

import pytest

from parley import Document, QuestionError, SearchFilter
from parley.ui.conversations.database import Database
from parley.ui.conversations.handlers import StillAnsweringError
from parley.ui.conversations.payload import PayloadError, SourceLink
from parley.ui.conversations.store import ConversationStore, owner_of
from parley.ui.conversations.turns import decode_answer, encode_answer
from parley.ui.library.workspace import Workspace
from tests.ui.small_assistant import SmallAssistant

ANN, BEN = owner_of("a" * 43), owner_of("b" * 43)


@pytest.fixture
def assistant(tmp_path):
    made = SmallAssistant(tmp_path / "library")
    text = "We want more water, said the envoy of Tarsia. The river rose in March.\n\nA dam is planned, said an official."
    made.add_documents([Document.from_text(text, id="water.txt", title="Water talks", outlet="Courier", date=date(2031, 3, 2))])
    return made


@pytest.fixture
def workspace(assistant):
    made = Workspace("library", assistant)
    yield made
    made.close()


@pytest.fixture
def store(workspace):
    return workspace.store


@pytest.fixture
def handlers(workspace):
    return workspace.chat


@pytest.fixture
def conversations(workspace):
    return workspace.conversations


def ask(handlers, owner, conversation, question):
    return list(handlers.ask(owner, conversation, question, filter=SearchFilter()))


def test_an_answer_survives_storing(assistant):
    answer = assistant.ask("Who wants more water?")
    assert decode_answer(encode_answer(answer), assistant) == answer


def test_an_answer_without_its_document_is_kept_but_not_verified(assistant):
    answer = assistant.ask("Who wants more water?")
    stored = encode_answer(answer)
    assistant.remove("water.txt")
    again = decode_answer(stored, assistant)
    assert again.text == answer.text
    assert [item.quote for item in again.citations] == [item.quote for item in answer.citations]
    assert not any(item.verified for item in again.citations)
    assert again.citations[0].document.title == "Water talks"
    assert again.citations[0].document.date == date(2031, 3, 2)
    assert again.citations[0].statement.speaker == "the envoy of Tarsia"


def test_a_changed_document_takes_the_verification_away(assistant):
    stored = encode_answer(assistant.ask("Who wants more water?"))
    assistant.add_documents([Document.from_text("Something else entirely.", id="water.txt")])
    assert [item.verified for item in decode_answer(stored, assistant).citations] == [False]


def test_conversations_belong_to_one_browser(handlers, store, conversations):
    mine, theirs = conversations.begin(ANN), conversations.begin(BEN)
    ask(handlers, ANN, mine, "Who wants more water?")
    assert [entry.title for entry in store.entries(ANN)] == ["Who wants more water?"]
    assert store.entries(BEN) == []
    assert conversations.open(BEN, mine) == theirs
    for attempt in (
        lambda: handlers.messages(BEN, mine),
        lambda: ask(handlers, BEN, mine, "Who?"),
        lambda: handlers.retract(BEN, mine, 1),
        lambda: conversations.delete(BEN, mine),
        lambda: handlers.sources.citation(BEN, mine, SourceLink("cite", 1, 1)),
    ):
        with pytest.raises(PayloadError, match="not yours"):
            attempt()


def test_a_restart_keeps_the_conversation(tmp_path, assistant, handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water?")
    before = handlers.messages(ANN, conversation)
    database = Database(tmp_path / "library" / "conversations.sqlite")
    again = ConversationStore(database, assistant)
    assert [item.question for item in again.exchanges(again.latest(ANN))] == ["Who wants more water?"]
    assert again.conversation(conversation).turns[0].answer == assistant.ask("Who wants more water?")
    assert len(before) == 2
    database.close()


def test_steps_that_follow_at_once_are_shown_as_one(handlers, conversations, monkeypatch):
    steps = ask(handlers, ANN, conversations.begin(ANN), "What about water, river and dam?")
    assert [(step.running, step.messages[-1]["content"].count('class="sentence form-')) for step in steps] == [
        (True, 0),
        (False, 2),
    ]
    monkeypatch.setattr("parley.ui.conversations.handlers.STEP_SECONDS", 0.0)
    steps = ask(handlers, ANN, conversations.begin(ANN), "What about water, river and dam?")
    assert [step.messages[-1]["content"].count('class="sentence form-') for step in steps if step.running] == [0, 0, 1, 2]


def test_the_next_question_may_come_as_soon_as_the_answer_is_shown(handlers, conversations):
    conversation = conversations.begin(ANN)
    for step in handlers.ask(ANN, conversation, "Who wants more water?", filter=SearchFilter()):
        assert handlers.is_answering(conversation) == step.running


def test_stopping_keeps_what_has_arrived(handlers, store, conversations, monkeypatch):
    monkeypatch.setattr("parley.ui.conversations.handlers.STEP_SECONDS", 0.0)
    conversation = conversations.begin(ANN)
    steps = handlers.ask(ANN, conversation, "What about water, river and dam?", filter=SearchFilter())
    for step in steps:
        if step.messages[-1]["content"].count('class="cite') == 2:
            break
    steps.close()
    (exchange,) = store.exchanges(conversation)
    assert exchange.state == "stopped"
    assert len(exchange.answer.sentences) == 2
    assert "not the whole answer" in handlers.messages(ANN, conversation)[-1]["content"]
    assert not handlers.is_answering(conversation)


def test_sentences_that_are_withdrawn_are_shown_no_longer(handlers, store, assistant, monkeypatch, conversations):
    from parley import Drafting, Finished, Searching, SentenceReady, Withdrawn

    answer = assistant.ask("What about water, river and dam?")
    first, *_, last = answer.sentences
    final = replace(answer, sentences=(last,))

    def stream(question, **_):
        yield Searching(question)
        yield SentenceReady(first, answer.citations[:1])
        yield Drafting("A model", 2.4, 1)
        yield Withdrawn()
        yield Finished(final)

    monkeypatch.setattr(assistant, "stream", stream)
    monkeypatch.setattr("parley.ui.conversations.handlers.STEP_SECONDS", 0.0)
    conversation = conversations.begin(ANN)
    shown = [step.messages[-1]["content"] for step in ask(handlers, ANN, conversation, "What about water, river and dam?")]
    _, _, ready, drafting, withdrawn, done = shown
    assert 'class="sentence form-' in ready
    assert 'class="sentence form-' in drafting
    assert "A model is writing, 2 s so far" in drafting
    assert 'class="sentence form-' not in withdrawn
    assert "no longer stands" in withdrawn
    assert done.count('class="sentence form-') == 1
    assert store.exchanges(conversation)[0].answer.sentences == final.sentences


def test_an_error_is_told_and_kept(handlers, store, assistant, monkeypatch, conversations):
    def refuse(*_, **__):
        raise QuestionError("The question is empty. Type a question about the documents.")

    monkeypatch.setattr(assistant, "stream", refuse)
    conversation = conversations.begin(ANN)
    assert "The question is empty." in ask(handlers, ANN, conversation, "x")[-1].messages[-1]["content"]
    assert [(item.state, item.message[:21]) for item in store.exchanges(conversation)] == [("failed", "The question is empty")]


def test_a_fault_of_our_own_is_not_called_stopped(handlers, store, assistant, monkeypatch, conversations):
    def break_down(*_, **__):
        raise IndexError

    monkeypatch.setattr(assistant, "stream", break_down)
    conversation = conversations.begin(ANN)
    with pytest.raises(IndexError):
        ask(handlers, ANN, conversation, "Who?")
    assert [item.state for item in store.exchanges(conversation)] == ["failed"]
    assert "fault of its own" in handlers.messages(ANN, conversation)[-1]["content"]
    assert not handlers.is_answering(conversation)


def test_an_exchange_that_a_crash_cut_short_is_stopped_afterwards(tmp_path, assistant, store):
    conversation = store.start(ANN)
    store.begin_exchange(conversation, "Who?")
    database = Database(tmp_path / "library" / "conversations.sqlite")
    again = ConversationStore(database, assistant)
    assert [item.state for item in again.exchanges(conversation)] == ["stopped"]
    database.close()


def test_a_second_question_waits_for_the_first_answer(handlers, conversations):
    conversation = conversations.begin(ANN)
    first = handlers.ask(ANN, conversation, "Who wants water?", filter=SearchFilter())
    next(first)
    with pytest.raises(StillAnsweringError, match="still being answered"):
        ask(handlers, ANN, conversation, "And why?")
    first.close()
    assert ask(handlers, ANN, conversation, "And the river?")[-1].running is False


def test_a_follow_up_question_is_understood_from_the_stored_conversation(handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water?")
    last = ask(handlers, ANN, conversation, "And the river?")[-1]
    assert store.exchanges(conversation)[1].standalone == "And the river, about: Who wants more water?"
    assert "Understood as:" in last.messages[-1]["content"]
    assert "Understood as:" not in last.messages[1]["content"]


def test_asking_the_last_question_again_replaces_its_answer(handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water?")
    ask(handlers, ANN, conversation, "What of the dam?")
    first, last = store.exchanges(conversation)
    assert handlers.retract(ANN, conversation, last.id) == "What of the dam?"
    assert [item.id for item in store.exchanges(conversation)] == [first.id]
    ask(handlers, ANN, conversation, "What of the river?")
    assert handlers.retract(ANN, conversation, first.id) == "Who wants more water?"
    assert len(store.exchanges(conversation)) == 2


def test_numbers_of_exchanges_are_never_used_again(handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water?")
    (gone,) = store.exchanges(conversation)
    store.drop_exchange(conversation, gone.id)
    ask(handlers, ANN, conversation, "What of the dam?")
    assert store.exchanges(conversation)[0].id > gone.id


def test_deleting_leaves_nothing_on_the_disk(tmp_path, handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water, zanzibarine?")
    conversations.delete(ANN, conversation)
    files = list((tmp_path / "library").glob("conversations.sqlite*"))
    assert len(files) >= 1
    assert all(b"zanzibarine" not in path.read_bytes() for path in files)


def test_sources_that_are_not_there_are_refused(handlers, store, conversations):
    conversation = conversations.begin(ANN)
    ask(handlers, ANN, conversation, "Who wants more water?")
    (exchange,) = store.exchanges(conversation)
    assert 'class="quote"' in handlers.sources.citation(ANN, conversation, SourceLink("cite", exchange.id, 1))
    for link in (SourceLink("cite", exchange.id, 9), SourceLink("near", exchange.id, 1), SourceLink("cite", exchange.id + 1, 1)):
        with pytest.raises(PayloadError):
            handlers.sources.citation(ANN, conversation, link)


def test_a_removal_can_be_taken_back_once_and_only_by_whoever_made_it(workspace, assistant):
    import re

    html = workspace.documents.remove(ANN, "water.txt")
    token = re.search(r'data-undo="([^"]+)"', html)[1]
    assert assistant.documents() == []
    assert "cannot be taken back" in workspace.documents.undo_removal(BEN, token)
    assert "“Water talks” is back." in workspace.documents.undo_removal(ANN, token)
    assert [item.title for item in assistant.documents()] == ["Water talks"]
    assert "cannot be taken back" in workspace.documents.undo_removal(ANN, token)
    assert "cannot be taken back" in workspace.documents.undo_removal(ANN, {"not": "a token"})


def test_a_revised_question_replaces_the_last_one_and_branches_off_before_an_earlier_one(handlers, store):
    conversation = store.start(ANN)
    first = store.begin_exchange(conversation, "Who wants more?")
    second = store.begin_exchange(conversation, "Which minister?")
    branch = handlers.revise(ANN, conversation, second.id)
    assert branch == conversation
    assert [item.question for item in store.exchanges(conversation)] == ["Who wants more?"]
    third = store.begin_exchange(conversation, "Which board?")
    branch = handlers.revise(ANN, conversation, first.id)
    assert branch != conversation
    assert store.exchanges(branch) == []
    assert store.title(branch) == ""
    assert [item.id for item in store.exchanges(conversation)] == [first.id, third.id]
    with pytest.raises(PayloadError):
        handlers.revise(BEN, conversation, third.id)
