"""What arguments of the evaluation commands may be: a count, a share, a time."""

from __future__ import annotations

import argparse


def share(text: str) -> float:
    """An argument between 0 and 1. Raises ArgumentTypeError for anything else."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 < found <= 1:
        msg = f"{text!r} is not a share above 0 and up to 1"
        raise argparse.ArgumentTypeError(msg)
    return found


def positive(text: str) -> int:
    """An argument that counts something. Raises ArgumentTypeError for anything below 1."""
    if not text.isdecimal() or int(text) < 1:
        msg = f"{text!r} is not a whole number of at least 1"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def seconds(text: str) -> float:
    """An argument that is a time. Raises ArgumentTypeError for anything that is not above 0."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        msg = f"{text!r} is not a number of seconds above 0"
        raise argparse.ArgumentTypeError(msg)
    return found
