"""Finds lists of words in Python code: collections of strings, `word_set("...")`, and long alternations in patterns."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from parley.assistant.answer import AnswerStatus
from parley.assistant.dialogue.moves import Move
from parley.assistant.evidence.quotes.uses import UseKind
from parley.assistant.question.question_forms import Kind
from parley.index.language.lexicon import lexicon
from parley.index.language.scopes import StandingKind
from parley.index.statements.cueing.attributions import Form
from parley.index.types import Genre, Status, TurnForm
from parley.index.types.documents import WarningKind

FEWEST = 5
"""Words from which on a list belongs into a table."""

CLASSES = (AnswerStatus, Form, Genre, Kind, Move, Status, StandingKind, TurnForm, UseKind, WarningKind)
"""Types whose values name classes of documents, statements, questions and answers."""

_WORD = re.compile(r"[^\W\d_][\w’' -]*")
_ALTERNATIVES = re.compile(r"(?:[A-Za-z’'][\w’' ?()\[\]:+*-]*\|)+[A-Za-z’'][\w’' ?]*")


@cache
def _codes() -> frozenset[str]:
    """Names of parts in a clause and of classes, which are no words of a text."""
    marks = {
        "name",
        "word",
        "number",
        "left",
        "right",
        "clitic",
        "comma",
        "stop",
        "semicolon",
        "colon",
        "dash",
        "open",
        "close",
        "end",
    }
    stances = {cue.stance for cues in lexicon().cues.values() for cue in cues}
    classes = {name for kind in CLASSES for name in get_args(kind)}
    return frozenset(marks | stances | classes | set(lexicon().kinds.values()))


def word_lists(path: Path) -> Iterator[tuple[int, int]]:
    """The line and the number of words of each list in a module; those of types and of `__all__` are none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {id(inner) for node in ast.walk(tree) if _is_no_list(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        count = 0 if id(node) in passed_over else _words_in(node)
        if count >= FEWEST:
            yield node.lineno, count  # type: ignore[attr-defined]


def _is_no_list(node: ast.AST) -> bool:
    """Types (`Literal[...]`), docstrings, and names of what a module offers."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and node.value.id == "Literal"
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id in {"__all__", "__slots__"} for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _words_in(node: ast.AST) -> int:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        strings = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        is_words = len(strings) == len(node.elts) and all(map(_WORD.fullmatch, strings)) and not set(strings) <= _codes()
        return len(strings) if is_words else 0
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        return len(keys) if len(keys) == len(node.keys) and all(re.fullmatch(r"[a-z’' -]+", key) for key in keys) else 0
    if isinstance(node, ast.Call):
        return _words_of_call(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return max((found.group().count("|") + 1 for found in _ALTERNATIVES.finditer(node.value)), default=0)
    return 0


def _words_of_call(node: ast.Call) -> int:
    """`word_set("a b c")`, `_words("a b c")`, `"a b c".split()`."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    text: ast.expr | None = node.args[0] if node.args else None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "split" and not node.args:
        name, text = "split", node.func.value
    if (
        name in {"word_set", "_words", "_stems", "split", "frozenset"}
        and isinstance(text, ast.Constant)
        and isinstance(text.value, str)
    ):
        return len(text.value.split())
    return 0
