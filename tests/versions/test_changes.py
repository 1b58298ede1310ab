"""Every change between two versions is found, with the words of both, and none is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.assistant import Comparison, Document, Span
from parley.assistant.evidence.versions.comparison import ComparedParagraph, compare_documents
from tests.versions.pairs import PAIRS, Expected, VersionPair


def _compare(old: str, new: str) -> Comparison:
    return compare_documents(Document.from_text(old, id="old"), Document.from_text(new, id="new"))


def _told(comparison: Comparison, item: ComparedParagraph) -> list[Expected]:
    old = comparison.old_words(item.old.span) if item.old else ""
    new = comparison.new_words(item.new.span) if item.new else ""
    if item.kind in {"changed", "renumbered"}:
        edits = [(comparison.old_words(edit.old), comparison.new_words(edit.new)) for edit in item.edits]
        return [(item.kind, item.provision, *words) for words in edits]
    return [(item.kind, item.provision, _plain(old), _plain(new))]


def _plain(text: str) -> str:
    return " ".join(text.replace("#", "").split())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_every_change_is_found_and_none_is_invented(pair: VersionPair) -> None:
    comparison = _compare(pair.old, pair.new)
    found = {told for item in comparison.changes for told in _told(comparison, item)}
    assert {"missed": pair.expected - found, "invented": found - pair.expected} == {"missed": set(), "invented": set()}


def _with_changes_made(comparison: Comparison) -> str:
    """The old version with every change made: the new version, but for white space and marks of layout."""
    return "\n\n".join(_changed(comparison, item) for item in comparison.paragraphs if item.new is not None)


def _changed(comparison: Comparison, item: ComparedParagraph) -> str:
    at = item.old.span.start if item.old else 0
    parts: list[str] = []
    for edit in item.edits:
        parts += [comparison.old_words(Span(at, edit.old.start)), " ", comparison.new_words(edit.new), " "]
        at = edit.old.end
    return "".join([*parts, comparison.old_words(Span(at, item.old.span.end))] if item.old else parts)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_old_version_with_its_changes_is_the_new_one(pair: VersionPair) -> None:
    assert _as_compared(_with_changes_made(_compare(pair.old, pair.new))) == _as_compared(pair.new)
    assert _as_compared(_with_changes_made(_compare(pair.new, pair.old))) == _as_compared(pair.old)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The Parties shall meet [twice] a year.",
            "The Parties meet in the capital of the host.",
            "Article 4. Water",
            "1. Water is shared in halves [North: and thirds].",
            "2. The gauge is read every day.",
            "(a) by the northern warden;",
            "(b) by the southern warden.",
            "No fee is taken.",
            "Done in two copies.",
        ]
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES)
def test_changes_are_conserved_whatever_the_texts(old: list[str], new: list[str]) -> None:
    comparison = _compare("\n\n".join(old), "\n\n".join(new))
    assert _as_compared(_with_changes_made(comparison)) == _as_compared("\n\n".join(new))
    shown = sorted(item.old.span for item in comparison.paragraphs if item.old)
    assert _as_compared(" ".join(comparison.old_words(span) for span in shown)) == _as_compared("\n\n".join(old))


def _as_compared(text: str) -> list[str]:
    """The words and signs without marks of layout and with straight quotation marks."""
    return re.findall(r"\w+|[^\w\s#*]", text.translate(str.maketrans("“”", '""')))


def test_lines_that_stand_apart_in_one_version_alone_are_the_same() -> None:
    lines = [f"Grade {grade} {rate} crowns an hour" for grade, rate in (("A", 10.50), ("B", 12.25), ("C", 15.75), ("D", 18.10))]
    together = f"Rates of pay\n\n{'  '.join(lines)}\n\nSigned in Ister."
    comparison = _compare(together, "\n\n".join(["Rates of pay", *lines, "Signed in Ister."]))
    assert comparison.changes == ()
    changed = _compare("\n\n".join(["Rates of pay", *lines, "Signed in Ister."]), together.replace("15.75", "16.25"))
    assert [told for item in changed.changes for told in _told(changed, item)] == [("changed", "", "15.75", "16.25")]


def _brackets(old: str, new: str) -> list[tuple[str, str, str | None, str | None]]:
    comparison = _compare(old, new)
    return [
        (
            bracket.outcome,
            bracket.owner,
            comparison.old_words(bracket.old) if bracket.old else None,
            comparison.new_words(bracket.new) if bracket.new else None,
        )
        for item in comparison.changes
        for bracket in item.brackets
    ]


def test_what_became_of_brackets_is_told() -> None:
    told = _brackets(
        "Article 3\n\nThe release is [K: 180] [H: 210] [M: 240] units, as a [daily] mean. The gauge is read by hand.",
        "Article 3\n\nThe release is 210 units, as a [daily] mean. The gauge is read [by hand] [by wire].",
    )
    assert told == [
        ("dropped", "K", "[K: 180]", None),
        ("agreed", "H", "[H: 210]", "210"),
        ("dropped", "M", "[M: 240]", None),
        ("kept", "", "[daily]", "[daily]"),
        ("opened", "", "by hand", "[by hand]"),
        ("proposed", "", None, "[by wire]"),
    ]


def test_a_sentence_is_agreed_where_one_word_of_it_is_left_in_brackets() -> None:
    whole = "[Estmark: A dispute that is not settled within ninety days goes to arbitration.]"
    agreed = "A dispute that is not settled within [ninety] [sixty] days goes to arbitration."
    assert _brackets(f"Article 5\n\n{whole}", f"Article 5\n\n{agreed}") == [
        ("agreed", "Estmark", whole, agreed),
        ("kept", "", whole, "[ninety]"),
        ("proposed", "", None, "[sixty]"),
    ]


def test_plain_values_hold_the_words_and_where_they_stand() -> None:
    comparison = _compare("Article 1\n\nThe fee is two crowns.", "Article 1\n\nThe fee is three crowns.")
    assert comparison.to_dict()["changes"] == [
        {
            "kind": "changed",
            "provision": "Article 1",
            "old": {"provision": "Article 1", "start": 11, "end": 33, "text": "The fee is two crowns."},
            "new": {"provision": "Article 1", "start": 11, "end": 35, "text": "The fee is three crowns."},
            "edits": [{"old": "two", "new": "three", "at": [[22, 25], [22, 27]]}],
            "brackets": [],
        }
    ]
    assert comparison.kept == pytest.approx(7 / 8), "words and signs"
