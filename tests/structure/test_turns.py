"""Who has the floor in transcripts of many layouts, none of them known to the code by name."""

from __future__ import annotations

import pytest

from parley.index.structure.reading import read_structure
from parley.index.types import Document, Turn

FIRST = "We welcome the second draft and thank the chair for it."
SECOND = "Which of the two harbours does the paragraph mean?"
THIRD = "No."
FOURTH = "The northern one, and the dredging begins on 3 May."

PATTERNS = [
    ("MR. HALVORSEN: {}", "MS. ADEYEMI: {}", "halvorsen", "adeyemi"),
    ("MR HALVORSEN: {}", "MRS ADEYEMI: {}", "halvorsen", "adeyemi"),
    ("Mr. Halvorsen: {}", "Ms. Adeyemi: {}", "halvorsen", "adeyemi"),
    ("DR. OKONKWO: {}", "PROF. LINDQVIST: {}", "okonkwo", "lindqvist"),
    ("SEN. BARROS: {}", "REP. KANE: {}", "barros", "kane"),
    ("HON. J. T. MARAMA.- {}", "HON. A. VOLAVOLA.- {}", "marama", "volavola"),
    ("Hon. Petra Nowak. — {}", "Hon. Otto Brandl. — {}", "nowak", "brandl"),
    ("THE CHAIRWOMAN: {}", "MR. SAAR: {}", "chairwoman", "saar"),
    ("Mr. NOWAK. {}", "The CHAIRMAN. {}", "nowak", "chairman"),
    ("Senator Nowak. {}", "Mr. Brandl. {}", "nowak", "brandl"),
    ("The PRESIDING OFFICER. {}", "Mr. BRANDL of New Arlen. {}", "presiding officer", "brandl"),
    ("The Chair: {}", "Mr. Saar (Lithmark): {}", "chair", "saar"),
    ("The ACTING PRESIDENT (Mr Tom Reeve): {}", "Ms LAKE (Brandmoor): {}", "reeve", "lake"),
    ("MADAM SPEAKER: {}", "THE PRIME MINISTER: {}", "speaker", "prime minister"),
    ("SENIOR STATE DEPARTMENT OFFICIAL: {}", "MODERATOR: {}", "senior state department official", "moderator"),
    ("FOREIGN SECRETARY PRYCE: {}", "AMBASSADOR OYELARAN: {}", "pryce", "oyelaran"),
    ("Prime Minister Adair: {}", "Foreign Minister Sool: {}", "adair", "sool"),
    ("Delegate of Lithmark: {}", "Delegate of Brandmoor: {}", "lithmark", "brandmoor"),
    ("REPRESENTATIVE OF LITHMARK: {}", "CHAIR: {}", "lithmark", "chair"),
    ("New Zealand: {}", "Saudi Arabia: {}", "new zealand", "saudi arabia"),
    ("[00:01:15] Petra Nowak: {}", "[00:01:42] Otto Brandl: {}", "nowak", "brandl"),
    ("00:01:15 Petra Nowak: {}", "00:01:42 Otto Brandl: {}", "nowak", "brandl"),
    ("(09:15) NOWAK: {}", "(09:16) BRANDL: {}", "nowak", "brandl"),
    ("[12/05/2031, 10:22:31] Petra: {}", "[12/05/2031, 10:23:02] Otto: {}", "petra", "otto"),
    ("12/05/2031, 10:22 - Petra Nowak: {}", "12/05/2031, 10:23 - Otto Brandl: {}", "nowak", "brandl"),
    ("Petra Nowak  0:04\n{}", "Otto Brandl  0:19\n{}", "nowak", "brandl"),
    ("Petra Nowak  10:22 AM\n{}", "Otto Brandl  10:23 AM\n{}", "nowak", "brandl"),
    ("PETRA NOWAK\n{}", "OTTO BRANDL\n{}", "nowak", "brandl"),
    ("Petra Nowak:\n{}", "Otto Brandl:\n{}", "nowak", "brandl"),
    ("<petra> {}", "<otto> {}", "petra", "otto"),
    ("**Petra Nowak**: {}", "**Otto Brandl**: {}", "nowak", "brandl"),
    ("**NOWAK:** {}", "**BRANDL:** {}", "nowak", "brandl"),
    (">> NOWAK: {}", ">> BRANDL: {}", "nowak", "brandl"),
    ("- Petra Nowak: {}", "- Otto Brandl: {}", "nowak", "brandl"),
    ("– Nowak: {}", "– Brandl: {}", "nowak", "brandl"),
    ("3. Petra Nowak: {}", "4. Otto Brandl: {}", "nowak", "brandl"),
    ("NOWAK — {}", "BRANDL — {}", "nowak", "brandl"),
    ("Petra Nowak, Commissioner. – {}", "Otto Brandl. – {}", "nowak", "brandl"),
    ("P.Nowak: {}", "O.Brandl: {}", "nowak", "brandl"),
    ("petra nowak: {}", "otto brandl: {}", "nowak", "brandl"),
    ("PETRA NOWAK, HARBOUR NEWS ANCHOR: {}", "OTTO BRANDL, MINISTER OF BRANDMOOR: {}", "nowak", "brandl"),
    ("NOWAK (through interpreter): {}", "BRANDL (on camera): {}", "nowak", "brandl"),
    ("Ms. Nowak (Lithmark) (spoke in Spanish): {}", "Mr. Brandl (Brandmoor): {}", "nowak", "brandl"),
    ("Hugo van der Meer: {}", "Leila bint Rashid: {}", "van der meer", "bint rashid"),
    ("Union rep: {}", "Employer: {}", "union rep", "employer"),
    ("SPEAKER 1: {}", "SPEAKER 2: {}", "speaker 1", "speaker 2"),
    ("Nowak: {}", "Interviewer: {}", "nowak", "interviewer"),
    ("Petra Nowak: {}", "Question: {}", "nowak", "questioner"),
    ("THE WITNESS: {}", "MR. SAAR: {}", "witness", "saar"),
    ("A. {}", "Q. {}", "answers", "questioner"),
    ("A: {}", "Q: {}", "answers", "questioner"),
]


