"""Subjects that deny their verb, two speakers in one sentence, and what is no speaker at all."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.speakers import cue_words
from parley.index.types import Document
from tests.statements.reading import read, saying, statements


@pytest.mark.parametrize(
    ("text", "speaker", "denying"),
    [
        ("Neither Norland nor Velmark demanded a veto.", "Neither Norland nor Velmark", ["Neither", "nor"]),
        ("Neither the union nor the port demanded a veto.", "Neither the union nor the port", ["Neither", "nor"]),
        ("Neither side demanded a veto.", "Neither side", ["Neither"]),
        ("Neither of them demanded a veto.", "Neither of them", ["Neither"]),
        ("None of the delegates demanded a veto.", "None of the delegates", ["None"]),
        ("Nobody demanded a veto.", "Nobody", ["Nobody"]),
        ("Nobody from the ministry demanded a veto.", "Nobody from the ministry", ["Nobody"]),
        ("No one at the ministry demanded a veto.", "No one at the ministry", ["No one"]),
        ("No delegation demanded a veto.", "No delegation", ["No"]),
        ("Not one delegate demanded a veto.", "Not one delegate", ["Not one"]),
        ("Not all delegates demanded a veto.", "Not all delegates", ["Not"]),
    ],
)
def test_a_subject_that_denies_its_verb_is_told_with_it(text, speaker, denying):
    one = saying(text, "a veto")
    assert (one.speaker, one.speaker_kind, one.party, one.status) == (speaker, "collective", None, "none")
    assert [text[start:end] for start, end in one.negations] == denying
    assert cue_words(Document.from_text(text, id="text"), one) == "demanded"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nobody but Norland demanded a veto.", "Norland"),
        ("Not Norland but Velmark demanded a veto.", "Velmark"),
        ("Not surprisingly, Norland demanded a veto.", "Norland"),
    ],
)
def test_a_denial_of_others_leaves_the_demand(text, speaker):
    one = saying(text, "a veto")
    assert (one.speaker, one.status, one.negations) == (speaker, "demanded", ())


def test_what_neither_agreed_to_is_open():
    assert saying("Neither Lind nor Oduya agreed to open the port.", "open the port").status == "open"


def test_a_denied_demand_inside_a_report_is_denied():
    one = saying("Lind said that neither Norland nor Velmark demanded a veto.", "a veto")
    assert (one.speaker, one.relay, one.status) == ("neither Norland nor Velmark", ("Lind",), "none")


def test_those_denied_can_be_meant_by_they():
    text = "None of the envoys demanded a veto. They said the talks were short."
    assert (saying(text, "short").speaker, saying(text, "short").resolved_by) == ("the envoys", "pronoun")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norland no longer insists that the base be closed.", "base be closed"),
        ("Norland No Longer Insists On A Veto", "A Veto"),
    ],
)
def test_no_longer_denies_and_is_no_speaker(text, words):
    one = saying(text, words)
    assert (one.speaker, one.status) == ("Norland", "none")
    assert cue_words(Document.from_text(text, id="text"), one).lower().startswith("no longer insists")


@pytest.mark.parametrize(
    "text",
    [
        "No longer insists on a veto.",
        "No Longer Insists On A Veto: Norland",
        "Still insists that the port be closed.",
        "Once again demanded that the base be closed.",
        "Not only demanded a veto but also walked out.",
    ],
)
def test_a_fragment_without_a_subject_has_no_speaker(text):
    assert statements(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "1.2 billion demanded that the port be closed.",
        "They can pay $12,500 in small claims that the court hears.",
        "The song came out in March 1983, titled: “The Captain and the Ship and the Sea”.",
    ],
)
def test_a_number_or_a_sum_says_nothing(text):
    assert [one.speaker for one in statements(text) if one.speaker and not any(map(str.isalpha, one.speaker))] == []
    assert not any(words.speaker and words.speaker.startswith(("$", "1.2", "200")) for words in read(text))


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("About 33% of voters said the port should close.", "port", "33% of voters"),
        ("According to Port Code § 110.5, records must be kept.", "records", "Port Code § 110.5"),
        ("“It is over,” said the 46-year-old.", "over", "the 46-year-old"),
    ],
)
def test_a_number_stays_with_what_it_counts(text, words, speaker):
    assert saying(text, words).speaker == speaker


@pytest.mark.parametrize(
    ("text", "outlet", "reporter", "content"),
    [
        ("Lind told USA TODAY that the port was full.", "USA TODAY", None, "the port was full"),
        ("Lind told USA TODAY's Ana Ruiz that the port was full.", "USA TODAY", "Ana Ruiz", "the port was full"),
        ("“The port is full,” Lind told USA Today.", "USA Today", None, "“The port is full,”"),
        ("Lind told USA TODAY: The port is full.", "USA TODAY", None, "The port is full"),
    ],
)
def test_a_time_in_an_outlets_name_belongs_to_it(text, outlet, reporter, content):
    one = saying(text, "full")
    assert (one.speaker, one.outlet, one.reporter) == ("Lind", outlet, reporter)
    assert [text[start:end] for start, end in one.content] == [content]


def test_an_outlets_first_word_is_no_party():
    assert saying("Ana Ruiz, USA TODAY's editor, said the port was full.", "full").party != "USA"


@pytest.mark.parametrize(
    "text",
    [
        "The choir is on the road with its new songs, “Harbour Nights,” until May.",
        "The barrier had beds of nails between its towers, “fakir beds,” and a trench.",
        "The court knows three kinds of rule, “mode,” “means” and “measure”.",
    ],
)
def test_a_title_or_a_word_at_arms_length_is_nobodys_quotation(text):
    assert statements(text) == ()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Lind called the plan on Monday, before the vote, “dead.”", "“dead.”"),
        ("Her answer to Lind took a day, “We were never asked to come.”", "“We were never asked to come.”"),
    ],
)
def test_a_quotation_behind_a_comma_keeps_its_speaker(text, quoted):
    assert [quoted] in [one.content for one in read(text)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The company rejects a veto, and the union rejects a lockout.",
            ("The company", "rejects", "a veto"),
            ("the union", "rejects", "a lockout"),
        ),
        (
            "Norland rejects a veto and Velmark demands a pause.",
            ("Norland", "rejects", "a veto"),
            ("Velmark", "demands", "a pause"),
        ),
        (
            "Norland proposes a truce and a pause and Velmark demands a treaty.",
            ("Norland", "proposes", "a truce and a pause"),
            ("Velmark", "demands", "a treaty"),
        ),
        (
            "Norland rejects a veto while Velmark demands a pause.",
            ("Norland", "rejects", "a veto"),
            ("Velmark", "demands", "a pause"),
        ),
        (
            "Norland rejects a veto; Velmark demands a pause.",
            ("Norland", "rejects", "a veto"),
            ("Velmark", "demands", "a pause"),
        ),
        (
            "Norland did not reject a veto and Velmark did not demand one.",
            ("Norland", "reject", "a veto"),
            ("Velmark", "demand", "one"),
        ),
        (
            "Norland said it was content with the draft and Velmark said it was not.",
            ("Norland", "said", "it was content with the draft"),
            ("Velmark", "said", "it was not"),
        ),
        (
            "The company said that it rejects a veto, and the union said it would strike.",
            ("The company", "said", "it rejects a veto"),
            ("the union", "said", "it would strike"),
        ),
    ],
)
def test_two_parties_in_one_sentence_have_a_statement_each(text, first, second):
    assert [(one.speaker, one.cue, *one.content) for one in read(text)] == [first, second]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Norland rejected the truce and the treaty.", "Norland", "the truce and the treaty"),
        ("Norland and Velmark demanded a pause.", "Norland and Velmark", "a pause"),
        (
            "Lind said Ruiz and Oduya told him that the port was open.",
            "Lind",
            "Ruiz and Oduya told him that the port was open",
        ),
        (
            "Lind said the company rejects a veto, and the union rejects a lockout.",
            "Lind",
            "the company rejects a veto, and the union rejects a lockout",
        ),
    ],
)
def test_what_only_looks_joined_stays_whole(text, speaker, content):
    assert [(one.speaker, *one.content) for one in read(text)] == [(speaker, content)]
