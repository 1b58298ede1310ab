"""Who a statement's speaker is: names, roles, parties, pronouns, and what is never resolved."""

import pytest

from tests.statements.reading import saying, statements


def test_the_role_phrase_gives_role_and_party():
    one = saying("Norland's Trade Minister Ana Ruiz said the tariff would fall.", "tariff")
    assert (one.speaker, one.speaker_kind, one.role, one.party) == ("Ana Ruiz", "named", "Norland's Trade Minister", "Norland")


@pytest.mark.parametrize(
    ("phrase", "speaker", "kind", "party"),
    [
        ("Sudrian negotiator Marta Lind", "Marta Lind", "named", "Sudrian"),
        ("Turkish Foreign Minister Ela Demir", "Ela Demir", "named", "Türkiye"),
        ("U.S. Ambassador John Hale", "John Hale", "named", "U.S."),
        ("Ana Ruiz, president of the Dockers' Union,", "Ana Ruiz", "named", "Dockers' Union"),
        ("Ana Ruiz, a spokeswoman for Norland,", "Ana Ruiz", "named", "Norland"),
        ("a spokeswoman for Norland, Ana Ruiz,", "Ana Ruiz", "named", "Norland"),
        ("the French delegation", "the French delegation", "collective", "France"),
        ("an Egyptian official", "an Egyptian official", "anonymous", "Egypt"),
        ("a source familiar with the talks", "a source familiar with the talks", "anonymous", None),
        ("Ana Ruiz", "Ana Ruiz", "named", None),
        ("Mr. Kovacs", "Kovacs", "named", None),
        ("the union", "the union", "collective", None),
    ],
)
def test_a_party_comes_from_the_role_phrase_only(phrase, speaker, kind, party):
    one = saying(f"On Monday {phrase} said that the port would reopen.", "reopen")
    assert (one.speaker, one.speaker_kind, one.party) == (speaker, kind, party)


def test_a_former_role_names_no_party():
    one = saying("Former Norland ambassador Ana Ruiz said the pact was weak.", "weak")
    assert (one.speaker, one.former, one.party) == ("Ana Ruiz", True, None)
    assert one.role == "Former Norland ambassador"


def test_surnames_and_pronouns_are_resolved_with_their_rule():
    text = (
        "Norland's chief negotiator Ana Ruiz said the round was short. Ruiz added that dates were set.\n\n"
        '"We leave tonight," she said.'
    )
    first, second, third = statements(text)
    assert [one.resolved_by for one in (first, second, third)] == ["exact", "surname", "pronoun"]
    assert {one.speaker for one in (first, second, third)} == {"Ana Ruiz"}
    assert {one.party for one in (first, second, third)} == {"Norland"}


def test_a_pronoun_takes_the_speaker_before_not_the_nearest_name():
    text = 'Ana Ruiz said she was weary of Lind.\n\n"Lind never listens," she said.'
    assert saying(text, "never listens").speaker == "Ana Ruiz"


def test_a_pronoun_that_contradicts_the_gender_known_is_not_resolved():
    text = 'A spokesman, Paul Oduya, said the road was open.\n\n"It is not," she said.'
    one = saying(text, "It is not")
    assert (one.speaker, one.speaker_kind, one.resolved_by) == (None, "pronoun", "none")


def test_the_first_sentences_pronoun_has_nobody_to_stand_for():
    one = saying('"We are late," he said.', "late")
    assert one.speaker is None


def test_a_description_points_back_to_the_same_unnamed_speaker():
    text = (
        "A Norland official told Harbour News that the port was full.\n\n"
        "The official noted that ships were waiting. The same official said nobody had called."
    )
    first, second, third = statements(text)
    assert [one.speaker for one in (first, second, third)] == ["A Norland official"] * 3
    assert [one.resolved_by for one in (first, second, third)] == ["exact", "role", "same"]
    assert {one.speaker_kind for one in (first, second, third)} == {"anonymous"}


def test_an_unnamed_speaker_is_never_taken_for_a_named_one():
    text = "Norland minister Ana Ruiz arrived and said nothing was agreed.\n\nA Norland official said the text was ready."
    assert saying(text, "text was ready").speaker == "A Norland official"


def test_the_spokesperson_may_be_the_one_named_before():
    text = "Ministry spokesperson Paul Oduya said the road was open. The spokesperson added that it was dry."
    one = saying(text, "dry")
    assert (one.speaker, one.resolved_by) == ("Paul Oduya", "role")