def turns_of(text: str, *, title: str | None = None) -> tuple[Turn, ...]:
    return read_structure(Document.from_text(text, id="record", title=title)).turns


def said(text: str, turn: Turn) -> str:
    return " ".join(text[start:end] for start, end in turn.said)


@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
@pytest.mark.parametrize(("one", "other", "first", "second"), PATTERNS, ids=[pattern[0].split("\n")[0] for pattern in PATTERNS])
def test_every_layout_gives_every_turn_to_its_speaker(one: str, other: str, first: str, second: str, blank: str):
    if blank == "\n" and "\n" in one and ":" not in one and "0" not in one:
        pytest.skip("names on lines of their own need a blank line before them")
    lines = [one.format(FIRST), other.format(SECOND), one.format(THIRD), other.format("I see."), one.format(FOURTH)]
    text = "Transcript of the second round\n\n" + blank.join(lines)
    turns = turns_of(text)
    assert [said(text, turn) for turn in turns] == [FIRST, SECOND, THIRD, "I see.", FOURTH]
    assert [(turn.speaker or "").lower() for turn in turns if first not in (turn.speaker or "").lower()] == [
        (turn.speaker or "").lower() for turn in turns[1::2]
    ]
    assert all(second in (turn.speaker or "").lower() for turn in turns[1::2])


def test_names_before_a_full_stop_are_labels_only_where_they_take_turns():
    assert not turns_of("The board met.\n\nMr. Toll. Ms. Lund. Mr. Fane. They were all there.\n\nMr. Toll. He left.")
    text = (
        "Oversight of water\n\n    Mr. Toll. I thank\nMr. Lund. He was kind.\n    Mr. Lund. Thank you.\n"
        "    Mr. Toll. Go on.\n    Mr. Lund. No."
    )
    turns = turns_of(text)
    assert [turn.speaker for turn in turns] == ["Mr. Toll", "Mr. Lund", "Mr. Toll", "Mr. Lund"]
    assert said(text, turns[0]) == "I thank Mr. Lund. He was kind."


def test_a_question_is_asked_and_an_answer_is_not():
    text = (
        "Press conference on the harbour\n\nMS. NOWAK: Good morning.\n\nQUESTION: Has Lithmark agreed to pay?\n\n"
        "MS. NOWAK: I will not speak for Lithmark.\n\nQ    And the bridge?\n\nMS. NOWAK: Nor for the bridge."
    )
    turns = turns_of(text)
    assert [turn.is_question for turn in turns] == [False, True, False, True, False]
    assert [turn.speaker for turn in turns if turn.is_question] == ["a reporter", "a reporter"]


