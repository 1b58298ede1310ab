"""Questions of whether are answered by the sentence that tells of the act asked about, or of its opposite."""

import pytest

from parley import Assistant, Document

REPORT = """Norland's water minister presented a ten-point river plan at the Sarsk conference, in which she called for Velmark's
withdrawal from the upper locks and for measures to protect the harvest.

Velmark rejected the river plan of Norland, repeating that it would not give up any lock.

The tariff council approved a new package of tariffs on timber on Tuesday, days after it announced plans for a further set.

Prime Minister Ela Lind has threatened new tariffs on timber from Velmark but has not acted so far.

The Sarsk conference ended with a communique on fish stocks, which Oduna did not sign."""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant.open(tmp_path_factory.mktemp("deciding") / "library") as opened:
        opened.add_documents([Document.from_text(REPORT, id="report", title="The river round")])
        yield opened


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Velmark accept Norland's river plan?", "Velmark rejected the river plan of Norland"),
        ("Did Velmark approve the river plan of Norland?", "Velmark rejected the river plan of Norland"),
        ("Does Ela Lind plan new tariffs on timber?", "Ela Lind has threatened new tariffs on timber"),
        ("Did Oduna sign the communique of the conference?", "which Oduna did not sign"),
    ],
)
def test_the_deed_or_its_opposite_goes_before_a_sentence_with_as_many_of_the_words(assistant, question, words):
    answer = assistant.ask(question)
    assert words in answer.citations[0].quote.replace("\n", " ")


BUILDING = """The cottage on Quay Street has three floors and no ramp.

There is a goods lift at the back which goes to all the floors and can take a wheelchair, but it opens onto the yard.

The archive is kept in the cellar, which floods in spring."""


def test_a_question_of_whether_in_other_words_than_the_texts_is_answered_where_it_surely_is(tmp_path):
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add_documents([Document.from_text(BUILDING, id="building", title="The building")])
        answer = assistant.ask("Is there any way at all for a disabled colleague to get upstairs?")
        assert answer.status == "answered"
        assert "goods lift" in answer.citations[0].quote
        assert assistant.ask("Was the roof repaired by a firm from Lithmark?").status == "not_in_documents"
