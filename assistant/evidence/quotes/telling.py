"""The finding of a quotation check in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.evidence.quote_tokens import WordChange
from parley.assistant.evidence.quotes.asked_of import Agreement
from parley.assistant.evidence.quotes.nearest import Nearest
from parley.assistant.evidence.quotes.places import Place
from parley.assistant.evidence.quotes.uses import Use, told_use, turns_words
from parley.assistant.evidence.quotes.voices import Voice
from parley.assistant.evidence.speakers import display_name
from parley.index.types import Statement

_EXACT = "word for word"
_ALIKE = "in the same words, up to marks, case, spacing or a bracketed insertion"


def found_message(speaker: str | None, place: Place, voice: Voice, uses: Sequence[Use], agreement: Agreement, places: int) -> str:
    """The finding where the words stand in the documents: whose they are, and what the document does with them."""
    how = _EXACT if place.exact else _ALIKE
    teller = _teller(voice)
    others = f" The words stand in {places} places." if places > 1 else ""
    turned = _turned(uses)
    if agreement == "other":
        return f"No: these words are in the documents, but not as {speaker}'s: they stand {teller}.{turned}{others}"
    if agreement == "unknown":
        open_whose = f"nothing there says that they are {speaker}'s: {_known(voice)}"
        return f"These words are in the documents, {how}, but {open_whose}.{turned}{others}"
    if turns_words(uses):
        return f"The words are there, {how}, {teller}, but not as they stand alone.{turned}{others}"
    return f"Yes, {how}; {teller}.{turned}{others}"


def apart_message(place: Place, voice: Voice) -> str:
    """The finding where the quotation joins what stands apart."""
    held = " ".join(place.document.text[place.span.start : place.span.end].split())
    joined = "the quotation joins pieces of sentences that stand apart"
    return f"Not in these words: {joined}. The document has “{held}”, {_teller(voice)}."


def altered_message(speaker: str | None, near: Nearest, agreement: Agreement) -> str:
    """The finding where other words stand in the documents."""
    place = near.place
    held = place.document.text[place.span.start : place.span.end]
    voice = Voice(place.statement)
    other = "" if agreement == "same" else f" It is not put to {speaker} there: {_known(voice)}."
    return f"Not in these words: the document has “{held}”{_spelled_out(near.changes)}.{other}"


def _turned(uses: Sequence[Use]) -> str:
    if not uses:
        return ""
    told = [told_use(use) for use in uses]
    listed = told[0] if len(told) == 1 else ", ".join(told[:-1]) + " and " + told[-1]
    return f" The document {listed}."


def _teller(voice: Voice) -> str:
    spoken = voice.spoken
    if spoken is None:
        return "in the text, which names no speaker for them"
    heard = spoken.outlet or spoken.addressee
    to = f", to {' '.join(heard.split())}" if heard else ""
    quoted = voice.is_quoted and voice.statement is not None and voice.statement.speaker
    through = f", as quoted by {display_name(voice.statement)}" if quoted and voice.statement is not None else ""
    return f"as words of {display_name(spoken)}{to}{through}"


def _known(voice: Voice) -> str:
    """What the document does say of the speaker."""
    spoken: Statement | None = voice.spoken
    if spoken is None or spoken.speaker is None:
        return "no speaker is named for them"
    return f"they stand {_teller(voice)}"


def _spelled_out(changes: Sequence[WordChange]) -> str:
    only_document = "; ".join(change.words for change in changes if change.kind == "document_only")
    only_quotation = "; ".join(change.words for change in changes if change.kind == "quotation_only")
    if only_document and only_quotation:
        return f", with “{only_document}” where the quotation has “{only_quotation}”"
    return f", with “{only_document}”, which the quotation leaves out" if only_document else f", without “{only_quotation}”"
