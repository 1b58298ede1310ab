"""Whether a text is somebody's own: a diary, an essay, a note, in which the writer says "I" outside what is quoted."""

from __future__ import annotations

import re

from parley.index.language.quotations import quotation_spans

_I = re.compile(r"\b(?:I|my|me)\b(?!\.)")
_READ = 20_000
"""Characters that are looked at."""
_FEWEST = 3
"""Times that the writer says so; one "I" may be a numeral or a quotation whose marks were lost. Chosen by hand."""


def says_i(text: str) -> bool:
    """Whether the writer speaks of himself or herself."""
    quoted = [(one.start, one.end) for one in quotation_spans(text, 0, min(len(text), _READ))]
    own = (match for match in _I.finditer(text, 0, _READ) if not any(start <= match.start() < end for start, end in quoted))
    return sum(1 for _ in own) >= _FEWEST
