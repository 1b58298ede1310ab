"""Thirteen pairs of versions, written for this check, and every change that a reader finds between them.

An expected change is (kind, provision, words of the old version, words of the new version). For "changed" the words are
those that differ; for the other kinds the paragraph, and for "renumbered" the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

Expected = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class VersionPair:
    """Two versions and what changed between them."""

    name: str
    old: str
    new: str
    expected: frozenset[Expected]


FISHERY_OLD = """\
Agreement on the Herring Fishery of the Sound

Article 1. Season

The season opens on 1 April and closes on 30 June.

Article 2. Catch

1. The total catch shall not exceed [40] [60] thousand tonnes a year.

2. Each Party reports its catch every month.

Article 3. Inspection

Inspectors of either Party may board a vessel in port.

Article 4. Disputes

A dispute is settled by talks between the Parties.
"""

FISHERY_NEW = """\
Agreement on the Herring Fishery of the Sound

Article 1. Season

The season opens on 1 April and closes on 15 July.

Article 2. Catch

1. The total catch shall not exceed 60 thousand tonnes a year.

2. Each Party reports its catch every month.

3. A catch above the limit is deducted from that of the next year.

Article 3. Inspection

Inspectors of either Party may board a vessel in port.

Article 4. Disputes

A dispute is settled by talks between the Parties.
"""

CEASEFIRE_OLD = """\
# Terms for a Pause in the Fighting

## Article 1. Halt

The Parties stop all attacks at midnight on the day of signature.

## Article 2. Monitors

Monitors of neutral states watch the line. They may go wherever they wish.

## Article 3. Prisoners

Each Party releases all wounded prisoners within ten days.

## Article 4. Road

The coast road is opened to traffic of all kinds.
"""

CEASEFIRE_NEW = """\
# Terms for a Pause in the Fighting

## Article 1. Halt

The Parties stop all attacks at noon on the day after signature.

## Article 2. Road

The coast road is opened to traffic of all kinds.

## Article 3. Monitors

Monitors of neutral states watch the line.

## Article 4. Prisoners

Each Party releases all wounded prisoners within ten days.
"""

WAGES_OLD = """\
Memorandum between the Harbour Company and the Dockers' Union

Section 1. Wages. The hourly rate rises by 3 per cent on 1 January.

Section 2. Overtime. Hours beyond forty a week are paid at one and a half times the rate.

Section 3. Holidays. Each worker has twenty days of leave a year.

Section 4. Term. This Memorandum ends on 31 December 2031.
"""

WAGES_NEW = """\
Memorandum between the Harbour Company and the Dockers' Union

Section 1. Wages. The hourly rate rises by 4.5 per cent on 1 January.

Section 2. Overtime. Hours beyond forty a week are paid at one and a half times the rate.

Section 3. Shifts. No shift is longer than ten hours.

Section 4. Holidays. Each worker has twenty-two days of leave a year.

Section 5. Term. This Memorandum ends on 31 December 2032.
"""

STATEMENT_OLD = """\
Statement by the Ministry of Transport

The ferry link will reopen on Monday, 4 March.

Talks with the crews ended last night without a result.

"We have offered everything we can", the minister said.
"""

STATEMENT_NEW = """\
Statement by the Ministry of Transport (corrected)

The ferry link will reopen on Tuesday, 5 March.

Talks with the crews ended last night without a result.

“We have offered everything we can”, the minister said.

Tickets for Monday remain valid.
"""

OPTIONS_OLD = """\
Draft Convention on the Lake

Article 5. Level

The level of the lake is kept between [410: and] 412 and 415 metres.

Article 6. Works

Option A: New works need the consent of all Parties.

Option B: New works need notice to all Parties.

Article 7. Data

[The Parties share all readings.] [The Parties share readings on request.]
"""

OPTIONS_NEW = """\
Draft Convention on the Lake

Article 5. Level

The level of the lake is kept between [410: and] 412 and 415 metres.

