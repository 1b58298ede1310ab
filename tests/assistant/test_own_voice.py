"""What counts as the document's own voice: a sentence in which nobody is said to speak, and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley import Assistant
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.voice import voice_of
from parley.index.library import Library
from parley.index.types import Document, Span
from tests.fakes import HashingEmbedder

ROOT = Path(__file__).resolve().parents[2]
NOTE = (
    'The envoy of Norrland told the Quay Post that her side "could live with" a shorter lease. The minister demanded guarantees.'
)

EVERY = 4
"""Of the questions of the sample set, every fourth is asked: some of each kind that is answered."""


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("note") / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(NOTE, id="note")])
    return library


@pytest.mark.parametrize("question", ["What did the envoy of Norrland say?", "What did Norrland's envoy say?"])
def test_a_described_speaker_speaks_for_herself(note: Library, question: str) -> None:
    answer = ExtractiveReader(note).answer(question, question)
    assert answer.status == "answered"
    assert answer.text.startswith("An unnamed envoy of Norrland told the Quay Post: “")
    assert "could live with" in answer.text


def test_the_outlet_is_told_in_a_follow_up(note: Library) -> None:
    chat = Assistant(note).conversation()
    chat.ask("What did the envoy of Norrland say?")
    answer = chat.ask("To which outlet?")
    assert answer.status == "answered"
    assert "Quay Post" in answer.text


def test_a_listener_nobody_names_is_said_to_be_missing(note: Library) -> None:
    answer = ExtractiveReader(note).answer("To whom?", "To whom did the minister say that?")
    assert (answer.status, answer.text.endswith("The document does not say to whom.")) == ("partly", True)


SITTING = """Debates of the Harbour Parliament

Mr BRANDL: The Minister has sold the fleet for a photograph.

Mr DEPUTY SPEAKER: Order. The member behind the pillar will be heard in silence, whatever others think of the fleet.

Ms NOWAK: There is no letter.
"""


def test_one_word_behind_a_label_is_the_speakers(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(SITTING, id="sitting")])
    answer = ExtractiveReader(library).answer("Who called for order?", "Who called for order?")
    assert "own voice" not in answer.text
    assert "DEPUTY SPEAKER" in next(item.attribution for item in answer.citations if "Order." in item.quote)


def test_a_short_demand_is_not_the_documents_own_voice(note: Library) -> None:
    for question in ("Were guarantees demanded?", "Who demanded guarantees?", "What guarantees are there?"):
        answer = ExtractiveReader(note).answer(question, question)
        cited = [item for item in (*answer.citations, *answer.nearest) if item.quote == "The minister demanded guarantees."]
        assert cited
        assert all(item.statement is not None and item.statement.speaker == "The minister" for item in cited)
        assert "own voice" not in answer.text


def test_no_statement_is_made_inside_what_is_called_the_documents_own_voice(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add([ROOT / "examples" / "talks"])
    reader = ExtractiveReader(library)
    lines = (ROOT / "eval" / "questions" / "talks.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::EVERY]:
        item = json.loads(line)
        for question in item.get("turns") or [item["question"]]:
            answer = reader.answer(question, question)
            for citation in (*answer.citations, *answer.nearest):
                if citation.statement is None:
                    cues = [item.cue for item in library.statements(citation.document.id) if item.cue is not None]
                    inside = [cue for cue in cues if citation.start <= cue.start and cue.end <= citation.end]
                    assert not inside, (question, citation.quote)


def test_a_mail_inside_a_mail_is_told_as_its_writers_without_the_marks(tmp_path: Path) -> None:
    text = (
        "We reject the crossing.\n\nOn Wed, 4 Jun 2031 at 18:03, Jon Fane wrote:\n\n> We accept the corridor.\n>\n"
        "> On Tue, 3 Jun 2031 at 10:00, Marek Toll <toll@x.example> wrote:\n>> We will not release the three pilots.\n"
    )
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(text, id="mail", author="Ana Ruiz")])
    question = "Who will not release the pilots?"
    answer = ExtractiveReader(library).answer(question, question)
    assert answer.text.startswith("Marek Toll, in this mail, 3 June 2031: “We will not release the three pilots.”")
    assert all(not citation.quote.startswith(">") for citation in answer.citations)


@pytest.mark.parametrize(
    ("words", "known", "voice"),
    [
        ("I never paid for the report.", {}, "not told"),
        ("We will close the port on Monday.", {}, "not told"),
        ("We will close the port on Monday.", {"author": "Ana Ruiz"}, "own"),
        ("We will close the port on Monday.", {"outlet": "Harbour Post"}, "own"),
        ("Toll left the hall on Monday after the “we will close it” of the envoy.", {}, "own"),
        ("The US closed the port under Part I.", {}, "own"),
    ],
)
def test_words_in_the_first_person_are_no_documents_own_where_nobody_is_known(
    words: str, known: dict[str, str], voice: str
) -> None:
    document = Document.from_text(f"The talks\n\n{words}\n", id="note", **known)
    assert voice_of(document, Span(11, 11 + len(words))) == voice
