"""What a conversation adds to the search for a follow-up question: a second query whose passages join those of the first.

The second query holds the question as typed, the one before it, and the beginning of that one's answer. It only widens what is
looked at: which passages answer is judged by the standalone question alone, and none of this is shown as part of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.evidence.source import NO_FILTER, Evidence
from parley.assistant.question.analysis import analyse_question
from parley.index.language.words import content_stems
from parley.index.store.fusion import reciprocal_rank_fusion
from parley.index.types import Hit, SearchFilter

ANSWER_BEGINNING = 300
"""Characters of the last answer that join the second query; more drowns the question."""


def context_query(question: str, conversation: Conversation) -> str:
    """The second query; empty at the beginning of a conversation, and for a question that turns to something else."""
    if not conversation.turns or _turns_away(question, conversation):
        return ""
    last = conversation.turns[-1]
    told = re.sub(r" ?\[\d+\]", "", last.answer_text)[:ANSWER_BEGINNING]
    return f"{question} {last.question} {told}".strip()


def _turns_away(question: str, conversation: Conversation) -> bool:
    """Whether a question names its own matter: a report, quoted words, or a speaker and topic that the last turn did not have."""
    analysis = analyse_question(question)
    if analysis.outlet or analysis.quotes:
        return True
    last = conversation.turns[-1]
    before = content_stems(f"{last.standalone} {last.answer_text}")
    speaker = analysis.speaker if analysis.speaker and analysis.speaker[:1].isupper() else ""
    own = {term.stem for term in analysis.terms if term.weight >= 1}
    return bool(speaker and own) and not (own | content_stems(speaker)) & before


def search_with_context(
    evidence: Evidence,
    query: str,
    context: str,
    *,
    k: int,
    filter: SearchFilter = NO_FILTER,  # noqa: A002  (the public name of the option)
) -> list[Hit]:
    """The passages for `query`, joined with those for `context` by reciprocal rank fusion; `k` of them, best first.

    Scores by single engines are those against `query`, since they tell how near a passage is to the question itself;
    a passage that only the context finds has none.
    """
    hits = evidence.search(query, k=k, filter=filter)
    if not context:
        return hits
    wider = evidence.search(context, k=k, filter=filter)
    known = {hit.passage.id: replace(hit, dense=None, lexical=None) for hit in wider} | {hit.passage.id: hit for hit in hits}
    fused = reciprocal_rank_fusion([[hit.passage.id for hit in hits], [hit.passage.id for hit in wider]])[:k]
    return [replace(known[key], score=score, rank=rank) for rank, (key, score) in enumerate(fused, start=1)]
