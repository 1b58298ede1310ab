"""Reading files of one JSON object a line, written by others: every fault is named with file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from parley.index.errors import QuestionSetError

Model = TypeVar("Model", bound=BaseModel)


def read_jsonl(path: Path, model: type[Model]) -> Iterator[tuple[int, Model]]:
    """Yield line number (from 1) and validated object of each line that is not blank.

    Raises:
        QuestionSetError: the file cannot be read, or a line is not a JSON object with the fields of `model`.
    """
    for number, data in read_values(path):
        yield number, validated(path, number, data, model)


def read_values(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield line number (from 1) and JSON value of each line that is not blank. Raises QuestionSetError as `read_jsonl` does."""
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            yield number, _parsed(path, number, line)


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines(): a JSON string may hold U+2028 and the like unescaped.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}. Check the path."
        raise QuestionSetError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8."
        raise QuestionSetError(msg) from error


def _parsed(path: Path, number: int, line: str) -> Any:  # noqa: ANN401  (whatever JSON holds)
    try:
        return json.loads(line)
    except ValueError as error:
        msg = f"{path}, line {number} is not JSON: {error}. Each line must be one JSON object."
        raise QuestionSetError(msg) from error


def validated(path: Path, number: int, data: Any, model: type[Model]) -> Model:  # noqa: ANN401
    """The data as that model; `path` and `number` name the line. Raises QuestionSetError where they do not fit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        msg = f"{path}, line {number}: {where}: {first['msg']}. Correct that field; docs/eval.md lists the fields."
        raise QuestionSetError(msg) from error
