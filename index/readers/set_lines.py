"""Lines that a writer set by hand in Markdown: heads of letters, addresses, signatures, fields of a mail, labelled turns.

Markdown joins the lines of a paragraph. That is right where a text was wrapped at a width, and wrong where each line stands for
itself: "**From:** Ana Toll", "**To:** Jon Ruiz". Whether it does is told by all lines of the paragraph together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")
_OWN_BLOCK = re.compile(r"\s*(?:#|[-*+]\s|\d{1,9}[.)]\s|[-*_=]{3,}\s*\Z|\[[^\]]*\]:| {4}|\t)")
"""How a line begins that Markdown keeps apart by itself: headings, items, rules, definitions of links, listings."""
_MARKUP = re.compile(r"[|<`]")
"""What tables, HTML and code have in them; their lines are left as they are."""
_HARMLESS = re.compile(r"<[^<>\s]+@[^<>\s]+>|<https?://[^<>\s]+>|`[^`]+`")
"""What of them may stand in a line of text: an address, and a word as code."""
_QUOTED = re.compile(r"\s*(?:>\s?)*")
_LABELLED = re.compile(r"(?:[*_]{2})?[^\W\d_a-z][\w .,’'()/-]{0,60}?(?:[*_]{2})?:(?:[*_]{2})?(?:\s|\Z)")
"""A field or a speaker's label: "Date: …", "**Ruiz:** …"."""
_MARKED_LABEL = re.compile(r"[*_]{2}[^\W\d_a-z][^*_\n:]{0,60}(?::[*_]{2}|[*_]{2}:)\s")
_STANDS = re.compile(r"[*_“\"'(\[]*[^\W_a-z].*?(?:[^\W\d_a-z]\S*|\d[\d.,:/-]*)[*_)\]”\"',.]*\Z", re.DOTALL)
"""A line of an address or a signature: it begins and ends with a word with a capital, or with a number."""
_SHORT = 60
"""Characters of a line of an address or a signature."""


def keep_set_lines(text: str) -> str:
    """The Markdown with a hard break behind every line of a paragraph that was ended on purpose."""
    kept: list[str] = []
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        is_text = bool(line.strip()) and not fence and match is None and _OWN_BLOCK.match(line) is None
        if match is not None and (not fence or (match["mark"][0] == fence[0] and len(match["mark"]) >= len(fence))):
            fence = "" if fence else match["mark"]
        if is_text:
            block.append(line)
            continue
        kept += [*_with_breaks(block), line]
        block = []
    return "\n".join([*kept, *_with_breaks(block)])


def _with_breaks(block: Sequence[str]) -> list[str]:
    """The lines of a paragraph, with a break behind those that stand for themselves."""
    if len(block) < 2 or any(_MARKUP.search(_HARMLESS.sub("", line)) for line in block):
        return list(block)
    own = [line[len(_QUOTED.match(line).group()) :].strip() for line in block]  # type: ignore[union-attr]
    if not all(own):
        return list(block)
    are_fields = all(_LABELLED.match(line) for line in own)
    are_names = all(len(line) <= _SHORT and _STANDS.match(line) for line in own)
    found = []
    for number, line in enumerate(block[:-1]):
        is_next_turn = _MARKED_LABEL.match(own[number + 1]) is not None
        is_broken = line.endswith(("\\", "  "))
        found.append(f"{line.rstrip()}\\" if (are_fields or are_names or is_next_turn) and not is_broken else line)
    return [*found, block[-1]]
