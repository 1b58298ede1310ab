"""What belongs to a lead, and whether its sentence vouches for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.reading.rules.lead_bounds import bounded
from parley.assistant.reading.rules.lead_denials import is_vouched_for
from parley.index.models.span_reader import SpanReader
from parley.index.types import Document, Span
from tests.assistant.test_read_leads import Pointing
from tests.assistant.texts import library_of


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _bounded(text: str, words: str) -> str | None:
    found = bounded(text, Span(0, len(text)), _span(text, words))
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("Over the years, approximately 80 ships sank.", "80", "approximately 80"),
        ("In 1911, c. 1,300 people lived there.", "1,300", "c. 1,300"),
        ("No more than $5 million or so was paid.", "$5", "No more than $5 million or so"),
        ("It has an average of nearly 1,000 m3/s in May.", "1,000", "an average of nearly 1,000 m3/s"),
        ("It weighs 4,100 t when empty.", "4,100", "4,100 t"),
        ("Larger boats (>500 Da) may not.", "500", ">500 Da"),
        ("The toll fell by 12.5 per cent in May.", "12.5", "12.5 per cent"),
        ("At least seven weeks or more passed.", "seven weeks", "At least seven weeks or more"),
        ("The frost was -5 degrees strong.", "-5", "-5"),
        ("They will hand over 1,000 prisoners.", "1,000", "1,000"),
        ("It crossed in 3–4 hours.", "4", "3–4"),
        ("Five ships, or between five and nine, sank.", "nine", "between five and nine"),
    ],
)
def test_a_number_keeps_what_limits_it(text: str, words: str, whole: str) -> None:
    assert _bounded(text, words) == whole


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("The quay closed before 1874 for good.", "1874", "before 1874"),
        ("It was built between 1874 and 1880 by Holm.", "1880", "between 1874 and 1880"),
        ("It was built between 1874 and 1880 by Holm.", "1874", "between 1874 and 1880"),
        ("It sat from 5 to 9 March in Oslo.", "9 March", "from 5 to 9 March"),
        ("On most days, normally at 5 pm, they vote.", "5 pm", "normally at 5 pm"),
        ("It must reply by the end of May 2031, at the latest.", "May 2031", "by the end of May 2031, at the latest"),
        ("- 10 March 2022: the ministers met.", "- 10 March 2022", "10 March 2022"),
        ("Talks ended on Friday in Oslo.", "Friday", "Friday"),
    ],
)
def test_a_date_keeps_what_limits_it(text: str, words: str, whole: str) -> None:
    assert _bounded(text, words) == whole


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("They met, possibly in Geneva, on Friday.", "Geneva", "possibly in Geneva"),
        ("The army of Germania Inferior had two legions.", "Germania", "Germania Inferior"),
        ("Along the Mexico–United States border it rains.", "States", "Mexico–United States"),
        ("Counsel came from Falk & Lund in Oslo.", "Falk", "Falk & Lund"),
        ("She told Oslo Tuesday that it rains.", "Oslo", "Oslo"),
        ('The quay is known as the "Crooked Mile" here.', 'as the "Crooked', 'as the "Crooked Mile"'),
        ("He wrote “Copper, nothing else” in May.", "nothing else” in", "“Copper, nothing else” in"),
        ("He spoke (in Oslo) of tolls.", "(in Oslo", "(in Oslo)"),
    ],
)
def test_names_guesses_and_quotations_stay_whole(text: str, words: str, whole: str) -> None:
    assert _bounded(text, words) == whole


@pytest.mark.parametrize("words", ["Ane Holm left.", "Ane Holm left", "—"])
def test_a_whole_sentence_or_a_mere_mark_is_no_lead(words: str) -> None:
    assert _bounded(f"{words}" if words != "—" else "Ane — left.", words) is None


def test_a_lead_never_leaves_its_sentence() -> None:
    text = "He counted about. 80 ships sank. Or so it seems."
    sentence = _span(text, "80 ships sank.")
    for start in range(sentence.start, sentence.end):
        for end in range(start, sentence.end + 1):
            found = bounded(text, sentence, Span(start, end))
            assert found is None or sentence.start <= found.start < found.end <= sentence.end


@pytest.mark.parametrize(
    ("text", "lead", "question", "expected"),
    [
        ("The talks were not held in Geneva but in Vienna.", "Geneva", "Where were the talks held?", False),
        ("The talks were not held in Geneva but in Vienna.", "Vienna", "Where were the talks held?", True),
        ("The talks were held in Vienna, not Geneva.", "Geneva", "Where were the talks held?", False),
        ("The talks were held in Vienna, not Geneva.", "Vienna", "Where were the talks held?", True),
        ("The bridge was not opened until 1974.", "until 1974", "When was the bridge opened?", False),
        ("The side that didn’t sign was Milo.", "Milo", "Who signed?", False),
        ("The side that didn’t sign was Milo.", "Milo", "Who didn’t sign?", True),
        ("Neither Hask nor Milo paid.", "Neither Hask", "Who paid?", False),
        ("No fewer than 40 men died.", "No fewer than 40", "How many men died?", True),
        ("Lenia denied that 40 men died.", "40", "How many men died?", False),
        ("The firm may move to Geneva.", "Geneva", "Where will the firm move?", False),
        ("The firm may move to Geneva.", "Geneva", "Where might the firm move?", True),
        ("It shall last not less than [K: seven] [M: twelve] years.", "[M: twelve] years", "How long shall it last?", False),
        ("It shall last not less than [K: seven] [M: twelve] years.", "seven", "How long shall it last?", False),
        ("It shall last [M: at least] twelve years.", "twelve years", "How long shall it last?", False),
        ("It opened in 1874[2] after a storm.", "1874", "When did it open?", True),
        ("The firm moved to Geneva on 3 May.", "3 May", "When did the firm move?", True),
    ],
)
def test_what_is_denied_or_supposed_is_not_vouched_for(text: str, lead: str, question: str, *, expected: bool) -> None:
    assert is_vouched_for(text, Span(0, len(text)), _span(text, lead), question) is expected


def test_a_reason_stands_after_a_denial() -> None:
    text = "The bridge was not built because of the storm."
    lead = _span(text, "because of the storm")
    assert is_vouched_for(text, Span(0, len(text)), lead, "Why is there no bridge?", reason=True)


def _answered(tmp_path: Path, text: str, question: str, reader: SpanReader) -> Answer:
    library = library_of(tmp_path, [Document.from_text(text, id="report", title="Report", language="en")])
    return ExtractiveReader(library, span_reader=reader).answer(question, question)


NOWHERE = Pointing("nothing of the kind")


@pytest.mark.parametrize(
    ("text", "question", "lead"),
    [
        ("The ferry talks were not held in Geneva but in Vienna.", "Where were the ferry talks held?", "Vienna"),
        ("The ferry weighs nearly 4,100 t when it is empty.", "How much does the ferry weigh?", "nearly 4,100 t"),
        ("The ferry was painted some time before 1911 by the town.", "When was the ferry painted?", "before 1911"),
    ],
)
def test_leads_of_rules_keep_what_belongs_to_them(tmp_path: Path, text: str, question: str, lead: str) -> None:
    reader = Pointing("4,100") if "4,100" in text else NOWHERE
    assert _answered(tmp_path, text, question, reader).sentences[0].text.startswith(f"“{lead}")


@pytest.mark.parametrize("reader", [NOWHERE, Pointing("Geneva")], ids=["rule", "reader"])
def test_a_sentence_that_only_supposes_stands_alone(tmp_path: Path, reader: SpanReader) -> None:
    answer = _answered(tmp_path, "The ferry company may move its seat to Geneva.", "Where will the ferry company move?", reader)
    assert answer.sentences[0].text == "In the document's own voice: “The ferry company may move its seat to Geneva.”"


def test_a_lead_that_somebody_claims_names_them(tmp_path: Path) -> None:
    text = "The harbour master Jon Brekke said that the old bridge carries 9,000 cars a day."
    answer = _answered(tmp_path, text, "How many cars does the old bridge carry?", NOWHERE)
    assert answer.sentences[0].text == "“9,000 cars a day”, according to Jon Brekke (harbour master)."
    assert [item.speaker for item in (answer.citations[0].statement,) if item] == ["Jon Brekke"]
