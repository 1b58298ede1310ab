"""Who speaks in a record whose labels are letters, initials or offices: its head and introduction tell."""

from __future__ import annotations

import pytest

from parley.index.structure.reading import read_structure
from parley.index.structure.voices.abbreviations import by_initials, called_by
from parley.index.structure.voices.present import people_listed
from parley.index.types import Document


def voices(text: str) -> list[tuple[str | None, bool]]:
    structure = read_structure(Document.from_text(text, id="record"))
    return [(turn.speaker, turn.is_question) for turn in structure.turns]


ORAL_HISTORY = """Oral history of the harbour, recording 41

Ilsa Morrand-Kye entered the Harbour Office in 1958. The interview was recorded at her house on 3 May 1997 by Piers Halloway.

Q: What did they tell you?

A: Mostly they gave positions. I kept the list.

Q: Did the office object?

A: The head did. He said that it was no list of ours.
"""


def test_an_introduction_names_the_one_who_asks_and_the_one_who_answers():
    assert voices(ORAL_HISTORY) == [("Piers Halloway", True), ("Ilsa Morrand-Kye", False)] * 2


def test_where_nobody_is_introduced_nobody_is_named():
    bare = ORAL_HISTORY.replace("Ilsa Morrand-Kye entered", "She entered").replace(" by Piers Halloway", "")
    assert {speaker for speaker, _ in voices(bare)} == {"the questioner", "the person who answers"}


def test_initials_are_those_of_the_people_introduced():
    text = """Nobody was reading the annexes

Matthis de Kerrou led the team. Oluwen Tash kept the minutes.

MdK: The paper was about another valley.

OT: It was empty. We had walked through it.

MdK: Nothing went wrong.

OT: The map did.
"""
    assert [speaker for speaker, _ in voices(text)] == ["Matthis de Kerrou", "Oluwen Tash"] * 2


def test_initials_that_fit_two_people_name_neither():
    assert by_initials("TL", "Tobin Leary met Tessa Lund at noon.", 100) is None
    named = by_initials("TL", "Tobin Leary met Otto Rask at noon.", 100)
    assert named is not None
    assert named.name == "Tobin Leary"


def test_a_head_defines_labels_in_brackets():
    head = "For the council: Ragna Holt (RH, chair), Piet van der Moolen (PvdM). Guest: Bo Ek (the engineer). Docks (DO)."
    named = called_by(head, len(head))
    assert {label: (one.name, one.role) for label, one in named.items()} == {
        "rh": ("Ragna Holt", "chair"),
        "pvdm": ("Piet van der Moolen", None),
    }


HEARING = """Docket 77-B, hearing, volume 3

COMMISSIONER LUNDIG: Your next witness.

MR. SPILLICK: The applicant calls Dr. Urrig.

(DR. TAMSEL URRIG, sworn.)

DIRECT EXAMINATION

BY MR. SPILLICK:

Q. Who employs you, Doctor?

A. Nobody. I was with the survey.

CROSS-EXAMINATION BY MS. TAL:

Q. And before that?

A. The same.
"""


def test_in_a_hearing_whoever_is_sworn_answers_whoever_examines():
    assert voices(HEARING)[2:] == [
        ("MR. SPILLICK", True),
        ("TAMSEL URRIG", False),
        ("MS. TAL", True),
        ("TAMSEL URRIG", False),
    ]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "Chair: Ms Ilka Torv (Norland). Also present: Dr Pia Nann, Head of Rivers; Mr Osric Welland, Secretary.",
            [("Ilka Torv", "Chair"), ("Pia Nann", "Head of Rivers"), ("Osric Welland", "Secretary")],
        ),
        ("Present: Mr A. Toll, Ms B. Ruiz and Dr Lund", [("A. Toll", None), ("B. Ruiz", None), ("Lund", None)]),
        ("Chair: We begin at ten. Secretary: The list is closed.", []),
        ("Mr Toll: Ms Ruiz is not here.", []),
    ],
)
def test_a_line_may_list_people_by_office_and_then_nobody_speaks_in_it(line: str, people: list[tuple[str, str | None]]):
    assert [(one.name, one.role) for one in people_listed(line)] == people


