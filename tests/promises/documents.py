"""Invented documents on a quarrel about fish, with a bit of everything that makes attribution hard."""

from __future__ import annotations

DOCUMENTS = {
    "courier.md": """---
title: Talks on the Ormund quota
date: 2031-06-03
outlet: Lake Courier
---

# Talks on the Ormund quota

Estavia's fisheries minister, Orla Brandt, told the Lake Courier on Monday \
that her country would cut its catch to 4,200 tonnes. "We have counted the nets twice," she said.

A diplomat close to the Varnish delegation, who asked not to be named, \
said the offer was "potentially a way out". The diplomat had learned of it from a fax.

The harbour master of Ostle, Piet Hamm, denied that the patrol boats had been withdrawn. \
Estavia reportedly plans to close the southern weir in August.

If the catch falls below 3,000 tonnes, Varnland will open its hatchery, its envoy Dag Moen said.

The round ended after six hours, according to the Lake Courier's reporter.
""",
    "gazette.txt": """THE OSTLE GAZETTE, 4 June 2031

Estavia's fisheries minister, Orla Brandt, put the catch at 4,900 tonnes in Monday's session, \
the delegation's spokesman Ruben Falk said.

The session lasted four hours, Falk said. He hoped that a protocol would be signed before the autumn.

"Somebody should feed the gulls."

Falk declined to comment on the weir.
""",
    "minutes.txt": """MINUTES OF THE JOINT FISHERIES BOARD

Ostle, 2 June 2031

1. The Board elected Ms Liv Tarn as chair.

2. Mr Moen proposed a net size of 90 millimetres. Ms Brandt rejected the proposal.

3. The parties agreed in principle to share sonar readings every week.

4. The Board will meet again on 15 September 2031 in Ostle.
""",
    "letter.txt": """From: Association of Lake Pilots
To: The Joint Fisheries Board
Date: 28 May 2031

Dear members of the Board,

We ask that pilots be paid for nights spent at the weir. Nobody has asked us.

Yours faithfully,
the pilots
""",
}
QUESTIONS = (
    "Who said that Estavia would cut its catch?",
    "How many tonnes does Orla Brandt want to catch?",
    'Whose words are "We have counted the nets twice"?',
    "Did the harbour master withdraw the patrol boats?",
    "What does the diplomat close to the Varnish delegation make of the offer?",
    "Is the southern weir going to be closed?",
    "How long did the session last?",
    "Who chairs the Joint Fisheries Board?",
    "What net size was proposed, and by whom?",
    "What have the parties agreed on sonar readings?",
    "When and where does the Board meet next?",
    "What do the pilots want?",
    "Who should feed the gulls?",
    "Will Varnland open its hatchery?",
    "Has a protocol been signed?",
    "so what did falk say about the weir",
    "Give me the catch figures from Monday.",
    "Tell me everything on the nets.",
)
UNANSWERABLE = (
    "How old is Orla Brandt?",
    "What is the depth of Lake Ormund?",
    "Who painted the ceiling of the town hall in Ostle?",
    "What did the prime minister of Varnland say about railways?",
)