def test_a_side_in_brackets_is_the_speakers_party():
    text = "The Chair: The floor is open.\n\nMr. Saar (Lithmark): We object.\n\nThe Chair: Noted.\n\nMr. Saar: We object still."
    assert [(turn.speaker, turn.party) for turn in turns_of(text)][1::2] == [("Mr. Saar", "Lithmark"), ("Mr. Saar", "Lithmark")]


def test_remarks_of_the_record_are_nobodys_words():
    text = (
        "Remarks by President Ilves on the harbour\n\nTHE PRESIDENT:  The dredging begins in May.  (Applause.)\n\n(Laughter.)\n\n"
        "It will take a year.\n\n[Interruption]\n\nTHE PRESIDENT:  A year, as I said.\n\nEND 3:04 P.M. EDT"
    )
    turns = turns_of(text)
    assert [turn.speaker for turn in turns] == ["President Ilves", "President Ilves"]
    assert said(text, turns[0]) == "The dredging begins in May.  (Applause.) It will take a year."
    assert "END" not in said(text, turns[-1])


def test_a_vote_that_the_record_notes_is_nobodys_words():
    text = (
        "Security Council\n\nThe President: I put the draft to the vote.\n\nMr. Brandl (Arlen): We vote in favour.\n\n"
        "A vote was taken by show of hands.\n\nIn favour:\nArlen, Lithmark\n\nAgainst: None\n\nAbstaining:\nBrandmoor\n\n"
        "The President: It has been adopted.\n\nMs. Nowak (Lithmark): Against: that is where we stood. We are glad."
    )
    turns = turns_of(text)
    assert [turn.speaker for turn in turns] == ["The President", "Mr. Brandl", "The President", "Ms. Nowak"]
    assert said(text, turns[1]) == "We vote in favour."


def test_a_turn_goes_on_over_its_paragraphs():
    text = "Remarks by President Ilves\n\nTHE PRESIDENT: First.\n\nSecond, the river.\n\nThird, the bridge."
    (turn,) = turns_of(text)
    assert said(text, turn) == "First. Second, the river. Third, the bridge."


def test_what_looks_like_a_label_and_is_not_understood_is_nobodys():
    text = (
        "Interview\n\nPetra Nowak: We signed.\n\nOtto Brandl: When?\n\nPetra Nowak: In May.\n\nXq7: Nonsense.\n\n"
        "Cold Harbour Lane Voices Two: It was June.\n\nOtto Brandl: June?"
    )
    turns = turns_of(text)
    unknown = next(turn for turn in turns if "It was June." in said(text, turn))
    assert unknown.speaker is None
    assert unknown.speaker_kind == "unidentified"
    assert all("June" not in said(text, turn) for turn in turns if turn.speaker == "Petra Nowak")


def test_a_sentence_that_opens_with_a_colon_stays_with_its_speaker():
    text = "Interview\n\nNOWAK: Hear me out.\n\nBottom line: we sign.\n\nBRANDL: Really?\n\nNOWAK: Really."
    assert said(text, turns_of(text)[0]) == "Hear me out. Bottom line: we sign."


def test_labels_are_found_where_a_reader_ran_paragraphs_together():
    text = (
        "House debate\n\nHON. J. T. MARAMA.- The bill is late. MR. SPEAKER.- Order! "
        "HON. J. T. MARAMA.- It is late all the same.\n\n"
        "3:15 P.M. EDT THE CLERK: The question is put."
    )
    assert [(turn.speaker, said(text, turn)) for turn in turns_of(text)] == [
        ("J. T. MARAMA", "The bill is late."),
        ("Mr. Speaker", "Order!"),
        ("J. T. MARAMA", "It is late all the same."),
        ("The Clerk", "The question is put."),
    ]


def test_people_of_one_surname_are_kept_apart():
    text = (
        "House debate\n\nMr Stone (Labour): No.\n\nMs Stone (Liberal): Yes.\n\nMr Stone: Never.\n\nMs Stone: Now.\n\n"
        "Stone: Neither."
    )
    assert [(turn.speaker, turn.party) for turn in turns_of(text)] == [
        ("Mr Stone", "Labour"),
        ("Ms Stone", "Liberal"),
        ("Mr Stone", "Labour"),
        ("Ms Stone", "Liberal"),
        ("Stone", None),
    ]


