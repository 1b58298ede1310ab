"""Numbers of a spreadsheet as their number formats show them: decimals, groups, shares, currencies, thousands, signs.

The codes are those of Office Open XML (ECMA-376, part 1, section 18.8.31). A code that is not known here shows all digits.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<setting>[^\]]*)\]'
    r"|(?P<digits>General|[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_POSITIVE, _NEGATIVE, _ZERO = 0, 1, 2
"""Which section of a code is for which numbers, where no conditions say so."""


def shown_number(value: float, code: str) -> str:
    """A number as a cell with this number format shows it; spaces at its ends are left out."""
    pieces, is_signed = _section(value, code or "General")
    digits = [piece for piece in pieces if piece["digits"]]
    literal = "".join(piece["other"] or "" for piece in pieces)
    # Fractions, powers of ten, telephone numbers: all digits say the same, in another form.
    if len(digits) > 1 or re.search(r"[/@]", literal) or (digits and re.search(r"[a-z]", literal, re.IGNORECASE)):
        return f"{value:.15g}"
    size = abs(value) * 100 ** literal.count("%")
    told = "".join(_told(piece, size) for piece in pieces).strip()
    return f"-{told}" if value < 0 and is_signed and re.search(r"[1-9]", told) else told


def _section(value: float, code: str) -> tuple[list[re.Match[str]], bool]:
    """The pieces of the section that is for this number, and whether a minus has to be added to it."""
    sections: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code):
        if piece["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    conditions = [_CONDITION.search(" ".join(piece["setting"] or "" for piece in section)) for section in sections]
    if any(conditions):
        fitting = [part for part, found in zip(sections, conditions, strict=True) if found is None or _holds(value, found)]
        return (fitting or sections)[0], True
    if value < 0 and len(sections) > _NEGATIVE:
        return sections[_NEGATIVE], False
    if value == 0 and len(sections) > _ZERO:
        return sections[_ZERO], False
    return sections[_POSITIVE], True


def _holds(value: float, condition: re.Match[str]) -> bool:
    limit = float(condition[2])
    less, same = value < limit, value == limit
    return {"<": less, "<=": less or same, ">": not (less or same), ">=": not less, "=": same, "<>": not same}[condition[1]]


def _told(piece: re.Match[str], size: float) -> str:
    if piece["digits"]:
        return f"{size:.15g}" if piece["digits"].lower() == "general" else _digits(size, piece["digits"])
    if piece["gap"] or piece["fill"]:
        return " " if piece["gap"] else ""
    return piece["quoted"] or piece["escaped"] or piece["currency"] or piece["other"] or ""


def _digits(size: float, pattern: str) -> str:
    """The digits of a size by the part of a code that stands for them ("#,##0.00", "0.0,")."""
    body = pattern.rstrip(",")
    whole, _, fraction = body.partition(".")
    scaled = size / 1000 ** (len(pattern) - len(body))
    told = f"{scaled:{',' if ',' in whole else ''}.{len(fraction)}f}"
    integer, _, decimals = told.partition(".")
    while decimals and decimals[-1] == "0" and fraction[len(decimals) - 1] != "0":
        decimals = decimals[:-1]
    integer = integer.rjust(whole.count("0"), "0") if "," not in whole else integer
    if integer == "0" and "0" not in whole:
        integer = ""
    return f"{integer}.{decimals}" if decimals else integer
