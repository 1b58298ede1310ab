"""How firm a statement is: the text's own grade, never a firmer one; hedges and negations as spans."""

import pytest

from tests.statements.reading import saying


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("Norland demanded that the base be closed.", "base be closed", "demanded"),
        ("Norland proposed a joint patrol of the strait.", "joint patrol", "proposed"),
        ('"We suggested a joint patrol," the envoy told Reuters.', "joint patrol", "proposed"),
        ("Norland offered a truce of ten days.", "truce", "offered"),
        ("The envoy offered insight into the mood of the room.", "insight", "none"),
        ("Norland called for a meeting of the ministers.", "meeting", "called_for"),
        ("Lind said a meeting of ministers should be held.", "meeting", "called_for"),
        ("Norland rejected the second draft.", "second draft", "rejected"),
        ("Norland did not reject the second draft.", "second draft", "none"),
        ("Norland agreed to open the port.", "open the port", "agreed"),
        ("Norland did not agree to open the port.", "open the port", "open"),
        ("Norland would agree to open the port.", "open the port", "none"),
        ("Lind said both sides agreed in principle to meet again.", "meet again", "agreed_in_principle"),
        ("Lind said the round resulted in an agreement to exchange lists.", "exchange lists", "agreed"),
        ("Lind said that no agreement was reached on lists.", "on lists", "open"),
        ("Lind said a tentative agreement was reached on lists.", "on lists", "agreed_in_principle"),
        ("Lind said the team was ready to sign a truce.", "truce", "offered"),
        ("Lind said that Norland had withdrawn its offer on pay.", "offer on pay", "withdrawn"),
        ("Lind said the weather was fine.", "weather", "none"),
        ('"I do not reject the second draft," Lind said.', "second draft", "none"),
        ("Lind said that Norland had never demanded an apology.", "apology", "none"),
        ('"We demanded an apology and never refused to talk," Lind said.', "apology", "demanded"),
        ('"Article 6 is agreed ad referendum," Lind said.', "Article 6", "agreed_in_principle"),
        ("Lind said they agreed to open the port, subject to parliamentary approval.", "the port", "agreed_in_principle"),
    ],
)
def test_status_is_the_texts_own_grade(text, words, status):
    assert saying(text, words).status == status


@pytest.mark.parametrize(
    ("text", "words", "hedges", "negations"),
    [
        ("Lind reportedly discussed the list with Oduya.", "the list", ["reportedly"], []),
        ('"It is potentially good news," Lind said.', "good news", ["potentially"], []),
        ("Lind said the team seemed tired and probably had no mandate.", "mandate", ["seemed", "probably"], ["no"]),
        ("He did not specify what these were.", "what these were", [], ["not"]),
        ("Lind said they agreed in principle to meet.", "to meet", ["in principle"], []),
        ("Lind said it wasn’t over.", "over", [], ["n’t"]),
        ("Lind said the port was open.", "port", [], []),
    ],
)
def test_hedges_and_negations_are_spans(text, words, hedges, negations):
    one = saying(text, words)
    assert [text[start:end] for start, end in one.hedges] == hedges
    assert [text[start:end] for start, end in one.negations] == negations
    assert one.negated is bool(negations)


@pytest.mark.parametrize(
    ("text", "words", "lemma", "stance"),
    [
        ("Norland's envoy demanded an apology.", "apology", "demand", "demand"),
        ("Lind warned that time was short.", "time was short", "warn", "warn"),
        ("Lind called for a truce.", "truce", "call for", "call_for"),
        ("Lind believes the list is final.", "list is final", "believe", "believe"),
        ("Lind welcomed the draft.", "the draft", "welcome", "welcome"),
        ("Its offer to open the port came late.", "open the port", "offer", "offer"),
    ],
)
def test_stance_is_the_class_of_the_cue_as_written(text, words, lemma, stance):
    one = saying(text, words)
    assert (one.cue_lemma, one.stance) == (lemma, stance)
