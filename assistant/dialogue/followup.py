"""Completing a follow-up question from the conversation, by rule.

What is carried over is who spoke, which side, what about, which report and how firm: taken from the earlier question and from
the statements that the earlier answer cites, never from the answer's wording. A question that stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.dialogue.conversation import Conversation, Turn
from parley.assistant.dialogue.followup_besides import besides
from parley.assistant.dialogue.followup_context import Context, Rewrite, Rule, speaker_of, topic_of
from parley.assistant.dialogue.followup_pronouns import about_whom, pronouns
from parley.assistant.dialogue.followup_references import correction, of_another, other_side, what_about
from parley.assistant.dialogue.followup_replies import bare, exact_words, nth_item, short_question, who_reported
from parley.assistant.dialogue.referents import referents
from parley.assistant.question.analysis import QuestionAnalysis, as_one

__all__ = ["Rewrite", "rewrite"]


def rewrite(question: str, conversation: Conversation) -> Rewrite:
    """Complete `question` from the turns before it; unchanged where it stands on its own or there is nothing to take."""
    if not conversation.turns:
        return Rewrite(question)
    return _completed(question, _context(_understood(conversation)))


def _completed(question: str, context: Context) -> Rewrite:
    typed = " ".join(question.split())
    found = besides(typed, _resolved(typed, context), context)
    return found if found.standalone != typed else Rewrite(question)


def _resolved(question: str, context: Context) -> Rewrite:
    """What the first rule that applies makes of the question."""
    return next((found for rule in _RULES if (found := rule(question, context)) is not None), Rewrite(question))


def _context(turns: Sequence[Turn]) -> Context:
    """What the turns offer; their questions are those understood."""
    turn = turns[-1]
    analysis = _asked(turn)
    answered_by = _answering_speaker(turn, analysis)
    people = [name for name in (analysis.speaker, answered_by, *reversed(analysis.names)) if name]
    for earlier in reversed(turns[:-1]):
        known = _asked(earlier)
        people += [name for name in (known.speaker, *reversed(known.names)) if name]
    return Context(
        turn,
        analysis,
        analysis.speaker or answered_by,
        topic_of(analysis),
        tuple(dict.fromkeys(people)),
        tuple(referents(turns)),
        len(turns),
    )


def _asked(turn: Turn) -> QuestionAnalysis:
    """What a turn asked, as its answer has it."""
    return as_one(turn.answer.asked if turn.answer is not None else (), turn.standalone)


def _understood(conversation: Conversation) -> list[Turn]:
    """The turns with their questions completed; a conversation taken over from elsewhere comes with its questions as typed."""
    turns: list[Turn] = []
    for turn in conversation.turns:
        standalone = turn.standalone
        if turn.answer is None and turns and standalone == turn.question:
            standalone = _resolved(turn.question, _context(turns)).standalone
        turns.append(replace(turn, standalone=standalone))
    return turns


def _answering_speaker(turn: Turn, analysis: QuestionAnalysis) -> str | None:
    """Who the cited statements show speaking; of a taken-over text, the name before its verb of speaking."""
    if turn.answer is not None:
        statements = [citation.statement for citation in turn.answer.citations if citation.statement is not None]
        return speaker_of(statements[0]) if statements else None
    match = re.match(r"(?P<name>(?:[A-Z][\w.'’-]+ ?){1,5}?) (?:said|told|says|stated|argued|claimed|did)\b", turn.answer_text)
    return match["name"] if match and analysis.kind == "who_said" else None


_RULES: tuple[Rule, ...] = (
    correction, other_side, of_another, nth_item, what_about, who_reported, exact_words, bare, pronouns, short_question,
    about_whom,
)  # fmt: skip
