"""A draft may be no firmer and no weaker than the sentences it rests on: status, hedges and negations."""

from __future__ import annotations

import pytest

from parley.assistant.drafting.firmness_check import check_firmness
from parley.assistant.drafting.sources import Unit
from parley.index.types import Span, Statement


def _unit(text: str, status: str | None = None) -> Unit:
    said = Statement("d", (Span(0, 1),), None, "say", "indirect", "Lind", None, "named", status=status) if status else None  # type: ignore[arg-type]
    return Unit(Span(0, len(text)), text, frozenset(), said, instructs=False)


def _failures(sentence: str, *ground: str) -> list[str]:
    return [failure.detail for failure in check_firmness(sentence, [_unit(text) for text in ground])]


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        # A hedge in the same words.
        ("The harbour will probably close in June.", "The harbour will probably close in June."),
        # Of two hedges that grammar brings along, either will do.
        ("The harbour might close in June.", "The harbour could close in June."),
        # "would" told in another tense.
        ("The harbour will close in June.", "Lind said that the harbour would close in June."),
        ("Lind plans that the harbour closes in June.", "Lind said that the harbour would close in June."),
        # May is a month.
        ("The harbour closed in the spring.", "The harbour closed in May in the spring."),
        # The hedge is about something else.
        ("The harbour will close in June.", "The harbour will close in June. Ferries possibly sail to Ostle instead."),
        # A hedge that opens the sentence, in both.
        ("Reportedly the harbour will close in June.", "Reportedly the harbour will close in June."),
        # A negation in the same words, or as a verb that denies.
        ("The union did not accept the offer.", "The union did not accept the offer."),
        ("The union was unwilling to take the offer.", "The union was not willing to take the offer."),
        # A verb that is denied states nothing.
        ("Norland has not withdrawn the fee.", "Norland has not dropped the fee."),
        # The negation is about something else.
        ("The union took the ferry to Ostle.", "The union took the ferry to Ostle. Pilots were not paid for nights."),
    ],
)
def test_what_keeps_its_firmness_passes(sentence: str, ground: str) -> None:
    assert _failures(sentence, ground) == []


@pytest.mark.parametrize(
    ("sentence", "ground", "told"),
    [
        ("The harbour will close in June.", "The harbour will probably close in June.", "“probably”, which is left out"),
        # A hedge at the end bears on what stands before it.
        ("The harbour will close in June.", "The harbour will close in June, reportedly.", "“reportedly”, which is left out"),
        ("The harbour closed in June.", "The harbour could close in June.", "“could”, which is left out"),
        # Only "would" is a tense; the others are not told by "will".
        ("The harbour will close in June.", "The harbour might close in June.", "“might”, which is left out"),
        ("The harbour closed in June.", "Lind said that the harbour would close in June.", "“would”, which is left out"),
        (
            "The harbour will reportedly close in June.",
            "The harbour will close in June.",
            "“reportedly”, which the source does not",
        ),
        ("The union took the offer.", "The union did not take the offer.", "“not”, which is left out"),
        ("The union did not take the offer.", "The union took the offer.", "“not”, which the source does not"),
        ("The two sides agreed on a fee.", "The two sides discussed a fee.", "“agreed”, which the source does not"),
        ("The two sides agreed on a fee.", "The two sides agreed in principle on a fee.", "“agreed”, which the source does not"),
        ("Norland rejected the fee.", "Norland discussed the fee.", "“rejected”, which the source does not"),
        ("Norland withdrew the fee.", "Norland discussed the fee.", "“withdrawn”, which the source does not"),
        ("Norland demanded the fee.", "Norland discussed the fee.", "“demanded”, which the source does not"),
    ],
)
def test_what_changes_how_firm_a_thing_is_fails(sentence: str, ground: str, told: str) -> None:
    assert any(told in failure for failure in _failures(sentence, ground)), _failures(sentence, ground)


def test_one_hedge_does_not_stand_for_another_that_must_be_kept() -> None:
    # "could" is there, and "reportedly" is not.
    assert any("reportedly" in told for told in _failures("The harbour could close.", "The harbour could reportedly close."))


def test_the_hedge_of_one_clause_is_not_asked_of_another() -> None:
    ground = "The pilots may strike in June; the harbour closes in May."
    assert _failures("The harbour closes in May.", ground) == []


def test_a_status_may_stand_where_the_statement_has_it() -> None:
    sentence, unit = "The two sides agreed on a fee.", "Both spoke of a fee on which they were at one."
    assert check_firmness(sentence, [_unit(unit, "agreed")]) == []
    assert check_firmness(sentence, [_unit(unit, "proposed")]) != []


def test_a_status_of_one_of_several_sentences_is_enough() -> None:
    assert _failures("Norland rejected the fee.", "Norland discussed the fee.", "Norland rejected the fee.") == []


def test_a_denied_verb_states_nothing() -> None:
    ground = "The fee was not agreed."
    assert _failures("The fee was not agreed.", ground) == []
    assert any("agreed" in told for told in _failures("The fee was agreed.", ground))
