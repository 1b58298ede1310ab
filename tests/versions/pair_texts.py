"""The texts of the pairs in pairs.py, all invented."""

from __future__ import annotations

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