def test_whoever_takes_the_chair_is_not_the_one_who_left_it():
    text = (
        "Plenary\n\nThe DEPUTY PRESIDENT (Ms Ann Vale): Order.\n\nMr REED: I object.\n\nThe DEPUTY PRESIDENT: Noted.\n\n"
        "(Ms Vale left the chair; Mr Roe took the chair.)\n\nThe DEPUTY PRESIDENT: The question is put."
    )
    assert [turn.speaker for turn in turns_of(text)] == ["Ann Vale", "Mr REED", "Ann Vale", "The DEPUTY PRESIDENT"]


NO_TRANSCRIPTS = [
    "Minister: talks to resume\n\nThe minister said the talks would resume on Monday. Nobody else spoke.",
    "Cranes: 4\nDocks: 3\nTugs: 2\nPilots: 11",
    "Date: 4 May 2031\nPlace: Arle\nPresent: Ana Ruiz, Jan Lind\nSubject: Harbour dues\n\nThe parties met at noon.",
    "Article 1: The parties shall dredge the harbour.\n\nArticle 2: The parties shall share the cost.\n\nArticle 3: Done.",
    "Export Controls: The parties share lists.\n\nArtificial Intelligence (AI): They share rules.\n\nTrade (WTO): They consult.",
    "\n\n".join(f"Washington Harbour – Agreement 2031 {page}\n\nThe Union and the Port agree." for page in range(1, 6)),
]


@pytest.mark.parametrize("text", NO_TRANSCRIPTS, ids=range(len(NO_TRANSCRIPTS)))
def test_headlines_lists_fields_and_running_heads_are_no_turns(text: str):
    assert turns_of(text) == ()


def test_the_president_is_whoever_the_title_names_before_words_in_capitals():
    title = "Remarks by President Ilves Before Meeting with Harbour Leaders"
    text = f"{title}\n\nTHE PRESIDENT: The locks will open.\n\nQ Which?\n\nTHE PRESIDENT: All."
    document = Document.from_text(text, id="remarks", title=title)
    assert {turn.speaker for turn in read_structure(document).turns if not turn.is_question} == {"President Ilves"}


def test_two_people_whom_a_title_introduces_keep_their_names_and_offices():
    title = "Press Briefing by Trade Secretary Petra Nowak and Chief Negotiator Otto Brandl"
    text = (
        f"{title}\nBlue Room\n\nSECRETARY NOWAK: We met.\n\nQ When?\n\nMR. BRANDL: In May.\n\nQ Where?\n\nSECRETARY NOWAK: Here."
    )
    turns = [(turn.speaker, turn.role) for turn in turns_of(text, title=title) if not turn.is_question]
    assert turns == [
        ("Petra Nowak", "Trade Secretary"),
        ("Otto Brandl", "Chief Negotiator"),
        ("Petra Nowak", "Trade Secretary"),
    ]


def test_an_initial_is_no_title():
    turns = turns_of("Debates\n\nHon. M. T. NOWAK: I move.\n\nMr R. BRANDL: I object.\n\nHon. M. T. NOWAK: Noted.")
    assert [turn.speaker for turn in turns] == ["M. T. NOWAK", "R. BRANDL", "M. T. NOWAK"]


@pytest.mark.parametrize(
    "line", ["Motion agreed to. Bill read a second time.", "Amendment, by leave, withdrawn.", "Clause 4 agreed to."]
)
def test_what_a_house_records_is_not_said_by_the_last_speaker(line: str):
    text = f"Debates\n\nMr NOWAK: I move.\n\nMr BRANDL: I object. Motion carried last year was better.\n\n{line}\n\nMr NOWAK: Ah."
    assert [said(text, turn) for turn in turns_of(text)] == [
        "I move.",
        "I object. Motion carried last year was better.",
        "Ah.",
    ]


@pytest.mark.parametrize("label", ["Important", "Urgent"])
def test_what_only_draws_attention_is_nobodys_name(label: str):
    present = "Minutes of the port committee\n\nPresent: Ms Holm (chair), Mr Lund, Ms Aune\n\n"
    turns = f"Holm: We begin.\n\nLund: The company can pay half.\n\n{label}: the deadline is Friday.\n\nHolm: Then we close."
    assert {turn.speaker for turn in turns_of(present + turns)} == {"Ms Holm", "Mr Lund"}
