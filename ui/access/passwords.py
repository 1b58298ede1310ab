"""Which passwords are refused: those too short, and those that are guessed soon because many people have them."""

from __future__ import annotations

from zxcvbn import zxcvbn

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 1_000
"""Characters. Length is what makes a password hard to guess; a bound keeps hashing it cheap for the server."""

_LOOKED_AT = 72
"""Characters that zxcvbn estimates; its time grows with the square of the length."""

_WEAKEST = 10**8
"""Guesses: zxcvbn's own bound between "somewhat" and "safely" guessable without a limit on attempts."""


def check_password(password: str, name: str) -> str:
    """Why a password cannot be taken, for people; "" where it can. `name` is the user's, which makes a poor password."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"A password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Choose another."
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[name, "parley"])
    if found["guesses"] >= _WEAKEST:
        return ""
    told = found["feedback"]["warning"] or "It follows a pattern that is tried early."
    return f"That password is easily guessed: {told.rstrip('.')}. Choose four unusual words, or let a program make one."
