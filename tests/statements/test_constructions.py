"""One test for each way a text attributes words: content, speaker, mode."""

import pytest

from tests.statements.reading import Read, only, read, statements

CASES = [
    pytest.param(
        '"The border will open in June," the minister said.',
        [Read("the minister", "said", "direct", ['"The border will open in June,"'])],
        id="quotation then speaker",
    ),
    pytest.param(
        'Ana Ruiz said on Monday: "We signed. They did not."',
        [Read("Ana Ruiz", "said", "direct", ['"We signed. They did not."'])],
        id="colon before a quotation of two sentences",
    ),
    pytest.param(
        '"We signed," said Ana Ruiz, a lawyer from Oslo. "They did not."',
        [Read("Ana Ruiz", "said", "direct", ['"We signed,"', '"They did not."'])],
        id="speaker behind the cue, quotation goes on",
    ),
    pytest.param(
        "“The offer,” she added, “is still open.”",
        [Read("she", "added", "direct", ["“The offer,”", "“is still open.”"])],
        id="speaker inside the quotation",
    ),
    pytest.param(
        "The union's lawyer told reporters that the draft was “far from fair” to its members.",
        [Read("The union's lawyer", "told", "mixed", ["the draft was “far from fair” to its members"])],
        id="partly quoted",
    ),
    pytest.param(
        "Lind denied that the meeting had taken place.",
        [Read("Lind", "denied", "indirect", ["the meeting had taken place"])],
        id="indirect",
    ),
    pytest.param(
        "The ferry, Lind said, would sail at noon.",
        [Read("Lind", "said", "indirect", ["The ferry", "would sail at noon"])],
        id="indirect with the speaker inside",
    ),
    pytest.param(
        "According to two diplomats, the text is nearly ready.",
        [Read("two diplomats", "According to", "indirect", ["the text is nearly ready"])],
        id="according to, first",
    ),
    pytest.param(
        "The text is nearly ready, according to two diplomats.",
        [Read("two diplomats", "according to", "indirect", ["The text is nearly ready"])],
        id="according to, last",
    ),
    pytest.param(
        "Norland's refusal to open the port ended the round.",
        [Read("Norland", "refusal", "indirect", ["open the port"])],
        id="noun",
    ),
    pytest.param(
        "The envoy is confident that a truce will hold.",
        [Read("The envoy", "is confident", "indirect", ["a truce will hold"])],
        id="attitude",
    ),
    pytest.param(
        "Lind said the port was closed, adding that ships would wait.",
        [
            Read("Lind", "said", "indirect", ["the port was closed"]),
            Read("Lind", "adding", "indirect", ["ships would wait"]),
        ],
        id="participle",
    ),
    pytest.param(
        'The envoy said Sudria\'s team "asked for more time," adding: "They have two weeks."',
        [
            Read("The envoy", "said", "mixed", ['Sudria\'s team "asked for more time,"']),
            Read("The envoy", "adding", "direct", ['"They have two weeks."']),
        ],
        id="participle takes the main subject, not the nearest",
    ),
    pytest.param(
        "Ruiz welcomed the plan but warned that time was short.",
        [
            Read("Ruiz", "welcomed", "indirect", ["the plan"]),
            Read("Ruiz", "warned", "indirect", ["time was short"]),
        ],
        id="two cues of one subject",
    ),
    pytest.param(
        "The ban was criticized by the dockers' union.",
        [Read("the dockers' union", "criticized", "indirect", ["The ban"])],
        id="passive",
    ),
    pytest.param(
        "Marta Lind, who has called the plan “a trap”, left early.",
        [Read("who", "called", "mixed", ["the plan “a trap”"])],
        id="relative clause",
    ),
    pytest.param(
        "«Мы готовы». Ruiz said: «We are ready.»",
        [Read("Ruiz", "said", "direct", ["«We are ready.»"])],
        id="guillemets",
    ),
    pytest.param(
        'Oduya said they have "a limited mandate.\n\nThe talks go on.',
        [Read("Oduya", "said", "mixed", ['they have "a limited mandate.'])],
        id="never closed",
    ),
    pytest.param(
        "“The first point stands.\n\n“The second does not,” Ruiz said.",
        [Read("Ruiz", "said", "direct", ["“The first point stands.", "“The second does not,”"])],
        id="a paragraph without its closing mark",
    ),
    pytest.param(
        "Ruiz listed her terms:\n\n“No ships before June.”\n\nNobody answered.",
        [Read("Ruiz", "listed", "direct", ["“No ships before June.”"])],
        id="announced in the paragraph before",
    ),
    pytest.param(
        "“No ships before June.”\n\n— Ana Ruiz, harbour master",
        [Read("Ana Ruiz, harbour master", None, "direct", ["“No ships before June.”"])],
        id="signed in the paragraph after",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_each_construction_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "time", ["in May", "on 3 May 2031", "in early May", "last week", "two weeks ago", "afterwards", "the day before", "on Monday"]
)
def test_the_time_of_saying_is_not_said(time):
    assert only(f"Olav Brandt said {time} that fares must fall.") == Read("Olav Brandt", "said", "indirect", ["fares must fall"])


def test_a_person_called_like_a_month_speaks():
    assert only("Theresa May said that May 3 was fine.").speaker == "Theresa May"


def test_a_quotation_that_is_left_open_goes_on_in_the_next_paragraph():
    text = 'Ruiz said: "The first point stands.\n\n"The second does not."\n\nNobody answered.'
    assert only(text).content == ['"The first point stands.', '"The second does not."']


def test_text_in_the_documents_own_voice_has_no_statement():
    assert read("The port opened in June. Ships from Norland sailed at noon, two days late.") == []


def test_words_held_at_arms_length_are_no_statement():
    assert read('The ship "Aurora" left the so-called "free port" on Monday.') == []


def test_a_transcript_is_read_by_its_labels():
    text = (
        "RUIZ (chair): Let us begin with article four.\n"
        "LIND: Our side cannot accept it.\n"
        "We said so in March.\n"
        "RUIZ (chair): Then we note that it stays open."
    )
    assert read(text) == [
        Read("RUIZ (chair)", None, "direct", ["Let us begin with article four."]),
        Read("LIND", None, "direct", ["Our side cannot accept it."]),
        Read(None, None, "direct", ["We said so in March."]),
        Read("RUIZ (chair)", None, "direct", ["Then we note that it stays open."]),
    ]
    assert [one.speaker for one in statements(text)] == ["RUIZ", "LIND", "LIND", "RUIZ"]


BESIDE = [
    pytest.param(
        "“This is splendid!” beamed Ana Ruiz of Arle, who had come early.",
        [Read("Ana Ruiz of Arle", "beamed", "direct", ["“This is splendid!”"])],
        id="any verb between a quotation and its speaker",
    ),
    pytest.param(
        '"Is the port open to all ships?" Lind pressed. "Or to some of them?"',
        [Read("Lind", "pressed", "direct", ['"Is the port open to all ships?"', '"Or to some of them?"'])],
        id="any verb behind a question and its speaker",
    ),
    pytest.param(
        "“The post has been one of many,” Ana Ruiz, who served in Arle for years, told Reuters.",
        [Read("Ana Ruiz", "told", "direct", ["“The post has been one of many,”"])],
        id="a relative clause between speaker and cue",
    ),
    pytest.param(
        "Paul Oduya said in a statement. “There is no list to count.”",
        [Read("Paul Oduya", None, "direct", ["“There is no list to count.”"])],
        id="a full stop in place of a colon",
    ),
    pytest.param(
        "More from Lind: “The size of the port matters more than its age.”",
        [Read("Lind", ":", "direct", ["“The size of the port matters more than its age.”"])],
        id="more from a name",
    ),
    pytest.param(
        '"It is nonsense," Mr. Lind said by telephone on Harbour Radio\'s "Meet the Day."',
        [Read("Mr. Lind", "said", "direct", ['"It is nonsense,"'])],
        id="a title behind the speaker clause",
    ),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_the_speaker_stands_right_behind_a_quotation(text, expected):
    assert read(text) == expected
