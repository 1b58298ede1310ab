"""The questions that one message asks one after the other, each as a question of its own."""

from __future__ import annotations

import re

from parley.assistant.question.analysis import ASKED_ON, LEADING, asks_to_whom_too
from parley.assistant.question.quote_frame import QUOTATION_MARKS
from parley.index.language.lexicon import alternatives, question_words, word_kind

_WORDS = alternatives(question_words("question_word"))
_LINK = alternatives(question_words("asking_link"))
_VERBS = alternatives(question_words("asking_be") | question_words("asking_do") | {"will"})

_NEXT_QUESTION = re.compile(
    rf"\?\s+(?=\S+\s+\S+\s+\S)|\?\s+(?=(?:\d|[a-z])[).]\s)|\s/\s(?=(?:{_WORDS})\b)"
    rf"|[?;.]?\s+(?=(?:\(?[b-h1-9]\)|[-*•])\s+(?:(?:{_LINK})\s+)?(?:{_WORDS}|{_VERBS})\b)",
    re.IGNORECASE,
)
"""Where a question ends and another begins: a question mark, a slash, a number, a letter or a bullet before a question word."""

_AND_WHAT = re.compile(
    rf",?\s+(?:and|but)\s+(?:also\s+)?(?=(?:(?:{_LINK})\s+)?(?:{_WORDS})\b)"
    rf"|,?\s+and\s+(?=(?:{_VERBS})\s+(?:the|a|an|his|her|its|their|he|she|it|they|there|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)
_COMMA_WHAT = re.compile(
    rf",\s+(?=(?:(?:{_LINK})\s+(?:what|which|whom|when)|how (?:many|much|long|often)|what|why|who|when|where)\b)", re.IGNORECASE
)
"""Where one of three or more questions ends: "How many …, who proposed it and when?"."""

_ASKING = re.compile(rf"(?:(?:{_LINK})\s+)?(?:{_WORDS}|{alternatives(word_kind('auxiliary_form'))})\b", re.IGNORECASE)
_MERE_WORDS = re.compile(rf"(?:(?:{_LINK}|{_WORDS}|many|much|long|exactly)\s*)+", re.IGNORECASE)
"""A first part that only asks: "When and where did they meet?" is one question."""

_NUMBER = re.compile(r"^\s*(?:\(?(?:\d+|[a-h])[).]|[-*•])\s+", re.IGNORECASE)


def question_parts(text: str) -> tuple[str, ...]:
    """The questions that `text` asks one after the other; a single one as it is.

    They are told apart by question marks, by numbers, letters and bullets ("1) … 2) …"), by a slash before a question word, and
    by "and" before a question word or a verb with its subject: "Who proposed it, and by when?", "Did Lund resign and did Holm
    follow?". Statements before a question stay with it. A later part may need the first to be understood.
    """
    masked = QUOTATION_MARKS.sub(lambda m: "x" * len(m.group()), text)
    cuts = [m.end() for m in _NEXT_QUESTION.finditer(masked)]
    parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    asking = [part if part.endswith((".", "?", ")")) else part + "?" for raw in parts if len((part := _bare(raw)).split()) > 1]
    if len(asking) > 1 and not ASKED_ON.match(asking[-1]):
        return tuple(asking)
    return _joined_questions(text, masked)


def _bare(part: str) -> str:
    """A part without its number and the slash or semicolon around it."""
    return _NUMBER.sub("", part.strip(" /;\n"))


def _joined_questions(text: str, masked: str) -> tuple[str, ...]:
    """Two or more questions that "and" joins, each as a question; the text itself where it asks one."""
    cut = next((m for m in _AND_WHAT.finditer(masked) if not _MERE_WORDS.fullmatch(masked[: m.start()].strip(" ,"))), None)
    if cut is None or asks_to_whom_too(text):
        return (text,)
    comma = next((m for m in _COMMA_WHAT.finditer(masked[: cut.start()]) if _asks(masked[: m.start()])), None)
    if comma is not None and not _describes(masked[: comma.start()], masked[comma.end() :]):
        cut = comma
    elif not _asks(masked[: cut.start()]):
        return (text,)
    first, second = text[: cut.start()].rstrip(" ,?") + "?", text[cut.end() :].strip()
    if len(second.split()) < 2 or _ASKING.fullmatch(first.rstrip("?").split()[-1]):
        return (text,)
    return (first, *question_parts(second[:1].upper() + second[1:]))


_NOUN_BEFORE = re.compile(r"\b(?:the|a|an|this|that)\s+[^\s,]+$", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:who|when|where)\b", re.IGNORECASE)


def _describes(before: str, after: str) -> bool:
    """Whether what stands behind a comma describes the noun before it: "the envoy, who …"."""
    return _NOUN_BEFORE.search(before) is not None and _RELATIVE.match(after) is not None


def _asks(clause: str) -> bool:
    """Whether words begin with what asks, after a courtesy: "Tell me who chaired the talks"."""
    return any(_ASKING.match(LEADING.sub("", part).strip()) for part in re.split(r"[:,–—]", clause))
