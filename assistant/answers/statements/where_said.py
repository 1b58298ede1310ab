"""To whom and where somebody said something: the speaker clause in the document's words, and the statement."""

from __future__ import annotations

import re

from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import STATEMENT_ENOUGH, not_in_documents
from parley.assistant.answers.statements.statement_rating import SAME_SPEAKER, Rated, by_score, covered_by, find_quote
from parley.assistant.answers.statements.statement_telling import say_statement, speaker_notices
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.index.language.quoted_words import tokens_of


def where_said(inquiry: Inquiry) -> Finding:
    """To whom and where: the speaker clause in the document's words, and the statement."""
    speaker = inquiry.question.speaker
    quotes = inquiry.question.quotes
    wanted = [token.folded for token in tokens_of(quotes[0])] if quotes else []
    rated = []
    for item in inquiry.statements():
        same = speaker_match(item.statement, speaker, item.document) if speaker else 1.0
        span = find_quote(item.document, item.statement, wanted) if wanted else None
        if same >= SAME_SPEAKER and (span is not None or not wanted):
            covered = covered_by(item, inquiry) if inquiry.terms else 1.0
            heard = 0.1 * bool(item.statement.outlet or item.statement.addressee)
            rated.append(Rated(item, covered + 0.5 * same + heard, 1.0, span))
    rated.sort(key=by_score)
    if not rated or (not wanted and rated[0].score < STATEMENT_ENOUGH + 0.4):
        return not_in_documents(inquiry, among=tuple(item.candidate for item in rated[:2]))
    draft = inquiry.draft()
    say_statement(draft, inquiry, rated[0])
    best = rated[0].statement
    if _ASKS_LISTENER.match(inquiry.question.core) and not (best.outlet or best.addressee):
        draft.say(["The document does not say to whom."])
        return finished("partly", draft, *speaker_notices(best))
    return finished("answered", draft, *speaker_notices(best))


_ASKS_LISTENER = re.compile(r"(?:to whom|to (?:which|what) \w+) ", re.IGNORECASE)
"""A question for the listener or medium alone, which a statement without one answers in part."""