def test_who_stands_for_the_name_before_its_apposition():
    text = "“It is a start,” said Paul Oduya, Norland's deputy envoy, who called the day “long and useful.”"
    one = saying(text, "long and useful")
    assert (one.speaker, one.resolved_by) == ("Paul Oduya", "relative")
    assert saying(text, "It is a start").role == "Norland's deputy envoy"


def test_outlet_reporter_and_addressee():
    one = saying('"They were polite," the envoy told BBC\'s Jane Roe, smiling.', "polite")
    assert (one.outlet, one.reporter, one.addressee, one.relay) == ("BBC", "Jane Roe", "BBC's Jane Roe", ("BBC",))
    one = saying("Lind told the news agency Harbour Wire in Oslo that ships would wait.", "ships would wait")
    assert (one.outlet, one.relay) == ("Harbour Wire", ("Harbour Wire",))
    one = saying("Lind acknowledged to reporters that the list was wrong.", "list was wrong")
    assert (one.outlet, one.addressee, one.relay) == (None, "reporters", ())


def test_an_outlet_stands_in_the_speakers_description():
    one = saying("The talks were long, according to a diplomat who spoke to Reuters after the session.", "talks were long")
    assert (one.speaker, one.outlet) == ("a diplomat", "Reuters")


def test_on_whose_behalf():
    one = saying("Marta Lind, on behalf of the Dockers' Union, said the offer was too low.", "too low")
    assert one.on_behalf_of == "the Dockers' Union"


def test_relayed_positions_carry_the_chain_from_the_inside_out():
    text = "A source familiar with the talks told Reuters that the Norland team demanded an end to the tariff."
    demand = saying(text, "end to the tariff")
    assert (demand.speaker, demand.party, demand.cue_lemma) == ("the Norland team", "Norland", "demand")
    assert demand.relay == ("A source familiar with the talks", "Reuters")
    report = next(one for one in statements(text) if one.cue_lemma == "tell")
    assert (report.speaker_kind, report.relay) == ("anonymous", ("Reuters",))


def test_an_outlet_that_quotes_somebody_is_their_relay():
    one = saying('"We will wait," Lind said, according to Reuters.', "We will wait")
    assert (one.speaker, one.relay) == ("Lind", ("Reuters",))


@pytest.mark.parametrize(
    ("text", "speaker", "role", "party"),
    [
        ("US Secretary of State Marco Diaz said the door was open.", "Marco Diaz", "US Secretary of State", "US"),
        ("Minister of Defense Boris Kral said the door was open.", "Boris Kral", "Minister of Defense", None),
        ("Regional governor Boris Kral said the door was open.", "Boris Kral", "Regional governor", None),
    ],
)
def test_an_office_with_of_is_one_role(text, speaker, role, party):
    one = saying(text, "door was open")
    assert (one.speaker, one.role, one.party) == (speaker, role, party)


def test_a_surname_finds_the_name_that_the_text_gave_without_a_statement():
    text = "Ships waited while President Ana Ruiz toured the port.\n\nRuiz said the port was full."
    one = saying(text, "port was full")
    assert (one.speaker, one.resolved_by, one.role) == ("Ana Ruiz", "surname", "President")


def test_two_people_of_one_surname_are_not_mixed():
    text = "President Ana Ruiz met Minister Carlos Ruiz.\n\nRuiz said the port was full."
    one = saying(text, "port was full")
    assert (one.speaker, one.resolved_by) == ("Ruiz", "exact")


@pytest.mark.parametrize(
    ("phrase", "speaker", "role"),
    [
        ("Norland's president, Ana Ruiz,", "Ana Ruiz", "Norland's president"),
        ("The head of the Sudrian delegation, presidential aide Marta Lind,", "Marta Lind", "head of the Sudrian delegation"),
        ("Head of the Sudrian delegation, Presidential Aide Marta Lind,", "Marta Lind", "Head of the Sudrian delegation"),
        ("Norland's top envoy, Deputy Minister Ana Ruiz,", "Ana Ruiz", "Norland's top envoy"),
        ("The U.N. envoy, former ambassador Paul Oduya of Velmark,", "Paul Oduya", "U.N. envoy"),
        ("The port authority's director, Ana Ruiz,", "Ana Ruiz", "port authority's director"),
    ],
)
def test_one_described_by_office_and_then_named_is_named(phrase, speaker, role):
    one = saying(f"{phrase} said the port would reopen.", "reopen")
    assert (one.speaker, one.speaker_kind, one.role) == (speaker, "named", role)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The envoys, Minister Ruiz and Secretary Lind, said the port would reopen.", "The envoys"),
        ("A union's summary, Ana Ruiz of the port, said the port would reopen.", "A union's summary"),
    ],
)
def test_several_or_no_person_described_are_not_taken_for_the_one_named_behind(text, speaker):
    assert saying(text, "reopen").speaker == speaker


