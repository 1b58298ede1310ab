"""Whose view a sentence tells without a verb of saying, and whom a pronoun means that stands behind a name."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.attribution_line import attribution_frame, attribution_line
from parley.index.statements import extract_statements
from parley.index.types import Document


def told(text: str) -> list[tuple[str | None, str]]:
    document = Document.from_text(text, id="views")
    return [(one.speaker, " … ".join(text[start:end] for start, end in one.content)) for one in extract_statements(document)]


@pytest.mark.parametrize(
    ("text", "speaker", "view"),
    [
        ("In the opinion of Captain Rask, charts were of no use.", "Rask", "charts were of no use"),
        ("A berth costs 900 crowns a day, in the estimate of the Shippers' Union.", "Shippers", "A berth costs 900 crowns a day"),
        ("It was Ms Lind's complaint that the lorry was weighed twice.", "Lind", "the lorry was weighed twice"),
        ("Toll's finding was that the crack is old.", "Toll", "the crack is old"),
        ("The treasurer, Mr Ode, was of the opinion that two is the limit.", "Ode", "two is the limit"),
        ("It was alleged by Mr Ruiz that wages had been withheld.", "Ruiz", "wages had been withheld"),
        ("Alderman Castell told me over coffee that the council would match it.", "Castell", "the council would match it"),
        ("Ms Lund, in the only study, held that it was a bad treaty.", "Lund", "it was a bad treaty"),
        ("Voreau is certain that it came from the next floor.", "Voreau", "it came from the next floor"),
    ],
)
def test_a_view_is_its_holders(text: str, speaker: str, view: str):
    found = [(who, what) for who, what in told(text) if who is not None and speaker in who]
    assert [what for _, what in found] == [view]


@pytest.mark.parametrize(
    "text",
    [
        "The point of the talks was that both would listen.",
        "They had a change in his view of the lake.",
        "The ministry held talks that failed.",
        "Certain parties that came late were heard.",
    ],
)
def test_what_nobody_thinks_is_nobodys_view(text: str):
    assert told(text) == []


def test_a_view_is_told_as_according_to_its_holder():
    text = "In the opinion of Captain Rask, charts were of no use."
    document = Document.from_text(text, id="views")
    (found,) = extract_statements(document)
    assert attribution_frame(document, found).startswith("According to ")
    assert "Rask" in attribution_frame(document, found)
    assert attribution_line(document, found).endswith("indirect speech (“opinion”)")


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("I called on the Minister of Transport, Dr Ormond. He said that the line would open.", "the line", "Ormond"),
        ("Mr Pettit, the valuer, saw the shed. In his opinion the quay is worth more.", "the quay", "Pettit"),
        ("Ms Lund met Mr Rask. He said that the line would open.", "the line", "Rask"),
        ("Asked whether the port would open, Ms Lund smiled. She said that it had.", "it had", "Lund"),
        ("According to him the dues are too low, Mr Rask told us.", "the dues", None),
        ("The Hydrographer, Captain Sunniva Brodd, said that the water was calm.", "the water", "Sunniva Brodd"),
        ("2.2 Mr Rask said that the line would open.", "the line", "Rask"),
    ],
)
def test_a_pronoun_may_mean_somebody_who_was_only_named(text: str, words: str, speaker: str | None):
    found = [who for who, what in told(text) if words in what]
    assert any((who is None and speaker is None) or (who is not None and speaker is not None and speaker in who) for who in found)


def test_what_somebody_fears_or_claims_is_told_so():
    fears = Document.from_text("Critics fear that the port will close.", id="fears")
    (found,) = extract_statements(fears)
    assert attribution_frame(fears, found) == "Critics fear:"
    owned = Document.from_text("It was Ms Lind's complaint that the lorry was weighed twice.", id="owned")
    (found,) = extract_statements(owned)
    assert attribution_frame(owned, found) == "Ms Lind’s complaint:"


def test_the_delegation_is_not_the_adviser_to_it():
    text = """Minutes of the second session

