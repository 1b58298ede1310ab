"""Numbers as lists show them: 4, d, iv."""

from __future__ import annotations


def format_number(number: int, kind: str) -> str:
    """The number in one of Word's formats; those not known here as Arabic figures."""
    if kind in ("lowerLetter", "upperLetter") and number >= 1:
        # After z come aa, bb, …: ECMA-376, 17.18.59 ST_NumberFormat.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        return to_roman(number) if kind == "lowerRoman" else to_roman(number).upper()
    if kind == "none":
        return ""
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def to_roman(number: int) -> str:
    """Small Roman numeral of 1 to 3999."""
    values = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
    )
    numeral = ""
    for value, letters in (*values, (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