def test_minutes_are_told_by_the_line_under_the_name_of_a_body():
    text = """JOINT RIVER COMMISSION

Summary minutes of the fourteenth session, Halvik, 11 March

Chair: Ms Ilka Torv (Norland). Vice-Chair: Mr Emeric Daub (Velmark).

2.2 Mr Daub said that his delegation could not accept it.
"""
    structure = read_structure(Document.from_text(text, id="minutes"))
    assert (structure.document.genre, structure.turns) == ("minutes", ())


@pytest.mark.parametrize(
    "introduction",
    [
        "The Herald spoke to Ana Toll in Halvik. Her rival, Otto Brodd, refused to take part in the interview.",
        "An interview with Ana Toll. She was asked about the claims made by Otto Brodd.",
    ],
)
def test_whoever_is_only_mentioned_neither_asks_nor_answers(introduction: str):
    text = f"The canal talks\n\n{introduction}\n\nQ: Is it over?\n\nA: No, I hope.\n\nQ: Why?\n\nA: I was tired.\n"
    assert voices(text) == [("the questioner", True), ("Ana Toll", False)] * 2


def test_a_press_briefing_that_mentions_an_interview_is_still_its_spokeswomans():
    text = """Press briefing by Ana Toll, spokeswoman

Ms Toll referred to an interview with Otto Brodd.

Q: Is it over?

A: No, I hope.

Q: Why?

A: He was tired.
"""
    assert {speaker for speaker, is_question in voices(text) if not is_question} == {"Ms Toll"}


def test_states_and_offices_are_nobodys_initials():
    text = """Transcript of the call

Present: Ulla Stone (Velmark), Jon Brodd (Norland)

US: We cannot accept the draft.

Norland: We will sign it.

US: Then we leave.

Norland: That is your choice.
"""
    assert [speaker for speaker, _ in voices(text)] == ["US", "Norland"] * 2


def test_a_witness_is_sworn_on_a_line_of_its_own():
    text = HEARING.replace("(DR. TAMSEL URRIG, sworn.)", "[Dr. Jon Ruiz was sworn in as minister in June, and left.]")
    assert "Jon Ruiz" not in {speaker for speaker, _ in voices(text)}


def test_the_name_of_somebody_who_is_given_the_floor_is_no_list():
    text = """Transcript of the debate

Ms Toll: We cannot go on.

The Chair: Mr Ruiz.

Mr Ruiz: I must object.
"""
    assert [speaker for speaker, _ in voices(text)] == ["Ms Toll", "The Chair", "Mr Ruiz"]


@pytest.mark.parametrize("title", ["Ministers meet minutes before midnight", "Minutes to midnight in Halvik talks"])
def test_a_headline_that_counts_minutes_is_no_record(title: str):
    text = f"{title}\n\nRuiz said that the port was closed. The police cleared the quay.\n"
    assert read_structure(Document.from_text(text, id="news")).document.genre != "minutes"


def test_another_examination_begins_with_whoever_leads_it_or_nobody():
    text = HEARING.replace("CROSS-EXAMINATION BY MS. TAL:", "CROSS-EXAMINATION")
    assert [speaker for speaker, is_question in voices(text) if is_question] == ["MR. SPILLICK", "the questioner"]


def test_a_witness_who_is_recalled_answers():
    text = HEARING.replace("CROSS-EXAMINATION BY MS. TAL:", "MS. ADA DORN, recalled.\n\nCROSS-EXAMINATION (MS. TAL)")
    assert voices(text)[-2:] == [("MS. TAL", True), ("ADA DORN", False)]


def test_a_statement_at_a_session_is_no_minutes():
    head = "STATEMENT\nby Ms. Ana Toll\nMinister for Waters\nat the 79th session"
    text = f"{head}\n\nI thank you. We believe that the port is closed.\n"
    document = read_structure(Document.from_text(text, id="statement")).document
    assert (document.genre, document.author) == ("statement", "Ana Toll")
