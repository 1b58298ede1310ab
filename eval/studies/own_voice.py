"""How often an answer tells as a document's own voice what is not: words of a turn, a letter, a quotation or a question.

    python -m parley.eval.studies.own_voice LIBRARY QUESTIONS.jsonl

A line of the questions has "turns" (a conversation, the last one is answered) and may have "speaker" and "evidence": who is
known to say which words. The library must hold the documents. Printed are the counts and each case; the exit code is 1 if any.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.assistant import Assistant, Citation
from parley.assistant.evidence.attribution_line import OWN_VOICE
from parley.assistant.evidence.voice import voice_of
from parley.index.types import Span, Turn

_SHORTEST = 12
"""Characters of evidence that must agree with a quotation."""


@dataclass(frozen=True, slots=True)
class Misheard:
    """A quotation told as a document's own voice, and why it is not."""

    question: str
    document: str
    quote: str
    reason: str


def misheard(
    question: str, citations: Iterable[Citation], turns_of: Mapping[str, Sequence[Turn]], known: str = ""
) -> list[Misheard]:
    """The citations that are wrongly in a document's own voice; `known` are words that somebody is known to say."""
    found = []
    for citation in citations:
        if OWN_VOICE not in citation.attribution:
            continue
        reason = _reason(citation, turns_of.get(citation.document.id, ()), known)
        if reason:
            found.append(Misheard(question, citation.document.id, " ".join(citation.quote.split()), reason))
    return found


def _reason(citation: Citation, turns: Sequence[Turn], known: str) -> str:
    if any(_shares(turn, citation) for turn in turns):
        return "a turn's words"
    if voice_of(citation.document, Span(citation.start, citation.end)) != "own":
        return "a quotation, a question or a letter"
    quote = _squashed(citation.quote)
    return "said by somebody, as the set knows" if known and len(quote) >= _SHORTEST and quote in _squashed(known) else ""


def _shares(turn: Turn, citation: Citation) -> bool:
    """Whether any words of a turn are told, be they the smaller part: a mail's first sentence behind the line above it."""
    parts = [citation.document.text[max(start, citation.start) : min(end, citation.end)] for start, end in turn.said]
    return any(len(_squashed(part)) >= _SHORTEST for part in parts)


def _squashed(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _known(item: Mapping[str, Any]) -> str:
    """The evidence of a question, where the set says that a person and not the document says it."""
    speaker = str(item.get("speaker") or "the document")
    return "" if speaker.lower().startswith("the ") else " ".join(item.get("evidence") or ())


def main() -> int:
    """Ask every question of the file and print what is misheard."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    items = [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    found: list[Misheard] = []
    citations = own = 0
    with Assistant.open(given.library) as assistant:
        turns_of = {entry.id: assistant.library.turns(entry.id) for entry in assistant.entries()}
        for item in items:
            chat = assistant.conversation()
            answer = [chat.ask(turn) for turn in item["turns"]][-1]
            citations += len(answer.citations)
            own += sum(OWN_VOICE in citation.attribution for citation in answer.citations)
            found += misheard(item["turns"][-1], answer.citations, turns_of, _known(item))
    for one in found:
        sys.stdout.write(f"{one.document}: {one.reason}: {one.quote[:160]!r} for {one.question!r}\n")
    counts = f"{len(items)} answers, {citations} quotations, {own} in a document's own voice, {len(found)} of them wrongly"
    sys.stdout.write(f"{counts}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
