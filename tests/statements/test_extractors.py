"""The extractors a library may be set to: the rules alone, and joined with a parse; one contract for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import pytest

from parley.eval.studies.attribution import predictor_of, score_attribution
from parley.index.errors import ExtraMissingError
from parley.index.statements import EXTRACTORS, StatementExtractor, make_extractor
from parley.index.statements.extractors import ParsingExtractor
from parley.index.statements.parsing.parses import ParsedWord
from parley.index.types import Document

TEXTS = (
    "The envoys from Arle who came late in the night believe ships will wait.",
    'Ana Ruiz told reporters that the union "will not sign" before May, adding: "We have time."\n\n"None at all," Lind said.',
    "«Мы готовы», — сказал министр.",
    "A table\n1 2 3\n\n“Never closed, she said.",
    "",
)


class WrittenParser:
    """Gives the parses that were written for it, a blank one for any other text."""

    version = "by hand"

    def __init__(self, **parses: Sequence[tuple[str, str, str, int]]) -> None:
        self._parses = parses

    def parse(self, texts: Sequence[str]) -> Iterator[Sequence[ParsedWord]]:
        for text in texts:
            words, start = [], 0
            for word, pos, relation, head in self._parses.get(text.split()[0], ()):
                start = text.index(word, start)
                words.append(ParsedWord(start, start + len(word), pos, relation, head))
                start += len(word)
            yield words


ENVOYS = [
    ("envoys", "NOUN", "nsubj", 5),
    ("who", "PRON", "nsubj", 2),
    ("came", "VERB", "relcl", 0),
    ("in", "ADP", "prep", 2),
    ("night", "NOUN", "pobj", 3),
    ("believe", "VERB", "ROOT", 5),
    ("ships", "NOUN", "nsubj", 8),
    ("will", "AUX", "aux", 8),
    ("wait", "VERB", "ccomp", 5),
]


@pytest.fixture(params=[*EXTRACTORS, "written"])
def extractor(request: pytest.FixtureRequest) -> StatementExtractor:
    return ParsingExtractor(WrittenParser()) if request.param == "written" else made(request.param)


def made(name: str) -> StatementExtractor:
    """The extractor, or a skip by name where its extra is not installed and need not be."""
    try:
        return make_extractor(name)
    except ExtraMissingError as error:
        if os.environ.get("PARLEY_REQUIRE_SPACY"):
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize("text", TEXTS)
def test_every_part_lies_in_the_text_and_statements_come_in_order(extractor: StatementExtractor, text: str) -> None:
    found = extractor.extract(Document.from_text(text or " ", id="one"))
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert all(0 <= start < end <= len(text) for start, end in one.content)
        assert all(before.end <= after.start for before, after in zip(one.content, one.content[1:], strict=False))
        for span in (one.cue, one.speaker_span):
            assert span is None or text[span.start : span.end].strip()


def test_what_the_rules_find_stays_where_the_parse_says_nothing(extractor: StatementExtractor) -> None:
    found = extractor.extract(Document.from_text(TEXTS[1], id="one"))
    assert [one.speaker for one in found] == ["Ana Ruiz", "Ana Ruiz", "Lind"]
    assert extractor.name in EXTRACTORS
    assert extractor.version.startswith("rules ")


def test_a_parse_adds_the_clause_that_the_rules_overlook() -> None:
    document = Document.from_text(TEXTS[0], id="one")
    assert make_extractor("default").extract(document) == ()
    (one,) = ParsingExtractor(WrittenParser(The=ENVOYS)).extract(document)
    text = document.text
    assert (one.speaker, one.cue_lemma) == ("envoys", "believe")
    assert [text[start:end] for start, end in one.content] == ["ships will wait"]


def test_a_document_in_another_language_is_left_to_the_rules() -> None:
    document = Document.from_text(TEXTS[0], id="one", language="fr")
    assert ParsingExtractor(WrittenParser(The=ENVOYS)).extract(document) == ()


@pytest.mark.bench_data
@pytest.mark.slow
def test_the_parse_is_better_than_the_rules_in_every_figure(shared) -> None:
    gold = shared / "bench" / "polnear" / "attributions_dev.jsonl"
    joined = score_attribution(gold, predictor=predictor_of(made("spacy")))
    alone = score_attribution(gold)
    for mode, score in joined.modes.items():
        assert score.found > alone.modes[mode].found
        assert score.right > alone.modes[mode].right
    assert joined.precision > alone.precision
