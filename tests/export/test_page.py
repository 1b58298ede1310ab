"""The page for printing: every quotation and every hostile string as it is, no script, each mark leading to its note."""

from parley import AnswerSentence, Conversation, Document
from tests.ui.hostile import HOSTILE
from tests.ui.page import tags_of, text_in, text_of
from tests.ui.small_assistant import SmallAssistant


def page(conversation, **options):
    from parley import render_conversation

    return render_conversation(conversation, ".html", title=options.get("title", "Talks")).decode("utf-8")


def body(html):
    return "<body>" + html.partition("<body>")[2].removesuffix("</html>\n")


def asked(tmp_path, text, question):
    assistant = SmallAssistant(tmp_path)
    assistant.add_documents([Document.from_text(text, id="a.txt", title="Ferry talks")])
    return Conversation().with_answer(assistant.ask(question))


def test_each_mark_leads_to_its_note_with_the_words(tmp_path):
    text = "The ferry sails at noon, said Ann.\r\nThe ferry\tis late, said Ben."
    html = body(page(asked(tmp_path, text, "When does the ferry sail?")))
    links = [attributes["href"] for tag, attributes in tags_of(html) if tag == "a"]
    names = [attributes["id"] for tag, attributes in tags_of(html) if "id" in attributes]
    assert links == ["#note-1", "#note-2", "#mark-1", "#mark-2"]
    assert set(links) <= {f"#{name}" for name in names}
    quotes = "The ferry sails at noon, said Ann.", "The ferry\tis late, said Ben."
    assert all(quote in text_in(html, "notes") for quote in quotes)


def test_hostile_text_stays_text(tmp_path):
    conversation = asked(tmp_path, "\n".join(f"number {text}." for text in HOSTILE), "number?")
    answer = conversation.turns[0].answer
    told = Conversation().with_answer(
        type(answer)(" ".join(HOSTILE), "x", (AnswerSentence(" ".join(HOSTILE)),), answer.citations, "answered")
    )
    html = body(page(told, title=HOSTILE[5]))
    assert " ".join(HOSTILE) in text_of(html)
    assert HOSTILE[5] in text_of(html)
    allowed = {"body", "main", "h1", "h2", "bdi", "dl", "dt", "dd", "p", "sup", "a", "ol", "li", "blockquote"}
    assert {tag for tag, _ in tags_of(html)} <= allowed
    assert not [name for _, attributes in tags_of(html) for name in attributes if name.startswith("on")]
