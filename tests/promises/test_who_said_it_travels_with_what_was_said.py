"""Speaker, role, outlet, the reporter's cue verb and hedges stay with the claim; no speaker and no voice is invented."""

from __future__ import annotations

import pytest

from parley import Answer, Assistant, Citation
from parley.index.types import Statement
from tests.promises.documents import QUESTIONS


def _said(citation: Citation) -> Statement:
    assert citation.statement is not None
    return citation.statement


def test_name_role_addressee_and_cue_stand_beside_the_claim(lake: Assistant) -> None:
    answer = lake.ask("Who said that Estavia would cut its catch?")
    cited = answer.citations[0]
    assert (_said(cited).speaker, _said(cited).speaker_kind) == ("Orla Brandt", "named")
    for told in ("Orla Brandt", "Estavia's fisheries minister", "Lake Courier", "told"):
        assert told in cited.attribution
    assert "Orla Brandt" in answer.sentences[0].text


def test_somebody_unnamed_stays_unnamed(lake: Assistant) -> None:
    cited = lake.ask("What does the diplomat close to the Varnish delegation make of the offer?").citations[0]
    assert _said(cited).speaker_kind == "anonymous"
    assert "unnamed" in cited.attribution
    assert "potentially a way out" in cited.quote


def test_a_pronoun_is_told_with_the_name_it_stands_for(lake: Assistant) -> None:
    cited = lake.ask('Whose words are "We have counted the nets twice"?').citations[0]
    assert _said(cited).speaker == "Orla Brandt"


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_has_a_speaker_is_told_with_one_and_the_rest_is_not(answers: dict[str, Answer], question: str) -> None:
    for cited in answers[question].citations:
        if cited.statement is not None and cited.statement.speaker:
            assert cited.statement.speaker.split()[-1] in cited.attribution
            assert "own voice" not in cited.attribution
        elif cited.statement is not None:
            assert "not identified" in cited.attribution
            assert "own voice" not in cited.attribution
        else:
            # The document itself asserts it, or it stands in quotation marks of nobody's.
            assert ("own voice" in cited.attribution) != ("not identified" in cited.attribution)


def test_a_quotation_without_a_speaker_is_nobodys_and_not_the_documents(lake: Assistant) -> None:
    quoted = [item for item in lake.ask("Who should feed the gulls?").citations if "feed the gulls" in item.quote]
    assert quoted
    assert all("own voice" not in item.attribution for item in quoted)