Article 6. Works

New works need notice to all Parties.

Article 7. Data

The Parties share readings on request.
"""

WRAPPED_OLD = """\
JOINT COMMUNIQUE

The two delegations met in the town hall from Monday to Wednesday and
agreed to meet again. They thanked the mayor for his hospitality and
the interpreters for their patience.

They agreed to open the border crossing at the mill on Fridays.

They could not agree on the price of grain.
"""

WRAPPED_NEW = """\
JOINT COMMUNIQUE

The two delegations met in the town hall from Monday to Wednesday and agreed to
meet again. They thanked the mayor for his hospitality and the interpreters for
their patience.

They agreed to open the border crossing at the mill on Fridays and Sundays.

They agreed on the price of grain.
"""

LETTERS_OLD = """\
Article 3. Definitions

For the purposes of this Contract:

(a) "goods" means timber and boards;

(b) "delivery" means delivery at the quay;

(c) "price" means the price in Annex 1.

Article 4. Payment

The buyer pays within thirty days of delivery.
"""

LETTERS_NEW = """\
Article 3. Definitions

For the purposes of this Contract:

(a) "delivery" means delivery at the quay;

(b) "goods" means timber, boards and pulp;

(c) "price" means the price in Annex 1.

Article 4. Payment

The buyer pays within thirty days of delivery.
"""

DIVIDED_OLD = """\
Article 9. Review

The Parties review this Treaty every five years. A review conference is called by the depositary, who sends out \
invitations six months before it opens. Decisions of the conference need two thirds of the Parties present.

Article 10. Languages

The texts in both languages are equally authentic.
"""

DIVIDED_NEW = """\
Article 9. Review

The Parties review this Treaty every five years.

A review conference is called by the depositary, who sends out invitations six months before it opens. Decisions of the \
conference need three quarters of the Parties present.

Article 10. Languages

The texts in both languages are equally authentic.
"""

SAME = """\
Article 1

The bridge belongs to both towns.

Article 2

Each town pays half.
"""

SAME_IN_MARKDOWN = """\
## Article 1

The bridge belongs to **both** towns.

## Article 2

Each town pays half.
"""

UNRELATED_OLD = """\
Letter to the Governor

The harvest has failed in the upper valley, and the stores are empty.

We ask for seed before the spring.
"""

UNRELATED_NEW = """\
Rules of the Rowing Club

Members pay their dues in May.

Boats are returned clean.
"""

FIRMNESS_OLD = """\
Resolution on the Old Harbour

1. Calls upon the Port Authority to dredge the channel;

2. Requests the Secretary to report within a year;

3. Decides to remain seized of the matter.
"""

FIRMNESS_NEW = """\
Resolution on the Old Harbour

1. Demands that the Port Authority dredge the channel;

2. Decides that no vessel above 200 tonnes shall enter until it does;

3. Requests the Secretary to report within six months;

4. Decides to remain seized of the matter.
"""

REOPENED_OLD = """\
Article 12. Entry into force

This Protocol enters into force thirty days after the third ratification.

Article 13. Reservations

No reservations may be made to this Protocol.
"""

REOPENED_NEW = """\
Article 12. Entry into force

This Protocol enters into force [thirty] [ninety] days after the third ratification.

Article 13. Reservations

[North: No reservations may be made to this Protocol.]
"""

LEASE_OLD = """\
5. Use. The tenant shall not store explosives or live animals.

6. Subletting. The tenant may not sublet any part of the hall without the landlord's consent.

7. Notice. Either side may end the lease with nine months' notice to the end of a quarter.

8. Deposit. The tenant pays a deposit of [three] [four] months' rent.
"""

LEASE_NEW = """\
5. Use. The tenant shall not store explosives or live animals.

6. Deposit. The tenant pays a deposit of three months' rent.

7. Notice. Either side may end the lease with six months' notice to the end of a quarter.
"""

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
