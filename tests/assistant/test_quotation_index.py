"""Looking only at documents that may hold a quotation finds what looking at all of them does."""

import random
from dataclasses import asdict, replace

import pytest
from filelock import FileLock

from parley import Document
from parley.assistant.evidence.quote_check import check_quote
from parley.index.library import Library
from parley.index.passages import split_passages
from parley.index.store.catalog import Catalog, PreparedDocument
from parley.index.types import SearchFilter
from tests.fakes import HashingEmbedder

WORDS = (
    *("we", "will", "not", "sign", "the", "treaty", "harbour", "said", "today", "per", "cent", "may", "x"),
    *("1,000", "don't", "café", "İstanbul", "naïve", "straße", "ﬁnal"),
)
SPEAKERS = ("Ms Rin", "the minister", "Mr Abe")


class Thorough:
    """A library whose documents may all hold any quotation."""

    def __init__(self, library):
        self._library = library

    def __getattr__(self, name):
        return getattr(self._library, name)

    def search(self, *_, **__):
        return []

    def documents_quoting(self, _):
        return self._library.entries()


class Forgetful(Thorough):
    """A library that finds no passage, so that the index of quotations has to find every place."""

    def documents_quoting(self, parts):
        return self._library.documents_quoting(parts)


def words(chance, most=5):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))


def sentence(chance):
    """A sentence that may have brackets, a word divided at a line end, accents, and words around a speaker clause."""
    forms = (
        lambda: f"{words(chance, 8)}.",
        lambda: f"“{words(chance)},” said {chance.choice(SPEAKERS)}. “{words(chance)}.”",
        lambda: f"“{words(chance)},” {chance.choice(SPEAKERS)} said, “{words(chance)}.”",
        lambda: f"{words(chance)} ({words(chance, 3)}) {words(chance)}.",
        lambda: f"{words(chance)} [{words(chance, 2)}] ({words(chance, 2)}) {words(chance)}.",
        lambda: f"{words(chance)} har-\nbour {words(chance)} trea-\nty ({words(chance, 1)}) si-\ngn.",
        lambda: f"{chance.choice(SPEAKERS)} said that {words(chance, 7)}.",
        lambda: f"{words(chance).upper()} cafe\u0301 Istanbul 1000 strasse.",
    )
    return chance.choice(forms)().capitalize()


def quotation(chance, texts):
    """Words of a text as a person may quote them, or words that stand nowhere."""
    if chance.random() < 0.3:
        return words(chance, 4)
    plain = chance.choice(texts)
    for marks in ("(", "[") if chance.random() < 0.6 else ():
        closing = {"(": ")", "[": "]"}[marks]
        plain = " ".join(piece.partition(closing)[2] if closing in piece else piece for piece in plain.split(marks))
    tokens = plain.replace("-\n", "").replace("“", "").replace("”", "").split()
    for speaker in SPEAKERS if chance.random() < 0.6 else ():
        tokens = " ".join(tokens).replace(f"said {speaker}.", "").replace(f"{speaker} said,", "").split()
    start = chance.randrange(len(tokens))
    quoted = tokens[start : start + chance.randint(1, 9)]
    if len(quoted) > 4 and chance.random() < 0.3:
        quoted[2] = "…"
    return " ".join(quoted)


@pytest.fixture(scope="module")
def random_library(tmp_path_factory):
    chance = random.Random(2031)
    library = Library.open(tmp_path_factory.mktemp("quotations") / "library", embedder=HashingEmbedder())
    texts = ["\n\n".join(" ".join(sentence(chance) for _ in range(3)) for _ in range(3)) for _ in range(40)]
    library.add_documents([Document.from_text(text, id=f"note-{number}") for number, text in enumerate(texts)])
    yield library, texts
    library.close()


def test_an_index_finds_what_looking_at_every_document_does(random_library):
    library, texts = random_library
    chance = random.Random(2032)
    found = 0
    for _ in range(150):
        quote, speaker = quotation(chance, texts), chance.choice((None, *SPEAKERS))
        some = tuple(f"note-{chance.randrange(40)}" for _ in range(20)) if chance.random() < 0.2 else ()
        slow, quick = (
            check_quote(evidence(library), quote, speaker, filter=SearchFilter(document_ids=some))
            for evidence in (Thorough, Forgetful)
        )
        assert repr(asdict(quick)) == repr(asdict(slow)), quote
        found += slow.verdict not in ("not_found", "altered")
    assert 40 < found < 140, "the quotations made here test one side alone"


def looked_at(library, quote):
    return [entry.id for entry in library.documents_quoting([quote.lower().split()])]


def test_only_documents_that_have_the_words_together_are_looked_at(library):
    library.add_documents(
        [
            Document.from_text("We will sign. They never will.", id="apart"),
            Document.from_text("We will never sign, said Ms Rin.", id="together"),
            Document.from_text("“We will,” said Ms Rin, “never sign.”", id="around"),
            Document.from_text("We will (UN envoys noted) never sign.", id="passed"),
            Document.from_text("We will ne-\nver sign.", id="divided"),
        ]
    )
    assert looked_at(library, "we will never sign") == ["together", "around", "passed", "divided"]
    assert looked_at(library, "never") == ["apart", "together", "around", "passed", "divided"]
    assert looked_at(library, "nobody said so") == []


def test_brackets_without_end_make_a_document_looked_at_always(library):
    library.add_documents([Document.from_text("We met. " + "(one two) (three four) " * 40 + "Then we left.", id="bracketed")])
    assert looked_at(library, "words that stand nowhere") == ["bracketed"]


def test_words_said_around_a_clause_are_found_after_statements_were_extracted_anew(library):
    library.add_documents([Document.from_text("“We will,” said Ms Rin, “never sign.”", id="around")])
    with library._writing():
        reading = library._extraction.read(library.document("around"))
        library._catalog.replace_readings([replace(reading, statements=())])
    assert looked_at(library, "will never") == []
    library.renew_statements()
    assert looked_at(library, "will never") == ["around"]


def test_what_the_full_text_does_not_hold_yet_is_looked_at(library):
    library.add_documents([Document.from_text("The ferry sails at noon.", id="old")])
    new = Document.from_text("The ferry is late.", id="new")
    assert looked_at(library, "the ferry") == ["old"]
    with FileLock(library.path / "write.lock"):  # as while another process stores documents
        catalog = Catalog(library.path / "catalog.sqlite")
        vectors = library.embedder.embed_passages([new.text])
        catalog.replace([PreparedDocument(new, tuple(split_passages(new)), (), vectors)])
        catalog.close()
        assert looked_at(library, "ferry is") == ["new"]
    assert looked_at(library, "ferry is") == ["new"]
