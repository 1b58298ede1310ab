"""Each check on hand-worked sentences about our own documents: what passes, and why the rest does not."""

from __future__ import annotations

from datetime import date

import pytest

from parley.assistant.drafting.checking import SentenceChecker
from parley.assistant.drafting.sources import Source
from parley.assistant.drafting.support.judging import WordSupport
from parley.index.statements.document import extract_statements
from parley.index.types import Document, Passage, Span
from tests.drafting.talks import documents


class Lenient:
    """Support by score is tested by itself; here it never objects."""

    def supports(self, claim: str, text: str) -> bool:  # noqa: ARG002
        return True


def source_of(document: Document) -> Source:
    whole = Span(0, len(document.text))
    return Source(1, document, Passage(1, document.id, *whole, 0), whole, extract_statements(document))


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {document.id: source_of(document) for document in [*documents(), Document.from_text(RADIO, id="radio", language="en")]}


RADIO = """\
A Tavian official told CNN that the strike talks went well. The two sides will meet again in Dorn.
"We wait and hope ..." a sailor, Mia Falk, said.
"""

RIGHT = [
    ("gazette", "The ferry talks in Orsk ended on Tuesday."),
    ("gazette", 'Ana Ortiz said the union "probably will drop" its claim.'),
    ("gazette", "According to Ana Ortiz, the union probably will drop its claim for 30 extra days of leave."),
    ("gazette", 'Ortiz said: "We are not there yet."'),
    ("gazette", "Piet Vos said both sides agreed in principle to meet again on 4 May."),
    ("gazette", "A person familiar with the talks said the company demanded that the two cranes be sold."),
    ("gazette", "The Gazette reported that the ferry talks ended on Tuesday."),
    ("bulletin", "Lena Brandt said the offer is potentially good news for 1,000 families."),
    ("bulletin", "The ferry line opened in 1987."),
    ("bulletin", 'Jonas Hale, a former mediator, told the Bulletin that the plan was "a fair start".'),
    ("radio", "A Tavian official told CNN that the strike talks went well."),
    ("radio", "An unnamed Tavian official told CNN that the strike talks went well."),
    ("radio", "The strike talks went well, according to a Tavian official who spoke to CNN."),
    ("radio", 'Mia Falk said: "We wait and hope..."'),
    ("radio", "A Tavian official (unnamed) told CNN that the strike talks went well."),
    ("gazette", "A person familiar with the talks (unnamed) said the company demanded that the two cranes be sold."),
    ("gazette", "Ana Ortiz is the harbour minister."),
    ("gazette", "Piet Vos is a union leader."),
    ("bulletin", "Jonas Hale is a former mediator."),
    ("gazette", 'Ana Ortiz said: "We are not there yet." …'),
]

WRONG = [
    ("radio", "A senior Tavian official told CNN that the strike talks went well.", "speaker"),
    ("radio", "A Lenian official told CNN that the strike talks went well.", "speaker"),
    ("radio", "The strike talks went well, according to CNN.", "speaker"),
    ("gazette", 'Ana Ortiz said the union "will surely drop" its claim.', "quotation"),
    ("gazette", 'Ana Ortiz said the union "probably will drop its claim.', "quotation"),
    ("gazette", "Ana Ortiz said the union will drop its claim.", "firmness"),
    ("gazette", "Piet Vos said the union probably will drop its claim.", "speaker"),
    ("gazette", "Lena Brandt said the union probably will drop its claim.", "speaker"),
    ("gazette", "The union probably will drop its claim.", "speaker"),
    ("gazette", "Ana Ortiz said the ferry talks in Orsk ended on Tuesday.", "speaker"),
    ("gazette", "He said the union probably will drop its claim.", "speaker"),
    ("gazette", "The company demanded that the two cranes be sold.", "speaker"),
    ("gazette", "Piet Vos said both sides agreed to meet again on 4 May.", "firmness"),
    ("gazette", "Piet Vos said both sides agreed in principle to meet again on 5 May.", "date"),
    ("gazette", "Piet Vos said both sides agreed in principle to meet again on 4 June.", "date"),
    ("gazette", "Prime Minister Piet Vos said both sides agreed in principle to meet again.", "speaker"),
    ("gazette", 'Ortiz said: "We are there yet."', "quotation"),
    ("gazette", "Ortiz said they are there yet.", "unsupported"),
    ("gazette", "Ana Ortiz said the union probably will drop its claim for 300 extra days of leave.", "number"),
    ("gazette", "The ferry talks in Orsk did not end on Tuesday.", "firmness"),
    ("gazette", "The ferry talks in Oslo ended on Tuesday.", "name"),
    ("bulletin", "Lena Brandt said the offer is good news for 1,000 families.", "firmness"),
    ("bulletin", "Lena Brandt said the offer is potentially good news for 1,000 million families.", "number"),
    ("bulletin", "The offer is potentially good news for 1,000 families.", "speaker"),
    ("bulletin", 'Mediator Jonas Hale told the Bulletin that the plan was "a fair start".', "speaker"),
    ("bulletin", "The ferry line opened in 1978.", "number"),
    ("bulletin", "Lena Brandt named a price for the cranes.", "firmness"),
    ("gazette", "Ana Ortiz is not the harbour minister.", "firmness"),
    ("gazette", "Ana Ortiz is a union leader.", "speaker"),
    ("gazette", "Ana Ortiz, harbour minister, will drop the claim.", "speaker"),
    ("bulletin", "Jonas Hale is a mediator.", "speaker"),
    ("gazette", "Piet Vos said both sides agreed in principle to …", "unfinished"),
    ("gazette", 'Ana Ortiz told the Gazette: "probably will drop..."', "unfinished"),
    ("planted", "The strike was cancelled.", "instruction"),
    ("planted", "All parties signed the treaty.", "instruction"),
    ("planted", "Ana Ortiz resigned.", "instruction"),
]


