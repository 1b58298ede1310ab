"""For "who else?" and "what other …?": whom or what the last answer gave already is named as left aside."""

from __future__ import annotations

import re

from parley.assistant.dialogue.followup_context import Context, Rewrite, speaker_of

_OTHER = re.compile(r"\b(?:else|other|others|another)\b", re.IGNORECASE)
_SIDE = re.compile(r"\bother (?:side|party|parties|hand|half|delegation|words?)\b", re.IGNORECASE)
_ALREADY = re.compile(r"\b(?:besides|than|apart|aside)\b", re.IGNORECASE)
_SPEAKERS = re.compile(
    r"\b(?:(?:who|whom|whose|any ?one|anybody|some ?one|somebody|no ?one|nobody) else|"
    r"other (?:people|persons?|speakers?|officials?|sources?|diplomats?|delegat(?:e|ion)s?|ministers?|negotiators?|names?))\b",
    re.IGNORECASE,
)
"""What goes beyond the speakers that an answer of ours cites; "another meeting" does not."""

_MOST = 3
"""Names left aside at most; a longer list is no longer read."""


def besides(question: str, understood: Rewrite, context: Context) -> Rewrite:
    """The question as understood with what it asks to go beyond: names only, never what the answer said of them."""
    if not _OTHER.search(question) or _SIDE.search(question) or _ALREADY.search(question):
        return understood
    if context.turn.answer is not None and not _SPEAKERS.search(question):
        return understood
    told = _told(context, understood.standalone)[:_MOST]
    if not told:
        return understood
    names = " and ".join(told)
    standalone = f"{understood.standalone.rstrip('?. ')}, besides {names}?"
    return Rewrite(standalone, (*understood.carried, f"besides: {names}"), changed=True)


def _told(context: Context, question: str) -> list[str]:
    """The speakers that our answer cites; of a taken-over text, the names that it holds and the question does not."""
    answer = context.turn.answer
    if answer is not None:
        speakers = [speaker_of(citation.statement) for citation in answer.citations if citation.statement is not None]
        found = [speaker for speaker in dict.fromkeys(speakers) if speaker]
    else:
        last = context.turns - 1
        found = [item.name for item in context.named if any(m.turn == last and not m.by_user for m in item.mentions)]
    asked = question.lower()
    return [name for name in found if name.split()[-1].lower() not in asked]
