"""Completing a follow-up question by a language model, checked against the conversation.

The question as typed stands, with what the conversation carries to it, unless the model's completion passes: it may add only
words that the conversation has, must keep the words of the question, and must name whoever was asked about or heard last.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Generator as Steps

from parley.assistant.dialogue.carried import Carried
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.drafting.facts import names_in
from parley.assistant.drafting.sources import new_fence
from parley.assistant.events import Drafting
from parley.assistant.language_model.generator import Generator, messages_of
from parley.assistant.question.open_question import refers_to_person
from parley.index.errors import LanguageModelError
from parley.index.language.lexicon import alternatives, word_kind
from parley.index.language.words import content_stems, fold, stem, words_of
from parley.prompts import load_prompt

_log = logging.getLogger(__name__)

_OPEN = re.compile(
    rf"\b(?:{alternatives(word_kind('third_person') | word_kind('pointing_back'))})\b"
    r"|^\s*(?:and|but|so|what about|how about|why|when|where|who|which)\b[^?]{0,25}\?*\s*$",
    re.IGNORECASE,
)
"""Questions that may need the conversation: they point somewhere, or are only a few words."""

_FREE = word_kind("free_in_rewriting")
_FREE_STEMS = frozenset(stem(word) for word in _FREE)
_TURNS, _LONGEST = 4, 400


def complete_by_model(
    generator: Generator, question: str, conversation: Conversation, carried: Carried
) -> Steps[Drafting, None, str]:
    """The question as the model completes it if that passes the checks, else as typed.

    Where the question stands alone, the model is not asked. Closing the iterator ends its request.
    """
    if not conversation.turns or not (carried.matter is not None or _OPEN.search(question)):
        return question
    told = _told(conversation)
    fence = new_fence(told, question)
    prompt = load_prompt("follow_up").render(fence=fence, conversation=told, question=question)
    stop, started, reply = threading.Event(), time.perf_counter(), ""
    try:
        for piece in generator.stream(messages_of(prompt), stop=stop):
            reply += piece
            if len(reply) > _LONGEST or "\n" in reply.strip():
                break
            if not piece:
                yield Drafting(generator.name, time.perf_counter() - started, 0)
    except LanguageModelError as error:
        _log.warning("The question stays as typed: %s", error)
        return question
    finally:
        stop.set()
    completed = reply.strip().split("\n")[0].strip().strip('"“”')
    problem = problem_with(completed, question, told, carried.person if refers_to_person(question) else None)
    if problem:
        _log.info("The question stays as typed, as the model's completion %s: %s", problem, completed)
        return question
    return completed


def problem_with(completed: str, question: str, conversation: str, person: str | None) -> str:
    """What is wrong with a model's completion; "" if it may be used. `person` is who a pronoun must stand for, if known."""
    if not completed.endswith("?") or len(completed) > _LONGEST or completed.count("?") > max(1, question.count("?")):
        return "is not one question"
    if completed == question:
        return "adds nothing"
    known = content_stems(f"{conversation} {question}") | _FREE_STEMS
    added = [word.surface for word in words_of(completed) if word.stem in content_stems(completed) - known]
    if added:
        return f"brings words from elsewhere ({', '.join(added[:3])})"
    names = {fold(word.surface) for word in names_in(completed)}
    if names - {fold(word.surface) for word in words_of(f"{conversation} {question}")}:
        return "brings names from elsewhere"
    if content_stems(question) - content_stems(completed) - _FREE_STEMS:
        return "loses words of the question"
    if {fold(word.surface) for word in names_in(person or "")} - {fold(word.surface) for word in words_of(completed)}:
        return "names somebody else"
    return ""


def _told(conversation: Conversation) -> str:
    turns = conversation.turns[-_TURNS:]
    lines = [line for turn in turns for line in (f"Question: {turn.question}", f"Answer: {turn.answer_text[:600]}")]
    return "\n".join(lines)