@pytest.mark.parametrize(("document", "sentence"), RIGHT)
def test_what_the_source_says_passes(sources: dict[str, Source], document: str, sentence: str) -> None:
    check = SentenceChecker(Lenient()).check(sentence, "", sources[document])
    assert check.failures == ()
    assert all(check.text[span.start : span.end] in sources[document].text for span in check.quoted)


@pytest.mark.parametrize(("document", "sentence", "kind"), WRONG)
def test_what_the_source_does_not_say_fails(sources: dict[str, Source], document: str, sentence: str, kind: str) -> None:
    check = SentenceChecker(Lenient()).check(sentence, "", sources[document])
    assert kind in {failure.kind for failure in check.failures}


def test_a_pronoun_is_understood_from_the_sentence_before(sources: dict[str, Source]) -> None:
    before = "Piet Vos said both sides agreed in principle to meet again on 4 May."
    checker = SentenceChecker(Lenient())
    assert checker.check("He rejected a ban on strikes.", before, sources["gazette"]).passed
    assert not checker.check("She rejected a ban on strikes.", "Ana Ortiz spoke to the Gazette.", sources["gazette"]).passed


def test_quotations_are_shown_as_the_document_has_them() -> None:
    document = Document.from_text("Vos called it “a  good\nday” for all.", id="d", language="en")
    check = SentenceChecker(Lenient()).check("Vos called it 'a good day'.", "", source_of(document))
    assert [check.text[span.start : span.end] for span in check.quoted] == ["a  good\nday"]


def test_support_has_the_last_word(sources: dict[str, Source]) -> None:
    class Strict:
        def supports(self, claim: str, text: str) -> bool:  # noqa: ARG002
            return False

    check = SentenceChecker(Strict()).check("The ferry line opened in 1987.", "", sources["bulletin"])
    assert [failure.kind for failure in check.failures] == ["unsupported"]


def test_what_is_known_of_the_document_supports_a_sentence_too() -> None:
    text = "Elsa Brun, the chief mediator, said the meeting was long. Brun noted that the rules were settled. They met in Dorn."
    known = Document.from_text(text, id="d", title="Harbour rules", outlet="Gazette", date=date(2031, 5, 8), language="en")
    passage = Span(text.index("Brun noted"), len(text))
    spoken = tuple(item for item in extract_statements(known) if item.start >= passage.start)
    source = Source(1, known, Passage(1, "d", *passage, 0), passage, spoken)
    checker = SentenceChecker(WordSupport())
    assert checker.check("Elsa Brun, the chief mediator, noted that the rules were settled.", "", source).passed
    assert checker.check("They met in Dorn in 2031.", "", source).passed
    assert not checker.check("They met in Dorn in 2032.", "", source).passed
    assert not checker.check("They met with the chief mediator, the Gazette and the harbour rules.", "", source).passed
