"""A talk about an overview: what an earlier one was of, and what a question after it asks for.

After "Summarise the port talks", "What is open?" is asked of the port talks, "And on pay?" of pay in them, and "And the river
talks?" of others. Any other question between them ends such a talk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from parley.assistant.dialogue.conversation import Turn
from parley.assistant.question.open_question import is_ellipsis, own_words
from parley.assistant.question.overview_form import OverviewQuestion, names_everything, overview_question
from parley.assistant.question.question_words import can_speak


def overview_asked(asked: str, turns: Sequence[Turn], are_documents_called: Callable[[str], bool]) -> OverviewQuestion | None:
    """The overview that a question asks for in a talk; `None` where it asks for none.

    Args:
        asked: as typed, without polite words around it.
        turns: the turns before, oldest first.
        are_documents_called: whether documents, or a group of them, are called so.
    """
    last: OverviewQuestion | None = None
    for turn in turns:
        last = _after(turn.question, last, are_documents_called) if _is_overview(turn) else None
    return _after(asked, last, are_documents_called)


def _after(asked: str, last: OverviewQuestion | None, are_documents_called: Callable[[str], bool]) -> OverviewQuestion | None:
    """The overview that a question asks for after another one; of "And Lund?" it is asked what he says."""
    found = overview_question(asked)
    if last is None or (found is not None and (found.about or names_everything(asked))):
        return found
    within = last.about if last.about and are_documents_called(last.about) else last.within
    if found is not None:
        return replace(found, within=within)
    about = _phrase(asked)
    if about and are_documents_called(about):
        return replace(last, about=about, of_any_matter=False, within="")
    is_matter = about and within and not can_speak(about)
    return replace(last, about=about, of_any_matter=True, within=within) if is_matter else None


def _phrase(asked: str) -> str:
    """The matter of a mere phrase: "And on pay?"; "" for other questions."""
    named = overview_question(f"Summarise {own_words(asked)}") if asked and is_ellipsis(asked) else None
    return named.about if named is not None else ""


def _is_overview(turn: Turn) -> bool:
    """Whether a turn was answered by an overview, as far as is known."""
    return turn.answer is None or any(sentence.heading for sentence in turn.answer.sentences)
