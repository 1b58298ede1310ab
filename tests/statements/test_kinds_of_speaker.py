"""Speakers that are easily taken for somebody else, or for the document itself."""

from __future__ import annotations

import pytest

from tests.statements.reading import saying, statements


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Norland and Velmark said the truce would hold.", "truce", "Norland and Velmark"),
        ("The Ministry of Trade and Industry said the truce would hold.", "truce", "The Ministry of Trade and Industry"),
        ("Sources in both delegations said the text was ready.", "text", "Sources in both delegations"),
        ("One of the sources said the text was ready.", "text", "One of the sources"),
        ("The text is ready, two people briefed on the matter said.", "text", "two people briefed on the matter"),
        ("In the ministry's account, the envoys left early.", "envoys", "the ministry"),
        ("By Lind's account the ships were full.", "ships", "Lind"),
        ("In that account the Norlanders left first.", "Norlanders", "that account"),
        ("“We never asked for that,” Petrov was quoted as saying by Reuters.", "asked", "Petrov"),
    ],
)
def test_who_it_is(text, words, speaker):
    assert saying(text, words).speaker == speaker


def test_a_medium_that_quotes_somebody_is_the_relay():
    one = saying("“We never asked for that,” Petrov was quoted as saying by Reuters.", "asked")
    assert (one.outlet, one.relay) == ("Reuters", ("Reuters",))


def test_a_joint_statement_is_one_partys_alone_to_nobody():
    one = saying("Norland and Velmark said the truce would hold. They added that it was fragile.", "fragile")
    assert (one.speaker, one.resolved_by, one.party) == ("Norland and Velmark", "pronoun", None)


def test_the_topic_of_a_list_item_is_no_speaker():
    text = "* Cranes: two new ones will be bought by the port.\n* Wages: the talks on pay will go on in June."
    assert statements(text) == ()


def test_a_name_before_a_colon_in_a_list_still_speaks():
    assert saying("* Ana Ruiz: we will wait for the ships.\n* LIND: so will we, of course.", "we will wait").speaker == "Ana Ruiz"


def test_the_month_is_no_hedge():
    one = saying("Lind said ships may wait until 1 May 2030.", "ships")
    text = "Lind said ships may wait until 1 May 2030."
    assert [text[start:end] for start, end in one.hedges] == ["may"]


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("LIND: We propose to delete it.\nRUIZ: No, not at all.\nLIND: Then we wait for you.", "propose", "proposed"),
        ("LIND: We cannot accept it.\nRUIZ: No, not at all.\nLIND: Then we wait for you.", "accept", "rejected"),
        ("Velmark may be willing to consider a truce, Lind said.", "truce", "none"),
        ("Velmark is willing to consider a truce, Lind said.", "truce", "offered"),
    ],
)
def test_how_firm_it_is(text, words, status):
    assert saying(text, words).status == status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("- Export Controls: Both sides agreed on shared principles for export cooperation.", None),
        ("Maximum Accrual: An employee may keep at most forty days, which is the maximum.", None),
        ("- Ana Ruiz: We will never give up the northern port.", "Ana Ruiz"),
        ("Harbour Minister: We will never give up the harbour.", "Harbour Minister"),
    ],
)
def test_a_topic_before_a_colon_is_nobody(text: str, speaker: str | None) -> None:
    assert [one.speaker for one in statements(text) if one.cue_lemma == ":"] == ([speaker] if speaker else [])


def test_a_verb_before_and_is_no_part_of_the_speaker():
    one = saying("The Norland foreign minister laughed and said that the roof would leak.", "roof")
    assert one.speaker == "The Norland foreign minister"


def test_a_matter_before_a_colon_in_a_contract_does_not_speak():
    matter = "Liability: the lessee insures third parties for four million."
    assert statements(f"Agreement for the lease of Quay 7\n\n{matter}") == ()
    assert saying("Notes of the day\n\nLiang: the lessee insures third parties for four million.", "insures").speaker == "Liang"