def test_somebodys_deputy_is_no_deputy_minister_named_before():
    text = "Deputy Minister Ana Ruiz said the road was shut. Later Paul Oduya left, and his deputy said the road was open."
    assert saying(text, "open").speaker == "his deputy"


def test_a_name_does_not_take_words_of_the_sentence_before_for_its_office():
    text = "THE TALKS ARE NOT HAPPENING Vice President Ana Ruiz said the port would reopen."
    assert (saying(text, "reopen").speaker, saying(text, "reopen").role) == ("Ana Ruiz", "Vice President")


def test_he_is_no_sub_committee() -> None:
    text = "The Sub-Committee said on Monday that it would report. He stressed that the port was open."
    assert [one.speaker for one in statements(text) if one.cue_lemma == "stress"] == ["representative of Sub-Committee"]


@pytest.mark.parametrize("phrase", ["Ana Ruiz herself", "Ana Ruiz"])
def test_a_reflexive_is_no_part_of_a_name(phrase):
    assert saying(f"{phrase} said that the levy was too high.", "levy").speaker == "Ana Ruiz"


def test_he_himself_is_who_spoke_before():
    text = "Trade Minister Otto Lund said that the levy was fair. He himself believed that the port would pay it."
    assert saying(text, "would pay").speaker == "Otto Lund"


def test_proposals_are_their_owners_and_not_their_backgrounds():
    text = "Behind it lay the background of the Ministry of Trade's proposals for a levy on grain."
    assert saying(text, "levy").speaker == "the Ministry of Trade"
    assert (
        saying("The Minister of Finance's proposal that the levy be halved was read.", "halved").speaker
        == "The Minister of Finance"
    )


def test_a_deed_behind_a_preposition_says_nothing():
    found = statements("Norland's envoy Otto Lund said he would take a lead in placing mandated areas under the Board.")
    assert [one.speaker for one in found] == ["Otto Lund"]


def test_the_number_of_a_file_is_no_name():
    one = saying('In a letter (file AA:M111, 1928) Fane congratulated Lund on his "valuable work".', "valuable")
    assert one.speaker == "Fane"


@pytest.mark.parametrize("title", ["Bridge talks", "Norland update", "Talks in Halvik, 4 June 2031"])
def test_a_title_above_a_quotation_is_nobody(title: str) -> None:
    assert statements(f"{title}\n\n“We came here in good faith.”") == ()
    (named,) = statements(f"{title}\n\nAna Ruiz\n\n“We came here in good faith.”")
    assert named.speaker == "Ana Ruiz"


def test_a_quotation_of_several_paragraphs_is_of_whoever_is_named_at_its_end() -> None:
    text = "The sides met.\n\n“We came in good faith.\n\n“We leave with nothing.\n\n“It is over,” Fane said."
    (found,) = statements(text)
    assert found.speaker == "Fane"
    assert text[found.content[0].start :].startswith("“We came in good faith.")


@pytest.mark.parametrize("before", ["Jon Fane arrived on Monday.", "Jon Fane spoke at length.", "Jon Fane opened the session."])
def test_he_is_the_full_name_that_was_the_subject_before(before: str) -> None:
    assert statements(f"{before} He said the port was shut.")[0].speaker == "Jon Fane"


def test_he_is_no_body_and_nobody_where_others_are_named() -> None:
    assert statements("Harbour Committee met on Monday. He said the port was shut.")[0].speaker != "Harbour Committee"
    found = statements("Minister Toll left. Jon Fane arrived. He said the port was shut.")
    assert found[0].speaker is None


def test_neither_of_two_is_no_role_of_the_other() -> None:
    found = statements("Neither Toll nor Lund spoke. Lund asked for a survey.")
    assert all(one.role is None for one in found)