Chair: Ms Ilka Torv (Norland). Also present: Ms Lucie Arv, legal adviser to the Velmark delegation.

Ms Arv asked that the readings be made public. The Velmark delegation proposed that the list be closed.
"""
    assert [who for who, what in told(text) if what.startswith("the list")] == ["The Velmark delegation"]


def test_what_is_numbered_in_minutes_ends_what_somebody_said():
    text = """Minutes of the second session

2.4 Colonel Munth observed that the gates could not be worked. The seals had been ordered in November.

2.5 No decision was taken.
"""
    assert [who for who, what in told(text) if "seals" in what] == ["Munth"]
    assert [who for who, what in told(text) if "No decision" in what] == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The minister said the talks were over. Analysts had predicted a breakdown.", ["The minister", "Analysts"]),
        ("According to Toll, the port is closed. Ruiz would not comment. The company had no response.", ["Toll"]),
        ("Toll said the offer was fair. The dockers had to sell their boats.", ["Toll"]),
        ("The strike was announced by the union that represents the dockers.", []),
        ("In her experience of the sea, Ms Stone found peace.", []),
        ("The bank holds that money in trust.", []),
        ("In his account book, he wrote nothing.", []),
        ("It was never Toll's view that the port should close.", []),
        ("Nobody said that the port was closed. It would open in May.", ["Nobody"]),
        ("Toll did not say that it was closed. It would open in May.", ["Toll"]),
        ("The bridge is certain that day to fail.", []),
    ],
)
def test_what_the_writer_tells_is_given_to_nobody_else(text: str, speakers: list[str]):
    found = extract_statements(Document.from_text(text, id="views"))
    assert [one.speaker for one in found] == speakers
    assert not any(one.relay for one in found)


def test_what_a_spokesman_says_goes_on_as_the_spokesmans():
    text = "Mr Toll rejected the offer, Mr Rask said. It would have cost four millions."
    found = extract_statements(Document.from_text(text, id="views"))
    assert [one.speaker for one in found if one.is_surmised] == ["Rask"]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Toll said that it was dead. Wall Street fell by three. He said the market would recover.",
        "Mr Toll criticised the deal. It was signed by Mr Brodd. He said it would fail.",
    ],
)
def test_he_is_no_place_and_nobody_beside_the_one_who_speaks(text: str):
    assert [who for who, what in told(text) if "would" in what] == ["Toll"]


def test_i_in_a_text_under_a_reporters_name_is_not_the_reporter():
    text = "Toll resigns\nBy Ana Ruiz\n\nHALVIK, 4 June 2031 - Toll resigned. His letter follows.\n\nI think that he lied to me."
    found = extract_statements(Document.from_text(text, id="views"))
    assert "Ana Ruiz" not in {one.speaker for one in found}


def test_a_long_text_costs_no_more_a_sentence_than_a_short_one():
    long = "Mr Toll said the port was shut on Monday. He had gone there.\n\n" * 1500
    assert len(extract_statements(Document.from_text(long, id="long"))) == 3000


MINUTES = """Minutes of the first meeting

For the union: Marta Olin (lead negotiator), Ben Acht (branch secretary)
For the company: Colin Prasad (director of personnel)
Minutes: T. Lind, company secretariat. Approved by both sides in September.

Mr Prasad explained the offer. Ms Olin accepted for the union. This was agreed.

Ms Olin presented the union's claim of 9 September. She said that prices had risen.

In her closing words the chair thanked both. Basin Radio left. He said that it would rain."""


def test_the_people_of_both_sides_are_those_of_the_head_and_do_what_is_theirs():
    found = {what: who for who, what in told(MINUTES)}
    assert found["prices had risen"] == "Marta Olin"
    assert not any(what.startswith(("This was", "T. Lind", "Ms Olin accepted")) for what in found)
    assert not any(who == "Basin Radio" for who in found.values())
