"""Thirteen pairs of versions, written for this check, and every change that a reader finds between them.

An expected change is (kind, provision, words of the old version, words of the new version). For "changed" the words are
those that differ; for the other kinds the paragraph, and for "renumbered" the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.versions.pair_texts import (
    CEASEFIRE_NEW,
    CEASEFIRE_OLD,
    DIVIDED_NEW,
    DIVIDED_OLD,
    FIRMNESS_NEW,
    FIRMNESS_OLD,
    FISHERY_NEW,
    FISHERY_OLD,
    LEASE_NEW,
    LEASE_OLD,
    LETTERS_NEW,
    LETTERS_OLD,
    OPTIONS_NEW,
    OPTIONS_OLD,
    REOPENED_NEW,
    REOPENED_OLD,
    SAME,
    SAME_IN_MARKDOWN,
    STATEMENT_NEW,
    STATEMENT_OLD,
    UNRELATED_NEW,
    UNRELATED_OLD,
    WAGES_NEW,
    WAGES_OLD,
    WRAPPED_NEW,
    WRAPPED_OLD,
)

Expected = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class VersionPair:
    """Two versions and what changed between them."""

    name: str
    old: str
    new: str
    expected: frozenset[Expected]


PAIRS = (
    VersionPair(
        "a draft with brackets and its final form",
        FISHERY_OLD,
        FISHERY_NEW,
        frozenset(
            {
                ("changed", "Article 1", "30 June", "15 July"),
                ("changed", "Article 2, paragraph 1", "[40] [", ""),
                ("changed", "Article 2, paragraph 1", "]", ""),
                ("added", "Article 2, paragraph 3", "", "3. A catch above the limit is deducted from that of the next year."),
            }
        ),
    ),
    VersionPair(
        "an article moved up",
        CEASEFIRE_OLD,
        CEASEFIRE_NEW,
        frozenset(
            {
                ("changed", "Article 1", "midnight", "noon"),
                ("changed", "Article 1", "of", "after"),
                ("moved", "Article 2", "Article 4. Road", "Article 2. Road"),
                (
                    "moved",
                    "Article 2",
                    "The coast road is opened to traffic of all kinds.",
                    "The coast road is opened to traffic of all kinds.",
                ),
                ("renumbered", "Article 3", "2", "3"),
                ("changed", "Article 3", "They may go wherever they wish.", ""),
                ("renumbered", "Article 4", "3", "4"),
            }
        ),
    ),
    VersionPair(
        "an amended contract with a section put in",
        WAGES_OLD,
        WAGES_NEW,
        frozenset(
            {
                ("changed", "Section 1", "3", "4.5"),
                ("added", "Section 3", "", "Section 3. Shifts. No shift is longer than ten hours."),
                ("changed", "Section 4", "3", "4"),
                ("changed", "Section 4", "twenty", "twenty-two"),
                ("changed", "Section 5", "4", "5"),
                ("changed", "Section 5", "2031", "2032"),
            }
        ),
    ),
    VersionPair(
        "a statement and its correction",
        STATEMENT_OLD,
        STATEMENT_NEW,
        frozenset(
            {
                ("changed", "", "", "(corrected)"),
                ("changed", "", "Monday, 4", "Tuesday, 5"),
                ("added", "", "", "Tickets for Monday remain valid."),
            }
        ),
    ),
    VersionPair(
        "options of which one is taken",
        OPTIONS_OLD,
        OPTIONS_NEW,
        frozenset(
            {
                ("deleted", "Article 6, Option A", "Option A: New works need the consent of all Parties.", ""),
                ("changed", "Article 6", "Option B:", ""),
                ("changed", "Article 7", "[The Parties share all readings.] [", ""),
                ("changed", "Article 7", "]", ""),
            }
        ),
    ),
    VersionPair(
        "lines wrapped otherwise",
        WRAPPED_OLD,
        WRAPPED_NEW,
        frozenset({("changed", "", "", "and Sundays"), ("changed", "", "could not agree", "agreed")}),
    ),
    VersionPair(
        "two letters of a list changed places",
        LETTERS_OLD,
        LETTERS_NEW,
        frozenset(
            {
                ("renumbered", "Article 3, paragraph a", "b", "a"),
                (
                    "moved",
                    "Article 3, paragraph b",
                    '(a) "goods" means timber and boards;',
                    '(b) "goods" means timber, boards and pulp;',
                ),
            }
        ),
    ),
    VersionPair(
        "a paragraph divided in two",
        DIVIDED_OLD,
        DIVIDED_NEW,
        frozenset({("changed", "Article 9", "two thirds", "three quarters")}),
    ),
    VersionPair("the same text with other marks", SAME, SAME_IN_MARKDOWN, frozenset()),
    VersionPair(
        "texts that have nothing to do with each other",
        UNRELATED_OLD,
        UNRELATED_NEW,
        frozenset(
            {
                *(("deleted", "", paragraph, "") for paragraph in UNRELATED_OLD.strip().split("\n\n")),
                *(("added", "", "", paragraph) for paragraph in UNRELATED_NEW.strip().split("\n\n")),
            }
        ),
    ),
    VersionPair(
        "a firmer resolution",
        FIRMNESS_OLD,
        FIRMNESS_NEW,
        frozenset(
            {
                ("changed", "Paragraph 1", "Calls upon", "Demands that"),
                ("changed", "Paragraph 1", "to", ""),
                ("added", "Paragraph 2", "", "2. Decides that no vessel above 200 tonnes shall enter until it does;"),
                ("changed", "Paragraph 3", "2", "3"),
                ("changed", "Paragraph 3", "a year", "six months"),
                ("renumbered", "Paragraph 4", "3", "4"),
            }
        ),
    ),
    VersionPair(
        "words put in brackets again",
        REOPENED_OLD,
        REOPENED_NEW,
        frozenset(
            {
                ("changed", "Article 12", "", "["),
                ("changed", "Article 12", "", "] [ninety]"),
                ("changed", "Article 13", "", "[North:"),
                ("changed", "Article 13", "", "]"),
            }
        ),
    ),
    VersionPair(
        "another clause under the number of one that is gone",
        LEASE_OLD,
        LEASE_NEW,
        frozenset(
            {
                (
                    "deleted",
                    "Paragraph 6",
                    "6. Subletting. The tenant may not sublet any part of the hall without the landlord's consent.",
                    "",
                ),
                (
                    "moved",
                    "Paragraph 6",
                    "8. Deposit. The tenant pays a deposit of [three] [four] months' rent.",
                    "6. Deposit. The tenant pays a deposit of three months' rent.",
                ),
                ("changed", "Paragraph 7", "nine", "six"),
            }
        ),
    ),
)
