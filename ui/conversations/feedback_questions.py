"""Feedback as questions for the eval suite: what was asked, and what the verdict says a right answer must be like.

| verdict | what is checked |
|---|---|
| right | the same status, a speaker and the places that were cited |
| wrong source, not supported | not the quotation that was cited, where there was only one |
| wrong speaker | not the speaker who was named, where there was only one; else `wrong_speaker`, unscored, for a person |
| should have answered | an answer of any kind |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parley.assistant import Answer
from parley.assistant.particulars import DocumentLookup
from parley.ui.conversations.database import Database
from parley.ui.conversations.feedback import FeedbackStore
from parley.ui.conversations.store import ConversationStore
from parley.ui.conversations.turns import Exchange

_ANSWERS = ["answered", "partly", "accounts_differ"]


def feedback_questions(database: Database, lookup: DocumentLookup) -> list[dict[str, Any]]:
    """One question for each answer that somebody judged, in the order of the conversations' first feedback.

    A follow-up question comes with the questions asked before it, so that it is completed as it was then.
    """
    store = ConversationStore(database, lookup)
    questions = []
    for number, conversation in enumerate(FeedbackStore(database).conversations(), start=1):
        exchanges = [item for item in store.exchanges(conversation) if item.answer is not None]
        for place, exchange in enumerate(exchanges):
            if exchange.feedback is not None and exchange.answer is not None:
                asked = _asked(exchange, exchanges[:place])
                gold = _GOLD[exchange.feedback.verdict](exchange.answer)
                questions.append(
                    {
                        "id": f"feedback-{exchange.id}",
                        "kind": exchange.feedback.verdict,
                        "conversation": f"conversation-{number}",
                        **asked,
                        **gold,
                        "note": exchange.feedback.note,
                    }
                )
    return questions


def _asked(exchange: Exchange, before: Sequence[Exchange]) -> dict[str, Any]:
    asked: dict[str, Any] = {"question": exchange.question}
    if exchange.standalone.strip() != exchange.question.strip():
        asked |= {"turns": [*(item.question for item in before), exchange.question], "standalone": exchange.standalone}
    return asked


def _right(answer: Answer) -> dict[str, Any]:
    speakers = dict.fromkeys(item.statement.speaker for item in answer.citations if item.statement and item.statement.speaker)
    gold: dict[str, Any] = {"answerable": not answer.abstained, "expected_status": [answer.status]}
    if answer.citations and not answer.abstained:
        gold["gold_doc_ids"] = list(dict.fromkeys(item.document.id for item in answer.citations))
        gold["gold_span"] = [
            {"doc_id": item.document.id, "start": item.start, "end": item.end, "quote": item.quote} for item in answer.citations
        ]
    return gold | ({"speaker": list(speakers)} if speakers else {})


def _not_this(answer: Answer) -> dict[str, Any]:
    quotes = {item.quote for item in answer.citations}
    return {"must_not_contain": sorted(quotes)} if len(quotes) == 1 else {}


def _not_them(answer: Answer) -> dict[str, Any]:
    named = list(dict.fromkeys(item.statement.speaker for item in answer.citations if item.statement and item.statement.speaker))
    return {"answerable": True} | ({"not_speaker": named} if len(named) == 1 else {"wrong_speaker": named})


def _any_answer(_: Answer) -> dict[str, Any]:
    return {"answerable": True, "expected_status": _ANSWERS}


_GOLD = {
    "right": _right,
    "wrong_source": lambda answer: {"answerable": True} | _not_this(answer),
    "not_supported": _not_this,
    "wrong_speaker": _not_them,
    "should_have_answered": _any_answer,
}
