"""Completing a follow-up question from the conversation, by rule.

What is carried over is who spoke, which side, what about, which report and how firm: taken from the earlier question and from
the statements that the earlier answer cites, never from the answer's wording. A question that stands on its own is left as it is.
"""

from __future__ import annotations

import re

from assistant.conversation import Conversation, Turn
from assistant.followup_context import Context, Rewrite, Rule, speaker_of, topic_of
from assistant.followup_references import correction, of_another, other_side, pronouns, what_about
from assistant.followup_replies import bare, exact_words, nth_item, short_question, who_reported
from assistant.question import QuestionAnalysis, analyse_question

__all__ = ["Rewrite", "rewrite"]


def rewrite(question: str, conversation: Conversation) -> Rewrite:
    """Complete `question` from the turns before it; unchanged where it stands on its own or there is nothing to take."""
    typed = " ".join(question.split())
    if not conversation.turns:
        return Rewrite(question)
    context = _context(conversation)
    for rule in _RULES:
        found = rule(typed, context)
        if found is not None:
            return found if found.standalone != typed else Rewrite(question)
    return Rewrite(question)


def _context(conversation: Conversation) -> Context:
    turn = conversation.turns[-1]
    understood = turn.standalone
    if turn.answer is None and len(conversation.turns) > 1:
        understood = rewrite(turn.question, Conversation(conversation.turns[:-1])).standalone
    analysis = analyse_question(understood)
    answered_by = _answering_speaker(turn, analysis)
    people = [name for name in (analysis.speaker, answered_by, *reversed(analysis.names)) if name]
    for earlier in reversed(conversation.turns[:-1]):
        known = analyse_question(earlier.standalone)
        people += [name for name in (known.speaker, *reversed(known.names)) if name]
    return Context(
        Turn(turn.question, understood, turn.answer, turn.answer_text),
        analysis,
        analysis.speaker or answered_by,
        topic_of(analysis),
        tuple(dict.fromkeys(people)),
    )


def _answering_speaker(turn: Turn, analysis: QuestionAnalysis) -> str | None:
    """Who the cited statements show speaking; of a taken-over text, the name before its verb of speaking."""
    if turn.answer is not None:
        statements = [citation.statement for citation in turn.answer.citations if citation.statement is not None]
        return speaker_of(statements[0]) if statements else None
    match = re.match(r"(?P<name>(?:[A-Z][\w.'’-]+ ?){1,5}?) (?:said|told|says|stated|argued|claimed|did)\b", turn.answer_text)
    return match["name"] if match and analysis.kind == "who_said" else None


_RULES: tuple[Rule, ...] = (
    correction, other_side, of_another, nth_item, what_about, who_reported, exact_words, bare, pronouns, short_question,
)  # fmt: skip
