"""Documents in several languages with a multilingual model: found by meaning, quoted, and nobody named as the speaker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parley import Assistant
from parley.assistant.question.other_language import UNKNOWN, other_language
from parley.index.errors import LibraryMismatchError
from parley.index.types import Document
from parley.index.user_settings import trust_model
from tests.assistant.texts import documents, library_of

CONCEPTS = (
    ("ferries", "fähren"),
    ("bridge", "brücke"),
    ("toll", "maut"),
    ("minister", "ministerin"),
    ("sailors", "matrosen"),
    ("wages", "löhne"),
    ("demand", "verlangen"),
    ("higher", "höhere"),
)
"""Words with their translations; each pair has one vector, as in a model trained on translations."""

GERMAN = "Die Matrosen verlangen höhere Löhne, sagte Ministerin Amsel. Die Fähren fahren wieder."
ENGLISH = "The bridge toll was dropped in May, Minister Amsel said. The bridge is open."


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model, tiny, in which a word and its translation mean the same."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    vocabulary = {"[UNK]": 0}
    rows = [np.full(len(CONCEPTS) + 1, 0.05)]
    for number, words in enumerate(CONCEPTS):
        for word in words:
            vocabulary[word] = len(vocabulary)
            rows.append(np.eye(len(CONCEPTS) + 1)[number])
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()  # type: ignore[assignment]
    tokenizer.pre_tokenizer = Whitespace()  # type: ignore[assignment]
    folder = tmp_path_factory.mktemp("multilingual") / "model"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=np.array(rows, dtype=np.float32))]).save(
        str(folder)
    )
    return folder


@pytest.fixture(scope="module")
def assistant(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    opened = Assistant.open(tmp_path_factory.mktemp("library") / "library", model=str(model_folder))
    opened.library.add_documents(
        [
            Document(id="de", title="Tarifrunde", text=GERMAN, language="de"),
            Document(id="en", title="Bridge", text=ENGLISH, language="en"),
        ]
    )
    return opened


def test_a_passage_is_found_across_languages(assistant: Assistant) -> None:
    hits = assistant.library.search("Do sailors demand higher wages?", k=2)
    assert [hit.passage.document_id for hit in hits] == ["de", "en"]


def test_what_is_found_across_languages_is_quoted_without_a_speaker(assistant: Assistant) -> None:
    answer = assistant.ask("Do sailors demand higher wages?")
    assert answer.citations[0].document.id == "de"
    assert answer.citations[0].quote in GERMAN
    assert answer.citations[0].statement is None
    assert any("documents in: de" in notice for notice in answer.notices)


def test_a_refusal_says_that_close_passages_in_another_language_are_not_judged(assistant: Assistant) -> None:
    answer = assistant.ask("When did the harbour office in Lisbon count the sailors of the northern fleet?")
    assert answer.status == "not_in_documents"
    assert any("another language (de)" in notice for notice in answer.notices)


def test_a_question_in_the_documents_own_language_is_answered_without_a_speaker(assistant: Assistant) -> None:
    answer = assistant.ask("Matrosen verlangen höhere Löhne?")
    assert answer.status == "answered"
    assert answer.citations[0].quote.startswith("Die Matrosen verlangen höhere Löhne")
    assert answer.citations[0].statement is None
    assert any("documents in: de" in notice for notice in answer.notices)
    assert assistant.library.statements("de") == ()


def test_english_documents_keep_their_speakers_with_such_a_model(assistant: Assistant) -> None:
    answer = assistant.ask("Who said the bridge toll was dropped?")
    assert "Amsel" in answer.text
    assert answer.citations[0].document.id == "en"


def test_the_library_opens_with_its_own_model_and_refuses_another(assistant: Assistant, model_folder: Path) -> None:
    assert assistant.doctor().ok
    trust_model(assistant.library.path, str(model_folder))
    assert Assistant.open(assistant.library.path, create=False).library.embedder.name == str(model_folder)
    with pytest.raises(LibraryMismatchError, match="all-MiniLM-L6-v2"):
        Assistant.open(assistant.library.path, model="all-MiniLM-L6-v2")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Welche Forderungen hat die Gewerkschaft?", "de"),
        ("Was fordert die Gewerkschaft?", "de"),
        ("Que demande le syndicat ?", "fr"),
        ("Чего требует профсоюз?", UNKNOWN),
        ("What does the union demand?", None),
        ("union demand pay shift", None),
        ("Name the ferries to be closed", None),
    ],
)
def test_the_language_of_a_question_is_told_by_its_small_words_and_its_letters(question: str, language: str | None) -> None:
    assert other_language(question) == language


def test_a_question_in_another_language_is_said_to_be_read_as_english(tmp_path: Path) -> None:
    answer = Assistant(library_of(tmp_path, documents())).ask("Welche Forderungen hat die Gewerkschaft?")
    assert answer.status == "not_in_documents"
    assert "another language (de)" in answer.text
    assert "Welche" not in answer.text
